"""What each form of the grammar comes to in the scenario, quarter by quarter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.plan import load_catalogue
from sim.plan.names import CORE_SECTORS, REGIONS
from sim.scenario import Scenario, Shock, Target, load

EXAMPLE = Path(__file__).parent / "data" / "worked_example.yaml"
Q = {
    text: 4 * (int(text[:4]) - 2016) + int(text[5]) - 1
    for text in (f"{y}Q{q}" for y in range(2016, 2031) for q in range(1, 5))
}


def lever(name: str, value: Any) -> Scenario:
    """Return the plan with one lever set."""
    return load({"levers": {name: value}})


@pytest.fixture(scope="module")
def example(parameters: dict[str, Any]) -> Scenario:
    """Return the file that uses every key."""
    return load(EXAMPLE, parameters=parameters)


def test_plan_has_every_lever_once(plan: Scenario) -> None:
    forms = {spec.id: spec.form for spec in load_catalogue().levers}
    assert set(plan.levers) == {name for name, form in forms.items() if form == "scalar"}
    assert {name: form for name, form in forms.items() if form != "scalar"} == {
        "core_sector_focus": "sector_weights",
        "pilot_zones": "regions",
    }
    # The grammar itself holds weights to this range and counts to the number of regions.
    assert load_catalogue().lever("core_sector_focus").range == (0.0, 1.0)
    assert load_catalogue().lever("pilot_zones").range == (0.0, len(REGIONS))


@pytest.mark.parametrize("policy", ["without_plan", "as_written", "as_implemented"])
def test_policy_paths_pass_every_dated_value_of_the_catalogue(policy: str) -> None:
    scenario = load({"policy": policy})
    for spec in load_catalogue().levers:
        for date, value in spec.paths[policy].points.items():
            if spec.form == "scalar" and date in Q:
                assert scenario.levers[spec.id][Q[date]] == value, (spec.id, date)


def test_policy_interpolates_where_the_catalogue_says_linear() -> None:
    spec = load_catalogue().lever("basic_research_funding").paths["as_written"]
    assert spec.interpolate == "linear"
    path = load("plan").levers["basic_research_funding"]
    at_2018, at_2020 = path[Q["2018Q1"]], path[Q["2020Q1"]]
    assert path[Q["2019Q1"]] == pytest.approx((at_2018 + at_2020) / 2, rel=1e-12)
    assert path[Q["2018Q2"]] == pytest.approx(at_2018 + (at_2020 - at_2018) / 8, rel=1e-12)


def test_constant_holds_from_the_start() -> None:
    assert set(lever("incubators", 12).levers["incubators"]) == {12.0}


def test_dated_path_keeps_the_base_before_its_first_date(plan: Scenario) -> None:
    path = lever("degree_places", {"2021Q3": 90, 2018: 40}).levers["degree_places"]
    assert np.array_equal(path[: Q["2018Q1"]], plan.levers["degree_places"][: Q["2018Q1"]])
    assert set(path[Q["2018Q1"] : Q["2021Q3"]]) == {40.0}
    assert set(path[Q["2021Q3"] :]) == {90.0}


def test_linear_path_runs_between_its_dates() -> None:
    path = lever("degree_places", {2018: 40, 2019: 80, "interpolate": "linear"}).levers["degree_places"]
    assert path[Q["2018Q1"] : Q["2019Q2"]].tolist() == [40.0, 50.0, 60.0, 70.0, 80.0]
    assert set(path[Q["2019Q1"] :]) == {80.0}


@pytest.mark.parametrize(
    ("change", "first", "last"),
    [
        ({"from": 2019, "until": 2020}, "2019Q1", "2020Q4"),
        ({"from": "2019Q2", "until": "2019Q2"}, "2019Q2", "2019Q2"),
        ({"until": 2018}, "2016Q1", "2018Q4"),
        ({"from": 2029}, "2029Q1", "2030Q4"),
        ({}, "2016Q1", "2030Q4"),
    ],
)
@pytest.mark.parametrize(("kind", "number"), [("scale", 0.5), ("add", 2.0)])
def test_relative_change_acts_from_first_to_last_quarter_inclusive(
    plan: Scenario, change: dict[str, Any], first: str, last: str, kind: str, number: float
) -> None:
    base = plan.levers["core_sector_grants"]
    expected = base.copy()
    inside = slice(Q[first], Q[last] + 1)
    expected[inside] = base[inside] * number if kind == "scale" else base[inside] + number
    assert np.array_equal(lever("core_sector_grants", {kind: number, **change}).levers["core_sector_grants"], expected)


def test_relative_change_that_leaves_the_range_names_the_first_quarter() -> None:
    base = {2016: 10.0, "2020Q2": 50.0}
    with pytest.raises(
        ScenarioError, match=r"core_sector_grants leaves the range: it gives 75 in 2020Q2; allowed: 0 to 60 bn"
    ):
        load({"levers": {"core_sector_grants": base}}, overrides=["core_sector_grants={scale: 1.5}"])


def test_relative_change_below_the_range_is_refused() -> None:
    with pytest.raises(ScenarioError, match=r"incubators leaves the range: it gives -1 in 2016Q1"):
        load({"levers": {"incubators": 4}}, overrides=["incubators={add: -5}"])


def test_relative_change_beyond_the_bound_by_rounding_meets_the_bound() -> None:
    high = load_catalogue().lever("adoption_subsidy_rate").range[1]
    path = load(
        {"levers": {"adoption_subsidy_rate": high / 3}}, overrides=["adoption_subsidy_rate={scale: 3.0000000000000004}"]
    )
    assert set(path.levers["adoption_subsidy_rate"]) == {high}


def test_relative_change_beyond_the_horizon_is_not_judged() -> None:
    given = {"horizon": {"end": 2040}, "levers": {"degree_places": {2016: 10, 2035: 200}}}
    assert load(given, overrides=["degree_places={scale: 2}", "horizon.end=2034"]).levers["degree_places"].max() == 20.0


def test_focus_weights_are_normalised_with_missing_sectors_zero() -> None:
    focus = lever("core_sector_focus", {"software_hardware": 0.4, "robots": 0.4}).core_sector_focus
    assert focus.shape == (60, 6)
    assert focus[0].tolist() == focus[-1].tolist() == [0.5, 0.5, 0.0, 0.0, 0.0, 0.0]


def test_focus_dated_keeps_the_base_before(plan: Scenario) -> None:
    focus = lever("core_sector_focus", {2018: {"robots": 1}, "2020Q2": {"vehicles": 0.2}}).core_sector_focus
    assert np.array_equal(focus[: Q["2018Q1"]], plan.core_sector_focus[: Q["2018Q1"]])
    assert focus[Q["2020Q1"], CORE_SECTORS.index("robots")] == 1.0
    assert focus[Q["2020Q2"], CORE_SECTORS.index("vehicles")] == 1.0
    assert np.allclose(focus.sum(axis=1), 1.0, rtol=0, atol=1e-14)


def codes(scenario: Scenario, date: str) -> set[str]:
    """Return the regions designated in a quarter."""
    return {code for code, zone in zip(REGIONS, scenario.pilot_zones[Q[date]], strict=True) if zone}


def test_zones_listed_add_from_their_dates_and_stay() -> None:
    zones = lever("pilot_zones", {2016: [], 2019: ["CN-BJ", "CN-SH"], "2020Q3": ["CN-GD", "CN-BJ"], 2021: []})
    assert codes(zones, "2018Q4") == set()
    assert codes(zones, "2019Q1") == {"CN-BJ", "CN-SH"}
    assert codes(zones, "2030Q4") == {"CN-BJ", "CN-SH", "CN-GD"}
    assert set(np.unique(zones.pilot_zones)) == {0.0, 1.0}


def test_zones_listed_keep_the_bases_earlier_ones_and_drop_its_later(plan: Scenario) -> None:
    zones = lever("pilot_zones", {2021: ["CN-XZ"]})
    assert codes(zones, "2020Q4") == codes(plan, "2020Q4") != set()
    assert codes(zones, "2030Q4") == codes(plan, "2020Q4") | {"CN-XZ"} != codes(plan, "2030Q4")


def test_zones_counted_join_in_the_order_of_the_plan() -> None:
    points = load_catalogue().lever("pilot_zones").paths["as_written"].points
    order = [code for date in sorted(points) for code in points[date]]  # type: ignore[union-attr]
    zones = lever("pilot_zones", {2016: 0, 2018: 3, 2020: 6})
    assert codes(zones, "2017Q4") == set()
    assert codes(zones, "2019Q4") == set(order[:3])
    assert codes(zones, "2030Q4") == set(order[:6])


def test_zones_counted_once_hold_from_the_start() -> None:
    zones = lever("pilot_zones", 31)
    assert zones.pilot_zones.all()


def test_zones_counted_above_listed_add_to_them() -> None:
    zones = load({"levers": {"pilot_zones": {2016: ["CN-XZ"]}}}, overrides=["pilot_zones={2020: 3}"])
    assert "CN-XZ" in codes(zones, "2030Q4")
    assert len(codes(zones, "2030Q4")) == 3


def test_example_carries_every_key(example: Scenario, plan: Scenario) -> None:
    assert (example.title.en, example.title.zh) == ("All keys", "全部键")
    assert example.question.zh == "Does every part of the grammar arrive in the scenario?"
    assert (example.measurement, example.uncertainty, example.replications, example.seed) == (
        "iresearch",
        "posterior",
        50,
        7,
    )
    assert dict(example.parameters) == {"peer_influence": 0.2}
    assert example.evaluation == ("core_sector_grants", "guidance_fund_commitments")
    assert example.levers["core_sector_grants"][-1] == plan.levers["core_sector_grants"][-1] * 0.7
    assert example.n_quarters == len(example.quarters) == 60


def test_shocks_become_positions_ordered_by_time(example: Scenario) -> None:
    assert example.shocks == (Shock(13, 60, "export_controls", 0.4), Shock(16, 18, "demand_slump", 1.0))


def test_shocks_severity_has_one_column_a_kind(example: Scenario) -> None:
    severity = example.shock_severity
    assert severity.shape == (60, 6)
    assert severity[:, 0].tolist() == [0.0] * 13 + [0.4] * 47
    assert severity[:, 2].tolist() == [0.0] * 16 + [1.0] * 2 + [0.0] * 42
    assert not severity[:, [1, 3, 4, 5]].any()


def test_shocks_touching_without_overlap_are_accepted() -> None:
    entries = [{"kind": "demand_slump", "from": 2020, "until": 2020, "severity": 0.3},
               {"kind": "demand_slump", "from": 2021, "severity": 0.6}]  # fmt: skip
    severity = load({"shocks": entries}).shock_severity[:, 2]
    assert (severity[19], severity[20]) == (0.3, 0.6)


@pytest.mark.parametrize("order", [1, -1])
def test_shocks_of_one_kind_that_share_one_quarter_are_refused(order: int) -> None:
    entries = [
        {"kind": "demand_slump", "from": 2019, "until": "2020Q1", "severity": 0.3},
        {"kind": "demand_slump", "from": 2020, "until": 2020, "severity": 0.6},
    ]
    with pytest.raises(ScenarioError, match=r"shocks.1 overlaps with shocks.0"):
        load({"shocks": entries[::order]})


def test_shocks_of_two_kinds_may_overlap() -> None:
    entries = [{"kind": kind, "from": 2019, "severity": 0.3} for kind in ("demand_slump", "venture_winter")]
    assert len(load({"shocks": entries}).shocks) == 2


def test_shocks_beyond_a_shortened_horizon_are_cut(example: Scenario, parameters: dict[str, Any]) -> None:
    short = load(EXAMPLE, overrides=["horizon.end=2019Q4"], parameters=parameters)
    assert short.shocks == (Shock(13, 16, "export_controls", 0.4),)


def test_targets_own_ones_replace_the_plans(example: Scenario) -> None:
    assert example.targets == (Target(2025, "related_scale", 4000.0), Target(2030, "core_scale", 1200.0))


def test_targets_empty_list_means_the_plans(plan: Scenario) -> None:
    assert load({"targets": []}).targets == plan.targets
    assert Target(2030, "core_scale", 1000.0) in plan.targets
    assert len(plan.targets) == 6


@pytest.mark.parametrize(("end", "years"), [("2025Q4", {2020, 2025}), ("2025Q3", {2020}), ("2019Q4", set())])
def test_targets_of_years_the_horizon_does_not_hold_are_left_out(end: str, years: set[int]) -> None:
    assert {target.year for target in load({"horizon": {"end": end}}).targets} == years


def test_target_of_an_unfinished_last_year_is_refused() -> None:
    given = {"horizon": {"end": "2025Q3"}, "targets": [{"indicator": "core_scale", "year": 2025, "above": 1}]}
    with pytest.raises(ScenarioError, match="2025 is not a whole year of the horizon; allowed: 2016 to 2024"):
        load(given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"parameters": {"peer_influence": 0.3}, "uncertainty": "none"}, {}),
        ({"parameters": {"peer_influence": 0.3}, "uncertainty": "prior"}, {"peer_influence": 0.3}),
        ({"parameters": {"tax_rate": 0.25}, "uncertainty": "prior"}, {}),
        ({"parameters": {"tax_rate": 0.2}, "uncertainty": "none"}, {"tax_rate": 0.2}),
    ],
)
def test_parameter_restated_counts_only_where_runs_would_draw_it(
    given: dict[str, Any], kept: dict[str, float], parameters: dict[str, Any]
) -> None:
    assert dict(load(given, parameters=parameters).parameters) == kept


def test_parameters_of_the_model_are_known() -> None:
    assert dict(load({"parameters": {"wage_speed": 0.4}}).parameters) == {"wage_speed": 0.4}
