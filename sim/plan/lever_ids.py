"""The policy levers as constants of compiled code, in the order of `seeds/plan/levers.yaml`.

Used by kernels, scenario, ledger and results; a member's name is the lever's id. Reads no file and imports nothing of
the package. A test holds names and order equal to the catalogue.
"""

import enum


class Lever(enum.IntEnum):
    """Position of each lever in every array over levers; names are part of the scenario language and never change."""

    basic_research_funding = 0
    frontier_theory_share = 1
    exploratory_share = 2
    common_technology_funding = 3
    chip_priority = 4
    platform_investment = 5
    platform_openness = 6
    open_source_share = 7
    major_project_funding = 8
    programme_coordination = 9
    innovation_bases = 10
    dual_use_transfer = 11
    international_cooperation = 12
    degree_places = 13
    ai_plus_x_share = 14
    overseas_recruitment = 15
    retraining_places = 16
    ai_literacy = 17
    core_sector_grants = 18
    core_sector_focus = 19
    guidance_fund_commitments = 20
    guidance_fund_leverage = 21
    fund_selection_merit = 22
    venture_tax_relief = 23
    ppp_share = 24
    rd_super_deduction = 25
    high_tech_tax_rate = 26
    champion_support = 27
    patent_pool = 28
    pilot_zones = 29
    industrial_parks = 30
    incubators = 31
    outward_investment = 32
    foreign_rd_centres = 33
    sme_tax_relief = 34
    market_fund_formation = 35
    capital_market_access = 36
    ip_enforcement = 37
    innovation_alliance = 38
    belt_and_road = 39
    adoption_subsidy_rate = 40
    demonstration_projects = 41
    smart_factory_programme = 42
    sme_cloud_platforms = 43
    public_service_procurement = 44
    governance_procurement = 45
    public_safety_procurement = 46
    trust_infrastructure = 47
    open_public_data = 48
    network_investment = 49
    data_infrastructure = 50
    compute_investment = 51
    energy_supply = 52
    regulatory_clarity = 53
    standards_programme = 54
    safety_supervision = 55
    data_protection = 56
    adjustment_support = 57
    public_communication = 58
    pilot_replication = 59
    implementation_effectiveness = 60
    evaluation_interval = 61
    adjustment_strength = 62
