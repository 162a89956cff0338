"""`roadmap check`: what is wrong with scenario files, all of it at once."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.console import remark, say
from sim.cli.faults import USER


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files, or shipped names.")],
) -> None:
    """Find all problems of scenario files at once."""
    from sim.cli.advice import advice
    from sim.scenario import check as problems_of
    from sim.scenario import load

    bad = 0
    for file in files:
        problems = problems_of(file)
        for problem in problems:
            remark(str(problem))
        if problems:
            bad += 1
            continue
        scenario = load(file)
        for problem in advice(scenario):
            remark(f"warning: {problem}")
        facts = f"{scenario.replications} runs, {scenario.start} to {scenario.end}, {scenario.measurement}"
        say(f"{file}: in order ({facts}, digest {scenario.digest[:10]})")
    if bad:
        remark(f"roadmap: {bad} of {len(files)} cannot be run")
        raise SystemExit(USER)
