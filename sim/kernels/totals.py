"""Totals of the quarter over all agents, taken before firms close and open: the model accounts that are measured."""

from __future__ import annotations

from sim._jit import kernel
from sim.kernels.talent import SKILLED, people_of
from sim.plan.names import STANDING_EDGES, TURNOVER_EDGES
from sim.rules.adoption import enabled_share, j_curve

STARTUP, SPIN_OFF, INCUMBENT = 0, 1, 2


@kernel
def sum_firms(firms, firm_flows, sectors, regions, headline, nation, q):
    """Sum sales by account over sectors, regions and new firms, and the firms' research and rounds."""
    nation.year_sales[q % 8] = 0.0
    nation.rd_spending = 0.0
    nation.deals = 0
    nation.concentration = 0.0
    nation.knowledge_reach = 0.0
    living = 0.0
    for k in range(3):
        nation.entry_sales[k] = 0.0
        nation.recognition_sales[k] = 0.0
        nation.public_sales[k] = 0.0
    for s in range(sectors.shape[0]):
        for k in range(3):
            sectors[s].sales[k] = 0.0
    for r in range(regions.shape[0]):
        for k in range(3):
            regions[r].sales[k] = 0.0
    for i in range(nation.standings.shape[0]):
        for k in range(nation.standings.shape[1]):
            nation.standings[i, k] = 0.0
    total = 0.0
    squares = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            _add_sales(sectors[firm.sector].sales, flow)
            _add_sales(regions[firm.region].sales, flow)
            nation.year_sales[q % 8] += (
                headline[0] * flow.technology + headline[1] * flow.bundled + headline[2] * flow.lines
            )
            if firm.birth >= 0 and firm.birth // 4 == q // 4:
                _add_sales(nation.recognition_sales if firm.origin == INCUMBENT else nation.entry_sales, flow)
            nation.public_sales[0] += flow.public_technology
            nation.public_sales[1] += flow.public_bundled
            nation.rd_spending += flow.rd_real
            nation.knowledge_reach += flow.reach
            living += 1.0
            if flow.private_equity > 0.0:
                nation.deals += 1
            standing = _class_of(firm.quality / sectors[firm.sector].frontier, STANDING_EDGES)
            nation.standings[standing, _class_of(4.0 * flow.technology, TURNOVER_EDGES)] += 1.0
            total += flow.technology
            squares += flow.technology * flow.technology
    if living > 0.0:
        nation.knowledge_reach /= living
    if total > 0.0:
        nation.concentration = squares / (total * total)


@kernel
def _class_of(value, edges):
    number = 0
    for edge in edges:
        if value >= edge:
            number += 1
    return number


@kernel
def _add_sales(sales, flow):
    sales[0] += flow.technology
    sales[1] += flow.bundled
    sales[2] += flow.lines


@kernel
def sum_users(adopters, adopter_flows, nation, parameters, q):
    """Sum the related scale under its three constructions, mn CNY of the quarter's output."""
    for k in range(3):
        nation.related[k] = 0.0
    nation.imports = 0.0
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        nation.imports += flow.imported
        if adopter.adopted:
            age = 0.25 * (q - adopter.adopted_at)
            effect = j_curve(age, parameters.j_curve_maturity, parameters.j_curve_dip)
            enabled = enabled_share(adopter.ai_capital, parameters.enabling_capital)
            nation.related[0] += flow.output * enabled * max(0.0, effect)
            nation.related[1] += flow.output * parameters.adoption_gain * adopter.intensity * effect
            nation.related[2] += flow.output * adopter.intensity
    nation.year_related[q % 8] = nation.related[0]


@kernel
def sum_people(pools, regions, nation):
    """Sum people and mean wages by tier, and students; set the pay of AI users against the ICT wage."""
    users = 0.0
    usual = 0.0
    for tier in range(5):
        nation.people[tier] = 0.0
        nation.pay[tier] = 0.0
    for row in range(pools.shape[0]):
        pool = pools[row]
        heads = people_of(pool) + pool.in_training
        nation.people[pool.tier] += heads
        nation.pay[pool.tier] += heads * pool.wage
        if pool.tier == SKILLED:
            users += heads * pool.wage
            usual += heads * pool.wage_2016 * nation.wage
    nation.user_wage = users / usual if usual > 0.0 else 1.0
    for tier in range(5):
        if nation.people[tier] > 0.0:
            nation.pay[tier] /= nation.people[tier]
    nation.students = 0.0
    for row in range(regions.shape[0]):
        for slot in range(regions[row].cohorts.shape[0]):
            nation.students += regions[row].cohorts[slot]


@kernel
def sum_ledger(levers, fund_flows, nation):
    """Sum public outlay and forgone taxes over all levers, and what guidance funds pay back."""
    nation.public_outlay = 0.0
    nation.forgone_tax = 0.0
    nation.guidance_returned = 0.0
    for row in range(fund_flows.shape[0]):
        nation.guidance_returned += fund_flows[row].distributed_public
    for row in range(levers.shape[0]):
        nation.public_outlay += levers[row].disbursed
        nation.forgone_tax += levers[row].forgone
