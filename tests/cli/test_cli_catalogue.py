"""`roadmap levers`, `explain`, `scenarios`, `schedule`, `parameters`: what can be looked up, and unknown names."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import groupby

import pytest

from sim.parameters import PARAMETERS
from sim.plan import load_catalogue
from sim.scenario import json_schema, load, shipped
from sim.scenario.answers import read_answers
from sim.schedule import SCHEDULE

LEVERS = load_catalogue().levers
STAGES = [name for name, _ in groupby(SCHEDULE, key=lambda phase: phase.stage)]
GROUPS = list(dict.fromkeys(each.group for each in PARAMETERS.values()))


def words_of(text: str) -> set[str]:
    return set(text.split())


def test_levers_lists_every_lever_of_the_catalogue(roadmap):
    assert {lever.id for lever in LEVERS} <= words_of(roadmap("levers").stdout)


def test_levers_in_chinese_gives_their_chinese_names_and_headings(roadmap):
    told = roadmap("levers", "--lang", "zh", COLUMNS="200").stdout
    assert "政策杠杆" in told.splitlines()[0]
    assert [lever.id for lever in LEVERS if lever.name.zh not in told] == []


@pytest.mark.parametrize(
    ("lever", "english", "chinese"),
    [
        ("degree_places", "15 to 200", "15至200"),
        ("industrial_parks", "0 to 6 to 0", "0至6至0"),
        ("pilot_zones", "0 to 20", "0至20"),
        ("core_sector_focus", "weights", "权重"),
        ("high_tech_tax_rate", "0.15", "0.15"),
    ],
)
def test_levers_tells_where_the_plan_begins_peaks_and_ends(roadmap, lever, english, chinese):
    for language, told in (("en", english), ("zh", chinese)):
        lines = roadmap("levers", "--lang", language, COLUMNS="200").stdout.splitlines()
        (line,) = (line for line in lines if lever in line.split())
        assert f"  {told}  " in line


def test_levers_of_a_clause_lists_its_levers_alone(roadmap):
    told = words_of(roadmap("levers", "--clause", "3.1.4").stdout)
    assert {lever.id for lever in LEVERS} & told == {lever.id for lever in LEVERS if lever.clause == "3.1.4"}


def test_levers_of_a_section_lists_those_of_all_its_clauses(roadmap):
    told = words_of(roadmap("levers", "--clause", "3.1").stdout)
    expected = {lever.id for lever in LEVERS if lever.clause.startswith("3.1.")}
    assert {lever.id for lever in LEVERS} & told == expected


def test_levers_of_a_clause_written_with_a_final_point_finds_it(roadmap):
    assert roadmap("levers", "--clause", "3.1.4.").stdout == roadmap("levers", "--clause", "3.1.4").stdout


def test_levers_of_an_unknown_clause_lists_the_clauses_of_the_plan(roadmap):
    told = roadmap("levers", "--clause", "9.9")
    assert "no clause '9.9'; the plan's are 2.2, " in told.stderr
    assert told.exit_code == 2


def test_levers_of_a_clause_without_levers_tells_why_it_has_none(roadmap):
    clause = next(each for each in load_catalogue().clauses if not each.levers)
    told = roadmap("levers", "--clause", clause.id)
    assert f"clause {clause.id} has no lever: {clause.why_no_lever.en}" in told.stderr
    assert told.exit_code == 2


@pytest.mark.parametrize(
    "part", ["0 to 300", "Without the plan", "Plan as written", "Plan as implemented", "bn CNY a unit", "Evidence"]
)
def test_levers_with_a_name_tells_all_of_one(roadmap, part):
    assert part in roadmap("levers", "degree_places").stdout


def test_levers_with_a_name_tells_where_its_effect_shows_and_what_it_needs(roadmap):
    told = roadmap("levers", "frontier_theory_share", COLUMNS="200").stdout
    assert "fields.money[kind=1] (+), fields.money[kind=0] (-)" in told
    assert "basic_research_funding above 0, else it changes nothing" in told
    assert "Then on" not in told
    assert "firm_flows.forgone_rate (-)" in roadmap("levers", "rd_super_deduction", COLUMNS="200").stdout


def test_levers_with_a_name_tells_a_path_once_where_all_three_are_the_same(roadmap):
    told = roadmap("levers", "rd_super_deduction").stdout
    assert told.count("2016: 0.5, 2018: 0.75, 2023: 1") == 1
    assert "In all paths" in told
    assert "Plan as written" not in told


@pytest.mark.parametrize("lever", [lever.id for lever in LEVERS])
def test_levers_with_a_name_tells_every_effect_in_both_languages(roadmap, lever):
    spec = load_catalogue().lever(lever)
    for language in ("en", "zh"):
        told = " ".join(roadmap("levers", lever, "--lang", language, COLUMNS="2000").stdout.split())
        assert [effect.place for effect in (*spec.shows, *spec.later) if f"{effect.place} (" not in told] == []
        assert [name for name in spec.needs if name not in told] == []
        assert ("传导渠道" in told, "Channel" in told) == (language == "zh", language == "en")


def test_levers_with_a_name_tells_name_and_clause_in_chinese(roadmap):
    lever, clause = load_catalogue().lever("degree_places"), load_catalogue().clause("3.1.4")
    told = roadmap("levers", "degree_places", "--lang", "zh", COLUMNS="200").stdout
    assert told.startswith(f"degree_places: {lever.name.zh}\n")
    assert clause.asks.zh[:20] in told


def test_levers_with_an_unknown_name_names_the_nearest(roadmap):
    told = roadmap("levers", "degre_places")
    assert told.stderr == "roadmap: no lever 'degre_places'. Did you mean degree_places?\n"
    assert told.exit_code == 2


def test_levers_with_a_name_near_none_says_where_they_are_listed(roadmap):
    assert "`roadmap levers` lists them" in roadmap("levers", "zzzz").stderr


def test_levers_with_both_a_name_and_a_clause_is_refused(roadmap):
    told = roadmap("levers", "degree_places", "--clause", "5.1")
    assert "cannot both be given" in told.stderr
    assert told.exit_code == 2


def test_explain_tells_values_before_and_after_by_clause(roadmap):
    told = roadmap("explain", "talent_first").stdout
    assert "Clause 3.1.4, Talent\n  AI degree places (degree_places), thousand places/year\n" in told
    assert "    2030: 200 -> 246\n" in told


def test_explain_in_chinese_tells_the_same_values_in_chinese(roadmap):
    told = roadmap("explain", "talent_first", "--lang", "zh").stdout
    assert told.startswith("“人才优先”")
    assert "2030年：200 → 246" in told


def test_explain_against_another_scenario_turns_the_values_round(roadmap):
    assert "    2030: 246 -> 200\n" in roadmap("explain", "plan", "--against", "talent_first").stdout


def test_explain_of_the_plan_says_that_it_changes_nothing(roadmap):
    assert roadmap("explain", "plan").stdout.endswith("It changes nothing.\n")


def test_explain_of_a_missing_file_names_the_nearest(roadmap):
    told = roadmap("explain", "talent_frist")
    assert "Did you mean talent_first?" in told.stderr
    assert told.exit_code == 2


@pytest.mark.parametrize("words", [("explain", "plan"), ("scenarios",), ("levers",)], ids=" ".join)
def test_unknown_language_is_refused_with_those_there_are(roadmap, words):
    told = roadmap(*words, "--lang", "fr")
    assert "'--lang'" in told.stderr
    assert "'en', 'zh'" in told.stderr
    assert told.exit_code == 2


@pytest.mark.parametrize("name", shipped())
def test_scenarios_lists_name_title_and_question(roadmap, name):
    told = " ".join(roadmap("scenarios", COLUMNS="250").stdout.split())
    assert f"{name} {load(name).title.en} " in told
    assert load(name).question.en in told


@pytest.mark.parametrize("name", shipped())
def test_scenarios_in_chinese_lists_title_and_question_in_chinese(roadmap, name):
    told = " ".join(roadmap("scenarios", "--lang", "zh", COLUMNS="250").stdout.split())
    assert f"{name} {load(name).title.zh} " in told
    assert load(name).question.zh in told


def test_scenarios_shows_answers_of_todays_scenarios_and_says_where_there_is_none(roadmap, monkeypatch):
    answers = read_answers()
    told = roadmap("scenarios", COLUMNS="250").stdout
    assert f"{answers['no_plan'].median:,.0f}" in told
    assert "not computed" not in told
    old = {name: replace(answer, digest="old") for name, answer in answers.items()}
    monkeypatch.setattr("sim.scenario.answers.read_answers", lambda: old)
    assert roadmap("scenarios", COLUMNS="250").stdout.count("not computed") == len(shipped())


def test_schedule_lists_every_phase_in_its_order_under_its_number(roadmap):
    cells = [line.split() for line in roadmap("schedule", COLUMNS="250").stdout.splitlines()]
    numbered = [(row[0], row[1]) for row in cells if len(row) > 2 and row[0].isdigit()]
    assert numbered == [(str(number), phase.name) for number, phase in enumerate(SCHEDULE, 1)]


def test_schedule_of_a_stage_lists_its_phases_under_the_numbers_of_the_quarter(roadmap):
    whole, part = roadmap("schedule").stdout, roadmap("schedule", "market").stdout
    assert part.startswith("9. market\n")
    assert part in whole


def test_schedule_of_a_stage_by_its_number_is_the_same_as_by_its_name(roadmap):
    assert roadmap("schedule", 11).stdout == roadmap("schedule", "exit and entry").stdout


def test_schedule_of_an_unknown_stage_names_the_nearest(roadmap):
    told = roadmap("schedule", "markt")
    assert told.stderr == "roadmap: no stage 'markt'. Did you mean market?\n"
    assert told.exit_code == 2


@pytest.mark.parametrize("stage", ["0", "99", "zzzz"])
def test_schedule_of_a_stage_near_none_lists_the_stages(roadmap, stage):
    told = roadmap("schedule", stage)
    assert told.stderr == f"roadmap: no stage '{stage}'. One of: {', '.join(STAGES)}\n"
    assert told.exit_code == 2


def test_parameters_lists_every_parameter(roadmap):
    assert set(PARAMETERS) <= words_of(roadmap("parameters").stdout)


def test_parameters_of_a_group_lists_its_own_alone(roadmap):
    told = [line.split(" ")[0] for line in roadmap("parameters", "market").stdout.splitlines()]
    assert [name for name in told if name in PARAMETERS] == [
        name for name, each in PARAMETERS.items() if each.group == "market"
    ]


def test_parameters_of_a_group_tells_default_range_and_meaning(roadmap):
    each = next(each for each in PARAMETERS.values() if each.group == "market" and not each.choices)
    told = " ".join(roadmap("parameters", "market", COLUMNS="80").stdout.split())
    assert f"{each.name} {each.default:g} [{each.low:g} - {each.high:g}" in told
    assert each.meaning in told


def test_parameters_moved_lists_those_of_the_first_fit_alone(roadmap):
    told = {line.split(" ")[0] for line in roadmap("parameters", "--moved").stdout.splitlines()}
    assert told & set(PARAMETERS) == {name for name, each in PARAMETERS.items() if each.prior is not None}


def test_parameters_moved_of_a_group_where_none_was_says_so(roadmap):
    still = next(name for name in GROUPS if all(p.prior is None for p in PARAMETERS.values() if p.group == name))
    assert roadmap("parameters", still, "--moved").stdout == "The first fit moved none of them.\n"


def test_parameters_of_an_unknown_group_names_the_nearest(roadmap):
    told = roadmap("parameters", "reserach")
    assert told.stderr == "roadmap: no group 'reserach'. Did you mean research?\n"
    assert told.exit_code == 2


def test_parameters_of_a_group_near_none_lists_the_groups(roadmap):
    assert roadmap("parameters", "zzzz").stderr == f"roadmap: no group 'zzzz'. One of: {', '.join(GROUPS)}\n"


def test_schema_prints_the_schema_of_scenario_files_as_json(roadmap):
    told = roadmap("schema")
    assert json.loads(told.stdout) == json_schema()
    assert "degree_places" in told.stdout
    assert told.exit_code == 0
