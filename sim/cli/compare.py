"""`roadmap compare`: two results side by side, run by run over common random numbers."""

from __future__ import annotations

import math
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from sim.cli.console import plain_table, remark, say, show
from sim.cli.target_table import year_cell

if TYPE_CHECKING:
    from rich.table import Table

    from sim.results import Comparison, Result, Saved

_TARGET = ("target", "year", "threshold")
_FIGURES: Final = "figures"
_COST_NOTE: Final = (
    "Cost and gain of A over B, current prices, not discounted: mean and its 95%\n"
    "interval over paired runs. Tax forgone is no outlay. Public orders are outlay\n"
    "and buy part of the core scale; private demand they displace is not deducted.\n"
)
_RATIO_NOTE: Final = (
    "Added outlay over added scale, ratio of means with its 95% interval over paired\n"
    "runs (Fieller). No clear gain: the interval of the added scale holds zero, so\n"
    "there is no ratio. The scale of the last year also rests on money of the years\n"
    "before: read all years first. The three related scales are an envelope.\n"
)


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="Result folder.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Result folder with the same seed and number of runs.")],
    folder: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Write tables and figures there.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace another comparison in the folder.")] = False,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Draw no figures.")] = False,
) -> None:
    """Compare two results run by run: targets, scales, cost per added yuan, ledger."""
    from sim.results import compare as compare_results
    from sim.results import load_result

    a, b = load_result(first), load_result(second)
    found = compare_results(a, b)
    saved = None if folder is None else _saved(found, (a, b), folder, force=force, figures=not no_figures)
    for caution in found.cautions:
        remark(f"caution: {caution}")
    if a.manifest.run_digest == b.manifest.run_digest:
        remark("caution: the two are the same run; all differences are 0")
    say(f"A  {a.scenario.title.en} ({first})\nB  {b.scenario.title.en} ({second})\n")
    if found.targets.empty:
        say("No target has its year within the horizon of either.")
    else:
        show(_targets(found))
    say("\nScales of A, of B and A less B run by run, bn CNY; error: of the mean, paired and (unpaired).\n")
    show(_differences(found))
    _tell_cost(found)
    if saved is not None:
        say(f"\nComparison  {saved}")


def _tell_cost(found: Comparison) -> None:
    """Print what A costs and brings more than B, public money per added yuan, and the ledger by clause group."""
    from sim.cli.pair_tables import cost_table, ledger_table, per_yuan_table

    if found.cost.empty:
        return
    for note, table in ((_COST_NOTE, cost_table), (_RATIO_NOTE, per_yuan_table)):
        say(f"\n{note}\n")
        show(table(found))
    say(f"\nFiscal ledger of A less that of B, {found.ledger['span'].iloc[0]}, bn CNY, means of runs.\n")
    show(ledger_table(found))


def _saved(found: Comparison, pair: tuple[Result, Result], folder: Path, *, force: bool, figures: bool) -> Saved:
    """Write tables and figures, whole or not at all; return where they are."""

    def draw(place: Path) -> None:
        from sim.plots import publish_pair

        remark("Drawing the figures ...")
        publish_pair(*pair, place / _FIGURES)

    return found.save(folder, force=force, figures=draw if figures else None)


def _targets(found: Comparison) -> Table:
    """Return the targets of both: percent of runs above, difference in points with its error, first years."""
    columns = ("A", "B", "A - B", "First A", "First B")
    table = plain_table("Target, bn CNY", *columns, right=columns)
    rows = found.targets.sort_values(list(_TARGET), kind="stable").to_dict("records")
    for (target, year, threshold), members in groupby(rows, key=lambda row: tuple(row[key] for key in _TARGET)):
        table.add_row(f"{target.replace('_', ' ')} {year} > {threshold:,.10g}")
        for row in members:
            shares = _share(row["probability_a"]), _share(row["probability_b"])
            years = year_cell(row["first_year_median_a"]), year_cell(row["first_year_median_b"])
            table.add_row(f"  {row['definition']}", *shares, _points(row), *years)
        table.add_section()
    return table


def _differences(found: Comparison) -> Table:
    """Return the scales of both in the years of the targets, else in their last, with the difference run by run."""
    columns = ("Year", "Mean A", "Mean B", "A - B", "Error", "5-95%")
    table = plain_table("Scale, bn CNY", *columns, right=columns)
    common = set(found.differences["year"].tolist())
    years = common & set(found.targets["year"].tolist()) or {max(common)}
    rows = [row for row in found.differences.to_dict("records") if row["year"] in years]
    last = ""
    for (outcome, definition), members in groupby(rows, key=lambda row: (row["outcome"], row["definition"])):
        if outcome != last:
            table.add_row(outcome.replace("_", " "))
            last = outcome
        name = f"  {definition}"
        for row in members:
            means = f"{row['mean_a']:,.0f}", f"{row['mean_b']:,.0f}", f"{row['mean']:+,.0f}"
            errors = f"{row['error_paired']:,.0f} ({row['error_unpaired']:,.0f})"
            table.add_row(name, str(row["year"]), *means, errors, f"{row['p05']:+,.0f}/{row['p95']:+,.0f}")
            name = ""
        table.add_section()
    return table


def _share(value: float) -> str:
    from sim.plots.labels import percent

    return "-" if math.isnan(value) else percent(value)


def _points(row: dict[Any, Any]) -> str:
    """Return the difference of two probabilities in percentage points with its standard error."""
    if math.isnan(row["difference"]):
        return "-"
    error = "" if math.isnan(row["error_paired"]) else f" ± {100 * row['error_paired']:.1f}"
    return f"{100 * row['difference']:+.1f}{error}"
