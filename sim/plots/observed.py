"""Published figures as points of a figure: when, how much, by whom, and whether as a bound.

Called by the figure modules; `sim.measurement` decides which published figure measures what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sim.measurement.published import Figure as Published
from sim.measurement.published import published_figures, published_investment

_ASIDE = re.compile(r"\s*(\(.*\)|/.*)$")
_NAMELESS = "unattributed"


@dataclass(frozen=True, slots=True)
class Point:
    """One published figure; `date` is in years of the time axis, `bound` is lower, upper or empty.

    `derived` tells that the figure follows from others that were printed.
    """

    date: float
    value: float
    source: str
    bound: str = ""
    derived: bool = False


def points(measures: str, first: int, last: int) -> list[Point]:
    """Return the published figures of one definition, or of `firms` or `venture_investment`.

    Parameters
    ----------
    measures
        As in `Published.measures`.
    first, last
        Years of the time axis; figures outside are left out.

    Returns
    -------
    list of Point
        A year's flow and a count at its end stand at the year, a count of June half a year before. Figures printed
        again without change are left out.
    """
    figures: Iterable[Published] = (
        published_investment() if measures == "venture_investment" else published_figures(measures)
    )
    found = [
        Point(each.end - 1.0, each.value, _short(each.organisation), each.bound, bool(each.derived))
        for each in figures
        if not each.repeats
    ]
    return [point for point in found if first - 0.5 < point.date <= last]


def _short(organisation: str) -> str:
    """Return the name of an organisation without what stands in brackets or behind a slash.

    >>> _short("CSET (Crunchbase/Refinitiv)"), _short("Tsinghua CISTP / CAICT")
    ('CSET', 'Tsinghua CISTP')
    """
    name = _ASIDE.sub("", organisation)
    return "" if name.startswith(_NAMELESS) else name
