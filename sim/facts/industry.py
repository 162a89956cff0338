"""Facts of the industry, SF13 to SF17: how many firms, how large, where, for whom, and who uses AI."""

from __future__ import annotations

import math

import numpy as np

from sim.facts.views import Floats, Run
from sim.plan.names import APPLICATIONS, REGIONS

SMALL_FROM, SMALL_TO, LARGE_FROM = 10.0, 50.0, 250.0  # employees, as statistics offices class them
_CLASSES = {
    "small": (SMALL_FROM, SMALL_TO),
    "medium": (SMALL_TO, LARGE_FROM),
    "large": (LARGE_FROM, np.inf),
    "of_ten": (SMALL_FROM, np.inf),
}
LEVEL_OF_TEN, LEVEL_OF_ALL = 0.08, 0.06  # levels of adoption at which the published ratios were taken
_NOT_TERTIARY = ("manufacturing", "agriculture")
_SCALES = {"caict": (2019, 2020), "narrow": (2016, 2017, 2018, 2019)}
_COUNTS = {"firms_2018": "2018Q2", "firms_2020": "2020Q4"}


def industry_facts(run: Run) -> dict[str, float]:
    """Return the statistics of SF13 to SF17; see `seeds/facts/facts.csv`."""
    return {**_counts_and_scales(run), **_places(run), "tertiary": _tertiary(run), **_gradients(run)}


def _counts_and_scales(run: Run) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, quarter in _COUNTS.items():
        place = run.position(quarter)
        found[name] = math.nan if place is None else float(run.series["q_firms"].values[place])
    held = run.series["year"].values.tolist()
    for definition, years in _SCALES.items():
        scale = run.series["core_scale"].sel(definition=definition)
        found |= {f"{definition}_{year}": float(scale.sel(year=year)) if year in held else math.nan for year in years}
    return found


def _places(run: Run) -> dict[str, float]:
    """Return concentration over provinces at the ends of 2018 to 2021, and its change over these years."""
    quarters = [place for year in range(2018, 2022) if (place := run.position(f"{year}Q4")) is not None]
    shares = [province_shares(run, quarter) for quarter in quarters]
    if not shares:
        return dict.fromkeys(("top_provinces", "beijing", "provinces_hhi", "provinces_hhi_change"), math.nan)
    hhi = [float(share @ share) for share in shares]
    return {
        "top_provinces": float(np.mean([np.sort(share)[-4:].sum() for share in shares])),
        "beijing": float(np.mean([share[REGIONS.index("CN-BJ")] for share in shares])),
        "provinces_hhi": float(np.mean(hhi)),
        "provinces_hhi_change": hhi[-1] - hhi[0] if len(hhi) == 4 else math.nan,
    }


def province_shares(run: Run, quarter: int) -> Floats:
    """Return the part of the firms of a quarter by region, float64[31]."""
    count = np.bincount(run.firms.loc[run.firms["quarter"] == quarter, "region"], minlength=len(REGIONS))
    return np.asarray(count / max(1, count.sum()), dtype=np.float64)


def _tertiary(run: Run) -> float:
    place = run.position("2020Q4")
    if place is None:
        return math.nan
    paid = run.users["technology_paid"].values[place - 3 : place + 1].astype(np.float64).sum(axis=0)
    other = np.isin(run.users["application"].values, [APPLICATIONS.index(name) for name in _NOT_TERTIARY])
    return float(paid[~other].sum() / paid.sum()) if paid.sum() > 0.0 else math.nan


def _gradients(run: Run) -> dict[str, float]:
    """Return how much more large organisations adopt, at the levels of adoption of the published ratios."""
    heads = run.users["employees"].values.astype(np.float64)
    organisations = run.users["weight"].values.astype(np.float64)
    of_ten, ratio = adoption_of_class(run, "of_ten"), size_ratio(run)
    by_firms, by_heads = adoption(run, organisations), adoption(run, organisations * heads)
    ten, every = _first_above(of_ten, LEVEL_OF_TEN), _first_above(by_firms, LEVEL_OF_ALL)
    return {
        "large_over_small": math.nan if ten is None else float(ratio[ten]),
        "heads_over_firms": math.nan if every is None else float(by_heads[every] / by_firms[every]),
    }


def size_ratio(run: Run) -> Floats:
    """Return adoption of organisations of 250 and more employees over that of 10 to 49, float64[quarters]."""
    large, small = (adoption_of_class(run, name) for name in ("large", "small"))
    return np.asarray(np.divide(large, small, out=np.full(len(small), np.nan), where=small > 0.0), dtype=np.float64)


def adoption_of_class(run: Run, name: str) -> Floats:
    """Return the share of organisations that use AI, float64[quarters].

    Classes: small (10-49 employees), medium (50-249), large (250 and more), of_ten (10 and more).
    """
    heads = run.users["employees"].values
    low, high = _CLASSES[name]
    weights = run.users["weight"].values.astype(np.float64)
    return adoption(run, np.where((heads >= low) & (heads < high), weights, 0.0))


def adoption(run: Run, weights: Floats) -> Floats:
    """Return the weighted share of organisations that use AI, float64[quarters]; weights float64[users]."""
    total = float(weights.sum())
    used = run.users["adopted"].values.astype(np.float64) @ weights
    return np.asarray(used / total if total > 0.0 else np.full(len(used), np.nan))


def _first_above(path: Floats, level: float) -> int | None:
    """Return the first position at which a path has reached a level; None when it never does."""
    reached = np.flatnonzero(path >= level)
    return int(reached[0]) if reached.size else None
