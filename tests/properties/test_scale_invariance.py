"""P9: how many rows the user organisations are divided into changes macro results only within chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from sim import driver
from sim.ensemble import population, sizes_of
from sim.outcomes import LEDGER_ACCOUNTS, RECORD
from sim.parameters import defaults
from sim.plan import Lever
from sim.population import stage
from sim.scenario import load
from sim.state import allocate

RUNS, QUARTERS = 24, 20
ROWS = 4  # as many rows a cell as runs have unless told otherwise
HEADS = "skilled people"

# The outcome of the last year and the dimensions it is summed over.
MACRO: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "technology sales": lambda year: year["sales_by_sector"][..., 0].sum(axis=(1, 2)),
    "related scale": lambda year: year["related_scale"].sum(axis=(1, 2)),
    "adoption": lambda year: year["adoption_share"].mean(axis=(1, 2)),
    "intensity": lambda year: year["ai_intensity"].mean(axis=(1, 2)),
    "displaced workers": lambda year: year["displaced_workers"].sum(axis=1),
    "imports": lambda year: year["imports"].sum(axis=1),
    "firms": lambda year: year["firms"].mean(axis=1),
    "engineers": lambda year: year["talent"][:, -1, 1],
    HEADS: lambda year: year["talent"][:, -1, 3],
}

# The one outcome that depends on the number of rows: a row displaces all its workers at once, while a region's training
# places take so many a quarter; the coarser the rows, the fewer are retrained. The gap shrinks as rows are added.
KNOWN_GAP = {HEADS: 0.03}


def last_year(copies: int, weight: float) -> np.ndarray:
    """Return the last year of runs in which every row of user organisations stands `copies` times, with a weight."""
    template, _ = population(1)
    sizes = sizes_of(template)
    rows = sizes.adopters
    state, memory = allocate(replace(sizes, adopters=rows * copies))
    for name, table in state._asdict().items():
        source = getattr(template, name)
        table[:] = np.tile(source, copies) if name in ("adopters", "adopter_flows") else source
    state.adopters["id"] = np.arange(rows * copies)  # draws belong to an id, so copies draw their own
    for field in ("weight", "output_2016"):
        state.adopters[field] *= weight
    scene = stage(load({"extends": "plan", "uncertainty": "none", "horizon": {"end": "2020Q4"}}))
    out, status = np.zeros((RUNS, QUARTERS), dtype=RECORD), np.zeros((RUNS, 3), dtype=np.int64)
    ledger = np.zeros((RUNS, QUARTERS // 4, len(Lever), len(LEDGER_ACCOUNTS)))
    driver.run_block(memory, memory.copy(), state, scene, defaults(RUNS), 0, out, ledger, status)
    assert not status.any()
    return out[:, -4:]


@pytest.fixture(scope="module")
def runs() -> tuple[np.ndarray, np.ndarray]:
    """Return runs with the usual rows, and with twice as many of half the weight."""
    return last_year(ROWS, 1.0 / ROWS), last_year(2 * ROWS, 0.5 / ROWS)


@pytest.mark.parametrize("name", MACRO)
def test_twice_the_rows_of_half_the_weight_give_the_same_economy_within_chance(
    runs: tuple[np.ndarray, np.ndarray], name: str
) -> None:
    usual, finer = (MACRO[name](year) for year in runs)
    gap, error = (finer - usual).mean(), (finer - usual).std(ddof=1) / np.sqrt(RUNS)
    assert error < 0.015 * usual.mean(), "too few runs to tell anything"
    assert abs(gap) < 4.0 * error + KNOWN_GAP.get(name, 0.0) * usual.mean(), f"{gap / usual.mean():+.2%}"


def test_twice_the_rows_of_the_whole_weight_displace_twice_the_workers(runs: tuple[np.ndarray, np.ndarray]) -> None:
    usual = MACRO["displaced workers"](runs[0])
    twice = MACRO["displaced workers"](last_year(ROWS, 2.0 / ROWS))
    np.testing.assert_allclose(twice.mean(), 2.0 * usual.mean(), rtol=0.05)
