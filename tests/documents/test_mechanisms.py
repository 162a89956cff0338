"""What each mechanism contributes: declarations that exist and bite, effects by hand, a page that is not stale."""

from __future__ import annotations

import copy
import math
import re
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.ensemble import simulate
from sim.errors import SeedError
from sim.outcomes import RECORDED
from sim.parameters import PARAMETERS
from sim.parameters.mechanisms import Mechanism, parse_mechanisms, read_mechanisms
from sim.scenario import Scenario, load
from sim.seeds import read_document

DOCS = Path(__file__).parents[2] / "docs"
with pytest.MonkeyPatch.context() as patch:
    patch.setattr(sys, "argv", ["mechanisms.py"])
    MADE = runpy.run_path(str(DOCS / "mechanisms.py"))
PAGE = (DOCS / "mechanisms.md").read_text(encoding="utf-8")
MECHANISMS = {each.id: each for each in read_mechanisms()}
EFFECTS = MADE["read_effects"](DOCS / "mechanisms.csv")


@pytest.fixture(scope="module")
def two_years() -> tuple[Scenario, Any]:
    """Return the plan over eight quarters and two runs of it."""
    scenario = load({"extends": "plan", "horizon": {"end": "2017Q4"}})
    return scenario, simulate(scenario, 2, replicates=1).quarters


def test_mechanisms_name_parameters_that_exist_and_texts_in_both_languages() -> None:
    assert len(MECHANISMS) >= 10
    for each in MECHANISMS.values():
        assert set(each.off) <= set(PARAMETERS)
        assert all(set(texts) == {"en", "zh"} and all(texts.values()) for texts in (each.name, each.means))


@pytest.mark.parametrize("name", MECHANISMS)
def test_switching_a_mechanism_off_moves_an_outcome_within_two_years_and_stays_finite(
    two_years: tuple[Scenario, Any], name: str
) -> None:
    scenario, on = two_years
    off = simulate(MADE["without"](scenario, MECHANISMS[name]), 2, replicates=1).quarters
    moved = [
        outcome.name
        for outcome in RECORDED
        if not outcome.name.startswith("residual") and not np.array_equal(on[outcome.name], off[outcome.name])
    ]
    assert moved
    assert all(np.isfinite(off[outcome.name]).all() for outcome in RECORDED)


def test_switching_off_overwrites_the_named_parameters_in_every_run_and_no_other() -> None:
    scenario = load({"extends": "plan", "horizon": {"end": "2016Q1"}, "parameters": {"half_benefit": 7.0}})
    mechanism = Mechanism("x", {}, {"adoption_peer_influence": 0.0}, {})
    on, off = (simulate(each, 3, replicates=1).parameters for each in (scenario, MADE["without"](scenario, mechanism)))
    assert off["adoption_peer_influence"].tolist() == [0.0] * 3
    assert all(np.array_equal(on[name], off[name]) for name in PARAMETERS if name != "adoption_peer_influence")
    assert off["half_benefit"].tolist() == [7.0] * 3


def test_effect_is_paired_and_takes_the_gain_apart() -> None:
    values = [np.array(row) for row in ([10.0, 14.0], [4.0, 5.0], [7.0, 8.0], [3.0, 1.0])]
    effect = MADE["effect"]("a", ("core_scale", "caict"), 2030, *values)
    assert (effect.plan, effect.contribution, effect.gain, effect.gain_off) == (12.0, 4.5, 7.5, 5.5)
    assert effect.gain_contribution == 2.0
    assert effect.error == pytest.approx(1.5)  # of 3 and 6
    assert effect.gain_error == pytest.approx(1.5)  # of 6 and 9
    assert effect.gain_contribution_error == pytest.approx(0.0)  # of 2 and 2
    assert math.isnan(MADE["error"](np.array([1.0])))


def test_study_of_two_runs_has_every_outcome_of_every_mechanism() -> None:
    spec = {"horizon": {"end": "2016Q4"}}
    plan, twin = (load({"extends": name, **spec}) for name in ("plan", "no_plan"))
    found = MADE["study"](2, plan, twin, [MECHANISMS["deepening"], MECHANISMS["trust"]])
    assert {(each.mechanism, each.outcome, each.definition) for each in found} == {
        (name, *key) for name in ("deepening", "trust") for key in MADE["last_year"](plan, 1)
    }
    assert {(each.year, each.runs) for each in found} == {(2016, 2)}
    assert all(each.gain == 0.0 for each in found)  # the plan appears in 2017
    assert next(each for each in found if each.mechanism == "deepening").contribution > 0.0


def test_page_was_made_of_the_scenarios_and_declarations_of_today() -> None:
    assert f"Fingerprint {MADE['fingerprint']()}," in PAGE, "run `make mechanisms`"


def test_table_covers_every_mechanism_and_outcome_with_the_same_runs() -> None:
    assert len(EFFECTS) == 6 * len(MECHANISMS), "run `make mechanisms`"
    assert {each.mechanism for each in EFFECTS} == set(MECHANISMS)
    assert {(each.year, each.runs) for each in EFFECTS} == {(2030, EFFECTS[0].runs)}
    assert EFFECTS[0].runs >= 50


def test_page_is_made_of_the_table() -> None:
    def bare(text: str) -> str:
        return re.sub(r"Fingerprint \w+, model \w+", "", text)

    assert bare(MADE["page"](EFFECTS, MECHANISMS)) == bare(PAGE), "run `make mechanisms`"


def test_page_ranks_mechanisms_by_the_size_of_their_contribution_to_the_headline() -> None:
    section = PAGE.split("## To what the plan adds")[0].split("*plan, all on*")[1]
    shown = re.findall(r"^\| (\d*) \| [^|]+ \| ([-+\d,]+)", section, flags=re.MULTILINE)
    sizes = [abs(float(value.replace(",", ""))) for _, value in shown]
    assert len(shown) == len(MECHANISMS)
    assert sizes == sorted(sizes, reverse=True)
    assert [rank for rank, _ in shown if rank] == [str(place) for place in range(1, 11)]


def test_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    MADE["write_table"](EFFECTS, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (DOCS / "mechanisms.csv").read_bytes()


MISTAKES: dict[str, tuple[Callable[[list[dict[str, Any]]], Any], str]] = {
    "parameter": (lambda given: given[0]["off"].update(peer_influence=0), "no parameter peer_influence"),
    "number": (lambda given: given[0]["off"].update(adoption_peer_influence="none"), "'none' is no number"),
    "nothing": (lambda given: given[0].update(off={}), "switches nothing off"),
    "language": (lambda given: given[0]["means"].pop("zh"), "means is told in en and zh"),
    "key": (lambda given: given[0].update(offf={}), "has the keys"),
    "twice": (lambda given: given[0].update(id=given[1]["id"]), "stands twice"),
    "constant": (
        lambda given: given[0]["off"].update(share_speed=PARAMETERS["share_speed"].default),
        "is what it is anyway",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mechanism_with_a_mistake_is_refused_and_named(mistake: str) -> None:
    spoil, told = MISTAKES[mistake]
    content = copy.deepcopy(read_document("mechanisms/mechanisms"))
    spoil(content["mechanisms"])
    with pytest.raises(SeedError, match=told):
        parse_mechanisms(content)
