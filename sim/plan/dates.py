"""Dates of lever paths: years and quarters as written (`2018`, `2017Q3`) and as used (`2018Q1`, `2017Q3`).

Called by `catalogue`; imports nothing of the package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_DATE = re.compile(r"(\d{4})(?:Q([1-4]))?")


def quarter_label(date: object) -> str:
    """Return the quarter from which a dated value holds; a year means its first quarter.

    Raises
    ------
    ValueError
        When `date` is neither a year nor a quarter.

    >>> quarter_label(2018), quarter_label("2017Q3")
    ('2018Q1', '2017Q3')
    """
    match = _DATE.fullmatch(str(date))
    if match is None:
        raise ValueError(f"{date!r} is neither a year as 2018 nor a quarter as 2018Q3")
    return f"{match[1]}Q{match[2] or 1}"


def quarter_points(points: Mapping[Any, Any]) -> dict[str, Any]:
    """Return dated values keyed by quarter, ascending; raises ValueError for a bad date or two dates in one quarter."""
    dated = {quarter_label(date): value for date, value in points.items()}
    if len(dated) < len(points):
        raise ValueError("two dates fall in one quarter")
    return dict(sorted(dated.items()))
