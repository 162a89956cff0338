"""What a path means: dated values, relative changes and designations as arrays over quarters.

Called by `resolution`. Pure NumPy on arrays of the whole span; knows neither files nor the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Weights this close to a sum of one are left as they are, so that reading normalised weights again changes no bit.
_SUM_TOLERANCE = 1e-14


def step_path(base: Array, points: Mapping[int, Array | float]) -> Array:
    """Return a path that takes each dated value until the next date, and the base's before the first.

    Parameters
    ----------
    base
        float64[n_quarters] or float64[n_quarters, n], lever's unit.
    points
        Position of a quarter -> value, or row of n values; in any order, at least one.

    Returns
    -------
    float64 array of the shape of `base`

    >>> step_path(np.zeros(5), {1: 40.0, 3: 90.0}).tolist()
    [0.0, 40.0, 40.0, 90.0, 90.0]
    """
    path = base.copy()
    for position in sorted(points):
        path[position:] = points[position]
    return path


def linear_path(base: Array, points: Mapping[int, float]) -> Array:
    """Return a path of straight lines between dated values.

    Parameters
    ----------
    base
        float64[n_quarters], lever's unit; holds before the first date.
    points
        Position of a quarter -> value; in any order, at least one. The last value is held.

    Returns
    -------
    float64[n_quarters]

    >>> linear_path(np.zeros(6), {1: 10.0, 4: 40.0}).tolist()
    [0.0, 10.0, 20.0, 30.0, 40.0, 40.0]
    """
    path = step_path(base, points)
    dates = sorted(points)
    for first, last in zip(dates, dates[1:], strict=False):
        share = np.arange(last - first) / (last - first)
        path[first:last] = points[first] + (points[last] - points[first]) * share
    return path


def changed_path(base: Array, start: int, stop: int, *, scale: float = 1.0, add: float = 0.0) -> Array:
    """Return the base multiplied by `scale` and raised by `add` in quarters start <= q < stop.

    Parameters
    ----------
    base
        float64[n_quarters], lever's unit.
    start, stop
        Positions of the first quarter changed and of the first one left again.
    scale, add
        Factor, and addition in the lever's unit.

    Returns
    -------
    float64[n_quarters]

    >>> changed_path(np.ones(4), 1, 3, add=0.5).tolist()
    [1.0, 1.5, 1.5, 1.0]
    """
    path = base.copy()
    path[start:stop] = path[start:stop] * scale + add
    return path


def normalised(weights: Mapping[str, float], names: Iterable[str]) -> Array:
    """Return the weights in the order of `names`, those missing as zero, with a sum of one.

    Parameters
    ----------
    weights
        Name -> weight >= 0, with a positive sum.
    names
        All names, in the order wanted.

    Returns
    -------
    float64[n_names]

    >>> normalised({"b": 3.0, "a": 1.0}, ("a", "b", "c")).tolist()
    [0.25, 0.75, 0.0]
    """
    row = np.array([weights.get(name, 0.0) for name in names], dtype=np.float64)
    total = row.sum()
    return row if abs(total - 1.0) <= _SUM_TOLERANCE else row / total


def designated(base: Array, additions: Mapping[int, Iterable[int]]) -> Array:
    """Return who is designated when each date adds to those designated before it.

    Parameters
    ----------
    base
        float64[n_quarters, n_regions], 0 or 1; holds before the first date, its later designations are dropped.
    additions
        Position of a quarter -> columns designated from then on.

    Returns
    -------
    float64[n_quarters, n_regions], 0 or 1
        A region once designated stays.
    """
    path = base.copy()
    for position in sorted(additions):
        row = path[position - 1].copy() if position > 0 else np.zeros(base.shape[1])
        row[list(additions[position])] = 1.0
        path[position:] = row
    return path


def change_points(path: Array) -> list[int]:
    """Return the positions at which a path takes another value than the quarter before; 0 is always one.

    >>> change_points(np.array([1.0, 1.0, 2.0]))
    [0, 2]
    """
    rows = path.reshape(len(path), -1)
    moved = (rows[1:] != rows[:-1]).any(axis=1)
    return [0, *(int(position) + 1 for position in np.flatnonzero(moved))]
