"""From a scenario to its chain of layers: `extends` followed to the root, options on top.

Called by `loading`. Layers come root first; what breaks the grammar is collected from all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.errors import Problem, nearest
from sim.scenario.known import Known
from sim.scenario.schema import ScenarioFile
from sim.scenario.sources import Source, mapping_source, open_source, option_source
from sim.scenario.validation import Layer, validated

Overrides = Mapping[str, Any] | Sequence[str]

# A file that names neither a base nor a policy changes the plan as written.
DEFAULT_BASE = "plan"

# More than anybody writes by hand, and few enough to be followed.
_MOST_LAYERS = 20

_NO_VALUE = object()

_SETTABLE = tuple(
    described.alias or name
    for name, described in ScenarioFile.model_fields.items()
    if name not in {"version", "extends", "policy"}
)


@dataclass
class Chain:
    """The layers of a scenario, root first; `complete` when the root was reached."""

    known: Known
    layers: list[Layer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    complete: bool = False

    def add(self, source: Source, place: int) -> None:
        """Validate a source and put it at a place of the chain."""
        self.problems += source.problems
        if source.tree:
            layer, problems = validated(source, self.known)
            self.problems += problems
            self.layers.insert(place, layer)


def chain_of(spec: str | Path | Mapping[Any, Any], known: Known) -> Chain:
    """Return the layers of a scenario.

    Parameters
    ----------
    spec
        Shipped name, path of a file, or a mapping of the same content.
    known
        Levers and parameters.

    Returns
    -------
    Chain
        With a problem for every file that cannot be read, a circle, and every broken entry of any layer.
    """
    chain = Chain(known)
    source = _source(spec)
    followed: list[Source] = []
    while source.tree:
        followed.append(source)
        chain.add(source, 0)
        base = source.tree.get("extends", None if "policy" in source.tree else DEFAULT_BASE)
        if not isinstance(base, str):
            chain.complete = "extends" not in source.tree
            return chain
        below = open_source(base, source.folder)
        if below.identity in {each.identity for each in followed} or len(followed) >= _MOST_LAYERS:
            chain.problems.append(_circle(followed, below))
            return chain
        if below.missing:
            problem = below.problems[0]
            message = f"cannot be followed: {problem.file} {problem.message}"
            chain.problems.append(source.problem(("extends",), message, base, hint=problem.hint))
            return chain
        source = below
    chain.problems += source.problems
    return chain


def _source(spec: object) -> Source:
    """Return what a caller gave as a scenario."""
    if isinstance(spec, Mapping):
        return mapping_source(spec)
    if isinstance(spec, str | Path):
        return open_source(spec)
    what = f"a {type(spec).__name__} is no scenario; give a shipped name, a path or a mapping"
    return Source("scenario", "", problems=(Problem("scenario", "", what),), missing=True)


def add_options(chain: Chain, overrides: Overrides, numbers: Mapping[str, int | None]) -> None:
    """Put one layer on top of the chain for every option, in the order given.

    Parameters
    ----------
    chain
        Grows by the layers; what is wrong with an option joins its problems.
    overrides
        `name=value` texts (or one of them), or name -> value. A name is a lever, a parameter, or a key such as
        `horizon.end`.
    numbers
        `replications` and `seed`, None where not given.
    """
    known = chain.known
    for name, value in _pairs(overrides):
        label = f"--set {name}"
        path = _place(name, known)
        if value is _NO_VALUE:
            hint = "Write e.g. --set degree_places=120"
            chain.problems.append(Problem(label, "", "is not of the form name=value", hint=hint))
            continue
        if path[0] not in _SETTABLE:
            names = [*known.levers, *known.parameters, *_SETTABLE]
            message = "is neither a lever nor a parameter nor a key that can be set"
            chain.problems.append(Problem(label, "", message, hint=nearest(name[:80], names)))
            continue
        chain.add(option_source(label, path, value), len(chain.layers))
    for name, number in numbers.items():
        if number is not None:
            chain.add(option_source(name, ("runs", name), number), len(chain.layers))


def _pairs(overrides: Overrides) -> Iterator[tuple[str, Any]]:
    """Yield name and value of every option; a text without an equals sign has no value."""
    if isinstance(overrides, Mapping):
        yield from ((str(name), value) for name, value in overrides.items())
        return
    for text in [overrides] if isinstance(overrides, str) else overrides:
        name, equals, value = str(text).partition("=")
        yield name.strip(), value if equals else _NO_VALUE


def _place(name: str, known: Known) -> tuple[str, ...]:
    """Return the key path that the name of an option means."""
    if name in known.levers:
        return "levers", name
    if name in known.parameters:
        return "parameters", name
    return tuple(name.split("."))


def _circle(followed: list[Source], below: Source) -> Problem:
    """Say how `extends` leads back to a scenario, or on and on."""
    last = followed[-1]
    if len(followed) >= _MOST_LAYERS:
        return last.problem(("extends",), f"is the base of a base ... for more than {_MOST_LAYERS} layers", below.name)
    names = [each.label for each in followed]
    first = [each.identity for each in followed].index(below.identity)
    way = " -> ".join([*names[first:], names[first]])
    return last.problem(("extends",), f"leads in a circle: {way}", below.name, hint="Let one of them extend `plan`")
