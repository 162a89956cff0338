"""Load, check: the two ways into `sim.scenario`.

Called by the command line, the model shell and experiments. Collects the problems of all stages into one error.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.errors import Problem, ScenarioError
from sim.parameters import PARAMETERS
from sim.plan.catalogue import load_catalogue
from sim.scenario.checks import layer_problems
from sim.scenario.known import Known, ParameterLike
from sim.scenario.layers import Chain, Overrides, add_options, chain_of
from sim.scenario.quarters import FIRST, LAST
from sim.scenario.record import Scenario
from sim.scenario.resolution import horizon_of, resolved

Spec = str | Path | Mapping[Any, Any]


def load(
    spec: Spec,
    *,
    overrides: Overrides = (),
    replications: int | None = None,
    seed: int | None = None,
    parameters: Mapping[str, ParameterLike] = PARAMETERS,
) -> Scenario:
    """Return a scenario, fully resolved.

    Parameters
    ----------
    spec
        Name of a shipped scenario, path of a file, or a mapping of the same content.
    overrides
        Changes on top: `name=value` texts with YAML or JSON values, or name -> value. A name is a lever, a parameter,
        or a key such as `measurement` or `horizon.end`.
    replications, seed
        In place of those of the scenario.
    parameters
        Declared model parameters, which `parameters:` may fix.

    Returns
    -------
    Scenario
        Frozen; arrays over the quarters of the horizon.

    Raises
    ------
    ScenarioError
        When anything in any layer cannot be used; holds every problem found.
    """
    scenario, problems = _loaded(spec, overrides, {"replications": replications, "seed": seed}, parameters)
    if scenario is None:
        raise ScenarioError(problems)
    return scenario


def check(spec: Spec, *, parameters: Mapping[str, ParameterLike] = PARAMETERS) -> list[Problem]:
    """Return everything that is wrong with a scenario; an empty list when it loads.

    Parameters
    ----------
    spec
        Name of a shipped scenario, path of a file, or a mapping of the same content.
    parameters
        Declared model parameters.

    Returns
    -------
    list of Problem
        Of all layers, each naming its file.
    """
    return _loaded(spec, (), {}, parameters)[1]


def _loaded(
    spec: Spec, overrides: Overrides, numbers: Mapping[str, int | None], parameters: Mapping[str, ParameterLike]
) -> tuple[Scenario | None, list[Problem]]:
    """Return the scenario, or None and the problems that stand in its way."""
    catalogue = load_catalogue()
    known = Known({lever.id: lever for lever in catalogue.levers}, parameters)
    chain = chain_of(spec, known)
    add_options(chain, overrides, numbers)
    problems = [*chain.problems, *_layer_problems(chain)]
    if problems:
        return None, in_order(problems)
    scenario, problems = resolved(chain.layers, known, catalogue)
    return (None if problems else scenario), in_order(problems)


def in_order(problems: list[Problem]) -> list[Problem]:
    """Return each problem once, file by file, from the first line to the last."""
    files = list(dict.fromkeys(problem.file for problem in problems))
    return sorted(dict.fromkeys(problems), key=lambda problem: (files.index(problem.file), problem.line or 0))


def _layer_problems(chain: Chain) -> list[Problem]:
    """Judge every layer under the horizon that holds in it."""
    problems: list[Problem] = []
    for place, layer in enumerate(chain.layers):
        # With the root unread the inherited horizon is unknown: only what no horizon could hold is refused.
        horizon = horizon_of(chain.layers[: place + 1]) if chain.complete else (FIRST, LAST)
        problems += layer_problems(layer, chain.known, horizon, is_root=place == 0 and chain.complete)
    return problems
