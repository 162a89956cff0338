"""What the figures of stylised facts share: their words, bands over runs, published ranges as slopes and bars.

Called by the modules of fact figures; every function draws on the Axes it is given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from sim.plots.style import MEDIAN, MOST
from sim.plots.view import Floats
from sim.plots.wording_facts import FACT_WORDS

if TYPE_CHECKING:
    from sim.facts import Facts

PUBLISHED: Final = "#f6e8c3"  # pale sand with a dark edge: apart from the blues of the runs in colour and in grey
EDGE: Final = "#8c510a"

_DASHED: Final = (0, (4, 2))
_SHARES: Final = ("share", "1/year")  # units that read as percent
_DIGITS: Final = 10  # of the digest
_QUANTILES: Final = (0.05, 0.5, 0.95)


def word(lang: str, key: str, /, **parts: object) -> str:
    """Return a phrase of the fact figures with its parts filled in.

    >>> word("en", "more_than", low="1.5")
    'more than 1.5'
    """
    return FACT_WORDS[lang][key].format(**parts)


def stamp(facts: Facts, lang: str) -> str:
    """Return the line that identifies the runs."""
    return word(lang, "stamp", scenario=facts.scenario, runs=facts.runs, seed=facts.seed, digest=facts.digest[:_DIGITS])


def amount(value: float, unit: str = "1") -> str:
    """Return a statistic as people read it: shares as percent, others to two digits after the point, three when small.

    >>> amount(0.968), amount(0.744, "share"), amount(0.082, "1/year"), amount(float("inf")), amount(-0.0021)
    ('0.97', '74%', '8.2%', '∞', '−0.002')
    """
    if not math.isfinite(value):
        return "-" if math.isnan(value) else "∞"
    if unit in _SHARES:
        percent = f"{100.0 * value:.1f}" if 100.0 * value < 10.0 else f"{100.0 * value:.0f}"
        return f"{percent.removesuffix('.0')}%"
    if unit in ("year", "firms") or abs(value) >= 100.0:
        return f"{value:,.0f}"
    text = f"{abs(value):.3f}"
    text = text if float(text) < 0.0995 and not text.endswith("0") else f"{abs(value):.2f}"
    return f"−{text}" if value < 0.0 and float(text) else text


def published(row: pd.Series[Any], lang: str) -> str:
    """Return the published range of a statistic in words."""
    low, high = (amount(float(row[end]), row["unit"]) for end in ("low", "high"))
    if math.isnan(row["high"]):
        return word(lang, "more_than", low=low)
    if math.isnan(row["low"]):
        return word(lang, "at_most", high=high)
    if row["low"] < 0.0:
        return word(lang, "range", low=low, high=high)
    return f"{low.removesuffix('%')}–{high}"


def verdict(row: pd.Series[Any], lang: str) -> str:
    """Return where a statistic lies, as the end of a title."""
    if row["verdict"] == "not computable":
        return word(lang, "absent")
    return word(lang, row["verdict"], range=published(row, lang))


def over_runs(table: pd.DataFrame, x: str, y: str, grid: Floats, *, log: bool = False) -> Floats:
    """Return 5%, median and 95% over runs of curves that each run holds at its own points.

    Parameters
    ----------
    table
        With columns run, `x` and `y`.
    x, y
        Columns; each run's `x` is put in order.
    grid
        float64[n]; where the curves are compared, by straight lines between their points.
    log
        Whether the lines are straight in logarithms of both.

    Returns
    -------
    float64[3, n]
        nan where fewer than half of the runs reach.
    """
    curves = []
    for _, run in table.groupby("run"):
        points = run[[x, y]].dropna().sort_values(x).to_numpy(dtype=np.float64)
        points = points[(points > 0.0).all(axis=1)] if log else points
        if len(points):
            inner = np.log(points) if log else points
            place = np.log(grid) if log else grid
            curve = np.interp(place, inner[:, 0], inner[:, 1], left=np.nan, right=np.nan)
            curves.append(np.exp(curve) if log else curve)
    found = np.full((3, len(grid)), np.nan)
    if curves:
        stack = np.array(curves)
        kept = (~np.isnan(stack)).sum(axis=0) >= 0.5 * table["run"].nunique()
        found[:, kept] = np.nanquantile(stack[:, kept], _QUANTILES, axis=0)
    return found


def band(ax: Axes, grid: Floats, curves: Floats, lang: str, *, colour: str = MEDIAN, **options: Any) -> list[Artist]:
    """Draw median and middle 90% of float64[3, n]; return legend entries."""
    low, middle, high = curves
    most = ax.fill_between(grid, low, high, color=MOST, linewidth=0, zorder=2, label=word(lang, "most"), gid="most")
    options = {"linewidth": 2.0, "label": word(lang, "median"), "gid": "median", **options}
    (line,) = ax.plot(grid, middle, color=colour, zorder=4, **options)
    return [line, most]


def fan_of_slopes(
    ax: Axes, span: tuple[float, float], through: tuple[float, float], slopes: tuple[float, float], label: str
) -> list[Artist]:
    """Draw the two straight lines, on logarithmic axes, that bound the published slopes; return one legend entry."""
    x = np.geomspace(*span, 33)
    lines = [through[1] * (x / through[0]) ** slope for slope in slopes]
    return edges(ax, x, lines, label)


def edges(ax: Axes, x: Floats, lines: Sequence[Floats], label: str) -> list[Artist]:
    """Draw the curves that bound what is published; return one legend entry."""
    drawn: list[Artist] = []
    for line in lines:
        drawn[:] = ax.plot(
            x, line, color=EDGE, linewidth=1.4, linestyle=_DASHED, zorder=5, label=label, gid="published"
        )
    return drawn


def range_bar(ax: Axes, x: float, low: float, high: float, width: float, label: str) -> Artist:
    """Draw a published range at one place as a box with dark ends; return its legend entry."""
    box = ax.bar(x, high - low, width, bottom=low, color=PUBLISHED, edgecolor=EDGE, linewidth=1.2, zorder=2.5)
    box.patches[0].set_gid("published")
    entry: Artist = box.patches[0]
    entry.set_label(label)
    return entry


def quiet_axes(ax: Axes, x: str, y: str) -> None:
    """Name the axes; a light grid both ways."""
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    ax.grid(visible=True, axis="both")
