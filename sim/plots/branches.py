"""The core scale by core sector, stacked over the years.

Called by `publishing` and by `Result.plot`.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from sim.plots import frames, marks
from sim.plots.labels import coordinate_name, inside, number, percent, phrase
from sim.plots.style import INK, QUIET, SERIES, SMALL_SIZE, styled
from sim.plots.view import Data, Floats, unit_of, view_of

_NEAREST = 10.5  # points between two names at the right


@styled
def sectors(data: Data, *, ax: Axes | None = None) -> Axes:
    """Draw what each core sector adds to the core scale, mean of the runs, largest at the bottom.

    Parameters
    ----------
    data
        A result or its Dataset.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        bn CNY a year, each sector named at the right with its value and share in the last year.

    Raises
    ------
    UserError
        When the result holds no core scale by sector.
    """
    view = view_of(data)
    array = view.array("core_by_sector").transpose("run", "year", "sector")
    ids = [str(sector) for sector in array["sector"].values]
    means = np.asarray(array.values).mean(axis=0)
    order = np.argsort(-means[-1], kind="stable")
    at = frames.frame(ax, right=2.45)
    ax = at.ax
    x, layers = marks.broadened(view.years, means[:, order].T)
    ax.stackplot(x, layers, colors=SERIES[: len(order)], edgecolor="white", linewidth=0.6)
    ax.plot(x, layers.sum(axis=0), color=QUIET, linewidth=0.8)
    marks.time_axis(ax, view.years)
    if len(view.years) > 1:
        ax.set_xlim(*view.span)
    marks.linear_axis(ax, means.sum(axis=1, keepdims=True).T)
    ax.set_ylabel(unit_of("core_by_sector"))
    _names(ax, [ids[row] for row in order], means[-1, order], float(x[-1]))
    first, last = (float(means[year, order[0]] / means[year].sum()) for year in (0, -1))
    name = inside(coordinate_name("sector", ids[order[0]]))
    title = phrase("sectors", name=name, first=percent(first), last=percent(last), start=view.span[0], end=view.span[1])
    frames.heading(at, title[0].upper() + title[1:], phrase("sectors_subtitle", definition=view.definition))
    frames.foot(at, [], [phrase("sectors_note")], view.stamp)
    return ax


def _names(ax: Axes, ids: list[str], last: Floats, end: float) -> None:
    """Name each layer at the right, beside its middle where there is room, else just over the name before."""
    to_points = 72.0 / ax.figure.dpi
    middles = np.cumsum(last) - last / 2.0
    lowest = -np.inf
    for row, (sector, middle) in enumerate(zip(ids, middles, strict=True)):
        height = ax.transData.transform((end, middle))[1] * to_points
        shift = max(0.0, lowest + _NEAREST - height)
        lowest = height + shift
        text = f"{coordinate_name('sector', sector)} {number(last[row])} ({percent(float(last[row] / last.sum()))})"
        ax.annotate(
            text, (end, middle), xytext=(10.0, shift), textcoords="offset points", va="center", fontsize=SMALL_SIZE,
            color=INK, annotation_clip=False,
        )  # fmt: skip
        ax.annotate(
            "", (end, middle), xytext=(9.0, shift), textcoords="offset points", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": SERIES[row], "linewidth": 2.0, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip
