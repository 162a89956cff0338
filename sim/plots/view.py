"""What a figure needs of a result: the labelled series, the targets it is judged by, and the line that identifies it.

Called by every figure, which thereby takes a whole `Result` or only its Dataset. Computes nothing of the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import xarray as xr

from sim.errors import UserError, nearest
from sim.outcomes import OUTCOMES
from sim.plan import load_catalogue
from sim.plots.labels import phrase

if TYPE_CHECKING:
    from sim.results import Result

Data: TypeAlias = "Result | xr.Dataset"
Floats: TypeAlias = npt.NDArray[np.float64]

_DIGITS = 10  # of the digest, as in the name of the result's folder


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of the plan or of a scenario: `indicator` is to lie above `above` bn CNY in `year`."""

    indicator: str
    year: int
    above: float


@dataclass(frozen=True)
class View:
    """One result as figures see it; `definition` is the headline's, `stamp` the small line at the foot."""

    series: xr.Dataset
    goals: tuple[Goal, ...]
    definition: str
    stamp: str

    @property
    def years(self) -> npt.NDArray[np.int64]:
        """Return the years of the annual series, int64[n_years]."""
        return np.asarray(self.series["year"].values, dtype=np.int64)

    @property
    def span(self) -> tuple[int, int]:
        """Return the first and the last year."""
        return int(self.years[0]), int(self.years[-1])

    @property
    def runs(self) -> int:
        """Return the number of runs."""
        return int(self.series.sizes["run"])

    def known_year(self, year: int) -> int:
        """Return a year of the series; raises UserError for any other."""
        first, last = self.span
        if not first <= year <= last:
            raise UserError(f"no year {year} in this result; allowed: {first} to {last}")
        return year

    def goals_of(self, indicator: str) -> tuple[Goal, ...]:
        """Return the goals of one indicator that fall in the years of the series, by year."""
        years = set(self.years.tolist())
        return tuple(goal for goal in self.goals if goal.indicator == indicator and goal.year in years)

    def array(self, name: str, **where: str) -> xr.DataArray:
        """Return one variable, reduced to the coordinates given.

        Raises
        ------
        UserError
            When the result holds no such variable or coordinate; names the nearest.
        """
        if name not in self.series:
            raise UserError(f"no outcome {name} in this result. {nearest(name, list(map(str, self.series)))}".rstrip())
        array = self.series[name]
        for dim, choice in where.items():
            if dim not in array.dims:
                raise UserError(f"{name} has no dimension {dim}; it has {', '.join(map(str, array.dims))}")
            known = [str(entry) for entry in array[dim].values]
            if choice not in known:
                raise UserError(f"{name}: no {dim} {choice}. {nearest(choice, known) or 'One of ' + ', '.join(known)}")
        return array.sel(where)

    def values(self, name: str, **where: str) -> Floats:
        """Return one variable as float64[n_runs, n_years, ...]; raises UserError as `array` does."""
        array = self.array(name, **where)
        return np.asarray(array.transpose("run", "year", ...).values, dtype=np.float64)


def view_of(data: Data) -> View:
    """Return what figures need.

    Parameters
    ----------
    data
        A result; or its Dataset alone, which is then judged by the plan's targets.

    Returns
    -------
    View
        Nothing is copied.
    """
    series: xr.Dataset = data if isinstance(data, xr.Dataset) else data.series
    scenario: Any = None if isinstance(data, xr.Dataset) else data.scenario
    targets = load_catalogue().targets if scenario is None else scenario.targets
    goals = sorted(
        (Goal(one.indicator, one.year, one.above) for one in targets), key=lambda goal: (goal.indicator, goal.year)
    )
    facts = {
        "scenario": str(series.attrs.get("scenario", "")),
        "runs": phrase("one_run") if series.sizes["run"] == 1 else phrase("n_runs", runs=series.sizes["run"]),
        "seed": phrase("seed", seed=series.attrs.get("seed", "?")),
        "digest": str(series.attrs.get("digest", ""))[:_DIGITS],
    }
    return View(
        series, tuple(goals), str(series.attrs["measurement"]), " · ".join(fact for fact in facts.values() if fact)
    )


def unit_of(name: str) -> str:
    """Return the unit of an annual variable for an axis; flows of money or people are amounts a year."""
    outcome = OUTCOMES[name]
    return phrase("a_year", unit=outcome.unit) if outcome.kind == "flow" else outcome.unit


def shares_above(view: View, values: Floats, targets: tuple[Goal, ...]) -> list[float]:
    """Return the part of the runs above each target in its year, in [0, 1]; `values` is float64[n_runs, n_years]."""
    return [float(np.mean(values[:, int(goal.year - view.years[0])] > goal.above)) for goal in targets]
