"""What a scenario gives to a run: macro paths from the seeds, budgets from levers, shocks in their quarters."""

from __future__ import annotations

import numpy as np
import pytest

from sim.kernels.policy import ADOPTION, SUPPLY
from sim.measurement.definitions import DEFINITIONS
from sim.parameters import PARAMETERS
from sim.plan import load_catalogue
from sim.plan.lever_ids import Lever
from sim.plan.names import FIELDS
from sim.population import stage
from sim.population.stage import REVIEWED, WAVE_QUARTERS, before, bought, budgets, goals, movable, world_path
from sim.scenario import Scenario, load
from sim.seeds import read_table
from sim.state import VECTOR_LEVERS


@pytest.fixture(scope="module")
def plan() -> Scenario:
    """Return the plan as written."""
    return load("plan")


def shocked(*shocks: dict[str, object]) -> np.recarray:
    """Return the world under these shocks."""
    return world_path(load({"schema": 1, "extends": "plan", "shocks": list(shocks)}))


def published(series: str) -> dict[int, float]:
    """Return a yearly series of the seeds over its value of 2016."""
    table = read_table("population/macro").where(series=series)
    base = float(table["value"][table["year"] == 2016][0])
    return {int(year): float(value) / base for year, value in zip(table["year"], table["value"], strict=True)}


# --- macro paths ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "series"), [("gdp_growth", "nominal_gdp"), ("wage_growth", "ict_wage")])
def test_world_growth_chained_and_averaged_by_year_reproduces_the_published_series(
    plan: Scenario, field: str, series: str
) -> None:
    growth = world_path(plan)[field]
    level = np.cumprod(growth)
    for year, value in published(series).items():
        quarters = slice(4 * (year - 2016), 4 * (year - 2016) + 4)
        if year >= 2016 and (growth[quarters] > 0.0).all():
            assert level[quarters].mean() == pytest.approx(value, rel=0.02), year


@pytest.mark.parametrize(("field", "series"), [("gdp_growth", "nominal_gdp"), ("wage_growth", "ict_wage")])
def test_world_growth_after_the_last_published_year_is_left_to_the_run(plan: Scenario, field: str, series: str) -> None:
    last = max(published(series))
    growth = world_path(plan)[field]
    after = growth[4 * (last - 2016 + 1) :]
    assert len(after) > 8
    assert (after == 0.0).all()
    assert (growth[: 4 * (last - 2016) + 2] > 0.9).all()
    assert growth.max() < 1.1


def test_world_venture_is_the_published_total_a_quarter_and_nothing_later(plan: Scenario) -> None:
    table = read_table("population/macro").where(series="equity_investment")
    world = world_path(plan)
    for year, value in zip(table["year"].tolist(), table["value"].tolist(), strict=True):
        if year >= 2016:
            assert world.venture[4 * (year - 2016) : 4 * (year - 2016) + 4] == pytest.approx([250.0 * value] * 4)
    assert (world.venture[4 * (max(table["year"]) - 2016 + 1) :] == 0.0).all()


def test_world_output_drift_takes_applications_to_their_output_of_2020_and_stops(plan: Scenario) -> None:
    table = read_table("population/applications")
    world = world_path(plan)
    level = np.cumprod(world.output_drift * world.gdp_growth[:, None], axis=0)
    found = level[16:20].mean(axis=0)
    assert found == pytest.approx(table["output_2020"] / table["output_2016"], rel=0.03)
    assert (world.output_drift[20:] == 1.0).all()


def test_world_of_a_longer_horizon_begins_with_the_shorter_one() -> None:
    short = world_path(load({"schema": 1, "extends": "plan", "horizon": {"end": "2020Q2"}}))
    long = world_path(load({"schema": 1, "extends": "plan", "horizon": {"end": "2040Q4"}}))
    assert len(long) == 100
    assert short.tobytes() == long[: len(short)].tobytes()


# --- policy ---------------------------------------------------------------------------------------------------------


def test_budgets_are_level_times_unit_cost_in_million_a_quarter(plan: Scenario) -> None:
    money = budgets(plan)
    assert money.shape == (60, 63)
    for lever in load_catalogue().levers:
        column = money[:, lever.index]
        if lever.cost.amount is None or lever.cost.kind == "tax" or lever.id == "adoption_subsidy_rate":
            assert (column == 0.0).all(), lever.id
        else:
            level = plan.path(lever.id)
            level = level.sum(axis=1) if level.ndim == 2 else level
            assert column == pytest.approx(level * lever.cost.amount * 1000.0 / 4.0), lever.id


def test_budgets_of_a_stated_lever_by_hand() -> None:
    # 40 thousand places a year at 0.13 bn each thousand: 5.2 bn a year, 1300 mn a quarter.
    money = budgets(load({"schema": 1, "extends": "plan", "levers": {"degree_places": {2019: 40}}}))
    assert money[12, Lever.degree_places] == pytest.approx(1300.0)
    zones = load({"schema": 1, "extends": "no_plan", "levers": {"pilot_zones": {2018: ["CN-BJ", "CN-SH", "CN-GD"]}}})
    # Three zones at 0.3 bn a year.
    assert budgets(zones)[7:9, Lever.pilot_zones].tolist() == [0.0, pytest.approx(3 * 0.3 * 250.0)]


def test_bought_levers_are_units_efforts_and_infrastructure_not_transfers() -> None:
    mask = bought()
    for lever in load_catalogue().levers:
        transfers = lever.cost.kind in ("none", "tax") or lever.id in {
            *("basic_research_funding", "common_technology_funding", "core_sector_grants", "guidance_fund_commitments"),
            *("adoption_subsidy_rate", "public_service_procurement", "governance_procurement"),
            *("public_safety_procurement", "major_project_funding", "adjustment_support"),
        }
        assert mask[lever.index] != transfers, lever.id


def test_policy_holds_every_lever_of_the_scenario(plan: Scenario) -> None:
    policy, start = stage(plan).policy, before()[0]
    arrives = plan.path("implementation_effectiveness")
    assert arrives.min() < 1.0
    for lever in Lever:
        path = plan.path(lever.name)
        if load_catalogue().lever(lever.name).cost.kind == "admin":  # worth what is carried out of it
            path = start[lever.name] + (path - start[lever.name]) * arrives
        assert np.array_equal(policy[lever.name], path), lever.name
    assert set(VECTOR_LEVERS) == {"core_sector_focus", "pilot_zones"}


def test_stage_gives_defaults_fixed_values_and_the_seed_of_the_scenario() -> None:
    scene = stage(load({"schema": 1, "extends": "plan", "parameters": {"rd_intensity": 0.12}, "runs": {"seed": 99}}))
    assert scene.parameters[0].rd_intensity == 0.12
    assert scene.parameters[0].share_speed == PARAMETERS["share_speed"].default
    assert (scene.key[0].seed, scene.key[0].run) == (99, 0)
    assert not scene.blank_flow.view(np.uint8).any()


# --- shocks ---------------------------------------------------------------------------------------------------------


def test_world_without_shocks_is_calm(plan: Scenario) -> None:
    world = world_path(plan)
    assert (world.import_access == 1.0).all()
    for field in ("slump", "winter", "scandal", "compute_break", "benefit_jump", "frontier_jump"):
        assert not world[field].any()


@pytest.mark.parametrize(
    ("kind", "field", "calm", "inside"),
    [
        ("export_controls", "import_access", 1.0, 0.6),
        ("demand_slump", "slump", 0.0, 0.4),
        ("venture_winter", "winter", 0.0, 0.4),
    ],
)
def test_lasting_shock_acts_from_its_first_to_its_last_quarter(
    kind: str, field: str, calm: float, inside: float
) -> None:
    values = shocked({"kind": kind, "from": "2019Q2", "until": "2020Q1", "severity": 0.4})[field]
    assert values[13:17] == pytest.approx([inside] * 4)
    assert np.delete(values, range(13, 17)) == pytest.approx(calm)


@pytest.mark.parametrize(("kind", "field"), [("safety_scandal", "scandal"), ("compute_price_break", "compute_break")])
def test_sudden_shock_acts_once_in_its_first_quarter(kind: str, field: str) -> None:
    values = shocked({"kind": kind, "from": "2019Q2", "severity": 0.4})[field]
    assert values[13] == pytest.approx(0.4)
    assert np.count_nonzero(values) == 1


def test_generative_wave_jumps_over_two_years_in_its_fields_and_its_benefit_stays() -> None:
    world = shocked({"kind": "generative_wave", "from": "2023Q1", "severity": 0.5})
    start = 28
    moved = np.flatnonzero(world.frontier_jump.any(axis=0))
    assert {FIELDS[field] for field in moved} >= {"language", "advanced_learning"}
    assert len(moved) < len(FIELDS) / 2
    jumps = world.frontier_jump[:, FIELDS.index("language")]
    assert jumps.sum() == pytest.approx(0.5)
    assert np.flatnonzero(jumps).tolist() == list(range(start, start + WAVE_QUARTERS))
    assert world.benefit_jump[start - 1] == 0.0
    assert world.benefit_jump[start] == pytest.approx(0.5 / WAVE_QUARTERS)
    assert world.benefit_jump[start + WAVE_QUARTERS - 1 :] == pytest.approx(0.5)


def test_generative_wave_that_ends_early_brings_only_its_part() -> None:
    world = shocked({"kind": "generative_wave", "from": "2023Q1", "until": "2023Q4", "severity": 0.8})
    assert world.frontier_jump[:, FIELDS.index("language")].sum() == pytest.approx(0.8 * 4 / WAVE_QUARTERS)
    assert world.benefit_jump.max() == pytest.approx(0.8 * 4 / WAVE_QUARTERS)


def test_two_shocks_of_one_kind_each_act_in_their_quarters() -> None:
    world = shocked(
        {"kind": "export_controls", "from": "2019", "until": "2019Q2", "severity": 0.3},
        {"kind": "export_controls", "from": "2019Q3", "severity": 0.7},
    )
    assert world.import_access[11:16] == pytest.approx([1.0, 0.7, 0.7, 0.3, 0.3])


# --- what reviews look at and what effects are set against ------------------------------------------------------------


def test_reviews_judge_the_broad_count() -> None:
    assert list(REVIEWED) == DEFINITIONS["caict"].vector.tolist()


def test_goals_are_the_next_targets_and_the_years_left_to_the_end_of_theirs(plan: Scenario) -> None:
    rows = goals(plan)
    assert (rows.core_target[0], rows.core_years[0]) == (150.0, 5.0)
    assert (rows.core_target[19], rows.core_years[19]) == (150.0, 0.25)
    assert (rows.core_target[20], rows.related_target[20], rows.related_years[20]) == (400.0, 5000.0, 5.0)
    assert rows.related_target[-1] == 10_000.0


def test_goals_after_the_last_target_are_none() -> None:
    targets = [{"indicator": "core_scale", "year": 2018, "above": 50}]
    rows = goals(load({"schema": 1, "extends": "plan", "targets": targets}))
    assert (rows.core_target[:12] == 50.0).all()
    assert (rows.core_target[12:] == 0.0).all()
    assert (rows.related_target == 0.0).all()


def test_movable_are_budgets_that_are_money_by_what_they_serve_or_those_a_scenario_names(plan: Scenario) -> None:
    sides = movable(plan)
    assert sides[Lever.core_sector_grants] == sides[Lever.basic_research_funding] == SUPPLY
    assert sides[Lever.governance_procurement] == SUPPLY
    assert sides[Lever.data_infrastructure] == sides[Lever.public_service_procurement] == ADOPTION
    for untouched in ("adoption_subsidy_rate", "degree_places", "network_investment", "adjustment_support"):
        assert sides[Lever[untouched]] == 0
    named = movable(load({"schema": 1, "extends": "plan", "evaluation": {"levers": ["core_sector_grants"]}}))
    assert named.nonzero()[0].tolist() == [Lever.core_sector_grants]


def test_effects_are_set_against_the_first_quarter_without_the_plan() -> None:
    levels = before()[0]
    for spec in load_catalogue().levers:
        if spec.form == "scalar":
            assert levels[spec.id] == spec.paths.without_plan.points["2016Q1"], spec.id
