"""Writes the generated tables of docs/odd.md from the code: `make odd`. What stands between marks is not for hands."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from sim import draws
from sim.parameters import PARAMETERS
from sim.plan import load_catalogue
from sim.schedule import SCHEDULE
from sim.seeds import read_document
from sim.state import TABLES, Sizes

PAGE = Path(__file__).with_name("odd.md")


def table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [" | ".join(heads), "|".join("---" for _ in heads)]
    lines += [" | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in row) for row in rows]
    return "".join(f"| {line} |\n" if "---" not in line else f"|{line}|\n" for line in lines)


def state_variables() -> str:
    """Return every table of the state with its fields."""
    rows = Sizes().rows()
    parts = []
    for name, fields in TABLES.items():
        cells = [(field.name, field.unit, field.kind, field.meaning) for field in fields]
        owner = name.removesuffix("_flows") + "s" if name.endswith("_flows") else name
        parts.append(f"\n**{name}** ({rows[owner]:,} rows)\n\n")
        parts.append(table(("field", "unit", "kind", "meaning"), cells))
    return "".join(parts)


def schedule() -> str:
    """Return the phases of a quarter by stage."""
    parts = []
    for stage, phases in groupby(SCHEDULE, key=lambda phase: phase.stage):
        cells = [
            (
                phase.name,
                phase.decision.population if phase.decision else "-",
                ", ".join(phase.decision.outputs) if phase.decision else "-",
                phase.about,
            )
            for phase in phases
        ]
        parts.append(f"\n**{stage}**\n\n{table(('phase', 'decided by', 'writes', 'what it does'), cells)}")
    return "".join(parts)


def parameters() -> str:
    """Return every parameter with range, standing and source or reason."""
    cells = [
        (p.name, p.unit, f"{p.low:g} - {p.high:g}", f"{p.default:g}", p.role, p.status, p.meaning)
        for p in PARAMETERS.values()
    ]
    return table(("parameter", "unit", "range", "default", "role", "standing", "meaning"), cells)


def levers() -> str:
    """Return the catalogue of levers."""
    cells = [
        (
            lever.clause,
            lever.id,
            lever.unit.en,
            lever.actor,
            lever.channel.en,
            lever.grade,
        )
        for lever in load_catalogue().levers
    ]
    return table(("clause", "lever", "unit", "read by", "channel", "evidence"), cells)


def randomness() -> str:
    """Return what is drawn and why, from the comments beside the purposes."""
    source = inspect.getsource(draws.Purpose)
    names = [node.targets[0].id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assign)]  # type: ignore[attr-defined]
    told = dict(re.findall(r"^ +(\w+) = \d+  # (.*)$", source, flags=re.MULTILINE))
    return table(("purpose", "what is drawn"), [(name, told[name]) for name in names])


def targets() -> str:
    """Return the plan's targets."""
    rows = read_document("plan/targets")["targets"]
    return table(
        ("indicator", "year", "above, bn CNY"), [(row["indicator"], row["year"], row["above"]) for row in rows]
    )


TABLES_OF_THE_PAGE: dict[str, Callable[[], str]] = {
    "targets": targets,
    "state": state_variables,
    "schedule": schedule,
    "draws": randomness,
    "levers": levers,
    "parameters": parameters,
}


def filled(page: str) -> str:
    """Return the page with every generated table as the code has it today."""
    for name, made in TABLES_OF_THE_PAGE.items():
        begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        before, rest = page.split(begin)
        page = f"{before}{begin}\n{made()}{end}{rest.split(end)[1]}"
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
