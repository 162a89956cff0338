"""Competition: domestic against foreign supply, firm against firm, and what a firm can deliver."""

from __future__ import annotations

from sim._jit import rule


@rule
def domestic_share(
    quality: float, world_quality: float, parity_2016: float, share_2016: float, elasticity: float
) -> float:
    """Share of a sector's domestic demand that goes to domestic firms.

        s = a r^e / (a r^e + 1),  r = (q / F) / (q / F)_2016,  a = s0 / (1 - s0)

    quality        [index]  q > 0, of domestic supply
    world_quality  [index]  F > 0, of foreign supply
    parity_2016    [1]      q / F in 2016, declared constant
    share_2016     [1]      s0 in (0, 1), domestic share in 2016
    elasticity     [1]      e >= 0, of substitution towards quality
    returns        [1]      in (0, 1)
    Source: logit demand for imports; elasticity assumed.
    """
    odds = share_2016 / (1.0 - share_2016) * (quality / (world_quality * parity_2016)) ** elasticity
    return odds / (1.0 + odds)


@rule
def export_factor(partners: float, standards: float, abroad: float) -> float:
    """Orders from abroad over those at the policies of 2016.

        f = max(0.1, 1 + p + s + o)

    partners   [1]  p, added by projects with partner countries
    standards  [1]  s, added by standards that are known abroad
    abroad     [1]  o, added by firms' own centres abroad
    returns    [1]
    Source: assumed; signs only.
    """
    return max(0.1, 1.0 + partners + standards + abroad)


@rule
def replaced_at_home(access: float, controlled: float, substitution: float) -> float:
    """Share of foreign supply that export controls take away and domestic firms replace.

        r = (1 - a) c s

    access        [1]  a in [0, 1], part of controlled goods that can be had
    controlled    [1]  c in [0, 1], part of foreign AI technology that is controlled or needs controlled parts
    substitution  [1]  s in [0, 1], part of what is lost that domestic firms can replace
    returns       [1]
    Source: two regimes because published estimates of listing effects have both signs; sizes assumed.
    """
    return (1.0 - access) * controlled * substitution


@rule
def variety_factor(firms: float, firms_2016: float, elasticity: float) -> float:
    """Worth of a choice among more suppliers.

        v = (n / n0)^e, n at least a tenth of n0

    firms       [firms]  n >= 0
    firms_2016  [firms]  n0 > 0
    elasticity  [1]      e >= 0
    returns     [1]
    Source: love of variety; size assumed, held far below trade estimates because firms overlap.
    """
    return max(0.1, firms / firms_2016) ** elasticity


@rule
def attractiveness(quality: float, price: float, quality_mean: float, price_mean: float) -> float:
    """Quality per yuan against the sector.

        a = (q / p) / (q_mean / p_mean)

    quality, quality_mean  [index]  > 0
    price, price_mean      [index]  > 0
    returns                [1]
    """
    return (quality / price) * (price_mean / quality_mean)


@rule
def pull(share: float, advantage: float, persistence: float, exponent: float, luck: float) -> float:
    """Unnormalised share of orders after competition: customers switch slowly.

        w = s^rho a^beta exp(e)

    share        [1]  s > 0, share of the last quarter
    advantage    [1]  a > 0, quality per yuan against the sector
    persistence  [1]  rho in (0, 1], inertia of shares
    exponent     [1]  beta >= 0
    luck         [1]  e, mean 0
    returns      [1]
    Source: replicator with inertia, Dosi et al. (2010).
    """
    return share**persistence * advantage**exponent * luck


@rule
def price_next(price: float, unit_cost: float, markup: float, speed: float) -> float:
    """Price after a quarter: a mark-up on unit cost, moved slowly.

        p' = p + s (c m - p)

    price        [index]      p, 1 in 2016
    unit_cost    [index]      c, 1 in 2016
    markup       [1]          m, over that of a small firm in normal use of its capacity
    speed        [1/quarter]  s in (0, 1]
    returns      [index]
    """
    return price + speed * (unit_cost * markup - price)


@rule
def unit_cost(wage_ratio: float, productivity_ratio: float, compute_price: float, wage_share: float) -> float:
    """Unit cost of AI technology.

        c = a W / A + (1 - a) P_c

    wage_ratio          [1]      W, wage of AI+X staff over its 2016 level
    productivity_ratio  [1]      A > 0, real delivery per head over its 2016 level
    compute_price       [index]  P_c, 2016 = 1
    wage_share          [1]      a in [0, 1]
    returns             [index]
    """
    return wage_share * wage_ratio / productivity_ratio + (1.0 - wage_share) * compute_price


@rule
def markup_of(share: float, slope: float, tightness: float, scarcity: float) -> float:
    """Mark-up over that of a small firm in normal use of its capacity: market power, and scarce capacity.

        m = (1 + k s) T^z,  T kept within [1/2, 4]

    share      [1]  s in [0, 1]
    slope      [1]  k >= 0
    tightness  [1]  T >= 0, orders over capacity in the last quarter, 1 in normal use
    scarcity   [1]  z >= 0
    returns    [1]
    """
    return (1.0 + slope * share) * min(4.0, max(0.5, tightness)) ** scarcity


@rule
def capacity(staff: float, productivity: float, capital: float, capital_per_head: float, elasticity: float) -> float:
    """AI technology a firm can deliver in a quarter.

        C = a L (K / (k L))^e, equipment beyond twice the norm is idle

    staff             [persons]                L >= 0, AI+X staff
    productivity      [mn CNY/person/quarter]  a
    capital           [mn CNY]                 K >= 0
    capital_per_head  [mn CNY/person]          k > 0, the norm
    elasticity        [1]                      e in [0, 1]
    returns           [mn CNY/quarter]
    """
    if staff <= 0.0:
        return 0.0
    return productivity * staff * min(2.0, capital / (capital_per_head * staff)) ** elasticity
