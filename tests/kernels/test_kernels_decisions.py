"""Decisions: each row writes its own declared outputs and nothing else, whoever stands in the other rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from small_economy import QUARTERS_RUN, Economy

from sim import driver
from sim.schedule import SCHEDULE, Phase

FLOWS = {
    "firms": "firm_flows",
    "institutes": "institute_flows",
    "pools": "pool_flows",
    "funds": "fund_flows",
    "adopters": "adopter_flows",
}
DECISIONS = [phase.name for phase in SCHEDULE if phase.decision is not None]
# Pools look at the neighbouring tier of their own region, so they are tested by region.
OF_POOLS = [phase.name for phase in SCHEDULE if phase.decision and phase.decision.population == "pools"]
OF_FIRMS = [phase.name for phase in SCHEDULE if phase.decision and phase.decision.population == "firms"]
# Outputs of decisions that the busy economy need not move within a quarter: rare events.
RARE = {"closes", "private_exit", "guidance_exit", "spin_offs", "wins_contract", "joins_zone", "retrained", "adopts"}


@pytest.fixture(scope="module")
def before(economy: Economy) -> dict[str, np.ndarray]:
    """Return the bytes of the economy before each decision of the quarter."""
    walker = economy.copy()
    found = {}
    for phase in SCHEDULE:
        if phase.decision is not None:
            found[phase.name] = walker.memory.copy()
        phase.kernel(*walker.arguments(phase, QUARTERS_RUN))
    return found


def at(economy: Economy, before: dict[str, np.ndarray], name: str) -> tuple[Economy, Phase]:
    """Return the economy as it stands before a decision, and the decision's phase."""
    twin = economy.copy()
    twin.memory[:] = before[name]
    return twin, next(phase for phase in SCHEDULE if phase.name == name)


def changed_fields(old: dict[str, np.ndarray], new: dict[str, np.ndarray]) -> set[str]:
    """Return the fields that differ, as `table.field`."""
    return {
        f"{name}.{field}"
        for name, table in old.items()
        for field in table.dtype.names
        if table[field].tobytes() != new[name][field].tobytes()
    }


@pytest.mark.parametrize("name", DECISIONS)
def test_decision_writes_its_declared_outputs_and_nothing_else(
    economy: Economy, before: dict[str, np.ndarray], name: str
) -> None:
    twin, phase = at(economy, before, name)
    flows = FLOWS[phase.decision.population]
    outputs = {f"{flows}.{output}" for output in phase.decision.outputs}
    # Last quarter's values are wiped out, so that writing the same value again counts as writing.
    for output in phase.decision.outputs:
        getattr(twin.state, flows)[output] = 77
    old = twin.tables()
    phase.kernel(*twin.arguments(phase, QUARTERS_RUN))
    assert changed_fields(old, twin.tables()) == outputs


@pytest.mark.parametrize("name", DECISIONS)
def test_decision_writes_no_row_without_an_agent_and_every_row_with_one(
    economy: Economy, before: dict[str, np.ndarray], name: str
) -> None:
    twin, phase = at(economy, before, name)
    owners = getattr(twin.state, phase.decision.population)
    flows = getattr(twin.state, FLOWS[phase.decision.population])
    if "alive" in owners.dtype.names:
        owners.alive[::3] = False
    living = owners.alive if "alive" in owners.dtype.names else np.ones(len(owners), dtype=bool)
    mark = 77.0
    for output in phase.decision.outputs:
        flows[output] = mark
    phase.kernel(*twin.arguments(phase, QUARTERS_RUN))
    for output in phase.decision.outputs:
        kept = flows[output].reshape(len(flows), -1)
        touched = np.any(kept != np.array(mark).astype(kept.dtype), axis=1)
        assert not touched[~living].any()
        if kept.dtype != np.bool_:  # a flag set by the mark may be set again
            assert touched[living].all()


@pytest.mark.parametrize("name", [name for name in DECISIONS if name not in OF_POOLS])
def test_decision_of_a_row_is_the_same_bytes_whoever_else_is_asked(
    economy: Economy, before: dict[str, np.ndarray], name: str
) -> None:
    everybody, phase = at(economy, before, name)
    few, _ = at(economy, before, name)
    population, flow_table = phase.decision.population, FLOWS[phase.decision.population]
    if population in ("firms", "institutes"):
        alive = getattr(few.state, population).alive.copy()
        alive[1::2] = False
        getattr(few.state, population).alive[:] = alive
        rows = np.flatnonzero(alive)
        few_arguments = few.arguments(phase, QUARTERS_RUN)
    else:
        rows = np.arange(11)
        cut = few.state._replace(**{name: getattr(few.state, name)[:11] for name in (population, flow_table)})
        few_arguments = Economy(cut, few.memory, few.scene).arguments(phase, QUARTERS_RUN)
    phase.kernel(*everybody.arguments(phase, QUARTERS_RUN))
    phase.kernel(*few_arguments)
    assert len(rows) > 5
    for output in phase.decision.outputs:
        whole, part = (getattr(each.state, flow_table)[output][rows] for each in (everybody, few))
        assert whole.tobytes() == part.tobytes()


@pytest.mark.parametrize("name", OF_POOLS)
def test_decision_of_a_pool_does_not_depend_on_pools_of_other_regions(
    economy: Economy, before: dict[str, np.ndarray], name: str
) -> None:
    everybody, phase = at(economy, before, name)
    other, _ = at(economy, before, name)
    for field in ("available", "wanted", "wage", "vacancies", "in_firms", "in_training"):
        other.state.pools[field][5 * 12 :] *= 1.5
    for each in (everybody, other):
        phase.kernel(*each.arguments(phase, QUARTERS_RUN))
    for output in phase.decision.outputs:
        assert everybody.state.pool_flows[output][:60].tobytes() == other.state.pool_flows[output][:60].tobytes()


def swapped(economy: Economy, order: np.ndarray) -> Economy:
    """Return the economy with its firms, and their flows, in another order of rows."""
    twin = economy.copy()
    rows = len(order)
    for name in ("firms", "firm_flows"):
        table = getattr(twin.state, name)
        table[:rows] = np.array(table[:rows])[order]
    return twin


@pytest.fixture(scope="module")
def order(economy: Economy) -> np.ndarray:
    """Return the rows of firms in use, turned around and interleaved."""
    rows = np.arange(int(economy.state.nations[0].firm_rows))
    return np.concatenate([rows[::-2], rows[::-1][1::2]])


@pytest.mark.parametrize("name", OF_FIRMS)
def test_decision_with_firms_in_another_order_gives_each_firm_the_same_bytes(
    economy: Economy, before: dict[str, np.ndarray], order: np.ndarray, name: str
) -> None:
    straight, phase = at(economy, before, name)
    mixed = swapped(straight, order)
    for each in (straight, mixed):
        phase.kernel(*each.arguments(phase, QUARTERS_RUN))
    for output in phase.decision.outputs:
        old, new = (each.state.firm_flows[output][: len(order)] for each in (straight, mixed))
        assert old[order].tobytes() == new.tobytes()


def numbers(economy: Economy) -> Iterator[tuple[str, np.ndarray]]:
    """Yield every stock of the living firms, in the order of their ids."""
    firms = np.array(economy.state.firms)
    firms = firms[firms["alive"]]
    firms = firms[np.argsort(firms["id"])]
    for field in firms.dtype.names:
        yield field, firms[field]


def test_three_quarters_with_firms_in_another_order_leave_each_firm_as_it_is(
    economy: Economy, order: np.ndarray
) -> None:
    # Sums over rows differ in the last digits, so values are near, not equal; who lives and who is born is equal.
    straight, mixed = economy.copy(), swapped(economy, order)
    for q in range(QUARTERS_RUN, QUARTERS_RUN + 3):
        for each in (straight, mixed):
            driver.quarter(each.state, each.scene, q)
    assert (straight.state.firms.birth[straight.state.firms.alive] >= QUARTERS_RUN).sum() > 10
    for (field, old), (_, new) in zip(numbers(straight), numbers(mixed), strict=True):
        np.testing.assert_allclose(new, old, rtol=1e-8, atol=1e-8, err_msg=field)


def test_quarter_with_user_organisations_in_another_order_leaves_each_as_it_is(economy: Economy) -> None:
    straight, mixed = economy.copy(), economy.copy()
    for name in ("adopters", "adopter_flows"):
        table = getattr(mixed.state, name)
        table[:] = np.array(table)[::-1]
    for each in (straight, mixed):
        driver.quarter(each.state, each.scene, QUARTERS_RUN)
    assert mixed.state.adopters.id[0] == straight.state.adopters.id[-1]
    for field in straight.state.adopters.dtype.names:
        old, new = straight.state.adopters[field], mixed.state.adopters[field][::-1]
        np.testing.assert_allclose(new, old, rtol=1e-8, atol=1e-8, err_msg=field)


def test_outputs_of_decisions_but_rare_events_move_within_a_year(economy: Economy) -> None:
    twin = economy.copy()
    old = twin.tables()
    moved = set()
    for q in range(QUARTERS_RUN, QUARTERS_RUN + 4):
        driver.quarter(twin.state, twin.scene, q)
        moved |= changed_fields(old, twin.tables())
    for phase in SCHEDULE:
        if phase.decision is not None:
            flows = FLOWS[phase.decision.population]
            still = {output for output in phase.decision.outputs if f"{flows}.{output}" not in moved}
            assert still <= RARE, phase.name


def test_decisions_cover_every_population() -> None:
    assert {phase.decision.population for phase in SCHEDULE if phase.decision} == set(FLOWS)
    assert len(DECISIONS) > 15
