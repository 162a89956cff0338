"""The core scale by region: bars from east to west beside each region's part of GDP.

Called by `publishing` and by `Result.plot`.
"""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from sim.plots import frames, marks
from sim.plots.labels import coordinate_name, percent, phrase, sequence
from sim.plots.style import GRID, INK, MEDIAN, QUIET, SERIES, SMALL_SIZE, TEXT_SIZE, styled
from sim.plots.view import Data, Floats, view_of
from sim.seeds import read_table

_PARTS = ("east", "central", "west")
_TOLD = 3  # regions the title names


@styled
def regions(data: Data, *, year: int | None = None, ax: Axes | None = None) -> Axes:
    """Draw each region's part of the core scale in one year, with a mark at its part of GDP.

    Parameters
    ----------
    data
        A result or its Dataset.
    year
        The last one when None.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        Bars in percent (mean of runs), east, central, west, and from large to small within each.

    Raises
    ------
    UserError
        When the result holds no such year or no core scale by region.
    """
    view = view_of(data)
    year = view.span[1] if year is None else view.known_year(year)
    array = view.array("core_by_region").sel(year=year).transpose("run", "region")
    scale = np.asarray(array.values)
    shares = 100.0 * scale / np.maximum(scale.sum(axis=1, keepdims=True), 1e-300)
    codes = [str(code) for code in array["region"].values]
    parts, gdp = _places(codes)
    order = np.lexsort((-shares.mean(axis=0), parts))
    at = frames.frame(ax, height=2.7)
    ax = at.ax
    handles = _bars(ax, shares[:, order], gdp[order])
    ax.set_xticks(
        range(len(order)), [coordinate_name("region", codes[row]) for row in order], rotation=90, fontsize=SMALL_SIZE
    )
    ax.tick_params(axis="x", length=0)
    ax.set_xlim(-0.8, len(order) - 0.2)
    ax.set_ylim(0.0, 1.1 * float(max(np.quantile(shares, marks.QUANTILES[-1], axis=0).max(), gdp.max())))
    ax.set_ylabel(phrase("percent"))
    _part_labels(ax, parts[order], shares.mean(axis=0)[order])
    frames.heading(
        at,
        _title(codes, shares.mean(axis=0), gdp, year),
        phrase("regions_subtitle", definition=view.definition, year=year),
    )
    frames.foot(at, handles, [], view.stamp, drop=66.0)
    return ax


def _places(codes: list[str]) -> tuple[Floats, Floats]:
    """Return each region's part of the country (0 east, 1 central, 2 west) and of GDP in 2016, percent."""
    table = read_table("population/regions")
    rows = [table["code"].tolist().index(code) for code in codes]
    parts = np.array([float(_PARTS.index(str(table["east_central_west"][row]))) for row in rows])
    gdp = table["gdp_2016"]
    return parts, np.asarray(100.0 * gdp[rows] / gdp.sum())


def _bars(ax: Axes, shares: Floats, gdp: Floats) -> list[Artist]:
    """Draw bars, ranges and marks; `shares` is float64[n_runs, n_regions]. Return legend entries."""
    places = np.arange(shares.shape[1])
    bars = ax.bar(places, shares.mean(axis=0), width=0.72, color="#7fa8d1", label=phrase("regions_bar"), zorder=2)
    drawn: list[Artist] = [bars]  # type: ignore[list-item]  # a container serves as a legend handle
    if shares.shape[0] > 1:
        low, high = np.quantile(shares, (marks.QUANTILES[0], marks.QUANTILES[-1]), axis=0)
        drawn.append(ax.vlines(places, low, high, color=MEDIAN, linewidth=1.0, label=phrase("regions_range"), zorder=3))
    drawn += ax.plot(
        places, gdp, linestyle="", marker="D", markersize=4.5, markerfacecolor=SERIES[4], markeredgecolor=INK,
        markeredgewidth=0.8, label=phrase("regions_gdp"), zorder=4, clip_on=False, gid="gdp",
    )  # fmt: skip
    return drawn


def _part_labels(ax: Axes, parts: Floats, means: Floats) -> None:
    """Name east, central and west over their bars, with the part of the core scale that each holds."""
    for part, name in enumerate(_PARTS):
        rows = np.flatnonzero(parts == part)
        if rows.size:
            text = f"{phrase(f'part_{name}')} {percent(float(means[rows].sum()) / 100.0)}"
            ax.annotate(
                text, (float(rows.mean()), 1.0), xycoords=("data", "axes fraction"), xytext=(0, -2),
                textcoords="offset points", ha="center", va="top", color=QUIET, fontsize=TEXT_SIZE,
            )  # fmt: skip
            if part:
                ax.axvline(float(rows[0]) - 0.5, color=GRID, linewidth=0.8, zorder=0)


def _title(codes: list[str], means: Floats, gdp: Floats, year: int) -> str:
    """Say what the largest regions hold, beside their part of GDP."""
    largest = np.argsort(-means, kind="stable")[:_TOLD]
    return phrase(
        "regions", names=sequence([coordinate_name("region", codes[row]) for row in largest]), year=year,
        share=percent(float(means[largest].sum()) / 100.0), gdp=percent(float(gdp[largest].sum()) / 100.0),
    )  # fmt: skip
