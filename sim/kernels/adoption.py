"""User organisations: what their sector looks like, whether they adopt, how deeply they use AI, what they order."""

from __future__ import annotations

import math

from sim._jit import gather, kernel
from sim.draws import Purpose, uniform
from sim.kernels.policy import success
from sim.rules.adoption import (
    adoption_hazard,
    burden,
    factory_step,
    hardware_spending,
    intensity_ceiling,
    intensity_next,
    net_benefit,
    obstacle,
    size_factor,
    technology_spending,
)
from sim.rules.innovation import quarterly
from sim.rules.market import variety_factor
from sim.rules.talent import displaced
from sim.rules.world import readiness

_MANUFACTURING = 0  # row of manufacturing in APPLICATIONS (held by a test)


@kernel
def measure_users(adopters, adopter_flows, applications, nation, parameters):
    """Sum output, adoption and intensity by application, from the stocks of the last quarter."""
    for row in range(applications.shape[0]):
        application = applications[row]
        application.output = 0.0
        application.adopted_share = 0.0
        application.adopted_count = 0.0
        application.intensity = 0.0
        application.organisations = 0.0
        application.large_users = 0.0
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        application = applications[adopter.application]
        flow.output = adopter.output_2016 * application.output_index
        application.output += flow.output
        application.organisations += adopter.weight
        if adopter.adopted:
            application.adopted_share += flow.output
            application.adopted_count += adopter.weight
            application.intensity += flow.output * adopter.intensity
            if adopter.employees >= parameters.large_employees:
                application.large_users += adopter.weight
    output = 0.0
    used = 0.0
    for row in range(applications.shape[0]):
        application = applications[row]
        output += application.output
        used += application.intensity
        if application.output > 0.0:
            application.adopted_share /= application.output
            application.intensity /= application.output
            application.adopted_count /= application.organisations
    nation.exposure = used / output if output > 0.0 else 0.0


@gather
def subsidy_rate(application, policy):
    """Return the part of AI spending that adoption subsidies repay: private users only."""
    return 0.0 if application.public else policy.adoption_subsidy_rate


@gather
def cost_factor(application, nation, policy, before, parameters):
    """Return the cost of using AI beyond its price, 1 under the conditions of 2016."""
    doubt = 1.0 + parameters.doubt_cost * application.benefit_doubt * (1.0 - application.adopted_share)
    cost = (1.0 - subsidy_rate(application, policy)) * doubt / (1.0 + parameters.doubt_cost)
    cost *= obstacle(parameters.legal_risk_cost, application.risk, policy.regulatory_clarity, before.regulatory_clarity)
    cost *= burden(parameters.compliance_cost, 1.0, policy.safety_supervision, before.safety_supervision)
    cost *= obstacle(parameters.transaction_cost, 1.0, policy.trust_infrastructure, before.trust_infrastructure)
    cost *= obstacle(parameters.integration_cost, 1.0, policy.standards_programme, before.standards_programme)
    cost *= burden(
        parameters.personal_data_cost, application.personal_data, policy.data_protection, before.data_protection
    )
    return cost * (1.0 + parameters.user_wage_part * (nation.user_wage - 1.0))


@kernel
def weigh_benefits(applications, sectors, nation, policy, before, world, parameters, sector_application):
    """Price the benefit of AI for every application from the suppliers it can reach."""
    private = 0.0  # the industries in which demonstration projects are run
    for row in range(applications.shape[0]):
        private += 0.0 if applications[row].public else 1.0
    projects = 0.25 * policy.demonstration_projects * policy.implementation_effectiveness / private
    projects *= success(policy, before, parameters)
    for row in range(applications.shape[0]):
        application = applications[row]
        quality = 0.0
        price = 0.0
        for s in range(sectors.shape[0]):
            sector = sectors[s]
            weight = sector_application[row, s]
            choice = variety_factor(sector.firms, sector.firms_2016, parameters.variety_elasticity)
            supplied = sector.domestic * sector.quality * choice + sector.foreign * sector.frontier
            quality += weight * supplied / (sector.domestic + sector.foreign)
            price += weight * sector.price
        application.quality = quality
        application.price = price
        if not application.public:
            application.benefit_doubt *= math.exp(-projects / parameters.projects_per_sector)
        application.cost = cost_factor(application, nation, policy, before, parameters)
        benefit = net_benefit(quality, parameters.quality_2016, price, application.cost, parameters.benefit_elasticity)
        application.benefit = benefit * (1.0 + parameters.generative_wave_benefit * world.benefit_jump)


@kernel
def order_for_public(applications, levers, parameters):
    """Turn procurement money into orders of the applications it is meant for, by their output."""
    for row in range(applications.shape[0]):
        application = applications[row]
        application.public_technology = 0.0
        application.public_hardware = 0.0
        if application.procurement >= 0:
            reached = 0.0
            for other in range(applications.shape[0]):
                if applications[other].procurement == application.procurement:
                    reached += applications[other].output
            if reached > 0.0:
                money = levers[application.procurement].purse * application.output / reached
                application.public_technology = parameters.public_technology_part * money
                application.public_hardware = (1.0 - parameters.public_technology_part) * money


@gather
def adopt_row(adopter, flow, application, region, pool, nation, policy, before, parameters, key, q):
    """Return readiness, hazard of adopting, and whether the organisation adopts; `pool` holds the region's AI users."""
    found = pool.fill_share
    if adopter.adopted and flow.skilled_wanted > 0.0:
        found = min(1.0, adopter.skilled_staff / flow.skilled_wanted)
    skills = 1.0 - parameters.skill_weight * (1.0 - found)
    skills *= 1.0 + parameters.literacy_readiness * nation.staff_literacy
    ready = readiness(adopter.maturity, region.coverage, nation.data_readiness, skills)
    if adopter.adopted:
        return ready, 0.0, False
    ordered = 0.0
    potential = application.spend_weight * nation.spend_per_intensity * application.output
    if potential > 0.0:
        ordered = min(1.0, application.public_technology / potential)
    relief = parameters.cloud_effect * (policy.sme_cloud_platforms - before.sme_cloud_platforms)
    size = size_factor(adopter.employees, application.employees_mean, parameters.size_slope, relief)
    hazard = adoption_hazard(
        parameters.adoption_external_influence + parameters.order_influence * ordered,
        parameters.adoption_peer_influence,
        application.adopted_share,
        size / application.size_norm,
        application.benefit**parameters.adoption_benefit,
        (nation.trust / parameters.trust_baseline) ** parameters.trust_elasticity,
        ready / parameters.readiness_2016,
    )
    u = uniform(key.seed, key.run, adopter.id, q, Purpose.ADOPTION)
    return ready, hazard, u < quarterly(hazard)


@kernel
def adopt(adopters, adopter_flows, applications, regions, pools, nation, policy, before, parameters, key, q):
    """Ask every organisation whether it adopts."""
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        flow.readiness, flow.hazard, flow.adopts = adopt_row(
            adopter,
            flow,
            applications[adopter.application],
            regions[adopter.region],
            pools[adopter.region * 5 + 3],
            nation,
            policy,
            before,
            parameters,
            key,
            q,
        )


@gather
def deepen_row(adopter, flow, application, policy, before, parameters):
    """Return the organisation's AI intensity after this quarter."""
    if flow.adopts:
        return parameters.entry_intensity
    if not adopter.adopted:
        return 0.0
    aim = intensity_ceiling(
        application.benefit,
        parameters.half_benefit,
        flow.readiness / parameters.readiness_2016,
        parameters.intensity_ceiling,
    )
    deeper = intensity_next(adopter.intensity, min(1.0, aim), parameters.deepening_speed, application.served)
    if adopter.application == _MANUFACTURING and adopter.employees >= parameters.large_employees:
        factories = 0.25 * policy.smart_factory_programme * policy.implementation_effectiveness
        factories *= success(policy, before, parameters)
        deeper += factory_step(factories, application.large_users, parameters.factory_step, deeper)
    return deeper


@kernel
def deepen(adopters, adopter_flows, applications, policy, before, parameters):
    """Ask every organisation how deeply it uses AI."""
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        flow.intensity_next = deepen_row(adopter, flow, applications[adopter.application], policy, before, parameters)


@gather
def order_row(adopter, flow, application, nation, policy, parameters):
    """Return own orders for technology and for hardware, and the digital budget, mn CNY.

    The digital budget pays what is needed, up to a multiple of the running cost of the AI in use; wages are owed.
    """
    part = flow.output / application.output if application.output > 0.0 else 0.0
    kappa = application.spend_weight * nation.spend_per_intensity
    running = technology_spending(flow.output, kappa, flow.intensity_next)
    technology = max(0.0, running - parameters.public_displacement * application.public_technology * part)
    hardware = hardware_spending(
        flow.output,
        kappa * 2.0 * (1.0 - parameters.line_part) * parameters.hardware_per_technology,
        flow.intensity_next - adopter.intensity,
        adopter.intensity,
        parameters.hardware_wear,
    )
    hardware = max(0.0, hardware - parameters.public_displacement * application.public_hardware * part)
    need = (technology + hardware) * (1.0 - subsidy_rate(application, policy))
    budget = min(max(0.0, need + flow.wages - adopter.cash), parameters.digital_budget * running + flow.wages)
    share = min(1.0, max(0.0, adopter.cash + budget - flow.wages) / need) if need > 0.0 else 0.0
    return share * technology, share * hardware, budget


@kernel
def order(adopters, adopter_flows, applications, nation, policy, parameters):
    """Ask every organisation what it orders."""
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        flow.technology_ordered, flow.hardware_ordered, flow.budget = order_row(
            adopter, flow, applications[adopter.application], nation, policy, parameters
        )


@kernel
def sum_orders(adopters, adopter_flows, applications):
    """Sum the organisations' orders by application and pass public orders on to them by output."""
    for row in range(applications.shape[0]):
        applications[row].technology = 0.0
        applications[row].hardware = 0.0
    for row in range(adopters.shape[0]):
        flow = adopter_flows[row]
        application = applications[adopters[row].application]
        application.technology += flow.technology_ordered
        application.hardware += flow.hardware_ordered
        part = flow.output / application.output if application.output > 0.0 else 0.0
        flow.public_technology = part * application.public_technology
        flow.public_hardware = part * application.public_hardware


@kernel
def put_to_use(adopters, adopter_flows, applications, regions, pools, nation, parameters, q):
    """Put adoption, intensity and AI capital in place; displace workers."""
    nation.displaced = 0.0
    for row in range(regions.shape[0]):
        regions[row].displaced = 0.0
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        application = applications[adopter.application]
        new = flow.intensity_next - adopter.intensity
        flow.displaced = displaced(new, application.exposed_jobs, adopter.employees * adopter.weight)
        regions[adopter.region].displaced += flow.displaced
        if flow.adopts:
            adopter.adopted = True
            adopter.adopted_at = q
        adopter.intensity = flow.intensity_next
        paid = flow.technology_paid + flow.hardware_paid
        yearly = 4.0 * flow.output
        adopter.ai_capital *= 1.0 - parameters.ai_capital_wear / 4.0
        if yearly > 0.0:
            adopter.ai_capital += paid / yearly
    for row in range(regions.shape[0]):
        pools[row * 5 + 4].available += regions[row].displaced
        nation.displaced += regions[row].displaced
        nation.drawn += regions[row].displaced
