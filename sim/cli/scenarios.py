"""`roadmap scenarios`: the shipped scenarios, the questions they ask, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import is_wide, plain_table, say, show
from sim.cli.languages import Language

if TYPE_CHECKING:
    from sim.scenario.answers import Answer

_HEADINGS = {
    "en": ("Name", "Question", "Targets 2030", "Core 2030", "Against plan", "Outlay"),
    "zh": ("名称", "问题", "2030年达标", "2030年核心规模", "与规划相比", "财政支出"),
}
_NOTES = {
    "en": (
        "Targets 2030: part of the runs with a core scale above 1,000 bn CNY,\n"
        "narrow / iresearch / caict. Core 2030: median under caict, bn CNY. Against plan:\n"
        "mean difference run by run, with its standard error. Outlay: public money\n"
        "2016-2030, bn CNY. `make answers` computes the table anew."
    ),
    "zh": (
        "2030年达标：核心规模超过1万亿元的模拟比例，narrow / iresearch / caict 口径。\n"
        "2030年核心规模：caict 口径中位数，十亿元。\n"
        "与规划相比：逐次模拟之差的均值和标准误。\n"
        "财政支出：2016—2030年合计，十亿元。用 make answers 重新计算。"
    ),
}
_STALE = {"en": "not computed for this version", "zh": "本版本尚未计算"}


def scenarios(lang: Annotated[Language, typer.Option(help="Language of titles and questions.")] = Language.en) -> None:
    """List the shipped scenarios, their questions and answers."""
    from sim.scenario import load, shipped
    from sim.scenario.answers import read_answers

    answers = read_answers()
    name_, question, targets, core, added, outlay = _HEADINGS[lang.value]
    wide = is_wide()
    table = plain_table(name_, question, targets, *([core, added, outlay] if wide else []))
    for name in shipped():
        scenario = load(name)
        answer = answers.get(name)
        cells = ["", "", "", ""]
        if answer is not None:
            cells = _cells(answer) if answer.digest == scenario.digest else [_STALE[lang.value], "", "", ""]
        title, asks = (text.in_language(lang.value) for text in (scenario.title, scenario.question))
        table.add_row(name, f"{title}\n{asks}", *(cells if wide else cells[:1]))
    show(table)
    if answers:
        say(_NOTES[lang.value])


def _cells(answer: Answer) -> list[str]:
    """Return shares above the target, median, difference with error, and outlay as a table shows them."""
    from sim.plots.labels import percent

    return [
        " / ".join(percent(share) for share in (answer.narrow, answer.iresearch, answer.caict)),
        f"{answer.median:,.0f}",
        "-" if answer.scenario == "plan" else f"{answer.added:+,.0f} ± {answer.added_error:,.0f}",
        f"{answer.outlay:,.0f}",
    ]
