"""Closing of firms: out of cash, out of the market, or by the hazard of age."""

from __future__ import annotations

from sim._jit import gather, kernel
from sim.draws import Purpose, uniform
from sim.kernels.finance import FIRST_GUIDANCE
from sim.rules.demography import age_hazard, funded_hazard, incubated_hazard
from sim.rules.innovation import quarterly
from sim.state.finance import Flow

NO_CASH, NO_MARKET, AGED = 1, 2, 3


@gather
def new_places(policy, before):
    """Return the places in incubators beyond those of 2016, thousands."""
    return (policy.incubators - before.incubators) * policy.implementation_effectiveness


@gather
def close_row(firm, flow, policy, before, parameters, key, q):
    """Return why the firm closes this quarter: 0 it stays, 1 no cash, 2 no market, 3 age hazard."""
    costs = flow.wages + flow.research_inputs + flow.overhead
    if firm.cash < -parameters.credit_quarters * costs:
        return NO_CASH
    if firm.thin_quarters >= parameters.thin_patience and firm.line_sales <= 0.0:
        return NO_MARKET
    age = max(0.0, 0.25 * (q - firm.birth))
    hazard = age_hazard(age, parameters.age_hazard_highest, parameters.age_hazard_peak, parameters.age_hazard_late)
    hazard = incubated_hazard(hazard, age, new_places(policy, before), parameters.incubator_survival)
    since = 0.25 * (q - firm.last_round) if firm.last_round > -900 else -1.0
    hazard = funded_hazard(hazard, since, parameters.funded_hazard_early, parameters.funded_hazard_late)
    u = uniform(key.seed, key.run, firm.id, q, Purpose.EXIT)
    return AGED if u < quarterly(hazard * parameters.other_exit_part) else 0


@kernel
def close(firms, firm_flows, nation, policy, before, parameters, key, q):
    """Ask every firm whether it closes."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            firm_flows[row].closes = close_row(firm, firm_flows[row], policy, before, parameters, key, q)


@kernel
def count_thin(firms, sectors, nation, parameters):
    """Count for how many quarters a firm's share has been below the viable one."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            if firm.share < parameters.viable_share / max(1.0, sectors[firm.sector].firms):
                firm.thin_quarters += 1
            else:
                firm.thin_quarters = 0


@kernel
def liquidate(firms, firm_flows, funds, pools, nation, books):
    """Close firms: staff look for work, cash goes to the owners by their stakes, debts are written off."""
    nation.exits = 0
    for k in range(3):
        nation.exit_sales[k] = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        flow = firm_flows[row]
        if firm.alive and flow.closes > 0:
            for t in range(3):
                pools[firm.region * 5 + t].available += firm.staff[t]
                pools[firm.region * 5 + t].in_firms -= firm.staff[t]
                firm.staff[t] = 0.0
            if firm.cash > 0.0:
                private = firm.cash * firm.venture_stake
                guidance = firm.cash * firm.guidance_stake
                funds[firm.fund].cash += private
                funds[FIRST_GUIDANCE + firm.region].cash += guidance
                books[Flow.FUND_LIQUIDATION].received += private + guidance
                books[Flow.FUND_LIQUIDATION].paid += firm.cash * (firm.venture_stake + firm.guidance_stake)
                books[Flow.LIQUIDATION].paid += firm.cash * (1.0 - firm.venture_stake - firm.guidance_stake)
                books[Flow.LIQUIDATION].received += firm.cash - private - guidance
            else:
                books[Flow.WRITE_OFFS].paid -= firm.cash
                books[Flow.WRITE_OFFS].received -= firm.cash
            nation.exit_sales[0] += firm.technology_sales
            nation.exit_sales[1] += firm.bundled_sales
            nation.exit_sales[2] += firm.line_sales
            nation.exits += 1
            firm.cash = 0.0
            firm.alive = False
            # What later sums read without asking whether the firm lives.
            flow.investment = 0.0
            flow.tax = 0.0
            flow.listing = 0.0
