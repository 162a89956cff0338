"""People: study, graduation, moves between regions and abroad, displacement and retraining."""

from __future__ import annotations

import math

from sim._jit import rule


@rule
def applicants(
    places_2016: float, wage_ratio: float, elasticity: float, per_place: float, literacy: float, by_literacy: float
) -> float:
    """Applicants for AI degree places who meet the standard.

        A = n P0 W^e (1 + k l)

    places_2016  [persons]  P0, places offered in 2016
    wage_ratio   [1]        W > 0, AI wage over what the ICT wage would make it
    elasticity   [1]        e >= 0
    per_place    [1]        n > 0, applicants per place in 2016
    literacy     [1]        l in [0, 1], share of young people who learned about AI at school
    by_literacy  [1]        k >= 0
    returns      [persons]
    """
    return per_place * places_2016 * wage_ratio**elasticity * (1.0 + by_literacy * literacy)


@rule
def enrolled(places: float, applicants: float) -> float:
    """Students who begin: neither places nor applicants can be exceeded, and both bind before they are used up.

        N = P (1 - exp(-A / P))

    places      [persons]  P >= 0
    applicants  [persons]  A >= 0
    returns     [persons]
    Source: random matching of applicants to places; assumed.
    """
    if places <= 0.0:
        return 0.0
    return places * (1.0 - math.exp(-applicants / places))


@rule
def support(purse: float, displaced: float, wage: float, most: float) -> float:
    """Income support for one displaced worker.

        b = min(m w, 4000 G / N)

    purse      [mn CNY/quarter]     G >= 0
    displaced  [persons]            N
    wage       [thousand CNY/year]  w
    most       [1]                  m, largest support as a share of the wage
    returns    [thousand CNY/year]
    Source: assumed.
    """
    if displaced <= 0.0:
        return 0.0
    return min(most * wage, 4000.0 * purse / displaced)


@rule
def completion(success: float, support_ratio: float, by_support: float) -> float:
    """Share of trainees who complete; income support lets more of them stay to the end.

        c = min(1, s (1 + k b))

    success        [1]  s in [0, 1], without support
    support_ratio  [1]  b in [0, 1], support over the wage
    by_support     [1]  k >= 0
    returns        [1]
    Source: assumed; income during training is the first hurdle named.
    """
    return min(1.0, success * (1.0 + by_support * support_ratio))


@rule
def conversion(
    workforce: float, hazard: float, wage_ratio: float, elasticity: float, idle: float, deterring: float
) -> float:
    """Software staff who become AI staff in a quarter, drawn by the premium, deterred by those without a post.

        c = h N max(0, W)^e max(0, 1 - u / u*)

    workforce   [persons]    N >= 0
    hazard      [1/quarter]  h, at the premium of 2016
    wage_ratio  [1]          W, AI wage over software wage, relative to 2016
    elasticity  [1]          e >= 0, long-run supply elasticity
    idle        [1]          u in [0, 1], share of the pool without a post
    deterring   [1]          u* > 0, share at which nobody changes over
    returns     [persons/quarter]
    Source: cohort supply elasticity 1.5-4 (Ryoo and Rosen 2004).
    """
    return hazard * workforce * max(0.0, wage_ratio) ** elasticity * max(0.0, 1.0 - idle / deterring)


@rule
def leave_rate(base: float, wage_ratio: float, elasticity: float) -> float:
    """Share of graduates who go abroad.

        l = min(1, l0 W^-e)

    base        [1]  l0, in 2016
    wage_ratio  [1]  W > 0, wage at home over abroad, relative to 2016
    elasticity  [1]  e >= 0
    returns     [1]  in [0, 1]
    Source: shares in MacroPolo (2020, 2024); elasticity assumed.
    """
    return min(1.0, base * wage_ratio**-elasticity)


@rule
def return_rate(base: float, wage_ratio: float, elasticity: float) -> float:
    """Share of the people abroad who return in a quarter.

        r = min(1, r0 W^e)

    base        [1/quarter]  r0, in 2016
    wage_ratio  [1]          W > 0, wage at home over abroad, relative to 2016
    elasticity  [1]          e >= 0
    returns     [1/quarter]
    """
    return min(1.0, base * wage_ratio**elasticity)


@rule
def switching(available: float, own: float, other: float, rate: float) -> float:
    """People without a post who retrain for a neighbouring tier where posts are easier to find.

        s = r A max(0, 1 - T / T')

    available  [persons]    A >= 0
    own        [1]          T > 0, staff wanted over people in the own tier
    other      [1]          T' > 0, the same in the other tier
    rate       [1/quarter]  r in [0, 1]
    returns    [persons/quarter]
    """
    return rate * available * max(0.0, 1.0 - own / other)


@rule
def displaced(new_intensity: float, exposed: float, employees: float) -> float:
    """Workers displaced by deeper use of AI.

        d = s dx L

    new_intensity  [1/quarter]  dx >= 0
    exposed        [1]          s, share of jobs that full intensity replaces
    employees      [persons]    L
    returns        [persons/quarter]
    """
    return exposed * max(0.0, new_intensity) * employees


@rule
def attrition_rate(base: float, wage_ratio: float, elasticity: float) -> float:
    """Annual hazard with which people without a post leave AI work for good: low pay drives them out.

        a = min(4, a0 W^-e)

    base        [1/year]  a0, at the pay of 2016
    wage_ratio  [1]       W > 0, pay of the pool over what the ICT wage would make it
    elasticity  [1]       e >= 0, long-run supply elasticity
    returns     [1/year]
    Source: the outflow that belongs to the inflow by conversion; cohort supply elasticity, Ryoo and Rosen (2004).
    """
    return min(4.0, base * wage_ratio**-elasticity)
