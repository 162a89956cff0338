"""Where two scenarios differ, quarter by quarter, and what a scenario states without any effect.

Called by `explanation` and by the commands `check` and `explain`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.errors import Problem
from sim.plan.catalogue import load_catalogue
from sim.scenario.paths import Array, change_points
from sim.scenario.quarters import Quarter
from sim.scenario.record import Scenario

# More dates than this tell a reader nothing that fewer do not.
MOST_DATES = 8


def warnings(scenario: Scenario, base: Scenario) -> list[Problem]:
    """Return what a scenario states or changes without any effect.

    Parameters
    ----------
    scenario
        The scenario to be judged.
    base
        What it is compared with: usually `plan`, or the scenario it extends.

    Returns
    -------
    list of Problem
        Levers that its own layers set and that leave every quarter as the base has it; levers that it moves, but not
        to zero, while all those that they need (`needs` in the catalogue) are at zero; shocks without severity.
    """
    file = scenario.layers[-1] if scenario.layers else scenario.name
    problems = [
        Problem(file, f"levers.{lever}", f"changes nothing: every quarter is as in {base.name}")
        for lever in scenario.stated
        if not differs(base.path(lever), scenario.path(lever))
    ]
    problems += [Problem(file, f"levers.{lever}", message) for lever, message in _idle(scenario, base)]
    problems += [
        Problem(file, f"shocks.{shock.kind}", "changes nothing: its severity is 0")
        for shock in scenario.shocks
        if shock.severity == 0.0
    ]
    return problems


def _idle(scenario: Scenario, base: Scenario) -> Iterator[tuple[str, str]]:
    """Yield levers that differ from the base but cannot act, because what they need is zero, and how to say so.

    What was put up before the last quarter of difference may still be in use then, so all quarters before count. A
    lever that is itself at zero is switched off with what it needs, on purpose.
    """
    for lever in load_catalogue().levers:
        own = scenario.path(lever.id)
        if not (lever.needs and own.any() and differs(base.path(lever.id), own)):
            continue
        last = _last_difference(base.path(lever.id), own)
        if not any(scenario.path(name)[: last + 1].any() for name in lever.needs):
            named = " or ".join(lever.needs)
            ever = any(scenario.path(name).any() for name in lever.needs)
            when = f"up to {Quarter.at(last)}" if ever else "in every quarter"
            yield lever.id, f"changes nothing: it needs {named} above 0, which is 0 {when}"


def _last_difference(base: Array, new: Array) -> int:
    """Return the last quarter of those that both paths have in which they differ."""
    common = min(len(base), len(new))
    apart = (base[:common] != new[:common]).reshape(common, -1).any(axis=1)
    return int(np.flatnonzero(apart)[-1])


def differs(base: Array, new: Array) -> bool:
    """Return whether two paths differ in a quarter that both have."""
    common = min(len(base), len(new))
    return not np.array_equal(base[:common], new[:common])


def dates_of_change(base: Array, new: Array) -> tuple[list[int], bool]:
    """Return the quarters at which a reader should see both paths.

    Parameters
    ----------
    base, new
        Paths of one lever, float64[n_quarters] or float64[n_quarters, n]; of different length when horizons differ.

    Returns
    -------
    list of int
        Positions where either path moves while the two differ, and where they meet again.
    bool
        Whether these are only a choice (first, last, and every fifth year), as for lines that move every quarter.
    """
    common = min(len(base), len(new))
    pair = np.hstack([base[:common].reshape(common, -1), new[:common].reshape(common, -1)])
    width = pair.shape[1] // 2
    apart = (pair[:, :width] != pair[:, width:]).any(axis=1)
    dates = [at for at in change_points(pair) if apart[at] or (at > 0 and apart[at - 1])]
    if len(dates) <= MOST_DATES:
        return dates, False
    rounded = [at for at in dates if Quarter.at(at).number == 1 and Quarter.at(at).year % 5 == 0]
    return sorted({dates[0], *rounded, dates[-1]}), True
