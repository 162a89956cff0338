"""What the tests of the core share: a small economy that has run for a few quarters."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from small_economy import QUARTERS_RUN, Economy, shrink

from sim import driver
from sim.schedule import SCHEDULE


@pytest.fixture(scope="session")
def economy() -> Economy:
    """Return a small economy after six quarters; use a copy to change it."""
    made = shrink(firms=40, institutes=30, adopters=372)
    for q in range(QUARTERS_RUN):
        driver.quarter(made.state, made.scene, q)
    return made


@pytest.fixture(scope="session")
def stations(economy: Economy) -> list[np.ndarray]:
    """Return the bytes of the economy's next quarter before each phase, and after the last."""
    walker = economy.copy()
    found = [walker.memory.copy()]
    for phase in SCHEDULE:
        phase.kernel(*walker.arguments(phase, QUARTERS_RUN))
        found.append(walker.memory.copy())
    return found


@pytest.fixture(scope="session")
def around(economy: Economy, stations: list[np.ndarray]) -> Callable[[str], tuple[Economy, Economy]]:
    """Return a function that gives the economy before and after a phase of the quarter."""
    places = {phase.name: number for number, phase in enumerate(SCHEDULE)}

    def look(name: str) -> tuple[Economy, Economy]:
        before, after = economy.copy(), economy.copy()
        before.memory[:] = stations[places[name]]
        after.memory[:] = stations[places[name] + 1]
        return before, after

    return look
