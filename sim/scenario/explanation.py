"""What a scenario changes against another, clause by clause of the plan, in English or Chinese.

Called by the command `explain` and by reports. Reads names from the catalogue and the seeds; words stand in `wording`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.plan.catalogue import Catalogue, LeverSpec, load_catalogue
from sim.plan.names import CORE_SECTORS, REGIONS, SHOCKS
from sim.scenario import wording
from sim.scenario.comparison import dates_of_change
from sim.scenario.paths import Array
from sim.scenario.quarters import Quarter
from sim.scenario.record import Scenario, Shock, Target
from sim.scenario.wording import LANGUAGES, phrase, words
from sim.seeds import read_table


@dataclass(frozen=True)
class Step:
    """One value before and after; `date` is empty for what holds in all quarters. All texts are in one language."""

    date: str
    before: str
    after: str


@dataclass(frozen=True)
class ClauseChange:
    """One thing that a scenario changes.

    `clause` is the number of the clause, empty for what stands outside the plan (shocks, parameters, definition,
    horizon ...); `key` is the place in a scenario file. `cost` and `evidence` are empty but for levers. All texts are
    in one language.
    """

    clause: str
    clause_name: str
    key: str
    name: str
    unit: str
    steps: tuple[Step, ...]
    cost: str = ""
    evidence: str = ""


def explain(scenario: Scenario, base: Scenario, language: str = "en") -> list[ClauseChange]:
    """Return what a scenario changes.

    Parameters
    ----------
    scenario, base
        The scenario and what it is compared with, usually `plan`.
    language
        `en` or `zh`.

    Returns
    -------
    list of ClauseChange
        Levers in the order of the plan's clauses, then what stands outside the plan. Paths are compared in the
        quarters that both have.

    Raises
    ------
    ValueError
        For another language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: use one of {', '.join(LANGUAGES)}")
    catalogue = load_catalogue()
    return [*_lever_changes(scenario, base, catalogue, language), *_other_changes(scenario, base, catalogue, language)]


def _lever_changes(scenario: Scenario, base: Scenario, catalogue: Catalogue, language: str) -> Iterator[ClauseChange]:
    """Yield the levers whose paths differ, clause by clause."""
    for clause in catalogue.clauses:
        for lever in catalogue.levers_of(clause.id):
            before, after = base.path(lever.id), scenario.path(lever.id)
            dates, chosen = dates_of_change(before, after)
            if dates:
                steps = tuple(
                    Step(
                        _date(Quarter.at(at), language, chosen=chosen), *_values(lever, before[at], after[at], language)
                    )
                    for at in dates
                )
                yield ClauseChange(
                    clause.id,
                    getattr(clause.name, language),
                    f"levers.{lever.id}",
                    getattr(lever.name, language),
                    getattr(lever.unit, language),
                    steps,
                    words(wording.COST, lever.cost.kind, language),
                    words(wording.EVIDENCE, lever.grade, language),
                )


def _values(lever: LeverSpec, before: Array, after: Array, language: str) -> tuple[str, str]:
    """Return a lever's value in one quarter in both scenarios, as texts."""
    if lever.form == "sector_weights":
        return _weights(before, after, language), _weights(after, before, language)
    if lever.form == "regions":
        return phrase("regions", language, count=int(before.sum())), _regions(before, after, language)
    return _pair(float(before), float(after))


def _pair(before: float, after: float) -> tuple[str, str]:
    """Return two different numbers as texts that differ."""
    texts = _number(before), _number(after)
    return texts if texts[0] != texts[1] or before == after else (f"{before:.12g}", f"{after:.12g}")


def _number(value: float) -> str:
    """Return a number to four digits.

    >>> _number(56.66667), _number(12345.6), _number(40.0)
    ('56.67', '12,346', '40')
    """
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"


def _weights(row: Array, other: Array, language: str) -> str:
    """Return the weights of the sectors in which two rows differ, without those that have none."""
    names = read_table("population/core_sectors")[f"name_{language}"]
    same = bool((row == other).all())  # where two paths meet again, all weights are told
    told = [place for place in range(len(CORE_SECTORS)) if row[place] > 0.0 and (same or row[place] != other[place])]
    parts = [f"{names[place]} {100.0 * row[place]:.3g}%" for place in told]
    return phrase("list", language).join(parts) or phrase("absent", language)


def _regions(before: Array, after: Array, language: str) -> str:
    """Return how many regions are designated, and which joined or were left out."""
    names = read_table("population/regions")[f"name_{language}"]
    comma = phrase("list", language)
    joined = comma.join(names[place] for place in range(len(REGIONS)) if after[place] > before[place])
    left_out = comma.join(names[place] for place in range(len(REGIONS)) if after[place] < before[place])
    count = int(after.sum())
    if joined and left_out:
        return phrase("exchanged", language, count=count, names=joined, others=left_out)
    if joined or left_out:
        return phrase("joined" if joined else "left_out", language, count=count, names=joined or left_out)
    return phrase("regions", language, count=count)


def _date(quarter: Quarter, language: str, *, chosen: bool) -> str:
    """Return a date: as the quarter in which a value begins, or as one of a few picked from a line that moves on."""
    key = "from_" if not chosen else ""
    key += "year" if quarter.number == 1 else "quarter"
    return phrase(key, language, year=quarter.year, number=quarter.number)


def _other_changes(scenario: Scenario, base: Scenario, catalogue: Catalogue, language: str) -> Iterator[ClauseChange]:
    """Yield what differs outside the plan's clauses."""
    before, after = _facts(base, catalogue, language), _facts(scenario, catalogue, language)
    absent = phrase("absent", language)
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            subject, _, name = key.partition(".")
            title = words(wording.SUBJECT, subject, language)
            if name:
                title = phrase("named", language, subject=title, name=words(wording.SHOCK, name, language))
            step = Step("", before.get(key, absent), after.get(key, absent))
            yield ClauseChange("", phrase("beside", language), key, title, "", (step,))


def _facts(scenario: Scenario, catalogue: Catalogue, language: str) -> dict[str, str]:
    """Return all that a scenario says outside the plan's clauses: place in a file -> text."""
    comma = phrase("list", language)
    first, last = (phrase("quarter", language, year=at.year, number=at.number) for at in (scenario.start, scenario.end))
    facts = {
        "policy": words(wording.POLICY, scenario.policy, language),
        "horizon": phrase("span", language, first=first, last=last),
        "measurement": words(wording.MEASUREMENT, scenario.measurement, language),
        "targets": comma.join(_target(target, language) for target in scenario.targets),
        "evaluation": comma.join(getattr(catalogue.lever(lever).name, language) for lever in scenario.evaluation),
        "uncertainty": words(wording.UNCERTAINTY, scenario.uncertainty, language),
        "runs": phrase("runs", language, replications=scenario.replications, seed=scenario.seed),
    }
    for kind in SHOCKS:
        facts[f"shocks.{kind}"] = comma.join(_shock(shock, language) for shock in scenario.shocks if shock.kind == kind)
    for name, value in sorted(scenario.parameters.items()):
        facts[f"parameters.{name}"] = f"{value:.12g}"
    return {key: text for key, text in facts.items() if text}


def _target(target: Target, language: str) -> str:
    """Return a target; Chinese counts money in units of 0.1 bn."""
    name = words(wording.INDICATOR, target.indicator, language)
    above, above_yi = f"{target.above:,.10g}", f"{10 * target.above:,.10g}"
    return phrase("target", language, name=name, year=target.year, above=above, above_yi=above_yi)


def _shock(shock: Shock, language: str) -> str:
    first, last = (
        phrase("quarter", language, year=at.year, number=at.number)
        for at in map(Quarter.at, (shock.start, shock.stop - 1))
    )
    return phrase("shock", language, severity=f"{shock.severity:.12g}", first=first, last=last)
