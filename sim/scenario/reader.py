"""YAML text -> plain values with the line of every key, refusing what a scenario has no use for.

Called by `sources`. Works on the parser's events, so nothing in a file is ever constructed or executed; an alias cannot
multiply anything. The only module of `sim.scenario` that imports ruamel.yaml.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from sim.errors import Problem

Tree = None | bool | int | float | str | list[Any] | dict[str, Any]
KeyPath = tuple[str, ...]

# The deepest form of the grammar has four levels; twelve leaves room and stops a file made to exhaust the reader.
DEEPEST = 12

# A file with more mistakes than this is not a scenario gone wrong; naming them all would only take time.
MOST_PROBLEMS = 100

_UNUSABLE = "\0"  # stands in a key path for a key that is not used; YAML allows no such character

_INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
# Characters that YAML allows nowhere: control characters, halves of a pair.
_UNREADABLE = re.compile("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_WORDS: dict[str, Tree] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    ".inf": math.inf, ".Inf": math.inf, ".INF": math.inf, "+.inf": math.inf, "-.inf": -math.inf,
    "-.Inf": -math.inf, "-.INF": -math.inf, ".nan": math.nan, ".NaN": math.nan, ".NAN": math.nan,
}  # fmt: skip


@dataclass
class Reading:
    """What a text holds: its values, the line (from 1) of every key path, and what is wrong with it."""

    tree: Tree = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Stopped(Exception):
    """The text cannot be read further; the problem is recorded already."""


class _Skipped(Exception):
    """One value cannot be used; the problem is recorded already and its key is left out."""


def read_yaml(text: str, label: str) -> Reading:
    """Return the values of one YAML document.

    Parameters
    ----------
    text
        The document.
    label
        How problems name it: a file or an option.

    Returns
    -------
    Reading
        Keys are always text, numbers are int or float; `tree` is None for an empty document or one that is not YAML.
    """
    reading = Reading()
    builder = _Builder(_events(text, label, reading), reading, label)
    try:
        reading.tree = builder.document()
    except _Stopped:
        reading.tree = None
    return reading


def scalar(text: str) -> Tree:
    """Return the value of an unquoted YAML word: YAML 1.2 core rules, decimal numbers only.

    >>> scalar("1.5"), scalar("2021Q3"), scalar("yes")
    (1.5, '2021Q3', 'yes')
    """
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _events(text: str, label: str, reading: Reading) -> Iterator[Any]:
    """Yield the parser's events; a syntax error becomes a problem and ends the reading."""
    try:
        # typ="safe" selects the C parser where it is installed: 45 times faster than the Python one, same events.
        yield from YAML(typ="safe").parse(text)
    except (YAMLError, UnicodeError) as error:
        reading.problems.append(_syntax_problem(error, text, label))
        raise _Stopped from error


def _syntax_problem(error: Exception, text: str, label: str) -> Problem:
    """Say in one line where the text stops being YAML, and why."""
    strange = _UNREADABLE.search(text)
    if strange is not None:
        what = f"holds the character U+{ord(strange[0]):04X}, which is not text"
        return Problem(label, "", what, _line(text, strange.start()), hint="Remove it, and save the file as UTF-8")
    mark = error.problem_mark or error.context_mark if isinstance(error, MarkedYAMLError) else None
    if mark is None:
        return Problem(label, "", f"is not valid YAML: {error}")
    rows = text.split("\n")
    row = rows[mark.line] if mark.line < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return Problem(label, "", "is indented with a tab", mark.line + 1, hint="Indent with spaces")
    reason = " ".join(str(part) for part in (error.context, error.problem) if part)  # type: ignore[attr-defined]
    began = error.context_mark  # type: ignore[attr-defined]
    since = f" (begun in line {began.line + 1})" if began is not None and began.line != mark.line else ""
    inline = any("{" in each for each in rows[began.line if began else mark.line : mark.line + 1])
    hint = "Put quotes round a text that holds a colon, comma, question mark or bracket" if inline else ""
    return Problem(label, "", f"is not valid YAML: {reason}{since}", mark.line + 1, hint=hint)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


class _Builder:
    """Turns events into plain values; `lines` and `problems` of the reading grow on the way."""

    def __init__(self, events: Iterator[Any], reading: Reading, label: str) -> None:
        self.events = events
        self.reading = reading
        self.label = label

    def document(self) -> Tree:
        """Return the only document's value, None when there is none."""
        tree: Tree = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse((), event, "starts a second document", "Write one scenario to a file")
                    raise _Stopped
            elif isinstance(event, NodeEvent):
                with suppress(_Skipped):
                    tree = self.value(event, ())
        return tree

    def value(self, event: Any, path: KeyPath) -> Tree:
        """Return the value that starts with this event; `path` is where it stands."""
        self.reading.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, AliasEvent):
            self.refuse(path, event, "uses an alias", "Write the value out; anchors and aliases are not read here")
            raise _Skipped
        if event.anchor is not None:
            self.refuse(path, event, "carries an anchor", "Remove it; anchors and aliases are not read here")
        if event.tag is not None:
            self.refuse(path, event, "carries a tag", "Remove it; tags are not read here")
        if isinstance(event, ScalarEvent):
            return scalar(event.value) if event.implicit[0] else event.value
        if len(path) >= DEEPEST:
            self.refuse(path[:2], event, f"is nested deeper than {DEEPEST} levels", "")
            raise _Stopped
        return self.mapping(path) if isinstance(event, MappingStartEvent) else self.sequence(path)

    def mapping(self, path: KeyPath) -> dict[str, Any]:
        """Return a mapping whose start event was taken; keys become text."""
        tree: dict[str, Any] = {}
        for event in self._level():
            usable = self._key_usable(event, path)
            # What stands under an unusable key is read all the same: its own mistakes are reported with the rest.
            here = (*path, event.value) if usable else (*path, _UNUSABLE)
            if usable:
                self.reading.lines[here] = event.start_mark.line + 1
            with suppress(_Skipped):
                value = self.value(next(self.events), here)
                if usable:
                    tree[event.value] = value
        return tree

    def sequence(self, path: KeyPath) -> list[Any]:
        """Return a list whose start event was taken; one unusable entry makes the list unusable."""
        tree: list[Any] = []
        complete = True
        for position, event in enumerate(self._level()):
            try:
                tree.append(self.value(event, (*path, str(position))))
            except _Skipped:
                complete = False
        if not complete:
            raise _Skipped
        return tree

    def refuse(self, path: KeyPath, event: Any, message: str, hint: str) -> None:
        """Record one problem at the line of an event; stop when there are too many to be of use."""
        line = event.start_mark.line + 1
        key = ".".join(part for part in path if part != _UNUSABLE)
        self.reading.problems.append(Problem(self.label, key, message, line, hint=hint))
        if len(self.reading.problems) >= MOST_PROBLEMS:
            raise _Stopped

    def _key_usable(self, event: Any, path: KeyPath) -> bool:
        """Return whether a key can be used; what is wrong with it is recorded."""
        if not isinstance(event, ScalarEvent):
            self.refuse(path, event, "has a key that is not a word", "Write `name: value`")
            with suppress(_Skipped):
                self.value(event, (*path, _UNUSABLE))
            return False
        here = (*path, event.value)
        if event.value == "<<" and event.implicit[0]:
            self.refuse(here, event, "merges another mapping", "Write the keys out, or use `extends`")
            return False
        # Asked of `lines`, not of the values: a first value may have been skipped.
        if here in self.reading.lines:
            first = self.reading.lines[here]
            self.refuse(here, event, f"is given twice (first in line {first})", "Keep one of the two")
            return False
        return True

    def _level(self) -> Iterator[Any]:
        """Yield the events of one collection's own level; nested values are consumed by `value`."""
        for event in self.events:
            if isinstance(event, CollectionEndEvent):
                return
            yield event
