"""The scenarios that come with the package, what importing costs, and the schema for editors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.plan import load_catalogue
from sim.plan.names import CORE_SECTORS, DEFINITIONS, REGIONS
from sim.scenario import Scenario, check, json_schema, load, root, shipped, sources, warnings


def test_shipped_names_hold_the_three_policies_and_the_example() -> None:
    assert {"plan", "no_plan", "implemented", "talent_first"} <= set(shipped())
    assert list(shipped()) == sorted(shipped())


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenario_is_clean_and_titled_in_both_languages(name: str) -> None:
    assert check(name) == []
    scenario = load(name)
    assert all((scenario.title.en, scenario.title.zh, scenario.question.en, scenario.question.zh))
    assert scenario.title.en != scenario.title.zh
    assert (scenario.name, scenario.layers[-1]) == (name, f"{name}.yaml")


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenario_states_nothing_without_effect(name: str, plan: Scenario) -> None:
    assert warnings(load(name), plan) == []


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenario_differs_from_every_other(name: str) -> None:
    assert load(name).digest not in {load(other).digest for other in shipped() if other != name}


@pytest.mark.parametrize("name", shipped())
def test_shipped_file_has_a_header_of_three_to_six_lines(name: str) -> None:
    rows = (root() / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    header = next(place for place, row in enumerate(rows) if not row.startswith("#"))
    assert 3 <= header <= 6


def test_shipped_policies_agree_before_the_plan_appeared() -> None:
    before = 6  # quarters before 2017Q3
    plan, others = load("plan"), [load("no_plan"), load("implemented")]
    for name in [*plan.levers, "core_sector_focus", "pilot_zones"]:
        for other in others:
            assert np.array_equal(plan.path(name)[:before], other.path(name)[:before]), name


def test_shipped_restated_levers_are_equal_in_all_policies() -> None:
    restated = [lever.id for lever in load_catalogue().levers if lever.origin == "restated"]
    assert "rd_super_deduction" in restated
    for name in restated:
        paths = [load(scenario).path(name) for scenario in ("plan", "no_plan", "implemented")]
        assert np.array_equal(paths[0], paths[1])
        assert np.array_equal(paths[0], paths[2])


def test_talent_first_spends_what_it_saves() -> None:
    plan, talent = load("plan"), load("talent_first")
    unit_cost = load_catalogue().lever("degree_places").cost.amount
    assert unit_cost is not None
    saved = (plan.levers["core_sector_grants"] - talent.levers["core_sector_grants"])[12:]
    spent = (talent.levers["degree_places"] - plan.levers["degree_places"])[12:] * unit_cost
    assert spent == pytest.approx(saved, rel=0.05)


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("research_first", ("basic_research_funding", "common_technology_funding"), 1),
        ("procurement_led", ("public_service_procurement", "governance_procurement"), 48),
    ],
)
def test_scenario_that_moves_money_spends_what_it_saves(
    plan: Scenario, name: str, given: tuple[str, ...], taken: int
) -> None:
    moved = load(name)
    fewer = sum(plan.levers[each] - moved.levers[each] for each in ("core_sector_grants", "guidance_fund_commitments"))
    more = sum(moved.levers[each] - plan.levers[each] for each in given)
    assert fewer[12:].min() > 0.0
    saved, spent = (np.asarray(path[12:]).reshape(-1, taken).sum(axis=1) for path in (fewer, more))
    assert spent == pytest.approx(saved, rel=0.05)


def test_root_in_a_wheel_is_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "sim" / "scenario" / "sources.py"
    (tmp_path / "sim" / "_scenarios").mkdir(parents=True)
    monkeypatch.setattr(sources, "__file__", str(module))
    assert root() == tmp_path / "sim" / "_scenarios"


def test_import_and_load_need_no_heavy_package() -> None:
    code = (
        "import sys, sim.scenario; sim.scenario.load('plan');"
        "print([name for name in ('pandas', 'xarray', 'numba', 'mesa', 'matplotlib', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root().parent)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def schema(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the English schema."""
    return json_schema(parameters=parameters)


def references(tree: Any) -> set[str]:
    """Return every `$ref` of a schema."""
    if isinstance(tree, list):
        return set().union(*map(references, tree)) if tree else set()
    if not isinstance(tree, dict):
        return set()
    return {tree["$ref"]} if isinstance(tree.get("$ref"), str) else set().union(*map(references, tree.values()), set())


def test_schema_refers_only_to_what_it_defines(schema: dict[str, Any]) -> None:
    assert references(schema) == {f"#/$defs/{name}" for name in schema["$defs"]}


def test_schema_names_every_lever_with_its_range(schema: dict[str, Any]) -> None:
    properties = schema["$defs"]["Levers"]["properties"]
    assert set(properties) == {lever.id for lever in load_catalogue().levers}
    number = next(form for form in properties["degree_places"]["oneOf"] if form.get("type") == "number")
    assert (number["minimum"], number["maximum"]) == load_catalogue().lever("degree_places").range
    assert "thousand" in properties["degree_places"]["description"]
    assert schema["$defs"]["Levers"]["additionalProperties"] is False


def test_schema_names_parameters_with_their_range(schema: dict[str, Any]) -> None:
    entry = schema["properties"]["parameters"]["properties"]["peer_influence"]
    assert (entry["minimum"], entry["maximum"], entry["default"]) == (0.1, 0.6, 0.3)


def test_schema_of_a_path_wants_at_least_one_date(schema: dict[str, Any]) -> None:
    path = schema["$defs"]["Path"]
    assert (path["minProperties"], list(path["patternProperties"])) == (1, ["^[0-9]{4}(Q[1-4])?$"])
    assert path["properties"]["interpolate"]["enum"] == ["step", "linear"]


def test_schema_lists_words_that_may_stand(schema: dict[str, Any]) -> None:
    text = json.dumps(schema)
    assert schema["properties"]["measurement"]["enum"] == list(DEFINITIONS)
    assert all(json.dumps(name) in text for name in (*REGIONS, *CORE_SECTORS, "export_controls", "as_implemented"))


def test_schema_requires_the_version_only(schema: dict[str, Any]) -> None:
    assert schema["required"] == ["schema"]
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize(("language", "expected"), [("en", "what the scenario asks"), ("zh", "该情景要回答的问题")])
def test_schema_describes_in_one_language(language: str, expected: str, parameters: dict[str, Any]) -> None:
    schema = json_schema(language, parameters=parameters)
    assert schema["properties"]["question"]["description"] == expected
    assert "default" not in schema["properties"]["question"]
    assert all("zh" not in entry for entry in schema["properties"].values())
    assert set(schema["$defs"]["Text"]["properties"]) == {"en", "zh"}


def descriptions(tree: Any) -> list[str]:
    """Return every description of a schema."""
    if isinstance(tree, list):
        return [text for entry in tree for text in descriptions(entry)]
    if not isinstance(tree, dict):
        return []
    own = [tree["description"]] if isinstance(tree.get("description"), str) else []
    return own + [text for key, entry in tree.items() if key != "parameters" for text in descriptions(entry)]


def test_schema_in_chinese_is_chinese_throughout(parameters: dict[str, Any]) -> None:
    texts = descriptions(json_schema("zh", parameters=parameters))
    assert len(texts) > 50
    assert [text for text in texts if not any("\u4e00" <= character <= "\u9fff" for character in text)] == []


def test_schema_in_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language 'fr'"):
        json_schema("fr")
