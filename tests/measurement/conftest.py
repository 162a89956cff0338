"""Synthetic records: an ensemble that nobody simulated, with numbers a hand can check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import xarray as xr

from sim.measurement import measure
from sim.outcomes import LEDGER_ACCOUNTS, RECORD, RECORDED
from sim.plan.lever_ids import Lever
from sim.scenario import Scenario, load

RUNS = 8


@dataclass
class Synthetic:
    """Records as an ensemble leaves them."""

    quarters: np.recarray
    ledger: np.ndarray


def records_of(scenario: Scenario, runs: int = RUNS) -> Synthetic:
    """Return positive noise in every field; sales by region add up to sales by sector, as they do in the model."""
    rng = np.random.default_rng(1)
    quarters = np.recarray((runs, scenario.n_quarters), dtype=RECORD)
    for outcome in RECORDED:
        quarters[outcome.name] = rng.lognormal(size=(runs, scenario.n_quarters, *outcome.shape))
    total = quarters["sales_by_sector"].sum(axis=2)
    shares = quarters["sales_by_region"] / quarters["sales_by_region"].sum(axis=2, keepdims=True)
    quarters["sales_by_region"] = shares * total[:, :, None, :]
    ledger = np.zeros((runs, -(-scenario.n_quarters // 4), len(Lever), len(LEDGER_ACCOUNTS)))
    ledger[:, :, Lever.degree_places] = rng.lognormal(size=(*ledger.shape[:2], len(LEDGER_ACCOUNTS)))
    return Synthetic(quarters, ledger)


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """Return the plan to the middle of 2019: three whole years and two quarters."""
    return load("plan", overrides={"horizon.end": "2019Q2"})


@pytest.fixture
def records(scenario: Scenario) -> Synthetic:
    """Return eight runs of it, to be changed at will."""
    return records_of(scenario)


@pytest.fixture(scope="session")
def dataset(scenario: Scenario) -> xr.Dataset:
    """Return the eight runs measured; not to be changed."""
    return measure(records_of(scenario), scenario)


@pytest.fixture(scope="session")
def make_records() -> Callable[..., Synthetic]:
    """Return what makes records of a scenario."""
    return records_of
