"""An explanation as plain text for a terminal or a page, in English or Chinese.

Called by the command `explain` and by reports. Lays out what `explanation` found, and finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sim.scenario.explanation import ClauseChange, Step, explain
from sim.scenario.record import Scenario
from sim.scenario.wording import phrase


def explanation_text(scenario: Scenario, base: Scenario, language: str = "en") -> str:
    """Return in plain text what a scenario changes, clause by clause.

    Parameters
    ----------
    scenario, base
        The scenario and what it is compared with, usually `plan`.
    language
        `en` or `zh`.

    Returns
    -------
    str
        Lines that end with a line break; no markup.

    Raises
    ------
    ValueError
        For another language.
    """
    changes = explain(scenario, base, language)
    titles = {"title": scenario.title.in_language(language), "base": base.title.in_language(language)}
    lines = [phrase("heading", language, **titles)]
    question = scenario.question.in_language(language)
    if question:
        lines.append(phrase("question", language, question=question))
    if not changes:
        lines.append(phrase("nothing", language))
    for (number, name), group in groupby(changes, key=lambda change: (change.clause, change.clause_name)):
        lines += ["", phrase("clause", language, number=number, name=name) if number else name]
        for change in group:
            lines += _change_lines(change, language)
    return "\n".join(lines) + "\n"


def _change_lines(change: ClauseChange, language: str) -> Iterator[str]:
    """Yield the lines of one change, indented under its clause."""
    key = change.key.removeprefix("levers.")
    yield "  " + phrase(
        "subject" if change.unit else "bare_subject", language, name=change.name, key=key, unit=change.unit
    )
    for step in change.steps:
        yield "    " + _step_line(step, language)
    if change.cost:
        yield "    " + phrase("cost", language, cost=change.cost, evidence=change.evidence)


def _step_line(step: Step, language: str) -> str:
    key = "step" if step.date else "undated_step"
    return phrase(key, language, date=step.date, before=step.before, after=step.after)
