"""What the figures of the facts draw: distributions and curves of one run as tidy tables.

Called by `table` for every run followed. Column `run` is added there.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sim.facts.capital import CLASSES, class_shares, money_multiples, open_share
from sim.facts.industry import adoption_of_class, size_ratio
from sim.facts.research import claims
from sim.facts.sizes import sales_of_year, spread_by_age, spread_by_size
from sim.facts.turnover import hazard_by_year
from sim.facts.views import Run

GROWTH_BINS: Final = np.linspace(-1.2, 1.2, 49)  # log points
CLAIM_BINS: Final = np.linspace(0.0, 3.0, 61)  # multiples of the threshold
_RANKS: Final = np.logspace(-3.0, 0.0, 61)  # part of the firms that are larger


def shapes_of(run: Run) -> dict[str, pd.DataFrame]:
    """Return the tables of one run.

    Parameters
    ----------
    run
        One run that was followed.

    Returns
    -------
    dict of pandas.DataFrame
        sizes (year, above: part of the firms that are larger, sales: mn CNY/year), growth (apart: log points from the
        median, density), size_variance (sales, spread), age_variance (age, spread), claims (multiple of the threshold,
        reported and real: part of the firm quarters per bin), hazard (life_year, hazard: 1/year), returns (multiple,
        share; open: part of the positions that are open still), diffusion (date, small, medium, large, of_ten: shares,
        the last of all with ten employees or more; ratio of large to small).
    """
    first, last = (_sizes(run, year) for year in (0, run.n_years - 1))
    density, _ = np.histogram(run.growth["apart"] - run.growth["apart"].median(), bins=GROWTH_BINS)
    width = GROWTH_BINS[1] - GROWTH_BINS[0]
    size, spread = spread_by_size(run)
    age, spread_of_age = spread_by_age(run)
    hazard = hazard_by_year(run).dropna()
    return {
        "sizes": pd.concat([first, last], ignore_index=True),
        "growth": pd.DataFrame({"apart": _middle(GROWTH_BINS), "density": density / max(1, len(run.growth)) / width}),
        "size_variance": pd.DataFrame({"sales": np.exp(size), "spread": spread}),
        "age_variance": pd.DataFrame({"age": age, "spread": spread_of_age}),
        "claims": _claims(run),
        "hazard": pd.DataFrame({"life_year": hazard.index.to_numpy(), "hazard": hazard.to_numpy()}),
        "returns": pd.DataFrame(
            {"multiple": CLASSES, "share": class_shares(money_multiples(run)), "open": open_share(run)}
        ),
        "diffusion": _diffusion(run),
    }


def _sizes(run: Run, year: int) -> pd.DataFrame:
    sales = np.sort(sales_of_year(run, year))[::-1]
    kept = _RANKS[_RANKS * len(sales) >= 1.0]
    places = np.minimum(len(sales) - 1, np.round(kept * len(sales)).astype(np.int64) - 1)
    return pd.DataFrame({"year": run.scenario.start.year + year, "above": kept, "sales": sales[places]})


def _claims(run: Run) -> pd.DataFrame:
    parts = {}
    for name, variable in (("reported", "rd_reported"), ("real", "rd_real")):
        multiples = claims(run, variable)
        # A claim at the threshold is a rounding error off it in the panel's seven digits.
        at = np.where(np.abs(multiples - 1.0) < 1e-5, 1.0 + 1e-9, multiples)
        count, _ = np.histogram(at, bins=CLAIM_BINS)
        parts[name] = count / max(1, len(multiples))
    return pd.DataFrame({"multiple": _middle(CLAIM_BINS), **parts})


def _diffusion(run: Run) -> pd.DataFrame:
    classes = {name: adoption_of_class(run, name) for name in ("small", "medium", "large", "of_ten")}
    date = run.scenario.start.year + (np.arange(run.scenario.n_quarters) + 0.5) / 4.0
    return pd.DataFrame({"date": date, **classes, "ratio": size_ratio(run)})


def _middle(edges: np.ndarray) -> np.ndarray:
    return np.asarray(0.5 * (edges[1:] + edges[:-1]))
