"""The related scale as the envelope of its three constructions, on a logarithmic axis with the plan's targets.

Called by `publishing` and by `Result.plot`. The constructions are never pooled into one fan or one probability.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from sim.measurement.definitions import CONSTRUCTIONS
from sim.plots import frames, marks
from sim.plots.labels import coordinate_name, number, percent, phrase
from sim.plots.style import DASHES, MOST, SERIES, TARGET, TEXT_SIZE, styled
from sim.plots.view import Data, Floats, Goal, View, shares_above, unit_of, view_of


@styled
def related_envelope(data: Data, *, ax: Axes | None = None) -> Axes:
    """Draw the three constructions of the related scale and the envelope of their fans.

    Parameters
    ----------
    data
        A result or its Dataset.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        Logarithmic, bn CNY a year; the title tells where the last target lies among the constructions.

    Raises
    ------
    UserError
        When the result holds no related scale.
    """
    view = view_of(data)
    fans = {name: view.values("related_scale", construction=name) for name in CONSTRUCTIONS}
    targets = view.goals_of("related_scale")
    at = frames.frame(ax)
    ax = at.ax
    handles = _lines(ax, view, fans)
    marks.time_axis(ax, view.years)
    marks.log_axis(ax, fans.values(), [goal.above for goal in targets])
    handles += marks.diamonds(ax, targets)
    for goal in targets:
        text = phrase("goal_label", year=goal.year, above=number(goal.above))
        late = view.span[1] - goal.year < 3
        marks.halo_text(
            ax, goal.year, goal.above, text, xytext=(6 if late else 5, -5), ha="right" if late else "left", va="top",
            color=TARGET, fontsize=TEXT_SIZE,
        )  # fmt: skip
    ax.set_ylabel(unit_of("related_scale"))
    frames.heading(at, _title(view, fans, targets), phrase("related_subtitle"))
    frames.foot(at, handles, _notes(view, fans, targets), view.stamp, columns=2)
    return ax


def _lines(ax: Axes, view: View, fans: Mapping[str, Floats]) -> list[Artist]:
    """Draw envelope and medians; return their legend entries."""
    ends = np.array(
        [np.quantile(values, (marks.QUANTILES[0], marks.QUANTILES[-1]), axis=0) for values in fans.values()]
    )
    low, high = np.maximum(ends[:, 0].min(axis=0), marks.FLOOR / 10.0), ends[:, 1].max(axis=0)
    x, (low, high) = marks.broadened(view.years, np.array([low, high]))
    envelope = ax.fill_between(x, low, high, color=MOST, linewidth=0, label=phrase("related_envelope"), gid="envelope")
    lines: list[Artist] = []
    for row, (name, values) in enumerate(fans.items()):
        middle = marks.broadened(view.years, np.median(values, axis=0))[1]
        lines += ax.plot(
            x, np.where(middle > 0.0, middle, np.nan), color=SERIES[row], linestyle=DASHES[row], linewidth=2.0,
            label=_standing(name), gid=f"median-{name}",
        )  # fmt: skip
    return [*lines, envelope]


def _standing(name: str) -> str:
    """Return a construction's name with its place in the envelope."""
    return phrase(f"standing_{CONSTRUCTIONS[name].standing}", construction=coordinate_name("construction", name))


def _title(view: View, fans: Mapping[str, Floats], targets: tuple[Goal, ...]) -> str:
    """Say what the constructions span in the year of the last target, and where it lies among them."""
    year = targets[-1].year if targets else view.span[1]
    medians = [float(np.median(values[:, year - view.span[0]])) for values in fans.values()]
    place, above = "related_bare", 0.0
    if targets:
        above = targets[-1].above
        place = (
            "related_above" if min(medians) > above else "related_below" if max(medians) <= above else "related_between"
        )
    told = phrase(place, above=f"{above:,.10g}")
    return phrase("related", year=year, low=number(min(medians)), high=number(max(medians)), place=told)


def _notes(view: View, fans: Mapping[str, Floats], targets: tuple[Goal, ...]) -> list[str]:
    notes = [phrase("related_note")]
    if targets:
        parts = []
        for name, values in fans.items():
            shares = ", ".join(percent(share) for share in shares_above(view, values, targets))
            parts.append(phrase("related_chance", construction=coordinate_name("construction", name), shares=shares))
        years = ", ".join(str(goal.year) for goal in targets)
        notes.append(phrase("related_chances", years=years, shares="; ".join(parts)))
    return notes
