"""A panel of three short runs, made once; and one run of a handful of firms written down by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.facts import Facts, find_facts
from sim.facts.views import Run
from sim.results import Result, run
from sim.scenario import load

SHORT = {"schema": 1, "extends": "plan", "horizon": {"end": "2021Q4"}}

QUIET_FIRM = {
    "id": 1, "birth": -8, "origin": 0, "region": 0, "sector": 0, "innovations": 0, "closes": 0,
    "technology_sales": 10.0, "quality": 1.0, "rd_real": 1.0, "rd_reported": 1.0, "cash": 5.0, "venture_stake": 0.0,
    "private_equity": 0.0, "guidance_equity": 0.0, "private_dividends": 0.0, "private_exit": 0.0, "sales": 10.0,
}  # fmt: skip


@pytest.fixture(scope="session")
def result() -> Result:
    """Return two runs of the plan to 2021 with their panel; not to be changed."""
    return run(SHORT, replications=2, seed=5, agent_panel=True)


@pytest.fixture(scope="session")
def facts(result: Result) -> Facts:
    """Return its facts; not to be changed."""
    return find_facts(result)


@pytest.fixture
def by_hand() -> Callable[..., Run]:
    """Return what makes a run of firm quarters given as mappings on top of a quiet firm."""

    def make(*quarters: dict[str, Any], years: int = 2, **more: Any) -> Run:
        scenario = load({"extends": "plan", "horizon": {"end": f"{2015 + years}Q4"}})
        firms = pd.DataFrame([QUIET_FIRM | row for row in quarters])
        given: dict[str, Any] = {"users": None, "funds": None, "series": None, "parameters": {}} | more
        return Run(number=0, firms=firms, scenario=scenario, **given)

    return make


@pytest.fixture
def path() -> Callable[..., list[dict[str, Any]]]:
    """Return what writes a firm's quarters: `path(1, 4, sales=lambda q: 2.0**q)`; numbers stand for every quarter."""

    def make(identity: int, quarters: int, first: int = 0, **fields: Any) -> list[dict[str, Any]]:
        rows = []
        for q in range(first, first + quarters):
            row = {name: value(q) if callable(value) else value for name, value in fields.items()}
            rows.append({"id": identity, "quarter": q, **row})
        return rows

    return make


@pytest.fixture(scope="session")
def rng() -> np.random.Generator:
    return np.random.default_rng(4)
