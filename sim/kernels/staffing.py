"""Posts wanted, offered, filled and left by firms, institutes and user organisations."""

from __future__ import annotations

from sim._jit import gather, kernel
from sim.kernels.finance import income_row
from sim.kernels.market import productivity_row
from sim.rules.adoption import technology_spending
from sim.rules.innovation import quarterly
from sim.rules.staffing import affordable, fill_rate, heads_for_budget, staff_target, users_wanted


@gather
def plan_staff_row(firm, flow, region, pools, parameters):
    """Return the senior, engineering and AI+X staff the firm would employ at today's wages and money."""
    first = firm.region * 5
    pay_senior = pools[first].wage / 4000.0
    pay_engineer = pools[first + 1].wage / 4000.0
    pay_plus_x = pools[first + 2].wage / 4000.0
    orders = max(firm.backlog, firm.technology_sales) * (1.0 + parameters.planned_growth)
    delivery = orders / productivity_row(firm, parameters)
    delivery += (
        heads_for_budget(flow.expansion, 1.0 - parameters.expansion_rd_share, pay_plus_x)
        * parameters.expansion_delivery
    )
    wanted_pay = flow.rd_budget + delivery * pay_plus_x
    income = income_row(firm, region, pools, parameters)
    money = flow.expansion + flow.grant - flow.grant_misused + flow.research_grant
    reserve = max(0.0, firm.cash) / parameters.runway_quarters
    share = affordable(wanted_pay, income, max(money, reserve))
    research_pay = flow.rd_budget * share * parameters.research_wage_share
    senior = heads_for_budget(research_pay, parameters.senior_pay_share, pay_senior)
    # Pay meant for seniors who cannot be found goes to engineers.
    engineer = heads_for_budget(research_pay - min(senior, firm.staff[0]) * pay_senior, 1.0, pay_engineer)
    return senior, engineer, delivery * share


@kernel
def plan_staff(firms, firm_flows, regions, pools, nation, parameters):
    """Ask every firm for the staff it would employ."""
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            flow.wanted[0], flow.wanted[1], flow.wanted[2] = plan_staff_row(
                firm, flow, regions[firm.region], pools, parameters
            )


@gather
def plan_skills_row(adopter, flow, application, pool, nation, parameters):
    """Return the AI users the organisations of the row would like to employ, from the last quarter's use."""
    if not adopter.adopted:
        return 0.0
    use = technology_spending(flow.output, application.spend_weight * nation.spend_per_intensity, adopter.intensity)
    ratio = pool.wage / (pool.wage_2016 * nation.wage)
    return users_wanted(use, parameters.users_per_spending, ratio, parameters.demand_elasticity_labour)


@kernel
def plan_skills(adopters, adopter_flows, applications, pools, nation, parameters):
    """Ask every user organisation for the AI users it would like to employ."""
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        pool = pools[adopter.region * 5 + 3]
        flow.skilled_wanted = plan_skills_row(
            adopter, flow, applications[adopter.application], pool, nation, parameters
        )


@kernel
def match_staff(
    firms, firm_flows, institutes, institute_flows, adopters, adopter_flows, regions, pools, nation, parameters
):
    """Let people leave, offer posts, fill them pool by pool, and book heads with their new employers.

    A pool's wage answers to the staff employers would like to have; posts are offered no faster than firms can grow.
    """
    for row in range(pools.shape[0]):
        pools[row].vacancies = 0.0
        pools[row].wanted = 0.0
    quits = quarterly(parameters.quit_rate)
    _leave_and_offer_firms(firms, firm_flows, pools, nation, parameters, quits)
    _leave_and_offer_institutes(institutes, institute_flows, pools, nation, quits)
    _leave_and_offer_adopters(adopters, adopter_flows, pools, quits)
    _leave_and_offer_centres(regions, pools, parameters, quits)
    for row in range(pools.shape[0]):
        pool = pools[row]
        pool.fill_share = fill_rate(pool.available, pool.vacancies, parameters.most_filled)
    _fill_firms(firms, firm_flows, pools, nation)
    _fill_institutes(institutes, institute_flows, pools, nation)
    _fill_adopters(adopters, adopter_flows, pools)
    _fill_centres(regions, pools, parameters)


@kernel
def _leave_and_offer_firms(firms, firm_flows, pools, nation, parameters, quits):
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            for t in range(3):
                pool = pools[firm.region * 5 + t]
                aim = staff_target(flow.wanted[t], firm.staff[t], parameters.most_growth, parameters.most_cut)
                leaving = max(quits * firm.staff[t], firm.staff[t] - aim)
                flow.released[t] = leaving
                flow.vacancies[t] = max(0.0, aim - firm.staff[t] + leaving)
                pool.available += leaving
                pool.in_firms -= leaving
                pool.vacancies += flow.vacancies[t]
                pool.wanted += flow.wanted[t]


@kernel
def _leave_and_offer_institutes(institutes, institute_flows, pools, nation, quits):
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            flow = institute_flows[row]
            for t in range(2):
                pool = pools[institute.region * 5 + t]
                staff = institute.seniors if t == 0 else institute.engineers
                wanted = flow.wanted_seniors if t == 0 else flow.wanted_engineers
                leaving = max(quits * staff, staff - wanted)
                pool.available += leaving
                pool.in_institutes -= leaving
                pool.vacancies += max(0.0, wanted - staff + leaving)
                pool.wanted += wanted
                if t == 0:
                    flow.hired_seniors = -leaving
                else:
                    flow.hired_engineers = -leaving


@kernel
def _leave_and_offer_adopters(adopters, adopter_flows, pools, quits):
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        if adopter.adopted:
            pool = pools[adopter.region * 5 + 3]
            leaving = max(quits * adopter.skilled_staff, adopter.skilled_staff - flow.skilled_wanted)
            pool.available += leaving
            pool.in_adopters -= leaving
            pool.vacancies += max(0.0, flow.skilled_wanted - adopter.skilled_staff + leaving)
            pool.wanted += flow.skilled_wanted
            flow.skilled_hired = -leaving


@kernel
def _fill_firms(firms, firm_flows, pools, nation):
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            flow = firm_flows[row]
            for t in range(3):
                pool = pools[firm.region * 5 + t]
                flow.hires[t] = flow.vacancies[t] * pool.fill_share
                firm.staff[t] += flow.hires[t] - flow.released[t]
                pool.available -= flow.hires[t]
                pool.in_firms += flow.hires[t]


@kernel
def _fill_institutes(institutes, institute_flows, pools, nation):
    for row in range(nation.institute_rows):
        institute = institutes[row]
        if institute.alive:
            flow = institute_flows[row]
            first = institute.region * 5
            seniors = max(0.0, flow.wanted_seniors - institute.seniors - flow.hired_seniors) * pools[first].fill_share
            engineers = (
                max(0.0, flow.wanted_engineers - institute.engineers - flow.hired_engineers)
                * pools[first + 1].fill_share
            )
            flow.hired_seniors += seniors
            flow.hired_engineers += engineers
            institute.seniors += flow.hired_seniors
            institute.engineers += flow.hired_engineers
            pools[first].available -= seniors
            pools[first].in_institutes += seniors
            pools[first + 1].available -= engineers
            pools[first + 1].in_institutes += engineers


@kernel
def _fill_adopters(adopters, adopter_flows, pools):
    for row in range(adopters.shape[0]):
        adopter = adopters[row]
        flow = adopter_flows[row]
        flow.wages = 0.0
        if adopter.adopted:
            pool = pools[adopter.region * 5 + 3]
            hired = max(0.0, flow.skilled_wanted - adopter.skilled_staff - flow.skilled_hired) * pool.fill_share
            flow.skilled_hired += hired
            adopter.skilled_staff += flow.skilled_hired
            pool.available -= hired
            pool.in_adopters += hired
            flow.wages = adopter.skilled_staff * pool.wage / 4000.0


@gather
def centre_wanted(region, parameters, t):
    """Return the senior (t = 0) or engineering staff that the region's foreign research centres want, persons."""
    part = parameters.centre_senior_part if t == 0 else 1.0 - parameters.centre_senior_part
    return region.centres * parameters.centre_staff * part


@kernel
def _leave_and_offer_centres(regions, pools, parameters, quits):
    for row in range(regions.shape[0]):
        region = regions[row]
        for t in range(2):
            pool = pools[row * 5 + t]
            wanted = centre_wanted(region, parameters, t)
            leaving = max(quits * region.centre_staff[t], region.centre_staff[t] - wanted)
            region.centre_staff[t] -= leaving
            pool.available += leaving
            pool.in_centres -= leaving
            pool.vacancies += max(0.0, wanted - region.centre_staff[t])
            pool.wanted += wanted


@kernel
def _fill_centres(regions, pools, parameters):
    for row in range(regions.shape[0]):
        region = regions[row]
        for t in range(2):
            pool = pools[row * 5 + t]
            hired = max(0.0, centre_wanted(region, parameters, t) - region.centre_staff[t]) * pool.fill_share
            region.centre_staff[t] += hired
            pool.available -= hired
            pool.in_centres += hired
