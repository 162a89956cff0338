"""The record of the first fit as a page: what was fitted, what moved and why, what the data identify."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.calibration.first_fit import LAST_YEAR, Fit, bands, core_scale, misfit
from sim.ensemble import Records
from sim.measurement import DEFINITIONS
from sim.parameters import PARAMETERS

_HEAD = """# First fit

Made by `python -m sim.calibration`. The central values of the priors were moved by hand where the record up to {year}
asked for it (second table); then {draws} prior runs of `implemented` were weighted by how well they meet the published
outcomes up to {year}, each definition apart, and {size} joint draws were resampled (effective sample size
{effective:.0f}). `uncertainty: posterior` draws from that sample. It is a first fit, not a calibration: no search, no
coverage test, errors of the published figures assumed. Outcomes after {year} were not used.

The fitted bands below come from {runs} new runs with parameters from the sample and chance of their own. In {year} the
95% point of the core scale is {spread} times the 5% point (narrow, caict, iresearch).

## Model over published

| measure | date | published | prior 5 / 50 / 95% | fitted 5 / 50 / 95% | inside the 90% band |
|---|---|---|---|---|---|
"""


def report(fitted: Fit, again: Records) -> str:
    """Return the page as Markdown; `again` holds new runs of `implemented` under the fitted sample."""
    after_fit = bands(misfit(again, fitted.seen), fitted.seen)
    page = _HEAD.format(
        year=LAST_YEAR,
        draws=fitted.draws,
        size=len(fitted.sample),
        effective=fitted.effective,
        runs=len(again.quarters),
        spread=", ".join(f"{spread(again, definition):.2f}" for definition in DEFINITIONS),
    )
    for column, one in enumerate(fitted.seen):
        date = f"{one.year}Q{one.quarter}" if one.measures == "firms" else str(one.year)
        before, after = fitted.prior[:, column], after_fit[:, column]
        inside = "yes" if after[0] <= 1.0 <= after[2] else "no"
        page += f"| {one.measures} | {date} | {one.value:.4g} | {_row(before)} | {_row(after)} | {inside} |\n"
    page += "\n## Central values moved\n\n| parameter | unit | from | to | why |\n|---|---|---|---|---|\n"
    for p in PARAMETERS.values():
        if p.prior is not None:
            page += f"| {p.name} | {p.unit} | {p.prior:g} | {p.default:g} | {p.moved} |\n"
    page += "\n## What the record identifies\n\nParameters whose spread the weights cut by a tenth or more.\n\n"
    page += "| parameter | part of the prior spread taken away |\n|---|---|\n"
    for taken, name in sorted(zip(fitted.contraction, fitted.names, strict=True), reverse=True):
        if taken >= 0.1:
            page += f"| {name} | {taken:.0%} |\n"
    return page


def spread(records: Records, definition: str) -> float:
    """Return the 95% point over the 5% point of the core scale in the last year of the record."""
    low, high = np.percentile(core_scale(records, definition, LAST_YEAR), [5.0, 95.0])
    return float(high / low)


def _row(points: npt.NDArray[np.float64]) -> str:
    return " / ".join(f"{value:.2f}" for value in points)
