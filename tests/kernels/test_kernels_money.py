"""Money against the same sums in NumPy: purses, rounds, grants, taxes, cash; a yuan is spent once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from small_economy import QUARTERS_RUN, Economy

from sim.kernels import accounts
from sim.kernels.finance import FIRST_GUIDANCE
from sim.plan.lever_ids import Lever
from sim.schedule import SCHEDULE
from sim.state.finance import FundKind

Around = Callable[[str], tuple[Economy, Economy]]


def near(expected: object) -> object:
    """Return what equals `expected` but for the order of a sum."""
    return pytest.approx(expected, rel=1e-10, abs=1e-9)


def living(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """Return firms and flows of the living."""
    alive = economy.state.firms.alive
    return economy.state.firms[alive], economy.state.firm_flows[alive]


def run_phase(economy: Economy, name: str) -> None:
    """Run one phase of the quarter."""
    phase = next(phase for phase in SCHEDULE if phase.name == name)
    phase.kernel(*economy.arguments(phase, QUARTERS_RUN))


def test_enact_policy_of_each_budget_the_effective_part_arrives(around: Around) -> None:
    before, after = around("enact_policy")
    levers = after.state.levers
    budgets, share = after.scene.budgets, after.scene.policy[QUARTERS_RUN].pilot_replication
    new = np.maximum(0.0, budgets[QUARTERS_RUN] - budgets[QUARTERS_RUN - 4])
    withheld = np.where(after.scene.piloted, share * new, 0.0)
    released = before.state.levers.waiting[:, QUARTERS_RUN % 4]
    assert withheld.max() > 0.0
    assert levers.waiting[:, QUARTERS_RUN % 4] == near(withheld)
    assert levers.budgeted == near((1.0 + levers.shift) * budgets[QUARTERS_RUN] - withheld + released)
    assert levers.purse == near(0.9 * levers.budgeted)  # effectiveness of the busy scenario
    assert levers.budgeted.max() > 0.0
    assert not any(levers[entry].any() for entry in ("disbursed", "misused", "forgone"))


def test_ledger_after_the_quarter_never_disburses_or_misuses_more_than_was_set_aside(around: Around) -> None:
    _, after = around("sum_ledger")
    levers = after.state.levers
    assert (levers.disbursed <= levers.budgeted + 1e-9).all()
    assert (levers.misused <= levers.disbursed + 1e-9).all()
    assert (levers.forgone >= 0.0).all()
    nation = after.state.nations[0]
    assert nation.public_outlay == near(levers.disbursed.sum())
    assert nation.forgone_tax == near(levers.forgone.sum())


def test_raise_capital_guidance_funds_receive_the_commitment_whole_and_social_money_as_asked(around: Around) -> None:
    _, after = around("raise_capital")
    funds, flows, regions = after.state.funds, after.state.fund_flows, after.state.regions
    guidance = funds.kind == FundKind.GUIDANCE
    assert flows.public_capital.sum() == near(after.state.levers.purse[Lever.guidance_fund_commitments])
    assert (flows.public_capital[~guidance] == 0.0).all()
    policy, p = after.scene.policy[QUARTERS_RUN], after.scene.parameters[0]
    ratio = policy.guidance_fund_leverage * regions.raised_ratio * p.raised_ratio_factor
    assert flows.social_capital[guidance] == near(flows.public_capital[guidance] * ratio)
    assert flows.social_capital[~guidance].sum() == near(after.state.nations[0].venture_supply)


def test_place_equity_no_fund_places_more_than_it_has_and_all_who_ask_get_the_same_part(around: Around) -> None:
    _, after = around("place_equity")
    firms, flows = living(after)
    funds, fund_flows = after.state.funds, after.state.fund_flows
    at_hand = funds.cash + fund_flows.public_capital + fund_flows.social_capital
    assert (fund_flows.placed <= at_hand * (1.0 + 1e-12)).all()
    assert flows.private_equity == near(flows.private_wanted * fund_flows.ration[firms.fund])
    assert flows.guidance_equity == near(flows.guidance_wanted * fund_flows.ration[FIRST_GUIDANCE + firms.region])
    asked = np.bincount(firms.fund, weights=flows.private_wanted, minlength=60)
    asked += np.bincount(FIRST_GUIDANCE + firms.region, weights=flows.guidance_wanted, minlength=60)
    assert fund_flows.asked == near(asked)
    assert fund_flows.placed == near(asked * fund_flows.ration)
    assert asked.max() > 0.0


def test_issue_equity_new_stakes_follow_price_and_never_exceed_one(around: Around) -> None:
    before, after = around("issue_equity")
    old, flows = living(before)
    new, _ = living(after)
    s, p = before.state.sectors, before.scene.parameters[0]
    total = flows.private_equity + flows.guidance_equity
    growth = np.maximum(0.0, s.growth[old.sector])
    value = np.maximum(p.smallest_value, 4.0 * p.sales_multiple * old.technology_sales * (1.0 + growth) + old.cash)
    funded = total > 0.0
    assert funded.any()
    expected = (old.venture_stake * value + flows.private_equity) / (value + total)
    assert new.venture_stake[funded] == near(expected[funded])
    assert (new.venture_stake + new.guidance_stake <= 1.0).all()
    assert (new.venture_stake[~funded] == old.venture_stake[~funded]).all()


def test_award_grants_each_sector_with_applicants_gets_its_pot_whole_the_others_nothing(around: Around) -> None:
    _, after = around("award_grants")
    firms, flows = living(after)
    purse, focus = after.state.levers.purse, after.scene.policy[QUARTERS_RUN].core_sector_focus
    got = np.bincount(firms.sector, weights=flows.grant, minlength=6)
    applied = np.bincount(firms.sector, weights=flows.grant_weight, minlength=6) > 0.0
    champion = firms.technology_sales >= np.sort(firms.technology_sales)[-10]
    reserved = after.scene.policy[QUARTERS_RUN].champion_support * purse[Lever.core_sector_grants]
    assert reserved > 0.0
    pots = np.where(applied, (purse[Lever.core_sector_grants] - reserved) * focus, 0.0)
    assert got == near(pots + reserved / 10.0 * np.bincount(firms.sector[champion], minlength=6))
    assert got.sum() == near(after.state.levers.disbursed[Lever.core_sector_grants])
    p = after.scene.parameters[0]
    part = p.firm_part_of_technology_money
    projects = p.project_firm_part * purse[Lever.major_project_funding]
    assert flows.research_grant.sum() == near(part * purse[Lever.common_technology_funding] + projects)
    assert after.state.levers.disbursed[Lever.major_project_funding] == near(projects)
    assert flows.grant_misused == near(p.misused_share * flows.grant)


def test_research_money_is_divided_over_fields_and_institutes_whole(around: Around) -> None:
    _, after = around("fund_institutes")
    levers, fields, flows = after.state.levers, after.state.fields, after.state.institute_flows
    policy, p = after.scene.policy[QUARTERS_RUN], after.scene.parameters[0]
    technology = levers.purse[Lever.common_technology_funding] * (1.0 - p.firm_part_of_technology_money)
    institutes = after.state.institutes
    founded = institutes.alive & (institutes.birth >= 0)
    assert founded.any()
    laboratories = flows.core_money[founded].sum()
    assert 0.0 < laboratories <= p.laboratory_part * levers.purse[Lever.basic_research_funding] * (1.0 + 1e-12)
    basic = levers.purse[Lever.basic_research_funding] - laboratories
    projects = levers.purse[Lever.major_project_funding] * (1.0 - p.project_firm_part)
    assert fields.money.sum() == near(basic + technology + projects)
    assert fields.projects == near(np.where(fields.kind == 2, projects / 8.0, 0.0))
    assert fields.money[fields.kind == 1].sum() == near(basic * policy.frontier_theory_share)
    assert fields.money[14] == near(technology * policy.chip_priority + projects / 8.0)
    assert flows.programme_money[after.state.institutes.alive].sum() == near(basic + technology + projects)
    assert levers.disbursed[Lever.major_project_funding] == near(levers.purse[Lever.major_project_funding])
    assert levers.disbursed[Lever.common_technology_funding] == near(levers.purse[Lever.common_technology_funding])
    assert levers.disbursed[Lever.basic_research_funding] == near(levers.purse[Lever.basic_research_funding])


def test_pay_costs_bill_is_heads_times_wages_and_goods_by_declared_shares(around: Around) -> None:
    _, after = around("pay_costs")
    firms, flows = living(after)
    p, wage = after.scene.parameters[0], after.state.pools.wage.reshape(31, 5)[:, :3]
    pay = firms.staff * wage[firms.region] / 4000.0
    assert flows.wages == near(pay.sum(axis=1))
    assert flows.research_inputs == near(pay[:, :2].sum(axis=1) * (1.0 / p.research_wage_share - 1.0))
    goods = p.technology_materials * flows.technology + p.bundled_materials * flows.bundled
    assert flows.materials == near(goods + p.line_materials * flows.lines)
    sales = flows.technology + flows.bundled + flows.lines
    cover = after.state.regions.park_cover[firms.region]
    assert cover.max() > 0.0
    fixed = p.fixed_overhead * (1.0 - p.park_saving * cover)
    assert flows.overhead == near(p.overhead_share * sales + fixed + flows.grant_misused)


def one_firm_taxed(economy: Economy, **numbers: float) -> tuple[np.record, np.ndarray]:
    """Return the flows of a firm with these sales, costs and losses after taxes, and the taxes forgone by lever."""
    twin = economy.copy()
    twin.state.nations[0].firm_rows = 1
    firm, flow = twin.state.firms[0], twin.state.firm_flows[0]
    for field in flow.dtype.names:
        flow[field] = 0
    firm.capital, firm.tax_loss = 0.0, numbers.pop("loss", 0.0)
    for name, value in numbers.items():
        flow[name] = value
    policy = twin.scene.policy[QUARTERS_RUN].copy()
    policy.rd_super_deduction, policy.high_tech_tax_rate, policy.sme_tax_relief = 0.75, 0.15, 0.4
    parameters = twin.scene.parameters[0].copy()
    parameters.high_tech_threshold, parameters.standard_tax_rate, parameters.small_firm_sales = 0.04, 0.25, 50.0
    parameters.most_relabelled, parameters.relabel_cost, parameters.loss_expiry = 0.2, 0.1, 0.12
    twin.state.levers.forgone[:] = 0.0
    kernel = accounts.pay_taxes
    kernel(
        twin.state.firms,
        twin.state.firm_flows,
        twin.state.levers,
        policy,
        twin.state.nations[0],
        parameters,
        twin.state.books,
    )
    return flow, twin.state.levers.forgone.copy()


def test_pay_taxes_large_high_tech_firm_by_hand(economy: Economy) -> None:
    # Profit 100 - 50 = 50; R&D 8 = 8% of sales qualifies; deduction 6; base 50 - 6 - 4 = 40; tax 15% = 6.
    flow, forgone = one_firm_taxed(economy, technology=100.0, wages=50.0, rd_real=8.0, loss=4.0)
    assert (flow.profit, flow.rd_reported, flow.tax, flow.tax_loss_next) == near((50.0, 8.0, 6.0, 0.0))
    assert forgone[Lever.rd_super_deduction] == near(0.15 * 6.0)
    assert forgone[Lever.high_tech_tax_rate] == near(0.10 * 40.0)
    assert forgone[Lever.sme_tax_relief] == 0.0


def test_pay_taxes_firm_below_threshold_pays_standard_rate_by_hand(economy: Economy) -> None:
    # R&D 3 is 3% of sales, below 0.8 x 4%: no relabelling; deduction 2.25; tax 25% of 47.75.
    flow, forgone = one_firm_taxed(economy, technology=100.0, wages=50.0, rd_real=3.0)
    assert (flow.rd_reported, flow.tax) == near((3.0, 0.25 * 47.75))
    assert forgone[Lever.high_tech_tax_rate] == 0.0


def test_pay_taxes_firm_near_threshold_relabels_up_to_it_by_hand(economy: Economy) -> None:
    # R&D 3.5: claimed as 4; deduction 3; tax 15% of 47.
    flow, _ = one_firm_taxed(economy, technology=100.0, wages=50.0, rd_real=3.5)
    assert (flow.rd_reported, flow.tax) == near((4.0, 0.15 * 47.0))


def test_pay_taxes_small_firm_is_relieved_by_hand(economy: Economy) -> None:
    # Sales 10 a quarter are below 50 a year: profit 4, R&D 1, deduction 0.75, base 3.25; tax 0.15 x 0.6 x 3.25.
    flow, forgone = one_firm_taxed(economy, technology=10.0, wages=6.0, rd_real=1.0)
    assert flow.tax == near(0.15 * 0.6 * 3.25)
    assert forgone[Lever.sme_tax_relief] == near(0.15 * 0.4 * 3.25)
    assert forgone[Lever.rd_super_deduction] == near(0.6 * 0.15 * 0.75)


def test_pay_taxes_loss_and_its_deduction_are_carried_forward_by_hand(economy: Economy) -> None:
    # Loss 20, deduction 6, old loss 4: 30 carried, less what expires; nothing paid, nothing forgone this quarter.
    flow, forgone = one_firm_taxed(economy, technology=100.0, wages=120.0, rd_real=8.0, loss=4.0)
    assert (flow.profit, flow.tax, flow.tax_loss_next) == near((-20.0, 0.0, 30.0 * (1.0 - 0.12 / 4.0)))
    assert forgone.sum() == 0.0


def test_close_firm_books_cash_is_what_was_there_plus_in_less_out(around: Around) -> None:
    _, after = around("close_firm_books")
    firms, flows = living(after)
    came = flows.technology + flows.bundled + flows.lines + flows.grant + flows.research_grant
    came = came + flows.private_equity + flows.guidance_equity
    costs = flows.wages + flows.research_inputs + flows.materials + flows.overhead + flows.compute_spending
    costs = costs + flows.investment + flows.tax
    assert flows.cash_next == near(firms.cash + came - costs - flows.dividends)
    paying = flows.dividends > 0.0
    assert paying.any()
    reserve = after.scene.parameters[0].dividend_reserve_quarters * costs
    assert (flows.cash_next[paying] >= reserve[paying] - 1e-9).all()
    assert flows.private_dividends == near(flows.dividends * firms.venture_stake)


def test_settle_funds_cash_fees_and_distributions_by_fund(around: Around) -> None:
    _, after = around("settle_funds")
    funds, flows, p = after.state.funds, after.state.fund_flows, after.scene.parameters[0]
    proceeds = flows.dividends + flows.sales
    came = flows.public_capital + flows.social_capital + proceeds
    gone = flows.placed + flows.fees + flows.distributed_public + flows.distributed_social
    assert flows.cash_next == near(funds.cash + came - gone)
    assert (flows.cash_next >= -1e-9).all()
    guidance = funds.kind == FundKind.GUIDANCE
    assert (flows.distributed_public[~guidance] == 0.0).all()
    assert flows.distributed_public + flows.distributed_social == near(p.fund_payout * proceeds)


def test_sell_out_of_investors_pays_the_stake_and_ends_it(around: Around) -> None:
    before, _ = around("sell_stakes")
    # A listing is rare: make it certain for one large firm.
    twin = before.copy()
    row = int(np.argmax(twin.state.firms.technology_sales))
    firm = twin.state.firms[row]
    firm.venture_stake, firm.guidance_stake, firm.technology_sales = 0.3, 0.1, 100.0
    old = float(twin.scene.parameters[0].listing_hazard)
    twin.scene.parameters[0].listing_hazard = 1e6
    for name in ("sell_stakes", "book_households", "credit_funds"):
        run_phase(twin, name)
    twin.scene.parameters[0].listing_hazard = old
    flow = twin.state.firm_flows[row]
    assert flow.private_exit / flow.guidance_exit == near(3.0)
    assert (firm.venture_stake, firm.guidance_stake) == (0.0, 0.0)
    guidance_fund = twin.state.fund_flows[FIRST_GUIDANCE + firm.region]
    assert guidance_fund.sales >= flow.guidance_exit


def test_venture_relief_raises_supply_and_forgoes_tax_on_its_gain(around: Around) -> None:
    before, after = around("size_venture")
    nation, policy, p = after.state.nations[0], after.scene.policy[QUARTERS_RUN], after.scene.parameters[0]
    world = after.scene.world[QUARTERS_RUN]
    assert world.winter == near(0.3)
    old = before.state.nations[0]
    exits = np.clip(np.log10((old.exit_ratio + 0.01) / (p.exit_ratio_2016 + 0.01)), -1.0, 1.0)
    share = old.venture_share * np.exp(p.venture_response * (old.technology_growth - p.venture_hurdle) / 4.0)
    share = min(p.venture_share_highest, max(p.venture_share_lowest, share))
    base = np.exp(nation.mood) * before.state.nations[0].venture_all * (1.0 - 0.3 * p.winter_depth) * share
    base *= 1.0 + p.exit_response * exits
    formed = (
        250.0 * p.market_fund_realised * (policy.market_fund_formation - after.scene.before[0].market_fund_formation)
    )
    relieved = base * (1.0 + 0.3 * p.relief_elasticity)
    assert nation.venture_supply == near(max(0.0, relieved - p.market_fund_displacement * formed))
    assert after.state.levers.forgone[Lever.venture_tax_relief] > 0.0
    assert policy.venture_tax_relief == near(0.3)
