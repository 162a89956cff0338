"""Cells of a table shaded by a share: white for none, the darkest blue for all, and the ink that reads on it.

Used by figures that are tables. Must not import anything of the package but `style`.
"""

from __future__ import annotations

from typing import Final

from matplotlib.colors import LinearSegmentedColormap

from sim.plots.style import INK, MEDIAN, MOST

SHADES: Final = LinearSegmentedColormap.from_list("share", ("#ffffff", MOST, MEDIAN))
_DARK: Final = 0.74  # share above which a number is written in white


def ink_on(share: float) -> str:
    """Return the colour of a number on the shade of a share in [0, 1]."""
    return "white" if share > _DARK else INK
