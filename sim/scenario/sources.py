"""Where scenarios come from: shipped names, files, mappings and `--set` options, as plain values with their places.

Called by `layers`. Knows nothing of what the keys mean; everything that cannot be read becomes a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import Problem, nearest
from sim.scenario.quarters import Quarter
from sim.scenario.reader import DEEPEST, KeyPath, Tree, read_yaml

# A scenario has some thousand characters; a larger file is something else, and reading it would only take time.
LARGEST_FILE = 1_000_000

_LONGEST_VALUE = 60
_LONG_NUMBER = 10**15

# Beyond this an integer is not a number of anything here, and Python refuses to print the largest.
_LARGEST_INTEGER = 10**300


@dataclass(frozen=True)
class Source:
    """One layer as it was given: values, the line of every key, and how problems name it.

    `identity` is equal for two sources that are one file, and empty where there is no file; `folder` is where a
    relative `extends` starts. `problems` holds what was wrong before any key was looked at; `missing` tells that
    nothing could be opened at all, `is_option` that this is one option of a call and not a scenario.
    """

    label: str
    name: str
    tree: dict[str, Any] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    identity: str = ""
    folder: Path = Path()
    missing: bool = False
    is_option: bool = False

    def problem(self, path: KeyPath, message: str, value: object = None, allowed: str = "", hint: str = "") -> Problem:
        """Return a problem at a key path, with the line of the nearest key that has one."""
        line = next((self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines), None)
        return Problem(self.label, _shown_key(path), message, line, _shown(value), allowed, hint)

    @property
    def file_name(self) -> str:
        """Return the name of the file without its folders; empty for a mapping or an option."""
        return Path(self.label).name if self.identity else ""

    def dated_key(self, path: KeyPath, date: Quarter) -> KeyPath:
        """Return the key path of a dated entry as the source writes it: 2018 or 2018Q1."""
        written = (*path, str(date))
        return written if date.number > 1 or written in self.lines else (*path, str(date.year))


def root() -> Path:
    """Return the folder of the shipped scenarios: inside the package of a wheel, else beside it in the repository."""
    packaged = Path(__file__).parents[1] / "_scenarios"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "scenarios"


def shipped() -> tuple[str, ...]:
    """Return the names of the shipped scenarios, in alphabetical order."""
    return tuple(sorted(path.stem for path in root().glob("*.yaml")))


def open_source(spec: str | Path, folder: Path = Path()) -> Source:
    """Return what a shipped name or the path of a file gives.

    Parameters
    ----------
    spec
        A shipped name; else a path, which a `Path` always is.
    folder
        Where a relative path starts.

    Returns
    -------
    Source
        With a problem instead of values when there is no such file or it cannot be read.
    """
    if isinstance(spec, str) and spec in shipped():
        return _file_source(root() / f"{spec}.yaml", f"scenarios/{spec}.yaml")
    return _file_source(folder / spec, str(folder / spec))


def mapping_source(spec: Mapping[Any, Any]) -> Source:
    """Return a scenario given as a Python mapping; numbers of NumPy count as numbers, tuples as lists."""
    label = "scenario (mapping)"
    tree, problems = _plain_tree(spec, (), label)
    given = tree if isinstance(tree, dict) else {}
    return Source(label, "custom", {"schema": 1, **given}, problems=problems)


def option_source(label: str, path: KeyPath, value: Any) -> Source:
    """Return the layer of one option: a value (YAML or JSON when text) at one key path."""
    if isinstance(value, str):
        reading = read_yaml(value, label)
        tree, problems = reading.tree, tuple(replace(problem, line=None) for problem in reading.problems)
    else:
        tree, problems = _plain_tree(value, path, label)
    for key in reversed(path):
        tree = {key: tree}
    given = tree if isinstance(tree, dict) and not problems else {}
    return Source(label, "", {"schema": 1, **given}, problems=problems, is_option=True)


def _plain_tree(value: Any, path: KeyPath, label: str) -> tuple[Tree, tuple[Problem, ...]]:
    """Return a Python value as a file would have given it, and what no file could hold."""
    problems: list[Problem] = []

    def refuse(place: KeyPath, message: str) -> None:
        problems.append(Problem(label, _shown_key(place), message))

    return _plain(value, path, refuse), tuple(problems)


def _file_source(path: Path, label: str) -> Source:
    """Return what one file gives."""
    source = Source(label, path.stem, identity=_identity(path), folder=path.parent)
    data = _bytes(path, label)
    if isinstance(data, Problem):
        return replace(source, problems=(data,), missing=True)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "Save the file as UTF-8 (a text editor asks for the encoding under `Save as`)"
        return replace(source, problems=(Problem(label, "", "is not UTF-8 text", line, hint=hint),))
    reading = read_yaml(text, label)
    if isinstance(reading.tree, dict) and reading.tree:
        return replace(source, tree=reading.tree, lines=reading.lines, problems=tuple(reading.problems))
    problems = reading.problems
    if reading.tree not in (None, {}):
        problems.append(Problem(label, "", "is not a mapping of keys to values", 1, hint="Write `key: value` lines"))
    elif not problems:
        problems.append(Problem(label, "", "is empty", hint="Write at least `schema: 1` and `extends: plan`"))
    return replace(source, problems=tuple(problems))


def _identity(path: Path) -> str:
    """Return the same text for two paths of one file."""
    try:
        return str(path.resolve())
    except (OSError, RuntimeError, ValueError):
        return str(path)  # a circle of links, a name no file can have: reported when it is opened


def _bytes(path: Path, label: str) -> bytes | Problem:
    """Return the content of a file, or why it cannot be had."""
    try:
        if path.is_dir():
            return Problem(label, "", "is a directory, not a scenario file", hint="Name one YAML file in it")
        if not path.exists():
            names = shipped()
            hint = nearest(path.stem, names) or f"Shipped scenarios: {', '.join(names)}"
            return Problem(label, "", "is neither a shipped scenario nor a file", hint=hint)
        if not path.is_file():
            return Problem(label, "", "is not a file")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        return Problem(label, "", f"cannot be read ({getattr(error, 'strerror', None) or error})")
    if len(data) > LARGEST_FILE:
        return Problem(label, "", "is too large for a scenario", allowed=f"at most {LARGEST_FILE // 1_000_000} MB")
    return data


def _plain(value: Any, path: KeyPath, refuse: Callable[[KeyPath, str], None]) -> Tree:
    """Return a Python value as a file would have given it; what no file can hold is refused and becomes None."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, str | Quarter):
        return str(value)
    if isinstance(value, int) and abs(value) <= _LARGEST_INTEGER:
        return value
    if isinstance(value, Mapping | list | tuple) and len(path) < DEEPEST:
        if isinstance(value, Mapping):
            return _plain_mapping(value, path, refuse)
        return [_plain(entry, (*path, str(position)), refuse) for position, entry in enumerate(value)]
    refuse(path, _why_not(value))
    return None


def _plain_mapping(value: Mapping[Any, Any], path: KeyPath, refuse: Callable[[KeyPath, str], None]) -> Tree:
    """Return a mapping with its keys as text; two keys of one text are refused."""
    tree: dict[str, Any] = {}
    for key, entry in value.items():
        number = isinstance(key, int | np.integer) and abs(int(key)) <= _LARGEST_INTEGER
        if not number and not isinstance(key, str | Quarter):
            refuse(path, f"has a key of type {type(key).__name__}; keys are names, years or quarters")
        elif str(key) in tree:
            refuse((*path, str(key)), "is given twice")
        else:
            tree[str(key)] = _plain(entry, (*path, str(key)), refuse)
    return tree


def _why_not(value: object) -> str:
    """Say why no scenario file could hold a value."""
    if isinstance(value, int):
        return "is a number too large to be read"
    if isinstance(value, Mapping | list | tuple):
        return f"is nested deeper than {DEEPEST} levels"
    return f"is a {type(value).__name__}; a scenario holds numbers, texts, lists and mappings"


def _shown(value: object) -> object:
    """Return a value short enough for a message; lists and mappings are not shown."""
    if isinstance(value, str) and len(value) > _LONGEST_VALUE:
        return value[:_LONGEST_VALUE] + "..."
    if isinstance(value, float) and value.is_integer() and abs(value) < _LONG_NUMBER:
        return int(value)
    if isinstance(value, int) and abs(value) >= _LONG_NUMBER:
        return float(value)
    return value if isinstance(value, int | float | str) else None


def _shown_key(path: KeyPath) -> str:
    """Return a key path that fits one line of a terminal."""
    key = "".join(character if character.isprintable() else "?" for character in ".".join(path))
    return key if len(key) <= 2 * _LONGEST_VALUE else key[: 2 * _LONGEST_VALUE] + "..."
