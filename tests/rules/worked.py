"""Worked examples of every rule: numbers put into the formula of its docstring by hand, the arithmetic beside each.

`signs` says for each argument, in order, whether the result rises (+), falls (-) or stays (0) when the argument rises a
little from the example; an argument that shows 0 in one example must move the result in another, or stand in SWITCHES.
"""

from __future__ import annotations

from typing import NamedTuple

EXP_HALF = 1.6487212707001282  # e^(1/2)
EXP_MINUS_HALF = 0.6065306597126334
EXP_MINUS_ONE = 0.36787944117144233
EXP_MINUS_TWO = 0.1353352832366127
LN_2 = 0.6931471805599453


class Worked(NamedTuple):
    """One example: the rule's name as `module.rule`, its arguments in order, what comes out, and the signs."""

    rule: str
    arguments: tuple[float, ...]
    result: float
    signs: str


# A draw against a threshold: a small move of either changes nothing, a large one everything.
SWITCHES = {
    "institutes.exploratory_success": ("u", "odds"),
    "demography.funded_hazard": ("years_since_round",),
    "demography.incubated_hazard": ("age",),
    "research.reported_rd": ("gain", "cost"),
}

ADOPTION = (
    # 1.6 / (0.8 x 1.25 x 0.4) = 4; 4^0.5
    Worked("adoption.net_benefit", (1.6, 0.8, 1.25, 0.4, 0.5), 2.0, "+---+"),
    # (400 / 100)^0.5; a small one: (25 / 100)^(0.5 x (1 - 0.5)) = 0.25^0.25
    Worked("adoption.size_factor", (400.0, 100.0, 0.5, 0.5), 2.0, "+-+0"),
    Worked("adoption.size_factor", (25.0, 100.0, 0.5, 0.5), 0.25**0.25, "+--+"),
    # (1 + 0.5 x 0.8 x 0.5) / (1 + 0.5 x 0.8 x 0.75) = 1.2 / 1.3
    Worked("adoption.obstacle", (0.5, 0.8, 0.5, 0.25), 1.2 / 1.3, "---+"),
    # (1 + 0.5 x 0.8 x 0.5) / (1 + 0.5 x 0.8 x 0.25) = 1.2 / 1.1
    Worked("adoption.burden", (0.5, 0.8, 0.5, 0.25), 1.2 / 1.1, "+++-"),
    # 50 / 200 x 0.4 x 0.75; more factories than users: 1 x 0.4 x 0.75
    Worked("adoption.factory_step", (50.0, 200.0, 0.4, 0.25), 0.075, "+-+-"),
    Worked("adoption.factory_step", (500.0, 200.0, 0.4, 0.25), 0.3, "00+-"),
    # 0.01 + 0.4 x 0.1 = 0.05; x 2 x 1.5 x 0.8 x 0.5
    Worked("adoption.adoption_hazard", (0.01, 0.4, 0.1, 2.0, 1.5, 0.8, 0.5), 0.06, "+++++++"),
    # 0.8 x 0.5 x 2 / (2 + 6)
    Worked("adoption.intensity_ceiling", (2.0, 6.0, 0.5, 0.8), 0.1, "+-++"),
    # 0.2 + 0.1 x 0.5 x 0.4
    Worked("adoption.intensity_next", (0.2, 0.6, 0.1, 0.5), 0.22, "++++"),
    # 0.6 - 0.1 / 2 x 0.4: suppliers do not matter on the way down
    Worked("adoption.intensity_next", (0.6, 0.2, 0.1, 0.5), 0.58, "++-0"),
    Worked("adoption.technology_spending", (1000.0, 0.02, 0.3), 6.0, "+++"),
    # 0.05 x 1000 = 50; 4 x 0.01 + 0.25 x 0.2 = 0.09
    Worked("adoption.hardware_spending", (1000.0, 0.05, 0.01, 0.2, 0.25), 4.5, "+++++"),
    # 1 - exp(-0.1 / 0.2)
    Worked("adoption.enabled_share", (0.1, 0.2), 1.0 - EXP_MINUS_HALF, "+-"),
    # 1 - exp(-2 / 4) - 0.5 exp(-2)
    Worked("adoption.j_curve", (2.0, 4.0, 0.5), 1.0 - EXP_MINUS_HALF - 0.5 * EXP_MINUS_TWO, "+--"),
)

DEMOGRAPHY = (
    # before the peak: 0.1 x 1.5 / 3 x exp(1 - 0.5)
    Worked("demography.age_hazard", (1.5, 0.1, 3.0, 0.04), 0.05 * EXP_HALF, "++-0"),
    # after it: 0.04 + (0.1 - 0.04) x 2 exp(1 - 2)
    Worked("demography.age_hazard", (6.0, 0.1, 3.0, 0.04), 0.04 + 0.12 * EXP_MINUS_ONE, "-+++"),
    Worked("demography.funded_hazard", (0.1, 2.0, 0.6, 1.3), 0.06, "+0+0"),
    Worked("demography.funded_hazard", (0.1, 5.0, 0.6, 1.3), 0.13, "+00+"),
    # 0.1 x (1 - 0.02 x 10); the second year is not touched
    Worked("demography.incubated_hazard", (0.1, 0.5, 10.0, 0.02), 0.08, "+0--"),
    Worked("demography.incubated_hazard", (0.1, 1.5, 10.0, 0.02), 0.1, "+000"),
    # 2 x 4^0.5 x 1.5 x 1.2 x 1.1
    Worked("demography.startup_rate", (2.0, 4.0, 0.5, 1.5, 0.2, 0.1), 7.92, "++++++"),
    # exp(2.5 x (0.5 - 0.3)) / 4^0.5
    Worked("demography.market_attraction", (0.5, 0.3, 2.5, 4.0, 0.5), EXP_HALF / 2.0, "+-+--"),
    Worked("demography.recognition_rate", (40.0, 0.05, 1.5, 0.8), 2.4, "++++"),
)

FINANCE = (
    # 0.5 x 4^0.5 x exp(0.5) x 1.2
    Worked("finance.deal_hazard", (0.5, 4.0, 0.5, 0.5, 0.2), 1.2 * EXP_HALF, "+++++"),
    # 8 x 3 x 1.5
    Worked("finance.round_size", (3.0, 8.0, 0.5, 1.0, 5.0), 28.0, "+++-0"),
    # 8 x 0.1 x 1.5 = 1.2 < 5
    Worked("finance.round_size", (0.1, 8.0, 0.5, 0.0, 5.0), 5.0, "0000+"),
    # 30 / 40
    Worked("finance.rationing", (30.0, 40.0, 0.5), 0.75, "+-0"),
    # (160 / 40)^0.5
    Worked("finance.rationing", (160.0, 40.0, 0.5), 2.0, "+-+"),
    # 0.05 x (1 + 2 x 0.25)
    Worked("finance.listing_hazard", (0.05, 0.5, 0.25, 2.0), 0.075, "++-+"),
    # 0.4 x (30 - 20)
    Worked("finance.formed_capital", (30.0, 20.0, 0.4), 4.0, "+-+"),
    # 1 + 0.2 x (2 x 0.5 - 0.25), with a public part of 0.2 / 0.8 = 0.25 and the peak at 0.5; beyond the peak it falls
    Worked("finance.public_stake_factor", (0.2, 0.6, 0.5, 0.2), 1.15, "+--+"),
    Worked("finance.public_stake_factor", (0.6, 0.2, 0.5, 0.2), 1.15, "-+++"),
    # 0.5 x (1 - 0.2 x (0.6 - 0.1))
    Worked("finance.regulated_deals", (0.5, 0.6, 0.1, 0.2), 0.45, "+-+-"),
    # 4 x 10 x 5 x 1.2 + 3
    Worked("finance.valuation", (5.0, 3.0, 10.0, 0.2, 20.0), 243.0, "++++0"),
    # 4 x 10 x 0.1 x 1.2 + 3 = 7.8 < 20
    Worked("finance.valuation", (0.1, 3.0, 10.0, 0.2, 20.0), 20.0, "0000+"),
    # (0.3 x 80 + 10) / (80 + 20)
    Worked("finance.stake_after", (0.3, 10.0, 20.0, 80.0), 0.34, "++--"),
    # 0.04 exp(10 x 0.2 / 4)
    Worked("finance.venture_share_next", (0.04, 0.4, 0.2, 10.0, 0.01, 0.2), 0.04 * EXP_HALF, "++-+00"),
    # the same, cut at 0.05; 0.04 exp(-1) = 0.0147, cut at 0.02
    Worked("finance.venture_share_next", (0.04, 0.4, 0.2, 10.0, 0.01, 0.05), 0.05, "00000+"),
    Worked("finance.venture_share_next", (0.04, -0.2, 0.2, 10.0, 0.02, 0.2), 0.02, "0000+0"),
    Worked("finance.social_capital", (50.0, 3.0, 0.4), 60.0, "+++"),
    # 0.85 x 0.4 + 0.05
    Worked("finance.mood_next", (0.4, 0.85, 0.05), 0.39, "+++"),
    # 200 x (1 + 0.5 x 0.3)
    Worked("finance.venture_with_relief", (200.0, 0.3, 0.5), 230.0, "+++"),
)

GRANTS = (
    # 0.6 ln 4 + 0.4 / 2 ln(1 + 3) = 0.8 ln 4; x 1.25 = ln 4; + 0.5
    Worked("grants.application_weight", (0.6, 4.0, 3.0, 1.25, 0.5), 4.0 * EXP_HALF, "+++++"),
)

INNOVATION = (
    # 10 + 3 x 2
    Worked("innovation.research_effort", (2.0, 10.0, 3.0), 16.0, "+++"),
    Worked("innovation.means_factor", (3.0, 0.5), 2.0, "++"),
    # 0.1 x 16^0.5 x 1.5 x 0.5^-1 x (0.5 / 2)^-0.5
    Worked("innovation.innovation_rate", (0.1, 16.0, 0.5, 1.5, 0.5, 2.0, 0.5, 0.25), 2.4, "++++-+++"),
    # cut 1/4; (1 - 0.5 x 0.75)^-0.5 = 0.625^-0.5; mean 2 x (1 - 1/2) / 0.75 = 4/3; the median over the mean falls with
    # the tail index (at 1: 4/3 x 0.5 / ln 2 = 0.962 against 0.949) as with the truncation
    Worked("innovation.innovation_value", (0.5, 2.0, 2.0), 0.75 / 0.625**0.5, "+--"),
    # tail 1: 1 / (1 - 0.5 x 0.75) = 1.6; mean ln 4 / 0.75
    Worked("innovation.innovation_value", (0.5, 1.0, 4.0), 1.2 / (2.0 * LN_2), "+--"),
    # 0.1 x 0.5 x ln(2 / 0.5)
    Worked("innovation.absorption", (0.5, 2.0, 0.1, 0.5), 0.1 * LN_2, "-+++"),
    # 4^0.5 x 9^0.5
    Worked("innovation.reachable", (4.0, 9.0, 0.5), 6.0, "++-"),
    # 0.2 + 0.8 x (25 / 100)^0.5
    Worked("innovation.absorptive_capacity", (25.0, 100.0, 0.2), 0.6, "+-+"),
    Worked("innovation.stock_next", (100.0, 8.0, 0.05), 103.0, "++-"),
    # 0.02 x (50 + 1.5 x 20)
    Worked("innovation.data_inflow", (50.0, 20.0, 0.02, 1.5), 1.6, "++++"),
    # 1 - exp(-2 / 4)
    Worked("innovation.quarterly", (2.0,), 1.0 - EXP_MINUS_HALF, "+"),
)

INSTITUTES = (
    # 0.2 x (1 - 0.5 x 0.5)
    Worked("institutes.duplicated_share", (0.2, 0.5, 0.5), 0.15, "+--"),
    # 0.1 + 0.6 x 0.5
    Worked("institutes.shared_share", (0.1, 0.5, 0.6), 0.4, "+++"),
    # 0.2 + 0.25 x 0.4
    Worked("institutes.profile_next", (0.2, 0.6, 0.25), 0.3, "+++"),
    # 0.02 x (400 / 100)^0.5 / 1.6
    Worked("institutes.field_progress", (400.0, 100.0, 0.5, 0.02, 1.6), 0.025, "+-++-"),
    # success: 100 x (0.8 + 0.2 x 40); failure: 100 x 0.8
    Worked("institutes.exploratory_success", (100.0, 0.2, 0.01, 0.02, 40.0), 880.0, "++00+"),
    Worked("institutes.exploratory_success", (100.0, 0.2, 0.5, 0.02, 40.0), 80.0, "+-000"),
)

MARKET = (
    Worked("market.export_factor", (0.2, 0.1, 0.05), 1.35, "+++"),
    # (1 - 0.6) x 0.5 x 0.8
    Worked("market.replaced_at_home", (0.6, 0.5, 0.8), 0.16, "-++"),
    # (1600 / 400)^0.5
    Worked("market.variety_factor", (1600.0, 400.0, 0.5), 2.0, "+-+"),
    # r = 1.2 / (1.5 x 0.2) = 4; odds 0.6 / 0.4 x 4^0.5 = 3; 3 / 4
    Worked("market.domestic_share", (1.2, 1.5, 0.2, 0.6, 0.5), 0.75, "+--++"),
    # (2 / 0.8) / (1.5 / 1.2)
    Worked("market.attractiveness", (2.0, 0.8, 1.5, 1.2), 2.0, "+--+"),
    # 0.25^0.5 x 4^0.5 x 1.2
    Worked("market.pull", (0.25, 4.0, 0.5, 0.5, 1.2), 1.2, "++-++"),
    # cost with mark-up 0.9 x 1.4 / 1.26 = 1; 1.2 + 0.5 x (1 - 1.2)
    Worked("market.price_next", (1.2, 0.8, 1.25, 0.5), 1.1, "+++-"),
    # 0.75 x 1.2 / 1.5 + 0.25 x 0.4
    Worked("market.unit_cost", (1.2, 1.5, 0.4, 0.75), 0.7, "+-++"),
    # 1.25 x (1 + 0.5 x 0.4) x 2.25^0.5
    Worked("market.markup_of", (0.4, 0.5, 2.25, 0.5), 1.8, "++++"),
    # 0.2 x 10 x (0.25 / (0.1 x 10))^0.5
    Worked("market.capacity", (10.0, 0.2, 0.25, 0.1, 0.5), 1.0, "+++--"),
)

RESEARCH = (
    # u t = 0.2; (1 - 0.2 x 1.5) / (1 - 0.2)
    Worked("research.user_cost", (0.25, 0.5, 0.8), 0.875, "---"),
    # 200 x 0.1 x 0.25^-0.5
    Worked("research.routine_rd", (200.0, 0.1, 0.25, -0.5), 40.0, "++--"),
    # (100 - 2 x 10) / 8
    Worked("research.growth_money", (100.0, 10.0, 2.0, 8.0), 10.0, "+---"),
    # 1.1 x 0.8 x 50
    Worked("research.grant_research", (50.0, 0.2, 0.1), 44.0, "+-+"),
    # needed 4; 3.5 is above 0.7 x 4, below 4: claimed up to 4
    # relabelled share 1/8: gain 4 > 0.5 x 100 / 64
    Worked("research.reported_rd", (3.5, 100.0, 0.04, 4.0, 0.5, 0.3), 4.0, "0++000"),
    # needed 4; 3 is below 0.8 x 4: not claimed; with 0.3 it is
    Worked("research.reported_rd", (3.0, 100.0, 0.04, 1.0, 0.5, 0.2), 3.0, "+00000"),
)

STAFFING = (
    # 3 x 0.6 / 0.09
    Worked("staffing.heads_for_budget", (3.0, 0.6, 0.09), 20.0, "++-"),
    # 0.15 x 4^0.5 x 1.2
    Worked("staffing.delivery_productivity", (0.15, 4.0, 0.5, 1.2), 0.36, "++++"),
    # (4 + 3) / 10
    Worked("staffing.affordable", (10.0, 4.0, 3.0), 0.7, "-++"),
    # at the most 10 x 1.25 + 2; at the least 10 x 0.85
    Worked("staffing.staff_target", (20.0, 10.0, 0.25, 0.15), 14.5, "0++0"),
    Worked("staffing.staff_target", (2.0, 10.0, 0.25, 0.15), 8.5, "0+0-"),
    Worked("staffing.staff_target", (12.0, 10.0, 0.25, 0.15), 12.0, "+000"),
    # 30 / 50; 90 / 50 cut at 0.8
    Worked("staffing.fill_rate", (30.0, 50.0, 0.8), 0.6, "+-0"),
    Worked("staffing.fill_rate", (90.0, 50.0, 0.8), 0.8, "00+"),
    # target 150 x 4^(1/2) = 300; 200 + 0.5 x 100
    # 1.44^(0.75 / 1.5) = 1.2; a move of more than the most is cut
    Worked("staffing.wage_next", (100.0, 1.1, 1.44, 0.5, 0.75, 0.5), 132.0, "+++-+0"),
    Worked("staffing.wage_next", (100.0, 1.1, 1.44, 0.5, 0.75, 0.1), 121.0, "++000+"),
    Worked("staffing.wage_next", (100.0, 1.1, 0.25, 0.5, 0.75, 0.1), 99.0, "++000-"),
    # 4 x 0.5 x 10 x 4^-0.5
    Worked("staffing.users_wanted", (10.0, 0.5, 4.0, 0.5), 10.0, "++--"),
)

PROTECTION = (
    # 0.5 + 0.4 x 0.5 - 0.5 x 0.2; never below a twentieth
    Worked("protection.appropriability", (0.5, 0.5, 0.4, 0.2, 0.5), 0.6, "+++--"),
    # (1 - 0.4 x 0.5) (1 + 0.5 x 0.2)
    Worked("protection.imitation_success", (0.5, 0.4, 0.2, 0.5), 0.88, "--++"),
    Worked("protection.rd_incentive", (4.0, 0.5), 2.0, "++"),
)

STEERING = (
    # 0.5 x (100 - 60); a shrinking budget does not wait
    Worked("steering.money_withheld", (100.0, 60.0, 0.5), 20.0, "+-+"),
    Worked("steering.money_withheld", (50.0, 60.0, 0.5), 0.0, "000"),
    # 0.4 x (1 - 0.5 x 0.5)
    Worked("steering.failed_share", (0.4, 0.5, 0.5), 0.3, "+--"),
    # 90 x 0.2 / 0.8, which is a fifth of 112.5
    Worked("steering.partner_money", (90.0, 0.5, 0.4), 22.5, "+++"),
    # 400 x (0.25 / 10 + 0.25 x 0.1) = 20; the purse holds only 5
    Worked("steering.service", (400.0, 10.0, 0.1, 100.0), 20.0, "+-+0"),
    Worked("steering.service", (400.0, 10.0, 0.1, 5.0), 5.0, "000+"),
    # ln 2 - 0.5 x ln 2: half of the way will be gone
    Worked("steering.shortfall", (200.0, 100.0, 400.0, 0.5), 0.5 * LN_2, "-++-"),
    # 0.5 x (0.6 - 0.2)
    Worked("steering.moved_part", (0.5, 0.2, 0.6), 0.2, "+-+"),
)

TALENT = (  # 2 x 100 x 4^0.5
    # 2 x 100 x 4^0.5 x (1 + 0.5 x 0.5)
    Worked("talent.applicants", (100.0, 4.0, 0.5, 2.0, 0.5, 0.5), 500.0, "++++++"),
    # 100 x (1 - exp(-50 / 100))
    Worked("talent.enrolled", (100.0, 50.0), 100.0 * (1.0 - EXP_MINUS_HALF), "++"),
    # 4000 x 5 / 1000 = 20 < 0.8 x 50; 4000 x 5 / 100 = 200 > 40
    Worked("talent.support", (5.0, 1000.0, 50.0, 0.8), 20.0, "+-00"),
    Worked("talent.support", (5.0, 100.0, 50.0, 0.8), 40.0, "00++"),
    # 0.5 x (1 + 0.4 x 0.5); nobody completes twice
    Worked("talent.completion", (0.5, 0.5, 0.4), 0.6, "+++"),
    Worked("talent.completion", (0.9, 1.0, 0.4), 1.0, "000"),
    # 0.1 x 4^-0.5
    Worked("talent.attrition_rate", (0.1, 4.0, 0.5), 0.05, "+--"),
    # 0.001 x 10000 x 4^0.5
    Worked("talent.conversion", (10000.0, 0.001, 4.0, 0.5, 0.1, 0.4), 15.0, "++++-+"),
    # 0.2 x 4^-0.5
    Worked("talent.leave_rate", (0.2, 4.0, 0.5), 0.1, "+--"),
    # 0.02 x 4^0.5
    Worked("talent.return_rate", (0.02, 4.0, 0.5), 0.04, "+++"),
    # 0.2 x 100 x (1 - 0.5 / 2)
    Worked("talent.switching", (100.0, 0.5, 2.0, 0.2), 15.0, "+-++"),
    # 0.3 x 0.02 x 5000
    Worked("talent.displaced", (0.02, 0.3, 5000.0), 30.0, "+++"),
)

TAX = (
    Worked("tax.tax_base", (100.0, 20.0, 30.0), 50.0, "+--"),
    # 0.25 x 0.8 x 40
    Worked("tax.tax_due", (40.0, 0.25, 0.2), 8.0, "++-"),
    # 0.15 x 20; with a profit of 45 only 15 are left to deduct from: 0.15 x 15
    Worked("tax.deduction_forgone", (100.0, 20.0, 30.0, 0.15), 3.0, "0+0+"),
    Worked("tax.deduction_forgone", (45.0, 20.0, 30.0, 0.15), 2.25, "+0-+"),
    # 0.3 x 40 < 100 - 50; 0.3 x 400 > 100 - 50
    Worked("tax.dividend", (40.0, 100.0, 50.0, 0.3), 12.0, "+00+"),
    Worked("tax.dividend", (400.0, 100.0, 50.0, 0.3), 50.0, "0+-0"),
)

WORLD = (
    # 2 exp(0.25 x 0.8 + 0.3)
    Worked("world.frontier_next", (2.0, 0.8, 0.3), 2.0 * EXP_HALF, "+++"),
    # 0.5 x (8 / 2)^0.5 x 1.2
    Worked("world.compute_price", (0.5, 8.0, 2.0, 0.5, 0.2), 1.2, "++-++"),
    # 0.4 + 0.6 x (1 - exp(-0.02 / 0.04))
    Worked("world.coverage_next", (0.4, 0.02, 0.04), 1.0 - 0.6 * EXP_MINUS_HALF, "++-"),
    # 0.5 + 0.1 x 0.3 - 0.05 x 2
    Worked("world.trust_next", (0.5, 0.8, 0.1, 2.0, 0.05), 0.43, "+++--"),
    # 2 x 0.25^0.5 x (1 - 0.4 x 0.5)
    Worked("world.incident_rate", (2.0, 0.25, 0.5, 0.4), 0.8, "++--"),
    # 1 - 0.2 x (0.75 - 0.25)
    Worked("world.energy_price", (0.75, 0.25, 0.2), 0.9, "-+-"),
    # 2 x (1 - 0.5 + 0.5 x 1.5)
    Worked("world.with_energy", (2.0, 1.5, 0.5), 2.5, "+++"),
    # 0.2 + (0.6 - 0.2) / (4 x 5)
    Worked("world.literacy_next", (0.2, 0.6, 5.0), 0.22, "++-"),
    # 0.9 x (0.4 x 0.9)^0.5 x 0.8
    Worked("world.readiness", (0.9, 0.4, 0.9, 0.8), 0.432, "++++"),
)

WORKED = (
    *(*ADOPTION, *DEMOGRAPHY, *FINANCE, *GRANTS, *INNOVATION, *INSTITUTES),
    *(*MARKET, *PROTECTION, *RESEARCH, *STAFFING, *STEERING, *TALENT, *TAX, *WORLD),
)
