"""Results of ensembles that nobody simulated: `run` with records made up, everything after it real."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.ensemble import Records
from sim.outcomes import LEDGER_ACCOUNTS, RECORD, RECORDED
from sim.parameters import PARAMETERS
from sim.parameters import RECORD as PARAMETER_RECORD
from sim.plan.lever_ids import Lever
from sim.results import Result, run, running
from sim.results.manifest import Versions
from sim.scenario import Scenario

RUNS = 6


def made_up(scenario: Scenario, **_: Any) -> Records:
    """Return records that depend on the scenario's seed and levers: more degree places, more of everything."""
    rng = np.random.default_rng(scenario.seed)
    runs = scenario.replications
    quarters = np.recarray((runs, scenario.n_quarters), dtype=RECORD)
    for outcome in RECORDED:
        quarters[outcome.name] = rng.lognormal(size=(runs, scenario.n_quarters, *outcome.shape))
    places = 1.0 + 0.001 * scenario.levers["degree_places"][-1]
    for name in ("sales_by_sector", "sales_by_region", "related_scale"):
        quarters[name] *= places
    quarters["residual"] = 1e-12 * rng.random((runs, scenario.n_quarters))
    quarters["residual_heads"] = 1e-14
    ledger = rng.lognormal(size=(runs, -(-scenario.n_quarters // 4), len(Lever), len(LEDGER_ACCOUNTS)))
    parameters = np.recarray(runs, dtype=PARAMETER_RECORD)
    for name in PARAMETERS:
        parameters[name] = rng.lognormal(size=runs)
    return Records(quarters, ledger, parameters)


def run_made_up(spec: Any = "plan", **options: Any) -> Result:
    """Return what `run` makes of made-up records of the plan to 2020."""
    options = {"replications": RUNS, "seed": 7} | options
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "simulate", made_up)
        return run({"schema": 1, "extends": spec, "horizon": {"end": "2020Q4"}} if spec == "plan" else spec, **options)


@pytest.fixture(scope="session")
def make_result() -> Callable[..., Result]:
    """Return what makes a result."""
    return run_made_up


@pytest.fixture(scope="session")
def result() -> Result:
    """Return six made-up runs of the plan to 2020; not to be changed."""
    return run_made_up()


@pytest.fixture(scope="session")
def other(result: Result) -> Result:
    """Return a result of another scenario with the same seed and number of runs."""
    return run_made_up(levers={"degree_places": 200})


@pytest.fixture(scope="session")
def newer(result: Result) -> Result:
    """Return the same result as another version of the model would have made it."""
    versions = Versions(**{**result.manifest.versions.model_dump(), "code": "0" * 12})
    return replace(result, manifest=result.manifest.model_copy(update={"versions": versions, "run_digest": "0" * 64}))
