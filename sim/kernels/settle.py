"""Levels of 2016Q1: turns the traits of the synthetic population into stocks that fit the run's parameters.

The population (sim/population) gives traits that no parameter touches: places, sizes, ranks, standard normal scores.
This module gives them levels, so that wages, staff, AI capital and students start where they would stay, and the year
2016 is no artefact of the start. Called once per run, before the first quarter.
"""

from __future__ import annotations

import math

from sim._jit import kernel
from sim.kernels.institutes import DEFENCE
from sim.kernels.market import productivity_row
from sim.kernels.policy import is_project
from sim.kernels.staffing import centre_wanted
from sim.kernels.talent import employed_of, people_of
from sim.kernels.world import measure_fields
from sim.rules.adoption import intensity_ceiling, size_factor, technology_spending
from sim.rules.institutes import shared_share
from sim.rules.staffing import users_wanted
from sim.rules.talent import applicants, enrolled
from sim.rules.world import readiness
from sim.state.finance import FundKind


@kernel
def begin_nation(nation, fields, sectors, regions, parameters):
    """Set shared levels of 2016."""
    nation.gdp = 1.0
    nation.gdp_growth = 1.0
    nation.wage = 1.0
    nation.trust = parameters.trust_baseline
    nation.compute_trend = 1.0
    nation.compute_price = 1.0
    nation.compute_demand = 1.0
    nation.compute_supply = 1.0
    nation.energy_price = 1.0
    nation.appropriability = 1.0
    nation.user_wage = 1.0
    nation.exit_ratio = parameters.exit_ratio_2016
    nation.data_readiness = parameters.data_readiness_2016
    nation.venture_share = parameters.venture_share_2016
    nation.technology_growth = parameters.growth_2016
    nation.venture_placed = parameters.venture_2016
    nation.abroad[0] = parameters.abroad_seniors_2016
    nation.abroad[1] = parameters.abroad_engineers_2016
    nation.abroad[2] = 0.5 * parameters.abroad_engineers_2016
    for row in range(fields.shape[0]):
        fields[row].frontier = 1.0
    for row in range(sectors.shape[0]):
        sector = sectors[row]
        sector.frontier = 1.0
        sector.quality = parameters.quality_2016
        sector.quality_mean = parameters.quality_2016
        sector.price = 1.0
        sector.domestic = sector.domestic_2016
        sector.foreign = 1.0 - sector.domestic_2016
        sector.public_foreign = sector.foreign * parameters.public_import_part
        sector.public_domestic = 1.0 - sector.public_foreign
        sector.growth = parameters.growth_2016
        sector.served = 1.0
    half = math.log(2.0) / parameters.spillover_half_distance
    for row in range(regions.shape[0]):
        region = regions[row]
        for other in range(regions.shape[0]):
            region.nearness[other] = math.exp(-half * region.distance[other])
        region.centres = parameters.centres_2016 * region.seat_share
        for t in range(2):
            region.centre_staff[t] = centre_wanted(region, parameters, t)
        for s in range(region.latent.shape[0]):
            region.latent[s] = region.latent_share[s] * parameters.latent_incumbents


@kernel
def begin_science(fields, sectors, parameters, field_sector):
    """Note what domestic science offers every core sector at the start."""
    measure_fields(fields, sectors, parameters, field_sector)
    for row in range(sectors.shape[0]):
        sectors[row].science_2016 = sectors[row].science


@kernel
def begin_users(adopters, adopter_flows, applications, regions, nation, parameters):
    """Give 2016 adoption, intensity and AI capital to user organisations, and price technology per intensity."""
    for row in range(applications.shape[0]):
        application = applications[row]
        application.trend = 1.0
        application.output_index = 1.0
        application.benefit_doubt = 1.0
        application.benefit = 1.0
        application.cost = 1.0
        application.served = 1.0
        application.output = 0.0
        application.size_norm = 0.0
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        application = applications[adopter.application]
        adopter_flows[row].output = adopter.output_2016
        size = size_factor(adopter.employees, application.employees_mean, parameters.size_slope, 0.0)
        application.output += adopter.output_2016
        application.size_norm += adopter.output_2016 * size
    for row in range(applications.shape[0]):
        if applications[row].output > 0.0:
            applications[row].size_norm /= applications[row].output
    use = 0.0
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        application = applications[adopter.application]
        size = size_factor(adopter.employees, application.employees_mean, parameters.size_slope, 0.0)
        rank = adopter.intensity  # stands for the rank among equals until now
        adopter.adopted = rank < min(0.95, parameters.adopted_2016 * size / application.size_norm)
        adopter.intensity = 0.0
        if adopter.adopted:
            ready = readiness(adopter.maturity, regions[adopter.region].coverage, nation.data_readiness, 1.0)
            aim = intensity_ceiling(
                1.0, parameters.half_benefit, ready / parameters.readiness_2016, parameters.intensity_ceiling
            )
            adopter.intensity = min(1.0, parameters.use_of_aim_2016 * aim)
            use += application.spend_weight * adopter.intensity * adopter.output_2016
    _price_intensity(adopters, applications, nation, parameters, use)


@kernel
def _price_intensity(adopters, applications, nation, parameters, use):
    # Private orders of 2016: sales of domestic firms less public orders and exports, over the domestic share.
    public = parameters.public_technology_part * parameters.public_orders_2016
    private = max(1.0, parameters.technology_sales_2016 * (1.0 - parameters.exports_2016) - public)
    ordered = 250.0 * private / parameters.domestic_2016
    nation.spend_per_intensity = ordered / use if use > 0.0 else 0.0
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        if adopter.adopted:
            application = applications[adopter.application]
            kappa = application.spend_weight * nation.spend_per_intensity
            technology = technology_spending(adopter.output_2016, kappa, adopter.intensity)
            hardware = (
                2.0
                * (1.0 - parameters.line_part)
                * parameters.hardware_per_technology
                * technology
                * parameters.hardware_wear
            )
            adopter.ai_capital = parameters.technology_years_2016 * (technology + hardware) / adopter.output_2016
            adopter.skilled_staff = users_wanted(technology, parameters.users_per_spending, 1.0, 0.0)


@kernel
def begin_firms(firms, firm_flows, sectors, regions, pools, nation, parameters):
    """Give 2016 sales, staff, quality, knowledge and cash to firms from their ranks and scores."""
    _share_out(firms, sectors, nation, parameters)
    _spread_quality(firms, sectors, nation, parameters)
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            sector = sectors[firm.sector]
            first = firm.region * 5
            firm.rd_intensity = parameters.rd_intensity * math.exp(parameters.rd_intensity_spread * firm.rd_intensity)
            firm.price = 1.0
            firm.backlog = firm.technology_sales
            firm.tightness = 1.0
            firm.staff[2] = max(1.0, firm.technology_sales / productivity_row(firm, parameters))
            firm.capital = parameters.capital_per_head * firm.staff[2]
            sales = firm.technology_sales + firm.bundled_sales + firm.line_sales
            delivery = firm.staff[2] * pools[first + 2].wage / 4000.0
            reserves = parameters.cash_2016 * (delivery + firm.rd_intensity * sales)
            research = firm.rd_intensity * sales + parameters.expansion_rd_share * reserves / parameters.runway_quarters
            pay = max(0.2, research) * parameters.research_wage_share
            firm.staff[0] = pay * parameters.senior_pay_share / (pools[first].wage / 4000.0)
            firm.staff[1] = pay * (1.0 - parameters.senior_pay_share) / (pools[first + 1].wage / 4000.0)
            firm.cash = parameters.cash_2016 * (delivery + research)
            # R&D stock: past spending that grew by a third a year and wore off by the sector's rate.
            firm.knowledge = 4.0 * research / (sector.obsolescence + parameters.growth_2016)
            firm.data_stock = 0.3 + parameters.data_per_sale * firm.technology_sales / (
                parameters.data_decay / 4.0 + 0.08
            )
            firm.last_round = firm.last_round if firm.last_round > -900 else -999
            firm.high_tech = research >= parameters.high_tech_threshold * sales
            firm_flows[row].rd_real = research
    nation.compute_demand = 1.0


@kernel
def _share_out(firms, sectors, nation, parameters):
    # Sector sales by the number of its firms times their size scores; lines over incumbents by their own scores.
    weights = 0.0
    lines = 0.0
    for row in range(sectors.shape[0]):
        sectors[row].shares = 0.0
        sectors[row].technology = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            firm.share = math.exp(parameters.firm_size_spread * firm.share)
            sectors[firm.sector].shares += firm.share
            weights += firm.share
            if firm.origin == 2:
                firm.line_sales = math.exp(parameters.line_spread * firm.line_sales)
                lines += firm.line_sales
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            firm.technology_sales = 250.0 * parameters.technology_sales_2016 * firm.share / weights
            firm.bundled_sales = parameters.hardware_per_technology * 0.5 * firm.technology_sales
            if firm.origin == 2:
                firm.line_sales = 500.0 * parameters.line_part * parameters.lines_2016 * firm.line_sales / lines
            sectors[firm.sector].technology += firm.technology_sales
            firm.share /= sectors[firm.sector].shares
    for row in range(sectors.shape[0]):
        sector = sectors[row]
        for k in range(4):
            sector.sales_lagged[k] = sector.technology * math.exp(-parameters.growth_2016 * (1.0 - 0.25 * k))


@kernel
def _spread_quality(firms, sectors, nation, parameters):
    # Scores become qualities whose share-weighted mean is the declared one in every sector: supply starts at it.
    for row in range(sectors.shape[0]):
        sectors[row].weighted_quality = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            firm.quality = math.exp(parameters.entrant_quality_spread * firm.quality)
            sectors[firm.sector].weighted_quality += firm.share * firm.quality
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            firm.quality *= parameters.quality_2016 / sectors[firm.sector].weighted_quality


@kernel
def begin_institutes(institutes, nation, parameters):
    """Give staff and basic budgets of 2016 to institutes from their size shares."""
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            staff = parameters.institute_staff_2016 * institute.seniors  # stands for the share of all staff until now
            senior_pay = parameters.institute_senior_share / parameters.senior_wage_2016
            engineer_pay = (1.0 - parameters.institute_senior_share) / parameters.engineer_wage_2016
            institute.seniors = staff * senior_pay / (senior_pay + engineer_pay)
            institute.engineers = staff - institute.seniors
            pay = (
                institute.seniors * parameters.senior_wage_2016 + institute.engineers * parameters.engineer_wage_2016
            ) / 4000.0
            institute.core_budget = (1.0 - parameters.programme_part_2016) * pay / parameters.institute_wage_share
            institute.cash = 0.0


@kernel
def begin_pools(firms, institutes, adopters, pools, regions, nation, parameters):
    """Book heads with their employers and give every pool its wage and its people between posts."""
    for row in range(pools.shape[0]):
        pool = pools[row]
        pool.in_firms = 0.0
        pool.in_institutes = 0.0
        pool.in_adopters = 0.0
        pool.in_centres = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            for t in range(3):
                pools[firm.region * 5 + t].in_firms += firm.staff[t]
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            pools[institute.region * 5].in_institutes += institute.seniors
            pools[institute.region * 5 + 1].in_institutes += institute.engineers
    for row in range(adopters.shape[0]):
        if adopters[row].adopted:
            pools[adopters[row].region * 5 + 3].in_adopters += adopters[row].skilled_staff
    for row in range(regions.shape[0]):
        for t in range(2):
            pools[row * 5 + t].in_centres = regions[row].centre_staff[t]
    for row in range(pools.shape[0]):
        pool = pools[row]
        employed = employed_of(pool)
        pool.available = employed * parameters.frictional_share / (1.0 - parameters.frictional_share)
        pool.wanted = employed
        pool.fill_share = 1.0
    for row in range(regions.shape[0]):
        region = regions[row]
        region.staff_2016 = 1.0
        for t in range(3):
            pool = pools[row * 5 + t]
            region.staff_2016 += people_of(pool)


@kernel
def begin_wages(pools, parameters):
    """Give every pool the wage of 2016: the national wage of its tier times the region's level."""
    for row in range(pools.shape[0]):
        pool = pools[row]
        if pool.tier == 0:
            national = parameters.senior_wage_2016
        elif pool.tier == 1:
            national = parameters.engineer_wage_2016
        elif pool.tier == 2:
            national = parameters.plus_x_wage_2016
        elif pool.tier == 3:
            national = parameters.skilled_wage_2016
        else:
            national = parameters.displaced_wage_2016
        pool.wage_2016 = national * pool.wage_level
        pool.wage = pool.wage_2016


@kernel
def begin_fields(institutes, fields, nation, before, parameters):
    """Give open and kept knowledge their stocks of 2016: where inflow, decay and growth balance."""
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            heads = institute.engineers + parameters.senior_weight * institute.seniors
            if institute.kind == DEFENCE:
                heads *= shared_share(parameters.defence_openness, before.dual_use_transfer, parameters.transfer_reach)
            for f in range(fields.shape[0]):
                release = institute.openness + (1.0 - institute.openness) * before.open_source_share
                fields[f].public_knowledge += heads * institute.profile[f] * release
                fields[f].closed_knowledge += heads * institute.profile[f] * (1.0 - release)
    wear = 0.25 * (parameters.public_knowledge_decay + parameters.knowledge_growth_2016)
    for f in range(fields.shape[0]):
        fields[f].public_knowledge /= wear
        fields[f].closed_knowledge /= wear


@kernel
def begin_students(regions, parameters):
    """Fill the cohorts with the students of 2016."""
    for row in range(regions.shape[0]):
        region = regions[row]
        for slot in range(region.cohorts.shape[0]):
            places = 250.0 * parameters.degree_places_2016 * region.seat_share
            asking = applicants(places, 1.0, parameters.study_elasticity, parameters.applicants_per_place, 0.0, 0.0)
            region.cohorts[slot] = enrolled(places, asking)


@kernel
def begin_funds(funds, nation, parameters):
    """Give private funds the cash of a few quarters of placements."""
    for row in range(funds.shape[0]):
        fund = funds[row]
        if fund.kind == FundKind.MARKET or fund.kind == FundKind.VENTURE:
            fund.cash = fund.weight * parameters.venture_2016 * (1.0 / parameters.deployment - 1.0)


@kernel
def begin_partners(levers, budgets, policy, before, parameters):
    """Owe private partners of infrastructure what keeps service and new money of partners in balance."""
    part = before.ppp_share * parameters.partner_raised
    ratio = part / (1.0 - part)
    for row in range(levers.shape[0]):
        if is_project(row):
            purse = budgets[row] * policy.implementation_effectiveness
            joined = purse * ratio / (1.0 + ratio * (1.0 + parameters.partner_term * parameters.partner_return))
            levers[row].owed = 4.0 * parameters.partner_term * joined
