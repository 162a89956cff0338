"""People against the same sums in NumPy: heads move between accounts, posts are filled fairly, nobody is invented."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from small_economy import QUARTERS_RUN, Economy

from sim.schedule import SCHEDULE

Around = Callable[[str], tuple[Economy, Economy]]
ACCOUNTS = ("available", "in_firms", "in_institutes", "in_adopters", "in_centres", "in_training")


def near(expected: object) -> object:
    """Return what equals `expected` but for the order of a sum."""
    return pytest.approx(expected, rel=1e-10, abs=1e-8)


def heads(economy: Economy) -> float:
    """Return everybody in the books less those drawn from the rest of the population."""
    pools, nation = economy.state.pools, economy.state.nations[0]
    booked = sum(pools[name].sum() for name in ACCOUNTS) + economy.state.regions.cohorts.sum()
    return float(booked + nation.abroad.sum() - nation.drawn)


@pytest.mark.parametrize("name", [phase.name for phase in SCHEDULE])
def test_phase_moves_heads_between_accounts_without_loss(around: Around, name: str) -> None:
    before, after = around(name)
    assert heads(after) == pytest.approx(heads(before), rel=1e-12)


@pytest.mark.parametrize("name", [phase.name for phase in SCHEDULE])
def test_phase_leaves_no_account_of_a_pool_negative(around: Around, name: str) -> None:
    _, after = around(name)
    for account in ACCOUNTS:
        assert after.state.pools[account].min() >= -1e-9
    assert after.state.nations[0].abroad.min() >= 0.0


def test_teach_graduates_the_cohort_of_four_years_ago_and_enrols_places_by_seats(around: Around) -> None:
    before, after = around("teach")
    slot = QUARTERS_RUN % 16
    regions, policy = after.state.regions, after.scene.policy[QUARTERS_RUN]
    assert regions.graduates == near(before.state.regions.cohorts[:, slot])
    places = 250.0 * policy.degree_places * policy.implementation_effectiveness * regions.seat_share
    assert (regions.enrolled <= places + 1e-9).all()
    assert regions.cohorts[:, slot] == near(regions.enrolled)
    home = after.state.pools.available.sum() - before.state.pools.available.sum()
    abroad = after.state.nations[0].abroad.sum() - before.state.nations[0].abroad.sum()
    assert home + abroad == near(regions.graduates.sum())
    plus_x = after.state.pools.available[2::5].sum() - before.state.pools.available[2::5].sum()
    engineers = after.state.pools.available[1::5].sum() - before.state.pools.available[1::5].sum()
    assert plus_x / (plus_x + engineers) == near(policy.ai_plus_x_share)


def test_settle_people_movers_arrive_as_many_as_left_in_every_tier(around: Around) -> None:
    before, after = around("settle_people")
    flows = after.state.pool_flows
    change = (after.state.pools.available - before.state.pools.available).reshape(31, 5)
    # Skilled users: converted in, retired out, retrained in; movers cancel over the nation.
    own = (flows.converted - flows.retiring).reshape(31, 5)[:, 3].sum() + flows.retrained.sum()
    assert change[:, 3].sum() == near(own)
    assert flows.leaving.sum() > 0.0


def test_settle_people_recruitment_abroad_brings_the_lever_and_the_returning(around: Around) -> None:
    before, after = around("settle_people")
    old, new = before.state.nations[0].abroad, after.state.nations[0].abroad
    assert (old - new > 0.0).all()
    assert old[0] - new[0] >= 0.25 * 400.0 * 0.9 - 1e-9  # 400 persons a year, effectiveness 0.9


def test_match_staff_all_employers_of_a_pool_fill_the_same_part_of_their_posts(around: Around) -> None:
    before, after = around("match_staff")
    state, p = after.state, after.scene.parameters[0]
    firms, flows = state.firms[state.firms.alive], state.firm_flows[state.firms.alive]
    pools = state.pools
    for tier in range(3):
        fill = pools.fill_share[firms.region * 5 + tier]
        assert flows.hires[:, tier] == near(flows.vacancies[:, tier] * fill)
    old = before.state.firms[before.state.firms.alive]
    assert firms.staff == near(old.staff + flows.hires - flows.released)
    offered = pools.vacancies > 0.0
    free = np.array(pools.available) + 0.0
    assert offered.sum() > 30
    assert (pools.fill_share <= p.most_filled + 1e-12).all()
    # Who stays without a post while posts stay open would be friction only: the part that search leaves open.
    scarce = offered & (pools.fill_share < p.most_filled - 1e-9)
    assert free[scarce] == near(np.zeros(scarce.sum()))


def test_match_staff_books_equal_the_heads_employers_count(around: Around) -> None:
    _, after = around("match_staff")
    state = after.state
    firms, institutes = state.firms[state.firms.alive], state.institutes[state.institutes.alive]
    in_firms = np.zeros(155)
    for tier in range(3):
        np.add.at(in_firms, firms.region * 5 + tier, firms.staff[:, tier])
    assert state.pools.in_firms == near(in_firms)
    in_institutes = np.zeros(155)
    np.add.at(in_institutes, institutes.region * 5, institutes.seniors)
    np.add.at(in_institutes, institutes.region * 5 + 1, institutes.engineers)
    assert state.pools.in_institutes == near(in_institutes)
    users = state.adopters[state.adopters.adopted]
    assert state.pools.in_adopters[3::5] == near(np.bincount(users.region, weights=users.skilled_staff, minlength=31))


def test_put_to_use_displaced_workers_come_from_deeper_use_only(around: Around) -> None:
    before, after = around("put_to_use")
    users, flows = before.state.adopters, before.state.adopter_flows
    deeper = np.maximum(0.0, flows.intensity_next - users.intensity)
    exposed = before.state.applications.exposed_jobs[users.application]
    expected = deeper * exposed * users.employees * users.weight
    assert after.state.adopter_flows.displaced == near(expected)
    assert after.state.nations[0].displaced == near(expected.sum())
    assert after.state.pools.available[4::5].sum() - before.state.pools.available[4::5].sum() == near(expected.sum())


def test_liquidate_staff_look_for_work_and_cash_leaves(around: Around) -> None:
    before, _ = around("liquidate")
    twin = before.copy()
    rows = np.flatnonzero(twin.state.firms.alive)[:3]
    twin.state.firm_flows.closes[rows] = (1, 2, 3)
    twin.state.firms.cash[rows] = (-4.0, 5.0, 6.0)
    staff = twin.state.firms.staff[rows].sum()
    free = twin.state.pools.available.sum()
    already = int((twin.state.firm_flows.closes[twin.state.firms.alive] > 0).sum())
    phase = next(phase for phase in SCHEDULE if phase.name == "liquidate")
    phase.kernel(*twin.arguments(phase, QUARTERS_RUN))
    assert not twin.state.firms.alive[rows].any()
    assert twin.state.nations[0].exits == already
    assert twin.state.pools.available.sum() - free >= staff - 1e-9
    assert (twin.state.firms.cash[rows] == 0.0).all()


def test_found_firms_take_registered_places_and_start_with_their_capital(around: Around) -> None:
    before, after = around("found_firms")
    state, p = after.state, after.scene.parameters[0]
    born = state.firms[state.firms.alive & (state.firms.birth == QUARTERS_RUN)]
    registered = before.state.births[: int(before.state.nations[0].births)]
    assert len(born) == len(registered)
    assert len(born) > 3
    assert sorted(born.id) == sorted(registered.id)
    assert len(set(born.id)) == len(born)
    assert (born.cash > 0.0).all()
    founders = born.origin < 2
    assert (born.staff[founders, 1] <= p.entrant_staff * 10.0).all()
    assert (born.line_sales[founders] == 0.0).all()
    assert (born.technology_sales == 0.0).all()
