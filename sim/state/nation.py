"""Fields shared by the whole economy, what is given from outside, and the random key."""

from __future__ import annotations

from sim.plan.names import APPLICATIONS, CORE_SECTORS, FIELDS, REGIONS
from sim.state.fields import Field

NATION: tuple[Field, ...] = (
    Field("firm_rows", "rows", "stock", "rows of the firm table in use, living or free", "count"),
    Field("institute_rows", "rows", "stock", "rows of the institute table in use", "count"),
    Field("gdp", "index, 2016 = 1", "flow", "nominal GDP at a yearly rate"),
    Field("gdp_growth", "1", "rate", "GDP over that of the quarter before"),
    Field("wage", "index, 2016 = 1", "price", "average ICT wage"),
    Field("venture_all", "mn CNY/quarter", "flow", "all venture and private equity investment"),
    Field(
        "spend_per_intensity",
        "share of output",
        "label",
        "technology spending at full intensity, average application; from the sales of 2016",
    ),
    Field("trust", "1", "share", "trust in AI"),
    Field("incidents", "count", "flow", "AI incidents of the quarter", "count"),
    Field("exposure", "1", "share", "output-weighted AI intensity of the last quarter"),
    Field("compute_trend", "index", "price", "world price of computing, 2016 = 1"),
    Field("compute_price", "index", "price", "price of computing for Chinese firms, 2016 = 1"),
    Field("compute_demand", "index", "flow", "real use of computing by AI firms, 2016 = 1"),
    Field("compute_supply", "index", "stock", "installed computing, 2016 = 1"),
    Field("platform_capital", "mn CNY", "stock", "capital of shared innovation platforms"),
    Field("data_readiness", "1", "share", "data infrastructure of users"),
    Field("open_data", "index", "stock", "public data open to all firms, in units of a median firm of 2016"),
    Field("venture_share", "1", "share", "share of all venture and private equity money that goes to AI firms"),
    Field("laboratory_share", "1", "share", "part of the basic budgets of new laboratories that research money covers"),
    Field("mood", "log", "stock", "investors' mood about AI, a log factor on the money they bring"),
    Field("venture_supply", "mn CNY", "flow", "private equity money for AI firms raised this quarter"),
    Field("venture_placed", "mn CNY", "flow", "equity placed by private funds"),
    Field("guidance_placed", "mn CNY", "flow", "equity placed by guidance funds"),
    Field("technology_growth", "1/year", "rate", "log growth of all technology sales over a year"),
    Field("abroad", "persons", "stock", "Chinese AI talent abroad: seniors, engineers, AI+X", shape=(3,)),
    Field("drawn", "persons", "stock", "people drawn from the rest of the population, net, since 2016"),
    Field("births", "firms", "flow", "firms registered for foundation this quarter", "count"),
    Field("entries", "firms", "flow", "start-ups and spin-offs of the quarter", "count"),
    Field("recognised", "firms", "flow", "incumbents recognised in the quarter", "count"),
    Field("exits", "firms", "flow", "firms closed in the quarter", "count"),
    Field("turned_away", "firms", "flow", "entrants for whom the firm table had no row", "count"),
    Field(
        "exit_sales",
        "mn CNY",
        "flow",
        "last quarterly sales of firms that closed: technology, bundled, lines",
        shape=(3,),
    ),
    Field("institutes_due", "laboratories", "stock", "laboratories due but not yet founded, in parts"),
    Field(
        "entry_sales",
        "mn CNY",
        "flow",
        "sales of start-ups and spin-offs in their first calendar year: technology, bundled, lines",
        shape=(3,),
    ),
    Field(
        "recognition_sales",
        "mn CNY",
        "flow",
        "sales of incumbents in the calendar year of their recognition",
        shape=(3,),
    ),
    Field("public_sales", "mn CNY", "flow", "sales on public orders: technology, bundled, lines (none)", shape=(3,)),
    Field("related", "mn CNY", "flow", "related scale of the quarter under its three constructions", shape=(3,)),
    Field("imports", "mn CNY", "flow", "AI technology imported"),
    Field("rd_spending", "mn CNY", "flow", "R&D of AI firms"),
    Field("deals", "count", "flow", "rounds closed with private funds", "count"),
    Field("concentration", "1", "share", "Herfindahl index of technology sales over all firms"),
    Field("people", "persons", "stock", "people by tier", shape=(5,)),
    Field("pay", "thousand CNY/year", "price", "mean wage by tier", shape=(5,)),
    Field("students", "persons", "stock", "students in AI programmes"),
    Field("public_outlay", "mn CNY", "flow", "money disbursed under all levers"),
    Field("forgone_tax", "mn CNY", "flow", "tax forgone under all levers"),
    Field("displaced", "persons", "flow", "workers displaced this quarter"),
    Field("retrained", "persons", "flow", "displaced workers retrained this quarter"),
    Field(
        "cash_before",
        "mn CNY",
        "stock",
        "cash of firms, institutes, funds, user organisations at the start",
        shape=(4,),
    ),
    Field("heads_before", "persons", "stock", "all people in the books of the model at the start, less those drawn"),
    Field("turnover", "mn CNY", "flow", "all payments of the quarter"),
    Field(
        "worst_account",
        "row",
        "label",
        "row of the books with the largest mismatch; rows beyond are cash of holders",
        "count",
    ),
    Field("residual", "share of turnover", "share", "largest mismatch in the books of the quarter"),
    Field("residual_heads", "share of people", "share", "largest mismatch in heads of the quarter"),
)

WORLD: tuple[Field, ...] = (
    Field("gdp_growth", "1", "rate", "nominal GDP over that of the quarter before; 0 = not published"),
    Field("wage_growth", "1", "rate", "average ICT wage over that of the quarter before; 0 = not published"),
    Field("venture", "mn CNY/quarter", "flow", "all venture and private equity investment; 0 = not published"),
    Field(
        "output_drift",
        "1",
        "rate",
        "output of an application over GDP, relative to the quarter before",
        shape=(len(APPLICATIONS),),
    ),
    Field("slump", "1", "share", "severity of a demand slump"),
    Field(
        "frontier_jump",
        "1/quarter",
        "rate",
        "part of a full wave that reaches the field this quarter",
        shape=(len(FIELDS),),
    ),
    Field("benefit_jump", "1", "share", "part of the lasting benefit of a full wave in force"),
    Field("import_access", "1", "share", "part of advanced chips and knowledge that can be had from abroad"),
    Field("compute_break", "1", "share", "severity of a break of the compute price that comes this quarter"),
    Field("scandal", "1", "share", "severity of a safety scandal that comes this quarter"),
    Field("winter", "1", "share", "severity of a venture winter"),
)

KEY: tuple[Field, ...] = (
    Field("seed", "1", "label", "seed of the scenario's runs", "count"),
    Field("run", "1", "label", "number of the run", "count"),
)

POLICY_VECTORS: tuple[Field, ...] = (
    Field("core_sector_focus", "share", "share", "weights of grants over core sectors", shape=(len(CORE_SECTORS),)),
    Field("pilot_zones", "1", "share", "designated regions", shape=(len(REGIONS),)),
)
