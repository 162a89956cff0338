"""What goes into AI firms: their own R&D, private equity, guidance funds - beside published investment.

Called by `publishing` and by `Result.plot`.
"""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from sim.plots import marks, sheets
from sim.plots.labels import number, phrase
from sim.plots.observed import points
from sim.plots.style import PANEL_SIZE, styled
from sim.plots.view import Data, unit_of, view_of

_PANELS = ("rd_spending", "venture_investment", "guidance_invested")


@styled
def investment(data: Data) -> Figure:
    """Draw R&D of AI firms and the equity placed in them by private and by guidance funds.

    Parameters
    ----------
    data
        A result or its Dataset.

    Returns
    -------
    Figure
        One panel each, bn CNY a year.

    Raises
    ------
    UserError
        When the result lacks one of them.
    """
    view = view_of(data)
    figure, panels = sheets.panels(1, len(_PANELS), height=2.3, gap=(0.6, 0.5))
    handles: dict[str, Artist] = {}
    medians = []
    for ax, name in zip(panels, _PANELS, strict=True):
        values = view.values(name)
        observed = points(name, *view.span) if name == "venture_investment" else []
        drawn = [*marks.fan(ax, view.years, values), *marks.dots(ax, observed)]
        handles |= {str(artist.get_label()): artist for artist in drawn}
        marks.time_axis(ax, view.years, narrow=True)
        marks.linear_axis(ax, values, [point.value for point in observed])
        marks.end_label(ax, view.years, values)
        ax.set_title(phrase(f"panel_{name}"), fontsize=PANEL_SIZE)
        medians.append(number(float(np.median(values[:, -1]))))
    panels[0].set_ylabel(unit_of("rd_spending"))
    title = phrase("investment", end=view.span[1], rd=medians[0], venture=medians[1], guidance=medians[2])
    sheets.heading(figure, title, phrase("investment_subtitle"))
    sheets.foot(figure, list(handles.values()), [phrase("caveat_venture_investment")], view.stamp, columns=2)
    return figure
