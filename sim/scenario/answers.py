"""What the shipped scenarios answered when they were last run: a small table beside them.

Written by `make answers`, read by `roadmap scenarios`. An answer belongs to the digest it was computed for.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from sim.scenario.sources import root

FILE = "answers.csv"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one scenario for 2030; money in bn CNY, `added` and its standard error against `plan`, run by run.

    `narrow`, `iresearch` and `caict` are the shares of runs in which the core scale passes the plan's target.
    """

    scenario: str
    digest: str
    runs: int
    seed: int
    narrow: float
    iresearch: float
    caict: float
    median: float
    added: float
    added_error: float
    outlay: float


def read_answers() -> dict[str, Answer]:
    """Return the answers by scenario; empty where none were computed."""
    path = root() / FILE
    if not path.exists():
        return {}
    kinds = {field.name: {"str": str, "int": int, "float": float}[str(field.type)] for field in fields(Answer)}
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{name: kinds[name](value) for name, value in row.items()} for row in csv.DictReader(file)]
    return {row["scenario"]: Answer(**row) for row in rows}


def write_answers(answers: Iterable[Answer], path: Path | None = None) -> None:
    """Write the answers beside the scenarios, or to `path`, with six significant digits."""
    with (path or root() / FILE).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([field.name for field in fields(Answer)])
        for answer in answers:
            table.writerow(f"{each:.6g}" if isinstance(each, float) else each for each in asdict(answer).values())
