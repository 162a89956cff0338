"""Two results side by side: differences run by run over common seeds, targets and goals, cost and ledger.

The public `sim.compare`. Must not import ensembles or plots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import ResultError
from sim.outcomes import COORDINATES, OUTCOMES
from sim.results.comparison_folder import Pair, save_comparison
from sim.results.cost import cost_table, ledger_differences, per_yuan_table
from sim.results.folder import Saved
from sim.results.result import Result

Floats = npt.NDArray[np.float64]

COMPARED = ("core_scale", "related_scale")

_TARGET_KEYS = ["target", "year", "definition", "threshold", "unit"]
_GOAL_KEYS = ["goal", "item", "year", "clause", "rests_on", "threshold", "unit"]
_GOAL_VALUES = ["met", "median"]
_TARGET_VALUES = ["headline", "probability", "prob_low", "prob_high", "median", "first_year_median"]


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """What one result (a) has more than another (b).

    `differences` has one row per outcome (core and related scale), year and definition, or construction: means of both,
    then a - b run by run: mean, median, p05 and p95 over runs (bn CNY), and the standard error of its mean, paired
    (runs share their random numbers) and unpaired (as if they did not). `targets` holds the targets of both, suffixes
    _a and _b, with the difference of the probabilities and its paired standard error where both have the target;
    `goals` the goals in words (thresholds of our making) likewise. `cost` is what A costs and brings more than B,
    `per_yuan` public money per added yuan, `ledger` the fiscal ledgers in all, by clause group, clause and lever, each
    over all common years and in the last of them. `cautions` says what else differs between the two but the scenario.
    """

    names: tuple[str, str]
    differences: pd.DataFrame
    targets: pd.DataFrame
    goals: pd.DataFrame
    cost: pd.DataFrame
    per_yuan: pd.DataFrame
    ledger: pd.DataFrame
    cautions: tuple[str, ...]
    pair: Pair

    def __repr__(self) -> str:
        """Return the two names and how much is compared."""
        return f"Comparison({self.names[0]} - {self.names[1]}: {len(self.differences)} differences)"

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Return every table by the name of its file."""
        names = ("differences", "targets", "goals", "cost", "per_yuan", "ledger")
        return {name: getattr(self, name) for name in names}

    def save(self, path: str | Path, *, force: bool = False, figures: Callable[[Path], None] | None = None) -> Saved:
        """Write a folder of all tables, whole or not at all.

        Parameters
        ----------
        path
            The folder. Missing parents are made.
        force
            Replace a different comparison that is there.
        figures
            Called with the new folder before it is moved into place, to add files.

        Returns
        -------
        Saved
            Where it is, and whether it was written: the same comparison, found unharmed, is left as it is.

        Raises
        ------
        ResultError
            When something else is there, or the folder cannot be written.
        """
        return save_comparison(self.tables, self.pair, Path(path), force=force, figures=figures)


def compare(a: Result, b: Result) -> Comparison:
    """Compare two results run by run.

    Parameters
    ----------
    a, b
        Results with the same seed and number of runs; differences are a - b, over the years that both have.

    Returns
    -------
    Comparison
        Differences, targets, goals, cost, ledger.

    Raises
    ------
    ResultError
        When seeds or numbers of runs differ: then runs are no pairs.
    """
    years = common_years(a, b)
    rows = [row for name in COMPARED for row in _differences(a, b, name, years)]
    return Comparison(
        names=(a.scenario.name, b.scenario.name),
        differences=pd.DataFrame(rows),
        targets=_targets(a, b),
        goals=_goals(a, b),
        cost=cost_table(a, b, years),
        per_yuan=per_yuan_table(a, b, years),
        ledger=ledger_differences(a, b, years),
        cautions=_cautions(a, b),
        pair=Pair.of(a, b),
    )


def common_years(a: Result, b: Result) -> list[int]:
    """Return the years that two results both have.

    Raises
    ------
    ResultError
        When seeds or numbers of runs differ: then runs are no pairs.
    """
    for what in ("seed", "replications"):
        of_a, of_b = getattr(a.manifest, what), getattr(b.manifest, what)
        if of_a != of_b:
            names = f"{a.scenario.name} and {b.scenario.name}"
            raise ResultError(f"{names} cannot be compared run by run: {what} {of_a} and {of_b}. Run one of them again")
    return [year for year in a.series["year"].values.tolist() if year in b.series["year"].values]


def _differences(a: Result, b: Result, name: str, years: list[int]) -> Iterator[dict[str, object]]:
    (dimension,) = OUTCOMES[name].dims
    for label in a.series[dimension].values.tolist():
        for year in years:
            place = {dimension: label, "year": year}
            of_a, of_b = a.series[name].sel(place).values, b.series[name].sel(place).values
            keys = {"outcome": name, "year": year, "definition": label, "unit": OUTCOMES[name].unit}
            yield {**keys, **_paired(of_a, of_b)}


def _paired(a: Floats, b: Floats) -> dict[str, float]:
    """Return means, the paired difference and both standard errors; errors of a single run are nan."""
    difference = a - b
    p05, median, p95 = np.quantile(difference, (0.05, 0.5, 0.95))
    return {
        "mean_a": float(a.mean()),
        "mean_b": float(b.mean()),
        "mean": float(difference.mean()),
        "median": float(median),
        "p05": float(p05),
        "p95": float(p95),
        "error_paired": _error(difference),
        "error_unpaired": float(np.hypot(_error(a), _error(b))),
    }


def _error(values: Floats) -> float:
    """Return the standard error of the mean of float64[runs]; nan for fewer than two."""
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")


def _targets(a: Result, b: Result) -> pd.DataFrame:
    left, right = (result.targets[[*_TARGET_KEYS, *_TARGET_VALUES]] for result in (a, b))
    table = left.merge(right, on=_TARGET_KEYS, how="outer", suffixes=("_a", "_b"), sort=False)
    table["difference"] = table["probability_a"] - table["probability_b"]
    table["error_paired"] = [_hit_error(a, b, row) for row in table.to_dict("records")]
    order = {name: place for place, name in enumerate(COORDINATES["definition"] + COORDINATES["construction"])}
    return table.sort_values(
        ["year", "target", "threshold", "definition"],
        key=lambda column: column.map(order) if column.name == "definition" else column,
        ignore_index=True,
    )


def _goals(a: Result, b: Result) -> pd.DataFrame:
    """Return the goals in words of both, in the order of their declaration, with the difference of shares of runs."""
    left, right = (result.goals[[*_GOAL_KEYS, *_GOAL_VALUES]] for result in (a, b))
    table = left.merge(right, on=_GOAL_KEYS, how="outer", suffixes=("_a", "_b"), sort=False)
    table["difference"] = table["met_a"] - table["met_b"]
    order: dict[tuple[str, str], int] = {}
    for name in zip(*(pd.concat([left, right])[column].tolist() for column in ("goal", "item")), strict=True):
        order.setdefault(name, len(order))
    places = [order[name] for name in zip(table["goal"].tolist(), table["item"].tolist(), strict=True)]
    return table.assign(place=places).sort_values(["place", "year"], ignore_index=True).drop(columns="place")


def _hit_error(a: Result, b: Result, row: Mapping[Any, Any]) -> float:
    """Return the standard error of the difference of two probabilities over common runs; nan where one has none."""
    if pd.isna(row["difference"]):
        return float("nan")
    (dimension,) = OUTCOMES[str(row["target"])].dims
    place = {dimension: row["definition"], "year": row["year"]}
    hits = [result.series[row["target"]].sel(place).values > row["threshold"] for result in (a, b)]
    return _error(hits[0].astype(np.float64) - hits[1])


def _cautions(a: Result, b: Result) -> tuple[str, ...]:
    pairs: dict[str, list[Any]] = {
        "versions of the model": [result.manifest.versions.code for result in (a, b)],
        "versions of the data": [result.manifest.versions.data for result in (a, b)],
        "parameter uncertainty": [result.manifest.uncertainty for result in (a, b)],
        "fixed parameters": [dict(result.scenario.parameters) for result in (a, b)],
        "headline definitions": [result.manifest.measurement for result in (a, b)],
    }
    return tuple(f"the two have different {what}" for what, (of_a, of_b) in pairs.items() if of_a != of_b)
