"""YAML documents of the seeds, read into plain dicts, lists, strings, numbers, booleans and None.

Called by `sim.seeds` and, for `plan/*.yaml`, by `sim.plan`. Imports only the YAML parser and `errors`.
The values are built here from the events of the C parser: the library's own constructor spends some 20 microseconds
a scalar on resolving it (130 ms for the lever catalogue, against 20), and would follow anchors and tags.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.errors import SeedError
from sim.seeds.files import locate

_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_IN_NUMBERS = frozenset("0123456789+-.eE")


def read_document(name: str) -> dict[str, Any]:
    """Return the mapping in `seeds/<name>.yaml`.

    Parameters
    ----------
    name
        Folder and stem, as in `plan/levers`.

    Returns
    -------
    dict
        Plain values; a fresh one at every call.

    Raises
    ------
    SeedError
        When the file is missing, is no YAML of the plain kind described in `parse_yaml`, or holds no mapping.
    """
    return load_document(locate(name, ".yaml"))


def load_document(path: Path) -> dict[str, Any]:
    """Return the mapping in the YAML file at `path`; raises SeedError as `read_document` does."""
    value = parse_yaml(path.read_text(encoding="utf-8"), path.name)
    if not isinstance(value, dict):
        raise SeedError(f"{path.name}: holds {type(value).__name__}, not a mapping")
    return value


def parse_yaml(text: str, name: str) -> Any:
    """Return the value of one YAML document.

    Plain scalars become None, booleans, integers and decimal numbers as YAML 1.2 has them; everything else is text.

    Parameters
    ----------
    text
        The document.
    name
        What errors call it.

    Returns
    -------
    dict, list, str, int, float, bool or None
        The value; None for an empty document.

    Raises
    ------
    SeedError
        On broken syntax, a repeated key, a key that is a list or mapping, an anchor, an alias, a tag or a second
        document; `name` and the line stand in the message.
    """
    try:
        documents = _build(text, name)
    except YAMLError as error:
        raise SeedError(f"{name}: not readable as YAML: {error}") from error
    if len(documents) > 1:
        raise SeedError(f"{name}: holds {len(documents)} documents, one is read")
    return documents[0] if documents else None


def _build(text: str, name: str) -> list[Any]:
    """Return the values of all documents: open collections lie on a stack, a mapping as key, value, key, value ..."""
    stack: list[list[Any]] = [[]]
    for event in YAML(typ="safe").parse(text):
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor is not None or not any(event.implicit):
                _refuse(name, event, "anchors and tags are not used here")
            stack[-1].append(plain_value(event.value) if event.implicit[0] else event.value)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor is not None or not event.implicit:
                _refuse(name, event, "anchors and tags are not used here")
            stack.append([])
        elif kind is SequenceEndEvent:
            items = stack.pop()
            stack[-1].append(items)
        elif kind is MappingEndEvent:
            items = stack.pop()
            stack[-1].append(_mapping(items, name, event))
        elif kind is AliasEvent:
            _refuse(name, event, "aliases are not used here")
    return stack[0]


def _mapping(items: list[Any], name: str, end: Any) -> dict[Any, Any]:
    keys = items[::2]
    try:
        mapping = dict(zip(keys, items[1::2], strict=True))
    except TypeError:
        _refuse(name, end, "a key before this line is no plain value")
    if len(mapping) < len(keys):
        twice = next(key for key in keys if keys.count(key) > 1)
        _refuse(name, end, f"the key {twice!r} stands twice in the mapping that ends here")
    return mapping


def _refuse(name: str, event: Any, why: str) -> NoReturn:
    raise SeedError(f"{name}:{event.start_mark.line + 1}: {why}")


def plain_value(text: str) -> Any:
    """Return what an unquoted YAML scalar means.

    >>> plain_value("2016"), plain_value("2017Q3"), plain_value("0.5"), plain_value("true")
    (2016, '2017Q3', 0.5, True)
    """
    if text in _WORDS:
        return _WORDS[text]
    if not _IN_NUMBERS.issuperset(text):
        return text  # among them inf, nan and 1_000, which Python would take for numbers
    for parse in (int, float):
        try:
            return parse(text)
        except ValueError:
            continue
    return text
