"""Figures of several panels: their grid, the heading above and the foot below, in inches.

Called by the figure modules that return a Figure. Room is given in inches, so that text never meets a panel whatever
its length up to two lines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots.lines import fitted
from sim.plots.style import QUIET, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE, WIDTH, sheet

HEAD, FOOT = 1.0, 1.1
EDGE = 0.15  # inches between the paper's edge and its text

_LINE = 0.19  # inches
_FIT = (WIDTH - 2 * EDGE) * 72.0  # points a line may take


def panels(
    rows: int, columns: int, *, height: float, left: float = 0.75, gap: tuple[float, float] = (0.25, 0.5),
    share_y: bool = False, foot: float = FOOT,
) -> tuple[Figure, list[Axes]]:  # fmt: skip
    """Return a figure with a grid of Axes.

    Parameters
    ----------
    rows, columns
        Of the grid.
    height
        Of one panel, inches.
    left
        Room for the labels of the first column, inches.
    gap
        Between panels side by side and one above another, inches.
    share_y
        All panels have one y axis, named on the left only.
    foot
        Room for legend and notes, inches.

    Returns
    -------
    Figure
        With room for heading and foot.
    list of Axes
        Row by row.
    """
    total = HEAD + rows * height + (rows - 1) * gap[1] + foot
    figure = sheet(total)
    width = (WIDTH - left - EDGE - (columns - 1) * gap[0]) / columns
    grid = figure.subplots(
        rows, columns, squeeze=False, sharey=share_y,
        gridspec_kw={
            "left": left / WIDTH, "right": 1.0 - EDGE / WIDTH, "bottom": foot / total, "top": 1.0 - HEAD / total,
            "wspace": gap[0] / width, "hspace": gap[1] / height,
        },
    )  # fmt: skip
    return figure, list(grid.flat)


def heading(figure: Figure, title: str, subtitle: str = "") -> None:
    """Write the finding at the top left, wrapped to the paper, and under it in small what is shown."""
    total = figure.get_size_inches()[1]
    told = fitted(title, _FIT, TITLE_SIZE, "bold")
    figure.suptitle(
        told,
        x=EDGE / WIDTH,
        y=1.0 - 0.1 / total,
        ha="left",
        va="top",
        fontsize=TITLE_SIZE,
        fontweight="bold",
    )
    drop = 0.14 + _LINE * (told.count("\n") + 1)
    figure.text(EDGE / WIDTH, 1.0 - drop / total, subtitle, va="top", color=QUIET, fontsize=TEXT_SIZE, gid="subtitle")


def foot(
    figure: Figure,
    handles: Sequence[Artist],
    notes: Sequence[str],
    stamp: str,
    *,
    columns: int = 3,
    rise: float = FOOT - 0.32,
) -> None:
    """Put legend, notes and the line that identifies the runs under the panels, from `rise` inches down."""
    total = figure.get_size_inches()[1]
    if handles:
        figure.legend(
            handles=list(handles), loc="upper left", bbox_to_anchor=(EDGE / WIDTH, rise / total), ncols=columns,
            borderaxespad=0.0, borderpad=0.0, columnspacing=1.6, handlelength=1.6, labelspacing=0.35,
        )  # fmt: skip
        rise -= _LINE * math.ceil(len(handles) / columns) + 0.04
    text = "\n".join(fitted(note, _FIT, SMALL_SIZE) for note in notes)
    figure.text(EDGE / WIDTH, rise / total, text, va="top", color=QUIET, fontsize=SMALL_SIZE, gid="notes")
    rise -= 1.4 * SMALL_SIZE / 72.0 * (text.count("\n") + 1 if text else 0)
    figure.text(
        1.0 - EDGE / WIDTH, rise / total, stamp, va="top", ha="right", color=QUIET, fontsize=SMALL_SIZE, gid="stamp"
    )
