"""The default paths: what holds without the plan, before it, and where published figures pin it down."""

from __future__ import annotations

import pytest

from sim.plan import LeverSpec, load_catalogue
from sim.plan.names import REGIONS
from sim.seeds import read_table

CATALOGUE = load_catalogue()
POLICIES = ("without_plan", "as_written", "as_implemented")
SCALARS = [lever for lever in CATALOGUE.levers if lever.form == "scalar"]


def position(quarter: str) -> int:
    """Return the quarters since 2016Q1."""
    return (int(quarter[:4]) - 2016) * 4 + int(quarter[5]) - 1


def value_at(lever: LeverSpec, policy: str, quarter: str) -> float:
    """Return a scalar lever's value, read from its dated points by hand."""
    path = lever.paths[policy]
    now = position(quarter)
    dated = [(position(date), float(value)) for date, value in path.points.items() if isinstance(value, float)]
    before = [point for point in dated if point[0] <= now][-1]
    after = [point for point in dated if point[0] > now][:1]
    if path.interpolate == "step" or not after:
        return before[1]
    share = (now - before[0]) / (after[0][0] - before[0])
    return before[1] + (after[0][1] - before[1]) * share


def at(name: str, policy: str, quarter: str) -> float:
    """Return `value_at` of the lever called `name`."""
    return value_at(CATALOGUE.lever(name), policy, quarter)


def designations(policy: str) -> dict[str, tuple[str, ...]]:
    """Return the regions that pilot zones add at each date."""
    points = CATALOGUE.lever("pilot_zones").paths[policy].points
    return {date: regions for date, regions in points.items() if isinstance(regions, tuple)}


@pytest.mark.parametrize("lever", SCALARS, ids=lambda lever: lever.id)
def test_path_before_the_plan_is_the_same_under_every_policy(lever: LeverSpec) -> None:
    for quarter in ("2016Q1", "2016Q2", "2016Q4", "2017Q1", "2017Q2"):
        assert len({value_at(lever, policy, quarter) for policy in POLICIES}) == 1


def test_structured_paths_before_the_plan_are_the_same_under_every_policy() -> None:
    for lever in CATALOGUE.levers:
        if lever.form != "scalar":
            early = [
                {
                    date: value
                    for date, value in lever.paths[policy].points.items()
                    if position(date) < position("2017Q3")
                }
                for policy in POLICIES
            ]
            assert early[0] == early[1] == early[2]


@pytest.mark.parametrize("lever", CATALOGUE.levers, ids=lambda lever: lever.id)
def test_path_fits_the_origin_of_its_lever(lever: LeverSpec) -> None:
    without, written = lever.paths.without_plan.points, lever.paths.as_written.points
    if lever.origin == "created":
        assert all(value in (0.0, ()) for value in without.values())
    if lever.origin == "restated":
        assert without == written == lever.paths.as_implemented.points
    else:
        assert written != without


@pytest.mark.parametrize("lever", SCALARS, ids=lambda lever: lever.id)
def test_path_of_a_lever_the_plan_raises_never_falls_below_no_plan(lever: LeverSpec) -> None:
    for year in range(2016, 2031):
        for quarter in (1, 3):
            label = f"{year}Q{quarter}"
            assert value_at(lever, "as_written", label) >= value_at(lever, "without_plan", label)


@pytest.mark.parametrize("lever", CATALOGUE.levers, ids=lambda lever: lever.id)
def test_path_dates_lie_between_the_start_and_the_last_target(lever: LeverSpec) -> None:
    for policy in POLICIES:
        dates = list(lever.paths[policy].points)
        assert dates[0] == "2016Q1"
        assert max(dates) <= "2030Q4"
    assert max(lever.paths.as_implemented.points) <= "2025Q4"


def test_super_deduction_follows_the_published_rates() -> None:
    history = read_table("history/history").where(series="tax_super_deduction")
    general = {
        int(year): float(value) / 100
        for definition, year, value in zip(history["definition"], history["year"], history["value"], strict=True)
        if "general" in definition or "all qualifying" in definition
    }
    assert general == {2017: 0.5, 2021: 0.75, 2023: 1.0}
    for year, rate in general.items():
        assert at("rd_super_deduction", "as_implemented", f"{year}Q1") == rate


def test_high_tech_rate_is_the_published_one() -> None:
    (published,) = read_table("history/history").where(series="tax_cit_rate")["value"]
    assert at("high_tech_tax_rate", "without_plan", "2016Q1") == published / 100


def test_degree_places_add_up_from_published_batches() -> None:
    history = read_table("history/history").where(series="universities_ai_major")
    batches = dict(zip(history["year"].tolist(), history["value"].tolist(), strict=True))
    graduate = {2018: 2, 2019: 4, 2020: 8, 2021: 12, 2022: 15}
    for year, extra in graduate.items():
        approved = sum(value for batch, value in batches.items() if batch < year)
        expected = at("degree_places", "without_plan", f"{year}Q3") + extra + 0.06 * approved
        assert at("degree_places", "as_implemented", f"{year}Q3") == pytest.approx(expected, abs=0.5)


def test_public_orders_of_2020_meet_the_published_share_of_government_customers() -> None:
    history = read_table("history/history")
    market = history.where(measured_as="iresearch", year=2020)["value"][0]
    share = history.where(series="customer_sector_share", source_org="iResearch via Qianzhan")
    government = next(
        value for text, value in zip(share["definition"], share["value"], strict=True) if "government" in text
    )
    quarters = ("2020Q1", "2020Q2", "2020Q3", "2020Q4")
    set_aside = sum(
        at(name, "as_implemented", quarter) / 4
        for name in ("governance_procurement", "public_safety_procurement", "public_service_procurement")
        for quarter in quarters
    )
    arrives = at("implementation_effectiveness", "as_implemented", "2020Q1")
    assert set_aside * arrives == pytest.approx(market * government / 100, rel=0.12)


def test_pilot_zones_as_implemented_follow_the_table_of_cities() -> None:
    cities = read_table("population/pilot_cities")
    first: dict[str, str] = {}
    for region, date in zip(cities["region"].tolist(), cities["designated"].tolist(), strict=True):
        first[region] = min(date, first.get(region, date))
    listed = {region: date for date, regions in designations("as_implemented").items() for region in regions}
    assert listed == first


def test_pilot_zones_as_written_reach_twenty_regions_by_2023_once_each() -> None:
    points = designations("as_written")
    regions = [region for added in points.values() for region in added]
    (planned,) = read_table("history/history").where(series="pilot_zones_target")["value"]
    assert len(regions) == len(set(regions)) == planned
    assert set(regions) <= set(REGIONS)
    assert max(points) == "2023Q1"


def test_network_investment_moves_with_base_stations_built() -> None:
    table = read_table("population/macro").where(series="base_stations_5g")
    stock = dict(zip(table["year"].tolist(), table["value"].tolist(), strict=True))
    built = [stock[year] - stock[year - 1] for year in (2020, 2022, 2025)]
    spent = [at("network_investment", "as_implemented", f"{year}Q1") for year in (2020, 2022, 2025)]
    assert built[1] == max(built)
    assert spent[1] == max(spent)
    assert spent[2] < spent[0]
