"""Technology parity field by field: where each stands in the years of the plan's steps, how many runs reach the goal.

Called by `publishing` and by `Result.plot`. Thresholds are those of the goals in words, constructions of ours.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.errors import UserError
from sim.measurement import declared_goals
from sim.measurement.goal_list import Goal
from sim.plots import frames, marks
from sim.plots.labels import coordinate_name, number, percent, phrase
from sim.plots.shades import SHADES, ink_on
from sim.plots.style import INK, MOST, QUIET, SERIES, SMALL_SIZE, TARGET, styled
from sim.plots.view import Data, Floats, View, view_of
from sim.seeds import read_table

_ROW: Final = 0.172  # inches
_GAP: Final = 0.55  # rows between groups of fields
_CELL: Final = 0.42  # inches
_MATRIX: Final = 0.12  # inches between the Axes and the matrix beside it
_KINDS: Final = ("theory_applied", "theory_frontier", "technology")
_DOTS: Final = (SERIES[4], SERIES[2], SERIES[0])  # the steps of the plan, from light to dark
_LIKELY: Final = 0.5


@styled
def parity(data: Data, *, ax: Axes | None = None) -> Axes:
    """Draw the domestic level of every field over the world frontier at the start and in the years of the three steps.

    Parameters
    ----------
    data
        A result or its Dataset.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        A row for all fields together and one a field: medians of the runs, the middle 90% in the last of the years, and
        beside them the percent of runs at the threshold of each year.

    Raises
    ------
    UserError
        When the result holds no parity, or ends before the first year with a threshold.
    """
    view = view_of(data)
    goals = {goal.id: goal for goal in declared_goals()}
    single, overall = goals["field_parity"], goals["parity_overall"]
    years = [threshold.year for threshold in single.thresholds if threshold.year in view.years]
    if not years:
        raise UserError(f"no goal of the plan falls in {view.span[0]} to {view.span[1]}: parity is not drawn")
    rows = _rows(view)
    at = frames.frame(ax, height=_ROW * (rows[-1][1] + 1.2), left=2.15, right=_MATRIX + _CELL * len(years))
    handles = _dots(at.ax, view, rows, years)
    _levels(at.ax, single)
    for place, year in enumerate(years):
        _column(at, view, rows, (single, overall), year, place)
    _axes(at.ax, view, rows)
    frames.heading(at, _title(view, single, overall, years[-1]), phrase("parity_subtitle"))
    frames.foot(
        at, handles, [phrase("goals_note"), phrase("parity_lines")], view.stamp, columns=len(handles), drop=38.0
    )
    return at.ax


def _rows(view: View) -> list[tuple[str, float]]:
    """Return field and place of every row, top to bottom; the first, without a field, is their mean."""
    fields = [str(name) for name in view.array("technology_parity")["field"].values]
    seed = read_table("population/fields")
    kinds = dict(zip(seed["id"].tolist(), seed["kind"].tolist(), strict=True))
    rows, place = [("", 0.0)], 1.0
    for kind in _KINDS:
        place += _GAP
        for name in fields:
            if kinds[name] == kind:
                rows.append((name, place))
                place += 1.0
    return rows


def _values(view: View, field: str) -> Floats:
    """Return the parity of a field, or of all on average, float64[n_runs, n_years]."""
    values = view.values("technology_parity", **({"field": field} if field else {}))
    return values if field else values.mean(axis=2)


def _dots(ax: Axes, view: View, rows: list[tuple[str, float]], years: list[int]) -> list[Artist]:
    """Draw medians of the first year and of the years given, the range of runs in the last; return legend entries."""
    first = view.span[0]
    handles: dict[str, Artist] = {}
    for name, place in rows:
        values = _values(view, name)
        low, high = np.quantile(values[:, years[-1] - first], (marks.QUANTILES[0], marks.QUANTILES[-1]))
        label = phrase("parity_range", year=years[-1])
        handles["range"] = ax.hlines(place, low, high, color=MOST, linewidth=5.0, zorder=2, label=label)
        dots = [(first, "white"), *zip(years, _DOTS[-len(years) :], strict=True)]
        for year, colour in dots:
            (handles[str(year)],) = ax.plot(
                float(np.median(values[:, year - first])), place, marker="o", markersize=4.6, linestyle="",
                markerfacecolor=colour, markeredgecolor=QUIET if year == first else colour, zorder=4, label=str(year),
                gid=f"parity-{name or 'all'}-{year}",
            )  # fmt: skip
    return [handles[str(year)] for year in (first, *years)] + [handles["range"]]


def _levels(ax: Axes, goal: Goal) -> None:
    """Draw what counts as in step and as leading as lines."""
    for level in sorted({threshold.at_least for threshold in goal.thresholds}):
        style = "solid" if level >= 1.0 else (0, (1.5, 2.0))
        ax.axvline(level, color=TARGET, linewidth=0.9, linestyle=style, zorder=3, gid=f"level-{level:g}")


def _column(
    at: frames.Frame, view: View, rows: list[tuple[str, float]], goals: tuple[Goal, Goal], year: int, place: int
) -> None:
    """Write the percent of runs at the threshold of a year beside every row, shaded by it."""
    left = 1.0 + (_MATRIX + place * _CELL) / at.inches
    width = _CELL / at.inches
    across = at.ax.get_yaxis_transform()
    for name, row in rows:
        threshold = (goals[0] if name else goals[1]).threshold(year)
        if threshold is None:
            continue
        share = float(np.mean(_values(view, name)[:, year - view.span[0]] >= threshold.at_least - 1e-12))
        at.ax.add_patch(
            Rectangle(
                (left, row - 0.5), width, 1.0, transform=across, clip_on=False, facecolor=SHADES(share),
                edgecolor="white", linewidth=0.8, gid=f"met-{name or 'all'}-{year}",
            )
        )  # fmt: skip
        at.ax.text(
            left + 0.5 * width, row, percent(share), transform=across, ha="center", va="center_baseline",
            fontsize=SMALL_SIZE, color=ink_on(share), clip_on=False,
        )  # fmt: skip
    level = goals[0].threshold(year)
    at.ax.annotate(
        f"{year}\n≥ {level.at_least:g}" if level else str(year), (left + 0.5 * width, rows[-1][1] + 0.6),
        xycoords=across, xytext=(0, -3), textcoords="offset points", ha="center", va="top", fontsize=SMALL_SIZE,
        color=QUIET, annotation_clip=False,
    )  # fmt: skip


def _axes(ax: Axes, view: View, rows: list[tuple[str, float]]) -> None:
    ax.set_ylim(rows[-1][1] + 0.6, -0.6)
    names = [coordinate_name("field", name) if name else phrase("parity_all") for name, _ in rows]
    ax.set_yticks([place for _, place in rows], names, fontsize=SMALL_SIZE)
    ax.get_yticklabels()[0].set_fontweight("bold")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    farthest = max(float(np.quantile(_values(view, name), marks.QUANTILES[-1], axis=0).max()) for name, _ in rows)
    ax.set_xlim(0.0, max(1.1, farthest + 0.03))
    ax.set_xlabel(phrase("parity_axis"))
    ax.xaxis.label.set_color(INK)


def _title(view: View, single: Goal, overall: Goal, year: int) -> str:
    """Say how many fields reach the threshold of the last year in most runs, and where technology stands on average."""
    threshold = single.threshold(year)
    level = threshold.at_least if threshold else 1.0
    at_year = view.values("technology_parity")[:, year - view.span[0]]
    reached = int(((at_year >= level - 1e-12).mean(axis=0) > _LIKELY).sum())
    wanted = overall.threshold(year)
    step = "leading" if level >= 1.0 else "in_step"
    return phrase(
        f"parity_{step}" if reached else f"parity_none_{step}", year=year, reached=reached, fields=at_year.shape[1],
        median=number(float(np.median(at_year.mean(axis=1))), 2),
        goal=phrase("parity_goal", level=f"{wanted.at_least:g}") if wanted else "",
    )  # fmt: skip
