"""Intervals: of a probability, for chance (Wilson) and unknown parameters; of a mean; of a ratio of means (Fieller).

Called by `targets`, `goals` and comparisons. Pure numbers: imports nothing of the package.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtrit

Floats = npt.NDArray[np.float64]

# With ten runs beyond the first of their set, the variance of chance is known to within about half.
FEWEST_REPEATS = 10


def wilson(successes: int, runs: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson score interval of a probability.

    Parameters
    ----------
    successes, runs
        How often it happened, in how many runs (at least one).
    confidence
        Chance that such an interval covers the probability.

    Returns
    -------
    tuple of float
        Low and high, within [0, 1]. Source: Wilson (1927).

    >>> [round(end, 4) for end in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    z = float(ndtri(0.5 + 0.5 * confidence))
    share = successes / runs
    centre = share + z * z / (2.0 * runs)
    half = z * math.sqrt(share * (1.0 - share) / runs + z * z / (4.0 * runs * runs))
    whole = 1.0 + z * z / runs
    low = 0.0 if successes == 0 else (centre - half) / whole
    high = 1.0 if successes == runs else (centre + half) / whole
    return low, high


def parameter_sets(parameters: Floats) -> npt.NDArray[np.int64]:
    """Return the number of the parameter set of each run, int64[runs], from its values, float64[runs, parameters]."""
    _, numbers = np.unique(parameters, axis=0, return_inverse=True)
    return np.asarray(numbers, dtype=np.int64).reshape(-1)


def parameter_share(values: Floats, sets: npt.NDArray[np.int64]) -> float:
    """Return the part of the variance of an outcome that its parameters explain, by one-way analysis of variance.

    Runs that share all their parameters differ by chance alone; the spread between sets beyond that is due to the
    parameters. Where hardly any set is repeated, nothing separates the two, and no number is given: in trials a
    regression on the parameters found less than half of a share of 98%, because they outnumber what the runs can tell.

    Parameters
    ----------
    values
        float64[runs], any unit.
    sets
        int64[runs], as `parameter_sets` numbers them: 0 and up, without gaps.

    Returns
    -------
    float
        0 to 1; nan with fewer than `FEWEST_REPEATS` runs beyond the first of their set. Source: Searle, Casella and
        McCulloch (1992), the estimator for groups of unequal size.
    """
    sizes = np.bincount(sets)
    runs, groups = len(values), len(sizes)
    if runs - groups < FEWEST_REPEATS:
        return math.nan
    if groups == 1:
        return 0.0
    spread = values - values.mean()
    means = np.bincount(sets, weights=spread) / sizes
    rest = spread - means[sets]
    within = float(rest @ rest) / (runs - groups)
    between = float(sizes @ (means * means)) / (groups - 1)
    size = (runs - float(sizes @ sizes) / runs) / (groups - 1)
    due = max(0.0, (between - within) / size)
    return due / (due + within) if due > 0.0 else 0.0


def parameter_interval(values: Floats, threshold: float, share: float, confidence: float = 0.9) -> tuple[float, float]:
    """Return how far the probability of `values > threshold` moves with the parameters.

    With parameters held, the margin over the threshold is taken to be normal around a mean that the parameters move:
    probability(z) = Phi((mean + sd sqrt(share) z) / (sd sqrt(1 - share))), z standard normal. The margin is
    log(value / threshold), or value / threshold - 1 where a value is not positive.

    Parameters
    ----------
    values
        float64[runs] of one outcome and year.
    threshold
        What is to be exceeded, > 0, in the unit of the values.
    share
        Part of the variance of the margin due to parameters, see `parameter_share`; nan when unknown.
    confidence
        Part of the parameter values between the ends.

    Returns
    -------
    tuple of float
        Low and high; nan when `share` is.
    """
    if math.isnan(share):
        return math.nan, math.nan
    over = margin(values, threshold)
    mean, spread = float(over.mean()), float(over.std(ddof=1)) if len(over) > 1 else 0.0
    reach = float(ndtri(0.5 + 0.5 * confidence)) * spread * math.sqrt(share)
    noise = spread * math.sqrt(1.0 - share)
    return _exceeds(mean - reach, noise), _exceeds(mean + reach, noise)


def margin(values: Floats, threshold: float) -> Floats:
    """Return the margin of positive values over a threshold in logarithms, of others as a ratio less one."""
    ratio = values / threshold
    return np.log(ratio) if (ratio > 0.0).all() else ratio - 1.0


def _exceeds(mean: float, noise: float) -> float:
    if noise == 0.0:
        return float(mean > 0.0)
    return float(ndtr(mean / noise))


def mean_interval(values: Floats, confidence: float = 0.95) -> tuple[float, float]:
    """Return Student's interval of the mean of float64[runs] in their unit; nan for fewer than two runs."""
    runs = len(values)
    if runs < 2:
        return math.nan, math.nan
    half = float(stdtrit(runs - 1, 0.5 + 0.5 * confidence)) * float(values.std(ddof=1)) / math.sqrt(runs)
    return float(values.mean()) - half, float(values.mean()) + half


def ratio_interval(above: Floats, below: Floats, confidence: float = 0.95) -> tuple[float, float]:
    """Return the interval of the ratio of two means whose values are pairs, run by run.

    Every ratio R for which the mean of `above - R below` may be zero belongs to it. Unlike an interval from a linear
    approximation or from ratios run by run it knows when the mean of `below` may be zero: then it has no end.

    Parameters
    ----------
    above, below
        float64[runs], pairs of the same runs.
    confidence
        Chance that such an interval covers the ratio, for means that are nearly normal.

    Returns
    -------
    tuple of float
        Low and high, in the unit of `above` over that of `below`; nan where the mean of `below` is not clearly
        different from zero, and for fewer than two runs. Source: Fieller (1954).

    >>> [round(end, 3) for end in ratio_interval(np.array([2.0, 2.2, 1.8]), np.array([1.0, 1.1, 0.9]))]
    [2.0, 2.0]
    """
    runs = len(above)
    if runs < 2:
        return math.nan, math.nan
    top, bottom = float(above.mean()), float(below.mean())
    spread = np.cov(above, below) / runs * float(stdtrit(runs - 1, 0.5 + 0.5 * confidence)) ** 2
    # R is inside where (top - R bottom)^2 <= t^2 var(top - R bottom): a quadratic in R.
    square, half, rest = bottom**2 - spread[1, 1], top * bottom - spread[0, 1], top**2 - spread[0, 0]
    if not square > 0.0:
        return math.nan, math.nan
    reach = math.sqrt(max(0.0, half * half - square * rest))
    return float((half - reach) / square), float((half + reach) / square)
