"""What changes around the agents: frontier, compute, infrastructure, trust."""

from __future__ import annotations

import math

import numpy as np

from sim._jit import gather, kernel
from sim.draws import Purpose, poisson, uniform
from sim.plan.lever_ids import Lever
from sim.rules.innovation import stock_next
from sim.rules.world import (
    compute_price,
    coverage_next,
    energy_price,
    frontier_next,
    incident_rate,
    literacy_next,
    trust_next,
    with_energy,
)

_CHIPS = 14  # row of computing_chips in FIELDS (held by a test)


@kernel
def advance_macro(nation, applications, world, parameters):
    """Move GDP, wages, venture money and users' output along published paths, then along the run's growth rates."""
    later = math.exp(0.25 * parameters.gdp_growth_later)
    nation.gdp_growth = world.gdp_growth if world.gdp_growth > 0.0 else later
    nation.gdp *= nation.gdp_growth
    nation.wage_growth = world.wage_growth if world.wage_growth > 0.0 else math.exp(0.25 * parameters.wage_growth_later)
    nation.wage *= nation.wage_growth
    if world.venture > 0.0:
        nation.venture_all = world.venture
    else:
        nation.venture_all *= math.exp(0.25 * parameters.venture_growth_later)
    for row in range(applications.shape[0]):
        application = applications[row]
        application.trend *= nation.gdp_growth * world.output_drift[row]
        application.output_index = application.trend * (1.0 - parameters.slump_depth * world.slump)


@gather
def knowledge_lost(world, parameters):
    """Return the part of the world's knowledge that controls keep away; where they spur, most stays in reach."""
    return (1.0 - world.import_access) * (1.0 - parameters.control_shield * parameters.control_spur)


@kernel
def advance_frontier(fields, sectors, world, parameters, field_sector):
    """Move the world frontier of every field, and what follows from it for every core sector."""
    for row in range(fields.shape[0]):
        field = fields[row]
        growth = field.growth * parameters.frontier_speed
        field.frontier = frontier_next(
            field.frontier, growth, parameters.generative_wave_jump * world.frontier_jump[row]
        )
    measure_fields(fields, sectors, parameters, field_sector)


@kernel
def measure_fields(fields, sectors, parameters, field_sector):
    """Weigh the fields of every core sector: world frontier, domestic science, public knowledge."""
    for row in range(sectors.shape[0]):
        sector = sectors[row]
        frontier = 0.0
        science = 0.0
        known = 0.0
        closed = 0.0
        for f in range(fields.shape[0]):
            weight = field_sector[f, row]
            frontier += weight * math.log(fields[f].frontier)
            science += weight * math.log(fields[f].level)
            known += weight * fields[f].public_knowledge
            closed += weight * fields[f].closed_knowledge
        sector.frontier = math.exp(frontier)
        sector.science = math.exp(science)
        sector.public_knowledge = known / parameters.public_knowledge_reference
        sector.closed_knowledge = closed / parameters.public_knowledge_reference


@kernel
def price_compute(nation, fields, levers, policy, before, world, parameters):
    """Let compute supply follow demand and public building, then price it with the energy it needs."""
    nation.energy_price = energy_price(policy.energy_supply, before.energy_supply, parameters.energy_saving)
    nation.compute_trend *= math.exp(
        0.25 * math.log(1.0 - parameters.compute_price_decline) - parameters.compute_break * world.compute_break
    )
    built = levers[Lever.compute_investment].built / (parameters.compute_unit_cost * nation.compute_trend)
    chase = parameters.compute_supply_speed * (nation.compute_demand - nation.compute_supply)
    nation.compute_supply = max(0.1, nation.compute_supply + max(0.0, chase) + built)
    dependence = 1.0 - min(1.0, fields[_CHIPS].level / fields[_CHIPS].frontier)
    premium = parameters.restricted_chip_premium * (1.0 - world.import_access) * dependence
    demand = max(0.1, nation.compute_demand)
    price = compute_price(nation.compute_trend, demand, nation.compute_supply, parameters.compute_scarcity, premium)
    nation.compute_price = with_energy(price, nation.energy_price, parameters.energy_part)


@kernel
def build_infrastructure(nation, regions, levers, policy, parameters):
    """Turn spending into network coverage, data infrastructure, platforms and open data."""
    yearly_gdp = parameters.gdp_2016 * 1000.0 * nation.gdp
    for row in range(regions.shape[0]):
        region = regions[row]
        region.coverage = coverage_next(
            region.coverage, levers[Lever.network_investment].built / yearly_gdp, parameters.network_cost
        )
    nation.data_readiness = coverage_next(
        nation.data_readiness, levers[Lever.data_infrastructure].built / yearly_gdp, parameters.data_cost
    )
    nation.platform_capital = stock_next(
        nation.platform_capital, levers[Lever.platform_investment].built, parameters.platform_wear / 4.0
    )
    nation.open_data = stock_next(
        nation.open_data,
        parameters.open_data_yield * policy.open_public_data,
        parameters.data_decay / 4.0,
    )


@kernel
def spread_literacy(nation, policy, parameters):
    """Let young people learn about AI at school as far as it is taught, and carry it into staff as staff is renewed."""
    nation.staff_literacy += parameters.staff_renewal / 4.0 * (nation.literacy - nation.staff_literacy)
    covered = policy.ai_literacy * policy.implementation_effectiveness
    nation.literacy = literacy_next(nation.literacy, covered, parameters.literacy_years)


@kernel
def move_trust(nation, policy, before, world, parameters, key, q):
    """Draw the quarter's incidents and let trust fall and recover; protection of data raises what it returns to."""
    rate = incident_rate(
        parameters.incident_rate / 4.0, nation.exposure, policy.safety_supervision, parameters.supervision_effect
    )
    u = uniform(key.seed, key.run, np.int64(0), q, Purpose.INCIDENT)
    nation.incidents = poisson(u, rate, 50)
    open_talk = 1.0 + parameters.communication_effect * (policy.public_communication - before.public_communication)
    recovery = math.log(2.0) / (4.0 * parameters.trust_half_life) * max(0.0, open_talk)
    nation.trust = trust_next(
        nation.trust - parameters.scandal_shock * world.scandal,
        parameters.trust_baseline + parameters.trust_protection * (policy.data_protection - before.data_protection),
        recovery,
        float(nation.incidents),
        parameters.incident_shock,
    )
