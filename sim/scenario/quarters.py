"""Quarters of the calendar, and the span that a scenario may cover.

Used by every module of `sim.scenario` and by whoever turns a date into a position. Imports nothing of the package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"(?P<year>[0-9]{4})(?:Q(?P<number>[1-4]))?")

DATE_FORM = "a year such as 2018 or a quarter such as 2021Q3"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter; `number` runs from 1 to 4. Quarters are ordered by time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a quarter that no year has."""
        if not 1 <= self.number <= 4:
            raise ValueError(f"quarter {self.number} of {self.year}: a year has the quarters 1 to 4")

    @classmethod
    def parse(cls, text: str, *, last: bool = False) -> Quarter:
        """Return the quarter that a year or a quarter names.

        Parameters
        ----------
        text
            `2021Q3`, or `2021` for the first (with `last` the fourth) quarter of the year.
        last
            Read a year as its last quarter, as the end of a span does.

        Returns
        -------
        Quarter
            The quarter named.

        Raises
        ------
        ValueError
            When the text is neither a year nor a quarter.

        >>> str(Quarter.parse("2021", last=True))
        '2021Q4'
        """
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a date: write {DATE_FORM}")
        number = match["number"] or (4 if last else 1)
        return cls(int(match["year"]), int(number))

    @classmethod
    def at(cls, position: int) -> Quarter:
        """Return the quarter at a position of the calendar (0 is 2016Q1).

        >>> str(Quarter.at(5))
        '2017Q2'
        """
        years, number = divmod(position, 4)
        return cls(2016 + years, number + 1)

    @property
    def position(self) -> int:
        """Return how many quarters lie between 2016Q1 and this one.

        >>> Quarter(2017, 2).position
        5
        """
        return 4 * (self.year - 2016) + self.number - 1

    def __str__(self) -> str:
        """Return the form used in files and results, `2016Q1`."""
        return f"{self.year}Q{self.number}"


# The seeds describe the economy of 2016Q1, so no run can start elsewhere; 2040 is as far as a horizon may reach.
FIRST = Quarter(2016, 1)
LAST = Quarter(2040, 4)

# Lever paths are resolved over the whole span and cut at the horizon, so that a later layer may lengthen it.
SPAN = LAST.position + 1


def label(quarter: Quarter) -> str:
    """Return the shortest text that names a quarter: the year for a first quarter.

    >>> label(Quarter(2018, 1)), label(Quarter(2018, 2))
    ('2018', '2018Q2')
    """
    return str(quarter.year) if quarter.number == 1 else str(quarter)
