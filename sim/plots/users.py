"""Adoption by application sector: one line of a table each, shaded by the share of organisations that use AI.

Called by `publishing` and by `Result.plot`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter

from sim.plots import frames, marks
from sim.plots.labels import coordinate_name, inside, percent, phrase
from sim.plots.shades import SHADES, ink_on
from sim.plots.style import INK, QUIET, SMALL_SIZE, styled
from sim.plots.view import Data, Floats, View, view_of


@styled
def adoption(data: Data, *, ax: Axes | None = None) -> Axes:
    """Draw the median share of organisations that use AI by application and year, with numbers at round years.

    Parameters
    ----------
    data
        A result or its Dataset.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        Applications from most to least use in the last year, each with the range of runs in that year beside it.

    Raises
    ------
    UserError
        When the result holds no adoption shares.
    """
    view = view_of(data)
    array = view.array("adoption_share")
    applications = [str(name) for name in array["application"].values]
    values = np.asarray(array.transpose("run", "year", "application").values)
    middle = np.median(values, axis=0)
    order = np.argsort(-middle[-1], kind="stable")
    at = frames.frame(ax, height=0.235 * len(applications), left=1.9, right=0.75)
    ax = at.ax
    ax.imshow(
        middle[:, order].T, cmap=SHADES, vmin=0.0, vmax=1.0, aspect="auto", interpolation="nearest",
        extent=(view.span[0] - 0.5, view.span[1] + 0.5, len(order) - 0.5, -0.5),
    )  # fmt: skip
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)
    marks.time_axis(ax, view.years)
    ax.set_xlim(view.span[0] - 0.5, view.span[1] + 0.5)
    ax.tick_params(which="both", length=0)
    ax.yaxis.set_major_locator(FixedLocator(range(len(order))))
    ax.yaxis.set_major_formatter(
        FuncFormatter(lambda row, _: coordinate_name("application", applications[order[int(row)]]))
    )
    _numbers(ax, view, middle[:, order])
    _ranges(ax, view, values[:, -1, order])
    frames.heading(at, _title(view, middle, applications), phrase("adoption_subtitle"))
    frames.foot(at, [], [], view.stamp, drop=32.0)
    return ax


def _numbers(ax: Axes, view: View, middle: Floats) -> None:
    """Write the share into the cells of the years that the axis names; `middle` is float64[n_years, n_rows]."""
    for year in (int(tick) for tick in ax.xaxis.get_majorticklocs()):
        for row, share in enumerate(middle[year - view.span[0]]):
            ax.text(
                year, row, f"{100.0 * share:.0f}", ha="center", va="center_baseline", fontsize=SMALL_SIZE,
                color=ink_on(share),
            )  # fmt: skip


def _ranges(ax: Axes, view: View, last: Floats) -> None:
    """Write the middle 90% of runs in the last year to the right; `last` is float64[n_runs, n_rows]."""
    low, high = np.quantile(last, (marks.QUANTILES[0], marks.QUANTILES[-1]), axis=0)
    beside: dict[str, Any] = {
        "xycoords": ("axes fraction", "data"),
        "textcoords": "offset points",
        "fontsize": SMALL_SIZE,
    }
    for row in range(last.shape[1]):
        text = f"{100 * low[row]:.0f}–{100 * high[row]:.0f}"
        ax.annotate(text, (1.0, row), xytext=(6, 0), va="center_baseline", annotation_clip=False, color=INK, **beside)
    about = phrase("adoption_range", year=view.span[1])
    ax.annotate(
        about, (1.0, last.shape[1] - 0.5), xytext=(6, -4), va="top", annotation_clip=False, color=QUIET, **beside
    )


def _title(view: View, middle: npt.NDArray[np.float64], applications: list[str]) -> str:
    """Say how far use reaches in the last year, and where least and most."""
    low, high = int(np.argmin(middle[-1])), int(np.argmax(middle[-1]))
    return phrase(
        "adoption", end=view.span[1], start=view.span[0], low=percent(middle[-1, low]), high=percent(middle[-1, high]),
        low_name=inside(coordinate_name("application", applications[low])),
        high_name=inside(coordinate_name("application", applications[high])),
        first=f"{100 * middle[0].min():.0f}–{100 * middle[0].max():.0f}%",
    )  # fmt: skip
