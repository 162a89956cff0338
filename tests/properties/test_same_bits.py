"""P4, P5, P8, P11: the same bits for threads, blocks, processes and agents; draws that belong to their agent."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from sim import ensemble
from sim.agents import Adopter, Firm, TalentPool
from sim.ensemble import simulate
from sim.errors import NumberError, UserError
from sim.model import RoadmapModel
from sim.scenario import Scenario, load

QUARTERS = 6


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load({"extends": "implemented", "horizon": {"end": "2017Q2"}})


@pytest.fixture(scope="module")
def reference(scenario: Scenario) -> bytes:
    return simulate(scenario, 7, threads=1, block=7, replicates=1).quarters.tobytes()


@pytest.mark.parametrize(("threads", "block"), [(1, 1), (2, 1), (2, 3), (2, 5)])
def test_runs_are_the_same_for_any_threads_and_block(
    scenario: Scenario, reference: bytes, threads: int, block: int
) -> None:
    records = simulate(scenario, 7, threads=threads, block=block, replicates=1)
    assert records.quarters.tobytes() == reference


def test_runs_are_the_same_in_another_process(scenario: Scenario, reference: bytes) -> None:
    code = (
        "import hashlib; from sim.ensemble import simulate; from sim.scenario import load;"
        "s = load({'extends': 'implemented', 'horizon': {'end': '2017Q2'}});"
        "print(hashlib.sha256(simulate(s, 7, replicates=1).quarters.tobytes()).hexdigest())"
    )
    import hashlib

    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert answer == hashlib.sha256(reference).hexdigest()


def test_run_number_means_the_same_run_wherever_it_starts(scenario: Scenario) -> None:
    all_runs = simulate(scenario, 5, replicates=1).quarters
    later = simulate(scenario, 2, first_run=3, replicates=1).quarters
    assert later.tobytes() == all_runs[3:].tobytes()


def test_run_with_another_seed_differs(scenario: Scenario, reference: bytes) -> None:
    assert simulate(scenario, 7, seed=1, replicates=1).quarters.tobytes() != reference


def test_mesa_model_equals_the_ensemble_run(scenario: Scenario) -> None:
    model = RoadmapModel(scenario, run=2, replicates=1)
    while model.running:
        model.step()
    assert model.outcomes.tobytes() == simulate(scenario, 3, replicates=1).quarters[2].tobytes()


def test_agents_in_python_equal_the_compiled_quarter(scenario: Scenario) -> None:
    compiled = RoadmapModel(scenario, run=1, replicates=1)
    agents = RoadmapModel(scenario, run=1, replicates=1, driver="agents")
    for _ in range(2):
        compiled.step()
        agents.step()
        for name in compiled.state._fields:
            assert getattr(compiled.state, name).tobytes() == getattr(agents.state, name).tobytes(), name


class SameFirm(Firm):
    def plan_research(self) -> tuple[float, float]:
        return super().plan_research()


class SameAdopter(Adopter):
    def adopt(self) -> tuple[float, bool]:
        return super().adopt()


class SamePool(TalentPool):
    def move(self) -> tuple[float, float, float]:
        return super().move()


def test_override_that_decides_alike_changes_no_bit(scenario: Scenario) -> None:
    plain = RoadmapModel(scenario, replicates=1)
    same = RoadmapModel(scenario, replicates=1, agents={Firm: SameFirm, Adopter: SameAdopter, TalentPool: SamePool})
    for _ in range(3):
        plain.step()
        same.step()
    assert plain.outcomes[:3].tobytes() == same.outcomes[:3].tobytes()


class Thrifty(Firm):
    def plan_research(self) -> tuple[float, float]:
        budget, expansion = super().plan_research()
        return 0.5 * budget, expansion


def test_override_of_one_firm_leaves_the_decisions_of_others_alone(scenario: Scenario) -> None:
    def choose(record: np.record) -> type[Firm]:
        return Thrifty if record.id == 3 else Firm

    plain = RoadmapModel(scenario, replicates=1)
    changed = RoadmapModel(scenario, replicates=1, agents={Firm: choose})
    plain.step()
    changed.step()
    budgets, other = plain.state.firm_flows["rd_budget"], changed.state.firm_flows["rd_budget"]
    rows = np.flatnonzero(budgets != other)
    assert rows.tolist() == [3]
    assert other[3] == 0.5 * budgets[3]


class Confused(Firm):
    def set_prices(self) -> float:
        return float("nan")


def test_override_that_returns_no_number_is_refused(scenario: Scenario) -> None:
    model = RoadmapModel(scenario, replicates=1, agents={Firm: Confused})
    with pytest.raises(UserError, match="Confused.set_prices returned nan"):
        model.step()


def test_agents_leave_and_arrive_with_their_rows(scenario: Scenario) -> None:
    model = RoadmapModel(scenario, replicates=1)
    while model.running:
        model.step()
    firms = model.agents_by_type[Firm]
    alive = model.state.firms[model.state.firms["alive"]]
    assert {firm.identity for firm in firms} == set(alive["id"].tolist())
    assert any(firm.identity >= 1 << 40 for firm in firms)


def test_draws_of_firms_do_not_depend_on_entry_of_others(scenario: Scenario) -> None:
    """More incubators bring more firms; the first firms' luck in orders stays what it was."""
    few = RoadmapModel(scenario, replicates=1)
    many = RoadmapModel(load({"extends": "implemented", "levers": {"incubators": 50}}), replicates=1)
    for _ in range(4):
        few.step()
        many.step()
    assert many.nation.firm_rows > few.nation.firm_rows
    from sim.draws import Purpose, uniform

    both = set(few.state.firms["id"][few.state.firms["alive"]]) & set(many.state.firms["id"][many.state.firms["alive"]])
    assert len(both) > 500
    draws = [uniform(few.key.seed, few.key.run, int(i), 3, Purpose.DEMAND_NOISE) for i in sorted(both)[:50]]
    again = [uniform(many.key.seed, many.key.run, int(i), 3, Purpose.DEMAND_NOISE) for i in sorted(both)[:50]]
    assert draws == again


def test_paired_difference_varies_at_least_ten_times_less_than_unpaired() -> None:
    runs = 16
    end = {"horizon": {"end": "2020Q4"}, "uncertainty": "none"}
    plan = _core(simulate(load({"extends": "plan", **end}), runs))
    paired = plan - _core(simulate(load({"extends": "no_plan", **end}), runs))
    unpaired = plan - _core(simulate(load({"extends": "no_plan", **end}), runs, first_run=1000))
    assert unpaired.var(ddof=1) > 10.0 * paired.var(ddof=1)


def _core(records: object) -> np.ndarray:
    return records.quarters["sales_by_sector"][:, -4:].sum(axis=(1, 2, 3))  # type: ignore[attr-defined]


def test_restated_default_changes_no_bit(scenario: Scenario, reference: bytes) -> None:
    restated = load(
        {
            "extends": "implemented",
            "horizon": {"end": "2017Q2"},
            "measurement": "caict",
            "levers": {"high_tech_tax_rate": 0.15, "guidance_fund_leverage": {"scale": 1.0}},
        }
    )
    assert restated.digest == scenario.digest
    assert simulate(restated, 7, replicates=1).quarters.tobytes() == reference


def test_run_that_outgrows_the_firm_table_is_run_again_in_a_larger_one(
    scenario: Scenario, reference: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble, "FIRM_ROWS", 720)  # 700 firms at the start
    assert simulate(scenario, 7, replicates=1).quarters.tobytes() == reference


def test_run_that_outgrows_the_largest_firm_table_is_an_error(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ensemble, "FIRM_ROWS", 720)
    monkeypatch.setattr(ensemble, "MOST_FIRM_ROWS", 720)
    with pytest.raises(NumberError, match=r"run 0, 2016Q\d: more firms than the firm table has rows"):
        simulate(scenario, 1, replicates=1)
