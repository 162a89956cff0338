"""The Mesa shell: one economy that can be stepped, inspected agent by agent, and changed in Python.

`RoadmapModel.step` runs the compiled quarter; when an agent class overrides a decision, or with `driver="agents"`, it
walks the schedule and asks agents instead, with the same bits for everybody else. Must not import results or plots.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mesa
import numpy as np

from sim import driver as compiled
from sim.agents import Adopter, Firm, Fund, Government, Institute, RowAgent, TalentPool
from sim.ensemble import failure, population, sizes_of
from sim.errors import NumberError, UserError
from sim.kernels.record import record
from sim.measurement.definitions import DEFINITIONS
from sim.outcomes import RECORD
from sim.parameters.posterior import read_posterior
from sim.parameters.sampling import sample
from sim.population import stage
from sim.scenario import Scenario, load
from sim.schedule import SCHEDULE, Phase, given
from sim.state import allocate

POPULATIONS: dict[str, type[RowAgent]] = {
    "firms": Firm,
    "institutes": Institute,
    "pools": TalentPool,
    "funds": Fund,
    "adopters": Adopter,
}
Choice = type[RowAgent] | Callable[[np.record], type[RowAgent]]


class RoadmapModel(mesa.Model):
    """One run of one scenario as a `mesa.Model`; run `i` equals run `i` of an ensemble with the same seed, bit for bit.

    Parameters
    ----------
    spec
        Scenario: shipped name, path, mapping or `Scenario`.
    seed, run
        Seed of the scenario's runs (its own when None) and number of the run.
    agents
        Agent classes to use instead, by the class they stand in for: `{Firm: CautiousFirm}`, or a function of the row's
        record that returns the class.
    driver
        compiled (default) or agents: every decision is taken by a Mesa agent in Python.
    replicates
        User organisations per cell of application, region and size class.
    agent_reporters
        Passed on to Mesa's DataCollector.
    """

    def __init__(
        self,
        spec: str | Mapping[str, Any] | Scenario = "plan",
        *,
        seed: int | None = None,
        run: int = 0,
        agents: Mapping[type[RowAgent], Choice] | None = None,
        driver: str = "compiled",
        replicates: int = 4,
        agent_reporters: Mapping[str, Any] | None = None,
    ) -> None:
        """Build the economy of 2016Q1 and its agents."""
        self.spec = spec if isinstance(spec, Scenario) else load(spec, seed=seed)
        chosen = self.spec.seed if seed is None else seed
        super().__init__(seed=chosen)
        if driver not in ("compiled", "agents"):
            raise UserError(f"driver {driver!r} is unknown; allowed: compiled, agents")
        self.driver = driver
        self._choices = _choices(agents or {})
        template, memory = population(replicates)
        self.state, self._memory = allocate(sizes_of(template))
        self._memory[:] = memory
        self.scene = stage(self.spec)
        self.scene.key[0].seed, self.scene.key[0].run = chosen, run
        posterior = read_posterior() if self.spec.uncertainty == "posterior" else None
        self.scene.parameters[:] = sample(self.spec.uncertainty, chosen, run, 1, self.spec.parameters, posterior)
        compiled.settle(self.state, self.scene)
        self.q = -1
        self.outcomes = np.recarray(self.spec.n_quarters, dtype=RECORD)
        self._living: dict[tuple[str, int], RowAgent] = {}
        self.government = Government(self)
        self._meet()
        self.datacollector = mesa.DataCollector(model_reporters=_REPORTERS, agent_reporters=dict(agent_reporters or {}))

    def step(self) -> None:
        """Run one quarter and collect it; `running` turns False after the last.

        Raises
        ------
        NumberError
            When the scenario's last quarter has been run already, or the economy left the numbers.
        BalanceError
            When accounts or heads do not close.
        """
        if self.q + 1 >= self.spec.n_quarters:
            raise NumberError(f"{self.spec.name} ends with {self.spec.end}")
        self.q += 1
        if self.driver == "compiled" and not self._askable:
            compiled.quarter(self.state, self.scene, self.q)
        else:
            self._walk()
        s = self.state
        record(self.outcomes[self.q], s.sectors, s.regions, s.applications, s.fields, self.nation, self.parameters)
        problem = compiled.health(self.nation, s.sectors)
        if problem != compiled.CLOSED:
            raise failure(problem, str(self.quarter), int(self.nation.worst_account))
        self._meet()
        self.running = self.q + 1 < self.spec.n_quarters
        self.datacollector.collect(self)

    @property
    def quarter(self) -> str:
        """Return the label of the quarter last run, `2016Q1`; before the first step the quarter about to be run."""
        return self.spec.quarters[max(0, self.q)]

    @property
    def nation(self) -> np.record:
        """Return the record shared by the whole economy."""
        return self.state.nations[0]

    @property
    def policy(self) -> np.record:
        """Return the levers in force."""
        return self.scene.policy[max(0, self.q)]

    @property
    def before(self) -> np.record:
        """Return the levers of the first quarter of 2016, which effects are set against."""
        return self.scene.before[0]

    @property
    def world(self) -> np.record:
        """Return what is given from outside in this quarter."""
        return self.scene.world[max(0, self.q)]

    @property
    def parameters(self) -> np.record:
        """Return the parameter values of this run."""
        return self.scene.parameters[0]

    @property
    def key(self) -> np.record:
        """Return the random key: seed and run."""
        return self.scene.key[0]

    def sector_of(self, agent: RowAgent) -> np.record:
        """Return the record of the agent's core sector."""
        return self.state.sectors[agent.record.sector]

    def region_of(self, agent: RowAgent) -> np.record:
        """Return the record of the agent's region."""
        return self.state.regions[agent.record.region]

    def application_of(self, agent: RowAgent) -> np.record:
        """Return the record of the agent's application."""
        return self.state.applications[agent.record.application]

    def pool_of(self, agent: RowAgent, tier: int) -> np.record:
        """Return the talent pool of a tier in the agent's region."""
        return self.state.pools[agent.record.region * 5 + tier]

    def _walk(self) -> None:
        view = given(self.state, self.scene, self.q)
        for phase in SCHEDULE:
            if phase.decision is None or self.driver == "compiled":
                phase.kernel(*(view[name] for name in phase.inputs))
            if phase.decision is not None:
                self._ask(phase)

    def _ask(self, phase: Phase) -> None:
        assert phase.decision is not None
        base = POPULATIONS[phase.decision.population]
        for agent in self._askable:
            if not isinstance(agent, base):
                continue
            if self.driver == "agents" or getattr(type(agent), phase.name) is not getattr(base, phase.name):
                _note(agent, phase)

    def _meet(self) -> None:
        # Agents of rows that are gone leave; rows that are new, or hold somebody else, get an agent.
        for name in POPULATIONS:
            table = getattr(self.state, name)
            alive = np.flatnonzero(table["alive"]) if "alive" in table.dtype.names else np.arange(len(table))
            ids = table["id"][alive]
            current = dict(zip(alive.tolist(), ids.tolist(), strict=True))
            for place in [
                p for p, agent in self._living.items() if p[0] == name and current.get(p[1]) != agent.identity
            ]:
                self._living.pop(place).remove()
            for row in current:
                if (name, row) not in self._living:
                    self._living[name, row] = self._choices[name](table[row])(self, row)
        everybody = self.driver == "agents"
        self._askable = [a for a in self._living.values() if everybody or type(a) not in POPULATIONS.values()]


def _choices(agents: Mapping[type[RowAgent], Choice]) -> dict[str, Callable[[np.record], type[RowAgent]]]:
    unknown = set(agents) - set(POPULATIONS.values())
    if unknown:
        raise UserError(f"agents: {', '.join(sorted(kind.__name__ for kind in unknown))} cannot be replaced")
    return {name: _chooser(agents.get(kind, kind)) for name, kind in POPULATIONS.items()}


def _chooser(choice: Choice) -> Callable[[np.record], type[RowAgent]]:
    if isinstance(choice, type):
        return lambda record_: choice
    return choice


def _note(agent: RowAgent, phase: Phase) -> None:
    assert phase.decision is not None
    outputs = phase.decision.outputs
    given = getattr(agent, phase.name)()
    values = given if len(outputs) > 1 else (given,)
    if len(values) != len(outputs) or not all(np.all(np.isfinite(np.asarray(value, dtype=float))) for value in values):
        raise UserError(f"{type(agent).__name__}.{phase.name} returned {given!r}; needed: finite {', '.join(outputs)}")
    flow = agent.flow
    for name, value in zip(outputs, values, strict=True):
        flow[name] = value


def _core(name: str) -> Callable[[RoadmapModel], float]:
    weights = np.array([DEFINITIONS[name].weights[account] for account in ("technology", "bundled", "lines")])
    return lambda model: float(4.0 * (model.outcomes[model.q]["sales_by_sector"] @ weights).sum())


def _scalar(name: str) -> Callable[[RoadmapModel], float]:
    return lambda model: float(model.outcomes[model.q][name])


# Core scale at a yearly rate, bn CNY; the others in the units of `sim.outcomes`.
_REPORTERS: dict[str, Callable[[RoadmapModel], Any]] = {
    "quarter": lambda model: model.quarter,
    **{f"core_scale_{name}": _core(name) for name in DEFINITIONS},
    **{
        name: _scalar(name)
        for name in ("firms", "rd_spending", "venture_investment", "public_outlay", "trust", "residual")
    },
}
