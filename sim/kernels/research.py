"""What firms plan to spend on research and growth, and what research then yields."""

from __future__ import annotations

import math

from sim._jit import gather, kernel
from sim.draws import Purpose, poisson, uniform, uniform4
from sim.kernels.finance import quarterly_costs
from sim.rules.innovation import (
    absorption,
    absorptive_capacity,
    innovation_rate,
    innovation_value,
    means_factor,
    reachable,
    research_effort,
    stock_next,
)
from sim.rules.research import grant_research, growth_money, routine_rd, user_cost


@gather
def plan_research_row(firm, flow, pools, policy, parameters):
    """Return the R&D budget and the investors' money meant for growth this quarter, mn CNY."""
    usable = 1.0 if firm.tax_loss <= 0.0 else parameters.value_of_carried_deduction
    now = user_cost(policy.high_tech_tax_rate, policy.rd_super_deduction, usable)
    before = user_cost(parameters.high_tech_rate_2016, parameters.deduction_2016, usable)
    sales = firm.technology_sales + firm.bundled_sales + parameters.line_rd_part * firm.line_sales
    routine = routine_rd(sales, firm.rd_intensity, now / before, parameters.user_cost_elasticity)
    cash = firm.cash + flow.private_equity + flow.guidance_equity
    expansion = growth_money(
        cash, quarterly_costs(firm, pools, parameters), parameters.reserve_quarters, parameters.runway_quarters
    )
    granted = grant_research(flow.grant, parameters.misused_share, parameters.grant_additionality)
    budget = routine + parameters.expansion_rd_share * expansion + granted + flow.research_grant
    return budget, expansion


@kernel
def plan_research(firms, firm_flows, pools, policy, nation, parameters):
    """Ask every firm for its R&D budget."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.rd_budget, flow.expansion = plan_research_row(firm, flow, pools, policy, parameters)


@kernel
def spread_knowledge(firms, regions, nation):
    """Sum the firms' R&D stock within reach of every region, by sector."""
    for r in range(regions.shape[0]):
        for s in range(regions[r].spillover.shape[0]):
            regions[r].spillover[s] = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            for r in range(regions.shape[0]):
                regions[r].spillover[firm.sector] += regions[r].nearness[firm.region] * firm.knowledge


@gather
def innovate_row(firm, region, sector, pools, nation, policy, parameters, key, q):
    """Return the firm's innovations, quality and R&D stock after the quarter, and the R&D it carried out (mn CNY)."""
    first = firm.region * 5
    wages = (firm.staff[0] * pools[first].wage + firm.staff[1] * pools[first + 1].wage) / 4000.0
    rd_real = wages / parameters.research_wage_share
    effort = research_effort(firm.staff[0], firm.staff[1], parameters.senior_weight)
    tacit = max(0.0, region.spillover[firm.sector] - firm.knowledge) / parameters.spillover_reference
    shared = nation.platform_capital * policy.platform_openness / parameters.platform_reference
    reach = parameters.tacit_weight * tacit + sector.public_knowledge + shared
    means = (
        means_factor(firm.compute, parameters.compute_elasticity)
        * means_factor(firm.data_stock + nation.open_data, parameters.data_elasticity)
        * means_factor(reach, parameters.spillover_elasticity)
    )
    lead_over = reachable(sector.science / sector.science_2016, sector.frontier, parameters.science_weight)
    rate = innovation_rate(
        parameters.innovation_base / 4.0,
        effort,
        parameters.effort_elasticity,
        means,
        firm.quality,
        lead_over,
        parameters.ideas_harder,
        parameters.lead_harder,
    )
    count = poisson(uniform(key.seed, key.run, firm.id, q, Purpose.INNOVATION), rate, 8)
    step = 0.0
    if count > 0:
        a = uniform4(key.seed, key.run, firm.id, 2 * q, Purpose.INNOVATION_VALUE)
        b = uniform4(key.seed, key.run, firm.id, 2 * q + 1, Purpose.INNOVATION_VALUE)
        for k in range(count):
            u = a[k] if k < 4 else b[k - 4]
            step += parameters.innovation_step * innovation_value(u, parameters.value_tail, parameters.largest_value)
    level = reachable(sector.science, sector.frontier, parameters.science_weight)
    capacity = absorptive_capacity(firm.knowledge, parameters.absorption_reference, parameters.absorption_floor)
    step += absorption(firm.quality, level, parameters.absorption_speed / 4.0, capacity)
    return (
        count,
        firm.quality * math.exp(min(step, 1.0)),
        stock_next(firm.knowledge, rd_real, sector.obsolescence / 4.0),
        rd_real,
    )


@kernel
def innovate(firms, firm_flows, regions, sectors, pools, nation, policy, parameters, key, q):
    """Ask every firm what its research yields."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.innovations, flow.quality_next, flow.knowledge_next, flow.rd_real = innovate_row(
                firm, regions[firm.region], sectors[firm.sector], pools, nation, policy, parameters, key, q
            )


@kernel
def learn(firms, firm_flows, nation):
    """Put new quality and knowledge in place."""
    for row in range(nation.firm_rows):
        if firms[row].alive:
            firms[row].quality = firm_flows[row].quality_next
            firms[row].knowledge = firm_flows[row].knowledge_next
