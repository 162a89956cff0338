"""A resolved scenario as a YAML file that stands alone: every lever, with as few dates as its path needs.

Called by `Scenario.to_yaml`. Reading the text again gives the same digest; a test holds that for any scenario.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sim.plan.catalogue import Catalogue, LeverSpec, load_catalogue
from sim.plan.names import CORE_SECTORS, REGIONS
from sim.scenario.paths import Array, change_points
from sim.scenario.quarters import Quarter, label
from sim.scenario.record import Caption, Scenario
from sim.scenario.schema import MONEY, VERSION

_WIDTH = 110


def scenario_yaml(scenario: Scenario) -> str:
    """Return the text of a standalone scenario file.

    Parameters
    ----------
    scenario
        Any resolved scenario.

    Returns
    -------
    str
        UTF-8 text.
    """
    catalogue = load_catalogue()
    lines = [
        f"# Scenario {_one_line(scenario.name)}, resolved: every lever, from each date until the next.",
        "# A year means its first quarter.",
        f"schema: {VERSION}",
        f"title: {_caption(scenario.title)}",
        f"question: {_caption(scenario.question)}",
        f"horizon: {{start: {scenario.start}, end: {scenario.end}}}",
        f"measurement: {scenario.measurement}",
        f"policy: {scenario.policy}",
        "levers:",
        *_lever_lines(scenario, catalogue),
    ]
    if scenario.parameters:
        lines += ["parameters:", *(f"  {name}: {_number(value)}" for name, value in scenario.parameters.items())]
    lines += _list_lines("shocks", _shock_entries(scenario))
    lines += _list_lines("targets", _target_entries(scenario))
    lines += [
        f"evaluation: {{levers: [{', '.join(scenario.evaluation)}]}}",
        f"uncertainty: {scenario.uncertainty}",
        f"runs: {{replications: {scenario.replications}, seed: {scenario.seed}}}",
    ]
    return "\n".join(lines) + "\n"


def _lever_lines(scenario: Scenario, catalogue: Catalogue) -> list[str]:
    """Return one entry for every lever, under a comment for each clause."""
    lines: list[str] = []
    for clause in catalogue.clauses:
        if clause.levers:
            lines.append(f"  # {clause.id} {clause.name.en}")
        for lever in catalogue.levers_of(clause.id):
            lines += _entry(lever, _value(scenario, lever))
    return lines


def _entry(lever: LeverSpec, value: str | list[str]) -> list[str]:
    """Return the lines of one lever: its value, wrapped where it is long, and its unit as a comment."""
    unit = f"  # {lever.unit.en}"
    if isinstance(value, str):
        return [f"  {lever.id}: {value}{unit}"]
    short = f"  {lever.id}: {{{', '.join(value)}}}"
    if len(short) <= _WIDTH:
        return [short + unit]
    return [f"  {lever.id}:{unit}", *(f"    {entry}" for entry in value)]


def _value(scenario: Scenario, lever: LeverSpec) -> str | list[str]:
    """Return a lever's path: one number when it never changes, else its dated entries."""
    if lever.form == "sector_weights":
        rows = scenario.core_sector_focus
        return [f"{_date(scenario, at)}: {_weights(rows[at])}" for at in change_points(rows)]
    if lever.form == "regions":
        rows = scenario.pilot_zones
        return [f"{_date(scenario, at)}: [{', '.join(_joining(rows, at))}]" for at in change_points(rows)]
    path = scenario.levers[lever.id]
    dates = change_points(path)
    if len(dates) == 1:
        return _number(path[0])
    return [f"{_date(scenario, at)}: {_number(path[at])}" for at in dates]


def _date(scenario: Scenario, position: int) -> str:
    return label(Quarter.at(scenario.start.position + position))


def _weights(row: Array) -> str:
    """Return the sectors that have a weight."""
    given = (f"{name}: {_number(weight)}" for name, weight in zip(CORE_SECTORS, row, strict=True) if weight > 0.0)
    return f"{{{', '.join(given)}}}"


def _joining(rows: Array, position: int) -> Iterable[str]:
    """Return the regions designated in a quarter that were not designated before it."""
    return (
        code
        for column, code in enumerate(REGIONS)
        if rows[position, column] > 0.0 and (position == 0 or rows[position - 1, column] == 0.0)
    )


def _shock_entries(scenario: Scenario) -> list[str]:
    entries = []
    for shock in scenario.shocks:
        until = f", until: {Quarter.at(shock.stop - 1)}" if shock.stop < scenario.n_quarters else ""
        entries.append(
            f"{{kind: {shock.kind}, from: {_date(scenario, shock.start)}{until}, severity: {_number(shock.severity)}}}"
        )
    return entries


def _target_entries(scenario: Scenario) -> list[str]:
    return [
        f"{{indicator: {target.indicator}, year: {target.year}, above: {_number(target.above)}, unit: {MONEY}}}"
        for target in scenario.targets
    ]


def _list_lines(key: str, entries: list[str]) -> list[str]:
    return [f"{key}:", *(f"  - {entry}" for entry in entries)] if entries else [f"{key}: []"]


def _number(value: float) -> str:
    """Return the shortest text that reads back as the same number, in a form that every YAML reader takes for one.

    >>> _number(40.0), _number(0.1), _number(1e-07)
    ('40', '0.1', '1.0e-07')
    """
    value = float(value) + 0.0
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    mantissa, exponent, power = text.partition("e")
    return f"{mantissa}.0e{power}" if exponent and "." not in mantissa else text


def _caption(caption: Caption) -> str:
    return f"{{en: {_quoted(caption.en)}, zh: {_quoted(caption.zh)}}}"


def _quoted(text: str) -> str:
    """Return a text in double quotes; what is not printable is escaped in a way that YAML and JSON share."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        character
        if character.isprintable()
        else json.dumps(character)[1:-1]
        if ord(character) < 0x10000
        else f"\\U{ord(character):08x}"
        for character in quoted
    )


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)
