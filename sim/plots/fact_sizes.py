"""Figures of size and growth: who is how large, how firms grow, how growth varies with size and age.

Called by `fact_sheet` and by people: `sizes(facts)` returns the Axes, `variance(facts)` a Figure of two panels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, LogLocator, NullFormatter

from sim.facts.estimators import subbotin_density
from sim.plots import frames, marks, sheets
from sim.plots.fact_marks import (
    amount,
    band,
    edges,
    fan_of_slopes,
    over_runs,
    published,
    quiet_axes,
    stamp,
    verdict,
    word,
)
from sim.plots.style import DASHES, INK, MEDIAN, MOST, PANEL_SIZE, QUIET, styled
from sim.plots.view import Floats

if TYPE_CHECKING:
    from sim.facts import Facts

_TAIL: Final = 0.1  # part of the firms that the exponent is of
_DENSITIES: Final = (3e-3, 12.0)  # that the tent shows
_GROWTH: Final = 0.8  # log points to either side


@styled
def sizes(facts: Facts, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the part of the firms larger than a size, in the first and the last year, both axes logarithmic.

    Parameters
    ----------
    facts
        What is drawn.
    ax
        Where to draw; a new figure when None.
    lang
        Language, en or zh.

    Returns
    -------
    Axes
        Medians and middle 90% of runs; the published slopes start at the tenth of firms.
    """
    table, row = facts.shapes["sizes"], facts.value("size_tail_last")
    at = frames.frame(ax)
    years = sorted(set(table["year"].tolist()))
    handles: list[Artist] = []
    for year in reversed(years):
        chosen = table[table["year"] == year]
        grid = np.unique(chosen["above"].to_numpy(dtype=np.float64))
        curves = over_runs(chosen, "above", "sales", grid, log=True)
        handles += _sizes_of_year(at.ax, grid, curves, facts, lang, year, is_last=year == years[-1])
    at.ax.set_xscale("log")
    at.ax.set_yscale("log")
    at.ax.set_ylim(1e-3, 1.15)
    at.ax.xaxis.set_major_formatter(marks.plain_numbers())
    at.ax.yaxis.set_major_formatter(marks.plain_numbers())
    quiet_axes(at.ax, word(lang, "sizes_x"), word(lang, "sizes_y"))
    title = word(lang, "sizes", value=amount(row["value"]), year=years[-1], verdict=verdict(row, lang))
    frames.heading(at, title, word(lang, "sizes_subtitle"))
    frames.foot(at, handles, [word(lang, "emergent")], stamp(facts, lang), columns=2, drop=38.0)
    return at.ax


def _sizes_of_year(
    ax: Axes, grid: Floats, curves: Floats, facts: Facts, lang: str, year: int, *, is_last: bool
) -> list[Artist]:
    """Draw one year; the last as a band with the published slopes, the first as a line."""
    low, middle, high = curves
    if not is_last:
        label = word(lang, "sizes_first", year=year)
        return list(ax.plot(middle, grid, color=QUIET, linewidth=1.5, linestyle=DASHES[1], zorder=3, label=label))
    row = facts.value("size_tail_last")
    start = float(np.exp(np.interp(math.log(_TAIL), np.log(grid), np.log(middle))))
    slopes = (-float(row["low"]), -float(row["high"]))
    label = word(lang, "sizes_published", range=published(row, lang))
    wedge = fan_of_slopes(ax, (start, 2.0 * float(high.max())), (start, _TAIL), slopes, label)
    most = ax.fill_betweenx(grid, low, high, color=MOST, linewidth=0, zorder=2, label=word(lang, "most"))
    label = f"{word(lang, 'sizes_last', year=year)}, {word(lang, 'median')}"
    return [*ax.plot(middle, grid, color=MEDIAN, linewidth=2.0, zorder=4, label=label, gid="median"), most, *wedge]


@styled
def growth(facts: Facts, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the density of yearly growth on a logarithmic axis, where Laplace's is a tent.

    Parameters
    ----------
    facts
        What is drawn.
    ax
        Where to draw; a new figure when None.
    lang
        Language, en or zh.

    Returns
    -------
    Axes
        Median and middle 90% of runs, between the published shapes of the same mean deviation.
    """
    table, row = facts.shapes["growth"], facts.value("growth_shape")
    at = frames.frame(ax)
    grid = np.unique(table["apart"].to_numpy(dtype=np.float64))
    curves = over_runs(table, "apart", "density", grid)
    width = float(grid[1] - grid[0])
    deviation = float(np.nansum(np.abs(grid) * curves[1]) / np.nansum(curves[1]))
    fine = np.linspace(-_GROWTH, _GROWTH, 321)
    shapes = [_with_deviation(fine, float(row[end]), deviation) for end in ("low", "high")]
    known = edges(at.ax, fine, shapes, word(lang, "growth_published", range=published(row, lang)))
    (normal,) = at.ax.plot(
        fine, _with_deviation(fine, 2.0, deviation), color=INK, linewidth=1.0, linestyle=DASHES[2], zorder=3,
        label=word(lang, "growth_normal"),
    )  # fmt: skip
    shown = np.maximum(curves, _DENSITIES[0] * 1e-2)  # an empty bin has no logarithm
    handles = band(at.ax, grid, shown, lang, marker="o", markersize=3.0, linewidth=1.2)
    at.ax.set_yscale("log")
    at.ax.set_ylim(*_DENSITIES)
    at.ax.set_xlim(-_GROWTH - width, _GROWTH + width)
    at.ax.yaxis.set_major_formatter(marks.plain_numbers())
    quiet_axes(at.ax, word(lang, "growth_x"), word(lang, "growth_y"))
    title = word(lang, "growth", value=amount(row["value"]), verdict=verdict(row, lang))
    frames.heading(at, title, word(lang, "growth_subtitle"))
    frames.foot(at, [*handles, *known, normal], [word(lang, "emergent")], stamp(facts, lang), columns=2, drop=38.0)
    return at.ax


def _with_deviation(x: Floats, shape: float, deviation: float) -> Floats:
    """Return the Subbotin density of a shape with a mean absolute deviation."""
    unit = shape ** (1.0 / shape) * math.gamma(2.0 / shape) / math.gamma(1.0 / shape)
    return subbotin_density(x, shape, deviation / unit)


@styled
def variance(facts: Facts, *, lang: str = "en") -> Figure:
    """Draw how the spread of growth falls with size and with age.

    Parameters
    ----------
    facts
        What is drawn.
    lang
        Language, en or zh.

    Returns
    -------
    Figure
        Two panels, all axes logarithmic, with the published slopes through the middle of each curve.
    """
    size, age = facts.value("size_variance"), facts.value("age_variance")
    figure, panels = sheets.panels(1, 2, height=2.4, gap=(0.3, 0.5), share_y=True, left=0.7, foot=1.3)
    sales = facts.shapes["size_variance"]
    low, high = np.quantile(sales["sales"], (0.05, 0.95))
    handles = _spread(panels[0], facts, "size_variance", "sales", np.geomspace(low, high, 31), lang, sign=-1.0)
    _spread(
        panels[1], facts, "age_variance", "age", np.arange(1.0, 1.0 + facts.shapes["age_variance"]["age"].max()), lang
    )
    for ax, by in zip(panels, ("size", "age"), strict=True):
        ax.set_title(word(lang, f"variance_by_{by}"), fontsize=PANEL_SIZE)
        quiet_axes(ax, word(lang, f"variance_{by}_x"), word(lang, "variance_y") if by == "size" else "")
    panels[1].tick_params(axis="y", which="both", length=0)
    panels[1].xaxis.set_major_locator(FixedLocator([1, 2, 3, 5, 10, 15]))
    panels[0].yaxis.set_major_locator(FixedLocator([0.05, 0.1, 0.2, 0.3, 0.5]))
    title = word(
        lang, "variance", size=amount(size["value"]), age=amount(age["value"]), size_range=published(size, lang),
        age_range=published(age, lang),
    )  # fmt: skip
    sheets.heading(figure, title, word(lang, "variance_subtitle"))
    sheets.foot(figure, handles, [word(lang, "emergent")], stamp(facts, lang), columns=3, rise=0.8)
    return figure


def _spread(
    ax: Axes, facts: Facts, statistic: str, x: str, grid: Floats, lang: str, *, sign: float = 1.0
) -> list[Artist]:
    """Draw spread against size or age; `sign` is -1 where the statistic is a fall and not a slope."""
    row = facts.value(statistic)
    curves = over_runs(facts.shapes[statistic], x, "spread", grid, log=True)
    known = ~np.isnan(curves[1])
    grid, curves = grid[known], curves[:, known]
    through = (float(np.exp(np.log(grid).mean())), float(np.exp(np.log(curves[1]).mean())))
    slopes = (sign * float(row["low"]), sign * float(row["high"]))
    wedge = fan_of_slopes(ax, (float(grid[0]), float(grid[-1])), through, slopes, word(lang, "variance_published"))
    ax.set_xscale("log")
    ax.set_yscale("log")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(marks.plain_numbers())
        axis.set_minor_formatter(NullFormatter())
    ax.xaxis.set_major_locator(LogLocator(base=10.0))
    return [*band(ax, grid, curves, lang), *wedge]
