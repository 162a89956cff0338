"""Targets judged: how likely, with what interval, how far, and when first - per definition, never pooled.

Called by `results`. Imports definitions, intervals and the scenario; the only place where targets meet outcomes (the
evaluation levers of the model apart).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from sim.measurement.definitions import HEADLINE_CONSTRUCTION
from sim.measurement.intervals import margin, parameter_interval, parameter_sets, parameter_share, wilson
from sim.outcomes import OUTCOMES
from sim.scenario import Scenario, Target

Floats = npt.NDArray[np.float64]
Sets = npt.NDArray[np.int64]

COLUMNS: dict[str, str] = {
    "target": "str",
    "year": "int64",
    "definition": "str",
    "headline": "bool",
    "threshold": "float64",
    "unit": "str",
    "probability": "float64",
    "prob_low": "float64",
    "prob_high": "float64",
    "prob_parameter_low": "float64",
    "prob_parameter_high": "float64",
    "median": "float64",
    "p05": "float64",
    "p95": "float64",
    "first_year_median": "Int64",
    "runs": "int64",
}

# Ends estimated from a few hundred runs are good to two digits; more would only carry noise.
_DIGITS = 6


def judge(dataset: xr.Dataset, scenario: Scenario, parameters: np.recarray | None = None) -> pd.DataFrame:
    """Return the targets of a scenario judged on its runs.

    One row per target and definition for `core_scale`; for `related_scale`, which nobody publishes, one row per target
    and construction (in the column `definition`). Read the three constructions as an envelope: the headline row is only
    its middle one (`enabled_output`), not a best estimate, and no probability is formed across them.

    `prob_low` and `prob_high` (Wilson, 95%) say what the number of runs leaves open: chance only.
    `prob_parameter_low` and `prob_parameter_high` (90%) say how far the probability moves with the parameters, if it
    were known for each set of values by itself. They are given for a posterior only. Every run draws a row of its
    sample, so chance and parameters change together from run to run; they are told apart by the rows drawn more than
    once (`intervals.parameter_share`). Too few of those, as with less than about eighty runs on three hundred rows, or
    parameters outside the sample that every run draws anew, leave the interval empty.

    Parameters
    ----------
    dataset
        What `measure` returned.
    scenario
        The scenario run: targets, headline definition, kind of uncertainty.
    parameters
        Parameter values of the runs, records[runs]; without them the parameter interval stays empty.

    Returns
    -------
    pandas.DataFrame
        Columns of `COLUMNS`; thresholds and percentiles in bn CNY, current prices. `probability` is the share of runs
        whose value in the year lies above the threshold; `first_year_median` the first year in which the median over
        runs does, empty when it never does.

    Raises
    ------
    KeyError
        When the dataset lacks the year of a target.
    """
    sets = None
    if scenario.uncertainty == "posterior" and parameters is not None:
        sets = parameter_sets(np.column_stack([parameters[name] for name in parameters.dtype.names or ()]))
    rows = [row for target in scenario.targets for row in _rows(dataset, target, scenario.measurement, sets)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _rows(dataset: xr.Dataset, target: Target, measurement: str, sets: Sets | None) -> Iterator[dict[str, object]]:
    """Yield one row per definition, or construction, of a target's scale."""
    outcome = OUTCOMES[target.indicator]
    (dimension,) = outcome.dims
    headline = measurement if dimension == "definition" else HEADLINE_CONSTRUCTION
    for name in dataset[dimension].values.tolist():
        path = dataset[target.indicator].sel({dimension: name})
        yield {
            "target": target.indicator,
            "year": target.year,
            "definition": name,
            "headline": name == headline,
            "threshold": target.above,
            "unit": outcome.unit,
            **_chances(path.sel(year=target.year).values, target.above, sets),
            "first_year_median": _first_year(path, target.above),
        }


def _chances(values: Floats, threshold: float, sets: Sets | None) -> dict[str, object]:
    """Return probability, its two intervals, and the percentiles of the values of one year, float64[runs]."""
    reached, runs = int((values > threshold).sum()), len(values)
    low, high = wilson(reached, runs)
    share = math.nan if sets is None else parameter_share(margin(values, threshold), sets)
    parameter_low, parameter_high = parameter_interval(values, threshold, share)
    p05, median, p95 = np.quantile(values, (0.05, 0.5, 0.95))
    return {
        "probability": reached / runs,
        "prob_low": low,
        "prob_high": high,
        "prob_parameter_low": round(parameter_low, _DIGITS),
        "prob_parameter_high": round(parameter_high, _DIGITS),
        "median": median,
        "p05": p05,
        "p95": p95,
        "runs": runs,
    }


def _first_year(path: xr.DataArray, threshold: float) -> int | None:
    """Return the first year in which the median of `path`, float64[run, year], exceeds the threshold."""
    above = np.flatnonzero(np.median(path.values, axis=0) > threshold)
    return int(path["year"].values[above[0]]) if above.size else None
