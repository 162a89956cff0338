"""Government: reviews, levers in force, money set aside, what of it arrives, and what it buys."""

from __future__ import annotations

from sim._jit import gather, kernel
from sim.plan.lever_ids import Lever
from sim.rules.steering import failed_share, money_withheld, moved_part, partner_money, service, shortfall
from sim.state.finance import Flow

SUPPLY, ADOPTION = 1, 2  # what a budget serves that a review may move
_SLOTS = 8  # quarters in the rings of sales and enabled output
_BN = 1.0e-3


@gather
def scale_of(ring, q, back):
    """Return the sum of four quarters of a ring, bn CNY; the last of them lies `back` quarters before quarter q."""
    total = 0.0
    for k in range(4):
        total += ring[(q - back - k + 2 * _SLOTS) % _SLOTS]
    return _BN * total


@kernel
def review(levers, budgets, movable, goals, nation, policy, parameters, q):
    """Compare both scales with their next targets and move budgets towards the one that will miss its target by more.

    The only phase that sees targets. It runs when the evaluation interval has passed; two years must lie behind.
    Budgets keep their sum in the quarter of the review, unless one has moved as far as it may.
    """
    every = int(round(4.0 * policy.evaluation_interval))
    if every < 1 or q < _SLOTS or q % every != 0:
        return
    goal = goals[q]
    core = shortfall(scale_of(nation.year_sales, q, 1), scale_of(nation.year_sales, q, 5), *_core(goal))
    related = shortfall(scale_of(nation.year_related, q, 1), scale_of(nation.year_related, q, 5), *_related(goal))
    supply = 0.0
    adoption = 0.0
    for row in range(levers.shape[0]):
        money = budgets[q, row] * (1.0 + levers[row].shift)
        if movable[row] == SUPPLY:
            supply += money
        elif movable[row] == ADOPTION:
            adoption += money
    from_supply = moved_part(policy.adjustment_strength, core, related)
    from_adoption = moved_part(policy.adjustment_strength, related, core)
    if supply <= 0.0 or adoption <= 0.0:
        return
    for row in range(levers.shape[0]):
        lever = levers[row]
        if movable[row] == SUPPLY:
            wished = (1.0 + lever.shift) * (1.0 - from_supply + from_adoption * adoption / supply) - 1.0
        elif movable[row] == ADOPTION:
            wished = (1.0 + lever.shift) * (1.0 - from_adoption + from_supply * supply / adoption) - 1.0
        else:
            continue
        lever.shift = min(parameters.most_shifted, max(-parameters.most_shifted, wished))


@gather
def _core(goal):
    return goal.core_target, goal.core_years


@gather
def _related(goal):
    return goal.related_target, goal.related_years


@gather
def enact_row(budget, withheld, released, shift, policy):
    """Return what is set aside for a lever this quarter and what arrives where it can be spent, mn CNY."""
    budgeted = budget * (1.0 + shift) - withheld + released
    return budgeted, budgeted * policy.implementation_effectiveness


@kernel
def enact_policy(levers, budgets, piloted, policy, nation, parameters, q):
    """Fill budgeted and purse of every lever, clear its other entries; note what share of projects fails.

    New money of programmes that may be piloted waits four quarters in the part that is; then it is spent.
    """
    for row in range(levers.shape[0]):
        lever = levers[row]
        waited = lever.waiting[q % 4]
        lever.waiting[q % 4] = 0.0
        if piloted[row]:
            lever.waiting[q % 4] = money_withheld(
                budgets[q, row], budgets[max(0, q - 4), row], policy.pilot_replication
            )
        lever.budgeted, lever.purse = enact_row(budgets[q, row], lever.waiting[q % 4], waited, lever.shift, policy)
        lever.disbursed = 0.0
        lever.misused = 0.0
        lever.forgone = 0.0
    nation.failed_share = failed_share(parameters.programme_failure, policy.pilot_replication, parameters.pilot_effect)


@gather
def success(policy, before, parameters):
    """Return what a programme brings, over the same programme at the piloting of 2016."""
    now = failed_share(parameters.programme_failure, policy.pilot_replication, parameters.pilot_effect)
    then = failed_share(parameters.programme_failure, before.pilot_replication, parameters.pilot_effect)
    return (1.0 - now) / (1.0 - then)


@gather
def is_project(row):
    """Return whether private partners may join what the lever's money builds."""
    return (
        row == Lever.network_investment
        or row == Lever.data_infrastructure
        or row == Lever.compute_investment
        or row == Lever.platform_investment
    )


@kernel
def buy_programmes(levers, bought, policy, before, parameters, books):
    """Spend what buys goods and services of the rest of the economy; let private partners join infrastructure projects.

    Partners are paid back, with a return, out of the later purses of the same lever. They and the builders stand
    outside the model, so the books hold what the government pays.
    """
    paid = 0.0
    worth = success(policy, before, parameters)
    for row in range(levers.shape[0]):
        lever = levers[row]
        if bought[row]:
            lever.disbursed += lever.purse
            paid += lever.purse
            if is_project(row):
                lever.serviced = service(lever.owed, parameters.partner_term, parameters.partner_return, lever.purse)
                repaid = min(lever.owed, lever.serviced * _capital_part(parameters))
                public = lever.purse - lever.serviced
                lever.partners = partner_money(public, policy.ppp_share, parameters.partner_raised)
                lever.owed += lever.partners - repaid
                lever.built = (public + lever.partners) * worth
    books[Flow.PROGRAMMES].paid += paid


@gather
def _capital_part(parameters):
    # Of a full payment to partners, the part that pays back capital: 1 / n over 1 / n + i.
    return 1.0 / (1.0 + parameters.partner_term * parameters.partner_return)
