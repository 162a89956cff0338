"""The first fit: prior draws of `implemented` to 2020, weighted by how well they meet the published outcomes.

`python -m sim.calibration` writes seeds/posterior/first_fit.csv. Coarse on purpose: one bank of prior runs, no search;
the joint sample keeps what the record says about combinations and leaves everything else at its prior. No outcome
after 2020 is read. Must not be imported by the model.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.ensemble import Records, simulate
from sim.measurement import DEFINITIONS, Figure, published_figures, published_investment
from sim.outcomes import ACCOUNTS
from sim.parameters import PARAMETERS
from sim.scenario import Scenario, load

Floats = npt.NDArray[np.float64]

LAST_YEAR = 2020
DRAWS, SIZE, SEED, CHUNK = 8000, 300, 1, 500
# Standard deviations of log(model / published): how far the published figure itself may be off, assumed from the spread
# between sources of one definition (narrow 2017: 21.7 and 23.7) and, for money, between databases (a factor of three).
ERRORS = {"narrow": 0.15, "caict": 0.15, "iresearch": 0.20, "firms": 0.15, "venture_investment": 0.50}


@dataclass(frozen=True)
class Observation:
    """One published figure as the fit sees it: `value` in the model's unit at `year` (and `quarter` for a count)."""

    measures: str
    year: int
    quarter: int
    value: float
    error: float


def observations() -> tuple[Observation, ...]:
    """Return the published outcomes up to 2020, each definition apart; repeats and bounds are left out.

    Raises
    ------
    SeedError
        When the history lacks a series.
    """
    figures = [figure for measures in (*DEFINITIONS, "firms") for figure in published_figures(measures)]
    figures += published_investment()
    kept = [f for f in figures if 2016 <= f.year <= LAST_YEAR and not f.repeats and not f.bound]
    return tuple(
        Observation(f.measures, f.year, int(f.quarter[-1]) if f.quarter else 4, f.value, _error(f)) for f in kept
    )


def _error(figure: Figure) -> float:
    # A level derived from a printed growth rate is no second piece of information beside the level it rests on.
    return ERRORS[figure.measures] * (1.5 if figure.derived else 1.0)


def misfit(records: Records, seen: tuple[Observation, ...]) -> Floats:
    """Return log(model / published) over its error, float64[runs, observations]."""
    columns = []
    for one in seen:
        first = 4 * (one.year - 2016)
        if one.measures == "firms":
            value = records.quarters["firms"][:, first + one.quarter - 1]
        elif one.measures == "venture_investment":
            value = records.quarters["venture_investment"][:, first : first + 4].sum(axis=1)
        else:
            value = core_scale(records, one.measures, one.year)
        columns.append(np.log(np.maximum(value, 1e-6) / one.value) / one.error)
    return np.column_stack(columns)


def core_scale(records: Records, definition: str, year: int) -> Floats:
    """Return the core scale of a year under a definition, float64[runs], bn CNY."""
    first = 4 * (year - 2016)
    weights = np.array([DEFINITIONS[definition].weights[account] for account in ACCOUNTS])
    return np.asarray(records.quarters["sales_by_sector"][:, first : first + 4].sum(axis=(1, 2)) @ weights)


def bands(misfits: Floats, seen: tuple[Observation, ...]) -> Floats:
    """Return the 5, 50 and 95 percent points of model over published, float64[3, observations]."""
    return np.percentile(np.exp(misfits * np.array([one.error for one in seen])), [5.0, 50.0, 95.0], axis=0)


def to_last_year(uncertainty: str) -> Scenario:
    """Return `implemented` up to the last year of the record."""
    return load({"extends": "implemented", "horizon": {"end": f"{LAST_YEAR}Q4"}, "uncertainty": uncertainty})


def bank(scenario: Scenario, draws: int, progress: Callable[[int], None] | None = None) -> tuple[Floats, Floats]:
    """Return misfits, float64[draws, observations], and parameters, float64[draws, parameters], of prior runs."""
    seen = observations()
    misfits, values = [], []
    for first in range(0, draws, CHUNK):
        records = simulate(scenario, min(CHUNK, draws - first), first_run=first, progress=progress)
        misfits.append(misfit(records, seen))
        values.append(np.column_stack([records.parameters[name] for name in PARAMETERS]))
    return np.concatenate(misfits), np.concatenate(values)


def weigh(misfits: Floats) -> Floats:
    """Return importance weights of prior draws under independent errors, float64[draws], summing to one."""
    log_weights = -0.5 * (misfits**2).sum(axis=1)
    weights = np.exp(log_weights - log_weights.max())
    return np.asarray(weights / weights.sum())


def resample(weights: Floats, size: int, offset: float = 0.5) -> npt.NDArray[np.int64]:
    """Return `size` row numbers drawn systematically by weight, int64[size]: each row about `size` times its weight."""
    positions = (np.arange(size) + offset) / size
    return np.minimum(np.searchsorted(np.cumsum(weights), positions), len(weights) - 1)


@dataclass(frozen=True)
class Fit:
    """A weighted bank of prior runs and the sample drawn from it.

    `names` and `sample` (float64[size, names]) are the uncertain parameters; `prior` holds the 5, 50 and 95 percent
    points of model over published before weighting, float64[3, observations]; `contraction` is the share of the prior's
    standard deviation that the weights took away, by parameter, float64[names].
    """

    names: tuple[str, ...]
    sample: Floats
    draws: int
    effective: float
    seen: tuple[Observation, ...]
    prior: Floats
    contraction: Floats


def fit(draws: int = DRAWS, size: int = SIZE, progress: Callable[[int], None] | None = None) -> Fit:
    """Run the bank, weigh it, and draw the sample.

    Parameters
    ----------
    draws
        Prior runs.
    size
        Rows of the sample.
    progress
        Called with the number of runs just finished.

    Returns
    -------
    Fit
    """
    misfits, values = bank(replace(to_last_year("prior"), seed=SEED), draws, progress)
    weights = weigh(misfits)
    rows = resample(weights, size)
    names = tuple(name for name, parameter in PARAMETERS.items() if parameter.role == "uncertainty")
    chosen = values[:, [list(PARAMETERS).index(name) for name in names]]
    seen = observations()
    return Fit(
        names=names,
        sample=chosen[rows],
        draws=draws,
        effective=float(1.0 / (weights**2).sum()),
        seen=seen,
        prior=bands(misfits, seen),
        contraction=1.0 - chosen[rows].std(axis=0) / chosen.std(axis=0),
    )


def write(path: Path, fitted: Fit) -> None:
    """Write the sample as CSV: one row a draw, six significant digits."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["draw", *fitted.names])
        table.writerows([row, *(f"{value:.6g}" for value in values)] for row, values in enumerate(fitted.sample))


def write_sidecar(path: Path, fitted: Fit) -> None:
    """Write the sidecar of the sample; `python -m sim.seeds` then fills in the checksum."""
    lines = [
        "title: First fit of the parameters to the outcomes published up to 2020",
        "description: >-",
        f"  {len(fitted.sample)} joint draws from {fitted.draws} prior runs of `implemented`, resampled by",
        f"  importance weights (effective sample size {fitted.effective:.0f}). Rows repeat where a draw weighs much.",
        "sources: [roadmap_derivation]",
        "retrieved: 2026-11",
        "sha256: " + "0" * 64,
        "notes:",
        "  - Coarse on purpose. The calibration of a later version replaces it. Made by `python -m sim.calibration`.",
        "key: [draw]",
        "columns:",
        '  draw: {type: integer, unit: "1", min: 0, max: 100000, meaning: "number of the draw", verified: true}',
    ]
    for name in fitted.names:
        parameter = PARAMETERS[name]
        bounds = f"min: {parameter.low!r}, max: {parameter.high!r}"
        meaning = 'meaning: "see priors/parameters.csv", verified: false'
        lines.append(f'  {name}: {{type: number, unit: "{parameter.unit}", {bounds}, {meaning}}}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
