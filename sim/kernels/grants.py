"""Industrial grants and programme research money for firms."""

from __future__ import annotations

from sim._jit import gather, kernel
from sim.draws import Purpose, normal, uniform4
from sim.plan.lever_ids import Lever
from sim.rules.grants import application_weight
from sim.rules.innovation import quarterly
from sim.state.finance import Flow


@gather
def apply_for_grants_row(firm, sector, policy, parameters, key, q):
    """Return the standing of the firm's applications for an industrial grant and for research money; 0 = none."""
    u = uniform4(key.seed, key.run, firm.id, q, Purpose.GRANT)
    quality = max(0.05, firm.quality / sector.quality_mean)
    size = firm.technology_sales / (sector.sales_mean + 0.01)
    weight = application_weight(
        policy.fund_selection_merit, quality, size, parameters.jury_sharpness, parameters.jury_error * normal(u[2])
    )
    hazard = quarterly(parameters.application_hazard)
    return weight if u[0] < hazard else 0.0, weight * quality if u[1] < hazard else 0.0


@kernel
def apply_for_grants(firms, firm_flows, sectors, policy, nation, parameters, key, q):
    """Ask every firm for its applications."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.grant_weight, flow.research_weight = apply_for_grants_row(
                firm, sectors[firm.sector], policy, parameters, key, q
            )


@kernel
def award_grants(firms, firm_flows, sectors, levers, policy, nation, parameters, books):
    """Share the quarter's grant money over the applicants of each sector, and research money over all applicants."""
    industrial = levers[Lever.core_sector_grants]
    research = levers[Lever.common_technology_funding]
    research_pot = research.purse * parameters.firm_part_of_technology_money
    for row in range(sectors.shape[0]):
        sectors[row].grant_weights = 0.0
    research_weights = 0.0
    for row in range(nation.firm_rows):
        if firms[row].alive:
            sectors[firms[row].sector].grant_weights += firm_flows[row].grant_weight
            research_weights += firm_flows[row].research_weight
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.grant = 0.0
            flow.research_grant = 0.0
            if flow.grant_weight > 0.0:
                pot = industrial.purse * policy.core_sector_focus[firm.sector]
                flow.grant = pot * flow.grant_weight / sectors[firm.sector].grant_weights
            if flow.research_weight > 0.0:
                flow.research_grant = research_pot * flow.research_weight / research_weights
            flow.grant_misused = parameters.misused_share * flow.grant
            books[Flow.INDUSTRIAL_GRANTS].received += flow.grant
            books[Flow.FIRM_RESEARCH_GRANTS].received += flow.research_grant
            industrial.misused += flow.grant_misused
    paid = 0.0
    for row in range(sectors.shape[0]):
        if sectors[row].grant_weights > 0.0:
            paid += industrial.purse * policy.core_sector_focus[row]
    industrial.disbursed += paid
    books[Flow.INDUSTRIAL_GRANTS].paid += paid
    if research_weights > 0.0:
        research.disbursed += research_pot
        books[Flow.FIRM_RESEARCH_GRANTS].paid += research_pot
