"""Facts of research, SF6 to SF9: intensity and size, claims at the threshold, relabelling, innovations."""

from __future__ import annotations

import math

import numpy as np

from sim.facts.estimators import correlation, power_law_exponent
from sim.facts.views import Floats, Run

WINDOW = 0.3  # of the threshold, on either side: wider than what a firm may relabel by default
_EXACT = 1e-5  # the panel's numbers have seven digits


def research_facts(run: Run) -> dict[str, float]:
    """Return the statistics of SF6 to SF9; see `seeds/facts/facts.csv`."""
    years, firms = run.years, run.firms
    intensity = np.minimum(1.0, years["rd_reported"].to_numpy() / years["sales"].to_numpy())
    claimed, threshold = claims(run), run.parameters["high_tech_threshold"]
    above = ((claimed >= 1.0 - _EXACT) & (claimed < 1.0 + WINDOW)).sum()
    below = ((claimed >= 1.0 - WINDOW) & (claimed < 1.0 - _EXACT)).sum()
    needed = threshold * firms["sales"].to_numpy()
    at = (needed > 0.0) & (np.abs(firms["rd_reported"].to_numpy() - needed) <= _EXACT * needed)
    return {
        "intensity_on_size": correlation(intensity, np.log(years["sales"].to_numpy())),
        "bunching": math.nan if above + below == 0 else (above / below if below else math.inf),
        "mean_intensity": _ratio(firms["rd_reported"].sum(), firms["sales"].sum()),
        "relabelled": _relabelled(run, np.ones(len(firms), dtype=bool)),
        "relabelled_at_threshold": _relabelled(run, at),
        "innovations_exponent": power_law_exponent(firms.groupby("id")["innovations"].sum().to_numpy())[0],
        "value_tail": run.parameters["value_tail"],
    }


def claims(run: Run, variable: str = "rd_reported") -> Floats:
    """Return R&D over sales by firm and quarter, as multiples of the high-technology threshold, float64[n]."""
    selling = run.firms[run.firms["sales"] > 0.0]
    return (selling[variable] / selling["sales"]).to_numpy() / run.parameters["high_tech_threshold"]


def _relabelled(run: Run, which: np.ndarray) -> float:
    real, reported = (float(run.firms.loc[which, name].sum()) for name in ("rd_real", "rd_reported"))
    return _ratio(reported - real, reported)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else math.nan
