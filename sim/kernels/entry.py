"""New firms: start-ups, spin-offs of institutes, incumbents newly counted; and new institutes."""

from __future__ import annotations

import math

import numpy as np

from sim._jit import gather, kernel
from sim.draws import Purpose, normal, poisson, uniform, uniform4
from sim.kernels.demography import new_places
from sim.kernels.talent import people_of
from sim.rules.demography import market_attraction, recognition_rate, startup_rate
from sim.state.finance import Flow

STARTUP, SPIN_OFF, INCUMBENT = 0, 1, 2
_STATE_LABORATORY = 1
_ROUNDING = 1e-6  # persons; less than that in a pool is left over from rounding


@kernel
def entrant_id(quarter, region, sector, origin, ordinal):
    """Return the permanent id of a firm that arises at a place and time; the first firms have ids below 2**32."""
    place = ((np.int64(quarter) + 1) * 32 + region) * 8 + sector
    return (np.int64(1) << 40) + (place * 4 + origin) * 256 + ordinal


@gather
def attraction_row(sector, parameters):
    """Return the attraction of the sector for new firms, 1 under the conditions of 2016."""
    return market_attraction(
        sector.growth,
        parameters.growth_2016,
        parameters.entry_market_pull,
        max(0.1, sector.firms / sector.firms_2016),
        parameters.entry_crowding,
    )


@gather
def startup_row(region, sector, pools, nation, policy, before, parameters, s):
    """Return the expected start-ups of the region in core sector `s` this quarter."""
    staff = 0.0
    for t in range(3):
        pool = pools[region.id * 5 + t]
        staff += people_of(pool)
    talent = staff / region.staff_2016
    money = nation.venture_placed / parameters.venture_2016
    incubation = max(-0.9, parameters.incubator_yield * new_places(policy, before))
    zone = parameters.zone_entry if policy.pilot_zones[region.id] > 0.5 else 0.0
    zone += parameters.park_entry * region.park_cover
    base = region.startup_base[s] * parameters.startups_2016 / 4.0
    return startup_rate(
        base, min(100.0, talent * money), parameters.entry_means, attraction_row(sector, parameters), incubation, zone
    )


@gather
def recognition_row(region, sector, nation, parameters, s):
    """Return the expected incumbents of the region newly counted in core sector `s` this quarter."""
    visibility = (sector.technology / parameters.sector_sales_2016 + 0.05) ** parameters.recognition_visibility
    # Growth draws attention to an incumbent; firms already on the list do not keep it off.
    growth = market_attraction(sector.growth, parameters.growth_2016, parameters.entry_market_pull, 1.0, 0.0)
    return recognition_rate(region.latent[s], parameters.recognition_hazard / 4.0, growth, min(9.0, visibility))


@kernel
def draw_births(births, regions, sectors, pools, nation, policy, before, parameters, key, q):
    """Draw start-ups and newly counted incumbents, region by region and sector by sector."""
    nation.births = 0
    for r in range(regions.shape[0]):
        for s in range(sectors.shape[0]):
            place = np.int64(r * 8 + s)
            mean = startup_row(regions[r], sectors[s], pools, nation, policy, before, parameters, s)
            new = poisson(uniform(key.seed, key.run, place, q, Purpose.ENTRY_COUNT), mean, 100)
            for k in range(new):
                register(births, nation, entrant_id(q, r, s, STARTUP, k), STARTUP, r, s)
            mean = recognition_row(regions[r], sectors[s], nation, parameters, s)
            new = poisson(uniform(key.seed, key.run, place, q, Purpose.RECOGNITION_COUNT), mean, 100)
            new = min(new, int(regions[r].latent[s]))
            regions[r].latent[s] -= new
            for k in range(new):
                register(births, nation, entrant_id(q, r, s, INCUMBENT, k), INCUMBENT, r, s)


@kernel
def draw_spin_offs(births, institutes, institute_flows, regions, nation, key, q):
    """Register the firms that institute staff found; the sector follows the region's start-ups."""
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            u = uniform4(key.seed, key.run, institute.id, q, Purpose.SPIN_OFF_COUNT)
            for k in range(institute_flows[row].spin_offs):
                s = choose(regions[institute.region].startup_base, u[1 + k % 3])
                # The institute's row keeps spin-offs of one region and sector apart.
                identity = entrant_id(q, institute.region, s, SPIN_OFF, k) + (np.int64(row + 1) << 44)
                register(births, nation, identity, SPIN_OFF, institute.region, s)


@kernel
def register(births, nation, identity, origin, region, sector):
    """Note a new firm for `found_firms`; what the table cannot hold is counted as turned away there."""
    if nation.births < births.shape[0]:
        birth = births[nation.births]
        birth.id = identity
        birth.origin = origin
        birth.region = region
        birth.sector = sector
    nation.births += 1


@kernel
def choose(weights, u):
    """Return the index whose part of the summed weights holds u."""
    total = 0.0
    for k in range(weights.shape[0]):
        total += weights[k]
    below = 0.0
    for k in range(weights.shape[0]):
        below += weights[k]
        if u * total <= below:
            return k
    return weights.shape[0] - 1


@kernel
def found_firms(births, firms, firm_flows, blank_flow, sectors, pools, funds, nation, parameters, books, key, q):
    """Set up the registered firms in free rows; a full table turns them away and is reported."""
    nation.entries = 0
    nation.recognised = 0
    nation.turned_away = max(0, nation.births - births.shape[0])
    row = 0
    for number in range(min(nation.births, births.shape[0])):
        birth = births[number]
        while row < firms.shape[0] and firms[row].alive:
            row += 1
        if row == firms.shape[0]:
            nation.turned_away += 1
            continue
        nation.firm_rows = max(nation.firm_rows, row + 1)
        firm_flows[row] = blank_flow[0]
        firm = firms[row]
        firm.id = birth.id
        firm.origin = birth.origin
        firm.region = birth.region
        firm.sector = birth.sector
        firm.birth = q
        firm.alive = True
        u = uniform4(key.seed, key.run, birth.id, q, Purpose.ENTRANT)
        v = uniform4(key.seed, key.run, birth.id, q, Purpose.ENTRANT_SIZE)
        size = math.exp(parameters.entrant_size_spread * normal(u[2]))
        _endow_skill(firm, sectors[firm.sector], funds, parameters, u, v, size)
        _endow_market(firm, sectors[firm.sector], nation, parameters, v, size)
        _endow_money(firm, parameters, books, size)
        _endow_staff(firm, pools, nation, parameters, size)
        if firm.origin == INCUMBENT:
            nation.recognised += 1
        else:
            nation.entries += 1


@kernel
def _endow_skill(firm, sector, funds, parameters, u, v, size):
    premium = parameters.spin_off_quality if firm.origin == SPIN_OFF else 0.0
    spread = parameters.entrant_quality_spread * normal(u[0])
    firm.quality = sector.quality_mean * math.exp(parameters.entrant_quality + premium + spread)
    firm.rd_intensity = parameters.rd_intensity * math.exp(parameters.rd_intensity_spread * normal(u[1]))
    firm.knowledge = parameters.entrant_knowledge * size
    firm.data_stock = parameters.entrant_data * size
    firm.compute = 0.0
    below = 0.0
    for k in range(funds.shape[0]):
        if funds[k].weight > 0.0:
            firm.fund = k
            below += funds[k].weight
            if v[2] <= below:
                break


@kernel
def _endow_market(firm, sector, nation, parameters, v, size):
    incumbent = firm.origin == INCUMBENT
    scale = parameters.incumbent_share if incumbent else parameters.entrant_share
    firm.share = scale * size / max(1.0, sector.firms)
    firm.price = sector.price
    firm.technology_sales = 0.0
    firm.bundled_sales = 0.0
    firm.line_sales = 0.0
    if incumbent:
        spread = parameters.line_spread
        luck = math.exp(spread * normal(v[0]) - 0.5 * spread * spread)
        firm.line_sales = 2.0 * parameters.line_part * parameters.incumbent_lines / 4.0 * nation.gdp * luck
    firm.backlog = 0.0
    firm.tightness = 1.0
    firm.public_supplier = False
    firm.in_zone = False
    firm.high_tech = False
    firm.thin_quarters = 0


@kernel
def _endow_money(firm, parameters, books, size):
    capital = parameters.founders_capital
    flow = Flow.FOUNDERS_CAPITAL
    if firm.origin == INCUMBENT:
        capital = parameters.incumbent_capital
        flow = Flow.PARENT_CAPITAL
    books[flow].paid += capital * size
    firm.cash = size * capital
    books[flow].received += firm.cash
    firm.paid_in = 0.0
    firm.venture_stake = 0.0
    firm.guidance_stake = 0.0
    firm.last_round = -999
    firm.tax_loss = 0.0


@kernel
def _endow_staff(firm, pools, nation, parameters, size):
    # Start-ups hire people who look for work; incumbents bring their own software staff into the AI count. Founders and
    # parents bring the equipment of the first staff in kind, that of one head at the least: without it the first orders
    # could not be delivered.
    for t in range(3):
        pool = pools[firm.region * 5 + t]
        wish = size * (parameters.entrant_seniors if t == 0 else parameters.entrant_staff)
        if firm.origin == INCUMBENT:
            firm.staff[t] = wish
            nation.drawn += wish
        else:
            found = parameters.entrant_hire * pool.available
            firm.staff[t] = min(wish, found) if found > _ROUNDING else 0.0
            pool.available -= firm.staff[t]
        pool.in_firms += firm.staff[t]
    firm.capital = parameters.capital_per_head * max(1.0, firm.staff[2])


@kernel
def found_institutes(institutes, institute_flows, regions, nation, policy, parameters, key, q):
    """Found the laboratories of the quarter where seats of learning are; parts of a laboratory are carried over."""
    nation.institutes_due += 0.25 * policy.innovation_bases * policy.implementation_effectiveness
    ordinal = 0
    while nation.institutes_due >= 1.0 and nation.institute_rows < institutes.shape[0]:
        nation.institutes_due -= 1.0
        row = nation.institute_rows
        nation.institute_rows += 1
        u = uniform4(key.seed, key.run, np.int64(ordinal), q, Purpose.NEW_INSTITUTE)
        ordinal += 1
        institute = institutes[row]
        institute.id = (np.int64(1) << 40) + np.int64(q) * 256 + ordinal
        institute.alive = True
        institute.kind = _STATE_LABORATORY
        institute.birth = q
        below = 0.0
        for r in range(regions.shape[0]):
            institute.region = r
            below += regions[r].seat_share
            if u[0] <= below:
                break
        institute.seniors = 0.0
        institute.engineers = 0.0
        institute.cash = 0.0
        institute.core_budget = parameters.laboratory_budget / 4.0
        institute.openness = parameters.laboratory_openness
        for f in range(institute.profile.shape[0]):
            institute.profile[f] = 1.0 / institute.profile.shape[0]
        institute_flows[row].spin_offs = 0
