"""Estimators of stylised facts: arrays in, numbers out; nan where there are too few cases to say.

Called by the modules of `sim.facts`. Pure: knows nothing of panels, runs or published ranges.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEWEST: Final = 30  # cases that an estimate needs


class Subbotin(NamedTuple):
    """A fitted Subbotin density: shape 1 is Laplace, 2 is normal; scale and location in units of the data."""

    shape: float
    scale: float
    location: float


def hill_exponent(sizes: Floats, part: float = 0.1) -> float:
    """Return the exponent of the complementary distribution of the largest sizes.

        a = k / sum ln(x_i / x_{k+1})

    Parameters
    ----------
    sizes
        float64[n], positive, any unit.
    part
        Largest part that counts, in (0, 1).

    Returns
    -------
    float
        1 for Zipf's law. Source: Hill (1975).
    """
    ordered = np.sort(sizes)[::-1]
    largest = int(part * len(ordered))
    if largest < FEWEST:
        return math.nan
    excess = np.log(ordered[:largest] / ordered[largest])
    return float(largest / excess.sum())


def fit_subbotin(values: Floats) -> Subbotin:
    """Return the Subbotin density that makes the values most likely.

        f(x) = exp(-|(x - m) / a|^b / b) / (2 a b^(1/b) Gamma(1 + 1/b))

    Parameters
    ----------
    values
        float64[n].

    Returns
    -------
    Subbotin
        Shape b, scale a and location m; for given b and m the likeliest a is the b-th mean of |x - m|. Source:
        Subbotin (1923), as used by Bottazzi and Secchi (2006).
    """
    if len(values) < FEWEST:
        return Subbotin(math.nan, math.nan, math.nan)

    def scale_of(shape: float, location: float) -> float:
        return float(np.mean(np.abs(values - location) ** shape) ** (1.0 / shape))

    def cost(point: Floats) -> float:
        location, shape = float(point[0]), float(np.exp(np.clip(point[1], -2.0, 3.0)))
        scale = max(scale_of(shape, location), 1e-300)
        return math.log(scale) + math.log(shape) / shape + math.lgamma(1.0 + 1.0 / shape) + 1.0 / shape

    found = optimize.minimize(cost, np.array([float(np.median(values)), 0.0]), method="Nelder-Mead")
    shape = float(np.exp(np.clip(found.x[1], -2.0, 3.0)))
    return Subbotin(shape, scale_of(shape, float(found.x[0])), float(found.x[0]))


def subbotin_density(x: Floats, shape: float, scale: float, location: float = 0.0) -> Floats:
    """Return the Subbotin density at float64[n]; see `fit_subbotin`."""
    norm = 2.0 * scale * shape ** (1.0 / shape) * math.gamma(1.0 + 1.0 / shape)
    return np.asarray(np.exp(-(np.abs((x - location) / scale) ** shape) / shape) / norm)


def excess_kurtosis(values: Floats) -> float:
    """Return the fourth standardised moment of float64[n] less 3: 0 for a normal distribution, 3 for Laplace."""
    if len(values) < FEWEST:
        return math.nan
    return float(stats.kurtosis(values)) if np.ptp(values) > 0.0 else math.nan


def spread_by_group(values: Floats, positions: Floats, groups: Ints) -> tuple[Floats, Floats]:
    """Return mean position and standard deviation of the values of every group of at least `FEWEST`.

    Parameters
    ----------
    values, positions
        float64[n].
    groups
        int64[n], from 0.

    Returns
    -------
    float64[m], float64[m]
        By ascending group; groups with too few cases or without spread are left out.
    """
    count = np.bincount(groups)
    safe = np.maximum(count, 1)
    mean = np.bincount(groups, values) / safe
    variance = np.bincount(groups, (values - mean[groups]) ** 2) / np.maximum(count - 1, 1)
    kept = (count >= FEWEST) & (variance > 0.0)
    return (np.bincount(groups, positions) / safe)[kept], np.sqrt(variance[kept])


def equal_groups(positions: Floats, groups: int) -> Ints:
    """Return the group of each position, int64[n]: `groups` of nearly equal numbers, the smallest positions first."""
    order = np.argsort(positions, kind="stable")
    found = np.empty(len(positions), dtype=np.int64)
    found[order] = np.arange(len(positions)) * groups // max(1, len(positions))
    return found


def slope(x: Floats, y: Floats, groups: Ints | None = None) -> float:
    """Return the least-squares slope of y on x, float64[n]; with `groups`, int64[n], within groups only."""
    if len(x) < 3:
        return math.nan
    if groups is None:
        groups = np.zeros(len(x), dtype=np.int64)
    inner = [v - (np.bincount(groups, v) / np.maximum(np.bincount(groups), 1))[groups] for v in (x, y)]
    square = float(inner[0] @ inner[0])
    return float(inner[0] @ inner[1]) / square if square > 0.0 else math.nan


def correlation(x: Floats, y: Floats) -> float:
    """Return Pearson's correlation of float64[n] with float64[n]; nan where one does not vary."""
    if len(x) < FEWEST or np.ptp(x) == 0.0 or np.ptp(y) == 0.0:
        return math.nan
    return float(np.corrcoef(x, y)[0, 1])


def power_law_exponent(counts: Ints) -> tuple[float, int]:
    """Return exponent and lower end of the discrete power law that fits the tail of counts best.

        P(x) = x^-a / zeta(a, x_min)

    Parameters
    ----------
    counts
        int64[n]; only those from 1 up count.

    Returns
    -------
    float, int
        The likeliest a for each x_min that leaves `FEWEST` cases or more; of these the one whose distribution is
        nearest to the data (Kolmogorov-Smirnov). Source: Clauset, Shalizi and Newman (2009).
    """
    counts = np.sort(counts[counts >= 1])
    best = (math.inf, math.nan, 0)
    for lowest in np.unique(counts):
        tail = counts[counts >= lowest]
        if len(tail) < FEWEST or tail[0] == tail[-1]:
            break
        exponent = _zeta_exponent(tail, int(lowest))
        best = min(best, (_zeta_distance(tail, int(lowest), exponent), exponent, int(lowest)))
    return best[1], best[2]


def _zeta_exponent(tail: Ints, lowest: int) -> float:
    logs = float(np.log(tail).mean())
    found = optimize.minimize_scalar(
        lambda a: math.log(special.zeta(a, lowest)) + a * logs, bounds=(1.01, 12.0), method="bounded"
    )
    return float(found.x)


def _zeta_distance(tail: Ints, lowest: int, exponent: float) -> float:
    values, count = np.unique(tail, return_counts=True)
    seen = np.cumsum(count) / len(tail)
    expected = 1.0 - special.zeta(exponent, values + 1.0) / special.zeta(exponent, float(lowest))
    return float(np.abs(seen - expected).max())


def net_entry_part(first: tuple[Ints, Floats, Floats], last: tuple[Ints, Floats, Floats]) -> float:
    """Return the part of the growth of weighted log productivity that entry and exit bring.

        dA = sum over stayers + sum over entrants s' (a' - A) - sum over leavers s (a - A)

    Parameters
    ----------
    first, last
        Of each date: firms int64[n], each once; weights float64[n], of any sum; log productivity float64[n].

    Returns
    -------
    float
        Entrants' and leavers' terms over the change of the mean. Source: Foster, Haltiwanger and Krizan (2001).
    """
    (ids, weights, levels), (ids_last, weights_last, levels_last) = first, last
    if min(len(ids), len(ids_last)) < FEWEST or weights.sum() <= 0.0 or weights_last.sum() <= 0.0:
        return math.nan
    share, share_last = weights / weights.sum(), weights_last / weights_last.sum()
    mean, mean_last = float(share @ levels), float(share_last @ levels_last)
    entered, left = ~np.isin(ids_last, ids), ~np.isin(ids, ids_last)
    entry = float(share_last[entered] @ (levels_last[entered] - mean))
    leaving = float(share[left] @ (levels[left] - mean))
    return (entry - leaving) / (mean_last - mean) if mean_last != mean else math.nan
