"""Corporate tax with the super-deduction, losses carried forward, reduced rates."""

from __future__ import annotations

from sim._jit import rule


@rule
def tax_base(profit: float, deduction: float, loss: float) -> float:
    """Taxable income; negative means a loss to carry forward.

        B = P - D - L

    profit     [mn CNY]  P before deductions
    deduction  [mn CNY]  D >= 0, extra deduction for R&D
    loss       [mn CNY]  L >= 0, losses and deductions carried forward
    returns    [mn CNY]
    """
    return profit - deduction - loss


@rule
def tax_due(base: float, rate: float, waived: float) -> float:
    """Tax to pay on a taxable income.

        T = t (1 - w) max(0, B)

    base     [mn CNY]  B
    rate     [1]       t
    waived   [1]       w, share waived for small and young firms
    returns  [mn CNY]
    """
    return rate * (1.0 - waived) * max(0.0, base)


@rule
def deduction_forgone(profit: float, deduction: float, loss: float, rate: float) -> float:
    """Tax forgone this year through the extra deduction.

        F = t min(D, max(0, P - L))

    profit     [mn CNY]  P
    deduction  [mn CNY]  D >= 0
    loss       [mn CNY]  L >= 0
    rate       [1]       t
    returns    [mn CNY]
    """
    return rate * min(deduction, max(0.0, profit - loss))


@rule
def dividend(profit_after_tax: float, cash: float, reserve: float, payout: float) -> float:
    """Profit paid out.

        d = min(p max(0, P), max(0, M - R))

    profit_after_tax  [mn CNY]  P
    cash              [mn CNY]  M after the quarter's other payments
    reserve           [mn CNY]  R kept
    payout            [1]       p in [0, 1]
    returns           [mn CNY]
    """
    return min(payout * max(0.0, profit_after_tax), max(0.0, cash - reserve))
