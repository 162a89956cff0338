"""Two results in one figure: what the first adds to the second run by run, what that costs, and both side by side.

Called by `publishing` and by `Result.plot`; runs must be pairs. Differences and ratios come from `sim.results`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.errors import ResultError
from sim.outcomes import COORDINATES
from sim.plots import frames, marks, sheets
from sim.plots.labels import coordinate_name, number, percent, phrase
from sim.plots.style import INK, PANEL_SIZE, SERIES, SMALL_SIZE, styled
from sim.plots.view import Floats, unit_of, view_of
from sim.results.comparison import common_years
from sim.results.cost import ledger_differences, per_yuan_table

if TYPE_CHECKING:
    from sim.results import Result

_ROW: Final = 0.34  # inches
_COLUMNS: Final = 3
_LOOK: Final = {"disbursed": SERIES[1], "forgone": SERIES[3]}


@styled
def added(result: Result, other: Result) -> Figure:
    """Draw what a result has more than another: core scale by definition, related scale by construction.

    Parameters
    ----------
    result, other
        Results with the same seed and number of runs.

    Returns
    -------
    Figure
        One panel each, differences of paired runs, bn CNY a year.

    Raises
    ------
    ResultError
        When the runs are no pairs, or share no whole year.
    """
    years = _years(result, other)
    figure, panels = sheets.panels(2, _COLUMNS, height=1.45, gap=(0.6, 0.62), foot=0.95)
    handles: list[Artist] = []
    places = [("core_scale", name) for name in COORDINATES["definition"]]
    places += [("related_scale", name) for name in COORDINATES["construction"]]
    for ax, (scale, name) in zip(panels, places, strict=True):
        values = _difference(result, other, scale, name, years)
        handles = marks.fan(ax, years, values)
        ax.axhline(0.0, color=INK, linewidth=0.8, zorder=2, gid="zero")
        marks.time_axis(ax, years, narrow=True)
        marks.linear_axis(ax, values)
        marks.end_label(ax, years, values)
        ax.set_title(name if scale == "core_scale" else coordinate_name("construction", name), fontsize=PANEL_SIZE)
    for ax, scale in zip(panels[::_COLUMNS], ("core_scale", "related_scale"), strict=True):
        ax.set_ylabel(f"{phrase(scale)},\n{unit_of(scale)}")
    title, subtitle = _title(result, other, years), phrase("added_subtitle", b=other.scenario.name)
    sheets.heading(figure, title, subtitle)
    sheets.foot(figure, handles, [phrase("related_note")], _stamp(result, other), rise=0.62)
    return figure


@styled
def added_cost(result: Result, other: Result, *, ax: Axes | None = None) -> Axes:
    """Draw what a result costs more than another by clause group, over all years that both have.

    Parameters
    ----------
    result, other
        Results with the same seed and number of runs.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        Two bars a clause group, money disbursed and tax forgone beside it; bn CNY, mean of paired runs with its 95%
        interval. The title tells the outlay per added yuan of the core scale.

    Raises
    ------
    ResultError
        When the runs are no pairs, or share no whole year.
    """
    years = _years(result, other)
    table = ledger_differences(result, other, years)
    rows = table[(table["level"] == "group") & (table["span"] == f"{years[0]}-{years[-1]}")].to_dict("records")
    entries = {(str(row["id"]), str(row["account"])): row for row in rows}
    groups = sorted({name for name, account in entries if account in _LOOK})
    at = frames.frame(ax, height=_ROW * max(3, len(groups)), left=1.75, right=0.5)
    handles: list[Artist] = []
    for step, (account, colour) in enumerate(_LOOK.items()):
        places = [row + (step - 0.5) * 0.36 for row in range(len(groups))]
        chosen = [entries.get((group, account)) for group in groups]
        means = np.array([0.0 if row is None else row["mean"] for row in chosen])
        ends = [(0.0, 0.0) if row is None or math.isnan(row["low"]) else (row["low"], row["high"]) for row in chosen]
        handles.append(
            at.ax.barh(places, means, height=0.34, color=colour, label=phrase(f"added_{account}"), zorder=2)  # type: ignore[arg-type]
        )
        for place, mean, (low, high) in zip(places, means, ends, strict=True):
            at.ax.hlines(place, low, high, color=INK, linewidth=1.0, zorder=3)
            if mean:
                _amount(at.ax, max(float(mean), high, 0.0), place, float(mean))
    at.ax.axvline(0.0, color=INK, linewidth=0.8, zorder=1)
    at.ax.set_yticks(range(len(groups)), [f"{phrase(f'group_{group}')} ({group})" for group in groups])
    at.ax.set_ylim(len(groups) - 0.4, -0.6)
    at.ax.tick_params(axis="y", length=0)
    at.ax.grid(visible=False, axis="y")
    at.ax.grid(visible=True, axis="x")
    at.ax.set_xlabel(phrase("money"))
    at.ax.xaxis.set_major_formatter(marks.plain_numbers())
    subtitle = phrase("added_cost_subtitle", b=other.scenario.name, start=years[0], end=years[-1])
    frames.heading(at, _cost_title(result, other, years), subtitle)
    frames.foot(at, handles, [phrase("added_cost_note")], _stamp(result, other), columns=2, drop=38.0)
    return at.ax


@styled
def beside(result: Result, other: Result) -> Figure:
    """Draw the core scale of two results side by side on one axis, under the headline definition of the first.

    Parameters
    ----------
    result, other
        Results with the same seed and number of runs.

    Returns
    -------
    Figure
        A fan each with the targets of each, bn CNY a year.

    Raises
    ------
    ResultError
        When the runs are no pairs, or share no whole year.
    """
    years = _years(result, other)
    views = [view_of(each) for each in (result, other)]
    definition = views[0].definition
    figure, panels = sheets.panels(1, 2, height=2.3, share_y=True, gap=(0.3, 0.5))
    handles: list[Artist] = []
    fans = [view.values("core_scale", definition=definition)[:, : len(years)] for view in views]
    for ax, view, values, each in zip(panels, views, fans, (result, other), strict=True):
        handles = marks.fan(ax, years, values)
        goals = [goal for goal in view.goals_of("core_scale") if goal.year in years]
        handles += marks.diamonds(ax, goals)
        marks.time_axis(ax, years, narrow=True)
        ax.set_title(each.scenario.title.en, fontsize=PANEL_SIZE)
    above = [goal.above for view in views for goal in view.goals_of("core_scale") if goal.year in years]
    highest = np.quantile(fans[1], marks.QUANTILES[-1], axis=0)
    marks.linear_axis(panels[0], fans[0], [*above, float(highest.max())])
    for ax, values in zip(panels, fans, strict=True):
        marks.end_label(ax, years, values)
    panels[0].set_ylabel(unit_of("core_scale"))
    sheets.heading(figure, _beside_title(result, other), phrase("beside_subtitle", definition=definition))
    sheets.foot(figure, handles, [], _stamp(result, other), columns=4)
    return figure


def _years(result: Result, other: Result) -> list[int]:
    """Return the years that both have; refuse results that are no pairs, or have none."""
    years = common_years(result, other)
    if not years:
        raise ResultError(f"{result.scenario.name} and {other.scenario.name} share no whole year: nothing can be drawn")
    return years


def _difference(result: Result, other: Result, scale: str, name: str, years: list[int]) -> Floats:
    """Return a scale of one result less that of the other, float64[runs, years]."""
    (dimension,) = (dim for dim in result.series[scale].dims if dim not in ("run", "year"))
    place = {dimension: name, "year": years}
    first, second = (each.series[scale].sel(place).transpose("run", "year").values for each in (result, other))
    return np.asarray(first - second, dtype=np.float64)


def _amount(ax: Axes, x: float, place: float, value: float) -> None:
    ax.annotate(
        f"{'-' if value < 0 else '+'}{number(abs(value))}", (x, place), xytext=(4, 0), textcoords="offset points",
        va="center", fontsize=SMALL_SIZE, color=INK, annotation_clip=False,
    )  # fmt: skip


def _title(result: Result, other: Result, years: list[int]) -> str:
    """Say what the first adds to the core scale of the last year, with the middle 90% of runs."""
    definition = view_of(result).definition
    last = _difference(result, other, "core_scale", definition, years)[:, -1]
    low, high = np.quantile(last, (marks.QUANTILES[0], marks.QUANTILES[-1]))
    mean = float(last.mean())
    return phrase(
        "added_more" if mean >= 0.0 else "added_less", a=result.scenario.name, b=other.scenario.name, year=years[-1],
        definition=definition, value=number(abs(mean)), low=_signed(float(low)), high=_signed(float(high)),
    )  # fmt: skip


def _beside_title(result: Result, other: Result) -> str:
    """Say in what part of the runs of each the core scale passes the last target that both have."""
    keys, definition = ["year", "threshold"], view_of(result).definition
    tables = [
        each.targets.query(f"target == 'core_scale' and definition == '{definition}'") for each in (result, other)
    ]
    shared = tables[0].merge(tables[1], on=keys, suffixes=("_a", "_b")).sort_values(keys)
    names = {"a": result.scenario.name, "b": other.scenario.name}
    if shared.empty:
        return phrase("beside_bare", **names)
    row = shared.iloc[-1]
    return phrase(
        "beside", **names, year=int(row["year"]), above=f"{row['threshold']:,.10g}",
        first=percent(float(row["probability_a"])), second=percent(float(row["probability_b"])),
    )  # fmt: skip


def _cost_title(result: Result, other: Result, years: list[int]) -> str:
    """Say what was spent more, and what a yuan of added core scale cost, where that can be said."""
    definition, span = view_of(result).definition, f"{years[0]}-{years[-1]}"
    table = per_yuan_table(result, other, years)
    (row,) = table.query(
        f"cost == 'public_outlay' and scale == 'core_scale' and definition == '{definition}' and span == '{span}'"
    ).to_dict("records")
    facts = {"a": result.scenario.name, "b": other.scenario.name, "cost": number(abs(row["added_cost"]))}
    facts |= {"definition": definition, "start": str(years[0]), "end": str(years[-1]), "standing": row["standing"]}
    facts["more"] = phrase("more" if row["added_cost"] >= 0.0 else "less")
    if math.isnan(row["per_yuan"]):
        return phrase("added_cost_bare", **facts)
    ratio = {name: f"{row[name]:.2f}" for name in ("per_yuan", "low", "high")}
    return phrase("added_cost", **facts, **ratio)


def _signed(value: float) -> str:
    return f"{'-' if value < 0 else '+'}{number(abs(value))}"


def _stamp(result: Result, other: Result) -> str:
    """Return the line that identifies both."""
    first = view_of(result).stamp
    return phrase("pair_stamp", first=first, b=other.scenario.name, digest=other.manifest.digest[:10])
