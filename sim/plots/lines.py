"""Text broken into lines that fit, measured with the font it is set in.

Called by `marks` and `sheets`. Imports nothing of the package.
"""

from __future__ import annotations

import re
from functools import lru_cache

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

# What stays together: a word with the blank after it, or a Chinese character with the closing marks after it.
_PIECES = re.compile(r"[\u2e80-\u9fff\uff00-\uffef][，。；：、）》！？]*|[^ \u2e80-\u9fff\uff00-\uffef]* ?")


def fitted(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return a text with line breaks between words, so that no line is wider than asked where words allow it.

    Chinese, which has no blanks, is broken between characters, though not before a mark that closes.

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
        for piece in _PIECES.findall(paragraph):
            longer = line + piece
            if line and _width(longer.rstrip(" "), size, weight, families) > width:
                lines.append(line.rstrip(" "))
                longer = piece
            line = longer
        lines.append(line)
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def _width(text: str, size: float, weight: str, families: tuple[str, ...]) -> float:
    """Return the width of one line in points."""
    font = FontProperties(family=list(families), size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])
