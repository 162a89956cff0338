"""People by tier, and the students who will join them: one small fan each.

Called by `publishing` and by `Result.plot`.
"""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from sim.plan.names import TIERS
from sim.plots import marks, sheets
from sim.plots.labels import coordinate_name, inside, number, phrase, sequence
from sim.plots.style import PANEL_SIZE, styled
from sim.plots.view import Data, View, unit_of, view_of

# Tiers the title tells of: those whose training the plan pays for.
_TOLD = ("senior", "engineer", "ai_plus_x")
_COLUMNS = 3


@styled
def talent(data: Data) -> Figure:
    """Draw how many people each tier holds, and how many students there are, year by year.

    Parameters
    ----------
    data
        A result or its Dataset.

    Returns
    -------
    Figure
        One panel each, thousand persons at the end of the year.

    Raises
    ------
    UserError
        When the result holds no talent or no students.
    """
    view = view_of(data)
    figure, panels = sheets.panels(2, _COLUMNS, height=1.45, gap=(0.6, 0.62), foot=0.75)
    groups = {coordinate_name("tier", tier): view.values("talent", tier=tier) for tier in TIERS}
    groups[phrase("students")] = view.values("students")
    handles: list[Artist] = []
    for ax, (name, values) in zip(panels, groups.items(), strict=True):
        handles = marks.fan(ax, view.years, values)
        marks.time_axis(ax, view.years, narrow=True)
        marks.linear_axis(ax, values)
        marks.end_label(ax, view.years, values)
        ax.set_title(name, fontsize=PANEL_SIZE)
    for ax in panels[::_COLUMNS]:
        ax.set_ylabel(unit_of("talent"))
    sheets.heading(figure, _title(view), phrase("talent_subtitle"))
    sheets.foot(figure, handles, [], view.stamp, rise=0.42)
    return figure


def _title(view: View) -> str:
    """Say how far the tiers grow whose training the plan pays for."""
    parts: list[str] = []
    for tier in _TOLD:
        middle = np.median(view.values("talent", tier=tier), axis=0)
        parts.append(
            phrase(
                "talent_part" if parts else "talent_first", name=inside(coordinate_name("tier", tier)),
                factor=number(middle[-1] / middle[0], 2), last=number(middle[-1]),
            )
        )  # fmt: skip
    return phrase("talent", parts=sequence(parts), end=view.span[1])
