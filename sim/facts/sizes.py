"""Facts of size and growth, SF1 to SF5: how large firms are, how they grow, how that varies with size and age."""

from __future__ import annotations

import numpy as np

from sim.facts.estimators import equal_groups, excess_kurtosis, fit_subbotin, hill_exponent, slope, spread_by_group
from sim.facts.views import INCUMBENT, Floats, Run

SIZE_GROUPS = 15  # of equal numbers of firms
MATURE = 5.0  # years


def size_facts(run: Run) -> dict[str, float]:
    """Return the statistics of SF1 to SF5; see `seeds/facts/facts.csv`."""
    growth = run.growth
    apart, before = growth["apart"].to_numpy(), np.log(growth["before"].to_numpy())
    year = growth["year"].to_numpy()
    mature = growth["age"].to_numpy() > MATURE
    size, spread = spread_by_size(run)
    age, spread_of_age = spread_by_age(run)
    return {
        "size_tail_first": hill_exponent(sales_of_year(run, 0)),
        "size_tail_last": hill_exponent(sales_of_year(run, run.n_years - 1)),
        "growth_shape": fit_subbotin(apart).shape,
        "growth_kurtosis": excess_kurtosis(apart),
        "size_variance": -slope(size, np.log(spread)),
        "age_variance": slope(np.log(age), np.log(spread_of_age)),
        "growth_on_size": slope(before, growth["growth"].to_numpy(), year),
        "growth_on_size_mature": slope(before[mature], growth["growth"].to_numpy()[mature], year[mature]),
    }


def sales_of_year(run: Run, year: int) -> Floats:
    """Return the sales of the firms that traded through a year, mn CNY, float64[n]."""
    return run.years.loc[run.years["year"] == year, "sales"].to_numpy()


def spread_by_size(run: Run) -> tuple[Floats, Floats]:
    """Return mean log sales and standard deviation of growth of `SIZE_GROUPS` groups of firms by size."""
    before = np.log(run.growth["before"].to_numpy())
    return spread_by_group(run.growth["apart"].to_numpy(), before, equal_groups(before, SIZE_GROUPS))


def spread_by_age(run: Run) -> tuple[Floats, Floats]:
    """Return age, whole years from 1, and standard deviation of growth of the firms of that age."""
    known = run.growth[(run.growth["origin"] != INCUMBENT) & (run.growth["age"] >= 0.0)]
    year = np.maximum(1, np.ceil(known["age"].to_numpy())).astype(np.int64)
    return spread_by_group(known["apart"].to_numpy(), year.astype(np.float64), year)
