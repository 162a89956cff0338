"""The catalogue and the compiled code agree on which levers act."""

from __future__ import annotations

import re
from pathlib import Path

from sim import driver
from sim.plan import load_catalogue
from sim.population import stage
from sim.scenario import load

PACKAGE = Path(driver.__file__).parent


def test_active_levers_are_those_that_compiled_code_reads() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "kernels").glob("*.py"))
    read = set(re.findall(r"\bpolicy\.(\w+)", text)) | set(re.findall(r"\bLever\.(\w+)", text))
    levers = load_catalogue().levers
    by_table = {"public_service_procurement", "governance_procurement", "public_safety_procurement"}
    assert {lever.id for lever in levers if lever.active} == (read & {lever.id for lever in levers}) | by_table


def test_levers_that_do_not_act_set_no_money_aside() -> None:
    scene = stage(load("plan"))
    for lever in load_catalogue().levers:
        if not lever.active:
            assert (scene.budgets[:, lever.index] == 0.0).all(), lever.id
            assert not scene.bought[lever.index]
