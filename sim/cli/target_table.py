"""The table of targets as a terminal shows it: every target under every definition.

Called by `run`; the figures come from the result.
"""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from sim.cli.console import is_wide, plain_table

if TYPE_CHECKING:
    from rich.table import Table

    from sim.results import Result

_TARGET = ("target", "year", "threshold")
_FIRST: Final = {"en": "Target, bn CNY", "zh": "目标，十亿元"}
_HEADINGS: Final = {
    "en": {},
    "zh": {"Above": "超过目标", "90% par.": "90%参数", "Median": "中位数", "First": "首次"},
}
_SCALES: Final = {"en": {}, "zh": {"core_scale": "核心产业规模", "related_scale": "相关产业规模"}}


def target_table(result: Result, language: str = "en") -> Table:
    """Return the targets of a result.

    Parameters
    ----------
    result
        Its table of targets is shown.
    language
        `en` or `zh`, of headings; definitions keep their names.

    Returns
    -------
    rich.table.Table
        One row per target and definition, or construction: percent of runs above, intervals, median and 5-95% in
        bn CNY, first year of the median run.
    """
    rows = result.targets.sort_values(["target", "year", "threshold"], kind="stable").to_dict("records")
    has_parameters = any(not math.isnan(row["prob_parameter_low"]) for row in rows)
    columns = ["Above", "95%", *(["90% par."] if has_parameters else []), "Median", "5-95%"]
    if is_wide() or not has_parameters:
        columns.append("First")
    heads = [_HEADINGS[language].get(name, name) for name in columns]
    table = plain_table(_FIRST[language], *heads, right=tuple(heads))
    for (target, year, threshold), members in groupby(rows, key=lambda row: tuple(row[key] for key in _TARGET)):
        name = _SCALES[language].get(target, target.replace("_", " "))
        table.add_row(f"{name} {year} > {threshold:,.10g}")
        for row in members:
            cells = _cells(row)
            table.add_row(f"  {row['definition']}{' *' if row['headline'] else ''}", *(cells[name] for name in columns))
        table.add_section()
    return table


def _cells(row: dict[Any, Any]) -> dict[str, str]:
    """Return what stands in each column for one target and definition."""
    from sim.plots.labels import percent

    return {
        "Above": percent(row["probability"]),
        "95%": _span(100.0 * row["prob_low"], 100.0 * row["prob_high"], "%"),
        "90% par.": _span(100.0 * row["prob_parameter_low"], 100.0 * row["prob_parameter_high"], "%"),
        "Median": f"{row['median']:,.0f}",
        "5-95%": _span(row["p05"], row["p95"]),
        "First": year_cell(row["first_year_median"]),
    }


def _span(low: float, high: float, unit: str = "") -> str:
    return "-" if math.isnan(low) else f"{low:,.0f}-{high:,.0f}{unit}"


def year_cell(year: Any) -> str:
    """Return a year that may be missing, as pandas marks it, for a cell."""
    return "-" if str(year) in ("<NA>", "nan", "None") else f"{int(year)}"
