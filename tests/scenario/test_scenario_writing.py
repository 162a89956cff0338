"""The resolved scenario as a file: standalone, readable, as few dates as its paths need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sim.plan import load_catalogue
from sim.scenario import Scenario, Shock, load
from sim.scenario.writing import _number, _quoted


def line_of(scenario: Scenario, start: str) -> str:
    """Return the line of the written scenario that starts so, without its indentation."""
    return next(row.strip() for row in scenario.to_yaml().splitlines() if row.strip().startswith(start))


def test_written_file_stands_alone_and_names_every_lever(plan: Scenario) -> None:
    tree = YAML(typ="safe").load(plan.to_yaml())
    assert "extends" not in tree
    assert set(tree["levers"]) == {lever.id for lever in load_catalogue().levers}
    assert tree["horizon"] == {"start": "2016Q1", "end": "2030Q4"}
    assert tree["runs"] == {"replications": 200, "seed": 2017}
    assert len(tree["targets"]) == 6


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12, "incubators: 12  # thousand places"),
        ({2016: 3, 2020: 3, "2021Q2": 4.5, 2025: 4.5}, "incubators: {2016: 3, 2021Q2: 4.5}  # thousand places"),
    ],
)
def test_written_lever_has_its_unit_and_only_the_dates_it_needs(value: Any, expected: str) -> None:
    assert line_of(load({"levers": {"incubators": value}}), "incubators:") == expected


def test_written_line_of_many_dates_is_wrapped() -> None:
    scenario = load({"levers": {"incubators": {2016: 0, 2030: 28, "interpolate": "linear"}}})
    rows = scenario.to_yaml().splitlines()
    start = rows.index("  incubators:  # thousand places")
    assert rows[start + 1 : start + 3] == ["    2016: 0", "    2016Q2: 0.5"]
    assert max(map(len, rows)) < 150


def test_written_zones_start_empty_so_that_the_policys_are_replaced() -> None:
    scenario = load({"levers": {"pilot_zones": {2016: [], "2019Q3": ["CN-SH", "CN-BJ"], 2020: ["CN-GD"]}}})
    expected = "pilot_zones: {2016: [], 2019Q3: [CN-BJ, CN-SH], 2020: [CN-GD]}"
    assert line_of(scenario, "pilot_zones:").startswith(expected)


def test_written_focus_leaves_out_sectors_without_weight() -> None:
    scenario = load({"levers": {"core_sector_focus": {"robots": 1, "vr_ar": 0.25}}})
    assert line_of(scenario, "core_sector_focus:").startswith("core_sector_focus: {2016: {robots: 0.8, vr_ar: 0.2}}")


def test_written_shock_ends_where_it_did(tmp_path: Path) -> None:
    shocks = [
        {"kind": "demand_slump", "from": 2020, "until": "2020Q2", "severity": 0.5},
        {"kind": "export_controls", "from": "2019Q2", "severity": 1},
    ]
    text = load({"shocks": shocks}).to_yaml()
    assert "  - {kind: demand_slump, from: 2020, until: 2020Q2, severity: 0.5}\n" in text
    assert "  - {kind: export_controls, from: 2019Q2, severity: 1}\n" in text
    path = tmp_path / "again.yaml"
    path.write_text(text, encoding="utf-8")
    assert load(path).shocks == (Shock(13, 60, "export_controls", 1.0), Shock(16, 18, "demand_slump", 0.5))


def test_written_parameters_appear_only_when_given(plan: Scenario) -> None:
    assert "parameters:" not in plan.to_yaml()
    assert "parameters:\n  wage_speed: 0.4\n" in load({"parameters": {"wage_speed": 0.4}}).to_yaml()


def test_written_horizon_without_targets_has_an_empty_list() -> None:
    scenario = load({"horizon": {"end": 2019}, "targets": []})
    assert scenario.targets == ()
    assert "targets: []\n" in scenario.to_yaml()


@pytest.mark.parametrize("policy", ["without_plan", "as_written", "as_implemented"])
def test_written_levers_are_those_of_the_policy_whatever_policy_the_file_names(policy: str) -> None:
    scenario = load({"policy": policy})
    tree = YAML(typ="safe").load(scenario.to_yaml())
    again = load({**tree, "policy": "without_plan"})
    assert all((again.path(lever.id) == scenario.path(lever.id)).all() for lever in load_catalogue().levers)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (40.0, "40"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "1.0e-07"),
        (1.5e-9, "1.5e-09"),
        (1e22, "1.0e+22"),
        (123456.5, "123456.5"),
    ],
)
def test_written_number_reads_back_exactly_in_any_yaml(value: float, expected: str) -> None:
    assert _number(value) == expected
    assert YAML(typ="safe").load(expected) == value


@pytest.mark.parametrize(
    "text", ['a "quoted" title', "a: b # c", "人才优先", "two\nlines", "\ufeffmark", "\U000e0001", "back\\slash"]
)
def test_written_text_reads_back_exactly(text: str) -> None:
    assert YAML(typ="safe").load(_quoted(text)) == text
    assert load({"title": text}).title.en == text
    assert YAML(typ="safe").load(load({"title": text}).to_yaml())["title"]["zh"] == text
