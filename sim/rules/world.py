"""What the model is given or shares: frontier, compute, infrastructure, trust."""

from __future__ import annotations

import math

from sim._jit import rule


@rule
def frontier_next(level: float, growth: float, jump: float) -> float:
    """World frontier of a field after a quarter.

        F' = F exp(g / 4 + j)

    level    [index]      F > 0, 2016 = 1
    growth   [1/year]     g
    jump     [1/quarter]  j, from a wave such as generative AI
    returns  [index]
    """
    return level * math.exp(0.25 * growth + jump)


@rule
def compute_price(trend: float, demand: float, supply: float, scarcity: float, premium: float) -> float:
    """Price of computing power.

        P = T (D / S)^k (1 + m)

    trend     [index]  T, price at which the world sells, 2016 = 1
    demand    [index]  D > 0, real use
    supply    [index]  S > 0, installed
    scarcity  [1]      k >= 0
    premium   [1]      m >= 0, from restricted imports
    returns   [index]
    Source: price performance of processors, Epoch AI (2022); scarcity assumed.
    """
    return trend * (demand / supply) ** scarcity * (1.0 + premium)


@rule
def coverage_next(coverage: float, spending: float, cost: float) -> float:
    """Network coverage of a region after a quarter of building.

        c' = c + (1 - c) (1 - exp(-s / k))

    coverage  [1]                c in [0, 1]
    spending  [1]                s, network investment over the region's GDP of the quarter
    cost      [1]                k > 0, spending over GDP that covers 63% of what is missing
    returns   [1]
    """
    return coverage + (1.0 - coverage) * (1.0 - math.exp(-spending / cost))


@rule
def trust_next(trust: float, baseline: float, recovery: float, incidents: float, shock: float) -> float:
    """Trust in AI after a quarter.

        t' = t + k (t0 - t) - s n, within [0.05, 1]

    trust      [1]          t
    baseline   [1]          t0
    recovery   [1/quarter]  k
    incidents  [1]          n, incidents of the quarter
    shock      [1]          s, loss of trust per incident
    returns    [1]
    Source: shock and recovery in the AAA surveys 2017-19.
    """
    return min(1.0, max(0.05, trust + recovery * (baseline - trust) - shock * incidents))


@rule
def incident_rate(base: float, exposure: float, supervision: float, effect: float) -> float:
    """Expected AI incidents of public notice in a quarter.

        r = r0 sqrt(e) (1 - k s)

    base         [1/quarter]  r0, at full exposure without supervision; the root: use becomes ordinary
    exposure     [1]          e in [0, 1], output-weighted AI intensity
    supervision  [1]          s in [0, 1]
    effect       [1]          k in [0, 1], share of incidents that full supervision prevents
    returns      [1/quarter]
    """
    return base * math.sqrt(exposure) * (1.0 - effect * supervision)


@rule
def readiness(base: float, coverage: float, data: float, skills: float) -> float:
    """Readiness of an organisation to use AI: no link may be missing.

        r = min(1, r0 sqrt(c d) k)

    base      [1]  r0, its own digital maturity, about 1 on average
    coverage  [1]  c in [0, 1], network
    data      [1]  d in [0, 1], data infrastructure
    skills    [1]  k in [0, 1], share of wanted AI users on its staff
    returns   [1]  in [0, 1]
    """
    return min(1.0, base * math.sqrt(coverage * data) * skills)


@rule
def energy_price(supply: float, supply_2016: float, saving: float) -> float:
    """Price of energy for computing centres.

        p = 1 - k (e - e0)

    supply       [1]      e in [0, 1], how far energy for computing is planned and built ahead
    supply_2016  [1]      e0
    saving       [1]      k in [0, 1], fall of the price from no to full supply
    returns      [index]  2016 = 1
    Source: assumed; regional spread of power prices for data centres.
    """
    return 1.0 - saving * (supply - supply_2016)


@rule
def with_energy(price: float, energy: float, part: float) -> float:
    """Price of computing with today's price of energy.

        P' = P (1 - a + a p)

    price    [index]  P
    energy   [index]  p, 2016 = 1
    part     [1]      a in [0, 1], part of energy in the cost of computing
    returns  [index]
    Source: cost shares of data centres; assumed.
    """
    return price * (1.0 - part + part * energy)


@rule
def literacy_next(literacy: float, covered: float, years: float) -> float:
    """Share of young people who learned about AI at school, after a quarter.

        l' = l + (c - l) / (4 n)

    literacy  [1]     l in [0, 1]
    covered   [1]     c in [0, 1], share of schools that teach it
    years     [year]  n > 0, in which a generation passes through school
    returns   [1]
    Source: assumed; a generation passes in the years of compulsory schooling.
    """
    return literacy + (covered - literacy) / (4.0 * years)
