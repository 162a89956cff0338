"""What a firm pays for research: routine, user cost, investors' money."""

from __future__ import annotations

from sim._jit import rule


@rule
def user_cost(tax_rate: float, extra_deduction: float, usable: float) -> float:
    """User cost of one yuan of R&D, relative to a world without corporate tax.

        uc = (1 - u t (1 + d)) / (1 - u t)

    tax_rate         [1]  t, the firm's corporate tax rate, in [0, 1)
    extra_deduction  [1]  d, extra share of R&D deducted from the tax base
    usable           [1]  u in [0, 1], value of a deduction now; below 1 for a firm that must carry it forward
    returns          [1]  below 1 when the tax system subsidises R&D
    Source: Hall and Jorgenson (1967) as used for China by Chen et al. (2021).
    """
    return (1.0 - usable * tax_rate * (1.0 + extra_deduction)) / (1.0 - usable * tax_rate)


@rule
def routine_rd(sales: float, rd_intensity: float, cost_ratio: float, elasticity: float) -> float:
    """R&D budget by routine, answering to its user cost.

        R = nu S (uc / uc0)^eta

    sales         [mn CNY/quarter]  S >= 0
    rd_intensity  [1]               nu, share of sales
    cost_ratio    [1]               uc / uc0 > 0, against the tax rules of 2016
    elasticity    [1]               eta <= 0
    returns       [mn CNY/quarter]
    Source: routine as in Dosi et al. (2010); elasticity in Chen et al. (2021).
    """
    return sales * rd_intensity * cost_ratio**elasticity


@rule
def growth_money(cash: float, quarterly_costs: float, reserve_quarters: float, runway_quarters: float) -> float:
    """Investors' money a firm spends on growth this quarter, beyond what sales pay.

        E = max(0, M - b c) / n

    cash              [mn CNY]          M
    quarterly_costs   [mn CNY/quarter]  c >= 0
    reserve_quarters  [quarter]         b, costs kept as a reserve
    runway_quarters   [quarter]         n > 0, over which the rest is spent
    returns           [mn CNY/quarter]
    Source: assumed; venture-backed firms plan rounds for about two years.
    """
    return max(0.0, cash - reserve_quarters * quarterly_costs) / runway_quarters


@rule
def grant_research(grant: float, misused_share: float, additionality: float) -> float:
    """R&D that a grant adds.

        G' = (1 + beta) (1 - m) G

    grant          [mn CNY]  G >= 0
    misused_share  [1]       m in [0, 1], spent on other things
    additionality  [1]       beta >= -1, own yuan added per granted yuan
    returns        [mn CNY]
    Source: Boeing (2016), Boeing and Peters (2022), Dimos and Pugh (2016).
    """
    return (1.0 + additionality) * (1.0 - misused_share) * grant


@rule
def reported_rd(
    rd_real: float, sales: float, threshold: float, gain: float, cost: float, most_relabelled: float
) -> float:
    """R&D claimed for tax: relabelled up to the high-technology threshold where that pays.

        rho = 1 - R / (theta S)  if 0 < rho <= rho_max and g > c rho^2 S, else 0;   R' = R / (1 - rho)

    rd_real          [mn CNY]  R >= 0
    sales            [mn CNY]  S >= 0
    threshold        [1]       theta, R&D share of sales that qualifies for the reduced tax rate
    gain             [mn CNY]  g, tax saved and what else the status is worth
    cost             [1]       c >= 0, cost of relabelling everything, as a share of sales
    most_relabelled  [1]       rho_max, largest share of a claim that a firm dares to relabel
    returns          [mn CNY]  >= R
    Source: bunching at the threshold, Chen et al. (2021).
    """
    needed = threshold * sales
    if rd_real >= needed or rd_real < (1.0 - most_relabelled) * needed:
        return rd_real
    relabelled = 1.0 - rd_real / needed
    return needed if gain > cost * relabelled * relabelled * sales else rd_real
