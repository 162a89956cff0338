"""The other side of every payment, booked by those outside, and the check that books, cash and heads close.

Payer and payee book the same payment from different numbers: wages from staff and from the heads of the talent pools,
sales from deliveries and from what users paid, goods from firms and from demand. Nothing here is a balancing entry.
"""

from __future__ import annotations

import math

import numpy as np

from sim._jit import kernel
from sim.kernels.places import fixed_overhead_row
from sim.kernels.talent import employed_of, people_of
from sim.plan.lever_ids import Lever
from sim.state.finance import PARTIES, Flow, Holder

_PAYER = np.array([payer for payer, _ in PARTIES], dtype=np.int64)
_PAYEE = np.array([payee for _, payee in PARTIES], dtype=np.int64)


@kernel
def open_books(firms, institutes, funds, adopters, pools, regions, nation, books):
    """Clear the books and note cash and heads at the start of the quarter."""
    for row in range(books.shape[0]):
        books[row].paid = 0.0
        books[row].received = 0.0
    for holder in range(4):
        nation.cash_before[holder] = cash_of(firms, institutes, funds, adopters, nation, holder)
    nation.heads_before = heads_in_all(pools, regions, nation)


@kernel
def cash_of(firms, institutes, funds, adopters, nation, holder):
    """Return the cash of one kind of holder, mn CNY."""
    cash = 0.0
    if holder == Holder.FIRMS:
        for row in range(nation.firm_rows):
            if firms[row].alive:
                cash += firms[row].cash
    elif holder == Holder.INSTITUTES:
        for row in range(nation.institute_rows):
            if institutes[row].alive:
                cash += institutes[row].cash
    elif holder == Holder.FUNDS:
        for row in range(funds.shape[0]):
            cash += funds[row].cash
    else:
        for row in range(adopters.shape[0]):
            cash += adopters[row].cash
    return cash


@kernel
def heads_in_all(pools, regions, nation):
    """Return all people in the books of the model less those drawn from the rest of the population, persons."""
    heads = -nation.drawn
    for row in range(pools.shape[0]):
        pool = pools[row]
        heads += people_of(pool) + pool.in_training
    for row in range(regions.shape[0]):
        for slot in range(regions[row].cohorts.shape[0]):
            heads += regions[row].cohorts[slot]
    for tier in range(3):
        heads += nation.abroad[tier]
    return heads


@kernel
def book_households(firms, firm_flows, pools, nation, books):
    """Book what households receive: wages by head in the talent pools, profits by what investors do not own."""
    for row in range(pools.shape[0]):
        pool = pools[row]
        books[Flow.FIRM_WAGES].received += pool.in_firms * pool.wage / 4000.0
        books[Flow.INSTITUTE_WAGES].received += pool.in_institutes * pool.wage / 4000.0
        books[Flow.ADOPTER_WAGES].received += pool.in_adopters * pool.wage / 4000.0
        books[Flow.CENTRE_WAGES].received += pool.in_centres * pool.wage / 4000.0
        books[Flow.ADJUSTMENT_SUPPORT].received += pool.supported * nation.support / 4000.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            owned = 1.0 - firm.venture_stake - firm.guidance_stake
            books[Flow.OWNER_DIVIDENDS].received += owned * firm_flows[row].dividends


@kernel
def book_rest(firm_flows, institute_flows, fund_flows, regions, pools, levers, bought, nation, books):
    """Book what outsiders receive where only the buyer knows it (equipment, inputs, programmes), and foreign wages."""
    for row in range(regions.shape[0]):
        for t in range(2):
            books[Flow.CENTRE_WAGES].paid += regions[row].centre_staff[t] * pools[row * 5 + t].wage / 4000.0
    for row in range(nation.firm_rows):
        books[Flow.INVESTMENT].received += firm_flows[row].investment
        books[Flow.LISTINGS].paid += firm_flows[row].listing
    for row in range(nation.institute_rows):
        books[Flow.INSTITUTE_INPUTS].received += institute_flows[row].inputs
    for row in range(fund_flows.shape[0]):
        books[Flow.SOCIAL_CAPITAL].paid += fund_flows[row].social_capital
        books[Flow.FUND_FEES].received += fund_flows[row].fees
        books[Flow.SOCIAL_DISTRIBUTIONS].received += fund_flows[row].distributed_social
    for row in range(levers.shape[0]):
        if bought[row]:
            books[Flow.PROGRAMMES].received += levers[row].disbursed


@kernel
def book_suppliers(firms, sectors, applications, regions, pools, levers, nation, parameters, books):
    """Book what suppliers of firms receive and customers outside pay, from demand, heads and prices."""
    technology = 0.0
    exports = 0.0
    hardware = 0.0
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        technology += sector.served * sector.ordered
        exports += sector.served * sector.export_demand
        hardware += sector.served * (sector.hardware + sector.public_hardware)
    lines = 0.0
    for row in range(nation.firm_rows):
        if firms[row].alive:
            lines += firms[row].line_sales * nation.gdp_growth * math.exp(0.25 * parameters.line_growth)
    books[Flow.EXPORTS].paid += exports
    books[Flow.LINE_SALES].paid += lines
    books[Flow.MATERIALS].received += (
        parameters.technology_materials * technology
        + parameters.bundled_materials * hardware
        + parameters.line_materials * lines
    )
    misused = levers[Lever.core_sector_grants].misused
    books[Flow.OVERHEAD].received += parameters.overhead_share * (technology + hardware + lines) + misused
    for row in range(regions.shape[0]):
        books[Flow.OVERHEAD].received += regions[row].firms * fixed_overhead_row(regions[row], parameters)
    books[Flow.COMPUTE].received += nation.compute_demand * parameters.compute_use_2016 * nation.compute_price
    research_pay = 0.0
    for row in range(pools.shape[0]):
        if pools[row].tier < 2:
            research_pay += pools[row].in_firms * pools[row].wage / 4000.0
    books[Flow.RESEARCH_INPUTS].received += research_pay * (1.0 / parameters.research_wage_share - 1.0)
    for a in range(applications.shape[0]):
        application = applications[a]
        imported = application.technology * application.imported
        imported += application.public_technology * application.public_imported
        books[Flow.IMPORTS].received += imported
        if application.public:
            books[Flow.PUBLIC_USER_BUDGETS].paid += application.budget
        else:
            books[Flow.DIGITAL_BUDGETS].paid += application.budget


@kernel
def book_government(firm_flows, fund_flows, nation, books):
    """Book what the government receives."""
    for row in range(nation.firm_rows):
        books[Flow.CORPORATE_TAX].received += firm_flows[row].tax
    for row in range(fund_flows.shape[0]):
        books[Flow.PUBLIC_DISTRIBUTIONS].received += fund_flows[row].distributed_public


@kernel
def check_books(firms, institutes, funds, adopters, nation, books):
    """Compare payers with payees, and cash with booked flows; keep the largest mismatch over turnover."""
    turnover = 0.0
    worst = 0.0
    nation.worst_account = -1
    for row in range(books.shape[0]):
        turnover += books[row].paid
        gap = abs(books[row].paid - books[row].received)
        if gap > worst:
            worst = gap
            nation.worst_account = row
    for holder in range(4):
        change = cash_of(firms, institutes, funds, adopters, nation, holder) - nation.cash_before[holder]
        for row in range(books.shape[0]):
            if _PAYEE[row] == holder:
                change -= books[row].received
            if _PAYER[row] == holder:
                change += books[row].paid
        if abs(change) > worst:
            worst = abs(change)
            nation.worst_account = books.shape[0] + holder
    nation.turnover = turnover
    nation.residual = worst / turnover if turnover > 0.0 else worst


@kernel
def check_heads(firms, institutes, adopters, pools, regions, nation):
    """Compare staff of employers with heads booked in the pools, and all heads with those of the start."""
    worst = abs(heads_in_all(pools, regions, nation) - nation.heads_before)
    people = 1.0
    for row in range(pools.shape[0]):
        pools[row].counted = employed_of(pools[row])
        people += pools[row].counted + pools[row].available
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            for t in range(3):
                pools[firm.region * 5 + t].counted -= firm.staff[t]
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            pools[institute.region * 5].counted -= institute.seniors
            pools[institute.region * 5 + 1].counted -= institute.engineers
    for row in range(adopters.shape[0]):
        if adopters[row].adopted:
            pools[adopters[row].region * 5 + 3].counted -= adopters[row].skilled_staff
    for row in range(regions.shape[0]):
        for t in range(2):
            pools[row * 5 + t].counted -= regions[row].centre_staff[t]
    for row in range(pools.shape[0]):
        worst = max(worst, abs(pools[row].counted), -min(0.0, pools[row].available))
    nation.residual_heads = worst / people
