"""P7: every lever acts through its own channel, and through no other; one test a lever, made from the catalogue."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import lever_pairs
import numpy as np
import pytest
from lever_pairs import (
    Difference,
    agrees,
    aimed,
    direct_differences,
    first_differences,
    gaining,
    leap,
    owner_of,
    pair,
    scene_of,
    step,
    summed,
    with_lever,
)
from small_economy import BUSY, QUARTERS_RUN, Economy, shrink

from sim import driver
from sim.ensemble import simulate
from sim.kernels.record import record
from sim.kernels.world import advance_macro
from sim.outcomes import RECORD
from sim.plan import LeverSpec, load_catalogue
from sim.plan.effects import Effect
from sim.scenario import load
from sim.schedule import SCHEDULE
from sim.state import TABLES

LEVERS = load_catalogue().levers
IDS = [lever.id for lever in LEVERS]
START = QUARTERS_RUN + 1  # one quarter in which nothing may differ lies before it
FEW = range(START, START + 6)  # a draw that falls otherwise may need some quarters


def settled(spec: Any, quarters: int) -> Economy:
    """Return a small economy after so many quarters, in which all kinds of agents have acted."""
    made = shrink(firms=40, institutes=60, adopters=372, spec=spec)
    for q in range(quarters):
        driver.quarter(made.state, made.scene, q)
    return made


@pytest.fixture(scope="module")
def busy() -> Economy:
    return settled(BUSY, QUARTERS_RUN)


def declared(lever: LeverSpec) -> tuple[Effect, ...]:
    return (*lever.shows, *lever.later)


def names(effects: tuple[Effect, ...]) -> set[str]:
    return {effect.name for effect in effects}


@cache
def through_any_lever() -> frozenset[str]:
    return frozenset(name for lever in LEVERS for name in names(declared(lever)))


def allowed(lever: LeverSpec, effects: tuple[Effect, ...]) -> set[str]:
    """Return the fields that may differ: those declared; any lever's for one that moves the money of others."""
    moves_money = any(effect.table == "levers" for effect in lever.shows)
    return names(effects) | (through_any_lever() if moves_money else set())


def check_directions(
    lever: LeverSpec, parts: tuple[float, float], effects: tuple[Effect, ...], found: list[Difference], state: object
) -> None:
    """Fail where a declared field that moved did so in another direction than declared."""
    for effect in effects:
        rows = gaining(lever, parts, effect.table, state)
        if effect.label is not None:
            rows = rows & (getattr(state, owner_of(effect.table))[effect.label] == effect.value)
        net, gross = summed(effect, found, rows)
        assert gross == 0.0 or agrees(effect, net, gross), f"{effect} moved by {net:.6g}"


@pytest.mark.parametrize("lever", LEVERS, ids=IDS)
def test_declared_fields_of_a_lever_are_fields_of_the_state(lever: LeverSpec) -> None:
    for effect in declared(lever):
        assert effect.field in {field.name for field in TABLES[effect.table]}, str(effect)
        if effect.label is not None:
            labels = {field.name for field in TABLES[owner_of(effect.table)] if field.kind == "label"}
            assert effect.label in labels, str(effect)


@pytest.mark.parametrize("number", [0, 1], ids=["from the low end", "to the high end"])
@pytest.mark.parametrize("lever", LEVERS, ids=IDS)
def test_lever_raised_alone_shows_first_on_its_channel_in_its_direction(
    busy: Economy, lever: LeverSpec, number: int
) -> None:
    parts = step(lever, number)
    first, second = pair(busy, lever, parts, START)
    before = first_differences(first, second, range(QUARTERS_RUN, START), names(lever.shows))
    assert before == []
    found = first_differences(first, second, FEW, names(lever.shows))
    assert {one.field for one in found} <= names(lever.shows), (found[0].phase, {one.field for one in found})
    check_directions(lever, parts, lever.shows, found, first.state)
    if number == 0:
        at_times = all(effect.occasional for effect in lever.shows)
        assert found, "no field ever differs"
        assert at_times or found[0].quarter == START


@pytest.mark.parametrize("lever", LEVERS, ids=IDS)
def test_lever_raised_alone_moves_by_itself_the_declared_fields_and_no_other(busy: Economy, lever: LeverSpec) -> None:
    parts = leap(lever)
    first, second = pair(busy, lever, parts, START)
    driver.quarter(first.state, first.scene, QUARTERS_RUN)
    found = direct_differences(first, second, FEW, names(lever.shows))
    moved = {one.field for one in found}
    assert moved <= allowed(lever, declared(lever)), {(one.phase, one.field) for one in found}
    assert names(declared(lever)) <= moved
    at_once = {one.field for one in found if one.quarter == START}
    assert {effect.name for effect in lever.shows if not effect.occasional} <= at_once
    check_directions(lever, parts, declared(lever), found, first.state)


# Levers whose channel is the ledger move the money of others: that is what they are for.
OWN_MONEY = [lever for lever in LEVERS if "levers" not in {effect.table for effect in lever.shows}]


@pytest.mark.parametrize("lever", OWN_MONEY, ids=[lever.id for lever in OWN_MONEY])
def test_money_of_a_raised_lever_is_set_aside_under_its_own_name(busy: Economy, lever: LeverSpec) -> None:
    first, second = pair(busy, lever, step(lever, 0), START)
    opening = SCHEDULE[: [phase.name for phase in SCHEDULE].index("enact_policy") + 1]
    for phase in opening:
        for each in (first, second):
            phase.kernel(*each.arguments(phase, START))
    more = np.flatnonzero(second.state.levers["budgeted"] != first.state.levers["budgeted"]).tolist()
    # A subsidy is booked as it is claimed; taxes are forgone, and some levers only divide money counted elsewhere.
    costs = lever.cost.amount is not None and lever.cost.kind != "tax" and lever.id != "adoption_subsidy_rate"
    assert more == ([int(lever.index)] if costs else [])
    if costs:
        assert second.state.levers["budgeted"][lever.index] > first.state.levers["budgeted"][lever.index]


def test_equal_levers_given_anew_give_equal_bits_of_the_whole_state(busy: Economy) -> None:
    scenario = load(BUSY)
    restated = replace(scenario, levers={name: path.copy() for name, path in reversed(scenario.levers.items())})
    ended = []
    for levers in (scenario, restated):
        twin = busy.copy()
        scene = scene_of(levers, busy.scene)
        for q in range(QUARTERS_RUN, scenario.n_quarters):
            driver.quarter(twin.state, scene, q)
        ended.append(twin.memory.tobytes())
    assert ended[0] == ended[1]


def _leaky(nation: Any, applications: Any, world: Any, parameters: Any, policy: Any) -> None:
    advance_macro(nation, applications, world, parameters)
    nation.gdp *= 1.0 + 1e-12 * policy.ai_plus_x_share


def test_lever_that_leaks_into_another_phase_is_found(busy: Economy, monkeypatch: pytest.MonkeyPatch) -> None:
    leaking = tuple(replace(phase, kernel=_leaky) if phase.name == "advance_macro" else phase for phase in SCHEDULE)
    monkeypatch.setattr(lever_pairs, "SCHEDULE", leaking)
    lever = load_catalogue().lever("ai_plus_x_share")
    found = first_differences(
        *pair(busy, lever, step(lever, 0), START), range(QUARTERS_RUN, START + 1), names(lever.shows)
    )
    assert {(one.quarter, one.phase, one.field) for one in found} == {(START, "_leaky", "nations.gdp")}
    direct = direct_differences(*pair(busy, lever, step(lever, 0), START), range(START, START + 1), names(lever.shows))
    assert {one.field for one in direct} == names(lever.shows) | {"nations.gdp"}


NEEDING = [lever for lever in LEVERS if lever.needs]
LONG = range(START, load(BUSY).n_quarters)
OWN_COSTS = {"public_outlay", "forgone_tax", "residual", "residual_heads"}


def outcomes_differ(first: Economy, second: Economy, quarters: range) -> set[str]:
    """Return the recorded outcomes, the lever's own costs aside, that differ in any of the quarters."""
    found = set()
    for q in quarters:
        records = np.zeros(2, dtype=RECORD)
        for each, made in zip((first, second), records, strict=True):
            driver.quarter(each.state, each.scene, q)
            state, nation = each.state, each.state.nations[0]
            record(
                made, state.sectors, state.regions, state.applications, state.fields, nation, each.scene.parameters[0]
            )
        found |= {name for name in RECORD.names if records[name][0].tobytes() != records[name][1].tobytes()}
    return found - OWN_COSTS


@pytest.mark.parametrize("lever", NEEDING, ids=[lever.id for lever in NEEDING])
def test_lever_moves_no_outcome_while_all_levers_that_it_needs_are_zero(lever: LeverSpec) -> None:
    spec = {**BUSY, "levers": {**BUSY["levers"], **dict.fromkeys(lever.needs, 0)}}
    poor = settled(spec, START)
    assert outcomes_differ(*pair(poor, lever, (0.0, step(lever, 1)[1]), START, spec), LONG) == set()


@pytest.mark.parametrize("lever", LEVERS, ids=IDS)
def test_lever_raised_alone_in_the_plan_moves_an_outcome_that_is_not_its_own_cost(lever: LeverSpec) -> None:
    plan = load(aimed({"extends": "plan", "uncertainty": "none", "horizon": {"end": "2021Q4"}}, lever))
    low, high = (
        simulate(with_lever(plan, lever, part, 8), 1, replicates=1).quarters for part in (0.0, step(lever, 1)[1])
    )
    assert low[:, :8].tobytes() == high[:, :8].tobytes()
    moved = {name for name in RECORD.names if low[name].tobytes() != high[name].tobytes()}
    assert moved - OWN_COSTS != set()
