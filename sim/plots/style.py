"""The look of every figure: colours, sizes, fonts, applied for the length of a `with` and never globally.

Used by every module of `sim.plots`. Figures are made without pyplot, so nothing is registered, shown or selected
anywhere. Must not import anything else of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, Final, ParamSpec, TypeVar

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

Arguments = ParamSpec("Arguments")
Drawn = TypeVar("Drawn")

# Ink and quiet tones.
INK: Final = "#1a1a1a"
QUIET: Final = "#5f5f5f"
GRID: Final = "#e3e3e3"

# A fan is one hue in three depths, so that it also reads in grey.
MEDIAN: Final = "#08306b"
HALF: Final = "#7fa8d1"
MOST: Final = "#d3e2f1"

# The plan's targets: red for the screen, a filled diamond for the printer.
TARGET: Final = "#b2182b"

# From dark to light in nearly equal steps: told apart in grey and with any colour vision (a test measures both).
SERIES: Final = ("#0b1b4d", "#0c5474", "#3d8055", "#b5982d", "#f3b48a", "#fcdfd4")
DASHES: Final = ("solid", (0, (5, 1.5)), (0, (1.5, 1.5)), (0, (6, 1.5, 1.5, 1.5)))

# Inches. A single figure fills the text width of an A4 page and somewhat less than half its height.
WIDTH: Final = 6.6
HEIGHT: Final = 3.4

TITLE_SIZE: Final = 11.0
PANEL_SIZE: Final = 9.5
TEXT_SIZE: Final = 9.0
SMALL_SIZE: Final = 7.5

# Families that hold Chinese characters, in order of preference; Chinese labels need one of them.
_CHINESE: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
    "Droid Sans Fallback",
)

_RC: Final[dict[str, Any]] = {
    "font.size": TEXT_SIZE,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.titlesize": TITLE_SIZE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.formatter.use_mathtext": False,
    "axes.unicode_minus": True,
    "figure.facecolor": "white",
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": TEXT_SIZE,
    "lines.solid_capstyle": "round",
    "xtick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.color": QUIET,
    "ytick.labelcolor": INK,
    "ytick.minor.size": 0,
    "svg.fonttype": "path",  # the page that shows it needs no font of ours
    "text.hinting": "none",  # so that a label takes the same room at every resolution
    "text.usetex": False,
}


@cache
def chinese_font() -> str | None:
    """Return an installed font family that holds Chinese characters, or None."""
    installed = {entry.name for entry in fontManager.ttflist}
    return next((name for name in _CHINESE if name in installed), None)


@contextmanager
def style() -> Iterator[None]:
    """Apply the look while the block runs; Matplotlib's settings are afterwards as before."""
    # From Matplotlib's defaults, not the user's matplotlibrc: the same result gives the same bytes on every desk.
    settings: Any = {**mpl.rcParamsDefault.find_all("^(?!backend|interactive|toolbar)")}
    settings.update(_RC)
    settings["font.family"] = [name for name in ("DejaVu Sans", chinese_font()) if name]
    with mpl.rc_context(rc=settings):
        yield


def sheet(height: float = HEIGHT, *, width: float = WIDTH) -> Figure:
    """Return an empty figure of the house's width; sizes in inches."""
    return Figure(figsize=(width, height))


def styled(draw: Callable[Arguments, Drawn]) -> Callable[Arguments, Drawn]:
    """Make a figure function draw in the house's style, whatever the settings of its caller."""

    @wraps(draw)
    def wrapper(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Drawn:
        with style():
            return draw(*args, **kwargs)

    return wrapper
