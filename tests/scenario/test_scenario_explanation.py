"""What a scenario changes, in words, and what it states without changing anything."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from sim.plan import LeverSpec, load_catalogue
from sim.plan.names import CORE_SECTORS
from sim.scenario import Scenario, Step, explain, explanation_text, load, warnings
from sim.scenario.comparison import MOST_DATES, dates_of_change, differs


def changes_of(plan: Scenario, **given: Any) -> dict[str, Any]:
    """Return what a mapping changes against the plan: key -> change."""
    return {change.key: change for change in explain(load({"extends": "plan", **given}), plan)}


def test_explain_plan_against_itself_is_empty(plan: Scenario) -> None:
    assert explain(load({"extends": "plan"}), plan) == []


def test_explain_lever_tells_clause_unit_steps_cost_and_evidence(plan: Scenario) -> None:
    levers = {"retraining_places": {2016: 10}, "degree_places": {2016: 10, 2020: 20, "2025Q3": 30}}
    base = load({"levers": levers})
    scenario = load({"levers": {**levers, "degree_places": {2016: 10, 2019: 15, 2020: 20, "2022Q2": 25}}})
    (change,) = explain(scenario, base)
    spec = load_catalogue().lever("degree_places")
    assert (change.clause, change.clause_name) == ("3.1.4", load_catalogue().clause("3.1.4").name.en)
    assert (change.key, change.name, change.unit) == ("levers.degree_places", spec.name.en, spec.unit.en)
    assert change.steps == (
        Step("from 2019", "10", "15"),
        Step("from 2020", "20", "20"),
        Step("from 2022 Q2", "20", "25"),
        Step("from 2025 Q3", "30", "25"),
    )
    assert (change.cost, change.evidence) == ("quantity times a unit cost", "C, only the sign is known")


def test_explain_in_chinese_takes_chinese_names(plan: Scenario) -> None:
    (change,) = explain(load({"levers": {"chip_priority": 0.5}}), plan, "zh")
    spec = load_catalogue().lever("chip_priority")
    assert (change.name, change.unit) == (spec.name.zh, spec.unit.zh)
    assert change.steps[0].date == "2016年起"
    assert change.cost == "不另增支出"


def test_explain_lines_show_first_last_and_every_fifth_year(plan: Scenario) -> None:
    path = {2018: 20, 2029: 130, "interpolate": "linear"}
    (change,) = changes_of(plan, levers={"degree_places": path}).values()
    assert [step.date for step in change.steps] == ["2018", "2020", "2025", "2030"]


def test_explain_focus_names_the_sectors_that_move() -> None:
    base = load({"levers": {"core_sector_focus": {"robots": 0.5, "vehicles": 0.25, "vr_ar": 0.25}}})
    scenario = load({"levers": {"core_sector_focus": {"robots": 0.5, "vehicles": 0.5}}})
    (change,) = explain(scenario, base)
    names = "Intelligent vehicles and craft", "Virtual and augmented reality"
    assert change.steps == (Step("from 2016", f"{names[0]} 25%, {names[1]} 25%", f"{names[0]} 50%"),)


def test_explain_zones_name_the_regions_that_join_and_leave() -> None:
    base = load({"levers": {"pilot_zones": {2016: [], 2019: ["CN-BJ", "CN-SH"]}}})
    scenario = load({"levers": {"pilot_zones": {2016: [], 2018: ["CN-BJ"], 2020: ["CN-XZ"]}}})
    (change,) = explain(scenario, base)
    assert [step.after for step in change.steps] == [
        "regions: 1, with Beijing",
        "regions: 1, without Shanghai",
        "regions: 2, with Tibet and without Shanghai",
    ]
    assert [step.before for step in change.steps] == ["regions: 0", "regions: 2", "regions: 2"]


def test_explain_zones_and_focus_that_meet_again_are_told_in_full() -> None:
    own = {"pilot_zones": {2016: [], 2019: ["CN-BJ"]}, "core_sector_focus": {"robots": 1}}
    base = load({"levers": own})
    zones = load({"levers": {**own, "pilot_zones": {2016: [], 2018: ["CN-BJ"]}}})
    focus = load(
        {"levers": {**own, "core_sector_focus": {2016: {"robots": 1}, 2018: {"vehicles": 1}, 2019: {"robots": 1}}}}
    )
    assert explain(zones, base)[0].steps[-1] == Step("from 2019", "regions: 1", "regions: 1")
    assert explain(focus, base)[0].steps[-1] == Step("from 2019", "Intelligent robots 100%", "Intelligent robots 100%")


def test_explain_small_differences_are_not_rounded_away(plan: Scenario) -> None:
    base, scenario = load({"levers": {"incubators": 12}}), load({"levers": {"incubators": 12.00001}})
    assert explain(scenario, base)[0].steps == (Step("from 2016", "12", "12.00001"),)


def test_explain_order_is_that_of_the_clauses(plan: Scenario) -> None:
    order = [clause.id for clause in load_catalogue().clauses]
    clauses = [change.clause for change in explain(load("no_plan"), plan) if change.clause]
    assert clauses == sorted(clauses, key=order.index)
    assert len(set(clauses)) > 10


def test_explain_names_every_lever_that_differs(plan: Scenario) -> None:
    scenario = load("no_plan")
    keys = {change.key for change in explain(scenario, plan)}
    for lever in load_catalogue().levers:
        assert (f"levers.{lever.id}" in keys) == differs(plan.path(lever.id), scenario.path(lever.id)), lever.id


@pytest.mark.parametrize(
    ("given", "key", "name", "before", "after"),
    [
        ({"measurement": "narrow"}, "measurement", "Definition of the core scale", "caict (", "narrow ("),
        ({"horizon": {"end": 2035}}, "horizon", "Horizon", "2016 Q1 to 2030 Q4", "2016 Q1 to 2035 Q4"),
        ({"uncertainty": "none"}, "uncertainty", "Uncertainty", "posterior", "default"),
        ({"runs": {"replications": 5}}, "runs", "Runs", "200 runs, seed 2017", "5 runs, seed 2017"),
        ({"parameters": {"wage_speed": 0.4}}, "parameters.wage_speed", "Parameter: wage_speed", "none", "0.4"),
        (
            {"evaluation": {"levers": ["core_sector_grants"]}},
            "evaluation",
            "Levers that",
            "none",
            "Grants to core sectors",
        ),
        (
            {"shocks": [{"kind": "export_controls", "from": "2019Q2", "until": 2020, "severity": 0.4}]},
            "shocks.export_controls",
            "Shock: export controls",
            "none",
            "severity 0.4, 2019 Q2 to 2020 Q4",
        ),
        (
            {"targets": [{"indicator": "core_scale", "year": 2030, "above": 1200}]},
            "targets",
            "Targets",
            "core scale 2030 above 1,000 bn CNY",
            "core scale 2030 above 1,200 bn CNY",
        ),
    ],
)
def test_explain_tells_what_stands_outside_the_clauses(
    plan: Scenario, given: dict[str, Any], key: str, name: str, before: str, after: str
) -> None:
    changes = changes_of(plan, **given)
    assert list(changes) == [key]
    assert name in changes[key].name
    assert before in changes[key].steps[0].before
    assert after in changes[key].steps[0].after


def test_explain_policy_is_told(plan: Scenario) -> None:
    change = next(change for change in explain(load("no_plan"), plan) if change.key == "policy")
    assert change.steps == (Step("", "the plan as written", "policy from before the plan goes on"),)


def test_explain_in_another_language_is_refused(plan: Scenario) -> None:
    with pytest.raises(ValueError, match="language 'fr': use one of en, zh"):
        explain(plan, plan, "fr")


def test_text_in_english_has_clause_lever_and_step() -> None:
    text = explanation_text(load("talent_first"), load("plan"))
    assert text.startswith('"Talent first" against "The plan as written"\nQuestion: ')
    assert "\nClause 3.1.4, Talent\n  AI degree places (degree_places), thousand places/year\n" in text
    assert re.search(r"^    2030: 200 -> 246$", text, re.MULTILINE)


def test_text_in_chinese_has_no_english_words_but_names_of_keys() -> None:
    base, shock = load("plan"), [{"kind": "export_controls", "from": 2019, "severity": 0.4}]
    changed = {
        "extends": "talent_first",
        "title": {"en": "x", "zh": "测试"},
        "question": {"en": "x", "zh": "问什么？"},
        "shocks": shock,
        "targets": [{"indicator": "core_scale", "year": 2030, "above": 1200}],
        "levers": {"pilot_zones": 5, "core_sector_focus": {"robots": 1}},
        "horizon": {"end": 2035},
        "measurement": "iresearch",
        "evaluation": {"levers": ["core_sector_grants"]},
        "uncertainty": "none",
    }
    text = explanation_text(load(changed), base, "zh")
    assert text.startswith("“测试”相对于“按规划文本落实”的改动\n问题：问什么？\n")
    assert "2030年核心产业规模超过12,000亿元" in text
    assert "强度0.4，2019年第1季度至2035年第4季度" in text
    without_keys = re.sub(r"（[a-z_.]+）", "", text)
    assert re.findall(r"[A-Za-z]{2,}", without_keys) == []


def test_text_without_changes_says_so(plan: Scenario) -> None:
    assert "It changes nothing." in explanation_text(plan, plan)
    assert "没有任何改动。" in explanation_text(plan, plan, "zh")


def test_dates_where_paths_meet_again_are_shown() -> None:
    base, new = np.zeros(12), np.array([0, 0, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0], dtype=np.float64)
    assert dates_of_change(base, new) == ([2, 5, 7], False)


def test_dates_of_a_single_quarter_are_its_own_and_the_next() -> None:
    assert dates_of_change(np.zeros(6), np.array([0.0, 0, 0, 1, 0, 0])) == ([3, 4], False)


def test_dates_of_equal_paths_are_none() -> None:
    assert dates_of_change(np.arange(8.0), np.arange(8.0)) == ([], False)


def test_dates_beyond_the_shorter_horizon_are_not_compared() -> None:
    assert dates_of_change(np.zeros(4), np.array([0.0, 0, 0, 0, 1, 1])) == ([], False)


def test_dates_of_eight_changes_are_all_shown() -> None:
    new = np.repeat(np.arange(1.0, 9.0), 3)
    assert dates_of_change(np.zeros(24), new) == (list(range(0, 24, 3)), False)


def test_dates_of_many_changes_are_chosen() -> None:
    dates, chosen = dates_of_change(np.zeros(60), np.arange(60.0))
    assert (dates, chosen) == ([1, 16, 36, 56, 59], True)
    assert len(dates) <= MOST_DATES


def test_warnings_name_levers_that_change_nothing(plan: Scenario) -> None:
    levers = {"degree_places": {"scale": 1}, "incubators": {"add": 1}, "pilot_zones": {2040: ["CN-BJ"]}}
    scenario = load({"levers": levers, "horizon": {"end": 2040}})
    problems = warnings(scenario, load({"horizon": {"end": 2040}}))
    assert [problem.key for problem in problems] == ["levers.degree_places", "levers.pilot_zones"]
    assert "changes nothing: every quarter is as in custom" in str(problems[0])


def test_warnings_name_shocks_without_severity(plan: Scenario) -> None:
    scenario = load({"shocks": [{"kind": "demand_slump", "from": 2020, "severity": 0}]})
    assert [problem.key for problem in warnings(scenario, plan)] == ["shocks.demand_slump"]


def test_warnings_of_a_scenario_that_changes_all_it_states_are_none(plan: Scenario) -> None:
    assert warnings(load("talent_first"), plan) == []


NEEDING = [lever for lever in load_catalogue().levers if lever.needs]


def moved(lever: LeverSpec) -> Any:
    """Return a value of the lever unlike the plan's."""
    if lever.form == "sector_weights":
        return {2019: {name: float(name == CORE_SECTORS[1]) for name in CORE_SECTORS}}
    return {2019: lever.range[1]}


def test_levers_that_need_others_are_some_of_each_form() -> None:
    assert {"frontier_theory_share", "core_sector_focus", "fund_selection_merit"} <= {lever.id for lever in NEEDING}


@pytest.mark.parametrize("lever", NEEDING, ids=[lever.id for lever in NEEDING])
def test_warnings_name_a_lever_moved_while_all_that_it_needs_is_zero(plan: Scenario, lever: LeverSpec) -> None:
    zero = dict.fromkeys(lever.needs, 0)
    (problem,) = warnings(load({"extends": "plan", "levers": {**zero, lever.id: moved(lever)}}), plan)
    assert problem.key == f"levers.{lever.id}"
    needs = " or ".join(lever.needs)
    assert str(problem).endswith(f"changes nothing: it needs {needs} above 0, which is 0 in every quarter")


@pytest.mark.parametrize("lever", NEEDING, ids=[lever.id for lever in NEEDING])
def test_warnings_leave_out_a_lever_of_which_one_need_is_met(plan: Scenario, lever: LeverSpec) -> None:
    zero = dict.fromkeys(lever.needs[1:], 0)
    assert warnings(load({"extends": "plan", "levers": {**zero, lever.id: moved(lever)}}), plan) == []


def test_warnings_leave_out_a_lever_switched_off_with_what_it_needs(plan: Scenario) -> None:
    off = {"evaluation_interval": 0, "adjustment_strength": 0}
    assert warnings(load({"extends": "plan", "levers": off}), plan) == []
    (problem,) = warnings(load({"extends": "plan", "levers": {**off, "evaluation_interval": 2}}), plan)
    assert problem.key == "levers.evaluation_interval"


def test_warnings_of_a_lever_that_is_not_moved_leave_out_what_it_needs(plan: Scenario) -> None:
    assert warnings(load({"extends": "plan", "levers": {"basic_research_funding": 0}}), plan) == []


def test_warnings_of_what_a_lever_needs_look_at_the_quarters_up_to_its_last_change(plan: Scenario) -> None:
    early = {"chip_priority": {"add": 0.1, "from": 2019, "until": "2020Q4"}}
    late_money = {"common_technology_funding": {2016: 0, 2022: 5}}
    (problem,) = warnings(load({"extends": "plan", "levers": {**early, **late_money}}), plan)
    assert str(problem).endswith("it needs common_technology_funding above 0, which is 0 up to 2020Q4")
    early_money = {"common_technology_funding": {2016: 0, "2020Q4": 5}}
    assert warnings(load({"extends": "plan", "levers": {**early, **early_money}}), plan) == []


def test_warnings_of_a_root_scenario_name_what_its_levers_need(plan: Scenario) -> None:
    root = load({"policy": "as_written", "levers": {"chip_priority": 0.6, "common_technology_funding": 0}})
    assert [problem.key for problem in warnings(root, plan)] == ["levers.chip_priority"]
