"""How public money starts, fails, finds partners and is moved by reviews."""

from __future__ import annotations

import math

from sim._jit import rule


@rule
def money_withheld(budget: float, year_before: float, piloted: float) -> float:
    """Part of a budget that waits a year for the result of a pilot: the piloted part of new money.

        w = r max(0, B - B_4)

    budget       [mn CNY/quarter]  B >= 0, set aside this quarter
    year_before  [mn CNY/quarter]  B_4 >= 0, set aside four quarters ago
    piloted      [1]               r in [0, 1], share of programmes piloted before the national roll-out
    returns      [mn CNY/quarter]
    Source: experimentation before roll-out, Heilmann (2008); the year is assumed.
    """
    return piloted * max(0.0, budget - year_before)


@rule
def failed_share(highest: float, piloted: float, effect: float) -> float:
    """Share of programme money that brings nothing.

        f = f0 (1 - k r)

    highest  [1]  f0 in [0, 1), when nothing is piloted
    piloted  [1]  r in [0, 1]
    effect   [1]  k in [0, 1], part of the failures that full piloting prevents
    returns  [1]
    Source: assumed; audits find a tenth to two fifths of projects without result.
    """
    return highest * (1.0 - effect * piloted)


@rule
def partner_money(public: float, share: float, raised: float) -> float:
    """Money of private partners that joins public projects.

        P = G p r / (1 - p r)

    public   [mn CNY]  G >= 0, public money of the projects
    share    [1]       p in [0, 1], private share asked for
    raised   [1]       r in [0, 1), part of what is asked for that comes
    returns  [mn CNY]  so that P is the share p r of G + P
    Source: raised over asked as in guidance funds; assumed.
    """
    return public * share * raised / (1.0 - share * raised)


@rule
def service(owed: float, term: float, interest: float, purse: float) -> float:
    """Payment to private partners in a quarter, at the most the purse.

        s = min(B, D (1 / (4 n) + i / 4))

    owed      [mn CNY]  D >= 0
    term      [year]    n > 0, over which capital is paid back
    interest  [1/year]  i >= 0, return of the partners
    purse     [mn CNY]  B >= 0
    returns   [mn CNY]
    Source: annuity in parts of capital and return; terms assumed.
    """
    return min(purse, owed * (0.25 / term + 0.25 * interest))


@rule
def shortfall(scale: float, year_before: float, target: float, years: float) -> float:
    """Log distance by which a scale will miss its next target if it goes on growing as in the last year.

        s = ln(T / A) - n ln(A / A_4), kept within [0, 1]; 0 without a target, 1 where there is no scale yet

    scale        [bn CNY]  A >= 0, over the last four quarters
    year_before  [bn CNY]  A_4 >= 0, over the four quarters before
    target       [bn CNY]  T
    years        [year]    n >= 0, left
    returns      [1]
    Source: assumed; how a mid-term review would look ahead.
    """
    if target <= 0.0:
        return 0.0
    if scale <= 0.0 or year_before <= 0.0:
        return 1.0
    return min(1.0, max(0.0, math.log(target / scale) - years * math.log(scale / year_before)))


@rule
def moved_part(strength: float, own: float, other: float) -> float:
    """Part of a budget that a review gives to the other side.

        v = k max(0, s' - s)

    strength  [1]  k in [0, 1], share of the shortfall answered by moving budgets
    own       [1]  s in [0, 1], shortfall of the goal that the budget serves
    other     [1]  s' in [0, 1], shortfall of the other goal
    returns   [1]  in [0, 1]
    Source: assumed; the plan asks for adjustment without saying how far.
    """
    return strength * max(0.0, other - own)
