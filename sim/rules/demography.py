"""Birth and death of firms."""

from __future__ import annotations

import math

from sim._jit import rule


@rule
def age_hazard(age: float, highest: float, peak: float, late: float) -> float:
    """Annual hazard of closing that is tied to age: low at first, highest at about three years, then falling.

        h = late + (highest - late) (a / peak) exp(1 - a / peak)   for a >= peak or rising
        h = highest (a / peak) exp(1 - a / peak)                   for a < peak

    age      [year]    a >= 0
    highest  [1/year]  hazard at the peak
    peak     [year]    > 0
    late     [1/year]  hazard of old firms
    returns  [1/year]
    Source: SAIC (2013) survival report: 1.6, 6.3, 9.5 percent in years one to three, then slowly falling.
    """
    shape = age / peak * math.exp(1.0 - age / peak)
    if age < peak:
        return highest * shape
    return late + (highest - late) * shape


@rule
def funded_hazard(hazard: float, years_since_round: float, early_ratio: float, late_ratio: float) -> float:
    """Hazard of closing of a firm with investors.

        h' = h r,  r = early_ratio in the first four years after a round, late_ratio later

    hazard             [1/year]  h
    years_since_round  [year]    negative when there was none
    early_ratio        [1]       hazard ratio while the money is fresh
    late_ratio         [1]       hazard ratio after
    returns            [1/year]
    Source: Puri and Zarutskie (2012), sizes assumed.
    """
    if years_since_round < 0.0:
        return hazard
    return hazard * (early_ratio if years_since_round < 4.0 else late_ratio)


@rule
def startup_rate(
    base: float, means: float, means_elasticity: float, market: float, incubation: float, zone: float
) -> float:
    """Expected start-ups of a region and sector in a quarter.

        e = e0 (L V)^a M (1 + i) (1 + z)

    base              [1/quarter]  e0, at the talent, money and growth of 2016
    means             [1]          L V >= 0, AI staff of the region times venture money, both over their 2016 level
    means_elasticity  [1]          a >= 0
    market            [1]          M >= 0, attraction of the market, 1 in 2016
    incubation        [1]          i > -1, added by incubator places
    zone              [1]          z >= 0, added inside a pilot zone
    returns           [1/quarter]
    Source: form in the tradition of Dosi et al. (2010); assumed.
    """
    return base * means**means_elasticity * market * (1.0 + incubation) * (1.0 + zone)


@rule
def market_attraction(growth: float, growth_2016: float, pull: float, crowd: float, crowding: float) -> float:
    """Attraction of a sector for new firms: growth draws, firms already there deter.

        M = exp(k (g - g0)) n^-c, at the most 4

    growth       [1/year]  g, log growth of the sector's technology sales
    growth_2016  [1/year]  g0, that counts as the condition of 2016
    pull         [year]    k >= 0
    crowd        [1]       n > 0, firms of the sector over those of 2016
    crowding     [1]       c >= 0
    returns      [1]
    Source: entry and density, Geroski (1995); sizes assumed.
    """
    return min(4.0, math.exp(pull * (growth - growth_2016)) * crowd**-crowding)


@rule
def recognition_rate(latent: float, hazard: float, market: float, visibility: float) -> float:
    """Expected incumbents of a region and sector that are newly counted as AI firms in a quarter.

        e = N h M v

    latent      [firms]      N >= 0, incumbents that could
    hazard      [1/quarter]  h, at the conditions of 2016
    market      [1]          M >= 0, attraction of growing sales, 1 in 2016
    visibility  [1]          v >= 0, size of the AI industry over its 2016 level, damped
    returns     [1/quarter]
    """
    return latent * hazard * market * visibility


@rule
def incubated_hazard(hazard: float, age: float, places: float, saved: float) -> float:
    """Hazard of closing in the first year, when incubators have more or fewer places than in 2016.

        h' = h min(2, max(0, 1 - k p))  for a < 1, else h

    hazard   [1/year]              h
    age      [year]                a >= 0
    places   [thousand places]     p, beyond those of 2016
    saved    [1/thousand places]   k >= 0, part of first-year closings that a thousand places prevent
    returns  [1/year]
    Source: survival of incubated firms against matched ones is five points higher, size per place assumed.
    """
    if age >= 1.0:
        return hazard
    return hazard * min(2.0, max(0.0, 1.0 - saved * places))
