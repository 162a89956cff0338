"""`roadmap check`: all problems of all files at once, warnings, and what is in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.plan import load_catalogue

BAD = """\
schema: 1
extends: plan
levers:
  degree_place: 100
  incubators: -5
  degree_places: {2019: 9999}
  core_sector_grants: lots
runs: {replications: 0}
horizon: {end: 2050Q9}
shocks:
  - {kind: export_control, from: 2019Q2, severity: 4}
wat: 3
"""

PROBLEMS = {
    "unknown lever": "4: levers.degree_place is not a lever of the catalogue. Did you mean degree_places?",
    "below the range": "5: levers.incubators = -5 is out of range; allowed: 0 to 50 thousand places",
    "dated value": "6: levers.degree_places.2019 = 9999 is out of range; allowed: 0 to 300 thousand places/year",
    "word for a number": "7: levers.core_sector_grants = 'lots' is not a number; allowed: 0 to 60 bn CNY/year",
    "no runs": "8: runs.replications = 0 is out of range; allowed: 1 to 1000000",
    "no date": "9: horizon.end = '2050Q9' is not a date; allowed: a year such as 2018 or a quarter such as 2021Q3",
    "unknown shock": "11: shocks.0.kind = 'export_control' is not a shock; allowed: export_controls, ",
    "severity out of range": "11: shocks.0.severity = 4 is out of range; allowed: 0 to 1",
    "unknown key": "12: wat is not a key that is known here",
}


@pytest.fixture
def bad(tmp_path: Path) -> str:
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    return "bad.yaml"


def test_check_of_a_good_file_tells_runs_span_definition_and_digest(roadmap, short):
    told = roadmap("check", "short.yaml")
    assert told.stdout.startswith("short.yaml: in order (4 runs, 2016Q1 to 2020Q4, caict, digest ")
    assert told.stderr == ""
    assert told.exit_code == 0


def test_check_of_a_good_file_tells_the_digest_that_names_the_result(roadmap, short):
    digest = roadmap("check", "short.yaml").stdout.rstrip(")\n").split()[-1]
    roadmap("run", "short.yaml", "--no-figures")
    assert [path.name for path in Path("results").iterdir()] == [f"short-{digest}"]


def test_check_of_shipped_scenarios_finds_them_in_order_without_warnings(roadmap):
    told = roadmap("check", "plan", "no_plan", "implemented", "talent_first")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.count(": in order (") == 4


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=PROBLEMS)
def test_check_of_a_bad_file_tells_problem_with_file_line_value_and_what_is_allowed(roadmap, bad, problem):
    assert f"bad.yaml:{problem}" in roadmap("check", bad).stderr


def test_check_of_a_bad_file_tells_every_problem_once_and_ends_with_exit_code_2(roadmap, bad):
    told = roadmap("check", bad)
    lines = told.stderr.splitlines()
    assert len([line for line in lines if line.startswith("bad.yaml:")]) == len(PROBLEMS)
    assert lines[-1] == "roadmap: 1 of 1 cannot be run"
    assert (told.exit_code, told.stdout) == (2, "")


def test_check_of_several_files_tells_the_good_ones_and_how_many_are_bad(roadmap, bad, short):
    told = roadmap("check", bad, "short.yaml", "missing.yaml", "plan")
    assert [line.split(": ")[0] for line in told.stdout.splitlines()] == ["short.yaml", "plan"]
    assert told.stderr.endswith("roadmap: 2 of 4 cannot be run\n")
    assert told.exit_code == 2


def test_check_of_a_missing_file_names_the_nearest_shipped_scenario(roadmap):
    told = roadmap("check", "no_plann.yaml")
    assert "no_plann.yaml: is neither a shipped scenario nor a file. Did you mean no_plan?" in told.stderr
    assert told.exit_code == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "odd.yaml: is empty. Write at least `schema: 1`"),
        (b"schema: 1\nextends: plan\n\tlevers: {}\n", "odd.yaml:3: is indented with a tab"),
        (b"schema: 1\nextends: plan\ntitle: \xbf\xaa\xca\xbc\n", "odd.yaml:3: is not UTF-8 text"),
        (b"schema: 1\nextends: pla\n", "odd.yaml:2: extends = 'pla'"),
        (b"schema: 1\nextends: plan\nlevers: {degree_places: 1, degree_places: 2}\n", "odd.yaml:3: "),
    ],
    ids=["empty", "tab", "GB18030", "unknown parent", "key given twice"],
)
def test_check_of_a_file_that_cannot_be_read_tells_place_and_remedy(roadmap, tmp_path, content, told):
    (tmp_path / "odd.yaml").write_bytes(content)
    answer = roadmap("check", "odd.yaml")
    assert told in answer.stderr
    assert answer.exit_code == 2


def test_check_warns_of_a_lever_without_effect_and_finds_the_file_in_order(roadmap, tmp_path):
    text = "schema: 1\nextends: plan\nlevers: {degree_places: {scale: 1.0}}\n"
    (tmp_path / "idle.yaml").write_text(text, encoding="utf-8")
    told = roadmap("check", "idle.yaml")
    assert "warning: idle.yaml: levers.degree_places changes nothing: every quarter is as in plan" in told.stderr
    assert told.stdout.startswith("idle.yaml: in order")
    assert told.exit_code == 0


def test_check_and_run_warn_of_a_lever_whose_needs_are_zero(roadmap, short, tmp_path):
    text = "schema: 1\nextends: short.yaml\nlevers: {guidance_fund_leverage: 5, guidance_fund_commitments: 0}\n"
    (tmp_path / "idle.yaml").write_text(text, encoding="utf-8")
    warning = (
        "warning: idle.yaml: levers.guidance_fund_leverage changes nothing: "
        "it needs guidance_fund_commitments above 0, which is 0 in every quarter\n"
    )
    told = roadmap("check", "idle.yaml")
    assert (told.stderr, told.exit_code) == (warning, 0)
    assert warning in roadmap("run", "idle.yaml", "--no-figures").stderr


def test_check_finds_a_file_that_sets_every_lever_in_order(roadmap, tmp_path):
    values = {lever.id: lever.range[1] for lever in load_catalogue().levers if lever.form == "scalar"}
    values |= {"core_sector_focus": "{robots: 1}", "pilot_zones": 31}
    text = "schema: 1\nextends: plan\nlevers:\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
    (tmp_path / "all.yaml").write_text(text, encoding="utf-8")
    told = roadmap("check", "all.yaml")
    assert len(values) == 63
    assert (told.exit_code, told.stderr) == (0, "")


def test_check_without_files_asks_for_one(roadmap):
    told = roadmap("check")
    assert "Missing argument 'FILE...'" in told.stderr
    assert told.exit_code == 2


def test_check_of_an_unknown_shock_names_the_nearest(roadmap, bad):
    (line,) = (line for line in roadmap("check", bad).stderr.splitlines() if "is not a shock" in line)
    assert line.endswith(". Did you mean export_controls?")
