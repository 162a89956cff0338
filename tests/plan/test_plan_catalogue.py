"""The catalogue agrees with itself, and every way its files can contradict each other is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

import sim.plan.catalogue as catalogue_module
from sim.errors import SeedError
from sim.plan import Catalogue, CostSpec, Lever, Text, load_catalogue
from sim.seeds import read_document, read_table

CATALOGUE = load_catalogue()
LEVERS = {lever.id: lever for lever in CATALOGUE.levers}


@pytest.fixture
def raw_catalogue() -> dict[str, Any]:
    """Return a fresh copy of the three documents of the plan as they stand in the files."""
    return {part: read_document(f"plan/{part}")[part] for part in ("clauses", "levers", "targets")}


def test_catalogue_holds_every_clause_lever_and_target() -> None:
    assert (len(CATALOGUE.clauses), len(CATALOGUE.levers), len(CATALOGUE.targets)) == (33, 63, 6)


def test_clauses_stand_in_the_order_of_the_document() -> None:
    numbers = [tuple(map(int, clause.id.split("."))) for clause in CATALOGUE.clauses]
    assert numbers == sorted(numbers)


def test_every_clause_lever_belongs_to_that_clause() -> None:
    for clause in CATALOGUE.clauses:
        for lever in CATALOGUE.levers_of(clause.id):
            assert lever.clause == clause.id
    assert sum(len(clause.levers) for clause in CATALOGUE.clauses) == 63


def test_targets_rise_over_the_three_steps() -> None:
    for indicator, expected in (("core_scale", [150, 400, 1000]), ("related_scale", [1000, 5000, 10000])):
        targets = [target for target in CATALOGUE.targets if target.indicator == indicator]
        assert [target.above for target in targets] == expected
        assert [target.year for target in targets] == [2020, 2025, 2030]


def test_targets_equal_the_published_figures() -> None:
    rows = read_table("history/history").where(series="plan_target")
    stated = {f"{target.indicator} {target.year}": target.above for target in CATALOGUE.targets}
    assert rows.rows == 5
    for definition, year, value in zip(rows["definition"], rows["year"], rows["value"], strict=True):
        indicator = "core_scale" if "core" in definition else "related_scale"
        assert stated[f"{indicator} {year}"] == value


def every_text() -> list[Text]:
    """Return all bilingual texts of the catalogue."""
    texts = [text for clause in CATALOGUE.clauses for text in (clause.name, clause.asks, *clause.aims)]
    return texts + [text for lever in CATALOGUE.levers for text in (lever.name, lever.unit, lever.channel)]


def test_texts_are_in_their_language() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for text in every_text():
        assert chinese.search(text.zh), text
        assert not chinese.search(text.en), text
        assert not re.search(r"[,;:!?]", text.zh), text


def test_names_of_levers_are_unique_in_both_languages() -> None:
    for language in ("en", "zh"):
        assert len({getattr(lever.name, language) for lever in CATALOGUE.levers}) == 63


def test_evidence_above_assumption_names_a_publication() -> None:
    sources = read_table("sources")
    judgement = set(sources["key"][sources["kind"] == "judgement"].tolist())
    for lever in CATALOGUE.levers:
        assert lever.sources
        assert lever.grade == "D" or set(lever.sources) - judgement, lever.id


def test_direct_costs_are_the_money_itself() -> None:
    for lever in CATALOGUE.levers:
        if lever.cost.kind == "direct":
            assert lever.cost.amount == 1
            assert "bn CNY" in lever.unit.en or lever.id == "adoption_subsidy_rate"


def test_uncertainty_is_not_offered_to_optimisers() -> None:
    assert [lever.id for lever in CATALOGUE.levers if not lever.optimise] == ["implementation_effectiveness"]


def test_lookup_by_constant_and_id_gives_the_same_lever() -> None:
    lever = CATALOGUE.lever("degree_places")
    assert lever is CATALOGUE.lever(Lever.degree_places)
    assert (lever.id, lever.index) == ("degree_places", Lever.degree_places)


def test_lookup_of_unknown_clause_lever_or_policy_is_refused() -> None:
    with pytest.raises(KeyError, match="degree_place"):
        CATALOGUE.lever("degree_place")
    with pytest.raises(KeyError, match=r"9\.9"):
        CATALOGUE.clause("9.9")
    with pytest.raises(KeyError, match="written"):
        LEVERS["degree_places"].paths["written"]


def test_catalogue_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        LEVERS["degree_places"].optimise = False


def lever_of(raw: dict[str, Any], name: str) -> dict[str, Any]:
    """Return one lever of the raw documents."""
    return next(lever for lever in raw["levers"] if lever["id"] == name)


def test_effects_of_a_lever_tell_table_field_rows_and_direction() -> None:
    shows = LEVERS["chip_priority"].shows
    assert [str(effect) for effect in shows] == ["fields.money[id=14] (+)", "fields.money (none)"]
    assert (shows[0].name, shows[0].label, shows[0].value) == ("fields.money", "id", 14)
    assert [str(effect) for effect in LEVERS["incubators"].shows] == [
        "firm_flows.closes (-, at times)",
        "nations.births (+, at times)",
    ]


def _swap_levers(raw: dict[str, Any]) -> None:
    raw["levers"][0], raw["levers"][1] = raw["levers"][1], raw["levers"][0]


CONTRADICTIONS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "value above its range": (
        lambda raw: lever_of(raw, "degree_places")["paths"]["as_written"]["points"].update({2019: 301}),
        r"degree_places.as_written.2019Q1: 301.0 is outside \[0.0, 300.0\] thousand places/year",
    ),
    "value below its range": (
        lambda raw: lever_of(raw, "degree_places")["paths"]["as_written"]["points"].update({2019: -1}),
        "degree_places.as_written.2019Q1: -1.0 is outside",
    ),
    "path without a start": (
        lambda raw: lever_of(raw, "degree_places")["paths"]["as_written"]["points"].pop(2016),
        "a path starts at 2016",
    ),
    "date of no form": (
        lambda raw: lever_of(raw, "degree_places")["paths"]["as_written"]["points"].update({"2019Q7": 1}),
        "neither a year",
    ),
    "lever without effect": (lambda raw: lever_of(raw, "degree_places").pop("shows"), r"shows\n  Field required"),
    "lever with an empty effect": (
        lambda raw: lever_of(raw, "degree_places").update(shows={}),
        r"shows\n  Value should have at least 1 item",
    ),
    "effect on no field": (
        lambda raw: lever_of(raw, "degree_places").update(shows={"enrolled": "+"}),
        "enrolled is not written table.field",
    ),
    "effect without direction": (
        lambda raw: lever_of(raw, "degree_places").update(shows={"regions.enrolled": "up"}),
        r"shows\.0\.sign\n  Input should be '\+', '-', 'none' or 'either'",
    ),
    "effect named twice": (
        lambda raw: lever_of(raw, "degree_places").update(later={"regions.enrolled": "+"}),
        "degree_places names a field twice",
    ),
    "need of no lever": (
        lambda raw: lever_of(raw, "degree_places").update(needs=["degree_place"]),
        "degree_places needs what is no other lever: degree_place",
    ),
    "need of itself": (
        lambda raw: lever_of(raw, "degree_places").update(needs=["degree_places"]),
        "degree_places needs what is no other lever: degree_places",
    ),
    "restated path that differs": (
        lambda raw: lever_of(raw, "degree_places").update(origin="restated"),
        "degree_places is restated: its three paths must be equal",
    ),
    "derived path without source": (
        lambda raw: lever_of(raw, "degree_places")["paths"]["as_implemented"].pop("source"),
        "a derived path names its source",
    ),
    "weights that do not add up": (
        lambda raw: lever_of(raw, "core_sector_focus")["paths"]["as_written"]["points"][2018].update(robots=0.3),
        "add up to 1",
    ),
    "unknown region": (
        lambda raw: lever_of(raw, "pilot_zones")["paths"]["as_written"]["points"].update({2024: ["CN-XX"]}),
        "needs a list of regions",
    ),
    "number for regions": (
        lambda raw: lever_of(raw, "pilot_zones")["paths"]["as_written"]["points"].update({2024: 3}),
        "needs a list of regions",
    ),
    "levers in another order": (_swap_levers, "not those of sim.plan.lever_ids"),
    "lever of another clause": (
        lambda raw: lever_of(raw, "degree_places").update(clause="3.1.1"),
        "clauses and levers disagree on degree_places",
    ),
    "target of no clause": (lambda raw: raw["targets"][0].update(clause="9.9"), "a target names none"),
    "clause twice": (lambda raw: raw["clauses"].append(raw["clauses"][1]), "a clause stands twice"),
    "clause without levers or reason": (lambda raw: raw["clauses"][0].pop("levers"), "needs levers or a reason"),
    "unknown word": (lambda raw: lever_of(raw, "degree_places").update(colour="red"), "colour"),
    "text in one language": (lambda raw: lever_of(raw, "degree_places")["name"].pop("zh"), r"name\.zh"),
    "not a number": (
        lambda raw: lever_of(raw, "degree_places")["paths"]["as_written"]["points"].update({2019: float("nan")}),
        "finite",
    ),
}


@pytest.mark.parametrize("case", CONTRADICTIONS, ids=str)
def test_catalogue_contradiction_is_refused(case: str, raw_catalogue: dict[str, Any]) -> None:
    spoil, message = CONTRADICTIONS[case]
    spoil(raw_catalogue)
    with pytest.raises(ValidationError, match=message):
        Catalogue.model_validate(raw_catalogue)


def test_raw_catalogue_untouched_is_accepted(raw_catalogue: dict[str, Any]) -> None:
    assert Catalogue.model_validate(raw_catalogue) == CATALOGUE


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kind": "tax", "amount": 1}, "a cost of kind tax has no amount"),
        ({"kind": "unit"}, "a cost of kind unit has an amount"),
        ({"kind": "unit", "amount": 1}, "needs low and high"),
        ({"kind": "unit", "amount": 3, "low": 1, "high": 2}, "low <= amount <= high"),
        ({"kind": "unit", "amount": 1, "low": -1, "high": 2}, "0 <= low"),
    ],
)
def test_cost_without_sense_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        CostSpec.model_validate({**given, "why": {"en": "because"}})


def test_loading_names_the_place_of_every_error(raw_catalogue: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    lever_of(raw_catalogue, "degree_places")["grade"] = "E"
    raw_catalogue["targets"][0]["year"] = "soon"
    monkeypatch.setattr(catalogue_module, "read_document", lambda name: {name[5:]: raw_catalogue[name[5:]]})
    with pytest.raises(SeedError, match=r"(?s)levers\.13\.grade: .*targets\.0\.year: "):
        load_catalogue.__wrapped__()
