"""Switches every mechanism off, one by one, and writes what each contributes: `make mechanisms`, some minutes.

Writes docs/mechanisms.md and docs/mechanisms.csv. Runs are paired: the same random numbers and draws of parameters,
of which only those that stand for the mechanism are overwritten (seeds/mechanisms/mechanisms.yaml).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim._jit import source_hash
from sim.ensemble import simulate
from sim.measurement import measure
from sim.outcomes import COORDINATES
from sim.parameters.mechanisms import FILE, Mechanism, read_mechanisms
from sim.scenario import Scenario, load
from sim.seeds import read_sidecar

Floats = npt.NDArray[np.float64]
Outcomes = dict[tuple[str, str], Floats]

PAGE, TABLE = Path(__file__).with_name("mechanisms.md"), Path(__file__).with_name("mechanisms.csv")
RUNS, SEED = 50, 2017
PLAN, TWIN = "plan", "no_plan"
HEADLINE = ("core_scale", "caict")
MOST_IMPORTANT = 10


@dataclass(frozen=True)
class Effect:
    """What a mechanism contributes to one outcome of the last year, bn CNY: the economy with it less that without.

    `plan` is the value under the plan with everything on, `contribution` what of it is due to the mechanism; `gain` is
    plan less no_plan, `gain_off` the same without the mechanism. Errors are standard errors over paired runs.
    """

    mechanism: str
    outcome: str
    definition: str
    year: int
    runs: int
    plan: float
    contribution: float
    error: float
    gain: float
    gain_error: float
    gain_off: float
    gain_contribution: float
    gain_contribution_error: float


def without(scenario: Scenario, mechanism: Mechanism) -> Scenario:
    """Return a scenario with a mechanism off; the values need not lie in the range from which parameters are drawn."""
    return replace(scenario, parameters={**scenario.parameters, **mechanism.off})


def last_year(scenario: Scenario, runs: int) -> Outcomes:
    """Return core and related scale of the last year by definition or construction, float64[runs] each, bn CNY."""
    series = measure(simulate(scenario, runs, SEED), scenario)
    dims = {"core_scale": "definition", "related_scale": "construction"}
    return {
        (outcome, name): np.asarray(series[outcome].isel(year=-1).sel({dim: name}).values)
        for outcome, dim in dims.items()
        for name in COORDINATES[dim]
    }


def study(runs: int, plan: Scenario, twin: Scenario, mechanisms: Iterable[Mechanism]) -> list[Effect]:
    """Return what every mechanism contributes to every outcome of the last year."""
    on = last_year(plan, runs), last_year(twin, runs)
    found = []
    for mechanism in mechanisms:
        off = [last_year(without(scenario, mechanism), runs) for scenario in (plan, twin)]
        found += [effect(mechanism.id, key, plan.end.year, *(each[key] for each in (*on, *off))) for key in on[0]]
    return found


def effect(
    name: str, key: tuple[str, str], year: int, plan: Floats, twin: Floats, plan_off: Floats, twin_off: Floats
) -> Effect:
    """Return the effect on one outcome from paired runs, float64[runs]."""
    gain, gain_off = plan - twin, plan_off - twin_off
    return Effect(
        name, *key, year, len(plan),
        plan=float(plan.mean()),
        contribution=float((plan - plan_off).mean()), error=error(plan - plan_off),
        gain=float(gain.mean()), gain_error=error(gain), gain_off=float(gain_off.mean()),
        gain_contribution=float((gain - gain_off).mean()), gain_contribution_error=error(gain - gain_off),
    )  # fmt: skip


def error(values: Floats) -> float:
    """Return the standard error of the mean; nan for a single run."""
    return float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.nan


def fingerprint() -> str:
    """Return ten digits over what the page depends on beside the code: both scenarios as shipped, the declarations."""
    parts = [load(PLAN).digest, load(TWIN).digest, read_sidecar(FILE).sha256]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:10]


COLUMNS = (
    HEADLINE,
    ("core_scale", "narrow"),
    ("related_scale", "enabled_output"),
    ("related_scale", "value_added_gain"),
    ("related_scale", "ai_weighted_output"),
)
GAINED = (HEADLINE, ("related_scale", "enabled_output"))

INTRODUCTION = """\
# What each mechanism contributes

Written by `make mechanisms`, not for hands. Fingerprint {fingerprint}, model {model}.

Every mechanism is switched off alone, under `{plan}` and under `{twin}`, from 2016Q1 on: {runs} runs each, seed {seed},
the same random numbers and draws of parameters with and without it. Figures are bn CNY of {year}, current prices: mean
of the economy with the mechanism less the one without, ± standard error over paired runs. Below zero it holds the scale
back.

A contribution is what would be missing in this model if nothing else were changed. Mechanisms work through each other,
so contributions do not add up. The other parameters keep the values that fit the record of 2016-2020 with the mechanism
in place: the economy without it is a thought experiment, no rival model. An error of a third of a contribution or more
says that a few runs carry it. `mechanisms.csv` holds every outcome.
"""

GAINS = """\
`{plan}` less `{twin}` without the mechanism, and what the mechanism contributes to that gain: the gain with everything
on less the gain without it.
"""


def page(effects: list[Effect], mechanisms: Mapping[str, Mechanism]) -> str:
    """Return the page in Markdown, mechanisms by the size of what they contribute to the headline core scale."""
    by = {(each.mechanism, (each.outcome, each.definition)): each for each in effects}
    ranked = sorted(mechanisms, key=lambda name: -abs(by[name, HEADLINE].contribution))
    first = effects[0]
    facts = {"fingerprint": fingerprint(), "model": source_hash(), "plan": PLAN, "twin": TWIN}
    facts |= {"runs": str(first.runs), "seed": str(SEED), "year": str(first.year)}
    names = {name: title(mechanisms[name]) for name in ranked}
    return "\n".join(
        [
            INTRODUCTION.format(**facts),
            f"## To the scale of {first.year} under the plan\n",
            "The three related scales are an envelope, from the middle over the low to the weakest construction.\n",
            to_the_scale(by, names),
            f"## To what the plan adds by {first.year}\n",
            GAINS.format(**facts),
            to_the_gain(by, names),
            "## How each is switched off\n",
            switches([mechanisms[name] for name in ranked]),
        ]
    )


def to_the_scale(by: Mapping[tuple[str, tuple[str, str]], Effect], names: Mapping[str, str]) -> str:
    """Return the table of contributions to the scales under the plan."""
    heads = ("", "mechanism", "core, caict", "core, narrow", "enabled output", "value-added gain", "AI-weighted output")
    top = next(iter(names))
    cells = [("", "*plan, all on*", *(f"{by[top, key].plan:,.0f}" for key in COLUMNS))]
    for place, name in numbered(list(names)):
        found = [by[name, key] for key in COLUMNS]
        cells.append((place, names[name], *(signed(each.contribution, each.error) for each in found)))
    return table(heads, cells)


def to_the_gain(by: Mapping[tuple[str, tuple[str, str]], Effect], names: Mapping[str, str]) -> str:
    """Return the table of contributions to what the plan adds."""
    heads = ("", "mechanism", "core, caict: without it", "contribution", "enabled output: without it", "contribution")
    top = next(iter(names))
    base = [by[top, key] for key in GAINED]
    cells = [("", "*all on*", *(cell for each in base for cell in (signed(each.gain, each.gain_error), "-")))]
    for place, name in numbered(list(names)):
        found = [by[name, key] for key in GAINED]
        told = [
            (f"{each.gain_off:+,.0f}", signed(each.gain_contribution, each.gain_contribution_error)) for each in found
        ]
        cells.append((place, names[name], *(cell for pair in told for cell in pair)))
    return table(heads, cells)


def switches(mechanisms: Iterable[Mechanism]) -> str:
    """Return the table of parameter values that stand for the absence of each mechanism."""
    cells = []
    for each in mechanisms:
        values = ", ".join(f"`{name}` = {value:g}" for name, value in each.off.items())
        cells.append((title(each), values, each.means["en"]))
    return table(("mechanism", "parameters", "the economy then"), cells)


def numbered(ranked: list[str]) -> list[tuple[str, str]]:
    """Return the mechanisms with their rank; beyond the most important ones without."""
    return [(str(place) if place <= MOST_IMPORTANT else "", name) for place, name in enumerate(ranked, start=1)]


def title(mechanism: Mechanism) -> str:
    """Return a mechanism's name in both languages."""
    return f"{mechanism.name['en']} {mechanism.name['zh']}"


def signed(value: float, spread: float) -> str:
    """Return a difference with its standard error.

    >>> signed(-1234.4, 5.2), signed(0.0, 0.0)
    ('-1,234 ± 5', '0')
    """
    if value == 0.0 and not spread > 0.0:
        return "0"
    return f"{value:+,.0f}" if math.isnan(spread) else f"{value:+,.0f} ± {spread:,.0f}"


def table(heads: tuple[str, ...], cells: Iterable[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    return "".join(f"| {' | '.join(line)} |\n" for line in (heads, ("---",) * len(heads), *cells))


def write_table(effects: list[Effect], path: Path) -> None:
    """Write every effect with numbers that read back as the same bits."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([field.name for field in fields(Effect)])
        out.writerows(asdict(each).values() for each in effects)


def read_effects(path: Path) -> list[Effect]:
    """Return the effects in a table as written."""
    kinds = {field.name: {"str": str, "int": int, "float": float}[str(field.type)] for field in fields(Effect)}
    with path.open(encoding="utf-8", newline="") as file:
        return [Effect(**{name: kinds[name](cell) for name, cell in row.items()}) for row in csv.DictReader(file)]


def main() -> None:
    """Run them all and write page and table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("-n", "--runs", type=int, default=RUNS, help=f"runs of each economy, {RUNS} if not given")
    runs = parser.parse_args().runs
    mechanisms = read_mechanisms()
    effects = study(runs, load(PLAN), load(TWIN), mechanisms)
    write_table(effects, TABLE)
    PAGE.write_text(page(effects, {each.id: each for each in mechanisms}), encoding="utf-8")


if __name__ == "__main__":
    main()
