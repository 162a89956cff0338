"""Payments of firms and user organisations, and what they carry to the next quarter."""

from __future__ import annotations

from sim._jit import gather, kernel
from sim.kernels.adoption import subsidy_rate
from sim.kernels.places import fixed_overhead_row
from sim.plan.lever_ids import Lever
from sim.rules.innovation import data_inflow, stock_next
from sim.rules.research import reported_rd
from sim.rules.tax import deduction_forgone, dividend, tax_base, tax_due
from sim.state.finance import Flow


@gather
def invest_row(firm, flow, parameters):
    """Return the equipment the firm buys this quarter to keep its norm per head, mn CNY; cash bounds it."""
    wear = parameters.capital_wear / 4.0 * firm.capital
    norm = parameters.capital_per_head * firm.staff[2]
    wish = wear + parameters.investment_speed * max(0.0, norm - firm.capital)
    return min(wish, max(0.0, firm.cash + flow.private_equity + flow.guidance_equity))


@kernel
def invest(firms, firm_flows, nation, parameters):
    """Ask every firm what equipment it buys."""
    for row in range(nation.firm_rows):
        if firms[row].alive:
            firm_flows[row].investment = invest_row(firms[row], firm_flows[row], parameters)


@kernel
def pay_costs(firms, firm_flows, regions, pools, nation, parameters, books):
    """Pay wages, research inputs, goods, computing, overhead and equipment."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            first = firm.region * 5
            research_wages = (firm.staff[0] * pools[first].wage + firm.staff[1] * pools[first + 1].wage) / 4000.0
            flow.wages = research_wages + firm.staff[2] * pools[first + 2].wage / 4000.0
            flow.research_inputs = flow.rd_real - research_wages
            flow.materials = (
                parameters.technology_materials * flow.technology
                + parameters.bundled_materials * flow.bundled
                + parameters.line_materials * flow.lines
            )
            sales = flow.technology + flow.bundled + flow.lines
            fixed = fixed_overhead_row(regions[firm.region], parameters)
            flow.overhead = parameters.overhead_share * sales + fixed + flow.grant_misused
            books[Flow.FIRM_WAGES].paid += flow.wages
            books[Flow.RESEARCH_INPUTS].paid += flow.research_inputs
            books[Flow.MATERIALS].paid += flow.materials
            books[Flow.OVERHEAD].paid += flow.overhead
            books[Flow.COMPUTE].paid += flow.compute_spending
            books[Flow.INVESTMENT].paid += flow.investment


@kernel
def pay_taxes(firms, firm_flows, levers, policy, nation, parameters, books):
    """Tax profits with the super-deduction, reduced rates and losses carried forward; book what is forgone."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            sales = flow.technology + flow.bundled + flow.lines
            flow.profit = (
                sales
                + flow.grant
                + flow.research_grant
                - flow.wages
                - flow.research_inputs
                - flow.materials
                - flow.overhead
                - flow.compute_spending
                - parameters.capital_wear / 4.0 * firm.capital
            )
            gap = parameters.standard_tax_rate - min(policy.high_tech_tax_rate, parameters.standard_tax_rate)
            flow.rd_reported = reported_rd(
                flow.rd_real,
                sales,
                parameters.high_tech_threshold,
                gap * max(0.0, flow.profit) + parameters.status_worth * sales,
                parameters.relabel_cost,
                parameters.most_relabelled,
            )
            deduction = policy.rd_super_deduction * flow.rd_reported
            qualifies = flow.rd_reported >= parameters.high_tech_threshold * sales
            rate = policy.high_tech_tax_rate if qualifies else parameters.standard_tax_rate
            rate = min(rate, parameters.standard_tax_rate)
            waived = policy.sme_tax_relief if 4.0 * sales < parameters.small_firm_sales else 0.0
            base = tax_base(flow.profit, deduction, firm.tax_loss)
            flow.tax = tax_due(base, rate, waived)
            flow.tax_loss_next = max(0.0, -base) * (1.0 - parameters.loss_expiry / 4.0)
            flow.forgone_deduction = (1.0 - waived) * deduction_forgone(flow.profit, deduction, firm.tax_loss, rate)
            flow.forgone_rate = tax_due(base, parameters.standard_tax_rate - rate, 0.0)
            flow.forgone_small = tax_due(base, rate, 0.0) - flow.tax
            levers[Lever.rd_super_deduction].forgone += flow.forgone_deduction
            levers[Lever.high_tech_tax_rate].forgone += flow.forgone_rate
            levers[Lever.sme_tax_relief].forgone += flow.forgone_small
            books[Flow.CORPORATE_TAX].paid += flow.tax


@kernel
def close_firm_books(firms, firm_flows, nation, parameters, books):
    """Pay dividends and compute every firm's cash after all payments of the quarter."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            sales = flow.technology + flow.bundled + flow.lines
            costs = (
                flow.wages
                + flow.research_inputs
                + flow.materials
                + flow.overhead
                + flow.compute_spending
                + flow.investment
                + flow.tax
            )
            cash = (
                firm.cash
                + sales
                + flow.grant
                + flow.research_grant
                + flow.private_equity
                + flow.guidance_equity
                - costs
            )
            reserve = parameters.dividend_reserve_quarters * costs
            flow.dividends = dividend(flow.profit - flow.tax, cash, reserve, parameters.payout)
            flow.private_dividends = flow.dividends * firm.venture_stake
            flow.guidance_dividends = flow.dividends * firm.guidance_stake
            flow.cash_next = cash - flow.dividends
            to_funds = flow.private_dividends + flow.guidance_dividends
            books[Flow.FUND_DIVIDENDS].paid += to_funds
            books[Flow.OWNER_DIVIDENDS].paid += flow.dividends - to_funds


@kernel
def pay_orders(adopters, adopter_flows, applications, levers, books, policy):
    """Let user organisations pay for what arrived, with their own and with procurement money."""
    for row in range(applications.shape[0]):
        applications[row].budget = 0.0
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        application = applications[adopter.application]
        own = flow.technology_ordered * application.delivered
        public = flow.public_technology * application.public_delivered
        flow.imported = (
            flow.technology_ordered * application.imported + flow.public_technology * application.public_imported
        )
        public_hardware = flow.public_hardware * application.hardware_delivered
        own_hardware = flow.hardware_ordered * application.hardware_delivered
        flow.technology_paid = own + public + flow.imported
        flow.hardware_paid = own_hardware + public_hardware
        own_imported = flow.technology_ordered * application.imported
        flow.subsidy = subsidy_rate(application, policy) * (own + own_imported + own_hardware)
        flow.public_paid = public + flow.public_technology * application.public_imported + public_hardware
        flow.cash_next = (
            adopter.cash
            + flow.budget
            + flow.subsidy
            + flow.public_paid
            - flow.technology_paid
            - flow.hardware_paid
            - flow.wages
        )
        books[Flow.TECHNOLOGY_SALES].paid += own + public
        books[Flow.IMPORTS].paid += flow.imported
        books[Flow.BUNDLED_SALES].paid += flow.hardware_paid
        books[Flow.ADOPTER_WAGES].paid += flow.wages
        books[Flow.ADOPTION_SUBSIDIES].received += flow.subsidy
        books[Flow.PUBLIC_ORDERS].received += flow.public_paid
        if application.public:
            books[Flow.PUBLIC_USER_BUDGETS].received += flow.budget
        else:
            books[Flow.DIGITAL_BUDGETS].received += flow.budget
        application.budget += flow.budget
        levers[Lever.adoption_subsidy_rate].budgeted += flow.subsidy
        levers[Lever.adoption_subsidy_rate].disbursed += flow.subsidy


@kernel
def pay_public_orders(applications, levers, books):
    """Let the government pay for delivered procurement orders, lever by lever."""
    for row in range(applications.shape[0]):
        application = applications[row]
        if application.procurement >= 0:
            paid = (
                application.public_technology * (application.public_delivered + application.public_imported)
                + application.public_hardware * application.hardware_delivered
            )
            levers[application.procurement].disbursed += paid
            books[Flow.PUBLIC_ORDERS].paid += paid
    books[Flow.ADOPTION_SUBSIDIES].paid += levers[Lever.adoption_subsidy_rate].disbursed


@kernel
def carry_firms(firms, firm_flows, sectors, nation, parameters):
    """Carry stocks of firms to the next quarter."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            firm.data_stock = data_row(firm, flow, parameters)
            firm.public_supplier = firm.public_supplier or flow.wins_contract
            firm.in_zone = firm.in_zone or flow.joins_zone
            firm.capital = stock_next(firm.capital, flow.investment, parameters.capital_wear / 4.0)
            firm.backlog = flow.orders
            firm.tightness = 1.0
            if flow.capacity > 0.0:
                firm.tightness = flow.orders * (1.0 + parameters.planned_growth) / flow.capacity
            sold = flow.technology / sectors[firm.sector].technology if sectors[firm.sector].technology > 0.0 else 0.0
            firm.share += parameters.share_follows_sales * (sold - firm.share)
            firm.technology_sales = flow.technology
            firm.bundled_sales = flow.bundled
            firm.line_sales = flow.lines
            firm.tax_loss = flow.tax_loss_next
            sales = flow.technology + flow.bundled + flow.lines
            firm.high_tech = flow.rd_reported >= parameters.high_tech_threshold * sales
            firm.cash = flow.cash_next


@gather
def data_row(firm, flow, parameters):
    """Return the firm's usable data after this quarter."""
    bonus = parameters.public_data_bonus * (1.0 + (parameters.zone_data_bonus if firm.in_zone else 0.0))
    inflow = data_inflow(flow.technology, flow.public_technology, parameters.data_per_sale, bonus)
    return stock_next(firm.data_stock, inflow, parameters.data_decay / 4.0)


@kernel
def carry_others(institutes, institute_flows, funds, fund_flows, adopters, adopter_flows, nation):
    """Carry cash of institutes, funds and user organisations to the next quarter."""
    for row in range(nation.institute_rows):
        if institutes[row].alive:
            institutes[row].cash = institute_flows[row].cash_next
    for row in range(funds.shape[0]):
        funds[row].cash = fund_flows[row].cash_next
    for row in range(adopters.shape[0]):
        adopters[row].cash = adopter_flows[row].cash_next
