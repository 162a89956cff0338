"""Industrial grants and programme research money for firms."""

from __future__ import annotations

import math

from sim._jit import gather, kernel
from sim.draws import Purpose, normal, uniform4
from sim.plan.lever_ids import Lever
from sim.rules.grants import application_weight
from sim.rules.innovation import quarterly
from sim.state.finance import Flow

CHAMPIONS = 10  # the lever champion_support names the ten largest firms


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
def name_champions(firms, nation):
    """Find the sales of the smallest of the ten largest firms; whoever reaches them is a champion."""
    nation.champion_sales = math.inf
    nation.champions = 0
    for _ in range(CHAMPIONS):
        best = 0.0
        for row in range(nation.firm_rows):
            if firms[row].alive and best < firms[row].technology_sales < nation.champion_sales:
                best = firms[row].technology_sales
        if best <= 0.0:
            break
        nation.champion_sales = best
    for row in range(nation.firm_rows):
        if firms[row].alive and firms[row].technology_sales >= nation.champion_sales:
            nation.champions += 1


@kernel
def award_grants(firms, firm_flows, sectors, levers, policy, nation, parameters, books):
    """Share grant money over champions and the applicants of each sector, research money over all applicants.

    Major projects look for the strongest: standing counts there with an exponent above one.
    """
    industrial = levers[Lever.core_sector_grants]
    research = levers[Lever.common_technology_funding]
    project = levers[Lever.major_project_funding]
    reserved = industrial.purse * policy.champion_support if nation.champions > 0 else 0.0
    open_purse = industrial.purse - reserved
    research_pot = research.purse * parameters.firm_part_of_technology_money
    project_pot = project.purse * parameters.project_firm_part
    for row in range(sectors.shape[0]):
        sectors[row].grant_weights = 0.0
    research_weights = 0.0
    project_weights = 0.0
    for row in range(nation.firm_rows):
        if firms[row].alive:
            sectors[firms[row].sector].grant_weights += firm_flows[row].grant_weight
            research_weights += firm_flows[row].research_weight
            project_weights += firm_flows[row].research_weight ** parameters.project_concentration
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.grant = 0.0
            flow.research_grant = 0.0
            if flow.grant_weight > 0.0:
                pot = open_purse * policy.core_sector_focus[firm.sector]
                flow.grant = pot * flow.grant_weight / sectors[firm.sector].grant_weights
            if nation.champions > 0 and firm.technology_sales >= nation.champion_sales:
                flow.grant += reserved / nation.champions
            if flow.research_weight > 0.0:
                flow.research_grant = (
                    research_pot * flow.research_weight / research_weights
                    + project_pot * flow.research_weight**parameters.project_concentration / project_weights
                )
            flow.grant_misused = parameters.misused_share * flow.grant
            books[Flow.INDUSTRIAL_GRANTS].received += flow.grant
            books[Flow.FIRM_RESEARCH_GRANTS].received += flow.research_grant
            industrial.misused += flow.grant_misused
    paid = reserved
    for row in range(sectors.shape[0]):
        if sectors[row].grant_weights > 0.0:
            paid += open_purse * policy.core_sector_focus[row]
    industrial.disbursed += paid
    books[Flow.INDUSTRIAL_GRANTS].paid += paid
    if research_weights > 0.0:
        research.disbursed += research_pot
        project.disbursed += project_pot
        books[Flow.FIRM_RESEARCH_GRANTS].paid += research_pot + project_pot
