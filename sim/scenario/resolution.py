"""A chain of layers -> the frozen scenario: the catalogue's paths, then layer upon layer, cut at the horizon.

Called by `loading` with layers that obey the grammar and the catalogue. What only shows when a change meets the path
below it (a range left, a region taken back) is reported here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.errors import Problem
from sim.plan.catalogue import Catalogue
from sim.scenario.checks import Horizon
from sim.scenario.known import Known
from sim.scenario.levers import LeverPaths, apply_levers, default_paths
from sim.scenario.quarters import FIRST, LAST, Quarter
from sim.scenario.record import Caption, Scenario, Shock, Target
from sim.scenario.validation import Layer

# What holds in a root scenario that does not say otherwise.
DEFAULT_END = Quarter(2030, 4)  # the last year for which the plan states a target
DEFAULT_MEASUREMENT = "caict"  # the broad definition, the one that goes on being published
DEFAULT_POLICY = "as_written"
DEFAULT_UNCERTAINTY = "posterior"
DEFAULT_REPLICATIONS = 200
DEFAULT_SEED = 2017


def horizon_of(layers: Sequence[Layer]) -> Horizon:
    """Return first and last quarter that the topmost layers give, else the default."""
    start, end = FIRST, DEFAULT_END
    for layer in layers:
        if layer.file.horizon is not None:
            start = layer.file.horizon.start or start
            end = layer.file.horizon.end or end
    return start, end


def resolved(layers: Sequence[Layer], known: Known, catalogue: Catalogue) -> tuple[Scenario, list[Problem]]:
    """Return the scenario that a chain of layers means.

    Parameters
    ----------
    layers
        Root first, all of them free of problems.
    known
        Levers and parameters.
    catalogue
        The plan: default paths and targets.

    Returns
    -------
    Scenario
        Not to be used when there are problems.
    list of Problem
        Each names the layer that makes the change.
    """
    start, end = horizon_of(layers)
    n_quarters = end.position - start.position + 1
    policy = layers[0].file.policy or DEFAULT_POLICY
    paths = default_paths(catalogue, policy)
    problems: list[Problem] = []
    for layer in layers:
        problems += apply_levers(paths, layer, known, n_quarters)
    runs = [layer.file.runs for layer in layers if layer.file.runs]
    uncertainty = _last(layers, "uncertainty", DEFAULT_UNCERTAINTY)
    scenario = Scenario(
        **_captions(layers),
        start=start,
        end=end,
        measurement=_last(layers, "measurement", DEFAULT_MEASUREMENT),
        policy=policy,
        **_arrays(paths, n_quarters),
        parameters=_parameters(layers, known, uncertainty),
        shocks=_shocks(layers, n_quarters),
        targets=_targets(layers, catalogue, end),
        evaluation=_evaluation(layers),
        uncertainty=uncertainty,
        replications=next(
            (each.replications for each in reversed(runs) if each.replications is not None), DEFAULT_REPLICATIONS
        ),
        seed=next((each.seed for each in reversed(runs) if each.seed is not None), DEFAULT_SEED),
        layers=tuple(layer.source.file_name for layer in layers if layer.source.file_name),
        stated=_stated(layers),
    )
    return scenario, problems


def _last(layers: Sequence[Layer], key: str, default: Any) -> Any:
    """Return what the topmost layer that says anything says."""
    return next((value for layer in reversed(layers) if (value := getattr(layer.file, key)) is not None), default)


def _captions(layers: Sequence[Layer]) -> dict[str, Any]:
    """Return name, title and question of the scenario itself: a base's title would name something else."""
    own = max((place for place, layer in enumerate(layers) if not layer.source.is_option), default=0)
    name = layers[own].source.name
    title, question = _last(layers[own:], "title", None), _last(layers[own:], "question", None)
    return {
        "name": name,
        "title": Caption(title.en, title.zh) if title else Caption(name, name),
        "question": Caption(question.en, question.zh) if question else Caption("", ""),
    }


def _arrays(paths: LeverPaths, n_quarters: int) -> dict[str, Any]:
    """Return the arrays of all levers, cut at the horizon."""
    return {
        "levers": {name: path[:n_quarters].copy() for name, path in paths.scalars.items()},
        "core_sector_focus": paths.focus[:n_quarters].copy(),
        "pilot_zones": paths.zones[:n_quarters].copy(),
    }


def _parameters(layers: Sequence[Layer], known: Known, uncertainty: str) -> dict[str, float]:
    """Return the fixed parameters, without those that restate a default which would hold anyway."""
    given: dict[str, float] = {}
    for layer in layers:
        given.update(layer.file.parameters or {})
    drawn = {name for name in given if uncertainty != "none" and known.parameters[name].role == "uncertainty"}
    return {name: value for name, value in given.items() if name in drawn or value != known.parameters[name].default}


def _shocks(layers: Sequence[Layer], n_quarters: int) -> tuple[Shock, ...]:
    """Return the topmost list of shocks, earliest first, cut at the horizon."""
    shocks = []
    for entry in _last(layers, "shocks", ()):
        stop = min((entry.stop or LAST).position + 1, n_quarters)
        if entry.start.position < stop:
            shocks.append(Shock(entry.start.position, stop, entry.kind, entry.severity))
    return tuple(sorted(shocks))


def _targets(layers: Sequence[Layer], catalogue: Catalogue, end: Quarter) -> tuple[Target, ...]:
    """Return the topmost list of targets within the horizon, the plan's when there is none."""
    own = [Target(entry.year, entry.indicator, float(entry.above)) for entry in _last(layers, "targets", ())]
    plan = [Target(target.year, target.indicator, target.above) for target in catalogue.targets]
    # A list of which the horizon leaves nothing counts as empty: else the written-out scenario could not say it.
    judged = [[target for target in targets if Quarter(target.year, 4) <= end] for targets in (own, plan)]
    return tuple(sorted(judged[0] or judged[1]))


def _evaluation(layers: Sequence[Layer]) -> tuple[str, ...]:
    """Return the levers that a review may move, each once, in alphabetical order."""
    evaluation = _last(layers, "evaluation", None)
    return tuple(sorted(set(evaluation.levers))) if evaluation else ()


def _stated(layers: Sequence[Layer]) -> tuple[str, ...]:
    """Return the levers that layers above the root name, in the order in which they first do."""
    return tuple(dict.fromkeys(name for layer in layers[1:] if layer.file.levers for name in layer.file.levers.given()))
