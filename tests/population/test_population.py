"""The synthetic economy of 2016Q1 against the seeds, and the same economy with more user organisations."""

from __future__ import annotations

import numpy as np
import pytest

from sim import driver
from sim.parameters import PARAMETERS
from sim.parameters.sampling import sample
from sim.plan.lever_ids import Lever
from sim.plan.names import APPLICATIONS, CORE_SECTORS, REGIONS, SIZE_CLASSES
from sim.population import populate, stage
from sim.population.cast import _INSTITUTES
from sim.population.places import distances, links
from sim.population.scores import apportion, ranks, scores, uniforms
from sim.scenario import load
from sim.seeds import read_table
from sim.state import State
from sim.state.finance import FundKind

FIRMS = int(PARAMETERS["firms_2016"].default)


@pytest.fixture(scope="module")
def cast() -> State:
    """Return the economy with two organisations a cell."""
    return populate(replicates=2, firms=800)[0]


def settled(replicates: int, run: int | None = None) -> State:
    """Return an economy with the levels of 2016 that fit the default parameters, or those of a run."""
    state, _ = populate(replicates=replicates, firms=800)
    scene = stage(load("plan"))
    if run is not None:
        scene.parameters[:] = sample("prior", 2017, run, 1, {})
    driver.settle(state, scene)
    return state


def total(groups: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """Return the sums of `values` over each of `count` groups."""
    return np.bincount(groups, weights=values, minlength=count)


# --- user organisations ---------------------------------------------------------------------------------------------


def test_users_output_by_application_equals_the_seeds(cast: State) -> None:
    found = 4.0 * total(cast.adopters.application, cast.adopters.output_2016, 15) / 1000.0
    assert found == pytest.approx(read_table("population/applications")["output_2016"], rel=1e-12)


def test_users_employment_by_application_equals_the_seeds(cast: State) -> None:
    found = total(cast.adopters.application, cast.adopters.weight * cast.adopters.employees, 15) / 1e6
    assert found == pytest.approx(read_table("population/applications")["employment"], rel=1e-12)


def test_users_output_by_region_follows_the_regional_key(cast: State) -> None:
    applications, regions = read_table("population/applications"), read_table("population/regions")
    for a in range(len(APPLICATIONS)):
        mine = cast.adopters.application == a
        found = total(cast.adopters.region[mine], cast.adopters.output_2016[mine], 31)
        key = regions[str(applications["regional_key"][a])]
        assert found / found.sum() == pytest.approx(key / key.sum(), rel=1e-12)


def test_users_output_and_organisations_by_size_follow_the_profile(cast: State) -> None:
    applications, sizes = read_table("population/applications"), read_table("population/size_classes")
    for a in range(len(APPLICATIONS)):
        mine = cast.adopters.application == a
        profile = sizes.where(profile=applications["size_profile"][a])
        for field, column in (("output_2016", "output_share"), ("weight", "organisation_share")):
            found = total(cast.adopters.size_class[mine], cast.adopters[field][mine], len(SIZE_CLASSES))
            assert found / found.sum() == pytest.approx(profile[column] / profile[column].sum(), rel=1e-9)


def test_users_cover_every_cell_equally(cast: State) -> None:
    cells = set(zip(cast.adopters.application, cast.adopters.region, cast.adopters.size_class, strict=True))
    assert len(cells) == len(APPLICATIONS) * len(REGIONS) * len(SIZE_CLASSES)
    assert len(cast.adopters) == 2 * len(cells)
    assert (cast.adopters.id == np.arange(len(cast.adopters))).all()


def test_users_maturity_has_mean_near_one(cast: State) -> None:
    assert cast.adopters.maturity.mean() == pytest.approx(1.0, abs=0.01)
    assert cast.adopters.maturity.min() >= 0.4


# --- firms, institutes, funds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "table", "column", "count"),
    [("region", "regions", "ai_firm_share_2016", 31), ("sector", "core_sectors", "firm_share_2016", 6)],
)
def test_firms_by_place_differ_from_the_seeds_by_less_than_one(
    cast: State, field: str, table: str, column: str, count: int
) -> None:
    share = read_table(f"population/{table}")[column]
    found = np.bincount(cast.firms[field][cast.firms.alive], minlength=count)
    assert found.sum() == FIRMS == cast.nations[0].firm_rows
    assert np.abs(found - FIRMS * share / share.sum()).max() < 1.0


def test_firms_are_older_than_the_start_and_incumbents_older_than_the_rest(cast: State) -> None:
    firms = cast.firms[cast.firms.alive]
    assert firms.birth.max() < 0
    incumbents = firms.origin == 2
    assert incumbents.mean() == pytest.approx(PARAMETERS["incumbent_part_2016"].default, abs=0.01)
    assert firms.birth[incumbents].max() < firms.birth[~incumbents].min() + 1
    assert len(set(firms.id)) == len(firms)


def test_firms_deal_with_private_funds_in_proportion_to_their_weight(cast: State) -> None:
    firms = cast.firms[cast.firms.alive]
    kinds = cast.funds.kind[firms.fund]
    assert set(kinds) <= {FundKind.MARKET, FundKind.VENTURE}
    found = np.bincount(firms.fund, minlength=60) / len(firms)
    assert np.abs(found - cast.funds.weight).max() < 4.0 * np.sqrt(0.2 * 0.8 / len(firms))


def test_institutes_by_region_differ_from_the_seeds_by_less_than_one(cast: State) -> None:
    share = read_table("population/regions")["researchers_fte_2016"]
    institutes = cast.institutes[cast.institutes.alive]
    found = np.bincount(institutes.region, minlength=31)
    assert len(institutes) == _INSTITUTES == cast.nations[0].institute_rows
    assert np.abs(found - _INSTITUTES * share / share.sum()).max() < 1.0
    assert institutes.profile.sum(axis=1) == pytest.approx(np.ones(_INSTITUTES))
    assert institutes.seniors.sum() == pytest.approx(1.0)


def test_funds_number_one_for_each_region_and_private_weights_add_up_to_one(cast: State) -> None:
    funds = cast.funds
    assert sorted(funds.region[funds.kind == FundKind.GUIDANCE]) == list(range(31))
    assert funds.weight.sum() == pytest.approx(1.0)
    assert (funds.weight[(funds.kind != FundKind.MARKET) & (funds.kind != FundKind.VENTURE)] == 0.0).all()
    assert len(funds) == 60


# --- places and links -----------------------------------------------------------------------------------------------


def test_links_of_fields_add_up_by_sector_and_links_of_applications_by_application() -> None:
    field_sector, sector_application = links()
    assert field_sector.shape == (16, 6)
    assert sector_application.shape == (15, 6)
    assert field_sector.sum(axis=0) == pytest.approx(np.ones(6))
    assert sector_application.sum(axis=1) == pytest.approx(np.ones(15))
    assert min(field_sector.min(), sector_application.min()) >= 0.0


@pytest.mark.parametrize("column", ["gdp_share", "fund_share", "seat_share"])
def test_shares_of_regions_add_up_to_one(cast: State, column: str) -> None:
    assert cast.regions[column].sum() == pytest.approx(1.0)
    assert cast.regions[column].min() >= 0.0


def test_latent_and_startup_weights_of_regions_and_sectors_add_up_to_one(cast: State) -> None:
    assert cast.regions.latent_share.sum() == pytest.approx(1.0)
    assert cast.regions.startup_base.sum() == pytest.approx(1.0)


def test_distances_between_capitals_are_symmetric_and_of_known_length(cast: State) -> None:
    found = cast.regions.distance
    assert np.allclose(found, found.T)
    assert (np.diag(found) == 0.0).all()
    beijing, shanghai = REGIONS.index("CN-BJ"), REGIONS.index("CN-SH")
    assert found[beijing, shanghai] == pytest.approx(1068.0, rel=0.01)
    # A quarter of the equator.
    assert distances(np.array([0.0, 0.0]), np.array([0.0, 90.0]))[0, 1] == pytest.approx(np.pi / 2.0 * 6371.0)


def test_procurement_levers_reach_the_public_applications_and_no_others(cast: State) -> None:
    applications = cast.applications
    assert ((applications.procurement >= 0) == applications.public).all()
    assert {Lever(row).name for row in applications.procurement if row >= 0} == {
        "public_service_procurement",
        "governance_procurement",
        "public_safety_procurement",
    }


def test_core_sectors_start_with_the_imports_of_the_seeds(cast: State) -> None:
    assert 1.0 - cast.sectors.domestic_2016 == pytest.approx(read_table("population/core_sectors")["import_share_2016"])
    assert len(cast.sectors) == len(CORE_SECTORS)


# --- levels of 2016 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", [None, 0, 7])
def test_settle_sales_staff_and_shares_add_up_to_the_declared_totals(run: int | None) -> None:
    state = settled(1, run)
    scene = stage(load("plan"))
    p = scene.parameters[0] if run is None else sample("prior", 2017, run, 1, {})[0]
    firms = state.firms[state.firms.alive]
    assert 4.0 * firms.technology_sales.sum() / 1000.0 == pytest.approx(p.technology_sales_2016)
    assert total(firms.sector, firms.share, 6) == pytest.approx(np.ones(6))
    assert 2.0 * firms.line_sales.sum() / 1000.0 == pytest.approx(p.line_part * p.lines_2016)
    assert (firms.line_sales[firms.origin != 2] == 0.0).all()
    staff = state.institutes.seniors + state.institutes.engineers
    assert staff[state.institutes.alive].sum() == pytest.approx(p.institute_staff_2016)


def test_settle_heads_of_employers_equal_those_booked_in_pools() -> None:
    state = settled(1)
    firms, institutes = state.firms[state.firms.alive], state.institutes[state.institutes.alive]
    users = state.adopters[state.adopters.adopted]
    booked = state.pools.in_firms.reshape(31, 5)
    for tier in range(3):
        assert booked[:, tier] == pytest.approx(total(firms.region, firms.staff[:, tier], 31))
    assert state.pools.in_institutes[::5] == pytest.approx(total(institutes.region, institutes.seniors, 31))
    assert state.pools.in_adopters[3::5] == pytest.approx(total(users.region, users.skilled_staff, 31))
    # People between posts are the frictional share of all.
    share = state.pools.available.sum() / (state.pools.available.sum() + booked.sum() + staff_elsewhere(state))
    assert share == pytest.approx(PARAMETERS["frictional_share"].default)


def staff_elsewhere(state: State) -> float:
    """Return the heads in institutes, with user organisations and in research centres of foreign firms."""
    return float(state.pools.in_institutes.sum() + state.pools.in_adopters.sum() + state.pools.in_centres.sum())


def test_settle_technology_orders_of_2016_equal_sales_at_home_of_domestic_firms() -> None:
    # Spending per intensity is set so that private orders, times the domestic share, and public orders and exports
    # together are the declared sales.
    state = settled(4)
    p = stage(load("plan")).parameters[0]
    users, applications = state.adopters, state.applications
    ordered = applications.spend_weight[users.application] * users.intensity * users.output_2016
    ordered = 4.0 * state.nations[0].spend_per_intensity * ordered.sum() / 1000.0
    public = p.public_technology_part * p.public_orders_2016
    sales = p.technology_sales_2016
    assert p.domestic_2016 * ordered + public + p.exports_2016 * sales == pytest.approx(sales)


def test_settle_adopted_share_of_output_is_the_declared_one_on_average() -> None:
    found = []
    for run in range(4):
        state = settled(2, run)
        declared = sample("prior", 2017, run, 1, {})[0].adopted_2016
        found.append(np.average(state.adopters.adopted, weights=state.adopters.output_2016) / declared)
    assert np.mean(found) == pytest.approx(1.0, abs=0.12)


def test_twice_the_organisations_with_half_the_weight_give_the_same_totals() -> None:
    few, many = settled(2), settled(4)
    assert len(many.adopters) == 2 * len(few.adopters)
    for field in ("weight", "output_2016"):
        for group, count in (("application", 15), ("region", 31), ("size_class", 4)):
            old, new = (total(each.adopters[group], each.adopters[field], count) for each in (few, many))
            assert new == pytest.approx(old, rel=1e-9)
    heads = [float((each.adopters.weight * each.adopters.employees).sum()) for each in (few, many)]
    assert heads[0] == pytest.approx(heads[1], rel=1e-9)


def test_twice_the_organisations_leave_money_and_use_of_2016_within_sampling_error() -> None:
    few, many = settled(2), settled(4)
    assert many.nations[0].spend_per_intensity == pytest.approx(few.nations[0].spend_per_intensity, rel=0.15)
    assert many.adopters.cash.sum() == pytest.approx(few.adopters.cash.sum(), rel=0.15)
    # Orders are calibrated to the sales of 2016, so the people who handle them are the same.
    assert many.adopters.skilled_staff.sum() == pytest.approx(few.adopters.skilled_staff.sum(), rel=1e-9)


def test_populate_twice_gives_the_same_bytes() -> None:
    assert np.array_equal(populate(1, firms=700)[1], populate(1, firms=700)[1])


# --- scores ---------------------------------------------------------------------------------------------------------


def test_ranks_are_an_even_sample_in_mixed_order() -> None:
    found = ranks(500, 3)
    assert sorted(found) == pytest.approx((np.arange(500) + 0.5) / 500)
    assert abs(np.corrcoef(found, np.arange(500))[0, 1]) < 0.2


def test_scores_have_mean_zero_and_unit_spread_and_differ_by_stream() -> None:
    found = scores(800, 5)
    assert found.mean() == pytest.approx(0.0, abs=1e-9)
    assert found.std() == pytest.approx(1.0, abs=0.01)
    assert abs(np.corrcoef(found, scores(800, 6))[0, 1]) < 0.15
    assert not np.array_equal(uniforms(50, 1), uniforms(50, 2))


@pytest.mark.parametrize("seats", [0, 1, 7, 680])
def test_apportion_adds_up_and_stays_within_one_of_the_exact_share(seats: int) -> None:
    shares = np.array([0.5, 0.3, 0.15, 0.05])
    found = apportion(shares, seats)
    assert found.sum() == seats
    assert np.abs(found - seats * shares).max() < 1.0
