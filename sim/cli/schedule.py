"""`roadmap schedule`: one quarter of the model, phase by phase."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import plain_table, show

if TYPE_CHECKING:
    from sim.schedule import Phase


def schedule(
    stage: Annotated[
        str | None, typer.Argument(metavar="STAGE", help="Only this stage: its name or number, such as market or 9.")
    ] = None,
) -> None:
    """Print the order of a quarter, phase by phase."""
    from sim.errors import UserError, nearest
    from sim.schedule import SCHEDULE

    stages = {name: list(phases) for name, phases in groupby(SCHEDULE, key=lambda phase: phase.stage)}
    stage = dict(zip(map(str, range(1, len(stages) + 1)), stages, strict=True)).get(stage or "", stage)
    if stage is not None and stage not in stages:
        raise UserError(f"no stage {stage!r}. {nearest(stage, list(stages)) or 'One of: ' + ', '.join(stages)}")
    number = 0
    for place, (name, phases) in enumerate(stages.items(), 1):
        if stage in (None, name):
            table = plain_table("", "Phase", "Decided by", "What it does", title=f"{place}. {name}", right=("",))
            for offset, phase in enumerate(phases, number + 1):
                table.add_row(str(offset), phase.name, _who(phase), f"{phase.about}\ntakes {', '.join(phase.inputs)}")
            show(table)
        number += len(phases)


def _who(phase: Phase) -> str:
    """Return the population whose agents take the decision; a rule of the economy has none."""
    return phase.decision.population if phase.decision else "-"
