"""Mechanisms of the model and the parameter values that switch each off, as declared in `seeds/mechanisms`.

Read by the command that measures what each mechanism contributes; no run reads this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sim.errors import SeedError, nearest
from sim.parameters import PARAMETERS
from sim.seeds import read_document

FILE = "mechanisms/mechanisms"
_KEYS = {"id", "name", "off", "means"}


@dataclass(frozen=True)
class Mechanism:
    """One mechanism: its name, the values of parameters that stand for its absence, and what that means.

    `name` and `means` are texts by language, `en` and `zh`; values of `off` are in the unit of the parameter and may
    lie outside the range from which it is drawn.
    """

    id: str
    name: Mapping[str, str]
    off: Mapping[str, float]
    means: Mapping[str, str]


def read_mechanisms() -> tuple[Mechanism, ...]:
    """Return the mechanisms in the order of the file; raises SeedError as `parse_mechanisms` does."""
    return parse_mechanisms(read_document(FILE))


def parse_mechanisms(content: Mapping[str, Any]) -> tuple[Mechanism, ...]:
    """Return the mechanisms in the content of such a file.

    Raises
    ------
    SeedError
        When an entry lacks something, names a parameter that does not exist, or switches nothing off; all mistakes are
        named, one a line.
    """
    entries = content["mechanisms"]
    problems = [problem for entry in entries for problem in _problems(entry)]
    names = [entry.get("id") for entry in entries]
    problems += [f"{name}: stands twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    if problems:
        raise SeedError("\n".join(f"seeds/{FILE}: {problem}" for problem in problems))
    return tuple(
        Mechanism(
            entry["id"],
            MappingProxyType(entry["name"]),
            MappingProxyType({name: float(value) for name, value in entry["off"].items()}),
            MappingProxyType(entry["means"]),
        )
        for entry in entries
    )


def _problems(entry: Mapping[str, Any]) -> list[str]:
    name = entry.get("id", "an entry without id")
    if set(entry) != _KEYS:
        return [f"{name}: has the keys {', '.join(sorted(entry))}, wanted are {', '.join(sorted(_KEYS))}"]
    found = [f"{name}: {key} is told in en and zh" for key in ("name", "means") if set(entry[key]) != {"en", "zh"}]
    if not entry["off"]:
        found.append(f"{name}: switches nothing off")
    for parameter, value in entry["off"].items():
        if parameter not in PARAMETERS:
            found.append(f"{name}: no parameter {parameter}. {nearest(parameter, list(PARAMETERS))}".rstrip())
        elif not isinstance(value, int | float) or isinstance(value, bool):
            found.append(f"{name}: {parameter} = {value!r} is no number")
        elif value == PARAMETERS[parameter].default and PARAMETERS[parameter].role == "constant":
            found.append(f"{name}: {parameter} = {value} is what it is anyway")
    return found
