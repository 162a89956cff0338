"""Fields of talent pools (one row for one region and tier) and of regions."""

from __future__ import annotations

from sim.plan.names import CORE_SECTORS, REGIONS
from sim.state.fields import Field

# Study takes four years: a ring of sixteen quarterly cohorts.
STUDY_QUARTERS = 16
N_SECTORS = len(CORE_SECTORS)

POOLS: tuple[Field, ...] = (
    Field("id", "1", "label", "region index times five plus tier index", "count"),
    Field("region", "1", "label", "index into REGIONS", "count"),
    Field("tier", "1", "label", "index into TIERS", "count"),
    Field("available", "persons", "stock", "looking for a post in the pool's tier (displaced tier: without work)"),
    Field("in_firms", "persons", "stock", "booked as working in AI firms"),
    Field("in_institutes", "persons", "stock", "booked as working in institutes"),
    Field("in_adopters", "persons", "stock", "booked as working with user organisations"),
    Field("in_centres", "persons", "stock", "booked as working in research centres of foreign firms"),
    Field("in_training", "persons", "stock", "displaced workers in retraining"),
    Field("wage", "thousand CNY/year", "price", "wage of the tier in the region"),
    Field("wage_level", "1", "label", "wage of the region over the nation, in 2016"),
    Field("wage_2016", "thousand CNY/year", "label", "wage of the tier in the region in 2016"),
    Field("vacancies", "persons", "flow", "posts offered this quarter by all employers"),
    Field("wanted", "persons", "flow", "staff that all employers would like to have, staff in place included"),
    Field("supported", "persons", "flow", "displaced workers who receive income support"),
    Field("counted", "persons", "flow", "heads booked with employers less heads their employers count"),
    Field("fill_share", "1", "rate", "share of the vacancies filled this quarter"),
)

POOL_FLOWS: tuple[Field, ...] = (
    Field("wage_next", "thousand CNY/year", "price", "wage set for this quarter"),
    Field("converted", "persons", "flow", "software staff who become AI staff"),
    Field("switching", "persons", "flow", "retraining for the neighbouring tier"),
    Field("leaving", "persons", "flow", "moving away to other regions"),
    Field("attraction", "index", "flow", "weight of the pool for people who move"),
    Field("retiring", "persons", "flow", "leaving AI work for good"),
    Field("retrained", "persons", "flow", "displaced workers who finish training as AI users"),
    Field("reabsorbed", "persons", "flow", "displaced workers who find other work"),
    Field("entering_training", "persons", "flow", "displaced workers who start training"),
)

REGIONS_STATE: tuple[Field, ...] = (
    Field("id", "1", "label", "index into REGIONS", "count"),
    Field("gdp_share", "share of GDP", "share", "share of national GDP of 2016"),
    Field("fund_share", "share", "share", "share of guidance-fund commitments"),
    Field("raised_ratio", "1", "share", "social capital raised over asked in the region"),
    Field("seat_share", "share", "share", "share of the nation's AI degree places"),
    Field("software_workforce", "persons", "stock", "software staff from whom AI staff are drawn"),
    Field("coverage", "1", "share", "network coverage"),
    Field("cohorts", "persons", "stock", "students by quarter of enrolment, a ring", shape=(STUDY_QUARTERS,)),
    Field("enrolled", "persons", "flow", "students who began this quarter"),
    Field("graduates", "persons", "flow", "students who finished this quarter"),
    Field("latent", "firms", "stock", "incumbents that could be recognised, by sector", shape=(N_SECTORS,)),
    Field(
        "startup_base", "1/quarter", "label", "start-ups a quarter under 2016 conditions, by sector", shape=(N_SECTORS,)
    ),
    Field(
        "latent_share",
        "1",
        "label",
        "share of the nation's incumbents that could be recognised, by sector",
        shape=(N_SECTORS,),
    ),
    Field("parks", "parks", "stock", "industrial parks"),
    Field("park_cover", "1", "share", "share of the region's firms that find room in a park"),
    Field("centres", "centres", "stock", "AI research centres of foreign firms"),
    Field("centre_staff", "persons", "stock", "senior scientists and engineers of these centres", shape=(2,)),
    Field("staff_2016", "persons", "label", "AI staff in 2016Q1"),
    Field("distance", "km", "label", "distance between regional capitals", shape=(len(REGIONS),)),
    Field("nearness", "1", "label", "reach of tacit knowledge from other regions", shape=(len(REGIONS),)),
    Field("spillover", "mn CNY", "stock", "R&D stock within reach, by sector", shape=(N_SECTORS,)),
    Field("firms", "firms", "stock", "AI firms"),
    Field("sales", "mn CNY", "flow", "sales of the region's firms by account: technology, bundled, lines", shape=(3,)),
    Field("displaced", "persons", "flow", "workers displaced this quarter"),
)
