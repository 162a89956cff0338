"""Text broken into lines that fit, measured with the font it is set in.

Called by `marks` and `sheets`. Imports nothing of the package.
"""

from __future__ import annotations

from functools import lru_cache

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path


def fitted(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return a text with line breaks between words, so that no line is wider than asked where words allow it.

    Parameters
    ----------
    text
        May hold line breaks of its own, which stay.
    width
        Points.
    size, weight
        Of the font; the family is that of the style in force.

    Returns
    -------
    str
        The same words.
    """
    families = tuple(mpl.rcParams["font.family"])
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and _width(longer, size, weight, families) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def _width(text: str, size: float, weight: str, families: tuple[str, ...]) -> float:
    """Return the width of one line in points."""
    font = FontProperties(family=list(families), size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])
