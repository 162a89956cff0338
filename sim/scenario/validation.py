"""One source against the grammar: the validated part of it, and every mistake in the words of `sim.errors.Problem`.

Called by `layers`. What breaks the grammar is reported and left out, so that the rest can still be judged and all
problems of a file are found at once.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, nearest
from sim.scenario.forms import REFUSED
from sim.scenario.known import Known
from sim.scenario.reader import MOST_PROBLEMS, KeyPath
from sim.scenario.schema import (
    VERSION,
    Evaluation,
    Horizon,
    Runs,
    ScenarioFile,
    ShockEntry,
    TargetEntry,
    Text,
)
from sim.scenario.sources import Source
from sim.scenario.values import Change

_MODELS: dict[str, type[BaseModel]] = {
    "title": Text, "question": Text, "horizon": Horizon, "levers": Change, "shocks": ShockEntry,
    "targets": TargetEntry, "evaluation": Evaluation, "runs": Runs,
}  # fmt: skip

_MESSAGES = {
    "float_type": "is not a number",
    "finite_number": "is not a finite number",
    "int_type": "is not a whole number",
    "string_type": "is not a text",
    "list_type": "is not a list",
    "dict_type": "does not hold keys with values",
    "model_type": "does not hold keys with values",
}

_FORMS: dict[KeyPath, str] = {
    ("levers", "core_sector_focus"): "Write weights, e.g. {software_hardware: 0.4, robots: 0.6}",
    ("levers", "pilot_zones"): "Write regions by date, e.g. {2019: [CN-BJ, CN-SH]}, or a number of regions",
}

# Entries of these are judged one by one: a broken one leaves the others in place.
_BY_ENTRY = ("levers", "parameters", "shocks", "targets")


@dataclass(frozen=True)
class Layer:
    """A source whose values obey the grammar, but for those reported.

    `positions` gives for `shocks` and `targets` where each entry of the validated list stands in the source.
    """

    source: Source
    file: ScenarioFile
    positions: dict[str, list[int]]


def validated(source: Source, known: Known) -> tuple[Layer, list[Problem]]:
    """Return what of a source obeys the grammar, and what does not.

    Parameters
    ----------
    source
        A source with values; it may have problems of its own, which are not repeated.
    known
        Ranges of levers and parameters, told where something else than a number is given.

    Returns
    -------
    Layer
        With every broken entry left out.
    list of Problem
        One for each broken entry, at most a hundred.
    """
    version = source.tree.get("schema")
    if "schema" in source.tree and (isinstance(version, bool) or version != VERSION):
        # Another version means another grammar: what else the file holds cannot be judged.
        what = source.problem(("schema",), "is not a version that this package reads", version, str(VERSION))
        return _layer(source, {"schema": VERSION}, {}), [what]
    try:
        return _layer(source, source.tree, {}), []
    except ValidationError as error:
        mistakes = error.errors(include_url=False)
    problems = list(dict.fromkeys(_problem(source, mistake, known) for mistake in mistakes[:MOST_PROBLEMS]))
    tree, removed = _without(source.tree, [mistake["loc"] for mistake in mistakes])
    return _layer(source, tree, removed), problems


def _layer(source: Source, tree: dict[str, Any], removed: dict[str, set[int]]) -> Layer:
    """Validate a tree; `removed` tells which entries of its lists were taken out."""
    file = ScenarioFile.model_validate(tree)
    positions = {}
    for name in ("shocks", "targets"):
        entries = getattr(file, name) or ()
        gone = removed.get(name, set())
        positions[name] = [place for place in range(len(entries) + len(gone)) if place not in gone]
    return Layer(source, file, positions)


def _without(
    tree: dict[str, Any], locations: Sequence[tuple[int | str, ...]]
) -> tuple[dict[str, Any], dict[str, set[int]]]:
    """Return the tree without the entries in which these locations lie, and the list positions taken out."""
    tree = {"schema": VERSION, **copy.deepcopy(tree)}
    removed: dict[str, set[int]] = {}
    for location in locations:
        top = str(location[0])
        entries = tree.get(top)
        if top in _BY_ENTRY and len(location) > 1 and isinstance(entries, dict | list):
            if isinstance(entries, dict):
                entries.pop(str(location[1]), None)
            else:
                removed.setdefault(top, set()).add(int(location[1]))
        elif top != "schema":
            tree.pop(top, None)
    for name, gone in removed.items():
        if name in tree:
            tree[name] = [entry for place, entry in enumerate(tree[name]) if place not in gone]
    return tree, {name: gone for name, gone in removed.items() if name in tree}


def _problem(source: Source, mistake: Any, known: Known) -> Problem:
    """Return a validation error of pydantic as a problem of the source."""
    kind, location, context = mistake["type"], mistake["loc"], mistake.get("ctx", {})
    path = _key_path(source, location, missing=kind == "missing")
    value = None if location and location[-1] == "[key]" else mistake["input"]  # the key path ends with it already
    if kind == REFUSED:
        return source.problem(path, context["message"], value, context["allowed"], context["hint"])
    if kind == "missing":
        return source.problem(path, "is missing", hint=_missing_hint(path))
    if kind == "extra_forbidden":
        return source.problem(
            path, "is not a key that is known here", hint=nearest(str(location[-1])[:80], _known_keys(path))
        )
    if kind == "literal_error":
        allowed = context["expected"].replace("'", "")
        hint = nearest(value[:80], allowed.replace(" or ", ", ").split(", ")) if isinstance(value, str) else ""
        return source.problem(path, "is not one of the words known here", value, allowed, hint)
    if value is None:
        return source.problem(path, "is empty", hint="Give it a value or remove the key")
    allowed = _allowed_number(path, known) if kind in {"float_type", "finite_number"} else ""
    message = _MESSAGES.get(kind, f"cannot be used: {mistake['msg']}")
    return source.problem(path, message, value, allowed, _FORMS.get(path, ""))


def _allowed_number(path: KeyPath, known: Known) -> str:
    """Return the range of the lever or parameter in whose place something else stands."""
    if path[0] == "levers" and path[-1] not in {"scale", "add"}:
        return known.lever_range(path[1])
    return known.parameter_range(path[1]) if path[0] == "parameters" else ""


def _key_path(source: Source, location: tuple[int | str, ...], *, missing: bool) -> KeyPath:
    """Return the key path a user wrote: without pydantic's marks, and no deeper than the source goes."""
    path: list[str] = []
    tree: Any = source.tree
    for part in map(str, location):
        if isinstance(tree, dict) and part in tree:
            tree = tree[part]
        elif isinstance(tree, list) and part.isdigit() and int(part) < len(tree):
            tree = tree[int(part)]
        elif part.startswith("<"):
            continue
        else:
            return (*path, part) if missing else tuple(path)
        path.append(part)
    return tuple(path)


def _known_keys(path: KeyPath) -> list[str]:
    """Return the keys that a model knows at the place of an unknown one."""
    model = ScenarioFile if len(path) == 1 else _MODELS.get(path[0], ScenarioFile)
    return [described.alias or name for name, described in model.model_fields.items()]


def _missing_hint(path: KeyPath) -> str:
    """Say what to write where a key is missing."""
    return f"Write `schema: {VERSION}` as the first line" if path == ("schema",) else f"Add `{path[-1]}: ...`"
