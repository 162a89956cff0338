"""What the tests of scenarios share: the plan, and parameters that do not depend on the model's."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from sim.scenario import Scenario, load


@dataclass(frozen=True)
class StandIn:
    """A declared parameter, as far as scenarios look at it."""

    unit: str = "1/year"
    default: float = 0.3
    low: float = 0.1
    high: float = 0.6
    role: str = "uncertainty"
    meaning: str = "pull of peers who use AI"


@pytest.fixture(scope="session")
def parameters() -> dict[str, StandIn]:
    """Return one parameter that runs draw and one that they do not."""
    return {"peer_influence": StandIn(), "tax_rate": StandIn("1", 0.25, 0.2, 0.3, "constant", "rate of tax")}


@pytest.fixture(scope="session")
def plan() -> Scenario:
    """Return the plan as written."""
    return load("plan")
