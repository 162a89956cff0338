"""Records of many runs -> one labelled dataset: every outcome by year, and by quarter under the prefix `q_`.

Called by `results`. Imports definitions, outcomes and the scenario; must not import ensembles or plots.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt
import xarray as xr

from sim.errors import NumberError
from sim.measurement.definitions import DEFINITIONS, core_weights
from sim.outcomes import COORDINATES, LEDGER_ACCOUNTS, MEASURED, RECORDED, Outcome
from sim.plan.lever_ids import Lever
from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]

QUARTERLY = "q_"

LEDGER = Outcome("ledger", ("lever", "ledger_account"), "bn CNY", "flow", "fiscal ledger by lever")

_LABELS: dict[str, tuple[str, ...]] = {
    **COORDINATES,
    "lever": tuple(lever.name for lever in Lever),
    "ledger_account": LEDGER_ACCOUNTS,
}

_MEANINGS = {
    "run": "number of the run",
    "year": "calendar year",
    "quarter": "quarter of the calendar",
    "definition": "definition of the core scale",
    "construction": "construction of the related scale",
    "region": "provincial region, ISO 3166-2",
    "sector": "core sector",
    "application": "application sector",
    "field": "field of technology",
    "tier": "tier of talent",
    "standing": "quality over the world frontier of the firm's sector, percent",
    "turnover": "yearly sales of AI technology, CNY",
    "lever": "policy lever",
    "account": "sales account of AI firms",
    "ledger_account": "account of the fiscal ledger",
}


class RecordsLike(Protocol):
    """What an ensemble leaves behind, as far as it is measured."""

    @property
    def quarters(self) -> np.recarray:
        """Outcomes of `outcomes.RECORDED`, records[runs, quarters]."""

    @property
    def ledger(self) -> Floats:
        """Fiscal ledger, float64[runs, years, levers, 5], bn CNY."""


def measure(records: RecordsLike, scenario: Scenario) -> xr.Dataset:
    """Return all outcomes of an ensemble by year and by quarter.

    A year is the sum of its quarters for a flow, its fourth quarter for a stock, their mean for a price or a share. A
    last year of fewer than four quarters is left to the quarterly twins.

    `core_organic` is the change of the core scale on the year before, less the sales of start-ups and spin-offs in
    their first calendar year (`core_entry`) and of incumbents in the calendar year they are first counted
    (`core_recognition`); the three add up to the change. It holds what firms already on the list gained or lost, exits
    among them, and the growth of last year's newcomers from part of a year to a whole one. The first year is compared
    with four times its first quarter (newcomers left out), because nothing is simulated before it. By quarter the same
    is taken against the same quarter of the year before, so that quarters add up to the year.

    Parameters
    ----------
    records
        What `ensemble.simulate` returned for the scenario.
    scenario
        The scenario run; its `measurement` is the definition of `core_by_sector` and `core_by_region`.

    Returns
    -------
    xarray.Dataset
        float64 variables of `outcomes.OUTCOMES` and `ledger`, dims `run`, `year` and the outcome's own; each twin
        `q_<name>` has `quarter` in place of `year`. Attributes of a variable: units, long_name, kind; of the dataset:
        scenario, measurement, seed, digest.

    Raises
    ------
    NumberError
        When an outcome of some run is not a finite number; it names outcome, run and quarter.
    """
    quarters = scenario.quarters
    years = len(quarters) // 4
    variables: dict[str, xr.Variable] = {}
    for outcome, values in _quarterly(records.quarters, scenario.measurement):
        _refuse_gaps(outcome, values, quarters)
        variables[outcome.name] = _variable(outcome, "year", annual(values, outcome.kind))
        variables[QUARTERLY + outcome.name] = _variable(outcome, "quarter", values)
    variables[LEDGER.name] = _variable(LEDGER, "year", np.ascontiguousarray(records.ledger[:, :years]))
    labels = {
        "run": np.arange(records.quarters.shape[0], dtype=np.int64),
        "year": scenario.start.year + np.arange(years, dtype=np.int64),
        "quarter": np.array(quarters, dtype=np.str_),
        **{dim: np.array(names, dtype=np.str_) for dim, names in _LABELS.items()},
    }
    coordinates = {dim: xr.Variable((dim,), names, {"long_name": _MEANINGS[dim]}) for dim, names in labels.items()}
    attributes = {
        "scenario": scenario.name,
        "measurement": scenario.measurement,
        "seed": scenario.seed,
        "digest": scenario.digest,
    }
    return xr.Dataset(variables, coordinates, attributes)


def annual(values: Floats, kind: str) -> Floats:
    """Return years made of quarters by the rule of their kind.

    Parameters
    ----------
    values
        float64[runs, quarters, ...], the first quarter of a year first.
    kind
        stock, flow, price or share.

    Returns
    -------
    float64[runs, years, ...]
        Complete years only.
    """
    runs, quarters, *rest = values.shape
    by_year = values[:, : quarters // 4 * 4].reshape(runs, quarters // 4, 4, *rest)
    if kind == "flow":
        return np.asarray(by_year.sum(axis=2))
    if kind == "stock":
        return by_year[:, :, 3].copy()
    return np.asarray(by_year.mean(axis=2))


def _quarterly(records: np.recarray, measurement: str) -> list[tuple[Outcome, Floats]]:
    """Return every outcome by quarter, float64[runs, quarters, ...], those of `MEASURED` first."""
    recorded = {outcome.name: np.ascontiguousarray(records[outcome.name]) for outcome in RECORDED}
    weights, headline = core_weights(), DEFINITIONS[measurement].vector
    scale = _counted(recorded["sales_by_sector"].sum(axis=2), weights)
    entry, recognition = _counted(recorded["entry_sales"], weights), _counted(recorded["recognition_sales"], weights)
    measured = {
        "core_scale": scale,
        "core_organic": scale - _year_before(scale, entry + recognition) - entry - recognition,
        "core_entry": entry,
        "core_recognition": recognition,
        "core_public_orders": _counted(recorded["public_sales"], weights),
        "core_by_sector": _counted(recorded["sales_by_sector"], headline[:, None])[..., 0],
        "core_by_region": _counted(recorded["sales_by_region"], headline[:, None])[..., 0],
    }
    return [(outcome, (measured | recorded)[outcome.name]) for outcome in MEASURED + RECORDED]


def _counted(accounts: Floats, weights: Floats) -> Floats:
    """Return what definitions count of sales by account, float64[..., 3] -> float64[..., n_definitions].

    Written out and not as a matrix product: the order of a library's sums may change with the number of runs.
    """
    total: Floats = accounts[..., :1] * weights[0]
    for account in range(1, len(weights)):
        total += accounts[..., account : account + 1] * weights[account]
    return total


def _year_before(scale: Floats, newcomers: Floats) -> Floats:
    """Return the scale of the same quarter a year earlier; before the first year, that of its first quarter."""
    before = np.empty_like(scale)
    before[:, 4:] = scale[:, :-4]
    before[:, :4] = scale[:, :1] - newcomers[:, :1]
    return before


def _refuse_gaps(outcome: Outcome, values: Floats, quarters: tuple[str, ...]) -> None:
    if not np.isfinite(values).all():
        run, quarter, *_ = np.argwhere(~np.isfinite(values))[0]
        raise NumberError(f"run {run}, {quarters[quarter]}: {outcome.name} is not a finite number")


def _variable(outcome: Outcome, time: str, values: Floats) -> xr.Variable:
    attributes = {"units": outcome.unit, "long_name": outcome.long_name, "kind": outcome.kind}
    return xr.Variable(("run", time, *outcome.dims), values, attributes)
