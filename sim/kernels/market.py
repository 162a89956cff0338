"""Competition for orders, delivery within capacity, imports and exports."""

from __future__ import annotations

import math

from sim._jit import gather, kernel
from sim.draws import Purpose, normal, uniform4
from sim.rules.innovation import quarterly
from sim.rules.market import (
    attractiveness,
    capacity,
    domestic_share,
    export_factor,
    markup_of,
    price_next,
    pull,
    replaced_at_home,
    unit_cost,
)
from sim.rules.staffing import delivery_productivity
from sim.state.finance import Flow


@gather
def productivity_row(firm, parameters):
    """Return the AI technology one AI+X employee of the firm delivers in a quarter, mn CNY."""
    return delivery_productivity(
        parameters.delivery_per_head / 4.0,
        firm.quality / parameters.quality_2016,
        parameters.delivery_quality,
        firm.price,
    )


@gather
def set_price_row(firm, pool, nation, parameters):
    """Return the firm's price of this quarter; `pool` is the region's pool of AI+X staff."""
    productivity = (firm.quality / parameters.quality_2016) ** parameters.delivery_quality
    cost = unit_cost(pool.wage / pool.wage_2016, productivity, nation.compute_price, parameters.delivery_wage_share)
    markup = markup_of(firm.share, parameters.markup_slope, firm.tightness, parameters.scarcity_pricing)
    return price_next(firm.price, cost, markup, parameters.price_speed)


@kernel
def set_prices(firms, firm_flows, pools, nation, parameters):
    """Ask every firm for its price."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            firm_flows[row].price_next = set_price_row(firm, pools[firm.region * 5 + 2], nation, parameters)


@gather
def buy_compute_row(firm, pools, parameters):
    """Return what the firm spends on computing this quarter, mn CNY."""
    first = firm.region * 5
    research = (firm.staff[0] * pools[first].wage + firm.staff[1] * pools[first + 1].wage) / 4000.0
    return parameters.compute_per_research * research + parameters.compute_per_sale * firm.technology_sales


@kernel
def buy_compute(firms, firm_flows, pools, nation, parameters):
    """Ask every firm what it spends on computing."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            firm_flows[row].compute_spending = buy_compute_row(firm, pools, parameters)


@kernel
def provide_compute(firms, firm_flows, nation, parameters):
    """Turn spending into computing power at this quarter's price; sum real use."""
    used = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            firm.price = flow.price_next
            real = flow.compute_spending / nation.compute_price
            firm.compute = real / parameters.compute_reference
            used += real
    nation.compute_demand = used / parameters.compute_use_2016


@gather
def compete_row(firm, sector, policy, parameters, key, q):
    """Return pull on private orders, pull on public orders, first public order won, pilot zone joined."""
    u = uniform4(key.seed, key.run, firm.id, q, Purpose.DEMAND_NOISE)
    advantage = attractiveness(firm.quality, firm.price, sector.quality_mean, sector.price)
    luck = math.exp(parameters.order_luck * normal(u[0]) - 0.5 * parameters.order_luck * parameters.order_luck)
    private = pull(firm.share, advantage, parameters.share_persistence, parameters.share_exponent, luck)
    v = uniform4(key.seed, key.run, firm.id, q, Purpose.CONTRACT)
    wins = not firm.public_supplier and v[0] < quarterly(parameters.contract_hazard * min(3.0, advantage))
    public = private if firm.public_supplier or wins else 0.0
    joins = not firm.in_zone and policy.pilot_zones[firm.region] > 0.5 and v[1] < quarterly(parameters.zone_hazard)
    return private, public, wins, joins


@kernel
def compete(firms, firm_flows, sectors, policy, nation, parameters, key, q):
    """Ask every firm how strongly it pulls orders."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.pull, flow.public_pull, flow.wins_contract, flow.joins_zone = compete_row(
                firm, sectors[firm.sector], policy, parameters, key, q
            )


@kernel
def collect_demand(applications, sectors, sector_application, policy, before, world, parameters):
    """Sum orders by core sector and split them between domestic firms and imports; size orders from abroad."""
    regime = parameters.control_spur
    substitution = parameters.substitution_hurt + regime * (parameters.substitution_spur - parameters.substitution_hurt)
    replaced = replaced_at_home(world.import_access, parameters.controlled_imports, substitution)
    lost = (1.0 - world.import_access) * parameters.controlled_imports
    further = export_factor(
        parameters.partner_exports * (policy.belt_and_road - before.belt_and_road),
        parameters.standards_exports * (policy.standards_programme - before.standards_programme),
        parameters.abroad_exports * (policy.outward_investment - before.outward_investment),
    )
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        sector.demand = 0.0
        sector.public_demand = 0.0
        sector.hardware = 0.0
        sector.public_hardware = 0.0
        for a in range(applications.shape[0]):
            weight = sector_application[a, s]
            sector.demand += weight * applications[a].technology
            sector.public_demand += weight * applications[a].public_technology
            sector.hardware += weight * applications[a].hardware
            sector.public_hardware += weight * applications[a].public_hardware
        parity = parameters.quality_2016
        free = domestic_share(
            sector.quality, sector.frontier, parity, sector.domestic_2016, parameters.import_elasticity
        )
        sector.domestic, sector.foreign = _supply(1.0 - free, lost, replaced)
        sector.public_domestic, sector.public_foreign = _supply(
            (1.0 - free) * parameters.public_import_part, lost, replaced
        )
        # Orders from abroad follow what is sold at home: exports that grew on themselves would know no bound.
        abroad = sector.export_demand / sector.ordered if sector.ordered > 0.0 else sector.export_2016
        ratio = sector.quality / (sector.frontier * parity)
        odds = sector.export_2016 / (1.0 - sector.export_2016) * ratio**parameters.export_elasticity
        sector.export_demand = further * odds * (1.0 - abroad) * sector.technology


@gather
def _supply(foreign, lost, replaced):
    # Domestic and foreign shares of orders: of what controls take away, a part is replaced and the rest is not served.
    return 1.0 - foreign + foreign * replaced, foreign * (1.0 - lost)


@kernel
def move_shares(firms, firm_flows, sectors, nation, parameters):
    """Move every firm's share of orders towards its pull; a part of the market moves in a quarter."""
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        sector.pull = 0.0
        sector.public_pull = 0.0
        sector.shares = 0.0
    for row in range(nation.firm_rows):
        if firms[row].alive:
            sector = sectors[firms[row].sector]
            sector.pull += firm_flows[row].pull
            sector.public_pull += firm_flows[row].public_pull
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            sector = sectors[firm.sector]
            firm.share += parameters.share_speed * (firm_flows[row].pull / sector.pull - firm.share)
            sector.shares += firm.share


@kernel
def offer_orders(firms, firm_flows, sectors, nation, parameters):
    """Offer orders to firms by share, set what each can deliver, and sum overflow and slack by sector."""
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        sector.overflow = 0.0
        sector.slack = 0.0
        sector.ordered = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            sector = sectors[firm.sector]
            share = firm.share / sector.shares
            public = flow.public_pull / sector.public_pull if sector.public_pull > 0.0 else share
            flow.public_technology = public * sector.public_demand * sector.public_domestic
            flow.orders = share * (sector.demand * sector.domestic + sector.export_demand) + flow.public_technology
            flow.capacity = capacity(
                firm.staff[2],
                productivity_row(firm, parameters),
                firm.capital,
                parameters.capital_per_head,
                parameters.capital_elasticity,
            )
            sector.overflow += max(0.0, flow.orders - flow.capacity)
            sector.slack += max(0.0, flow.capacity - flow.orders)
            sector.ordered += flow.orders


@kernel
def deliver(firms, firm_flows, sectors, nation, parameters):
    """Let firms deliver up to capacity; book how much of each sector's orders was served."""
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        sector.technology = 0.0
        passed = min(parameters.rerouting * sector.overflow, sector.slack)
        sector.passed = passed / sector.slack if sector.slack > 0.0 else 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            sector = sectors[firm.sector]
            own = min(flow.orders, flow.capacity)
            flow.technology = own + sector.passed * max(0.0, flow.capacity - flow.orders)
            sector.technology += flow.technology
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        sector.served = min(1.0, sector.technology / sector.ordered) if sector.ordered > 0.0 else 0.0


@kernel
def share_sales(firms, firm_flows, sectors, nation, parameters, books):
    """Split each firm's deliveries by customer, give it its part of hardware sales, and grow its existing lines."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            sector = sectors[firm.sector]
            abroad = sector.export_demand / sector.ordered if sector.ordered > 0.0 else 0.0
            flow.exported = flow.technology * abroad
            flow.public_technology = min(flow.technology, flow.public_technology * sector.served)
            part = flow.technology / sector.technology if sector.technology > 0.0 else 0.0
            flow.bundled = part * sector.served * (sector.hardware + sector.public_hardware)
            flow.public_bundled = part * sector.served * sector.public_hardware
            flow.lines = firm.line_sales * nation.gdp_growth * math.exp(0.25 * parameters.line_growth)
            books[Flow.TECHNOLOGY_SALES].received += flow.technology - flow.exported
            books[Flow.EXPORTS].received += flow.exported
            books[Flow.BUNDLED_SALES].received += flow.bundled
            books[Flow.LINE_SALES].received += flow.lines


@kernel
def rate_delivery(applications, sectors, sector_application, parameters):
    """Work out for every application what part of its orders arrived, from home and from abroad."""
    for a in range(applications.shape[0]):
        application = applications[a]
        application.delivered = 0.0
        application.imported = 0.0
        application.public_delivered = 0.0
        application.public_imported = 0.0
        application.hardware_delivered = 0.0
        for s in range(sectors.shape[0]):
            sector = sectors[s]
            weight = sector_application[a, s]
            missing = (1.0 - sector.served) * parameters.import_fill
            application.delivered += weight * sector.domestic * sector.served
            application.imported += weight * (sector.foreign + sector.domestic * missing)
            application.public_delivered += weight * sector.public_domestic * sector.served
            application.public_imported += weight * (sector.public_foreign + sector.public_domestic * missing)
            application.hardware_delivered += weight * sector.served
        application.served = application.delivered + application.imported
