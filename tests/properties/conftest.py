"""Walking the schedule phase by phase, with a chance to interfere after any phase."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from sim import driver
from sim.ensemble import population, sizes_of
from sim.population import stage
from sim.scenario import Scenario, load
from sim.schedule import SCHEDULE
from sim.state import Scene, State, allocate

Interference = Callable[[State, int], None]


@dataclass
class Economy:
    """One run walked in Python: `after` maps a phase to what happens behind its back."""

    scenario: Scenario
    replicates: int = 1
    parameters: Mapping[str, float] = field(default_factory=dict)
    state: State = field(init=False)
    scene: Scene = field(init=False)

    def __post_init__(self) -> None:
        template, memory = population(self.replicates)
        self.state, block = allocate(sizes_of(template))
        block[:] = memory
        self.scene = stage(self.scenario)
        for name, value in self.parameters.items():
            self.scene.parameters[name] = value
        driver.settle(self.state, self.scene)

    def run(self, quarters: int, after: Mapping[str, Interference] | None = None, start: int = 0) -> np.record:
        """Walk `quarters` quarters and return the nation's record."""
        for q in range(start, start + quarters):
            view = self.view(q)
            for phase in SCHEDULE:
                phase.kernel(*(view[name] for name in phase.inputs))
                if after and phase.name in after:
                    after[phase.name](self.state, q)
        return self.state.nations[0]

    def view(self, q: int) -> dict[str, Any]:
        scene = self.scene
        tables = self.state._asdict() | {name: getattr(scene, name) for name in scene._fields}
        return tables | {
            "nation": self.state.nations[0],
            "policy": scene.policy[q],
            "before": scene.before[0],
            "world": scene.world[q],
            "parameters": scene.parameters[0],
            "key": scene.key[0],
            "q": q,
        }


@pytest.fixture
def economy() -> type[Economy]:
    return Economy


@pytest.fixture(scope="session")
def short_plan() -> Scenario:
    """The plan over two years: long enough for every phase to have acted."""
    return load({"extends": "plan", "horizon": {"end": "2018Q4"}})
