"""Every lever of the catalogue acts: compiled code reads it."""

from __future__ import annotations

import re
from pathlib import Path

from sim import driver
from sim.plan import load_catalogue
from sim.seeds import read_table

PACKAGE = Path(driver.__file__).parent


def test_compiled_code_reads_every_lever() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "kernels").glob("*.py"))
    named = set(re.findall(r"\bpolicy\.(\w+)", text)) | set(re.findall(r"\bLever\.(\w+)", text))
    # Public orders of a user sector follow the lever that its row names.
    by_row = set(read_table("population/applications")["procurement_lever"].tolist()) - {""}
    levers = {lever.id for lever in load_catalogue().levers}
    assert (named & levers) | by_row == levers
