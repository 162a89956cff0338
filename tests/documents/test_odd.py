"""The model description is today's: its tables are written from the code, and no entity or rule is left out."""

from __future__ import annotations

import runpy
from pathlib import Path

from sim.parameters import PARAMETERS
from sim.schedule import SCHEDULE
from sim.state import TABLES

ROOT = Path(__file__).parents[2]
MADE = runpy.run_path(str(ROOT / "docs" / "odd.py"))
PAGE = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")


def test_tables_of_the_model_description_are_those_of_the_code() -> None:
    assert MADE["filled"](PAGE) == PAGE, "run `make odd`"


def test_model_description_names_every_phase_field_and_parameter() -> None:
    for phase in SCHEDULE:
        assert f"| {phase.name} |" in PAGE
    for fields in TABLES.values():
        assert all(f"| {field.name} |" in PAGE for field in fields)
    assert all(f"| {name} |" in PAGE for name in PARAMETERS)


def test_table_in_markdown_keeps_cells_apart() -> None:
    assert MADE["table"](("a", "b"), [(1, "x|y\nz")]) == "| a | b |\n|---|---|\n| 1 | x/y z |\n"
