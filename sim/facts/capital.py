"""Facts of capital, SF19: what venture investments return, who invests first, what guidance funds raise."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sim.facts.estimators import FEWEST
from sim.facts.views import Floats, Run
from sim.state.finance import FundKind

YEARS_TO_END = 8  # a position has at least this long to be sold or lost before the run ends
CLASSES = ("0-1", "1-5", "5-10", "10+")  # money returned over money paid
_UNTIL = "2020Q4"
_REACHED = 0.99  # of a target


def capital_facts(run: Run) -> dict[str, float]:
    """Return the statistics of SF19; see `seeds/facts/facts.csv`."""
    multiples = money_multiples(run)
    enough = len(multiples) >= FEWEST
    ratios = raised_over_target(run)
    raised, wanted = ratios if ratios is not None else (np.zeros(0), np.zeros(0))
    return {
        "at_most_par": float((multiples <= 1.0).mean()) if enough else math.nan,
        "tenfold": float((multiples >= 10.0).mean()) if enough else math.nan,
        "government_first": _government_first(run.firms),
        "raised_over_target": float(raised.sum() / wanted.sum()) if wanted.sum() > 0.0 else math.nan,
        "funds_at_target": float((raised >= _REACHED * wanted).mean()) if wanted.size else math.nan,
    }


def money_multiples(run: Run) -> Floats:
    """Return money returned over money paid of the positions that ended and had the time to, float64[n]."""
    table = _early(run)
    ended = table[table["outcome"] != "open"]
    return (ended["returned"] / ended["paid"]).to_numpy()


def open_share(run: Run) -> float:
    """Return the part of the positions with time to end that are open still; nan where there are none."""
    return float((_early(run)["outcome"] == "open").mean())


def _early(run: Run) -> pd.DataFrame:
    """Return the positions opened `YEARS_TO_END` or more before the run ends."""
    return run.positions[run.positions["opened"] < run.scenario.n_quarters - 4 * YEARS_TO_END]


def class_shares(multiples: Floats) -> Floats:
    """Return the part of the positions in each of `CLASSES`, float64[4]; at par counts as the first of them."""
    place = (multiples > 1.0).astype(np.int64) + (multiples >= 5.0) + (multiples >= 10.0)
    return np.asarray(np.bincount(place, minlength=len(CLASSES)) / max(1, len(multiples)), dtype=np.float64)


def _government_first(firms: pd.DataFrame) -> float:
    """Return the part of the firms with both investors that guidance funds entered first; rounds shared count for none.

    Of firms founded within the run only, whose history is complete.
    """
    within = firms[firms["birth"] >= 0]
    first = {
        kind: within[within[f"{kind}_equity"] > 0.0].groupby("id")["quarter"].min() for kind in ("guidance", "private")
    }
    both = pd.concat(first, axis=1).dropna()
    apart = both[both["guidance"] != both["private"]]
    return float((apart["guidance"] < apart["private"]).mean()) if len(apart) >= FEWEST else math.nan


def raised_over_target(run: Run) -> tuple[Floats, Floats] | None:
    """Return what each guidance fund raised and wanted to 2020, mn CNY, float64[funds]; None where none was set up.

    Wanted is the public money paid in and the leverage asked on it.
    """
    place = run.position(_UNTIL)
    chosen = run.funds["kind"].values == FundKind.GUIDANCE
    if place is None or not chosen.any():
        return None
    public, social = (
        run.funds[name].values[: place + 1, chosen].astype(np.float64) for name in ("public_capital", "social_capital")
    )
    leverage = run.scenario.path("guidance_fund_leverage")[: place + 1, None]
    wanted = (public * (1.0 + leverage)).sum(axis=0)
    active = wanted > 0.0
    return ((public + social).sum(axis=0)[active], wanted[active]) if active.any() else None
