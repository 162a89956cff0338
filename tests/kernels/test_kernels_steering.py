"""Steering against the same sums in NumPy: reviews, money that waits, partners, parks, centres, protection, support."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from small_economy import QUARTERS_RUN, Economy

from sim.kernels import grants, policy
from sim.plan.lever_ids import Lever

Around = Callable[[str], tuple[Economy, Economy]]
REVIEWED = 12  # a quarter with eight others behind it


def near(expected: object) -> object:
    """Return what equals `expected` but for the order of a sum."""
    return pytest.approx(expected, rel=1e-10, abs=1e-9)


def reviewed(economy: Economy, *, core: float, related: float, strength: float, interval: float = 1.0) -> Economy:
    """Return the economy after a review that finds these next targets, bn CNY, against steady scales of 100 bn CNY."""
    twin = economy.copy()
    nation = twin.state.nations[0]
    nation.year_sales[:], nation.year_related[:] = 25_000.0, 25_000.0
    goals, levers = twin.scene.goals.copy(), twin.scene.policy[REVIEWED].copy()
    goals.core_target, goals.related_target = core, related
    goals.core_years, goals.related_years = 2.0, 2.0
    levers.adjustment_strength, levers.evaluation_interval = strength, interval
    twin.state.levers.shift[:] = 0.0
    scene = twin.scene
    parameters = scene.parameters[0]
    policy.review(twin.state.levers, scene.budgets, scene.movable, goals, nation, levers, parameters, REVIEWED)
    return twin


def test_review_moves_budgets_to_the_goal_further_behind_and_keeps_their_sum(economy: Economy) -> None:
    after = reviewed(economy, core=100.0 * np.exp(0.6), related=100.0 * np.exp(0.2), strength=0.5)
    budgets, movable, shift = after.scene.budgets[REVIEWED], after.scene.movable, after.state.levers.shift
    supply, adoption = movable == policy.SUPPLY, movable == policy.ADOPTION
    assert (budgets * shift)[adoption].sum() == near(-0.5 * 0.4 * budgets[adoption].sum())
    assert (budgets * shift).sum() == near(0.0)
    assert shift[supply].min() == near(shift[supply].max())
    assert shift[supply].max() > 0.0
    assert (shift[movable == 0] == 0.0).all()


@pytest.mark.parametrize(
    ("core", "related", "strength", "interval"),
    [
        (150.0, 150.0, 0.5, 1.0),  # both as far behind
        (90.0, 50.0, 0.5, 1.0),  # both passed
        (0.0, 0.0, 0.5, 1.0),  # no target left
        (300.0, 120.0, 0.0, 1.0),  # nothing is answered
        (300.0, 120.0, 0.5, 0.0),  # never reviewed
        (300.0, 120.0, 0.5, 5.0),  # not this year
    ],
)
def test_review_without_cause_moves_nothing(
    economy: Economy, core: float, related: float, strength: float, interval: float
) -> None:
    after = reviewed(economy, core=core, related=related, strength=strength, interval=interval)
    assert (after.state.levers.shift == 0.0).all()


def test_review_looks_at_the_last_four_quarters_and_the_four_before() -> None:
    ring = np.arange(8.0) * 1000.0  # quarter q lies in slot q mod 8: at 12 the slots 4..7, 0..3 hold quarters 4..11
    assert policy.scale_of(ring, 12, 1) == near((0 + 1 + 2 + 3) * 1.0)
    assert policy.scale_of(ring, 12, 5) == near((4 + 5 + 6 + 7) * 1.0)


def test_buy_programmes_partners_join_projects_and_are_paid_back_out_of_the_purse(around: Around) -> None:
    before, after = around("buy_programmes")
    levers, p = after.state.levers, after.scene.parameters[0]
    row = Lever.network_investment
    owed = before.state.levers.owed[row]
    assert owed > 0.0
    serviced = min(levers.purse[row], owed * (0.25 / p.partner_term + 0.25 * p.partner_return))
    public = levers.purse[row] - serviced
    share = after.scene.policy[QUARTERS_RUN].ppp_share * p.partner_raised
    assert levers.serviced[row] == near(serviced)
    assert levers.partners[row] / (public + levers.partners[row]) == near(share)
    assert levers.owed[row] == near(owed + levers.partners[row] - 0.25 * owed / p.partner_term)
    assert levers.disbursed[row] == near(levers.purse[row])
    assert levers.built[Lever.retraining_places] == levers.partners[Lever.retraining_places] == 0.0


def test_programme_worth_is_one_at_the_piloting_of_2016_and_rises_with_it(economy: Economy) -> None:
    scene = economy.scene
    assert policy.success(scene.before[0], scene.before[0], scene.parameters[0]) == 1.0
    more = scene.before[0].copy()
    more.pilot_replication = 0.9
    assert policy.success(more, scene.before[0], scene.parameters[0]) > 1.0


def test_parks_are_founded_whole_where_firms_are_and_cover_as_many_as_they_have_room_for(around: Around) -> None:
    before, after = around("open_parks")
    regions, p, nation = after.state.regions, after.scene.parameters[0], after.state.nations[0]
    founded = regions.parks - before.state.regions.parks
    lever = after.scene.policy[QUARTERS_RUN]
    worth = policy.success(lever, after.scene.before[0], p)
    due = before.state.nations[0].parks_due + 0.25 * lever.industrial_parks * lever.implementation_effectiveness * worth
    assert founded.sum() == np.floor(due) > 0.0
    assert nation.parks_due == near(due - founded.sum())
    assert (regions.firms[founded > 0.0] > 0.0).all()
    assert regions.park_cover == near(np.minimum(1.0, p.park_places * regions.parks / np.maximum(1.0, regions.firms)))


def test_champions_are_the_ten_largest_firms(around: Around) -> None:
    _, after = around("name_champions")
    alive = after.state.firms.alive
    sales = np.sort(after.state.firms.technology_sales[alive])[::-1]
    nation = after.state.nations[0]
    assert nation.champion_sales == sales[grants.CHAMPIONS - 1]
    assert nation.champions == grants.CHAMPIONS


def test_support_is_shared_over_displaced_workers_and_booked_as_paid(around: Around) -> None:
    before, after = around("support_displaced")
    pools, nation, p = after.state.pools, after.state.nations[0], after.scene.parameters[0]
    displaced = pools.tier == 4
    assert pools.supported == near(np.where(displaced, pools.available + pools.in_training, 0.0))
    lever = after.state.levers[Lever.adjustment_support]
    most = p.most_support * p.displaced_wage_2016 * nation.wage
    assert nation.support == near(min(most, 4000.0 * lever.purse / pools.supported.sum()))
    assert lever.disbursed == near(nation.support * pools.supported.sum() / 4000.0)
    assert lever.disbursed > 0.0
    assert (after.state.pools.available == before.state.pools.available).all()


def test_protection_is_neutral_at_the_levers_of_2016(economy: Economy) -> None:
    from sim.kernels.protection import protect_ideas

    twin = economy.copy()
    scene, nation = twin.scene, twin.state.nations[0]
    protect_ideas(nation, scene.before[0], scene.before[0], scene.parameters[0])
    assert nation.appropriability == 1.0
    assert nation.imitation == near(1.0 - scene.parameters[0].imitation_ip * scene.before[0].ip_enforcement)


def test_centres_of_foreign_firms_employ_what_they_find_and_pay_it_from_abroad(around: Around) -> None:
    _, after = around("check_heads")
    regions, pools = after.state.regions, after.state.pools
    assert pools.in_centres.reshape(31, 5)[:, :2] == near(regions.centre_staff)
    assert regions.centre_staff.sum() > 0.0
    paid = (pools.in_centres * pools.wage).sum() / 4000.0
    books = after.state.books
    from sim.state.finance import Flow

    assert books.paid[Flow.CENTRE_WAGES] == near(paid) == books.received[Flow.CENTRE_WAGES]
