"""`roadmap explain`: what a scenario changes, clause by clause."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.console import say
from sim.cli.languages import Language


def explain(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Shipped name or file.")],
    against: Annotated[str, typer.Option(metavar="SCENARIO", help="What to compare it with.")] = "plan",
    lang: Annotated[Language, typer.Option(help="Language of names and words.")] = Language.en,
) -> None:
    """Tell what a scenario changes, clause by clause."""
    from sim.scenario import explanation_text, load

    say(explanation_text(load(scenario), load(against), lang.value))
