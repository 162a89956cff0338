"""One layer against the catalogue: known names, ranges with their units, dates within the horizon.

Called by `loading` for every layer. What a relative change leads to is judged where it is resolved, in `resolution`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, nearest
from sim.plan.catalogue import LeverSpec
from sim.scenario.known import Known
from sim.scenario.quarters import FIRST, LAST, Quarter
from sim.scenario.reader import MOST_PROBLEMS, KeyPath
from sim.scenario.sources import Source
from sim.scenario.validation import Layer
from sim.scenario.values import Change, Dated, DatedCounts, Path

Horizon = tuple[Quarter, Quarter]


def layer_problems(layer: Layer, known: Known, horizon: Horizon, *, is_root: bool) -> list[Problem]:
    """Return what is wrong with the names, numbers and dates of one layer.

    Parameters
    ----------
    layer
        A validated layer.
    known
        Levers and parameters.
    horizon
        First and last quarter in force in this layer, its own or inherited.
    is_root
        Whether nothing stands below this layer.

    Returns
    -------
    list of Problem
        At most a hundred.
    """
    checks = (
        _horizon_problems(layer, horizon),
        _policy_problems(layer, is_root=is_root),
        _lever_problems(layer, known, horizon),
        _parameter_problems(layer, known),
        _shock_problems(layer, horizon),
        _target_problems(layer, horizon),
        _evaluation_problems(layer, known),
    )
    problems: list[Problem] = []
    for check in checks:
        for problem in check:
            problems.append(problem)
            if len(problems) >= MOST_PROBLEMS:
                return problems
    return problems


def _horizon_problems(layer: Layer, horizon: Horizon) -> Iterator[Problem]:
    """Refuse another start, and an end before the start or after the last year that the inputs reach."""
    if layer.file.horizon is None:
        return
    start, end = horizon
    if layer.file.horizon.start is not None and start != FIRST:
        why = "The shipped data describe the economy of that quarter"
        yield layer.source.problem(
            ("horizon", "start"), "cannot be the start in this version", str(start), str(FIRST), why
        )
    if layer.file.horizon.end is not None and not FIRST <= end <= LAST:
        yield layer.source.problem(("horizon", "end"), "is out of range", str(end), f"{FIRST} to {LAST}")


def _policy_problems(layer: Layer, *, is_root: bool) -> Iterator[Problem]:
    """Refuse a policy where a base gives the paths already."""
    if layer.file.policy is not None and not is_root:
        hint = "Remove it, or remove `extends`"
        yield layer.source.problem(
            ("policy",), "only belongs into a scenario without `extends`", layer.file.policy, hint=hint
        )


def _lever_problems(layer: Layer, known: Known, horizon: Horizon) -> Iterator[Problem]:
    """Judge every lever that the layer names."""
    for name, value in (layer.file.levers.given() if layer.file.levers else {}).items():
        lever = known.levers.get(name)
        path = ("levers", name)
        if lever is None:
            yield layer.source.problem(path, "is not a lever of the catalogue", hint=known.nearest_lever(name))
        else:
            yield from _value_problems(layer.source, value, lever, known.lever_range(name), horizon)


def _value_problems(
    source: Source, value: object, lever: LeverSpec, allowed: str, horizon: Horizon
) -> Iterator[Problem]:
    """Judge the numbers and dates of one lever's value; weights and region names were judged by the grammar."""
    path = ("levers", lever.id)
    if isinstance(value, Change):
        dates = {"from": value.start, "until": value.stop}
        for key, date in dates.items():
            if date is not None:
                yield from _date_problems(source, (*path, key), date, horizon)
    elif isinstance(value, Dated):
        for date in value.points:
            yield from _date_problems(source, source.dated_key(path, date), date, horizon)
    low, high = lever.range
    for place, number in _numbers(source, path, value):
        if not low <= number <= high:
            yield source.problem(place, "is out of range", number, allowed)


def _numbers(source: Source, path: KeyPath, value: object) -> Iterator[tuple[KeyPath, float]]:
    """Yield the numbers of a value that are in the lever's own unit, with their key paths."""
    if isinstance(value, int | float):
        yield path, value
    elif isinstance(value, Path | DatedCounts):
        for date, number in value.points.items():
            yield source.dated_key(path, date), number


def _date_problems(source: Source, path: KeyPath, date: Quarter, horizon: Horizon) -> Iterator[Problem]:
    """Refuse a date outside the horizon."""
    start, end = horizon
    if start <= end and not start <= date <= end:
        yield source.problem(path, f"lies outside the horizon: {date}", allowed=f"{start} to {end}")


def _parameter_problems(layer: Layer, known: Known) -> Iterator[Problem]:
    """Judge every parameter that the layer fixes."""
    for name, value in (layer.file.parameters or {}).items():
        parameter = known.parameters.get(name)
        path = ("parameters", name)
        if parameter is None:
            hint = nearest(name[:80], list(known.parameters))
            if name in known.levers:
                hint = "It is a lever: write it under `levers`"
            yield layer.source.problem(path, "is not a parameter of the model", hint=hint)
        elif not parameter.low <= value <= parameter.high:
            yield layer.source.problem(path, "is out of range", value, known.parameter_range(name))


def _shock_problems(layer: Layer, horizon: Horizon) -> Iterator[Problem]:
    """Refuse dates outside the horizon and two events of one kind at once."""
    earlier: list[tuple[int, str, Quarter, Quarter]] = []
    for place, shock in zip(layer.positions["shocks"], layer.file.shocks or (), strict=True):
        path = ("shocks", str(place))
        dates = {"from": shock.start, "until": shock.stop}
        for key, date in dates.items():
            if date is not None:
                yield from _date_problems(layer.source, (*path, key), date, horizon)
        stop = shock.stop if shock.stop is not None else LAST
        for other, kind, first, last in earlier:
            if kind == shock.kind and shock.start <= last and first <= stop:
                message = f"overlaps with shocks.{other}, which is of the same kind"
                yield layer.source.problem(path, message, hint="Let one end before the other starts")
                break
        earlier.append((place, shock.kind, shock.start, stop))


def _target_problems(layer: Layer, horizon: Horizon) -> Iterator[Problem]:
    """Refuse targets that the horizon cannot judge and two targets of one scale and year."""
    seen: dict[tuple[str, int], int] = {}
    for place, target in zip(layer.positions["targets"], layer.file.targets or (), strict=True):
        path = ("targets", str(place))
        if Quarter(target.year, 4) > horizon[1]:
            allowed = f"{horizon[0].year} to {horizon[1].year if horizon[1].number == 4 else horizon[1].year - 1}"
            yield layer.source.problem((*path, "year"), "is not a whole year of the horizon", target.year, allowed)
        first = seen.setdefault((target.indicator, target.year), place)
        if first != place:
            message = f"is a second target for {target.indicator} in {target.year} (first: targets.{first})"
            yield layer.source.problem(path, message, hint="Keep one of the two")


def _evaluation_problems(layer: Layer, known: Known) -> Iterator[Problem]:
    """Refuse names of no lever."""
    for place, name in enumerate(layer.file.evaluation.levers if layer.file.evaluation else ()):
        if name not in known.levers:
            path = ("evaluation", "levers", str(place))
            yield layer.source.problem(path, "is not a lever of the catalogue", name, hint=known.nearest_lever(name))
