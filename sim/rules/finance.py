"""Investors and firms: who gets a round, how large, at which stake; how funds fill and pay out."""

from __future__ import annotations

import math

from sim._jit import rule


@rule
def deal_hazard(base: float, quality_ratio: float, taste: float, growth: float, signal: float) -> float:
    """Annual hazard of closing a funding round.

        h = h0 (q / q_mean)^a exp(min(g, 1)) (1 + s)

    base           [1/year]  h0, of an average firm that does not grow
    quality_ratio  [1]       q / q_mean > 0, against the sector
    taste          [1]       a >= 0, how much investors look at quality
    growth         [1/year]  g, log growth of the sector's sales, bounded to [-1, 1]
    signal         [1]       s >= 0, after a government fund has invested first
    returns        [1/year]
    Source: signalling in Beraja et al. (2024) and Brander et al. (2015); form assumed.
    """
    return base * quality_ratio**taste * math.exp(min(max(growth, -1.0), 1.0)) * (1.0 + signal)


@rule
def round_size(costs: float, quarters: float, expansion: float, income: float, smallest: float) -> float:
    """Money a firm asks for in a round: what its plans cost beyond what its sales bring.

        A = max(A0, n (c (1 + x) - y))

    costs      [mn CNY/quarter]  c >= 0, wages and research it pays now
    quarters   [quarter]         n, time to be paid for
    expansion  [1]               x >= 0, planned growth of costs
    income     [mn CNY/quarter]  y, sales less goods bought and overhead
    smallest   [mn CNY]          A0, smallest round
    returns    [mn CNY]
    """
    return max(smallest, quarters * (costs * (1.0 + expansion) - income))


@rule
def rationing(supply: float, wanted: float, price_pressure: float) -> float:
    """Yuan paid per yuan asked: scarce money is rationed, abundant money raises the size of rounds.

        k = (S / W)      if S < W
        k = (S / W)^x    otherwise, at the most 4

    supply          [mn CNY]  S >= 0, what funds will place this quarter
    wanted          [mn CNY]  W >= 0
    price_pressure  [1]       x in [0, 1), how far too much money inflates rounds
    returns         [1]
    Source: money chasing deals, Gompers and Lerner (2000); form assumed.
    """
    if wanted <= 0.0:
        return 0.0
    ratio = supply / wanted
    if ratio < 1.0:
        return max(0.0, ratio)
    return min(4.0, ratio**price_pressure)


@rule
def valuation(technology_sales: float, cash: float, multiple: float, growth: float, floor: float) -> float:
    """Value that investors put on a firm.

        V = max(V0, 4 m S (1 + max(0, g)) + M)

    technology_sales  [mn CNY/quarter]  S >= 0
    cash              [mn CNY]          M, negative cash counts as debt
    multiple          [year]            m, value per yuan of yearly technology sales
    growth            [1/year]          g, log growth of the sector's sales
    floor             [mn CNY]          V0 > 0, value of a bare team
    returns           [mn CNY]
    """
    return max(floor, 4.0 * multiple * technology_sales * (1.0 + max(0.0, growth)) + cash)


@rule
def stake_after(stake: float, amount: float, total_amount: float, value: float) -> float:
    """Share of equity of one kind of investor after a round.

        s' = s V / (V + A) + a / (V + A)

    stake         [1]       s before, in [0, 1]
    amount        [mn CNY]  a, paid by this kind
    total_amount  [mn CNY]  A, paid by all
    value         [mn CNY]  V > 0, before the money
    returns       [1]
    """
    return (stake * value + amount) / (value + total_amount)


@rule
def listing_hazard(base: float, access: float, access_2016: float, effect: float) -> float:
    """Annual hazard that investors sell out to the market.

        h = h0 max(0, 1 + k (a - a0))

    base         [1/year]  h0, under the rules of 2016
    access       [1]       a in [0, 1], how open the capital market is to AI firms
    access_2016  [1]       a0
    effect       [1]       k >= 0
    returns      [1/year]
    Source: listings after the opening of the science board in 2019; size assumed.
    """
    return base * max(0.0, 1.0 + effect * (access - access_2016))


@rule
def formed_capital(formation: float, formation_2016: float, realised: float) -> float:
    """Capital of market funds beyond what large firms put up in 2016.

        C = r (f - f0)

    formation       [mn CNY/quarter]  f >= 0, committed with public encouragement
    formation_2016  [mn CNY/quarter]  f0
    realised        [1]               r in [0, 1], paid in over committed
    returns         [mn CNY/quarter]  negative when less is committed than in 2016
    Source: raised over aimed at as in guidance funds, CSET (2021); assumed for market funds.
    """
    return realised * (formation - formation_2016)


@rule
def venture_share_next(
    share: float, growth: float, hurdle: float, elasticity: float, lowest: float, highest: float
) -> float:
    """Share of all venture and private equity money that goes to AI firms, after a quarter.

        a' = a exp(e (g - h) / 4), within [lowest, highest]

    share       [1]       a
    growth      [1/year]  g, log growth of AI technology sales over the last year
    hurdle      [1/year]  h, growth at which investors leave the share as it is
    elasticity  [1]       e >= 0
    lowest, highest  [1]  bounds
    returns     [1]
    Source: capital follows returns, sizes assumed.
    """
    return min(highest, max(lowest, share * math.exp(elasticity * (growth - hurdle) / 4.0)))


@rule
def social_capital(commitment: float, leverage: float, raised_ratio: float) -> float:
    """Money from others that joins a government commitment.

        C = l r G

    commitment    [mn CNY]  G >= 0, public money paid in
    leverage      [1]       l, social yuan asked for per public yuan
    raised_ratio  [1]       r in [0, 1], raised over asked in this region
    returns       [mn CNY]
    Source: raised over target 0.43 nationally, CSET (2021); worse inland, Wei, Ang and Jia (2023).
    """
    return leverage * raised_ratio * commitment


@rule
def mood_next(mood: float, persistence: float, news: float) -> float:
    """Investors' mood about AI after a quarter, as a log factor on the money they bring.

        m' = r m + e

    mood         [log]  m
    persistence  [1]    r in [0, 1)
    news         [log]  e, the quarter's news, mean 0
    returns      [log]
    Source: sentiment waves in venture capital, Gompers and Lerner (2004); sizes assumed.
    """
    return persistence * mood + news


@rule
def venture_with_relief(supply: float, relief: float, elasticity: float) -> float:
    """Venture capital supplied under a tax relief on its gains.

        V = V0 (1 + e r)

    supply      [mn CNY/quarter]  V0
    relief      [1]               r, share of taxable gain relieved
    elasticity  [1]               e >= 0
    returns     [mn CNY/quarter]
    """
    return supply * (1.0 + elasticity * relief)


@rule
def public_stake_factor(public: float, private: float, peak: float, gain: float) -> float:
    """What a public investor beside private ones does to a firm's research: helps while small, hinders when it rules.

        m = max(0, 1 + a (2 g / g* - (g / g*)^2)),  g = P / (P + V)

    public   [1]  P in [0, 1], stake of guidance funds
    private  [1]  V in [0, 1], stake of private funds
    peak     [1]  g* in (0, 1], public part at which it helps most
    gain     [1]  a >= 0
    returns  [1]  1 without a public stake
    Source: inverted U of public venture capital, Brander, Du and Hellmann (2015); peak and size assumed.
    """
    if public <= 0.0:
        return 1.0
    part = public / (public + private) / peak
    return max(0.0, 1.0 + gain * (2.0 * part - part * part))


@rule
def regulated_deals(hazard: float, strictness: float, strictness_2016: float, loss: float) -> float:
    """Hazard of a funding round under stricter rules for data and safety.

        h' = h max(0, 1 - k (s - s0))

    hazard           [1/year]  h
    strictness       [1]       s in [0, 1], mean of data protection and safety supervision
    strictness_2016  [1]       s0
    loss             [1]       k >= 0, part of deals lost under full strictness
    returns          [1/year]
    Source: fewer venture deals after data protection law, Jia, Jin and Wagman (2021).
    """
    return hazard * max(0.0, 1.0 - loss * (strictness - strictness_2016))
