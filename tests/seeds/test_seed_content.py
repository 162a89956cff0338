"""What the seeds say agrees with itself: sums, ranges, years, sources, and the traps noted in the sidecars."""

from __future__ import annotations

import re

import numpy as np
import pytest

from sim.plan.names import SIZE_CLASSES
from sim.seeds import Table, read_document, read_sidecar, read_table
from sim.seeds.files import data_files, root


def macro(series: str, year: int) -> float:
    """Return one figure of the macro table."""
    (value,) = read_table("population/macro").where(series=series, year=year)["value"]
    return float(value)


@pytest.mark.parametrize("name", ["history/history", "firms/firms"])
def test_outcomes_end_in_2021(name: str) -> None:
    table = read_table(name)
    years = table.where(role="outcome")["year"] if "role" in table.columns else table["year"]
    assert len(years) > 0
    assert years.max() <= 2021


def test_history_measured_rows_are_outcomes_or_rival_forecasts() -> None:
    history = read_table("history/history")
    measured = history["measured_as"] != ""
    assert measured.sum() > 20
    assert set(history["role"][measured]) == {"outcome", "rival forecast"}


def test_history_was_not_known_before_it_was_published() -> None:
    history = read_table("history/history")
    published = np.array([int(text[:4]) for text in history["published"]])
    assert (history["known_from"] >= published).all()


RANGES = [
    ("population/applications", "exposure_low", "exposure", "exposure_high"),
    ("population/core_sectors", "import_share_low", "import_share_2016", "import_share_high"),
    ("population/core_sectors", "firm_share_low", "firm_share_2016", "firm_share_high"),
    ("population/core_sectors", "export_share_low", "export_share_2016", "export_share_high"),
    ("population/core_sectors", "hardware_share_low", "hardware_share", "hardware_share_high"),
    ("population/core_sectors", "obsolescence_low", "obsolescence", "obsolescence_high"),
    ("population/fields", "parity_low", "parity_2016", "parity_high"),
    ("population/fields", "world_growth_low", "world_growth", "world_growth_high"),
    ("priors/priors", "low", "central", "high"),
]


@pytest.mark.parametrize(("name", "low", "central", "high"), RANGES)
def test_central_value_lies_inside_its_range(name: str, low: str, central: str, high: str) -> None:
    table = read_table(name)
    assert (table[low] <= table[central]).all()
    assert (table[central] <= table[high]).all()
    assert (table[low] < table[high]).all()


def test_regional_value_added_adds_up_to_regional_product() -> None:
    regions = read_table("population/regions")
    parts = regions.matrix(["va_primary_2016", "va_secondary_2016", "va_tertiary_2016"]).sum(axis=1)
    np.testing.assert_allclose(parts, regions["gdp_2016"], atol=0.011)


@pytest.mark.parametrize(
    ("column", "series", "year", "within"),
    [
        ("rd_spending_2016", "rd_spending", 2016, 0.05),
        ("rd_basic_2016", "basic_research_spending", 2016, 0.01),
        ("rd_personnel_fte_2016", "rd_personnel_fte", 2016, 5),
        ("researchers_fte_2016", "researchers_fte", 2016, 5),
        ("universities_2017", "universities", 2017, 0),
    ],
)
def test_regions_add_up_to_the_nation(column: str, series: str, year: int, within: float) -> None:
    assert read_table("population/regions")[column].sum() == pytest.approx(macro(series, year), abs=within)


def test_regional_product_exceeds_the_nation_by_the_known_over_count() -> None:
    ratio = read_table("population/regions")["gdp_2016"].sum() / macro("nominal_gdp", 2016)
    assert 1.03 < ratio < 1.06


def test_regional_parts_do_not_exceed_their_whole() -> None:
    regions = read_table("population/regions")
    assert (regions["rd_basic_2016"] < regions["rd_spending_2016"]).all()
    assert (regions["researchers_fte_2016"] < regions["rd_personnel_fte_2016"]).all()
    assert (regions["universities_bachelor_2017"] <= regions["universities_2017"]).all()
    assert (regions["fiscal_education_2016"] + regions["fiscal_scitech_2016"] < regions["fiscal_total_2016"]).all()


def test_firm_shares_published_for_four_regions_follow_the_sample() -> None:
    regions = read_table("population/regions")
    published = regions.where(ai_firm_share_status="published")
    shares = dict(zip(published["code"].tolist(), published["ai_firm_share_2016"].tolist(), strict=True))
    assert shares == {"CN-BJ": 0.432, "CN-SH": 0.149, "CN-ZJ": 0.083, "CN-GD": 0.169}
    derived = regions.where(ai_firm_share_status="derived")
    per_certificate = derived["ai_firm_share_2016"] / derived["hnte_certificates_2018"]
    np.testing.assert_allclose(per_certificate, per_certificate.mean(), rtol=0.05)


def test_application_growth_is_that_of_its_two_levels() -> None:
    table = read_table("population/applications")
    growth = (table["output_2020"] / table["output_2016"]) ** 0.25 - 1
    np.testing.assert_allclose(table["growth_2016_2020"], growth, atol=6e-5)


def test_application_levels_of_2016_are_nowhere_called_sourced() -> None:
    assert "sourced" not in set(read_table("population/applications")["output_2016_status"])
    assert "UNVERIFIED" in " ".join(read_sidecar("population/applications").notes)


def test_application_budgets_hold_their_sourced_local_part() -> None:
    table = read_table("population/applications")
    budgets = table.where(output_basis="budget")
    courts = float(table.where(id="courts")["output_2020"][0])
    whole = budgets["output_2020"] + np.where(budgets["id"] == "public_safety", courts, 0.0)
    known = ~np.isnan(budgets["local_budget_2020"])
    share = budgets["local_budget_2020"][known] / whole[known]
    assert known.sum() == 7
    assert (share > 0.85).all()
    assert (share < 1.0).all()


def test_applications_spread_and_size_by_columns_that_exist() -> None:
    applications = read_table("population/applications")
    assert set(applications["regional_key"]) <= set(read_table("population/regions").columns)
    assert set(applications["size_profile"]) == set(read_table("population/size_classes")["profile"])


def test_procurement_reaches_public_applications_and_no_other() -> None:
    table = read_table("population/applications")
    assert ((table["procurement_lever"] != "") == (table["kind"] == "public")).all()
    clause_of = {lever["id"]: lever["clause"] for lever in read_document("plan/levers")["levers"]}
    for lever, clause in zip(table["procurement_lever"], table["clause"], strict=True):
        assert not lever or clause_of[lever] == clause


def profile(name: str) -> Table:
    """Return the four rows of one size profile."""
    return read_table("population/size_classes").where(profile=name)


@pytest.mark.parametrize("name", ["industry", "commerce", "services", "finance", "farming", "public"])
def test_size_profile_is_complete_ordered_and_adds_up(name: str) -> None:
    rows = profile(name)
    assert tuple(rows["size_class"]) == SIZE_CLASSES
    assert rows["output_share"].sum() == pytest.approx(1, abs=1e-12)
    assert rows["organisation_share"].sum() == pytest.approx(1, abs=1e-12)
    assert (np.diff(rows["mean_employees"]) > 0).all()
    assert (np.diff(rows["organisation_share"]) < 0).all()


@pytest.mark.parametrize(("name", "published"), [("industry", 104.713 / 3.270), ("services", 383.236 / 21.789)])
def test_size_profile_meets_published_employees_an_organisation(name: str, published: float) -> None:
    rows = profile(name)
    assert rows["mean_employees"] @ rows["organisation_share"] == pytest.approx(published, rel=0.01)


def test_size_profile_of_services_meets_published_shares_of_large_firms() -> None:
    large = profile("services").where(size_class="large")
    assert large["output_share"][0] == pytest.approx(1 - 0.682)
    assert large["organisation_share"][0] == pytest.approx(1 - 0.998)


def test_obsolescence_of_sectors_lies_between_the_priors() -> None:
    priors = read_table("priors/priors")
    low, high = (
        float(priors.where(id=name)["central"][0])
        for name in ("rd_obsolescence_semiconductors", "rd_obsolescence_it_hardware")
    )
    sectors = read_table("population/core_sectors")["obsolescence"]
    assert ((low < sectors) & (sectors < high)).all()


def test_priors_keep_their_signs() -> None:
    priors = read_table("priors/priors")
    central = dict(zip(priors["id"].tolist(), priors["central"].tolist(), strict=True))
    for name in ("user_cost_elasticity_real", "user_cost_elasticity_reported", "ai_service_demand_elasticity"):
        assert central[name] < 0
    assert central["user_cost_elasticity_real"] == -1.14


def test_priors_are_known_from_the_year_of_their_source() -> None:
    sources = read_table("sources")
    year = dict(zip(sources["key"].tolist(), sources["year"].tolist(), strict=True))
    priors = read_table("priors/priors")
    for key, known in zip(priors["source_key"], priors["known_from"], strict=True):
        assert np.isnan(known) == np.isnan(year[key])
        assert np.isnan(known) or abs(known - year[key]) <= 1


def test_nominal_product_grows_on_one_basis() -> None:
    levels = np.array([macro("nominal_gdp", year) for year in range(2015, 2026)])
    growth = levels[1:] / levels[:-1] - 1
    real = np.array([macro("real_gdp_growth", year) for year in range(2016, 2026)])
    assert (np.abs(growth - real) < 0.05).all()


def test_nominal_product_after_2023_is_the_first_release_rebased() -> None:
    for year in (2024, 2025):
        assert macro("nominal_gdp", year) * 1.0256 == pytest.approx(macro("nominal_gdp_first_release", year), abs=0.1)


def test_macro_series_keep_one_unit_each() -> None:
    table = read_table("population/macro")
    pairs = set(zip(table["series"].tolist(), table["unit"].tolist(), strict=True))
    assert len(pairs) == len(set(table["series"]))


def test_macro_derived_and_recalled_rows_say_so_in_their_source() -> None:
    table = read_table("population/macro")
    recalled = table["source_key"] == "unverified_recollection"
    assert (recalled == (table["status"] == "memory_unverified")).all()


def test_macro_figures_were_not_known_before_their_year_ended() -> None:
    table = read_table("population/macro")
    late = table["known_from"] - table["year"]
    in_year = table["series"] == "base_stations_5g"  # a count published in December
    assert (late[~in_year] >= 1).all()
    assert (late >= 0).all()


def test_pilot_cities_hold_at_most_all_firms_of_a_region() -> None:
    cities = read_table("population/pilot_cities")
    for region in set(cities["region"].tolist()):
        assert cities.where(region=region)["firm_share"].sum() <= 1
    assert all(re.fullmatch(r"20(19|20|21)Q[1-4]", date) for date in cities["designated"])


def test_every_source_is_used() -> None:
    sources = read_table("sources")
    keys, urls = sources["key"].tolist(), sources["url"].tolist()
    pages = set(read_table("history/history")["url"].tolist())
    used = {key for key, url in zip(keys, urls, strict=True) if url in pages}
    for path in data_files(root()):
        name = path.relative_to(root()).as_posix().removesuffix(path.suffix)
        used |= set(read_sidecar(name).sources)
        for column in read_sidecar(name).columns:
            if column.reference == "sources.key":
                used |= set(read_table(name)[column.name].tolist())
    used |= set(re.findall(r"\w+", (root() / "plan/levers.yaml").read_text(encoding="utf-8")))
    assert set(keys) - used == set()


def test_sources_without_a_page_are_files_or_judgement() -> None:
    sources = read_table("sources")
    without = sources["kind"][sources["url"] == ""]
    assert set(without) <= {"judgement", "dataset", "statistics", "policy"}
    assert (sources["url"] == "").sum() < 15


def test_readme_states_the_rows_of_every_table() -> None:
    text = (root() / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (`[^|]+`) \| ([\d, ]+) \|", text, flags=re.MULTILINE)
    stated = {}
    for files, rows in listed:
        stated |= dict(zip(re.findall(r"`([^`]+)`", files), map(int, rows.split(", ")), strict=True))
    for path in data_files(root()):
        file = path.relative_to(root()).as_posix()
        name = file.removesuffix(path.suffix)
        actual = read_table(name).rows if path.suffix == ".csv" else len(read_document(name)[path.stem])
        assert stated[file] == actual
