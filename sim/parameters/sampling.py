"""Parameter values of every run: defaults, draws from priors, or rows of a posterior sample.

A draw depends on (seed, run, parameter) only, so two scenarios with the same seed share parameter values run by run.
Called by ensembles; imports the parameter table and `draws`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim._jit import kernel
from sim.draws import Purpose, normal, uniform
from sim.parameters import PARAMETERS, defaults
from sim.parameters.table import Parameter

Floats = npt.NDArray[np.float64]


@kernel
def _fill(values: Floats, seed: int, first_run: int, purpose: int) -> None:
    for run in range(values.shape[0]):
        for column in range(values.shape[1]):
            values[run, column] = uniform(seed, first_run + run, column, 0, purpose)


@kernel
def _normals(u: Floats, z: Floats) -> None:
    for row in range(u.shape[0]):
        z[row] = normal(u[row])


def quantile(parameter: Parameter, u: Floats) -> Floats:
    """Return the prior quantiles of a parameter at `u` in (0, 1), float64[n].

    Triangular between low, default and high; lognormal with the same 5 and 95 percent points and median where the range
    spans more than a factor of four and is positive; structural alternatives with equal chance.
    """
    if parameter.choices:
        return np.asarray(parameter.choices)[
            np.minimum((u * len(parameter.choices)).astype(np.int64), len(parameter.choices) - 1)
        ]
    low, mode, high = parameter.low, parameter.default, parameter.high
    if low > 0.0 and high / low > 4.0:
        return _split_lognormal(u, low, mode, high)
    below = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
    return np.asarray(np.where(u < below, rising, falling))


def _split_lognormal(u: Floats, low: float, mode: float, high: float) -> Floats:
    # Median at the default, 5 and 95 percent points at low and high; cut there, because the range is what is allowed.
    z = np.empty(len(u))
    _normals(0.05 + 0.9 * u, z)
    down, up = math.log(mode / low), math.log(high / mode)
    spread = np.where(z < 0.0, down, up) / normal(0.95)
    return np.asarray(np.clip(mode * np.exp(spread * z), low, high))


def sample(
    uncertainty: str,
    seed: int,
    first_run: int,
    runs: int,
    fixed: Mapping[str, float],
    posterior: Mapping[str, Floats] | None = None,
) -> Any:
    """Return the parameter values of consecutive runs.

    Parameters
    ----------
    uncertainty
        none (all at their default), prior, or posterior.
    seed, first_run, runs
        Which runs.
    fixed
        Values a scenario sets for all runs.
    posterior
        Sample of the calibrated parameters by name, float64[draws]; the other parameters stay at their prior.

    Returns
    -------
    numpy.recarray
        One record a run, one field a parameter.
    """
    records = defaults(runs)
    if uncertainty != "none":
        u = np.empty((runs, len(PARAMETERS)))
        _fill(u, seed, first_run, int(Purpose.PARAMETER))
        for column, (name, parameter) in enumerate(PARAMETERS.items()):
            if parameter.role == "uncertainty":
                records[name] = quantile(parameter, u[:, column])
    if uncertainty == "posterior" and posterior:
        pick = np.empty((runs, 1))
        _fill(pick, seed, first_run, int(Purpose.STRUCTURE))
        size = len(next(iter(posterior.values())))
        rows = np.minimum((pick[:, 0] * size).astype(np.int64), size - 1)
        for name, values in posterior.items():
            records[name] = values[rows]
    for name, value in fixed.items():
        records[name] = value
    return records
