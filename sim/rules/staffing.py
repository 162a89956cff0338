"""How many people a firm wants, may pay and finds."""

from __future__ import annotations

from sim._jit import rule


@rule
def heads_for_budget(budget: float, wage_share: float, wage: float) -> float:
    """Heads that a budget pays for.

        H = a B / w

    budget      [mn CNY/quarter]           B >= 0
    wage_share  [1]                        a, part of the budget that goes to this kind of staff
    wage        [mn CNY/person/quarter]    w > 0
    returns     [persons]
    """
    return max(0.0, budget) * wage_share / wage


@rule
def delivery_productivity(base: float, quality: float, quality_elasticity: float, price: float) -> float:
    """AI technology that one AI+X employee can bring to customers in a quarter, at current prices.

        a = a0 q^e p

    base                [mn CNY/person/quarter]  a0, at quality 1 and the prices of 2016
    quality             [index]                  q > 0: better products need less work at the customer's
    quality_elasticity  [1]                      e
    price               [index]                  p > 0
    returns             [mn CNY/person/quarter]
    Source: assumed; level from revenue per employee in prospectuses.
    """
    return base * quality**quality_elasticity * price


@rule
def affordable(wanted_pay: float, income: float, growth_money: float) -> float:
    """Share of a wanted wage and research bill that income and investors' money cover.

        f = min(1, max(0, I + E) / P)

    wanted_pay    [mn CNY/quarter]  P >= 0
    income        [mn CNY/quarter]  I, sales less goods bought and overhead; may be negative
    growth_money  [mn CNY/quarter]  E >= 0
    returns       [1]               in [0, 1]
    """
    if wanted_pay <= 0.0:
        return 1.0
    return min(1.0, max(0.0, income + growth_money) / wanted_pay)


@rule
def staff_target(wanted: float, staff: float, most_growth: float, most_cut: float) -> float:
    """Staff aimed at this quarter: firms neither grow nor shrink without limit.

    wanted       [persons]  >= 0
    staff        [persons]  now, >= 0
    most_growth  [1]        largest growth a quarter, as a share (a firm may always add two)
    most_cut     [1]        largest cut a quarter, as a share
    returns      [persons]
    """
    upper = staff * (1.0 + most_growth) + 2.0
    lower = staff * (1.0 - most_cut)
    return min(max(wanted, lower), upper)


@rule
def fill_rate(available: float, vacancies: float, most_filled: float) -> float:
    """Share of the vacancies of a pool that is filled in a quarter.

        f = min(m, A / V)

    available    [persons]  A >= 0, looking for a post
    vacancies    [persons]  V >= 0
    most_filled  [1]        m, search takes time even where people abound
    returns      [1]        in [0, 1]
    """
    if vacancies <= 0.0:
        return 0.0
    return min(most_filled, max(0.0, available) / vacancies)


@rule
def users_wanted(spending: float, per_spending: float, wage_ratio: float, elasticity: float) -> float:
    """AI users an organisation would like to employ.

        U = 4 n S W^-e

    spending      [mn CNY/quarter]    S >= 0, technology in use
    per_spending  [persons/(mn CNY/year)]  n, at the pay of 2016
    wage_ratio    [1]                 W > 0, pay of AI users over what the ICT wage would make it
    elasticity    [1]                 e >= 0, of demand for labour
    returns       [persons]
    Source: assumed; no head count of AI users is published.
    """
    return 4.0 * per_spending * spending * wage_ratio**-elasticity


@rule
def wage_next(wage: float, drift: float, tightness: float, elasticities: float, speed: float, most: float) -> float:
    """Wage of a pool after it moved with all wages and a step towards the level that clears it.

        w' = w g clip(T^(s / (e_s + e_d + 1)), 1 - m, 1 + m)

    wage          [thousand CNY/year]  w, of the last quarter
    drift         [1]                  g, wages of the industry over those of the last quarter
    tightness     [1]                  T = D / S > 0, posts wanted over people in the pool less those between posts
    elasticities  [1]                  e_s + e_d >= 0, of supply and demand
    speed         [1/quarter]          s in (0, 1]
    most          [1/quarter]          m in (0, 1), largest move against the industry
    returns       [thousand CNY/year]  it comes to rest where D = S
    Source: clearing form of the wage leak in Goolsbee (1998).
    """
    step = tightness ** (speed / (elasticities + 1.0))
    return wage * drift * min(1.0 + most, max(1.0 - most, step))
