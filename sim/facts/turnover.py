"""Facts of birth and death, SF10 to SF12: entry with exit, hazard by age, what renewal brings."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sim.facts.estimators import FEWEST, correlation, net_entry_part
from sim.facts.views import Floats, Ints, Run

SPAN = 9  # years, as from 1998 to 2007
_OLDEST = 12  # year of life up to which the peak is looked for
_FEWEST_FIRMS = 20  # in a sector for its rates to count


def turnover_facts(run: Run) -> dict[str, float]:
    """Return the statistics of SF10 to SF12; see `seeds/facts/facts.csv`."""
    hazard = hazard_by_year(run)
    early = hazard[hazard.index <= _OLDEST].dropna()
    cells = run.turnover[run.turnover["firms"] >= _FEWEST_FIRMS]
    ages = run.lives["life_year"][run.lives["closed"]]
    return {
        "turbulence": correlation(
            (cells["entries"] / cells["firms"]).to_numpy(), (cells["exits"] / cells["firms"]).to_numpy()
        ),
        "hazard_peak": float(early.index[int(early.argmax())]) if len(early) else math.nan,
        "hazard_first": float(hazard.get(1, math.nan)),
        "hazard_third": float(hazard.get(3, math.nan)),
        "young_exits": float((ages <= 5).mean()) if len(ages) >= FEWEST else math.nan,
        "exit_rate": 4.0 * float((run.firms["closes"] > 0).mean()) if len(run.firms) else math.nan,
        "net_entry": net_entry_part(_productivity(run, _first_year(run)), _productivity(run, _first_year(run) + SPAN))
        if run.n_years > SPAN
        else math.nan,
    }


def hazard_by_year(run: Run) -> pd.Series[float]:
    """Return the annual hazard of closing by year of life, exits over firm years at risk; nan under `FEWEST` years."""
    grouped = run.lives.groupby("life_year")["closed"]
    years = grouped.size() / 4.0
    return (grouped.sum() / years).where(years >= FEWEST)


def _first_year(run: Run) -> int:
    """Return the first year of the span, which ends with the last year: by then most of the first cast is history."""
    return max(0, run.n_years - 1 - SPAN)


def _productivity(run: Run, year: int) -> tuple[Ints, Floats, Floats]:
    """Return the firms of a year with their AI sales as weights and log quality, which is productivity here."""
    firms = run.years[(run.years["year"] == year) & (run.years["technology_sales"] > 0.0)]
    return firms["id"].to_numpy(), firms["technology_sales"].to_numpy(), np.log(firms["quality"].to_numpy())
