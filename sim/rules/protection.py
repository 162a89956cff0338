"""What the maker of an innovation keeps, and how well rivals copy it."""

from __future__ import annotations

from sim._jit import rule


@rule
def appropriability(lead_time: float, enforcement: float, by_enforcement: float, pool: float, by_pool: float) -> float:
    """Part of an innovation's worth that its maker keeps.

        a = max(0.05, a0 + a1 e - a2 p)

    lead_time       [1]  a0, kept through lead time and secrecy alone
    enforcement     [1]  e in [0, 1], of intellectual property
    by_enforcement  [1]  a1 >= 0
    pool            [1]  p in [0, 1], part of patents in shared pools
    by_pool         [1]  a2 >= 0
    returns         [1]
    Source: lead time before patents in Cohen, Nelson and Walsh (2000); sizes assumed.
    """
    return max(0.05, lead_time + by_enforcement * enforcement - by_pool * pool)


@rule
def imitation_success(enforcement: float, by_enforcement: float, pool: float, by_pool: float) -> float:
    """Chance that copying a domestic rival succeeds, 1 without enforcement and pool.

        s = (1 - k e) (1 + l p)

    enforcement     [1]  e in [0, 1]
    by_enforcement  [1]  k in [0, 1]
    pool            [1]  p in [0, 1]
    by_pool         [1]  l >= 0, a pool lowers the cost of licences
    returns         [1]
    Source: imitation by technological distance in Dosi et al. (2010); sizes assumed.
    """
    return (1.0 - by_enforcement * enforcement) * (1.0 + by_pool * pool)


@rule
def rd_incentive(appropriability: float, elasticity: float) -> float:
    """Factor on routine R&D when makers keep more or less of what they find.

        f = a^e

    appropriability  [1]  a > 0, over that of 2016
    elasticity       [1]  e >= 0
    returns          [1]
    Source: small elasticities of R&D to patent rights across countries; size assumed.
    """
    return appropriability**elasticity
