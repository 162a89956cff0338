"""Talent pools: wages, study, moves, displacement and retraining; heads move between accounts and never vanish."""

from __future__ import annotations

import math

from sim._jit import gather, kernel
from sim.plan.lever_ids import Lever
from sim.rules.innovation import quarterly
from sim.rules.staffing import wage_next
from sim.rules.talent import (
    applicants,
    attrition_rate,
    completion,
    conversion,
    enrolled,
    leave_rate,
    return_rate,
    support,
    switching,
)
from sim.state.finance import Flow
from sim.state.people import STUDY_QUARTERS

SENIOR, ENGINEER, PLUS_X, SKILLED, DISPLACED = 0, 1, 2, 3, 4


@gather
def people_of(pool):
    """Return the people of a pool, with and without a post."""
    return pool.available + employed_of(pool)


@gather
def employed_of(pool):
    """Return the people of a pool who have a post."""
    return pool.in_firms + pool.in_institutes + pool.in_adopters + pool.in_centres


@gather
def set_wage_row(pool, nation, parameters):
    """Return the pool's wage of this quarter, thousand CNY/year."""
    if pool.tier == DISPLACED or people_of(pool) <= 0.0:
        return pool.wage_2016 * nation.wage
    tightness = tightness_of(pool) / (1.0 - parameters.frictional_share)
    elasticities = parameters.supply_elasticity_short + parameters.demand_elasticity_labour
    wage = wage_next(
        pool.wage, nation.wage_growth, tightness, elasticities, parameters.wage_speed, parameters.most_wage_step
    )
    # Nobody works below what other work with computers pays.
    return max(wage, parameters.outside_pay * parameters.ict_wage_2016 * pool.wage_level * nation.wage)


@kernel
def set_wages(pools, pool_flows, nation, parameters):
    """Ask every pool for its wage."""
    for row in range(pools.shape[0]):
        pool_flows[row].wage_next = set_wage_row(pools[row], nation, parameters)


@gather
def convert_row(pool, region, nation, parameters):
    """Return the persons of the region's software workforce who join the pool this quarter."""
    premium = pool.wage / (pool.wage_2016 * nation.wage)
    if pool.tier == ENGINEER:
        hazard = parameters.conversion_engineer
    elif pool.tier == PLUS_X:
        hazard = parameters.conversion_plus_x
    elif pool.tier == SKILLED:
        hazard = parameters.conversion_skilled
    else:
        return 0.0
    people = people_of(pool)
    idle = pool.available / people if people > 0.0 else 0.0
    return conversion(
        region.software_workforce,
        quarterly(hazard),
        premium,
        parameters.supply_elasticity_long,
        idle,
        parameters.deterring_idleness,
    )


@kernel
def convert(pools, pool_flows, regions, nation, parameters):
    """Ask every pool how many software staff join it."""
    for row in range(pools.shape[0]):
        pool = pools[row]
        pool_flows[row].converted = convert_row(pool, regions[pool.region], nation, parameters)


@gather
def tightness_of(pool):
    """Return staff wanted over people in the pool."""
    return (pool.wanted + 1.0) / (people_of(pool) + 1.0)


@gather
def switch_row(pool, neighbour, parameters):
    """Return the people without a post who retrain for the neighbouring tier: engineers and AI+X staff."""
    if pool.tier != ENGINEER and pool.tier != PLUS_X:
        return 0.0
    return switching(pool.available, tightness_of(pool), tightness_of(neighbour), parameters.switching)


@kernel
def switch_tier(pools, pool_flows, parameters):
    """Ask every pool who retrains for the neighbouring tier."""
    for row in range(pools.shape[0]):
        pool = pools[row]
        neighbour = pools[row + 1 if pool.tier == ENGINEER else row - 1 if pool.tier == PLUS_X else row]
        pool_flows[row].switching = switch_row(pool, neighbour, parameters)


@gather
def move_row(pool, nation, parameters):
    """Return who leaves the region, the pull on movers, and who leaves AI work, of the people without a post."""
    if pool.tier == DISPLACED:
        return 0.0, 0.0, 0.0
    relative = pool.wage / pool.wage_2016
    attraction = (pool.vacancies + parameters.cluster_pull * employed_of(pool)) * relative
    leaving = parameters.mobility * pool.available
    ratio = pool.wage / (pool.wage_2016 * nation.wage)
    # Users without a post go back to other work like everybody; specialists hold on longer.
    usual = parameters.reabsorption if pool.tier == SKILLED else parameters.attrition
    hazard = attrition_rate(usual, ratio, parameters.supply_elasticity_long)
    retiring = quarterly(hazard) * (pool.available - leaving)
    return leaving, attraction, retiring


@kernel
def move(pools, pool_flows, nation, parameters):
    """Ask every pool who moves on."""
    for row in range(pools.shape[0]):
        flow = pool_flows[row]
        flow.leaving, flow.attraction, flow.retiring = move_row(pools[row], nation, parameters)


@kernel
def support_displaced(pools, levers, nation, parameters, books):
    """Share the money for adjustment over displaced workers and pay it."""
    displaced = 0.0
    for row in range(pools.shape[0]):
        pool = pools[row]
        pool.supported = pool.available + pool.in_training if pool.tier == DISPLACED else 0.0
        displaced += pool.supported
    lever = levers[Lever.adjustment_support]
    wage = parameters.displaced_wage_2016 * nation.wage
    nation.support = support(lever.purse, displaced, wage, parameters.most_support)
    paid = nation.support * displaced / 4000.0
    lever.disbursed += paid
    books[Flow.ADJUSTMENT_SUPPORT].paid += paid


@gather
def retrain_row(pool, users, region, nation, policy, parameters):
    """Return displaced workers reabsorbed elsewhere, entering training, and retrained this quarter.

    `users` is the region's pool of AI users: who is trained joins it as far as posts are filled there.
    """
    if pool.tier != DISPLACED:
        return 0.0, 0.0, 0.0
    reabsorbed = quarterly(parameters.reabsorption) * pool.available
    places = 250.0 * policy.retraining_places * policy.implementation_effectiveness * region.gdp_share
    ratio = nation.support / (parameters.displaced_wage_2016 * nation.wage)
    looking = pool.available - reabsorbed
    entering = enrolled(places, looking * parameters.training_willing)
    finishing = pool.in_training / parameters.training_quarters
    success = completion(parameters.training_success, ratio, parameters.support_training)
    return reabsorbed, min(entering, looking), finishing * success * users.fill_share


@kernel
def retrain(pools, pool_flows, regions, nation, policy, parameters):
    """Ask every pool of displaced workers who finds work and who trains."""
    for row in range(pools.shape[0]):
        flow = pool_flows[row]
        pool = pools[row]
        flow.reabsorbed, flow.entering_training, flow.retrained = retrain_row(
            pool, pools[pool.region * 5 + SKILLED], regions[pool.region], nation, policy, parameters
        )


@kernel
def teach(regions, pools, nation, policy, parameters, q):
    """Graduate the cohort that began four years ago, enrol a new one, and split graduates over tiers and abroad."""
    slot = q % STUDY_QUARTERS
    wage = 0.0
    reference = 0.0
    for row in range(regions.shape[0]):
        pool = pools[row * 5 + ENGINEER]
        wage += pool.wage * regions[row].seat_share
        reference += pool.wage_2016 * nation.wage * regions[row].seat_share
    ratio = wage / reference
    leave = leave_rate(parameters.graduates_abroad, ratio, parameters.abroad_elasticity)
    for row in range(regions.shape[0]):
        region = regions[row]
        places = 250.0 * policy.degree_places * policy.implementation_effectiveness * region.seat_share
        region.graduates = region.cohorts[slot]
        region.software_workforce *= math.exp(0.25 * parameters.software_workforce_growth)
        asking = applicants(
            250.0 * parameters.degree_places_2016 * region.seat_share,
            ratio,
            parameters.study_elasticity,
            parameters.applicants_per_place,
            nation.literacy,
            parameters.literacy_applicants,
        )
        region.enrolled = enrolled(places, asking)
        region.cohorts[slot] = region.enrolled
        nation.drawn += region.enrolled
        senior = parameters.graduates_senior * region.graduates
        plus_x = policy.ai_plus_x_share * (region.graduates - senior)
        engineer = region.graduates - senior - plus_x
        pools[row * 5 + SENIOR].available += senior * (1.0 - leave)
        pools[row * 5 + ENGINEER].available += engineer * (1.0 - leave)
        pools[row * 5 + PLUS_X].available += plus_x * (1.0 - leave)
        nation.abroad[SENIOR] += senior * leave
        nation.abroad[ENGINEER] += engineer * leave
        nation.abroad[PLUS_X] += plus_x * leave


@kernel
def settle_people(pools, pool_flows, regions, nation, policy, parameters):
    """Carry out the pools' decisions: conversion, moves, returns, training; no head is lost."""
    nation.retrained = 0.0
    for tier in range(5):
        _settle_tier(pools, pool_flows, regions, nation, tier)
    for row in range(regions.shape[0]):
        net = pool_flows[row * 5 + ENGINEER].switching - pool_flows[row * 5 + PLUS_X].switching
        pools[row * 5 + ENGINEER].available -= net
        pools[row * 5 + PLUS_X].available += net
        displaced = pools[row * 5 + DISPLACED]
        flow = pool_flows[row * 5 + DISPLACED]
        finishing = displaced.in_training / parameters.training_quarters
        displaced.available += finishing - flow.retrained - flow.reabsorbed - flow.entering_training
        displaced.in_training += flow.entering_training - finishing
        pools[row * 5 + SKILLED].available += flow.retrained
        nation.drawn -= flow.reabsorbed
        nation.retrained += flow.retrained
    _return_people(pools, nation, policy, parameters)


@kernel
def _settle_tier(pools, pool_flows, regions, nation, tier):
    movers = 0.0
    attraction = 0.0
    for row in range(regions.shape[0]):
        movers += pool_flows[row * 5 + tier].leaving
        attraction += pool_flows[row * 5 + tier].attraction
    for row in range(regions.shape[0]):
        pool = pools[row * 5 + tier]
        flow = pool_flows[row * 5 + tier]
        arriving = flow.leaving if attraction <= 0.0 else movers * flow.attraction / attraction
        pool.available += flow.converted + arriving - flow.leaving - flow.retiring
        regions[row].software_workforce += flow.retiring - flow.converted
        nation.drawn += flow.converted - flow.retiring
        pool.wage = flow.wage_next


@kernel
def _return_people(pools, nation, policy, parameters):
    # Seniors come back by themselves and through recruitment abroad; the other tiers by themselves.
    for tier in range(3):
        wage = 0.0
        reference = 0.0
        weight = 0.0
        for row in range(pools.shape[0] // 5):
            pool = pools[row * 5 + tier]
            wage += pool.wage * (pool.wanted + 1.0)
            reference += pool.wage_2016 * nation.wage * (pool.wanted + 1.0)
            weight += pool.wanted + 1.0
        rate = return_rate(quarterly(parameters.return_hazard), wage / reference, parameters.abroad_elasticity)
        coming = rate * nation.abroad[tier]
        if tier == SENIOR:
            coming += 0.25 * policy.overseas_recruitment * policy.implementation_effectiveness
        coming = min(coming, nation.abroad[tier])
        nation.abroad[tier] -= coming
        for row in range(pools.shape[0] // 5):
            pools[row * 5 + tier].available += coming * (pools[row * 5 + tier].wanted + 1.0) / weight
