"""A single Axes with what is written around it: finding above, legend, notes and stamp below.

Called by the figure modules that return an Axes. Distances are in points or inches, so that they hold for Axes of any
size, also for those a caller brings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation

from sim.plots.lines import fitted
from sim.plots.style import HEIGHT, QUIET, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE, WIDTH, sheet

# Room around the Axes of a figure of our own, inches.
LEFT, RIGHT, HEAD, FOOT, EDGE = 0.65, 0.1, 0.85, 1.0, 0.15

_LINE: Final = 13.5  # points a row of the legend takes


@dataclass(frozen=True, slots=True)
class Frame:
    """An Axes with its labels: `left` and `right` are the room, in inches, that words beside the Axes take.

    Heading and foot span the whole frame.
    """

    ax: Axes
    left: float
    right: float

    @property
    def inches(self) -> float:
        """Return the width of the Axes."""
        return float(self.ax.get_window_extent().width / self.ax.figure.dpi)

    def fitted(self, text: str, size: float, weight: str = "normal") -> str:
        """Return a text broken into lines that fit the frame at a size in points."""
        return fitted(text, (self.left + self.inches + self.right) * 72.0, size, weight)

    @property
    def edges(self) -> tuple[float, float]:
        """Return the left and right end of the frame in parts of the width of the Axes."""
        return -self.left / self.inches, 1.0 + self.right / self.inches


def frame(ax: Axes | None, *, height: float = HEIGHT, left: float = LEFT, right: float = RIGHT) -> Frame:
    """Return the frame of the Axes given, or of those of a new figure with room for heading and foot.

    Parameters
    ----------
    ax
        Where to draw; a new figure when None.
    height
        Of new Axes, inches.
    left, right
        Room for words beside the Axes, inches.

    Returns
    -------
    Frame
        `frame.ax` is what to draw on.
    """
    if ax is None:
        total = height + HEAD + FOOT
        sides = (left + EDGE) / WIDTH, 1.0 - (left + right + 2.0 * EDGE) / WIDTH
        ax = sheet(total).add_axes((sides[0], FOOT / total, sides[1], height / total))
    return Frame(ax, left, right)


def heading(at: Frame, title: str, subtitle: str) -> None:
    """Write the finding above a frame, wrapped to its width, and under it in quiet what is shown."""
    start = at.edges[0]
    shown = at.fitted(subtitle, TEXT_SIZE)
    pad = 11.0 + 1.25 * TEXT_SIZE * (shown.count("\n") + 1)
    at.ax.set_title(at.fitted(title, TITLE_SIZE, "bold"), loc="left", x=start, pad=pad)
    at.ax.annotate(
        shown, (start, 1.0), xycoords="axes fraction", xytext=(0.0, 7.0), textcoords="offset points",
        va="bottom", color=QUIET, gid="subtitle",
    )  # fmt: skip


def foot(
    at: Frame, handles: Sequence[Artist], notes: Sequence[str], stamp: str, *, columns: int = 3, drop: float = 24.0
) -> None:
    """Put legend, notes and the line that identifies the runs under a frame; `drop` is where they begin, in points."""
    ax, (start, end) = at.ax, at.edges
    if handles:
        place = ax.transAxes + ScaledTranslation(0.0, -drop / 72.0, ax.figure.dpi_scale_trans)
        ax.legend(
            handles=list(handles), loc="upper left", bbox_to_anchor=(start, 0.0), bbox_transform=place, ncols=columns,
            borderaxespad=0.0, borderpad=0.0, columnspacing=1.6, handlelength=1.6, labelspacing=0.35,
        )  # fmt: skip
        drop += _LINE * math.ceil(len(handles) / columns) + 3.0
    texts = "\n".join(at.fitted(note, SMALL_SIZE) for note in notes)
    for text, edge, align in ((texts, start, "left"), (stamp, end, "right")):
        if text:
            ax.annotate(
                text, (edge, 0.0), xycoords="axes fraction", xytext=(0.0, -drop), textcoords="offset points",
                ha=align, va="top", color=QUIET, fontsize=SMALL_SIZE, gid="stamp" if text == stamp else "notes",
            )  # fmt: skip
            drop += 1.35 * SMALL_SIZE * (text.count("\n") + 1) + 1.0
