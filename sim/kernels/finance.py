"""Funds and firms: raising, asking, rationing, placing, selling stakes."""

from __future__ import annotations

import math

import numpy as np

from sim._jit import gather, kernel
from sim.draws import Purpose, normal, uniform, uniform4
from sim.kernels.market import buy_compute_row
from sim.kernels.places import fixed_overhead_row
from sim.plan.lever_ids import Lever
from sim.rules.finance import (
    deal_hazard,
    formed_capital,
    listing_hazard,
    mood_next,
    rationing,
    regulated_deals,
    round_size,
    social_capital,
    stake_after,
    valuation,
    venture_share_next,
    venture_with_relief,
)
from sim.rules.innovation import quarterly
from sim.state.finance import Flow, FundKind

_TENFOLD = math.log(10.0)  # exits ten times as frequent as usual have their full effect on supply
_QUARTERS = 8  # the mean of exits over placements looks back about two years
FIRST_GUIDANCE = 2  # row of the first region's guidance fund; the others follow in the order of REGIONS


@kernel
def size_venture(funds, nation, world, policy, before, levers, parameters, key, q):
    """Size the private equity money that reaches AI funds this quarter: it follows growth and the exits of the past."""
    exits = min(1.0, max(-1.0, math.log((nation.exit_ratio + 0.01) / (parameters.exit_ratio_2016 + 0.01)) / _TENFOLD))
    nation.venture_share = venture_share_next(
        nation.venture_share,
        nation.technology_growth,
        parameters.venture_hurdle,
        parameters.venture_response,
        parameters.venture_share_lowest,
        parameters.venture_share_highest,
    )
    news = normal(uniform(key.seed, key.run, np.int64(0), q, Purpose.MOOD))
    nation.mood = mood_next(nation.mood, parameters.mood_persistence, parameters.mood_spread * news)
    money = math.exp(nation.mood) * nation.venture_all * (1.0 - parameters.winter_depth * world.winter)
    base = money * nation.venture_share * (1.0 + parameters.exit_response * exits)
    nation.venture_supply = venture_with_relief(base, policy.venture_tax_relief, parameters.relief_elasticity)
    gains = parameters.venture_gain_share * nation.venture_supply
    levers[Lever.venture_tax_relief].forgone += policy.venture_tax_relief * parameters.standard_tax_rate * gains
    # What large firms put up beyond 2016 comes in part from money that would have gone to other funds.
    formed = formed_capital(
        250.0 * policy.market_fund_formation, 250.0 * before.market_fund_formation, parameters.market_fund_realised
    )
    weight = 0.0
    for row in range(funds.shape[0]):
        if funds[row].kind == FundKind.MARKET:
            weight += funds[row].weight
    nation.formed = formed / weight
    nation.venture_supply = max(0.0, nation.venture_supply - parameters.market_fund_displacement * formed)


@gather
def raise_capital_row(fund, region, levers, nation, policy, parameters):
    """Return public money paid in, money of others, and what the fund means to place, mn CNY."""
    public = 0.0
    social = 0.0
    if fund.kind == FundKind.GUIDANCE:
        public = levers[Lever.guidance_fund_commitments].purse * region.fund_share
        social = social_capital(
            public, policy.guidance_fund_leverage, region.raised_ratio * parameters.raised_ratio_factor
        )
    elif fund.kind == FundKind.MARKET:
        social = max(0.0, (nation.venture_supply + nation.formed) * fund.weight)
    elif fund.kind == FundKind.VENTURE:
        social = nation.venture_supply * fund.weight
    return public, social, parameters.deployment * (fund.cash + public + social)


@kernel
def raise_capital(funds, fund_flows, regions, levers, nation, policy, parameters):
    """Ask every fund what it raises and offers."""
    for row in range(funds.shape[0]):
        flow = fund_flows[row]
        region = regions[max(0, funds[row].region)]
        flow.public_capital, flow.social_capital, flow.offered = raise_capital_row(
            funds[row], region, levers, nation, policy, parameters
        )


@kernel
def pay_commitments(fund_flows, levers, books):
    """Let the government pay its commitments; book what every fund received."""
    lever = levers[Lever.guidance_fund_commitments]
    lever.disbursed += lever.purse
    books[Flow.FUND_COMMITMENTS].paid += lever.purse
    for row in range(fund_flows.shape[0]):
        flow = fund_flows[row]
        books[Flow.FUND_COMMITMENTS].received += flow.public_capital
        books[Flow.SOCIAL_CAPITAL].received += flow.social_capital
        flow.asked = 0.0
        flow.placed = 0.0
        flow.dividends = 0.0
        flow.sales = 0.0


@gather
def quarterly_costs(firm, pools, parameters):
    """Return the wages and research inputs that the firm pays a quarter, mn CNY."""
    first = firm.region * 5
    research = (firm.staff[0] * pools[first].wage + firm.staff[1] * pools[first + 1].wage) / 4000.0
    delivery = firm.staff[2] * pools[first + 2].wage / 4000.0
    return research / parameters.research_wage_share + delivery


@gather
def income_row(firm, region, pools, parameters):
    """Return the last quarter's sales less goods bought, overhead, computing and worn equipment, mn CNY."""
    return (
        firm.technology_sales * (1.0 - parameters.technology_materials)
        + firm.bundled_sales * (1.0 - parameters.bundled_materials)
        + firm.line_sales * (1.0 - parameters.line_materials)
        - parameters.overhead_share * (firm.technology_sales + firm.bundled_sales + firm.line_sales)
        - fixed_overhead_row(region, parameters)
        - buy_compute_row(firm, pools, parameters)
        - parameters.capital_wear / 4.0 * firm.capital
    )


@gather
def seek_equity_row(firm, region, sector, pools, policy, before, parameters, key, q):
    """Return what the firm asks of its private fund and of its region's guidance fund, mn CNY; 0 = nothing."""
    costs = quarterly_costs(firm, pools, parameters)
    if firm.cash > parameters.comfortable_quarters * costs:
        return 0.0, 0.0
    u = uniform4(key.seed, key.run, firm.id, q, Purpose.EQUITY)
    ratio = max(0.05, firm.quality / sector.quality_mean)
    growth = sector.growth
    size = round_size(
        costs,
        parameters.round_quarters,
        parameters.round_expansion,
        income_row(firm, region, pools, parameters),
        parameters.round_smallest,
    )
    signal = parameters.guidance_signal if firm.guidance_stake > 0.0 else 0.0
    private = 0.0
    guidance = 0.0
    hazard = regulated_deals(
        deal_hazard(parameters.deal_hazard, ratio, parameters.investor_taste, growth, signal),
        0.5 * (policy.data_protection + policy.safety_supervision),
        0.5 * (before.data_protection + before.safety_supervision),
        parameters.deals_lost,
    )
    if u[0] < quarterly(hazard):
        private = size
    taste = parameters.investor_taste * policy.fund_selection_merit  # the rest goes by size and locality
    if u[1] < quarterly(deal_hazard(parameters.guidance_hazard, ratio, taste, growth, 0.0)):
        guidance = size * parameters.guidance_part
    return private, guidance


@kernel
def seek_equity(firms, firm_flows, regions, sectors, pools, policy, before, nation, parameters, key, q):
    """Ask every firm what equity it seeks."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.private_wanted, flow.guidance_wanted = seek_equity_row(
                firm, regions[firm.region], sectors[firm.sector], pools, policy, before, parameters, key, q
            )


@kernel
def place_equity(firms, firm_flows, funds, fund_flows, nation, parameters):
    """Ration what is asked by what funds offer, and place it."""
    for row in range(nation.firm_rows):
        if firms[row].alive:
            fund_flows[firms[row].fund].asked += firm_flows[row].private_wanted
            fund_flows[FIRST_GUIDANCE + firms[row].region].asked += firm_flows[row].guidance_wanted
    for row in range(funds.shape[0]):
        flow = fund_flows[row]
        at_hand = funds[row].cash + flow.public_capital + flow.social_capital
        flow.ration = rationing(flow.offered, flow.asked, parameters.price_pressure)
        if flow.ration * flow.asked > at_hand:
            flow.ration = at_hand / flow.asked
    nation.venture_placed = 0.0
    nation.guidance_placed = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            private = fund_flows[firm.fund]
            guidance = fund_flows[FIRST_GUIDANCE + firm.region]
            flow.private_equity = flow.private_wanted * private.ration
            flow.guidance_equity = flow.guidance_wanted * guidance.ration
            private.placed += flow.private_equity
            guidance.placed += flow.guidance_equity
            nation.venture_placed += flow.private_equity
            nation.guidance_placed += flow.guidance_equity


@gather
def stakes_row(firm, flow, sector, parameters):
    """Return the stakes of private and guidance funds after the quarter's round."""
    value = valuation(
        firm.technology_sales, firm.cash, parameters.sales_multiple, sector.growth, parameters.smallest_value
    )
    total = flow.private_equity + flow.guidance_equity
    return (
        stake_after(firm.venture_stake, flow.private_equity, total, value),
        stake_after(firm.guidance_stake, flow.guidance_equity, total, value),
    )


@kernel
def issue_equity(firms, firm_flows, sectors, nation, parameters, books, q):
    """Put the money received on the firms' accounts and give investors their stakes."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            total = flow.private_equity + flow.guidance_equity
            if total > 0.0:
                firm.venture_stake, firm.guidance_stake = stakes_row(firm, flow, sectors[firm.sector], parameters)
                firm.paid_in += total
                firm.last_round = q
            books[Flow.EQUITY].received += total


@gather
def sell_stakes_row(firm, sector, policy, before, parameters, key, q):
    """Return what private and guidance investors get and the firm raises when it lists this quarter; mostly 0."""
    if firm.venture_stake + firm.guidance_stake <= 0.0 or firm.technology_sales < parameters.listing_sales:
        return 0.0, 0.0, 0.0
    u = uniform4(key.seed, key.run, firm.id, q, Purpose.EXIT_TO_MARKET)
    hazard = listing_hazard(
        parameters.listing_hazard,
        policy.capital_market_access,
        before.capital_market_access,
        parameters.listing_access,
    )
    if u[0] >= quarterly(hazard):
        return 0.0, 0.0, 0.0
    value = valuation(
        firm.technology_sales, firm.cash, parameters.sales_multiple, sector.growth, parameters.smallest_value
    )
    return value * firm.venture_stake, value * firm.guidance_stake, value * parameters.listing_issue


@kernel
def sell_stakes(firms, firm_flows, sectors, nation, policy, before, parameters, key, q):
    """Ask every investor-backed firm whether its investors sell out."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.private_exit, flow.guidance_exit, flow.listing = sell_stakes_row(
                firm, sectors[firm.sector], policy, before, parameters, key, q
            )


@kernel
def credit_funds(firms, firm_flows, fund_flows, nation, books):
    """Credit dividends and sales of stakes to the funds; a stake sold is gone."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            private = fund_flows[firm.fund]
            guidance = fund_flows[FIRST_GUIDANCE + firm.region]
            private.dividends += flow.private_dividends
            private.sales += flow.private_exit
            guidance.dividends += flow.guidance_dividends
            guidance.sales += flow.guidance_exit
            books[Flow.STAKE_SALES].paid += flow.private_exit + flow.guidance_exit
            books[Flow.LISTINGS].received += flow.listing
            flow.cash_next += flow.listing
            if flow.private_exit + flow.guidance_exit > 0.0:
                firm.venture_stake = 0.0
                firm.guidance_stake = 0.0


@kernel
def settle_funds(funds, fund_flows, nation, parameters, books):
    """Pay fees, distribute proceeds and compute every fund's cash after the quarter; note what private funds sold."""
    sold = 0.0
    for row in range(funds.shape[0]):
        fund = funds[row]
        flow = fund_flows[row]
        proceeds = flow.dividends + flow.sales
        at_hand = fund.cash + flow.public_capital + flow.social_capital + proceeds - flow.placed
        payout = min(parameters.fund_payout * proceeds, max(0.0, at_hand))
        flow.fees = parameters.fund_fee / 4.0 * max(0.0, at_hand - payout)
        flow.distributed_public = 0.0
        if fund.kind == FundKind.GUIDANCE:
            flow.distributed_public = payout * parameters.guidance_public_part
        flow.distributed_social = payout - flow.distributed_public
        flow.cash_next = at_hand - payout - flow.fees
        fund.raised += flow.public_capital + flow.social_capital
        fund.invested += flow.placed
        fund.returned += proceeds
        if fund.kind != FundKind.GUIDANCE:
            sold += flow.sales
        books[Flow.EQUITY].paid += flow.placed
        books[Flow.FUND_DIVIDENDS].received += flow.dividends
        books[Flow.STAKE_SALES].received += flow.sales
        books[Flow.FUND_FEES].paid += flow.fees
        books[Flow.SOCIAL_DISTRIBUTIONS].paid += flow.distributed_social
        books[Flow.PUBLIC_DISTRIBUTIONS].paid += flow.distributed_public
    if nation.venture_placed > 0.0:
        nation.exit_ratio += (min(10.0, sold / nation.venture_placed) - nation.exit_ratio) / _QUARTERS


@kernel
def track_growth(sectors, nation, q):
    """Measure the growth of technology sales over a year by sector and in all, from a ring of four quarters."""
    slot = q % 4
    now = 0.0
    before = 0.0
    for row in range(sectors.shape[0]):
        sector = sectors[row]
        now += sector.technology
        before += sector.sales_lagged[slot]
        sector.growth = math.log((sector.technology + 1.0) / (sector.sales_lagged[slot] + 1.0))
        sector.sales_lagged[slot] = sector.technology
    nation.technology_growth = math.log((now + 1.0) / (before + 1.0))
