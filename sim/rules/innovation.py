"""From research to quality: innovations, their value, absorption of the world frontier, own knowledge and data."""

from __future__ import annotations

import math

from sim._jit import rule


@rule
def research_effort(seniors: float, engineers: float, senior_weight: float) -> float:
    """Research staff in engineers' equivalents.

        H = E + g N

    seniors        [persons]  N
    engineers      [persons]  E
    senior_weight  [1]        g, engineers that one senior scientist is worth
    returns        [persons]
    """
    return engineers + senior_weight * seniors


@rule
def means_factor(means: float, elasticity: float) -> float:
    """Effect of a research means (compute, data, reachable knowledge of others) with falling returns.

        f = (1 + m)^e

    means       [index]  m >= 0, in units of a median firm of 2016
    elasticity  [1]      e in [0, 1)
    returns     [1]      1 where there is none
    """
    return (1.0 + means) ** elasticity


@rule
def innovation_rate(
    base: float,
    effort: float,
    effort_elasticity: float,
    means: float,
    quality: float,
    learnable: float,
    ideas_harder: float,
    lead_harder: float,
) -> float:
    """Expected innovations a quarter.

        r = r0 H^l m q^(-2 phi) (q / L)^(-2 chi)

    base               [1/quarter]  r0, of one engineer at quality 1
    effort             [persons]    H >= 0, engineers' equivalents
    effort_elasticity  [1]          l in (0, 1]: falling returns
    means              [1]          m, product of the means factors
    quality            [index]      q > 0, world frontier 2016 = 1
    learnable          [index]      L > 0, what domestic science and the world frontier offer to follow, 2016 = 1
    ideas_harder       [1]          phi >= 0: research productivity falls with what is already found
    lead_harder        [1]          chi >= 0: following is easier than leading
    returns            [1/quarter]
    Source: Poisson arrival as in Aghion and Howitt (1992); phi after Bloom et al. (2020).
    """
    harder = quality ** (-2.0 * ideas_harder) * (quality / learnable) ** (-2.0 * lead_harder)
    return base * effort**effort_elasticity * means * harder


@rule
def innovation_value(u: float, tail: float, largest: float) -> float:
    """Value of one innovation relative to the mean: a truncated Pareto, few matter much.

        x = (1 - u (1 - L^-a))^(-1/a), divided by its mean

    u        [1]  uniform in (0, 1)
    tail     [1]  a > 0, tail index
    largest  [1]  L > 1, truncation relative to the smallest value
    returns  [1]  mean 1
    Source: skewed innovation returns, Silverberg and Verspagen (2007); truncated so that the mean exists.
    """
    cut = largest**-tail
    value = (1.0 - u * (1.0 - cut)) ** (-1.0 / tail)
    if abs(tail - 1.0) < 1e-9:
        mean = math.log(largest) / (1.0 - cut)
    else:
        mean = tail / (tail - 1.0) * (1.0 - largest ** (1.0 - tail)) / (1.0 - cut)
    return value / mean


@rule
def absorption(quality: float, reachable: float, speed: float, capacity: float) -> float:
    """Growth of log quality from closing the distance to what can be learned.

        g = s c max(0, ln(F / q))

    quality    [index]      q > 0
    reachable  [index]      F > 0, frontier within reach
    speed      [1/quarter]  s, share of the distance closed by a firm that can absorb everything
    capacity   [1]          c in [0, 1], absorptive capacity
    returns    [1/quarter]
    Source: Griffith, Redding and Van Reenen (2004); Cohen and Levinthal (1990).
    """
    return speed * capacity * max(0.0, math.log(reachable / quality))


@rule
def reachable(science: float, frontier: float, science_weight: float) -> float:
    """Technology level that a firm can learn from: open world research, and the domestic science that translates it.

        L = T^w F^(1-w)

    science         [index]  T > 0, domestic level of the sector's fields
    frontier        [index]  F > 0, world frontier of the sector
    science_weight  [1]      w in [0, 1]
    returns         [index]
    Source: absorption through domestic research, Griffith, Redding and Van Reenen (2004); form assumed.
    """
    return science**science_weight * frontier ** (1.0 - science_weight)


@rule
def absorptive_capacity(knowledge: float, reference: float, floor: float) -> float:
    """Ability to use what others know: part comes with open tools, the rest from own R&D.

        c = c0 + (1 - c0) min(1, sqrt(K / K*))

    knowledge  [mn CNY]  K >= 0
    reference  [mn CNY]  K* > 0, stock at which everything reachable is understood
    floor      [1]       c0 in [0, 1], what open frameworks give to everybody
    returns    [1]       in [0, 1]
    Source: Cohen and Levinthal (1990); the square root is assumed.
    """
    return floor + (1.0 - floor) * min(1.0, math.sqrt(knowledge / reference))


@rule
def stock_next(stock: float, inflow: float, depreciation: float) -> float:
    """Stock after one quarter (perpetual inventory).

        K' = (1 - d) K + I

    stock         [unit]          K >= 0
    inflow        [unit/quarter]  I >= 0
    depreciation  [1/quarter]     d in [0, 1]
    returns       [unit]
    Source: Griliches (1979).
    """
    return (1.0 - depreciation) * stock + inflow


@rule
def data_inflow(technology_sales: float, public_sales: float, per_sale: float, public_bonus: float) -> float:
    """Usable data gained by serving customers; public customers bring more.

        D = d (S + b G)

    technology_sales  [mn CNY/quarter]  S >= 0
    public_sales      [mn CNY/quarter]  G in [0, S]
    per_sale          [index/mn CNY]    d
    public_bonus      [1]               b, extra data of government orders that may be used commercially
    returns           [index/quarter]
    Source: Beraja et al. (2023), as a channel; sizes assumed.
    """
    return per_sale * (technology_sales + public_bonus * public_sales)


@rule
def quarterly(annual_hazard: float) -> float:
    """Probability in a quarter of an annual hazard.

        p = 1 - exp(-h / 4)

    annual_hazard  [1/year]  h >= 0
    returns        [1]       in [0, 1)
    """
    return 1.0 - math.exp(-annual_hazard / 4.0)
