"""One small file for every mistake: what is said, where, and that nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.errors import ScenarioError
from sim.scenario import check, load

FOLDER = Path(__file__).parent / "data" / "bad_scenarios"

DEGREE_RANGE = "0 to 300"
ALIAS = "anchors and aliases are not read"

# File -> key path, line (None: the file as a whole), parts of the message.
EXPECTED: dict[str, tuple[str, int | None, tuple[str, ...]]] = {
    # text that is not one readable mapping
    "empty": ("", None, ("is empty", "schema: 1")),
    "only_a_comment": ("", None, ("is empty",)),
    "list_at_the_top": ("", 1, ("is not a mapping",)),
    "text_at_the_top": ("", 1, ("is not a mapping",)),
    "tab_indentation": ("", 3, ("tab", "spaces")),
    "unclosed_bracket": ("", 3, ("not valid YAML", "begun in line 2")),
    "colon_in_a_value": ("", 2, ("not valid YAML",)),
    "question_mark_inline": ("", 3, ("not valid YAML", "Put quotes round")),
    "control_character": ("", 2, ("U+0007",)),
    "not_utf8": ("", 2, ("not UTF-8",)),
    "second_document": ("", 3, ("second document",)),
    "anchor": ("levers.degree_places", 3, ("anchor", ALIAS)),
    "alias": ("levers.degree_places", 3, ("alias", ALIAS)),
    "merge_key": ("levers.<<", 4, ("merges", "extends")),
    "tag": ("title", 3, ("tag",)),
    "nested_too_deep": ("levers.degree_places", 3, ("deeper than 12",)),
    "key_not_a_word": ("levers", 4, ("key that is not a word",)),
    "duplicate_key": ("measurement", 4, ("twice", "line 3")),
    "duplicate_lever": ("levers.degree_places", 6, ("twice", "line 4")),
    # keys and versions
    "unknown_key": ("tite", 3, ("not a key", "Did you mean title?")),
    "unknown_key_misspelt": ("mesurement", 3, ("not a key", "Did you mean measurement?")),
    "unknown_key_in_runs": ("runs.sed", 3, ("not a key", "Did you mean seed?")),
    "schema_missing": ("schema", 1, ("is missing", "schema: 1")),
    "schema_unsupported": ("schema", 1, ("schema = 2", "not a version", "allowed: 1")),
    "schema_a_word": ("schema", 1, ("'one'", "not a version")),
    # levers: one number
    "lever_unknown": ("levers.degree_place", 3, ("not a lever", "Did you mean degree_places?")),
    "lever_boolean": ("levers.degree_places", 3, ("True is not a number", DEGREE_RANGE)),
    "lever_text": ("levers.degree_places", 3, ("'many' is not a number", DEGREE_RANGE)),
    "lever_empty": ("levers.degree_places", 4, ("is empty",)),
    "lever_list": ("levers.degree_places", 3, ("is not a number", DEGREE_RANGE)),
    "lever_nan": ("levers.degree_places", 3, ("nan is not a finite number",)),
    "lever_infinite": ("levers.degree_places", 3, ("inf is not a finite number",)),
    "lever_out_of_range": ("levers.degree_places", 5, ("= 301 is out of range", DEGREE_RANGE, "thousand")),
    "levers_not_a_mapping": ("levers", 3, ("keys with values",)),
    # levers: dated paths
    "path_value_out_of_range": ("levers.degree_places.2021", 3, ("= -1 is out of range", DEGREE_RANGE)),
    "path_value_text": ("levers.degree_places.2018", 3, ("'forty' is not a number", DEGREE_RANGE)),
    "path_without_date": ("levers.degree_places", 3, ("gives no date",)),
    "path_bad_date": ("levers.degree_places.2018Q5", 3, ("is not a date", "2021Q3")),
    "path_date_before_horizon": ("levers.degree_places.2015", 3, ("outside the horizon", "2016Q1 to 2030Q4")),
    "path_date_after_horizon": ("levers.degree_places.2031", 3, ("outside the horizon", "2016Q1 to 2030Q4")),
    "path_date_twice": ("levers.degree_places", 3, ("2018Q1 twice", "as 2018 and as 2018Q1")),
    "path_interpolate_unknown": ("levers.degree_places.interpolate", 3, ("'cubic'", "step or linear")),
    # levers: relative changes
    "change_leaves_range": ("levers.degree_places", 3, ("leaves the range", "in 2019Q1", DEGREE_RANGE)),
    "change_of_two_kinds": ("levers.degree_places", 3, ("exactly one of scale and add",)),
    "change_without_kind": ("levers.degree_places", 3, ("exactly one of scale and add",)),
    "change_misspelt": ("levers.degree_places.sacle", 3, ("Did you mean scale?",)),
    "change_unknown_key": ("levers.degree_places.form", 3, ("not a key", "Did you mean from?")),
    "change_backwards": ("levers.degree_places", 3, ("ends (2019Q4) before it starts (2020Q1)",)),
    "change_date_outside": ("levers.degree_places.from", 3, ("outside the horizon", "2031Q1")),
    # levers: weights and regions
    "focus_unknown_sector": ("levers.core_sector_focus.robot", 3, ("not a core sector", "Did you mean robots?")),
    "focus_all_zero": ("levers.core_sector_focus", 3, ("no positive weight",)),
    "focus_weight_out_of_range": ("levers.core_sector_focus.2018.robots", 3, ("= 1.5 is out of range", "0 to 1")),
    "focus_one_number": ("levers.core_sector_focus", 3, ("keys with values", "Write weights")),
    "focus_relative": ("levers.core_sector_focus", 3, ("cannot be changed relative",)),
    "zones_unknown_region": ("levers.pilot_zones.2019.1", 3, ("'CN-HK' is not a region",)),
    "zones_count_fraction": ("levers.pilot_zones", 3, ("not a whole number",)),
    "zones_count_too_many": ("levers.pilot_zones.2019", 3, ("= 32 is out of range", "0 to 31")),
    "zones_taken_back": ("levers.pilot_zones.2021", 3, ("= 5 would take back", "8 regions")),
    "zones_relative": ("levers.pilot_zones", 3, ("cannot be changed relative",)),
    "zones_linear": ("levers.pilot_zones.interpolate", 3, ("'linear'", "allowed: step")),
    "zones_list_without_date": ("levers.pilot_zones", 3, ("Write regions by date",)),
    # parameters
    "parameter_unknown": ("parameters.peer_influnce", 3, ("not a parameter", "Did you mean peer_influence?")),
    "parameter_out_of_range": ("parameters.peer_influence", 3, ("= 2 is out of range", "0.1 to 0.6 1/year")),
    "parameter_is_a_lever": ("parameters.degree_places", 3, ("It is a lever",)),
    "parameter_text": ("parameters.peer_influence", 3, ("'high' is not a number", "0.1 to 0.6 1/year")),
    # shocks, targets, evaluation
    "shock_unknown": ("shocks.0.kind", 3, ("not a shock", "Did you mean export_controls?")),
    "shock_without_severity": ("shocks.0.severity", 4, ("is missing",)),
    "shock_severity_out_of_range": ("shocks.0.severity", 3, ("= 40 is out of range", "0 to 1")),
    "shock_outside_horizon": ("shocks.0.from", 3, ("outside the horizon", "2031Q1")),
    "shock_backwards": ("shocks.0", 3, ("ends (2021Q1) before it starts (2021Q2)",)),
    "shocks_overlap": ("shocks.1", 5, ("overlaps with shocks.0",)),
    "shocks_not_a_list": ("shocks", 3, ("is not a list",)),
    "target_unknown_scale": ("targets.0.indicator", 3, ("'core'", "core_scale, related_scale")),
    "target_outside_horizon": ("targets.0.year", 3, ("= 2031", "2016 to 2030")),
    "target_negative": ("targets.0.above", 3, ("= -1 is out of range", "bn CNY")),
    "target_other_unit": ("targets.0.unit", 3, ("'bn USD'", "allowed: bn CNY")),
    "target_twice": ("targets.1", 5, ("second target for core_scale in 2030",)),
    "evaluation_unknown_lever": ("evaluation.levers.0", 3, ("not a lever", "Did you mean core_sector_grants?")),
    "evaluation_without_levers": ("evaluation.levers", 3, ("is missing",)),
    # the rest
    "uncertainty_unknown": ("uncertainty", 3, ("'priors'", "posterior, prior or none", "Did you mean prior?")),
    "measurement_unknown": ("measurement", 3, ("'broad'", "narrow, caict, iresearch")),
    "replications_zero": ("runs.replications", 3, ("= 0 is out of range", "1 to 1000000")),
    "replications_too_many": ("runs.replications", 3, ("= 1000001 is out of range", "1 to 1000000")),
    "seed_negative": ("runs.seed", 3, ("= -1 is out of range", "0 to 2147483647")),
    "seed_fraction": ("runs.seed", 3, ("= 1.5 is not a whole number",)),
    "horizon_start_later": ("horizon.start", 3, ("'2018Q1'", "allowed: 2016Q1")),
    "horizon_end_too_late": ("horizon.end", 3, ("'2041Q1' is out of range", "2040Q4")),
    "horizon_end_too_early": ("horizon.end", 3, ("'2015Q4' is out of range", "2016Q1")),
    "horizon_not_a_date": ("horizon.end", 3, ("'soon' is not a date",)),
    "policy_with_extends": ("policy", 3, ("only belongs into a scenario without `extends`",)),
    "policy_unknown": ("policy", 2, ("'as_planned'", "as_written", "Did you mean")),
    "title_in_one_language": ("title.zh", 3, ("is missing",)),
    "title_a_number": ("title", 3, ("= 2030 is not a text", "{en: ..., zh: ...}")),
    "extends_unknown": ("extends", 2, ("'plam' cannot be followed", "Did you mean plan?")),
    "extends_a_number": ("extends", 2, ("= 3 is not a text",)),
    "extends_itself": ("extends", 2, ("circle", "extends_itself.yaml -> ")),
}


def test_bad_files_all_listed_and_present() -> None:
    files = {path.stem for path in FOLDER.glob("*.yaml")}
    assert files == EXPECTED.keys() | {"base_is_bad"}
    assert len(files) >= 40


@pytest.mark.parametrize("name", EXPECTED)
def test_bad_file_one_mistake_is_named_with_place_and_remedy(name: str, parameters: dict[str, Any]) -> None:
    key, line, parts = EXPECTED[name]
    problems = check(FOLDER / f"{name}.yaml", parameters=parameters)
    assert len(problems) == 1, [str(problem) for problem in problems]
    assert Path(problems[0].file).name == f"{name}.yaml"
    assert (problems[0].key, problems[0].line) == (key, line)
    assert [part for part in parts if part not in str(problems[0])] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_bad_file_loaded_raises_scenario_error_only(name: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match=f"{name}.yaml"):
        load(FOLDER / f"{name}.yaml", parameters=parameters)


def test_bad_base_is_named_as_the_file_of_the_mistake(parameters: dict[str, Any]) -> None:
    problems = check(FOLDER / "base_is_bad.yaml", parameters=parameters)
    assert [(Path(problem.file).name, problem.line) for problem in problems] == [("lever_out_of_range.yaml", 5)]


def test_several_mistakes_in_one_file_are_reported_together(tmp_path: Path, parameters: dict[str, Any]) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(
        "schema: 1\n"
        "extends: plan\n"
        "tite: Many\n"
        "measurement: broad\n"
        "levers:\n"
        "  degree_places: 301\n"
        "  degree_place: 3\n"
        "  incubators: {2018: 5, 2031: 6}\n"
        "  ai_literacy: 2\n"
        "  core_sector_grants: true\n"
        "  degree_places: 20\n"
        "parameters: {peer_influence: 9, other: 1}\n"
        "shocks:\n"
        "  - {kind: export_controls, from: 2019}\n"
        "  - {kind: demand_slump, from: 2050, severity: 0.5}\n"
        "targets: [{indicator: core_scale, year: 2035, above: 1}]\n"
        "runs: {replications: 0, seed: -1}\n",
        encoding="utf-8",
    )
    problems = check(path, parameters=parameters)
    assert {(problem.line, problem.key) for problem in problems} == {
        (3, "tite"),
        (4, "measurement"),
        (6, "levers.degree_places"),
        (7, "levers.degree_place"),
        (8, "levers.incubators.2031"),
        (9, "levers.ai_literacy"),
        (10, "levers.core_sector_grants"),
        (11, "levers.degree_places"),
        (12, "parameters.peer_influence"),
        (12, "parameters.other"),
        (14, "shocks.0.severity"),
        (15, "shocks.1.from"),
        (16, "targets.0.year"),
        (17, "runs.replications"),
        (17, "runs.seed"),
    }


def test_several_mistakes_in_error_are_attributes_not_only_text(parameters: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError, match="out of range") as caught:
        load({"extends": "plan", "levers": {"degree_places": 301, "incubators": -1}}, parameters=parameters)
    assert [problem.key for problem in caught.value.problems] == ["levers.degree_places", "levers.incubators"]
    assert caught.value.exit_code == 2


def test_directory_given_is_refused(tmp_path: Path) -> None:
    assert "is a directory" in str(check(tmp_path)[0])


def test_unreadable_file_gives_the_systems_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "locked.yaml"
    path.write_text("schema: 1\n", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    assert "cannot be read (Permission denied)" in str(check(path)[0])


def test_missing_file_names_the_nearest_shipped_scenario() -> None:
    problems = check("no_plam")
    assert "neither a shipped scenario nor a file" in str(problems[0])
    assert problems[0].hint == "Did you mean no_plan?"


def test_too_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * 1_000_001)
    problems = check(path)
    assert "too large" in str(problems[0])
    assert problems[0].allowed == "at most 1 MB"


def test_utf8_with_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "marked.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + "schema: 1\ntitle: 人才优先\n".encode())
    assert load(path).title.zh == "人才优先"


def test_thousands_of_mistakes_are_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text(
        "schema: 1\nlevers:\n" + "".join(f"  lever_{place}: 1\n" for place in range(5000)), encoding="utf-8"
    )
    assert 0 < len(check(path)) <= 200


def test_problems_of_a_file_come_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "schema: 1\nextends: plan\nlevers:\n  degree_places: 9999\n  degree_place: 3\nuncertainty: priors\n"
        "shocks:\n  - {kind: storm, from: 2020, severity: 3}\nhorizn: {}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as caught:
        load(path)
    lines = [problem.line for problem in caught.value.problems]
    assert len(lines) > 4
    assert lines == sorted(lines)
