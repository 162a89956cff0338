"""What firms plan to spend on research and growth, and what research then yields."""

from __future__ import annotations

import math

from sim._jit import gather, kernel
from sim.draws import Purpose, poisson, uniform, uniform4
from sim.kernels.finance import quarterly_costs
from sim.kernels.world import knowledge_lost
from sim.rules.finance import public_stake_factor
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
from sim.rules.protection import rd_incentive
from sim.rules.research import grant_research, growth_money, routine_rd, user_cost


@gather
def plan_research_row(firm, flow, pools, nation, policy, before, world, parameters):
    """Return the R&D budget and the investors' money meant for growth this quarter, mn CNY.

    A firm expects the tax rate of its last claim. Export controls push own research where that regime holds.
    """
    usable = 1.0 if firm.tax_loss <= 0.0 else parameters.value_of_carried_deduction
    standard = parameters.standard_tax_rate
    now = user_cost(
        min(standard, policy.high_tech_tax_rate) if firm.high_tech else standard, policy.rd_super_deduction, usable
    )
    then = user_cost(
        min(standard, before.high_tech_tax_rate) if firm.high_tech else standard, before.rd_super_deduction, usable
    )
    sales = firm.technology_sales + firm.bundled_sales + parameters.line_rd_part * firm.line_sales
    routine = routine_rd(sales, firm.rd_intensity, now / then, parameters.user_cost_elasticity)
    routine *= rd_incentive(nation.appropriability, parameters.rd_appropriability)
    cash = firm.cash + flow.private_equity + flow.guidance_equity
    expansion = growth_money(
        cash, quarterly_costs(firm, pools, parameters), parameters.reserve_quarters, parameters.runway_quarters
    )
    granted = grant_research(flow.grant, parameters.misused_share, parameters.grant_additionality)
    push = 1.0 + parameters.control_spur * parameters.control_push * (1.0 - world.import_access)
    own = (routine + parameters.expansion_rd_share * expansion) * push
    return own + granted + flow.research_grant, expansion


@kernel
def plan_research(firms, firm_flows, pools, policy, before, world, nation, parameters):
    """Ask every firm for its R&D budget."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.rd_budget, flow.expansion = plan_research_row(
                firm, flow, pools, nation, policy, before, world, parameters
            )


@kernel
def spread_knowledge(firms, regions, nation, parameters):
    """Sum the R&D stock within reach of every region, by sector: of firms, and of foreign firms' research centres."""
    for r in range(regions.shape[0]):
        foreign = 0.0
        for c in range(regions.shape[0]):
            heads = regions[c].centre_staff[0] + regions[c].centre_staff[1]
            foreign += regions[r].nearness[c] * parameters.centre_knowledge * heads
        sectors = regions[r].spillover.shape[0]
        for s in range(sectors):
            regions[r].spillover[s] = foreign / sectors
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            for r in range(regions.shape[0]):
                regions[r].spillover[firm.sector] += regions[r].nearness[firm.region] * firm.knowledge


@gather
def reach_row(firm, sector, nation, policy, parameters, key):
    """Return the results of public research within the firm's reach: open, on platforms, and of alliance partners."""
    shared = nation.platform_capital * policy.platform_openness / parameters.platform_reference
    reach = sector.public_knowledge + shared
    # The draw belongs to the firm, so that a larger alliance keeps its members.
    if uniform(key.seed, key.run, firm.id, 0, Purpose.ALLIANCE) < policy.innovation_alliance:
        reach += parameters.alliance_reach * sector.closed_knowledge
    return reach


@gather
def firm_access(world, parameters):
    """Return the part of the world's knowledge that firms can learn from; where controls spur, most stays in reach."""
    return 1.0 - (1.0 - parameters.cooperation_floor) * knowledge_lost(world, parameters)


@gather
def learn_row(firm, sector, nation, policy, before, world, parameters):
    """Return growth of log quality from what can be learned: the frontier, centres abroad, rivals at home."""
    level = reachable(sector.science, sector.frontier, parameters.science_weight)
    capacity = absorptive_capacity(firm.knowledge, parameters.absorption_reference, parameters.absorption_floor)
    access = firm_access(world, parameters)
    step = absorption(firm.quality, level, parameters.absorption_speed / 4.0 * access, capacity)
    if firm.technology_sales > sector.sales_mean:
        abroad = parameters.abroad_learning * (policy.outward_investment - before.outward_investment)
        step += absorption(firm.quality, sector.frontier, abroad / 4.0 * access, capacity)
    step += absorption(firm.quality, sector.quality, parameters.imitation_speed / 4.0 * nation.imitation, capacity)
    return max(0.0, step)


@gather
def innovate_row(firm, region, sector, pools, nation, policy, before, world, parameters, key, q):
    """Return knowledge in reach, innovations, quality and R&D stock after the quarter, and R&D done (mn CNY)."""
    first = firm.region * 5
    wages = (firm.staff[0] * pools[first].wage + firm.staff[1] * pools[first + 1].wage) / 4000.0
    rd_real = wages / parameters.research_wage_share
    effort = research_effort(firm.staff[0], firm.staff[1], parameters.senior_weight)
    reach = reach_row(firm, sector, nation, policy, parameters, key)
    # R&D stocks are money: set against pay, they stand for people's work.
    nearby = max(0.0, region.spillover[firm.sector] - firm.knowledge) / (parameters.spillover_reference * nation.wage)
    means = (
        means_factor(firm.compute, parameters.compute_elasticity)
        * means_factor(firm.data_stock + nation.open_data, parameters.data_elasticity)
        * means_factor(parameters.tacit_weight * nearby, parameters.spillover_elasticity)
        * means_factor(reach, parameters.public_elasticity)
        * public_stake_factor(
            firm.guidance_stake, firm.venture_stake, parameters.public_stake_peak, parameters.public_stake_gain
        )
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
    step += learn_row(firm, sector, nation, policy, before, world, parameters)
    return (
        reach,
        count,
        firm.quality * math.exp(min(step, 1.0)),
        stock_next(firm.knowledge, rd_real, sector.obsolescence / 4.0),
        rd_real,
    )


@kernel
def innovate(firms, firm_flows, regions, sectors, pools, nation, policy, before, world, parameters, key, q):
    """Ask every firm what its research yields."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.reach, flow.innovations, flow.quality_next, flow.knowledge_next, flow.rd_real = innovate_row(
                firm,
                regions[firm.region],
                sectors[firm.sector],
                pools,
                nation,
                policy,
                before,
                world,
                parameters,
                key,
                q,
            )


@kernel
def learn(firms, firm_flows, nation):
    """Put new quality and knowledge in place."""
    for row in range(nation.firm_rows):
        if firms[row].alive:
            firms[row].quality = firm_flows[row].quality_next
            firms[row].knowledge = firm_flows[row].knowledge_next
