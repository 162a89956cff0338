"""User organisations: whether they adopt, how deeply, what they spend, what it brings."""

from __future__ import annotations

import math

from sim._jit import rule


@rule
def net_benefit(quality: float, quality_2016: float, price: float, cost_factor: float, elasticity: float) -> float:
    """Benefit of AI per yuan it costs, 1 for an average organisation in 2016.

        b = (Q / Q0 / (P c))^e

    quality       [index]  Q > 0, of what the application's suppliers offer
    quality_2016  [index]  Q0 > 0, declared constant
    price         [index]  P > 0
    cost_factor   [1]      c > 0, subsidies, risk, integration: 1 in 2016
    elasticity    [1]      e >= 0, of benefit to quality per yuan
    returns       [1]
    """
    return (quality / (quality_2016 * price * cost_factor)) ** elasticity


@rule
def size_factor(employees: float, employees_mean: float, slope: float, relief: float) -> float:
    """How much larger organisations adopt faster; what a small one lacks can be rented.

        g = exp(k d),  d = ln n - ln n_mean, times 1 - r where it is negative

    employees       [persons]  n > 0
    employees_mean  [persons]  n_mean > 0
    slope           [1]        k per ln employee
    relief          [1]        r <= 1, part of the disadvantage of the small that shared platforms remove
    returns         [1]
    Source: logit slope 0.52 from Eurostat 2023 size classes; relief assumed.
    """
    distance = math.log(employees) - math.log(employees_mean)
    if distance < 0.0:
        distance *= 1.0 - relief
    return math.exp(slope * distance)


@rule
def obstacle(cost: float, weight: float, removed: float, removed_2016: float) -> float:
    """Cost of an obstacle to the use of AI, over that of 2016.

        c = (1 + k w (1 - x)) / (1 + k w (1 - x0))

    cost          [1]  k >= 0, share of the price that the obstacle adds where it is full
    weight        [1]  w >= 0, how much it weighs in the application
    removed       [1]  x in [0, 1], part of it that policy has removed
    removed_2016  [1]  x0
    returns       [1]
    Source: cost of legal doubt, transactions and integration; form and sizes assumed.
    """
    return (1.0 + cost * weight * (1.0 - removed)) / (1.0 + cost * weight * (1.0 - removed_2016))


@rule
def burden(cost: float, weight: float, level: float, level_2016: float) -> float:
    """Cost that a duty adds to the use of AI, over that of 2016.

        c = (1 + k w x) / (1 + k w x0)

    cost        [1]  k >= 0, share of the price that the full duty adds
    weight      [1]  w >= 0, how much it weighs in the application
    level       [1]  x in [0, 1]
    level_2016  [1]  x0
    returns     [1]
    Source: compliance cost of data and safety law in business surveys; sizes assumed.
    """
    return (1.0 + cost * weight * level) / (1.0 + cost * weight * level_2016)


@rule
def factory_step(factories: float, users: float, step: float, intensity: float) -> float:
    """Intensity that the smart-factory programme adds to a large manufacturer, on average.

        dx = min(1, F / N) s (1 - x)

    factories  [factories/quarter]  F >= 0, supported
    users      [organisations]      N, large manufacturers that use AI
    step       [1]                  s in [0, 1], part of the missing intensity that a supported factory gains
    intensity  [1]                  x in [0, 1]
    returns    [1/quarter]
    Source: assumed; one line of a plant, seldom the whole.
    """
    if users <= 0.0:
        return 0.0
    return min(1.0, factories / users) * step * (1.0 - intensity)


@rule
def adoption_hazard(
    external: float, peer: float, adopted: float, size: float, benefit: float, willingness: float, readiness: float
) -> float:
    """Annual hazard of adopting.

        h = (p + q F) g b t r

    external     [1/year]  p, influence from outside the sector
    peer         [1/year]  q, influence of adopters in the sector
    adopted      [1]       F in [0, 1], size-weighted share that has adopted
    size         [1]       g, size factor
    benefit      [1]       b, net benefit
    willingness  [1]       t, trust and legal certainty
    readiness    [1]       r in [0, 1], network, data, skills
    returns      [1/year]
    Source: Bass (1969) with size, price and trust; p and q in Sultan, Farley and Lehmann (1990).
    """
    return (external + peer * adopted) * size * benefit * willingness * readiness


@rule
def intensity_ceiling(benefit: float, half_benefit: float, readiness: float, highest: float) -> float:
    """AI intensity an adopter aims at: use cases that pay at this benefit.

        x* = x_max r b / (b + b_half)

    benefit       [1]  b >= 0, net benefit, 1 in 2016
    half_benefit  [1]  b_half > 0, benefit at which half of all use cases pay
    readiness     [1]  r in [0, 1]
    highest       [1]  x_max in (0, 1]
    returns       [1]  in [0, 1]
    """
    return highest * readiness * benefit / (benefit + half_benefit)


@rule
def intensity_next(intensity: float, aim: float, speed: float, supply: float) -> float:
    """AI intensity after a quarter of deepening: slow towards the aim, slower when suppliers cannot deliver.

        x' = x + s u max(0, x* - x) - w max(0, x - x*),  with w = s / 2

    intensity  [1]          x
    aim        [1]          x*
    speed      [1/quarter]  s in [0, 1]
    supply     [1]          u in [0, 1], share of orders served in the last quarter
    returns    [1]
    """
    gap = aim - intensity
    if gap >= 0.0:
        return intensity + speed * supply * gap
    return intensity + 0.5 * speed * gap


@rule
def technology_spending(output: float, per_intensity: float, intensity: float) -> float:
    """Yearly use of AI technology, paid by the quarter.

        S = k x Y

    output         [mn CNY/quarter]  Y >= 0
    per_intensity  [1]               k, spending as a share of output at full intensity
    intensity      [1]               x in [0, 1]
    returns        [mn CNY/quarter]
    """
    return per_intensity * intensity * output


@rule
def hardware_spending(
    output: float, per_intensity: float, new_intensity: float, intensity: float, wear: float
) -> float:
    """Hardware and integration bought with new intensity, and what is worn out.

        B = k_h Y (4 max(0, dx) + w x)

    output         [mn CNY/quarter]  Y >= 0
    per_intensity  [1]               k_h, hardware per unit of intensity as a share of yearly output
    new_intensity  [1/quarter]       dx
    intensity      [1]               x
    wear           [1/year]          w, replacement of the installed base
    returns        [mn CNY/quarter]
    """
    return per_intensity * output * (4.0 * max(0.0, new_intensity) + wear * intensity)


@rule
def enabled_share(capital: float, reference: float) -> float:
    """Share of an adopter's output that its AI capital enables.

        e = 1 - exp(-k / k0)

    capital    [1]  k, AI capital over yearly output
    reference  [1]  k0 > 0, robot or IT capital per line of output
    returns    [1]  in [0, 1)
    """
    return 1.0 - math.exp(-capital / reference)


@rule
def j_curve(age: float, maturity: float, dip: float) -> float:
    """Productivity effect of adoption as a share of its mature level: first a dip, then a slow gain.

        j = 1 - exp(-a / tau) - c exp(-a)

    age       [year]  a >= 0 since adoption
    maturity  [year]  tau > 0
    dip       [1]     c >= 0, cost of reorganisation in the first year
    returns   [1]     between -c and 1
    Source: productivity J-curve, Brynjolfsson, Rock and Syverson (2021).
    """
    return 1.0 - math.exp(-age / maturity) - dip * math.exp(-age)
