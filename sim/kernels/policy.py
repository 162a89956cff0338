"""Government: levers in force, money set aside and what of it arrives."""

from __future__ import annotations

from sim._jit import gather, kernel
from sim.state.finance import Flow


@gather
def enact_row(budget: float, effectiveness: float) -> tuple[float, float]:
    """Return what is set aside for a lever this quarter and what arrives where it can be spent, mn CNY."""
    return budget, budget * effectiveness


@kernel
def enact_policy(levers, budgets, policy, q):
    """Fill budgeted and purse of every lever; clear the quarter's other entries."""
    for row in range(levers.shape[0]):
        lever = levers[row]
        lever.budgeted, lever.purse = enact_row(budgets[q, row], policy.implementation_effectiveness)
        lever.disbursed = 0.0
        lever.misused = 0.0
        lever.forgone = 0.0


@kernel
def buy_programmes(levers, bought, books):
    """Spend what buys goods and services of the rest of the economy: infrastructure, places, laboratories, staff."""
    paid = 0.0
    for row in range(levers.shape[0]):
        if bought[row]:
            levers[row].disbursed += levers[row].purse
            paid += levers[row].purse
    books[Flow.PROGRAMMES].paid += paid
