"""Results that nobody simulated: smooth growth in every outcome, so that figures look as they do on real runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

from sim.ensemble import Records
from sim.outcomes import LEDGER_ACCOUNTS, RECORD, RECORDED
from sim.parameters import RECORD as PARAMETER_RECORD
from sim.parameters import defaults
from sim.plan.lever_ids import Lever
from sim.results import Result, run, running
from sim.scenario import Scenario

RUNS = 12


def grown(scenario: Scenario, **_: Any) -> Records:
    """Return records that grow by a fifth a year, each run by a factor of its own."""
    rng = np.random.default_rng(3)
    runs, quarters = scenario.replications, scenario.n_quarters
    growth = 1.05 ** np.arange(quarters) * rng.lognormal(sigma=0.3, size=runs)[:, None]
    records = np.recarray((runs, quarters), dtype=RECORD)
    for outcome in RECORDED:
        sizes = 1.0 + 9.0 * rng.random(outcome.shape)
        path = growth.reshape(runs, quarters, *[1] * len(outcome.shape)) * sizes
        records[outcome.name] = path / (1.0 + path) if outcome.unit == "share" else path
    records["residual"] = records["residual_heads"] = 1e-13
    ledger = np.zeros((runs, -(-quarters // 4), len(Lever), len(LEDGER_ACCOUNTS)))
    ledger[:] = np.array([10.0, 8.0, 2.0, 1.0, 0.5]) * np.arange(1, ledger.shape[1] + 1)[:, None, None]
    parameters = np.recarray(runs, dtype=PARAMETER_RECORD)
    parameters[:] = defaults(runs)
    return Records(records, ledger, parameters)


def run_grown(spec: Any = "plan", **options: Any) -> Result:
    """Return what `run` makes of such records."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "simulate", grown)
        return run(spec, **{"replications": RUNS, "seed": 5} | options)


@pytest.fixture(scope="session")
def make_result() -> Callable[..., Result]:
    """Return what makes a result."""
    return run_grown


@pytest.fixture(scope="session")
def result() -> Result:
    """Return twelve runs of the plan; not to be changed."""
    return run_grown()


@pytest.fixture
def series(result: Result) -> xr.Dataset:
    """Return the Dataset of that result, to be changed at will."""
    return result.series.copy(deep=True)
