"""Fields of funds, of policy levers in the ledger, and of the books."""

from __future__ import annotations

import enum

from sim.state.fields import Field

FUNDS: tuple[Field, ...] = (
    Field("id", "1", "label", "permanent identity", "count"),
    Field("kind", "1", "label", "see FundKind", "count"),
    Field("region", "1", "label", "index into REGIONS of a guidance fund, -1 for a national fund", "count"),
    Field("weight", "share", "share", "share of private capital that flows to the fund"),
    Field("cash", "mn CNY", "stock", "money not yet placed"),
    Field("raised", "mn CNY", "stock", "money raised since 2016"),
    Field("invested", "mn CNY", "stock", "money placed since 2016"),
    Field("returned", "mn CNY", "stock", "dividends and proceeds of sales since 2016"),
)

FUND_FLOWS: tuple[Field, ...] = (
    Field("public_capital", "mn CNY", "flow", "public money paid in"),
    Field("social_capital", "mn CNY", "flow", "money of others paid in"),
    Field("offered", "mn CNY", "flow", "money the fund means to place this quarter"),
    Field("asked", "mn CNY", "flow", "money asked of the fund this quarter"),
    Field("ration", "1", "rate", "yuan paid per yuan asked"),
    Field("placed", "mn CNY", "flow", "equity bought"),
    Field("dividends", "mn CNY", "flow", "dividends received"),
    Field("sales", "mn CNY", "flow", "received for stakes sold"),
    Field("fees", "mn CNY", "flow", "cost of running the fund"),
    Field("distributed_social", "mn CNY", "flow", "paid out to private owners"),
    Field("distributed_public", "mn CNY", "flow", "paid back to the government"),
    Field("cash_next", "mn CNY", "stock", "cash after this quarter"),
)


class FundKind(enum.IntEnum):
    """What a fund is for."""

    RESEARCH = 0  # central research fund: basic research and common technology
    PROJECT = 1  # major-project fund
    GUIDANCE = 2  # a region's guidance fund
    MARKET = 3  # market fund of a large firm
    VENTURE = 4  # angel and venture capital
    INFRASTRUCTURE = 5  # infrastructure programme


LEVERS_STATE: tuple[Field, ...] = (
    Field("budgeted", "mn CNY", "flow", "money set aside this quarter"),
    Field("purse", "mn CNY", "flow", "money that arrived where it can be spent"),
    Field("disbursed", "mn CNY", "flow", "money paid out"),
    Field("misused", "mn CNY", "flow", "part of disbursed that recipients used otherwise"),
    Field("forgone", "mn CNY", "flow", "tax forgone"),
    Field("shift", "1", "stock", "what reviews have added to the budget, as a share of it"),
    Field("waiting", "mn CNY", "stock", "money that waits for pilots, by quarter of its release, a ring", shape=(4,)),
    Field("serviced", "mn CNY", "flow", "part of the purse that pays private partners of earlier projects"),
    Field("partners", "mn CNY", "flow", "money of private partners that joined the projects of the quarter"),
    Field("owed", "mn CNY", "stock", "owed to private partners"),
    Field("built", "mn CNY", "flow", "worth of the projects of the quarter that succeed"),
)

BOOKS: tuple[Field, ...] = (
    Field("paid", "mn CNY", "flow", "booked by the payer"),
    Field("received", "mn CNY", "flow", "booked by the payee"),
)


class Holder(enum.IntEnum):
    """Who holds money."""

    FIRMS = 0
    INSTITUTES = 1
    FUNDS = 2
    ADOPTERS = 3
    GOVERNMENT = 4
    HOUSEHOLDS = 5
    REST = 6  # rest of the economy
    WORLD = 7  # rest of the world


class Flow(enum.IntEnum):
    """Every kind of payment; payer and payee are in PARTIES."""

    TECHNOLOGY_SALES = 0
    BUNDLED_SALES = 1
    LINE_SALES = 2
    EXPORTS = 3
    IMPORTS = 4
    DIGITAL_BUDGETS = 5
    PUBLIC_USER_BUDGETS = 6
    PUBLIC_ORDERS = 7
    ADOPTION_SUBSIDIES = 8
    FIRM_WAGES = 9
    INSTITUTE_WAGES = 10
    ADOPTER_WAGES = 11
    MATERIALS = 12
    RESEARCH_INPUTS = 13
    COMPUTE = 14
    OVERHEAD = 15
    INVESTMENT = 16
    CORPORATE_TAX = 17
    INDUSTRIAL_GRANTS = 18
    FIRM_RESEARCH_GRANTS = 19
    INSTITUTE_PROGRAMMES = 20
    INSTITUTE_CORE = 21
    INSTITUTE_INPUTS = 22
    FUND_COMMITMENTS = 23
    SOCIAL_CAPITAL = 24
    EQUITY = 25
    OWNER_DIVIDENDS = 26
    FUND_DIVIDENDS = 27
    STAKE_SALES = 28
    FUND_FEES = 29
    SOCIAL_DISTRIBUTIONS = 30
    PUBLIC_DISTRIBUTIONS = 31
    PROGRAMMES = 32
    FOUNDERS_CAPITAL = 33
    PARENT_CAPITAL = 34
    LIQUIDATION = 35
    WRITE_OFFS = 36
    FUND_LIQUIDATION = 37
    ADJUSTMENT_SUPPORT = 38
    CENTRE_WAGES = 39
    LISTINGS = 40


PARTIES: tuple[tuple[Holder, Holder], ...] = (
    (Holder.ADOPTERS, Holder.FIRMS),
    (Holder.ADOPTERS, Holder.FIRMS),
    (Holder.REST, Holder.FIRMS),
    (Holder.WORLD, Holder.FIRMS),
    (Holder.ADOPTERS, Holder.WORLD),
    (Holder.REST, Holder.ADOPTERS),
    (Holder.GOVERNMENT, Holder.ADOPTERS),
    (Holder.GOVERNMENT, Holder.ADOPTERS),
    (Holder.GOVERNMENT, Holder.ADOPTERS),
    (Holder.FIRMS, Holder.HOUSEHOLDS),
    (Holder.INSTITUTES, Holder.HOUSEHOLDS),
    (Holder.ADOPTERS, Holder.HOUSEHOLDS),
    (Holder.FIRMS, Holder.REST),
    (Holder.FIRMS, Holder.REST),
    (Holder.FIRMS, Holder.REST),
    (Holder.FIRMS, Holder.REST),
    (Holder.FIRMS, Holder.REST),
    (Holder.FIRMS, Holder.GOVERNMENT),
    (Holder.GOVERNMENT, Holder.FIRMS),
    (Holder.GOVERNMENT, Holder.FIRMS),
    (Holder.GOVERNMENT, Holder.INSTITUTES),
    (Holder.GOVERNMENT, Holder.INSTITUTES),
    (Holder.INSTITUTES, Holder.REST),
    (Holder.GOVERNMENT, Holder.FUNDS),
    (Holder.REST, Holder.FUNDS),
    (Holder.FUNDS, Holder.FIRMS),
    (Holder.FIRMS, Holder.HOUSEHOLDS),
    (Holder.FIRMS, Holder.FUNDS),
    (Holder.REST, Holder.FUNDS),
    (Holder.FUNDS, Holder.HOUSEHOLDS),
    (Holder.FUNDS, Holder.REST),
    (Holder.FUNDS, Holder.GOVERNMENT),
    (Holder.GOVERNMENT, Holder.REST),
    (Holder.HOUSEHOLDS, Holder.FIRMS),
    (Holder.REST, Holder.FIRMS),
    (Holder.FIRMS, Holder.HOUSEHOLDS),
    (Holder.REST, Holder.FIRMS),
    (Holder.FIRMS, Holder.FUNDS),
    (Holder.GOVERNMENT, Holder.HOUSEHOLDS),
    (Holder.WORLD, Holder.HOUSEHOLDS),
    (Holder.REST, Holder.FIRMS),
)
