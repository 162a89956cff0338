"""The marks that figures share: fans, targets, published figures, axes of time and of amounts.

Called by the figure modules; every function draws on the Axes it is given and knows nothing of a result.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter

from sim.plots.labels import number, phrase
from sim.plots.observed import Point
from sim.plots.style import (
    HALF,
    INK,
    MEDIAN,
    MOST,
    SMALL_SIZE,
    TARGET,
    TEXT_SIZE,
)
from sim.plots.view import Floats, Goal

Years: TypeAlias = Sequence[int] | npt.NDArray[np.int64]

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)

_LABEL: Final = 95.0  # points that the label of a target takes
FLOOR: Final = 1.0  # bn CNY, the least that a logarithmic axis shows
_NAMED: Final = 2  # publishers in a legend

# (bound, derived) -> marker, face, size in points
_MARKERS: Final = {
    ("", False): ("o", "white", 5.5),
    ("", True): ("o", INK, 3.0),
    ("lower", False): ("^", "white", 5.5),
    ("upper", False): ("v", "white", 5.5),
}


def fan(ax: Axes, years: Years, values: Floats) -> list[Artist]:
    """Draw median, middle 50% and middle 90% of float64[n_runs, n_years]; return what a legend shows of them."""
    x, values = broadened(years, values)
    if values.shape[0] == 1:
        return list(ax.plot(x, values[0], color=MEDIAN, linewidth=2.0, label=phrase("single"), gid="median"))
    p05, p25, p50, p75, p95 = np.quantile(values, QUANTILES, axis=0)
    (line,) = ax.plot(x, p50, color=MEDIAN, linewidth=2.0, zorder=3, label=phrase("median"), gid="median")
    half = ax.fill_between(x, p25, p75, color=HALF, linewidth=0, zorder=2, label=phrase("half"), gid="half")
    most = ax.fill_between(x, p05, p95, color=MOST, linewidth=0, zorder=1, label=phrase("most"), gid="most")
    return [line, half, most]


def broadened(years: Years, values: Floats) -> tuple[Floats, Floats]:
    """Return where to draw float64[..., n_years]: at the years, or, when there is one, over the width of a bar."""
    x = np.asarray(years, dtype=np.float64)
    if len(x) > 1:
        return x, values
    return np.array([x[0] - 0.3, x[0] + 0.3]), np.repeat(values, 2, axis=-1)


def goals(ax: Axes, targets: Sequence[Goal], values: Floats, first_year: int) -> list[Artist]:
    """Draw targets as diamonds, each with its year and value where neither the fan nor the axis is in the way.

    Parameters
    ----------
    ax
        With its final limits.
    targets
        In years of the series.
    values
        The fan, float64[n_runs, n_years].
    first_year
        Of the series.

    Returns
    -------
    list of Artist
        One legend entry, none without targets.
    """
    above: tuple[float, float] | None = None  # place of the last label over the fan, points
    for goal in targets:
        low, high = np.quantile(values[:, goal.year - first_year], (QUANTILES[0], QUANTILES[-1]))
        above = _label_outside(ax, goal, min(low, goal.above), max(high, goal.above), above) or above
    return diamonds(ax, targets)


def diamonds(ax: Axes, targets: Sequence[Goal], label: str = "") -> list[Artist]:
    """Draw targets without words; return one legend entry, called `label`, none without targets."""
    drawn: list[Artist] = []
    for goal in targets:
        drawn[:] = ax.plot(
            goal.year, goal.above, marker="D", markersize=6.5, color=TARGET, markeredgecolor="white", linestyle="",
            zorder=6, clip_on=False, label=label or phrase("goal"), gid=f"target-{goal.indicator}-{goal.year}",
        )  # fmt: skip
    return drawn[:1]


def _label_outside(
    ax: Axes, goal: Goal, low: float, high: float, last: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Write under what stands at the target's year when there is room, else over it and over the label before.

    Returns the place of a label over the fan in points, with a line from it to the target.
    """
    first, end = ax.get_xlim()
    early = (goal.year - first) / (end - first) < 0.2
    to_points = 72.0 / ax.figure.dpi
    floor = float(ax.get_window_extent().y0) * to_points
    x, under = (float(place) * to_points for place in ax.transData.transform((goal.year, low)))
    options: dict[str, Any] = {"color": TARGET, "fontsize": TEXT_SIZE, "ha": "left" if early else "right"}
    aside = -5 if early else 5
    text = phrase("goal_label", year=goal.year, above=f"{goal.above:,.10g}")
    if under - floor > 2.2 * TEXT_SIZE:
        if low != goal.above:
            ax.plot([goal.year, goal.year], [goal.above, low], color=TARGET, linewidth=0.8, zorder=5)
        halo_text(ax, goal.year, low, text, xytext=(aside, -7), va="top", **options)
        return None
    over = float(ax.transData.transform((goal.year, high))[1]) * to_points
    lift = max(0.0, last[1] + 1.4 * TEXT_SIZE - over) if last and x - last[0] < _LABEL else 0.0
    top = ax.transData.inverted().transform((0.0, (over + lift) / to_points))[1]
    ax.plot([goal.year, goal.year], [goal.above, top], color=TARGET, linewidth=0.8, zorder=5)
    halo_text(ax, goal.year, high, text, xytext=(aside, 5 + lift), va="bottom", **options)
    return x, over + lift


def dots(ax: Axes, points: Sequence[Point], *, named: bool = True) -> list[Artist]:
    """Draw published figures and return their legend entries.

    Rings are printed figures, small dots follow from printed ones, triangles are bounds and point to where the value
    lies.
    """
    handles: list[Artist] = []
    for (bound, derived), (marker, face, size) in _MARKERS.items():
        chosen = [point for point in points if (point.bound, point.derived) == (bound, derived)]
        if chosen:
            key = f"published_{bound or ('derived' if derived else 'value')}"
            handles += ax.plot(
                [point.date for point in chosen], [point.value for point in chosen], linestyle="", marker=marker,
                markersize=size, markerfacecolor=face, markeredgecolor=INK, markeredgewidth=1.2, zorder=8,
                clip_on=False,
                label=phrase(key) + (phrase("by_sources", sources=sources(chosen)) if named else ""), gid=key,
            )  # fmt: skip
    return handles


def sources(points: Sequence[Point]) -> str:
    """Name the first publishers."""
    known = list(dict.fromkeys(point.source for point in points if point.source))
    return ", ".join(known[:_NAMED]) + (phrase("and_others") if len(known) > _NAMED else "")


def time_axis(ax: Axes, years: Years, *, narrow: bool = False) -> None:
    """Mark every year and name the first, the last and every fifth; on a narrow Axes at most four of them."""
    first, last = int(years[0]), int(years[-1])
    for step in (5, 10, 20):
        round_years = [year for year in range(first, last) if year % step == 0 and last - year > 1]
        if not narrow or len(round_years) < 4:
            break
    named = sorted({*([] if narrow and round_years else [first]), *round_years, last})
    if len(named) > 2 and named[1] - named[0] < 2:
        named.pop(1)
    ax.xaxis.set_major_locator(FixedLocator(named))
    ax.xaxis.set_minor_locator(FixedLocator(range(first, last + 1)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
    ax.set_xlim(first - 0.4, last + 0.4)


def linear_axis(ax: Axes, values: Floats, others: Sequence[float] = ()) -> None:
    """Make room for a fan of float64[n_runs, n_years] and other marks; start at zero unless something lies below."""
    low, high = np.quantile(values, (QUANTILES[0], QUANTILES[-1]), axis=0)
    bottom, top = min([float(low.min()), *others]), max([float(high.max()), *others])
    margin = 0.05 * (top - min(bottom, 0.0)) or 1.0
    ax.set_ylim(0.0 if bottom >= 0.0 else bottom - margin, top + margin)
    ax.yaxis.set_major_formatter(plain_numbers())


def plain_numbers() -> FuncFormatter:
    """Return the formatter of all number axes: thousands separated, no powers of ten."""
    return FuncFormatter(lambda value, _: f"{value:,.6g}")


def log_axis(ax: Axes, fans: Iterable[Floats], others: Sequence[float]) -> None:
    """Make a y axis logarithmic with room for fans and for other marks; only decades are named.

    Values under `FLOOR` are off the axis: early value-added gains are negative.
    """
    ends = np.concatenate([np.quantile(values, (QUANTILES[0], QUANTILES[-1]), axis=0).reshape(-1) for values in fans])
    bottom, top = max(FLOOR, min([float(ends.min()), *others])), max([float(ends.max()), *others, 10.0 * FLOOR])
    ax.set_yscale("log")
    ax.set_ylim(10.0 ** math.floor(math.log10(bottom)), 1.3 * top)
    ax.yaxis.set_major_formatter(plain_numbers())
    ax.yaxis.set_minor_formatter(NullFormatter())


def halo_text(ax: Axes, x: float, y: float, text: str, **options: Any) -> None:
    """Write beside a mark, in small on a white halo; options as of `annotate`, distances in points."""
    options = {"color": INK, "fontsize": SMALL_SIZE, "textcoords": "offset points", "zorder": 9, **options}
    written = ax.annotate(text, (x, y), **options)
    written.set_path_effects([withStroke(linewidth=2.2, foreground="white")])


def end_label(ax: Axes, years: Years, values: Floats) -> None:
    """Write the last median at the end of its line: over it, or under it at the top of the Axes."""
    last = float(np.median(values[:, -1]))
    bottom, top = ax.get_ylim()
    over = last - bottom < 0.85 * (top - bottom)
    place = {"xytext": (3, 3), "va": "bottom"} if over else {"xytext": (3, -5), "va": "top"}
    halo_text(ax, float(years[-1]), last, number(last), ha="right", annotation_clip=False, **place)
