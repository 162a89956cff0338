"""Fixed random traits of the synthetic population: ranks and scores that no run changes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from sim._jit import kernel
from sim.draws import Purpose, uniform

POPULATION_SEED = 2016

Floats = npt.NDArray[np.float64]


@kernel
def _fill(values: Floats, stream: int) -> None:
    for row in range(values.shape[0]):
        values[row] = uniform(POPULATION_SEED, 0, row, stream, Purpose.POPULATION)


def uniforms(count: int, stream: int) -> Floats:
    """Return `count` uniforms in (0, 1), float64[count]; `stream` keeps traits apart."""
    values = np.empty(count)
    _fill(values, stream)
    return values


def ranks(count: int, stream: int) -> Floats:
    """Return the mid-points of `count` equal parts of (0, 1) in random order, float64[count]: an even sample."""
    order = np.argsort(uniforms(count, stream), kind="stable")
    values = np.empty(count)
    values[order] = (np.arange(count) + 0.5) / count
    return values


def scores(count: int, stream: int) -> Floats:
    """Return an even sample of the standard normal distribution in random order, float64[count]."""
    return np.asarray(ndtri(ranks(count, stream)), dtype=np.float64)


def apportion(shares: Floats, total: int) -> npt.NDArray[np.int64]:
    """Return whole numbers in proportion to `shares` that add up to `total` (largest remainders), int64[n].

    >>> apportion(np.array([0.5, 0.3, 0.2]), 7).tolist()
    [4, 2, 1]
    """
    exact = shares / shares.sum() * total
    counts = np.floor(exact).astype(np.int64)
    missing = total - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:missing]] += 1
    return counts
