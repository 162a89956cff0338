"""Regions, core sectors, applications, fields, talent pools: the tables whose rows have names."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.parameters import PARAMETERS
from sim.plan.lever_ids import Lever
from sim.plan.names import CORE_SECTORS, TIERS
from sim.seeds import Table, read_table
from sim.state import State

Floats = npt.NDArray[np.float64]

# Raised over asked by guidance funds: 0.43 in the nation (CSET 2021), worse inland (Wei, Ang and Jia 2023); the split
# between the parts of the country is assumed so that the national figure comes out.
_RAISED = {"east": 0.48, "central": 0.36, "west": 0.30}
_KINDS = {"theory_applied": 0, "theory_frontier": 1, "technology": 2}
_WAGE_BY_INCOME = 0.35  # assumed: wages of scarce staff vary less than income per head
_COVERAGE_BY_INCOME = 0.15  # assumed: networks vary little with income


def share_of(table: Table, column: str) -> Floats:
    """Return a column as shares of its sum, float64[rows]."""
    values = table[column].astype(np.float64)
    return np.asarray(values / values.sum(), dtype=np.float64)


def distances(latitude: Floats, longitude: Floats) -> Floats:
    """Return great-circle distances in km between places given in degrees, float64[n, n]."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    half = (
        np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat[None, :]) * np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    )
    return np.asarray(2 * 6371.0 * np.arcsin(np.sqrt(half)))


def place_regions(state: State) -> None:
    """Fill what the seeds say about the 31 regions and their talent pools."""
    table = read_table("population/regions")
    sectors = read_table("population/core_sectors")
    regions, pools = state.regions, state.pools
    regions.id = np.arange(table.rows)
    regions.gdp_share = share_of(table, "gdp_2016")
    regions.fund_share = share_of(table, "fiscal_scitech_2016")
    regions.seat_share = share_of(table, "universities_bachelor_2017")
    regions.raised_ratio = [_RAISED[part] for part in table["east_central_west"]]
    macro = read_table("population/macro")
    workforce = macro.where(series="software_employment", year=2017)["value"][0] * 1e4
    regions.software_workforce = workforce * share_of(table, "hnte_certificates_2018")
    income = table["gdp_2016"] / table["population_2016"]
    income = income / (table["gdp_2016"].sum() / table["population_2016"].sum())
    broadband = macro.where(series="fixed_broadband_penetration", year=2016)["value"][0]
    regions.coverage = np.clip(broadband * income**_COVERAGE_BY_INCOME, 0.1, 0.95)
    regions.distance = distances(table["capital_lat"], table["capital_lon"])
    makers = sectors["firm_share_2016"] * (0.3 + sectors["hardware_share"])
    regions.latent_share = np.outer(share_of(table, "hnte_certificates_2018"), makers / makers.sum())
    regions.startup_base = np.outer(share_of(table, "ai_firm_share_2016"), share_of(sectors, "firm_share_2016"))
    pools.id = np.arange(len(pools))
    pools.region = np.repeat(np.arange(table.rows), len(TIERS))
    pools.tier = np.tile(np.arange(len(TIERS)), table.rows)
    pools.wage_level = np.repeat(income**_WAGE_BY_INCOME, len(TIERS))


def place_sectors(state: State) -> None:
    """Fill what the seeds say about the six core sectors."""
    table = read_table("population/core_sectors")
    sectors = state.sectors
    sectors.id = np.arange(table.rows)
    sectors.domestic_2016 = 1.0 - table["import_share_2016"]
    sectors.export_2016 = table["export_share_2016"]
    sectors.obsolescence = table["obsolescence"]
    sectors.firms_2016 = table["firm_share_2016"] * PARAMETERS["firms_2016"].default


def place_fields(state: State) -> None:
    """Fill what the seeds say about the sixteen fields."""
    table = read_table("population/fields")
    fields = state.fields
    fields.id = np.arange(table.rows)
    fields.kind = [_KINDS[kind] for kind in table["kind"]]
    fields.growth = table["world_growth"]
    fields.level = table["parity_2016"]


def place_applications(state: State, sector_application: Floats) -> None:
    """Fill what the seeds say about the fifteen applications."""
    table = read_table("population/applications")
    sizes = read_table("population/size_classes")
    sectors = read_table("population/core_sectors")
    applications = state.applications
    applications.id = np.arange(table.rows)
    applications.public = table["kind"] == "public"
    applications.procurement = [int(Lever[name]) if name else -1 for name in table["procurement_lever"]]
    applications.exposed_jobs = table["exposure"]
    applications.spend_weight = table["spend_weight"]
    applications.personal_data = table["personal_data"]
    applications.risk = sector_application @ sectors["legal_risk"]
    for row, profile in enumerate(table["size_profile"]):
        classes = sizes.where(profile=profile)
        logs = np.log(classes["mean_employees"]) * classes["output_share"]
        applications[row].employees_mean = math.exp(float(logs.sum()))


def links() -> tuple[Floats, Floats]:
    """Return the link matrices field to sector, float64[16, 6], and application to sector, float64[15, 6]."""
    fields = read_table("population/field_to_sector").matrix(CORE_SECTORS)
    applications = read_table("population/sector_to_application").matrix(CORE_SECTORS)
    return fields / fields.sum(axis=0), applications / applications.sum(axis=1, keepdims=True)
