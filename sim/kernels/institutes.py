"""Research institutes: money by field, effort by field, staff, results."""

from __future__ import annotations

import math

from sim._jit import gather, kernel
from sim.draws import Purpose, poisson, uniform, uniform4
from sim.kernels.world import knowledge_lost
from sim.plan.lever_ids import Lever
from sim.rules.innovation import absorption, quarterly, research_effort, stock_next
from sim.rules.institutes import (
    duplicated_share,
    exploratory_success,
    field_progress,
    profile_next,
    shared_share,
)
from sim.rules.staffing import heads_for_budget, staff_target
from sim.state.finance import Flow

_CHIPS = 14  # row of computing_chips in FIELDS (held by a test)
_APPLIED, _FRONTIER, _TECHNOLOGY = 0, 1, 2
DEFENCE = 3  # kind of institute


@kernel
def divide_research_money(fields, institutes, levers, nation, policy, parameters):
    """Set aside what the laboratories founded under the plan live on, and divide the rest over the sixteen fields.

    How well programmes are coordinated decides what part of the work repeats other work.
    """
    nation.duplicated = duplicated_share(
        parameters.duplicated_share, policy.programme_coordination, parameters.coordination_effect
    )
    wanted = 0.0
    for row in range(nation.institute_rows):
        if institutes[row].birth >= 0:
            wanted += institutes[row].core_budget * nation.wage
    basic = levers[Lever.basic_research_funding].purse
    kept = min(wanted, parameters.laboratory_part * basic)
    nation.laboratory_share = kept / wanted if wanted > 0.0 else 0.0
    basic -= kept
    technology = levers[Lever.common_technology_funding].purse * (1.0 - parameters.firm_part_of_technology_money)
    projects = levers[Lever.major_project_funding].purse * (1.0 - parameters.project_firm_part)
    for row in range(fields.shape[0]):
        field = fields[row]
        field.projects = projects / 8.0 if field.kind == _TECHNOLOGY else 0.0
        if field.kind == _APPLIED:
            field.money = basic * (1.0 - policy.frontier_theory_share) / 5.0
        elif field.kind == _FRONTIER:
            field.money = basic * policy.frontier_theory_share / 3.0
        elif row == _CHIPS:
            field.money = technology * policy.chip_priority + field.projects
        else:
            field.money = technology * (1.0 - policy.chip_priority) / 7.0 + field.projects


@kernel
def fund_institutes(institutes, institute_flows, fields, levers, nation, books):
    """Pay each institute its basic budget and its part of programme money, by what it works on."""
    for row in range(fields.shape[0]):
        fields[row].standing = 0.0
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            heads = institute.seniors + institute.engineers + 1.0
            for f in range(fields.shape[0]):
                fields[f].standing += institute.profile[f] * heads
    paid = 0.0
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            flow = institute_flows[row]
            heads = institute.seniors + institute.engineers + 1.0
            money = 0.0
            for f in range(fields.shape[0]):
                if fields[f].standing > 0.0:
                    money += fields[f].money * institute.profile[f] * heads / fields[f].standing
            flow.programme_money = money
            flow.core_money = institute.core_budget * nation.wage
            if institute.birth >= 0:
                flow.core_money *= nation.laboratory_share
                levers[Lever.basic_research_funding].disbursed += flow.core_money
            books[Flow.INSTITUTE_PROGRAMMES].received += money
            books[Flow.INSTITUTE_CORE].received += flow.core_money
            paid += flow.core_money
    books[Flow.INSTITUTE_CORE].paid += paid
    for row in range(fields.shape[0]):
        if fields[row].standing > 0.0:
            books[Flow.INSTITUTE_PROGRAMMES].paid += fields[row].money
            lever = Lever.common_technology_funding if fields[row].kind == _TECHNOLOGY else Lever.basic_research_funding
            levers[lever].disbursed += fields[row].money - fields[row].projects
            levers[Lever.major_project_funding].disbursed += fields[row].projects


@gather
def money_of(fields):
    """Return the programme money of the quarter over all fields, mn CNY."""
    total = 0.0
    for row in range(fields.shape[0]):
        total += fields[row].money
    return total


@gather
def choose_field_row(institute, field, total_money, parameters, f):
    """Return the institute's effort share of field `f` after leaning towards programme money."""
    if total_money <= 0.0:
        return institute.profile[f]
    return profile_next(institute.profile[f], field.money / total_money, parameters.profile_speed)


@kernel
def choose_fields(institutes, institute_flows, fields, nation, parameters):
    """Ask every institute for its effort by field."""
    total = money_of(fields)
    for row in range(nation.institute_rows):
        if institutes[row].alive:
            for f in range(fields.shape[0]):
                institute_flows[row].profile_next[f] = choose_field_row(
                    institutes[row], fields[f], total, parameters, f
                )


@gather
def plan_institute_row(institute, flow, pools, parameters):
    """Return the seniors and engineers the institute wants to employ, from its money."""
    money = flow.programme_money + flow.core_money + parameters.institute_spending * institute.cash
    first = institute.region * 5
    seniors = heads_for_budget(
        money, parameters.institute_wage_share * parameters.institute_senior_share, pools[first].wage / 4000.0
    )
    engineers = heads_for_budget(
        money,
        parameters.institute_wage_share * (1.0 - parameters.institute_senior_share),
        pools[first + 1].wage / 4000.0,
    )
    # Who is in debt keeps nobody it cannot pay.
    most_cut = parameters.most_cut if institute.cash >= 0.0 else 1.0
    return (
        staff_target(seniors, institute.seniors, parameters.most_growth, most_cut),
        staff_target(engineers, institute.engineers, parameters.most_growth, most_cut),
    )


@kernel
def plan_institutes(institutes, institute_flows, pools, nation, parameters):
    """Ask every institute for its staff."""
    for row in range(nation.institute_rows):
        if institutes[row].alive:
            flow = institute_flows[row]
            flow.wanted_seniors, flow.wanted_engineers = plan_institute_row(institutes[row], flow, pools, parameters)


@gather
def research_row(institute, flow, nation, policy, before, parameters, key, q):
    """Return effective researchers, the share of their results within civil reach, and the firms that staff found."""
    heads = research_effort(institute.seniors, institute.engineers, parameters.senior_weight)
    money = flow.programme_money + flow.core_money
    part = flow.programme_money / money if money > 0.0 else 0.0
    then = duplicated_share(parameters.duplicated_share, before.programme_coordination, parameters.coordination_effect)
    heads *= (1.0 - nation.duplicated * part) / (1.0 - then * part)
    shared = 1.0
    if institute.kind == DEFENCE:
        shared = shared_share(parameters.defence_openness, policy.dual_use_transfer, parameters.transfer_reach)
        heads *= 1.0 + parameters.transfer_gain * (policy.dual_use_transfer - before.dual_use_transfer)
    u = uniform4(key.seed, key.run, institute.id, q, Purpose.BREAKTHROUGH)
    effort = exploratory_success(
        heads, policy.exploratory_share, u[0], parameters.breakthrough_odds, parameters.breakthrough_prize
    )
    v = uniform(key.seed, key.run, institute.id, q, Purpose.SPIN_OFF_COUNT)
    return effort, shared, poisson(v, quarterly(parameters.spin_off_hazard) * institute.seniors, 3)


@kernel
def research(institutes, institute_flows, nation, policy, before, parameters, key, q):
    """Ask every institute for its results."""
    for row in range(nation.institute_rows):
        if institutes[row].alive:
            flow = institute_flows[row]
            flow.effort, flow.shared, flow.spin_offs = research_row(
                institutes[row], flow, nation, policy, before, parameters, key, q
            )


@kernel
def publish(institutes, institute_flows, fields, firms, nation, policy, world, parameters, field_sector):
    """Sum effort by field, raise the domestic level of every field, and add what is released to public knowledge."""
    for f in range(fields.shape[0]):
        fields[f].effort = 0.0
        fields[f].released = 0.0
        fields[f].kept = 0.0
        fields[f].firm_effort = 0.0
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            flow = institute_flows[row]
            release = institute.openness + (1.0 - institute.openness) * policy.open_source_share
            for f in range(fields.shape[0]):
                institute.profile[f] = flow.profile_next[f]
                results = flow.effort * flow.profile_next[f] * flow.shared
                fields[f].effort += results
                fields[f].released += results * release
                fields[f].kept += results * (1.0 - release)
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            heads = research_effort(firm.staff[0], firm.staff[1], parameters.senior_weight)
            for f in range(fields.shape[0]):
                fields[f].firm_effort += heads * field_sector[f, firm.sector]
    access = (1.0 - knowledge_lost(world, parameters)) * (
        parameters.cooperation_floor + (1.0 - parameters.cooperation_floor) * policy.international_cooperation
    )
    for f in range(fields.shape[0]):
        field = fields[f]
        own = field_progress(
            field.effort + parameters.firm_openness * field.firm_effort,
            parameters.field_reference,
            parameters.effort_elasticity,
            parameters.field_progress / 4.0,
            field.level ** (2.0 * parameters.ideas_harder),
        )
        learned = absorption(field.level, field.frontier, parameters.field_catch_up / 4.0, access)
        field.level *= math.exp(own + learned)
        field.public_knowledge = stock_next(
            field.public_knowledge, field.released, parameters.public_knowledge_decay / 4.0
        )
        field.closed_knowledge = stock_next(field.closed_knowledge, field.kept, parameters.public_knowledge_decay / 4.0)


@kernel
def settle_institutes(institutes, institute_flows, pools, nation, parameters, books):
    """Pay wages and inputs, carry cash and staff forward."""
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            flow = institute_flows[row]
            first = institute.region * 5
            flow.wages = (institute.seniors * pools[first].wage + institute.engineers * pools[first + 1].wage) / 4000.0
            money = institute.cash + flow.programme_money + flow.core_money - flow.wages
            wish = flow.wages * (1.0 / parameters.institute_wage_share - 1.0)
            flow.inputs = max(0.0, min(wish, money))
            flow.cash_next = money - flow.inputs
            books[Flow.INSTITUTE_WAGES].paid += flow.wages
            books[Flow.INSTITUTE_INPUTS].paid += flow.inputs
