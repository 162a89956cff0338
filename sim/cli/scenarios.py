"""`roadmap scenarios`: the shipped scenarios and the questions they ask."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.console import plain_table, show
from sim.cli.languages import Language


def scenarios(lang: Annotated[Language, typer.Option(help="Language of titles and questions.")] = Language.en) -> None:
    """List the shipped scenarios and their questions."""
    from sim.scenario import load, shipped

    table = plain_table("Name", "Title", "Question")
    for name in shipped():
        scenario = load(name)
        table.add_row(name, scenario.title.in_language(lang.value), scenario.question.in_language(lang.value))
    show(table)
