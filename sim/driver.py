"""The compiled drivers: one quarter, one run, a block of runs.

`quarter` is `schedule.SCHEDULE` written out, because Numba compiles calls it can see; a test holds the two equal.
Called by the Mesa model and by ensembles; raises nothing: a run that fails leaves a status and the host raises.
"""

from __future__ import annotations

from sim._jit import kernel
from sim.kernels.accounts import (
    carry_firms,
    carry_others,
    close_firm_books,
    invest,
    pay_costs,
    pay_orders,
    pay_public_orders,
    pay_taxes,
)
from sim.kernels.adoption import (
    adopt,
    deepen,
    measure_users,
    order,
    order_for_public,
    put_to_use,
    sum_orders,
    weigh_benefits,
)
from sim.kernels.books import (
    book_government,
    book_households,
    book_rest,
    book_suppliers,
    check_books,
    check_heads,
    open_books,
)
from sim.kernels.demography import close, count_thin, liquidate
from sim.kernels.entry import draw_births, draw_spin_offs, found_firms, found_institutes
from sim.kernels.finance import (
    credit_funds,
    issue_equity,
    pay_commitments,
    place_equity,
    raise_capital,
    seek_equity,
    sell_stakes,
    settle_funds,
    size_venture,
    track_growth,
)
from sim.kernels.grants import apply_for_grants, award_grants, name_champions
from sim.kernels.institutes import (
    choose_fields,
    divide_research_money,
    fund_institutes,
    plan_institutes,
    publish,
    research,
    settle_institutes,
)
from sim.kernels.market import (
    buy_compute,
    collect_demand,
    compete,
    deliver,
    move_shares,
    offer_orders,
    provide_compute,
    rate_delivery,
    set_prices,
    share_sales,
)
from sim.kernels.places import open_centres, open_parks
from sim.kernels.policy import buy_programmes, enact_policy, review
from sim.kernels.protection import protect_ideas
from sim.kernels.record import add_to_ledger, is_finite, record
from sim.kernels.research import innovate, learn, plan_research, spread_knowledge
from sim.kernels.sectors import measure_sectors
from sim.kernels.settle import (
    begin_fields,
    begin_firms,
    begin_funds,
    begin_institutes,
    begin_nation,
    begin_partners,
    begin_pools,
    begin_science,
    begin_students,
    begin_users,
    begin_wages,
)
from sim.kernels.staffing import match_staff, plan_skills, plan_staff
from sim.kernels.talent import (
    convert,
    move,
    retrain,
    set_wages,
    settle_people,
    support_displaced,
    switch_tier,
    teach,
)
from sim.kernels.totals import sum_firms, sum_ledger, sum_people, sum_users
from sim.kernels.world import (
    advance_frontier,
    advance_macro,
    build_infrastructure,
    move_trust,
    price_compute,
    spread_literacy,
)


@kernel
def settle(state, scene):
    """Give the synthetic population of 2016Q1 the levels that fit the run's parameters."""
    nation = state.nations[0]
    parameters = scene.parameters[0]
    begin_nation(nation, state.fields, state.sectors, state.regions, parameters)
    begin_wages(state.pools, parameters)
    begin_users(state.adopters, state.adopter_flows, state.applications, state.regions, nation, parameters)
    begin_firms(state.firms, state.firm_flows, state.sectors, state.regions, state.pools, nation, parameters)
    begin_institutes(state.institutes, nation, parameters)
    begin_pools(state.firms, state.institutes, state.adopters, state.pools, state.regions, nation, parameters)
    begin_fields(state.institutes, state.fields, nation, scene.before[0], parameters)
    begin_science(state.fields, state.sectors, parameters, scene.field_sector)
    begin_students(state.regions, parameters)
    begin_funds(state.funds, nation, parameters)
    begin_partners(state.levers, scene.budgets[0], scene.policy[0], scene.before[0], parameters)


@kernel
def quarter(state, scene, q):
    """Run one quarter: the phases of SCHEDULE in their order."""
    adopter_flows = state.adopter_flows
    adopters = state.adopters
    applications = state.applications
    before = scene.before[0]
    births = state.births
    blank_flow = scene.blank_flow
    books = state.books
    bought = scene.bought
    budgets = scene.budgets
    field_sector = scene.field_sector
    fields = state.fields
    firm_flows = state.firm_flows
    firms = state.firms
    fund_flows = state.fund_flows
    funds = state.funds
    goals = scene.goals
    headline = scene.headline
    institute_flows = state.institute_flows
    institutes = state.institutes
    key = scene.key[0]
    levers = state.levers
    movable = scene.movable
    nation = state.nations[0]
    parameters = scene.parameters[0]
    piloted = scene.piloted
    policy = scene.policy[q]
    pool_flows = state.pool_flows
    pools = state.pools
    regions = state.regions
    sector_application = scene.sector_application
    sectors = state.sectors
    world = scene.world[q]
    open_books(firms, institutes, funds, adopters, pools, regions, nation, books)
    review(levers, budgets, movable, goals, nation, policy, parameters, q)
    enact_policy(levers, budgets, piloted, policy, nation, parameters, q)
    buy_programmes(levers, bought, policy, before, parameters, books)
    advance_macro(nation, applications, world, parameters)
    advance_frontier(fields, sectors, world, parameters, field_sector)
    price_compute(nation, fields, levers, policy, before, world, parameters)
    build_infrastructure(nation, regions, levers, policy, parameters)
    spread_literacy(nation, policy, parameters)
    move_trust(nation, policy, before, world, parameters, key, q)
    measure_sectors(firms, sectors, regions, nation)
    open_parks(regions, nation, policy, before, parameters, key, q)
    open_centres(regions, policy, parameters)
    set_wages(pools, pool_flows, nation, parameters)
    convert(pools, pool_flows, regions, nation, parameters)
    switch_tier(pools, pool_flows, parameters)
    move(pools, pool_flows, nation, parameters)
    support_displaced(pools, levers, nation, parameters, books)
    retrain(pools, pool_flows, regions, nation, policy, parameters)
    teach(regions, pools, nation, policy, parameters, q)
    settle_people(pools, pool_flows, regions, nation, policy, parameters)
    size_venture(funds, nation, world, policy, before, levers, parameters, key, q)
    raise_capital(funds, fund_flows, regions, levers, nation, policy, parameters)
    pay_commitments(fund_flows, levers, books)
    seek_equity(firms, firm_flows, regions, sectors, pools, policy, before, nation, parameters, key, q)
    place_equity(firms, firm_flows, funds, fund_flows, nation, parameters)
    issue_equity(firms, firm_flows, sectors, nation, parameters, books, q)
    apply_for_grants(firms, firm_flows, sectors, policy, nation, parameters, key, q)
    name_champions(firms, nation)
    award_grants(firms, firm_flows, sectors, levers, policy, nation, parameters, books)
    divide_research_money(fields, institutes, levers, nation, policy, parameters)
    fund_institutes(institutes, institute_flows, fields, levers, nation, books)
    choose_fields(institutes, institute_flows, fields, nation, parameters)
    plan_institutes(institutes, institute_flows, pools, nation, parameters)
    protect_ideas(nation, policy, before, parameters)
    plan_research(firms, firm_flows, pools, policy, before, world, nation, parameters)
    plan_staff(firms, firm_flows, regions, pools, nation, parameters)
    plan_skills(adopters, adopter_flows, applications, pools, nation, parameters)
    match_staff(
        firms, firm_flows, institutes, institute_flows, adopters, adopter_flows, regions, pools, nation, parameters
    )
    set_prices(firms, firm_flows, pools, nation, parameters)
    buy_compute(firms, firm_flows, pools, nation, parameters)
    provide_compute(firms, firm_flows, nation, parameters)
    invest(firms, firm_flows, nation, parameters)
    spread_knowledge(firms, regions, nation, parameters)
    innovate(firms, firm_flows, regions, sectors, pools, nation, policy, before, world, parameters, key, q)
    research(institutes, institute_flows, nation, policy, before, parameters, key, q)
    publish(institutes, institute_flows, fields, firms, nation, policy, world, parameters, field_sector)
    learn(firms, firm_flows, nation)
    measure_users(adopters, adopter_flows, applications, nation, parameters)
    weigh_benefits(applications, sectors, nation, policy, before, world, parameters, sector_application)
    order_for_public(applications, levers, parameters)
    adopt(adopters, adopter_flows, applications, regions, pools, nation, policy, before, parameters, key, q)
    deepen(adopters, adopter_flows, applications, policy, before, parameters)
    order(adopters, adopter_flows, applications, nation, policy, parameters)
    sum_orders(adopters, adopter_flows, applications)
    collect_demand(applications, sectors, sector_application, policy, before, world, parameters)
    compete(firms, firm_flows, sectors, policy, nation, parameters, key, q)
    move_shares(firms, firm_flows, sectors, nation, parameters)
    offer_orders(firms, firm_flows, sectors, nation, parameters)
    deliver(firms, firm_flows, sectors, nation, parameters)
    share_sales(firms, firm_flows, sectors, nation, parameters, books)
    rate_delivery(applications, sectors, sector_application, parameters)
    pay_orders(adopters, adopter_flows, applications, levers, books, policy)
    pay_public_orders(applications, levers, books)
    pay_costs(firms, firm_flows, regions, pools, nation, parameters, books)
    pay_taxes(firms, firm_flows, levers, policy, nation, parameters, books)
    close_firm_books(firms, firm_flows, nation, parameters, books)
    settle_institutes(institutes, institute_flows, pools, nation, parameters, books)
    sell_stakes(firms, firm_flows, sectors, nation, policy, before, parameters, key, q)
    book_households(firms, firm_flows, pools, nation, books)
    credit_funds(firms, firm_flows, fund_flows, nation, books)
    settle_funds(funds, fund_flows, nation, parameters, books)
    book_rest(firm_flows, institute_flows, fund_flows, regions, pools, levers, bought, nation, books)
    book_suppliers(firms, sectors, applications, regions, pools, levers, nation, parameters, books)
    book_government(firm_flows, fund_flows, nation, books)
    put_to_use(adopters, adopter_flows, applications, regions, pools, nation, parameters, q)
    sum_firms(firms, firm_flows, sectors, regions, headline, nation, q)
    sum_users(adopters, adopter_flows, nation, parameters, q)
    carry_firms(firms, firm_flows, sectors, nation, parameters)
    carry_others(institutes, institute_flows, funds, fund_flows, adopters, adopter_flows, nation)
    track_growth(sectors, nation, q)
    count_thin(firms, sectors, nation, parameters)
    close(firms, firm_flows, nation, policy, before, parameters, key, q)
    liquidate(firms, firm_flows, funds, pools, nation, books)
    draw_births(births, regions, sectors, pools, nation, policy, before, parameters, key, q)
    draw_spin_offs(births, institutes, institute_flows, regions, nation, key, q)
    found_firms(births, firms, firm_flows, blank_flow, sectors, pools, funds, nation, parameters, books, key, q)
    found_institutes(institutes, institute_flows, regions, nation, policy, parameters, key, q)
    sum_people(pools, regions, nation)
    sum_ledger(levers, fund_flows, nation)
    check_books(firms, institutes, funds, adopters, nation, books)
    check_heads(firms, institutes, adopters, pools, regions, nation)


CLOSED, UNBALANCED, LOST_HEADS, NOT_A_NUMBER, TABLE_FULL = 0, 1, 2, 3, 4
TOLERANCE = 1e-9


@kernel
def health(nation, sectors):
    """Return 0 when the quarter closed, else why the run must stop."""
    if not is_finite(nation, sectors):
        return NOT_A_NUMBER
    if not nation.residual <= TOLERANCE:
        return UNBALANCED
    if not nation.residual_heads <= TOLERANCE:
        return LOST_HEADS
    if nation.turned_away > 0:
        return TABLE_FULL
    return CLOSED


@kernel
def run_block(memory, template, state, scene, draws, first_run, out, ledger, status):
    """Run consecutive economies in one state; each starts from a copy of the synthetic population.

    `out` is records[runs, quarters], `ledger` float64[runs, years, levers, 5], `status` int64[runs, 3]: why the run
    stopped (0 = it did not), in which quarter, and the row of the account with the largest mismatch.
    """
    for i in range(draws.shape[0]):
        for byte in range(memory.shape[0]):
            memory[byte] = template[byte]
        scene.key[0].run = first_run + i
        scene.parameters[0] = draws[i]
        settle(state, scene)
        for q in range(out.shape[1]):
            quarter(state, scene, q)
            record(
                out[i, q],
                state.sectors,
                state.regions,
                state.applications,
                state.fields,
                state.nations[0],
                scene.parameters[0],
            )
            add_to_ledger(ledger[i, q // 4], state.levers)
            problem = health(state.nations[0], state.sectors)
            if problem != CLOSED:
                status[i, 0] = problem
                status[i, 1] = q
                status[i, 2] = state.nations[0].worst_account
                break
