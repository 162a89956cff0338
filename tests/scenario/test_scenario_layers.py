"""Layers: `extends` to the root, mappings, options on top."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.scenario import Quarter, Scenario, check, load


def write(folder: Path, name: str, *lines: str) -> Path:
    """Write one scenario file."""
    path = folder / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(("schema: 1", *lines)) + "\n", encoding="utf-8")
    return path


def test_three_layers_topmost_word_counts(tmp_path: Path, plan: Scenario) -> None:
    write(tmp_path, "low", "extends: plan", "measurement: narrow", "levers: {degree_places: 50, incubators: 6}",
          "runs: {replications: 9, seed: 3}", "shocks: [{kind: demand_slump, from: 2020, severity: 0.5}]")  # fmt: skip
    write(tmp_path, "middle", "extends: low.yaml", "measurement: caict",
          "levers: {degree_places: {scale: 2, from: 2020}, overseas_recruitment: 700}", "runs: {seed: 4}")  # fmt: skip
    top = load(
        write(tmp_path, "top", "extends: middle.yaml", "levers: {degree_places: {add: 1, from: 2021}}", "shocks: []")
    )
    places = top.levers["degree_places"]
    assert [places[0], places[15], places[16], places[19], places[20], places[59]] == [50, 50, 100, 100, 101, 101]
    assert (top.levers["incubators"] == 6).all()
    assert (top.levers["overseas_recruitment"] == 700).all()
    assert np.array_equal(top.levers["compute_investment"], plan.levers["compute_investment"])
    assert (top.measurement, top.replications, top.seed, top.shocks) == ("caict", 9, 4, ())
    assert top.layers == ("plan.yaml", "low.yaml", "middle.yaml", "top.yaml")
    assert top.stated == ("degree_places", "incubators", "overseas_recruitment")


def test_layer_of_another_folder_is_found_relative_to_its_file(tmp_path: Path) -> None:
    write(tmp_path / "bases", "low", "extends: plan", "levers: {incubators: 6}")
    top = write(tmp_path, "top", "extends: bases/low.yaml")
    assert (load(top).levers["incubators"] == 6).all()


def test_base_title_and_question_are_not_inherited(tmp_path: Path) -> None:
    scenario = load(write(tmp_path, "own_name", "extends: plan"))
    assert (scenario.name, scenario.title.en, scenario.title.zh, scenario.question.en) == ("own_name",) * 3 + ("",)


def test_circle_of_two_is_refused_with_the_way_round(tmp_path: Path) -> None:
    write(tmp_path, "one", "extends: two.yaml")
    problems = check(write(tmp_path, "two", "extends: one.yaml"))
    assert len(problems) == 1
    assert (Path(problems[0].file).name, problems[0].line) == ("one.yaml", 2)
    assert "two.yaml -> " in str(problems[0])


def test_circle_below_the_scenario_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "one", "extends: two.yaml")
    write(tmp_path, "two", "extends: one.yaml")
    assert "circle" in str(check(write(tmp_path, "top", "extends: one.yaml"))[0])


def test_endless_chain_is_refused(tmp_path: Path) -> None:
    for place in range(40):
        write(tmp_path, f"layer_{place}", f"extends: layer_{place + 1}.yaml")
    assert "more than 20 layers" in str(check(tmp_path / "layer_0.yaml")[0])


def test_chain_of_twenty_layers_loads(tmp_path: Path) -> None:
    for place in range(19):
        below = f"layer_{place + 1}.yaml" if place < 18 else "plan"
        write(tmp_path, f"layer_{place}", f"extends: {below}")
    assert len(load(tmp_path / "layer_0.yaml").layers) == 20


def test_missing_base_still_reports_the_files_own_mistakes(tmp_path: Path) -> None:
    problems = check(write(tmp_path, "top", "extends: nowhere.yaml", "levers: {degree_places: 999}"))
    assert [problem.key for problem in problems] == ["extends", "levers.degree_places"]


def test_mistakes_of_all_layers_name_their_own_file(tmp_path: Path) -> None:
    write(tmp_path, "low", "extends: plan", "measurement: broad")
    problems = check(write(tmp_path, "top", "extends: low.yaml", "levers: {degree_places: 999}"))
    assert {(Path(problem.file).name, problem.key) for problem in problems} == {
        ("low.yaml", "measurement"),
        ("top.yaml", "levers.degree_places"),
    }


def test_base_horizon_holds_for_its_own_dates_only(tmp_path: Path) -> None:
    write(tmp_path, "long", "extends: plan", "horizon: {end: 2040Q4}", "levers: {degree_places: {2035: 150}}")
    short = load(write(tmp_path, "short", "extends: long.yaml", "horizon: {end: 2020Q4}"))
    assert (short.n_quarters, short.end) == (20, Quarter(2020, 4))
    assert "outside the horizon" in str(
        check(write(tmp_path, "late", "extends: short.yaml", "levers: {incubators: {2021: 3}}"))[0]
    )


def test_longer_horizon_holds_the_plans_last_values(plan: Scenario) -> None:
    long = load({"extends": "plan", "horizon": {"end": 2040}})
    assert long.quarters[-1] == "2040Q4"
    assert np.array_equal(long.levers["degree_places"][:60], plan.levers["degree_places"])
    assert set(long.levers["degree_places"][60:]) == {plan.levers["degree_places"][59]}


def test_file_without_base_and_policy_extends_the_plan(tmp_path: Path, plan: Scenario) -> None:
    scenario = load(write(tmp_path, "bare", "title: Bare"))
    assert scenario.digest == plan.digest
    assert scenario.layers == ("plan.yaml", "bare.yaml")


def test_policy_makes_a_root(tmp_path: Path) -> None:
    scenario = load(write(tmp_path, "rooted", "policy: without_plan"))
    assert scenario.digest == load("no_plan").digest
    assert scenario.layers == ("rooted.yaml",)


def test_shipped_name_beats_a_path_and_a_path_object_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan").write_text("schema: 1\nlevers: {incubators: 1}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load("plan").levers["incubators"][-1] != 1
    assert (load(Path("plan")).levers["incubators"] == 1).all()


def test_mapping_loads_like_the_file_of_same_content(tmp_path: Path) -> None:
    path = write(tmp_path, "file", "levers: {degree_places: {2018: 40, 2021Q3: 90}}", "runs: {replications: 5}")
    given = {"levers": {"degree_places": {2018: 40, "2021Q3": np.float64(90)}}, "runs": {"replications": np.int64(5)}}
    assert load(given).digest == load(path).digest


def test_mapping_keys_may_be_quarters() -> None:
    given = {"levers": {"degree_places": {Quarter(2018, 3): 40}}}
    assert load(given).digest == load({"levers": {"degree_places": {"2018Q3": 40}}}).digest


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"levers": {"degree_places": {1, 2}}}, "is a set"),
        ({"levers": {"degree_places": 10**400}}, "too large"),
        ({"levers": {2.5: 3}}, "key of type float"),
        ({"levers": {"degree_places": {2018: 1, "2018": 2}}}, "twice"),
        ({"title": "half \ud800"}, "U\\+D800"),
    ],
)
def test_mapping_of_what_no_file_holds_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        load(given)


@pytest.mark.parametrize("spec", [None, 3, ["plan"], b"plan"])
def test_scenario_of_another_type_is_refused(spec: object) -> None:
    with pytest.raises(ScenarioError, match="is no scenario; give a shipped name, a path or a mapping"):
        load(spec)  # type: ignore[arg-type]


def test_factor_that_is_no_number_is_not_told_the_levers_range() -> None:
    (problem,) = check({"levers": {"degree_places": {"scale": "twice"}, "incubators": 3}})
    assert (problem.key, problem.value, problem.allowed) == ("levers.degree_places.scale", "twice", "")


def test_mapping_that_holds_itself_is_refused() -> None:
    given: dict[str, object] = {}
    given["levers"] = given
    with pytest.raises(ScenarioError, match="deeper than 12"):
        load(given)


@pytest.mark.parametrize(
    "overrides",
    [
        ["degree_places=120"],
        ["levers.degree_places=120"],
        {"degree_places": 120},
        {"levers.degree_places": np.float64(120.0)},
        "degree_places=120",
        ["degree_places=50", "degree_places=120"],
        ['degree_places={"2016": 120}'],
        ["degree_places={2016: 60}", "degree_places={scale: 2}"],
    ],
)
def test_option_sets_a_lever(overrides: list[str] | dict[str, object]) -> None:
    scenario = load("plan", overrides=overrides)
    assert scenario.digest == load({"levers": {"degree_places": 120}}).digest
    assert scenario.name == "plan"


def test_option_sets_other_keys(parameters: dict[str, Any]) -> None:
    scenario = load(
        "plan",
        overrides=["measurement=narrow", "horizon.end=2040Q4", "peer_influence=0.2", "uncertainty=none",
                   "shocks=[{kind: demand_slump, from: 2020, severity: 1}]", "levers.degree_places.2025=250"],
        parameters=parameters,
    )  # fmt: skip
    assert (scenario.measurement, scenario.n_quarters, dict(scenario.parameters)) == (
        "narrow",
        100,
        {"peer_influence": 0.2},
    )
    assert (scenario.uncertainty, scenario.shocks[0].kind) == ("none", "demand_slump")
    assert scenario.levers["degree_places"][36] == 250


@pytest.mark.parametrize(
    ("override", "parts"),
    [
        ("degree_places=999", ("--set degree_places: ", "= 999 is out of range", "0 to 300")),
        ("degree_place=9", ("--set degree_place: ", "neither a lever", "Did you mean degree_places?")),
        ("degree_places", ("--set degree_places: ", "not of the form name=value")),
        ("degree_places=", ("--set degree_places: ", "is empty")),
        ("degree_places={", ("--set degree_places: ", "not valid YAML")),
        ("degree_places=true", ("--set degree_places: ", "is not a number")),
        ("extends=plan", ("--set extends: ", "can be set")),
        ("policy=as_written", ("--set policy: ", "can be set")),
        ("=3", ("--set : ", "can be set")),
        ("degree_places={scale: 100}", ("--set degree_places: ", "leaves the range")),
    ],
)
def test_option_with_mistake_is_named(override: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(ScenarioError) as caught:
        load("plan", overrides=[override])
    assert len(caught.value.problems) == 1
    assert [part for part in parts if part not in str(caught.value)] == []


def test_replications_and_seed_given_beat_the_file() -> None:
    scenario = load("plan", replications=3, seed=5)
    assert (scenario.replications, scenario.seed) == (3, 5)


def test_replications_out_of_range_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"runs.replications = 0 is out of range; allowed: 1 to 1000000"):
        load("plan", replications=0)
