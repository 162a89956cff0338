"""The goals of clause 2.3 in words, judged on runs: indicator by indicator, with our thresholds beside the value.

Called by `results` on what `dataset.measure` returned. Formulas and thresholds are declared in `goal_list`; they are
constructions of this project. Nothing of the simulated economy may import this module.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from sim.measurement.goal_list import Goal, Guarded, LeverLevels, OverDimension, Threshold, Total, declared_goals
from sim.measurement.intervals import wilson
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]

COLUMNS: dict[str, str] = {
    "goal": "str",
    "item": "str",
    "year": "int64",
    "clause": "str",
    "rests_on": "str",
    "threshold": "float64",
    "unit": "str",
    "met": "float64",
    "met_low": "float64",
    "met_high": "float64",
    "median": "float64",
    "p05": "float64",
    "p95": "float64",
    "runs": "int64",
}

# A mean of sixteen numbers may miss its own threshold by the last bit; no unit of an indicator is finer than this.
_TOLERANCE = 1e-12


def judge_goals(dataset: xr.Dataset, scenario: Scenario, goals: tuple[Goal, ...] | None = None) -> pd.DataFrame:
    """Return the goals in words judged on the runs of a scenario.

    Every indicator is shown in every year for which some goal has a threshold, and judged in the years of its own.

    Parameters
    ----------
    dataset
        What `measure` returned.
    scenario
        The scenario run: levels of levers.
    goals
        Indicators; the shipped ones when None.

    Returns
    -------
    pandas.DataFrame
        Columns of `COLUMNS`, one row per goal, entry (`item`, such as a field; mostly empty) and year. `met` is the
        share of runs at the threshold or above, `met_low` and `met_high` its 95% Wilson interval (chance only; empty
        where the indicator rests on policy alone and has no chance in it). `threshold`, `clause` and `met` are empty in
        a year without threshold.

    Raises
    ------
    KeyError
        When the dataset lacks an outcome.
    """
    chosen = declared_goals() if goals is None else goals
    years = sorted({threshold.year for goal in chosen for threshold in goal.thresholds})
    known = [year for year in years if year in dataset["year"].values]
    rows = [row for goal in chosen for row in _rows(goal, dataset, scenario, known)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def indicator(goal: Goal, dataset: xr.Dataset, scenario: Scenario) -> dict[str, Floats]:
    """Return what an indicator is in every run and year, float64[runs, years] by item; one item `` for most."""
    measure = goal.measure
    if isinstance(measure, OverDimension):
        return _over_dimension(measure, dataset)
    if isinstance(measure, Total):
        return {"": _total(measure, dataset)}
    if isinstance(measure, LeverLevels):
        levels = np.mean([_at_year_end(name, dataset, scenario) for name in measure.levers], axis=0)
        return {"": np.broadcast_to(levels, (dataset.sizes["run"], dataset.sizes["year"]))}
    return {"": _guarded(measure, dataset, scenario)}


def _over_dimension(measure: OverDimension, dataset: xr.Dataset) -> dict[str, Floats]:
    array = dataset[measure.of].sel({measure.over: list(measure.entries)}).transpose("run", "year", measure.over)
    values = np.asarray(array.values, dtype=np.float64)
    if measure.kind == "each":
        return {name: values[:, :, place] for place, name in enumerate(measure.entries)}
    if measure.level is not None:
        return {"": (values >= measure.level - _TOLERANCE).sum(axis=2).astype(np.float64)}
    return {"": values.mean(axis=2)}


def _total(measure: Total, dataset: xr.Dataset) -> Floats:
    array = dataset[measure.of].sel({dim: list(names) for dim, names in measure.where.items()})
    values = np.asarray(array.sum(list(measure.where)).transpose("run", "year").values, dtype=np.float64)
    if measure.kind == "sum":
        return values
    first = np.broadcast_to(values[:, :1], values.shape)
    return np.divide(values, first, out=np.zeros_like(values), where=first > 0.0)  # 0 where nothing was there at first


def _guarded(measure: Guarded, dataset: xr.Dataset, scenario: Scenario) -> Floats:
    outcome = np.asarray(dataset[measure.of].transpose("run", "year").values, dtype=np.float64)
    return np.asarray(np.minimum(1.0, outcome) * _at_year_end(measure.lever, dataset, scenario))


def _at_year_end(lever: str, dataset: xr.Dataset, scenario: Scenario) -> Floats:
    """Return the level of a lever in the fourth quarter of every year, float64[years]."""
    return np.asarray(scenario.path(lever)[3::4][: dataset.sizes["year"]], dtype=np.float64)


def _rows(goal: Goal, dataset: xr.Dataset, scenario: Scenario, years: list[int]) -> Iterator[dict[str, object]]:
    first = int(dataset["year"].values[0]) if years else 0
    for item, values in indicator(goal, dataset, scenario).items() if years else ():
        for year in years:
            yield {"goal": goal.id, "item": item, **_row(goal, values[:, year - first], goal.threshold(year), year)}


def _row(goal: Goal, values: Floats, threshold: Threshold | None, year: int) -> dict[str, object]:
    """Return a row of one goal, entry and year from float64[runs]."""
    p05, median, p95 = np.quantile(values, (0.05, 0.5, 0.95))
    met = met_low = met_high = math.nan
    if threshold is not None:
        reached = int((values >= threshold.at_least - _TOLERANCE).sum())
        met = reached / len(values)
        if goal.rests_on != "policy":
            met_low, met_high = wilson(reached, len(values))
    return {
        "year": year,
        "clause": "" if threshold is None else threshold.clause,
        "rests_on": goal.rests_on,
        "threshold": math.nan if threshold is None else threshold.at_least,
        "unit": goal.unit.en,
        "met": met,
        "met_low": met_low,
        "met_high": met_high,
        "median": median,
        "p05": p05,
        "p95": p95,
        "runs": len(values),
    }
