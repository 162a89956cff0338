"""Published figures to hold beside the model: by definition, with bounds, dates, sources and cautions.

Called by plots and by the fit. Reads `seeds/history`; must not import results. Figures of different definitions never
share a series here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.errors import SeedError
from sim.seeds import Table, read_table

# What citations in `seeds/sources.csv` call the subject of a series: one page may be the address of several sources.
_SUBJECTS = {
    "core_industry_scale": "scale of the AI industry",
    "core_industry_scale_growth": "growth of the AI industry",
    "number_of_ai_firms": "number of AI firms",
    "investment_amount": "AI financing",
}
_UNITS = {"bn RMB": "bn CNY", "firms": "count"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{4}})\b")
_BOUND = re.compile(r"bound=(lower|upper);?\s*")

_INCREASE_2018 = 67.7  # bn CNY, 2018 over 2017; printed by iiMedia beside the figure of 2018 (its note in the history)
CNY_PER_USD_2019 = 6.9  # CNY/USD, 6.7 to 7.2; assumed: rounded mean of 2019, for one figure that stands beside a curve


@dataclass(frozen=True)
class Figure:
    """One published figure.

    `measures` is the definition of the core scale it follows, or `firms`, or `venture_investment`. `quarter` is empty
    for a flow of a whole year, else the quarter at whose end a count was taken. `bound` is empty, `lower` ("over") or
    `upper` ("nearly"): then the figure is a censored observation. `derived` is the arithmetic behind a figure that
    nobody printed. `repeats`: the same figure of the same year is in the list already from an earlier publication, so
    it is no further evidence. `source` is a key of `seeds/sources.csv`.
    """

    measures: str
    year: int
    value: float
    unit: str
    quarter: str = ""
    bound: str = ""
    derived: str = ""
    repeats: bool = False
    organisation: str = ""
    source: str = ""
    kind: str = "estimate"
    known_from: int = 0
    caveat: str = ""

    @property
    def end(self) -> float:
        """Return the end of what is measured in calendar years: June 2018 is 2018.5, the whole of 2018 is 2019.0."""
        return self.year + (int(self.quarter[-1]) / 4.0 if self.quarter else 1.0)


def published_figures(measures: str, table: Table | None = None) -> tuple[Figure, ...]:
    """Return the published outcomes of one definition, earliest year first.

    Parameters
    ----------
    measures
        narrow, caict or iresearch (bn CNY a year), or firms (count at the end of a quarter).
    table
        Figures with the columns of `seeds/history/history.csv`; the shipped ones when None.

    Returns
    -------
    tuple of Figure
        Rows tagged with `measures` that are outcomes (forecasts of the time are left out). A printed growth rate gives
        the year before, marked `derived`: together with the level it is one piece of information, not two.

    Raises
    ------
    SeedError
        When the table lacks a column.
    """
    rows = (read_table("history/history") if table is None else table).where(role="outcome", measured_as=measures)
    figures = [_figure(rows, row, measures) for row in range(rows.rows)]
    levels = [figure for figure in figures if figure.unit != "percent"]
    growth = [figure for figure in figures if figure.unit == "percent"]
    return _marked([*levels, *(_year_before(rate, level) for rate in growth for level in _levels_of(rate, levels)[:1])])


def published_investment() -> tuple[Figure, ...]:
    """Return published investment in Chinese AI firms, to stand beside `venture_investment`, bn CNY a year.

    The four come from three counts of different scope, so their level is no target and no growth across two counts
    means anything; only the order of magnitude can be compared. Counts that include platform giants are left out.

    Returns
    -------
    tuple of Figure
        iiMedia 2017 (derived) and 2018, CSET 2019 (converted from USD), Shenzhen AI Industry Association 2020.

    Raises
    ------
    SeedError
        When the history lacks one of them.
    """
    rows = read_table("history/history").where(series="investment_amount", role="outcome")

    def pick(organisation: str, year: int) -> Figure:
        row = rows.where(source_org=organisation, year=year)
        if row.rows != 1:
            raise SeedError(
                f"history/history: {row.rows} investment figures of {organisation} for {year}, one is needed"
            )
        return _figure(row, 0, "venture_investment")

    boom = replace(pick("iiMedia", 2018), caveat="count of iiMedia; IT Juzi shows 210.5 for 2017")
    abroad = pick("CSET (Crunchbase/Refinitiv)", 2019)
    return (
        replace(
            boom,
            year=2017,
            value=round(boom.value - _INCREASE_2018, 1),
            derived=f"2018 less the increase of {_INCREASE_2018} bn CNY printed with it",
        ),
        boom,
        replace(
            abroad,
            value=abroad.value * CNY_PER_USD_2019,
            unit="bn CNY",
            derived=f"{abroad.value} bn USD at {CNY_PER_USD_2019} CNY/USD (assumed)",
            caveat="private deals with an estimate of undisclosed ones; the databases are international",
        ),
        replace(pick("Shenzhen AI Industry Association", 2020), caveat="467 financing deals; scope not stated"),
    )


def _figure(rows: Table, row: int, measures: str) -> Figure:
    note, year = str(rows["note"][row]), int(rows["year"][row])
    unit = str(rows["unit"][row])
    bound = _BOUND.match(note)
    return Figure(
        measures=measures,
        year=year,
        value=float(rows["value"][row]),
        unit=_UNITS.get(unit, unit),
        quarter=_count_date(note, year) if unit == "firms" else "",
        bound=bound[1] if bound else "",
        organisation=str(rows["source_org"][row]),
        source=_source_key(str(rows["url"][row]), str(rows["series"][row]), str(rows["published"][row])),
        kind=str(rows["kind"][row]),
        known_from=int(rows["known_from"][row]),
        caveat=_BOUND.sub("", note, count=1),
    )


def _count_date(note: str, year: int) -> str:
    """Return the quarter of a count: of the month that the note names, else the last of the year.

    >>> _count_date("June 2018; Beijing 395", 2018), _count_date("", 2020)
    ('2018Q2', '2020Q4')
    """
    named = _MONTH.search(note)
    if named is None or int(named[2]) != year:
        return f"{year}Q4"
    return f"{year}Q{_MONTHS.index(named[1]) // 3 + 1}"


def _source_key(url: str, series: str, published: str) -> str:
    """Return the source that prints a series on a page; empty for a page that the seeds do not know."""
    sources = read_table("sources").where(url=url)
    subject = _SUBJECTS.get(series, "")
    keys, citations, years = sources["key"].tolist(), sources["citation"].tolist(), sources["year"].tolist()
    ranked = sorted(
        range(sources.rows), key=lambda row: (subject not in citations[row], str(years[row])[:4] != published[:4], row)
    )
    return str(keys[ranked[0]]) if ranked else ""


def _levels_of(rate: Figure, levels: Sequence[Figure]) -> list[Figure]:
    """Return the levels of the year that a growth rate leads to, one of the same source first."""
    same = [level for level in levels if level.year == rate.year and not level.bound]
    return sorted(same, key=lambda level: level.source != rate.source)


def _year_before(rate: Figure, level: Figure) -> Figure:
    return replace(
        rate,
        year=rate.year - 1,
        value=level.value / (1.0 + rate.value / 100.0),
        unit=level.unit,
        derived=f"{level.value} {level.unit} of {rate.year} over 1 + {rate.value}%",
        caveat=f"no figure of its own: it restates the growth printed with {rate.year}",
    )


def _marked(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures earliest first, with those marked that repeat an earlier publication of the same value."""
    seen: set[tuple[float, float]] = set()
    marked = []
    for figure in sorted(figures, key=lambda each: (each.known_from, each.bound)):
        marked.append(replace(figure, repeats=(figure.end, figure.value) in seen))
        seen.add((figure.end, figure.value))
    return tuple(sorted(marked, key=lambda each: (each.end, each.known_from, each.bound, each.value)))
