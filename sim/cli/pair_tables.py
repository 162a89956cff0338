"""What one result costs and brings beyond another, as a terminal shows it: cost, public money per added yuan, ledger.

Called by `compare`; the figures come from the comparison.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sim.cli.console import plain_table

if TYPE_CHECKING:
    from rich.table import Table

    from sim.results import Comparison

_NAMES: Final = {
    "public_outlay": "public outlay",
    "guidance_returned": "  paid back by guidance funds",
    "net_outlay": "  net of that",
    "forgone_tax": "tax forgone, beside it",
    "core_scale": "core scale",
    "core_without_public_orders": "core without public orders",
    "related_scale": "related scale",
}
_ACCOUNTS: Final = ("disbursed", "misused", "idle", "forgone")


def cost_table(found: Comparison) -> Table:
    """Return what A costs and brings more than B: mean and 95% interval over paired runs, all years and the last."""
    spans = list(dict.fromkeys(found.cost["span"]))
    table = plain_table("A - B, bn CNY", *_pairs(spans, "95%"), right=tuple(_pairs(spans, "95%")))
    rows = {(row["measure"], row["definition"], row["span"]): row for row in found.cost.to_dict("records")}
    for measure, definitions in _members(found.cost, "measure").items():
        if definitions != [""]:
            table.add_section()
            table.add_row(_NAMES[measure])
        for definition in definitions:
            cells = [cell for span in spans for cell in _amount(rows[measure, definition, span])]
            table.add_row(f"  {definition}" if definition else _NAMES[measure], *cells)
    return table


def per_yuan_table(found: Comparison) -> Table:
    """Return public outlay per added yuan of every scale with its 95% interval; words where no ratio says anything."""
    chosen = found.per_yuan[found.per_yuan["cost"] == "public_outlay"]
    spans = list(dict.fromkeys(chosen["span"]))
    table = plain_table("Outlay per added yuan of", *_pairs(spans, "95%"), right=tuple(_pairs(spans, "95%")))
    rows = {(row["scale"], row["definition"], row["span"]): row for row in chosen.to_dict("records")}
    for scale, definitions in _members(chosen, "scale").items():
        table.add_row(_NAMES[scale])
        for definition in definitions:
            cells = [cell for span in spans for cell in _ratio(rows[scale, definition, span])]
            table.add_row(f"  {definition}", *cells)
        table.add_section()
    return table


def ledger_table(found: Comparison) -> Table:
    """Return the ledger of A less that of B by clause group, means over all years that both have."""
    from sim.plots.labels import phrase

    table = plain_table("Clause group, A - B", *_ACCOUNTS, right=_ACCOUNTS)
    if found.ledger.empty:
        return table
    span = found.ledger["span"].iloc[0]
    rows = found.ledger[(found.ledger["span"] == span) & found.ledger["level"].isin(["group", "total"])]
    means = {(row["level"], row["id"], row["account"]): row["mean"] for row in rows.to_dict("records")}
    for level, name in sorted({(level, name) for level, name, _ in means}):
        if level == "total":
            table.add_section()
        told = "all" if level == "total" else f"{name} {phrase(f'group_{name}')}"
        cells = (means.get((level, name, account)) for account in _ACCOUNTS)
        table.add_row(told, *("-" if value is None else f"{value:+,.1f}" for value in cells))
    return table


def _pairs(spans: list[str], second: str) -> list[str]:
    """Return two headings a span; the second differs by blanks, because columns are told apart by their names."""
    return [name for place, span in enumerate(spans) for name in (span, second + " " * place)]


def _members(table: Any, column: str) -> dict[str, list[str]]:
    """Return the definitions of each measure in the order of the table."""
    members: dict[str, list[str]] = {}
    for name, definition in zip(table[column], table["definition"], strict=True):
        members.setdefault(name, [])
        if definition not in members[name]:
            members[name].append(definition)
    return members


def _amount(row: dict[Any, Any]) -> tuple[str, str]:
    digits = 0 if max(abs(row["mean"]), abs(row["low"]), abs(row["high"])) >= 100 else 1
    return f"{row['mean']:+,.{digits}f}", _span(row["low"], row["high"], f"+,.{digits}f")


def _ratio(row: dict[Any, Any]) -> tuple[str, str]:
    if math.isnan(row["per_yuan"]):
        return row["standing"], "-"
    return f"{row['per_yuan']:.2f}", _span(row["low"], row["high"], ".2f")


def _span(low: float, high: float, form: str) -> str:
    return "-" if math.isnan(low) else f"{low:{form}}/{high:{form}}"
