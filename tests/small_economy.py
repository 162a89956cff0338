"""A small economy for tests of the core: few agents, everything that a scenario can switch on, quick to copy."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim import driver
from sim.parameters.sampling import sample
from sim.population import populate, stage
from sim.scenario import load
from sim.schedule import Phase
from sim.state import Scene, Sizes, State, allocate

# Everything that can act at once: all shocks, every form of money, so that no branch of a kernel stays untried.
BUSY = {
    "schema": 1,
    "extends": "plan",
    "horizon": {"end": "2019Q4"},
    "levers": {
        "adoption_subsidy_rate": 0.2,
        "venture_tax_relief": 0.3,
        "sme_tax_relief": 0.4,
        "retraining_places": 800,
        "innovation_bases": 30,
        "industrial_parks": 8,
        "evaluation_interval": 0.25,
        "adjustment_strength": 0.5,
        "adjustment_support": 5,
        "smart_factory_programme": 2000,
        "major_project_funding": 6,
        "patent_pool": 0.3,
        "ppp_share": 0.4,
        "overseas_recruitment": 400,
        "open_public_data": 0.5,
        "implementation_effectiveness": 0.9,
        "pilot_zones": {2016: ["CN-BJ", "CN-SH", "CN-GD"]},
    },
    # One goal reached, one out of reach, so that a review has something to move.
    "targets": [
        {"indicator": "core_scale", "year": 2019, "above": 0.000001},
        {"indicator": "related_scale", "year": 2019, "above": 900000},
    ],
    "shocks": [
        {"kind": "export_controls", "from": "2016Q2", "severity": 0.4},
        {"kind": "generative_wave", "from": "2016Q1", "severity": 0.8},
        {"kind": "demand_slump", "from": "2016Q2", "severity": 0.5},
        {"kind": "venture_winter", "from": "2016Q3", "severity": 0.3},
        {"kind": "safety_scandal", "from": "2016Q4", "severity": 0.5},
        {"kind": "compute_price_break", "from": "2016Q4", "severity": 0.5},
    ],
}

QUARTERS_RUN = 6
FEW_ENTRANTS = {"startups_2016": 40.0, "latent_incumbents": 900.0}  # a small firm table must not fill up


class Economy(NamedTuple):
    """One economy: its state, the block of memory that holds it, and what a scenario gives to it."""

    state: State
    memory: np.ndarray
    scene: Scene

    def __repr__(self) -> str:
        """Return a line in place of all bytes, for reports of failures."""
        return f"Economy({self.state.nations[0].firm_rows} firm rows)"

    def copy(self) -> Economy:
        """Return an economy of its own with the same bytes; the scene is shared."""
        twin = bare(self.state)
        twin.memory[:] = self.memory
        return Economy(twin.state, twin.memory, self.scene)

    def arguments(self, phase: Phase, q: int) -> list[Any]:
        """Return what a phase takes in quarter `q`, looked up by the names of its parameters."""
        given = self.state._asdict() | self.scene._asdict()
        given |= {"nation": self.state.nations[0], "policy": self.scene.policy[q], "world": self.scene.world[q], "q": q}
        given |= {"parameters": self.scene.parameters[0], "key": self.scene.key[0]}
        given |= {"before": self.scene.before[0]}
        return [given[name] for name in phase.inputs]

    def tables(self) -> dict[str, np.ndarray]:
        """Return a copy of every table."""
        return {name: np.array(table) for name, table in self.state._asdict().items()}


def bare(like: State) -> Economy:
    """Return a zeroed economy with tables of the same length."""
    sizes = Sizes(*(len(getattr(like, name)) for name in ("firms", "births", "institutes", "funds", "adopters")))
    state, memory = allocate(sizes)
    return Economy(state, memory, None)


def shrunk(firms: int, institutes: int, adopters: int, sizes: Sizes) -> tuple[State, np.ndarray]:
    """Return so many firms, institutes and user organisations of the synthetic population, and their memory."""
    cast, _ = populate(replicates=1)
    state, memory = allocate(sizes)
    for name, table in state._asdict().items():
        source = getattr(cast, name)
        step = len(source) // adopters if name == "adopters" else 1
        kept = {"firms": firms, "institutes": institutes}.get(name, min(len(table), len(source)))
        table[:kept] = source[::step][:kept]
    state.institutes.kind[:institutes:10] = 3  # the few defence-linked ones may not be among the first
    state.nations[0].firm_rows, state.nations[0].institute_rows = firms, institutes
    return state, memory


def shrink(firms: int, institutes: int, adopters: int, *, spec: Any = BUSY, run: int = 3, rows: int = 400) -> Economy:
    """Return a settled economy with so many firms, institutes and user organisations of the synthetic population.

    Parameters are those of one run of the prior, so that no parameter hides at a value of 0 or 1.
    """
    sizes = Sizes(firms=rows, births=600, institutes=120, funds=60, adopters=adopters)
    state, memory = shrunk(firms, institutes, adopters, sizes)
    scene = stage(load(spec))
    scene.key[0].run = run
    scene.parameters[:] = sample("prior", int(scene.key[0].seed), run, 1, FEW_ENTRANTS)
    driver.settle(state, scene)
    return Economy(state, memory, scene)
