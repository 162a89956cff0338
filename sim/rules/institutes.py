"""Research institutes: which fields, how many people, what comes out."""

from __future__ import annotations

from sim._jit import rule


@rule
def profile_next(own: float, funded: float, speed: float) -> float:
    """Share of an institute's effort in a field, moved towards where the money is.

        p' = p + s (m - p)

    own      [1]          p, share of effort now
    funded   [1]          m, share of programme money in the field
    speed    [1/quarter]  s in [0, 1]
    returns  [1]
    """
    return own + speed * (funded - own)


@rule
def field_progress(effort: float, reference: float, elasticity: float, base: float, harder: float) -> float:
    """Growth of a field's domestic level from its own research.

        g = g0 (E / E0)^l T^-phi

    effort      [persons]    E >= 0, effective researchers in the field
    reference   [persons]    E0 > 0, declared constant
    elasticity  [1]          l in (0, 1]
    base        [1/quarter]  g0, at the reference effort and the level of 2016
    harder      [1]          T^phi >= 1 as the level rises: research productivity falls
    returns     [1/quarter]
    Source: idea production with falling productivity, Bloom et al. (2020).
    """
    return base * (effort / reference) ** elasticity / harder


@rule
def exploratory_success(mean_effort: float, share: float, u: float, odds: float, prize: float) -> float:
    """Effective effort when part of the money goes to non-consensus exploration: rarer success, larger prize.

        E' = E (1 - x + x (prize if u < odds else 0))

    mean_effort  [persons]  E
    share        [1]        x in [0, 1]
    u            [1]        uniform
    odds         [1]        chance of a breakthrough in a quarter
    prize        [1]        effort a breakthrough is worth, as a multiple
    returns      [persons]
    """
    return mean_effort * (1.0 - share + share * (prize if u < odds else 0.0))


@rule
def duplicated_share(without: float, coordination: float, effect: float) -> float:
    """Share of institutes' programme work that repeats work done elsewhere.

        d = d0 (1 - k c)

    without       [1]  d0 in [0, 1), without coordination
    coordination  [1]  c in [0, 1]
    effect        [1]  k in [0, 1], part of it that full coordination removes
    returns       [1]
    Source: assumed; reviews of national programmes name repetition without counting it.
    """
    return without * (1.0 - effect * coordination)


@rule
def shared_share(openness: float, transfer: float, reach: float) -> float:
    """Share of a defence-linked institute's results within reach of civil users.

        s = min(1, o + r t)

    openness  [1]  o, without transfer
    transfer  [1]  t in [0, 1]
    reach     [1]  r >= 0, added by full transfer
    returns   [1]
    Source: spillovers of defence research by openness, Moretti, Steinwender and Van Reenen (2025); sizes assumed.
    """
    return min(1.0, openness + reach * transfer)
