"""What a run leaves behind: every recorded outcome with its dimensions, unit and kind, declared once.

The recorder fills one record a quarter; results, plots and documentation take names and units from here. Imports
nothing of the package but names and `state.fields`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.plan.names import (
    APPLICATIONS,
    CONSTRUCTIONS,
    CORE_SECTORS,
    DEFINITIONS,
    FIELDS,
    REGIONS,
    STANDINGS,
    TIERS,
    TURNOVERS,
)

ACCOUNTS = ("technology", "bundled", "lines")
LEDGER_ACCOUNTS = ("budgeted", "disbursed", "idle", "misused", "forgone")

COORDINATES: dict[str, tuple[str, ...]] = {
    "account": ACCOUNTS,
    "definition": DEFINITIONS,
    "construction": CONSTRUCTIONS,
    "region": REGIONS,
    "sector": CORE_SECTORS,
    "application": APPLICATIONS,
    "field": FIELDS,
    "tier": TIERS,
    "standing": STANDINGS,
    "turnover": TURNOVERS,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome; `kind` is stock, flow, price or share and rules how quarters become years.

    Annual rule: flow = sum of the quarters, stock = fourth quarter, price and share = mean.
    """

    name: str
    dims: tuple[str, ...]
    unit: str
    kind: str
    long_name: str

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the lengths of the outcome's own dimensions."""
        return tuple(len(COORDINATES[dim]) for dim in self.dims)


RECORDED: tuple[Outcome, ...] = (
    Outcome("sales_by_sector", ("sector", "account"), "bn CNY", "flow", "sales of AI firms by core sector and account"),
    Outcome("sales_by_region", ("region", "account"), "bn CNY", "flow", "sales of AI firms by region and account"),
    Outcome(
        "entry_sales", ("account",), "bn CNY", "flow", "sales of start-ups and spin-offs in their first calendar year"
    ),
    Outcome(
        "recognition_sales", ("account",), "bn CNY", "flow", "sales of incumbents in the calendar year of recognition"
    ),
    Outcome("public_sales", ("account",), "bn CNY", "flow", "sales on public orders"),
    Outcome("related_scale", ("construction",), "bn CNY", "flow", "related industry scale, three constructions"),
    Outcome("firms", (), "count", "stock", "AI firms on the list"),
    Outcome(
        "firms_by_standing",
        ("standing", "turnover"),
        "count",
        "stock",
        "AI firms by quality over the world frontier of their sector and by yearly sales of AI technology",
    ),
    Outcome("firm_entries", (), "count", "flow", "start-ups, spin-offs and incumbents newly counted"),
    Outcome("firm_recognitions", (), "count", "flow", "incumbents newly counted as AI firms"),
    Outcome("firm_exits", (), "count", "flow", "AI firms closed"),
    Outcome("talent", ("tier",), "thousand persons", "stock", "people by tier, with and without a post"),
    Outcome("wages", ("tier",), "thousand CNY/year", "price", "mean wage by tier"),
    Outcome("students", (), "thousand persons", "stock", "students in AI degree programmes"),
    Outcome("rd_spending", (), "bn CNY", "flow", "R&D of AI firms"),
    Outcome("venture_investment", (), "bn CNY", "flow", "equity placed in AI firms by private funds"),
    Outcome("venture_deals", (), "count", "flow", "rounds closed with private funds"),
    Outcome("guidance_invested", (), "bn CNY", "flow", "equity placed in AI firms by guidance funds"),
    Outcome("guidance_returned", (), "bn CNY", "flow", "proceeds that guidance funds pay back to the government"),
    Outcome("public_outlay", (), "bn CNY", "flow", "money disbursed under all levers"),
    Outcome("forgone_tax", (), "bn CNY", "flow", "tax forgone under all levers"),
    Outcome("imports", (), "bn CNY", "flow", "AI technology imported by users"),
    Outcome("served_share", (), "share", "share", "part of orders for AI technology that domestic firms could deliver"),
    Outcome(
        "quality",
        ("sector",),
        "index, world frontier 2016 = 1",
        "price",
        "quality of domestic supply, weighted by sales",
    ),
    Outcome(
        "supply_parity",
        ("sector",),
        "share of the world frontier",
        "share",
        "quality of domestic supply, weighted by sales, over the world frontier",
    ),
    Outcome(
        "technology_parity",
        ("field",),
        "share of the world frontier",
        "share",
        "domestic level over the world frontier",
    ),
    Outcome("adoption_share", ("application",), "share", "share", "output-weighted share of organisations that use AI"),
    Outcome("ai_intensity", ("application",), "share", "share", "output-weighted AI intensity"),
    Outcome("displaced_workers", (), "thousand persons", "flow", "workers displaced by deeper use of AI"),
    Outcome("retrained_workers", (), "thousand persons", "flow", "displaced workers who became AI users"),
    Outcome("compute_price", (), "index, 2016 = 1", "price", "price of computing for AI firms"),
    Outcome("trust", (), "index, 2016 = 1", "price", "trust in AI"),
    Outcome("network_coverage", (), "share", "share", "network coverage, weighted by GDP"),
    Outcome("knowledge_reach", (), "index", "share", "results of public research within reach of a firm, mean"),
    Outcome("concentration", (), "share", "share", "Herfindahl index of technology sales over firms"),
    Outcome("gdp", (), "index, 2016 = 1", "price", "nominal GDP at a yearly rate (given)"),
    Outcome("residual", (), "share of turnover", "share", "largest mismatch in the books"),
    Outcome("residual_heads", (), "share of people", "share", "largest mismatch in heads"),
)

MEASURED: tuple[Outcome, ...] = (
    Outcome("core_scale", ("definition",), "bn CNY", "flow", "core industry scale by definition"),
    Outcome(
        "core_organic",
        ("definition",),
        "bn CNY",
        "flow",
        "change of the core scale on the year before from firms already on the list, exits deducted",
    ),
    Outcome(
        "core_entry",
        ("definition",),
        "bn CNY",
        "flow",
        "core scale of start-ups and spin-offs in their first calendar year",
    ),
    Outcome(
        "core_recognition",
        ("definition",),
        "bn CNY",
        "flow",
        "core scale of incumbents in the calendar year they were first counted",
    ),
    Outcome("core_public_orders", ("definition",), "bn CNY", "flow", "core scale sold on public orders"),
    Outcome("core_by_sector", ("sector",), "bn CNY", "flow", "core scale by core sector, headline definition"),
    Outcome("core_by_region", ("region",), "bn CNY", "flow", "core scale by region, headline definition"),
)

OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for outcome in MEASURED + RECORDED}

RECORD = np.dtype(
    (np.record, np.dtype([(outcome.name, np.float64, outcome.shape) for outcome in RECORDED], align=True))
)
