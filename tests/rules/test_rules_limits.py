"""Rules where they end: nothing to work with, saturation, floors and caps, elasticities of zero and their signs."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.rules import (
    adoption,
    demography,
    finance,
    grants,
    innovation,
    institutes,
    market,
    protection,
    research,
    staffing,
    steering,
    talent,
    tax,
    world,
)

LIMITS = [
    # --- nothing in, nothing out
    ("no quality gain: elasticity 0 gives the benefit of 2016", adoption.net_benefit, (9.0, 0.65, 2.0, 3.0, 0.0), 1.0),
    ("an organisation of mean size is not moved by size", adoption.size_factor, (80.0, 80.0, 0.52, 0.3), 1.0),
    ("size does not matter with slope 0", adoption.size_factor, (9000.0, 80.0, 0.0, 0.3), 1.0),
    ("a small one that rents everything is not held back", adoption.size_factor, (8.0, 80.0, 0.52, 1.0), 1.0),
    ("no large users, no factories", adoption.factory_step, (50.0, 0.0, 0.1, 0.2), 0.0),
    ("nobody adopts what brings nothing", adoption.adoption_hazard, (0.1, 0.4, 0.5, 2.0, 0.0, 1.0, 1.0), 0.0),
    ("nobody adopts without readiness", adoption.adoption_hazard, (0.1, 0.4, 0.5, 2.0, 1.0, 1.0, 0.0), 0.0),
    ("without adopters only outside influence", adoption.adoption_hazard, (0.1, 9.0, 0.0, 1.0, 1.0, 1.0, 1.0), 0.1),
    ("no use case pays without benefit", adoption.intensity_ceiling, (0.0, 6.0, 1.0, 0.8), 0.0),
    ("half of all use cases at the half benefit", adoption.intensity_ceiling, (6.0, 6.0, 1.0, 0.8), 0.4),
    ("intensity that has arrived stays", adoption.intensity_next, (0.4, 0.4, 0.1, 0.5), 0.4),
    ("no delivery, no deepening", adoption.intensity_next, (0.2, 0.6, 0.1, 0.0), 0.2),
    ("full speed reaches the aim", adoption.intensity_next, (0.2, 0.6, 1.0, 1.0), 0.6),
    ("hardware for new use only when none is worn out", adoption.hardware_spending, (100.0, 0.1, 0.02, 0.5, 0.0), 0.8),
    ("shrinking use only replaces hardware", adoption.hardware_spending, (100.0, 0.1, -0.2, 0.5, 0.2), 1.0),
    ("no AI capital enables nothing", adoption.enabled_share, (0.0, 0.1), 0.0),
    ("at adoption there is only the cost of reorganisation", adoption.j_curve, (0.0, 2.5, 0.3), -0.3),
    ("an old adoption has its full effect", adoption.j_curve, (200.0, 2.5, 0.3), 1.0),
    # --- demography
    ("a new firm does not close by age", demography.age_hazard, (0.0, 0.095, 3.0, 0.05), 0.0),
    ("the hazard peaks at its declared height", demography.age_hazard, (3.0, 0.095, 3.0, 0.05), 0.095),
    ("an old firm has the late hazard", demography.age_hazard, (300.0, 0.095, 3.0, 0.05), 0.05),
    ("no investors, no change of the hazard", demography.funded_hazard, (0.1, -1.0, 0.6, 1.3), 0.1),
    ("money is fresh for four years, not longer", demography.funded_hazard, (0.1, 4.0, 0.6, 1.3), 0.13),
    ("no talent or no money, no start-ups", demography.startup_rate, (9.0, 0.0, 0.5, 1.0, 0.0, 0.0), 0.0),
    ("as in 2016", demography.startup_rate, (9.0, 1.0, 0.5, 1.0, 0.0, 0.0), 9.0),
    ("as in 2016", demography.market_attraction, (0.35, 0.35, 0.8, 1.0, 0.6), 1.0),
    ("a boom attracts at the most four times as many", demography.market_attraction, (9.0, 0.35, 0.8, 1.0, 0.6), 4.0),
    ("none left to recognise", demography.recognition_rate, (0.0, 0.05, 2.0, 3.0), 0.0),
    # --- finance
    ("growth counts up to 1", finance.deal_hazard, (0.5, 1.0, 1.0, 7.0, 0.0), 0.5 * math.e),
    ("decline counts down to -1", finance.deal_hazard, (0.5, 1.0, 1.0, -7.0, 0.0), 0.5 / math.e),
    ("nobody asks, nothing is rationed", finance.rationing, (100.0, 0.0, 0.5), 0.0),
    ("no money, nobody is served", finance.rationing, (0.0, 50.0, 0.5), 0.0),
    ("supply meets demand", finance.rationing, (50.0, 50.0, 0.5), 1.0),
    ("abundant money inflates rounds at the most fourfold", finance.rationing, (9e9, 1.0, 0.5), 4.0),
    ("debt of a firm is below its floor value", finance.valuation, (0.0, -50.0, 10.0, 0.0, 20.0), 20.0),
    ("a shrinking sector is not valued below its sales", finance.valuation, (5.0, 0.0, 10.0, -3.0, 20.0), 200.0),
    ("no round, no change of the stake", finance.stake_after, (0.3, 0.0, 0.0, 80.0), 0.3),
    ("growth at the hurdle leaves the share", finance.venture_share_next, (0.04, 0.2, 0.2, 1.0, 0.005, 0.16), 0.04),
    ("asking nothing brings nothing", finance.social_capital, (50.0, 0.0, 0.4), 0.0),
    ("mood without news or memory is neutral", finance.mood_next, (0.7, 0.0, 0.0), 0.0),
    ("no relief, no more money", finance.venture_with_relief, (200.0, 0.0, 0.5), 200.0),
    ("an average applicant before an unerring jury", grants.application_weight, (1.0, 1.0, 7.0, 1.5, 0.0), 1.0),
    ("a jury without a view gives all the same", grants.application_weight, (0.4, 7.0, 9.0, 0.0, 0.0), 1.0),
    # --- innovation and research
    ("no researchers, no innovations", innovation.innovation_rate, (0.1, 0.0, 0.5, 1.0, 1.0, 1.0, 0.4, 1.2), 0.0),
    ("no means, no bonus", innovation.means_factor, (0.0, 0.3), 1.0),
    ("beyond what can be learned nothing is learned", innovation.absorption, (3.0, 2.0, 0.5, 1.0), 0.0),
    ("who cannot absorb learns nothing", innovation.absorption, (0.5, 2.0, 0.5, 0.0), 0.0),
    ("only domestic science counts at weight 1", innovation.reachable, (0.7, 3.0, 1.0), 0.7),
    ("only the frontier counts at weight 0", innovation.reachable, (0.7, 3.0, 0.0), 3.0),
    ("open tools give everybody the floor", innovation.absorptive_capacity, (0.0, 600.0, 0.35), 0.35),
    ("absorptive capacity ends at one", innovation.absorptive_capacity, (9e9, 600.0, 0.35), 1.0),
    ("a stock that is all worn out is its inflow", innovation.stock_next, (100.0, 8.0, 1.0), 8.0),
    ("no hazard, no event", innovation.quarterly, (0.0,), 0.0),
    ("certain hazard, certain event", innovation.quarterly, (1e6,), 1.0),
    ("an unmoved profile", institutes.profile_next, (0.2, 0.9, 0.0), 0.2),
    ("no effort, no progress", institutes.field_progress, (0.0, 2000.0, 0.5, 0.1, 1.0), 0.0),
    ("no exploration, no luck", institutes.exploratory_success, (100.0, 0.0, 0.001, 0.02, 45.0), 100.0),
    ("the tax rules of 2016 leave the routine", research.routine_rd, (200.0, 0.1, 1.0, -0.6), 20.0),
    ("no tax, no subsidy through it", research.user_cost, (0.0, 1.0, 1.0), 1.0),
    ("no extra deduction, no subsidy", research.user_cost, (0.25, 0.0, 1.0), 1.0),
    ("a deduction that cannot be used is worth nothing", research.user_cost, (0.25, 1.0, 0.0), 1.0),
    ("the reserve is kept", research.growth_money, (15.0, 10.0, 2.0, 8.0), 0.0),
    ("a wholly misused grant adds no research", research.grant_research, (50.0, 1.0, 0.3), 0.0),
    ("full crowding out: a grant adds nothing", research.grant_research, (50.0, 0.2, -1.0), 0.0),
    ("R&D above the threshold is claimed as it is", research.reported_rd, (5.0, 100.0, 0.04, 9.0, 0.1, 0.3), 5.0),
    ("no sales, nothing to relabel", research.reported_rd, (5.0, 0.0, 0.04, 9.0, 0.1, 0.3), 5.0),
    ("relabelling that does not pay is left", research.reported_rd, (3.5, 100.0, 0.04, 0.0, 0.1, 0.3), 3.5),
    # --- market
    ("parity of 2016 keeps the share of 2016", market.domestic_share, (0.65, 1.0, 0.65, 0.7, 1.5), 0.7),
    ("users who do not look at quality", market.domestic_share, (9.0, 1.0, 0.65, 0.7, 0.0), 0.7),
    ("an average offer", market.attractiveness, (0.8, 1.1, 0.8, 1.1), 1.0),
    ("full inertia keeps the share", market.pull, (0.2, 5.0, 1.0, 0.0, 1.0), 0.2),
    ("the price has arrived", market.price_next, (0.9, 0.9, 1.0, 0.5), 0.9),
    ("cost of 2016", market.unit_cost, (1.0, 1.0, 1.0, 0.8), 1.0),
    ("no slope, no scarcity: the base", market.markup_of, (0.5, 0.0, 3.0, 0.0), 1.0),
    ("scarcity counts up to four times", market.markup_of, (0.0, 0.5, 900.0, 0.5), 2.0),
    ("idle capacity counts down to a half", market.markup_of, (0.0, 0.5, 0.001, 1.0), 0.5),
    ("nobody to deliver", market.capacity, (0.0, 0.2, 5.0, 0.1, 0.15), 0.0),
    ("no equipment, no delivery", market.capacity, (10.0, 0.2, 0.0, 0.1, 0.15), 0.0),
    ("equipment that does not matter", market.capacity, (10.0, 0.2, 0.0, 0.1, 0.0), 2.0),
    ("equipment beyond twice the norm is idle", market.capacity, (10.0, 0.2, 900.0, 0.1, 1.0), 4.0),
    # --- staffing, talent
    ("a negative budget pays nobody", staffing.heads_for_budget, (-3.0, 0.6, 0.09), 0.0),
    ("quality and price of 2016", staffing.delivery_productivity, (0.15, 1.0, 0.4, 1.0), 0.15),
    ("no bill is always affordable", staffing.affordable, (0.0, -5.0, 0.0), 1.0),
    ("more money than needed covers the bill once", staffing.affordable, (10.0, 50.0, 0.0), 1.0),
    ("losses beyond all money pay nothing", staffing.affordable, (10.0, -50.0, 20.0), 0.0),
    ("a firm without staff may take two", staffing.staff_target, (50.0, 0.0, 0.25, 0.15), 2.0),
    ("no vacancies", staffing.fill_rate, (10.0, 0.0, 0.8), 0.0),
    ("nobody available", staffing.fill_rate, (0.0, 50.0, 0.8), 0.0),
    ("an overdrawn pool fills nothing", staffing.fill_rate, (-2.0, 50.0, 0.8), 0.0),
    ("a cleared market keeps its wage", staffing.wage_next, (150.0, 1.0, 1.0, 1.0, 0.5, 0.05), 150.0),
    ("nobody asks for places, nobody begins", talent.enrolled, (100.0, 0.0), 0.0),
    ("no places, nobody begins", talent.enrolled, (0.0, 100.0), 0.0),
    ("nobody displaced, no support", talent.support, (9.0, 0.0, 50.0, 0.8), 0.0),
    ("people do not leave faster than four times a year", talent.attrition_rate, (0.1, 0.001, 2.5), 4.0),
    ("no target left", steering.shortfall, (200.0, 100.0, 0.0, 3.0), 0.0),
    ("no scale yet", steering.shortfall, (0.0, 0.0, 400.0, 3.0), 1.0),
    ("a target passed", steering.shortfall, (500.0, 490.0, 400.0, 3.0), 0.0),
    ("a hopeless target counts as one", steering.shortfall, (1.0, 1.0, 400.0, 3.0), 1.0),
    ("the other goal is no further behind", steering.moved_part, (0.5, 0.6, 0.2), 0.0),
    ("nothing owed", steering.service, (0.0, 10.0, 0.08, 50.0), 0.0),
    ("no partners asked for", steering.partner_money, (100.0, 0.0, 0.43), 0.0),
    ("makers keep a twentieth at the least", protection.appropriability, (0.0, 0.0, 0.3, 1.0, 0.3), 0.05),
    ("orders from abroad never quite end", market.export_factor, (-3.0, 0.0, 0.0), 0.1),
    ("a sector almost without firms", market.variety_factor, (0.0, 100.0, 1.0), 0.1),
    ("a negative premium draws nobody", talent.conversion, (1000.0, 0.1, -0.5, 2.5, 0.0, 0.2), 0.0),
    ("too many without a post deter everybody", talent.conversion, (1000.0, 0.1, 1.0, 2.5, 0.3, 0.2), 0.0),
    ("all leave, not more", talent.leave_rate, (0.5, 0.01, 2.0), 1.0),
    ("all return, not more", talent.return_rate, (0.5, 100.0, 2.0), 1.0),
    ("nobody changes to where posts are as scarce", talent.switching, (100.0, 1.0, 1.0, 0.3), 0.0),
    ("nobody changes to where posts are scarcer", talent.switching, (100.0, 2.0, 1.0, 0.3), 0.0),
    ("less use displaces nobody", talent.displaced, (-0.1, 0.2, 5000.0), 0.0),
    # --- tax
    ("a loss pays no tax", tax.tax_due, (-40.0, 0.25, 0.0), 0.0),
    ("everything waived", tax.tax_due, (40.0, 0.25, 1.0), 0.0),
    ("a deduction without profit forgoes nothing now", tax.deduction_forgone, (-10.0, 20.0, 0.0, 0.15), 0.0),
    ("old losses come first", tax.deduction_forgone, (30.0, 20.0, 30.0, 0.15), 0.0),
    ("a loss pays no dividend", tax.dividend, (-40.0, 100.0, 50.0, 0.3), 0.0),
    ("the reserve is kept", tax.dividend, (40.0, 30.0, 50.0, 0.3), 0.0),
    # --- world
    ("a frontier at rest", world.frontier_next, (2.0, 0.0, 0.0), 2.0),
    ("supply that follows use: the world price", world.compute_price, (0.5, 7.0, 7.0, 0.5, 0.0), 0.5),
    ("no building, no coverage", world.coverage_next, (0.4, 0.0, 0.05), 0.4),
    ("full coverage stays full", world.coverage_next, (1.0, 0.3, 0.05), 1.0),
    ("boundless building covers all", world.coverage_next, (0.4, 1e6, 0.05), 1.0),
    ("trust at rest", world.trust_next, (0.8, 0.8, 0.1, 0.0, 0.1), 0.8),
    ("trust does not fall below a twentieth", world.trust_next, (0.5, 0.8, 0.1, 30.0, 0.1), 0.05),
    ("trust does not rise above one", world.trust_next, (1.5, 0.8, 0.1, 0.0, 0.1), 1.0),
    ("no use, no incidents", world.incident_rate, (2.5, 0.0, 0.3, 0.5), 0.0),
    ("full supervision that prevents all", world.incident_rate, (2.5, 0.4, 1.0, 1.0), 0.0),
    ("a missing link stops all", world.readiness, (1.0, 0.0, 0.9, 1.0), 0.0),
    ("readiness ends at one", world.readiness, (1.8, 1.0, 1.0, 1.0), 1.0),
]


@pytest.mark.parametrize(("rule", "arguments", "result"), [pytest.param(*row[1:], id=row[0]) for row in LIMITS])
def test_rule_at_limit_gives_declared_value(rule, arguments, result) -> None:
    assert rule(*arguments) == pytest.approx(result, rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("elasticity", [-0.21, -0.6, -1.14])
def test_rd_budget_cheaper_research_raises_it_by_the_elasticity(elasticity: float) -> None:
    # The central elasticity of the literature is negative: ten percent cheaper research, |e| x ten percent more of it.
    growth = research.routine_rd(200.0, 0.1, 0.9, elasticity) / 20.0
    assert math.log(growth) == pytest.approx(elasticity * math.log(0.9), rel=1e-12)
    assert growth > 1.0


def test_rd_budget_under_super_deduction_of_100_percent_rises_by_hand_computed_part() -> None:
    # rate 15%: (1 - 0.15 x 2) / 0.85 against (1 - 0.15 x 1.5) / 0.85 = 0.7 / 0.775; to the power -0.6
    ratio = research.user_cost(0.15, 1.0, 1.0) / research.user_cost(0.15, 0.5, 1.0)
    assert ratio == pytest.approx(0.7 / 0.775, rel=1e-14)
    assert research.routine_rd(100.0, 0.1, ratio, -0.6) == pytest.approx(10.0 * (0.775 / 0.7) ** 0.6, rel=1e-14)


def test_innovation_value_over_even_uniforms_has_mean_one_at_any_tail() -> None:
    u = (np.arange(200_000) + 0.5) / 200_000
    for tail in (0.8, 1.0, 1.2, 2.0):
        values = [innovation.innovation_value(x, tail, 50.0) for x in u]
        assert np.mean(values) == pytest.approx(1.0, abs=1e-4)
        assert min(values) > 0.0
        assert max(values) / min(values) <= 50.0


def test_innovation_value_at_both_ends_spans_the_truncation() -> None:
    low, high = innovation.innovation_value(0.0, 1.2, 50.0), innovation.innovation_value(1.0, 1.2, 50.0)
    assert high / low == pytest.approx(50.0, rel=1e-12)


def test_exploration_at_its_expected_success_keeps_or_loses_effort_as_odds_times_prize_say() -> None:
    # Odds 0.02 x prize 45 = 0.9 < 1: the mean success falls a little, as the lever's channel says.
    mean = 0.02 * institutes.exploratory_success(100.0, 0.5, 0.0, 0.02, 45.0)
    mean += 0.98 * institutes.exploratory_success(100.0, 0.5, 0.5, 0.02, 45.0)
    assert mean == pytest.approx(95.0)


def test_stakes_after_a_round_of_two_kinds_and_the_founders_add_up_to_one() -> None:
    value, private, guidance = 60.0, 25.0, 15.0
    stakes = [
        finance.stake_after(0.2, private, private + guidance, value),
        finance.stake_after(0.1, guidance, private + guidance, value),
        finance.stake_after(0.7, 0.0, private + guidance, value),
    ]
    assert sum(stakes) == pytest.approx(1.0, rel=1e-14)


def test_tax_over_a_loss_and_a_gain_taxes_only_their_sum() -> None:
    # Loss of 40 in the first quarter, profit of 100 in the second, deductions of 10 in both: taxed 100 - 10 - 50 = 40.
    first = tax.tax_base(-40.0, 10.0, 0.0)
    second = tax.tax_base(100.0, 10.0, max(0.0, -first))
    assert tax.tax_due(first, 0.25, 0.0) == 0.0
    assert tax.tax_due(second, 0.25, 0.0) == pytest.approx(10.0)


def test_trust_after_a_shock_recovers_half_of_the_distance_in_the_half_life() -> None:
    # Half-life of 2 years: a recovery of ln 2 / 8 a quarter, applied step by step, closes a little more than half.
    trust = 0.6
    for _ in range(8):
        trust = world.trust_next(trust, 0.8, math.log(2.0) / 8.0, 0.0, 0.1)
    assert 0.8 - trust == pytest.approx(0.2 * (1.0 - math.log(2.0) / 8.0) ** 8, rel=1e-12)
    assert 0.5 < (trust - 0.6) / 0.2 < 0.53


def test_age_hazard_over_three_years_sums_to_its_integral_and_near_the_published_hazards() -> None:
    # The integral of (a / 3) exp(1 - a / 3) from 0 to 3 is 3 (e - 2); SAIC (2013): 1.6 + 6.3 + 9.5 percent = 0.174.
    hazard = sum(0.001 * demography.age_hazard(0.001 * (k + 0.5), 0.095, 3.0, 0.05) for k in range(3000))
    assert hazard == pytest.approx(0.095 * 3.0 * (math.e - 2.0), rel=1e-5)
    assert hazard == pytest.approx(0.174, rel=0.2)


def test_quarterly_hazard_over_four_quarters_gives_the_annual_probability() -> None:
    stay = (1.0 - innovation.quarterly(0.7)) ** 4
    assert 1.0 - stay == pytest.approx(1.0 - math.exp(-0.7), rel=1e-13)


def test_wage_with_long_tight_market_settles_at_clearing_level() -> None:
    # Demand falls with the wage by its elasticity, supply rises by its own: at 0.5 + 0.5 and demand twice the supply at
    # the first wage, both meet at twice that wage.
    wage = 100.0
    for _ in range(200):
        tightness = 2.0 * (wage / 100.0) ** -0.5 / (wage / 100.0) ** 0.5
        wage = staffing.wage_next(wage, 1.0, tightness, 1.0, 0.5, 0.05)
    assert wage == pytest.approx(200.0, rel=1e-9)


def test_market_shares_of_equal_firms_stay_equal_and_of_the_better_one_rise() -> None:
    equal = market.pull(0.5, 1.0, 0.95, 0.7, 1.0)
    better = market.pull(0.5, 1.2, 0.95, 0.7, 1.0)
    assert better / equal == pytest.approx(1.2**0.7, rel=1e-14)


def test_talent_return_and_departure_answer_to_the_wage_at_home_in_opposite_directions() -> None:
    assert talent.return_rate(0.02, 1.1, 1.0) > talent.return_rate(0.02, 1.0, 1.0)
    assert talent.leave_rate(0.2, 1.1, 1.0) < talent.leave_rate(0.2, 1.0, 1.0)
