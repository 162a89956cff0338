"""Growth of the core scale taken apart by year: organic, entry, recognition; and without public orders.

Called by `publishing` and by `Result.plot`; the parts come from `sim.measurement`.
"""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from sim.measurement import growth_table
from sim.plots import frames, marks
from sim.plots.labels import percent, phrase
from sim.plots.style import INK, QUIET, SERIES, styled
from sim.plots.view import Data, Floats, View, unit_of, view_of

_PARTS = ("organic", "entry", "recognition")
_COLOURS = (SERIES[2], SERIES[0], SERIES[4])


@styled
def growth(data: Data, *, definition: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the yearly change of the core scale as stacked bars, with a mark at the change without public orders.

    Parameters
    ----------
    data
        A result or its Dataset.
    definition
        Of the core scale; the headline's when None.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        bn CNY a year, means over runs, which add up.

    Raises
    ------
    UserError
        When the result knows no such definition.
    """
    view = view_of(data)
    chosen = definition or view.definition
    view.array("core_scale", definition=chosen)
    means = _means(view, chosen)
    at = frames.frame(ax)
    ax = at.ax
    handles = _bars(ax, view, means)
    handles += ax.plot(
        view.years, means["private_change"], linestyle="", marker="_", markersize=15, markeredgewidth=2.2, color=INK,
        label=phrase("growth_private"), gid="private", zorder=5,
    )  # fmt: skip
    ax.axhline(0.0, color=QUIET, linewidth=0.8)
    marks.time_axis(ax, view.years)
    ax.set_xlim(view.span[0] - 0.7, view.span[1] + 0.7)
    ax.set_ylabel(unit_of("core_scale"))
    frames.heading(at, _title(view, means), phrase("growth_subtitle", definition=chosen))
    frames.foot(at, handles, [phrase("growth_note")], view.stamp, columns=2)
    return ax


def _means(view: View, definition: str) -> dict[str, Floats]:
    """Return the mean over runs of every part by year, float64[n_years]."""
    table = growth_table(view.series)
    table = table[table["definition"] == definition].pivot_table(index="year", columns="part", values="mean")
    return {str(part): table[part].to_numpy(dtype=np.float64) for part in table.columns}


def _bars(ax: Axes, view: View, means: dict[str, Floats]) -> list[Artist]:
    """Stack the parts, those that shrink downwards; return legend entries."""
    handles: list[Artist] = []
    over, under = np.zeros(len(view.years)), np.zeros(len(view.years))
    for part, colour in zip(_PARTS, _COLOURS, strict=True):
        values = means[part]
        bottom = np.where(values >= 0.0, over, under)
        bars = ax.bar(
            view.years, values, bottom=bottom, width=0.72, color=colour, label=phrase(f"growth_{part}"), zorder=2
        )
        over, under = over + np.maximum(values, 0.0), under + np.minimum(values, 0.0)
        handles.append(bars)  # type: ignore[arg-type]  # a container serves as a legend handle
    return handles


def _title(view: View, means: dict[str, Floats]) -> str:
    """Say what part of the growth of all years each source brings."""
    whole = float(means["change"].sum())
    if whole <= 0.0:
        return phrase("growth_none", end=view.span[1])
    told = {part: percent(float(means[part].sum()) / whole) for part in _PARTS}
    return phrase("growth", end=view.span[1], public=percent(float(means["public_change"].sum()) / whole), **told)
