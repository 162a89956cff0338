"""Counter-based random numbers: a draw is a pure function of (seed, run, agent, quarter, purpose).

Philox4x32-10 of Salmon et al. (2011): the key is (seed, run), the counter (agent, quarter, purpose). There is no
generator to hand around, so the order of agents, threads and blocks, and the entry or exit of others, change no draw.
Called by kernels, which hand the numbers to rules. Imports nothing of the package but `_jit`.
"""

from __future__ import annotations

import enum
import math

import numpy as np

from sim._jit import rule


class Purpose(enum.IntEnum):
    """What a draw is for; two uses never share one."""

    POPULATION = 1  # the synthetic economy of 2016Q1
    PARAMETER = 2  # one parameter value of one run
    STRUCTURE = 3  # which structural alternative a run follows
    INCIDENT = 10  # number of AI incidents in a quarter
    MOOD = 19  # change of investors' mood about AI
    EQUITY = 20  # whether a firm closes a funding round
    GRANT = 21  # whether a firm applies for a grant, and the jury's error
    CONTRACT = 22  # whether a firm wins its first public order
    ZONE = 23  # whether a firm joins a pilot zone
    EXIT_TO_MARKET = 24  # whether investors sell their stake on the market
    INNOVATION = 30  # number of innovations of a firm
    INNOVATION_VALUE = 31  # value of one innovation
    BREAKTHROUGH = 32  # output of an institute's research
    ADOPTION = 40  # whether a user organisation adopts
    DEMAND_NOISE = 50  # luck in orders
    EXIT = 60  # hazard of closing
    ENTRY_COUNT = 70  # number of start-ups of a region and sector
    SPIN_OFF_COUNT = 71  # number of spin-offs of an institute
    RECOGNITION_COUNT = 72  # number of incumbents newly counted as AI firms
    ENTRANT = 73  # traits of a new firm
    ENTRANT_SIZE = 74  # size and existing lines of a new firm
    NEW_INSTITUTE = 75  # traits of a new institute
    NEW_PARK = 76  # region of a new industrial park
    ALLIANCE = 77  # how early a firm joins an innovation alliance


Word = np.uint64

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_WEYL_0 = np.uint64(0x9E3779B9)
_WEYL_1 = np.uint64(0xBB67AE85)
_TWO_TO_MINUS_32 = 2.0**-32


@rule
def philox(c0: Word, c1: Word, c2: Word, c3: Word, k0: Word, k1: Word) -> tuple[Word, Word, Word, Word]:
    """Return four 32-bit words for a counter of four words and a key of two (all uint64 below 2**32)."""
    for _ in range(10):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> _SHIFT) ^ c1 ^ k0,
            product_1 & _LOW,
            (product_0 >> _SHIFT) ^ c3 ^ k1,
            product_0 & _LOW,
        )
        k0 = (k0 + _WEYL_0) & _LOW
        k1 = (k1 + _WEYL_1) & _LOW
    return c0, c1, c2, c3


@rule
def uniform4(seed: int, run: int, agent: int, quarter: int, purpose: int) -> tuple[float, float, float, float]:
    """Return four independent uniforms in (0, 1); all arguments are int64 >= 0."""
    agent_word = np.uint64(agent)
    w0, w1, w2, w3 = philox(
        agent_word & _LOW,
        agent_word >> _SHIFT,
        np.uint64(quarter),
        np.uint64(purpose),
        np.uint64(seed) & _LOW,
        np.uint64(run) & _LOW,
    )
    return (
        (float(w0) + 0.5) * _TWO_TO_MINUS_32,
        (float(w1) + 0.5) * _TWO_TO_MINUS_32,
        (float(w2) + 0.5) * _TWO_TO_MINUS_32,
        (float(w3) + 0.5) * _TWO_TO_MINUS_32,
    )


@rule
def uniform(seed: int, run: int, agent: int, quarter: int, purpose: int) -> float:
    """Return the first of the four uniforms of `uniform4`."""
    return uniform4(seed, run, agent, quarter, purpose)[0]


@rule
def normal(u: float) -> float:
    """Return the standard normal quantile of u in (0, 1), to about 1e-16 relative.

    Source: Wichura (1988), algorithm AS241 (PPND16). Inversion keeps antithetic and stratified draws usable.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * _central_numerator(r) / _central_denominator(r)
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    tail = _near_tail(r - 1.6) if r <= 5.0 else _far_tail(r - 5.0)
    return -tail if q < 0.0 else tail


@rule
def _central_numerator(r: float) -> float:
    value = 2509.0809287301226727
    for c in (
        33430.575583588128105,
        67265.770927008700853,
        45921.953931549871457,
        13731.693765509461125,
        1971.5909503065514427,
        133.14166789178437745,
        3.387132872796366608,
    ):
        value = value * r + c
    return value


@rule
def _central_denominator(r: float) -> float:
    value = 5226.495278852545925
    for c in (
        28729.085735721942674,
        39307.89580009271061,
        21213.794301586595867,
        5394.1960214247511077,
        687.1870074920579083,
        42.313330701600911252,
        1.0,
    ):
        value = value * r + c
    return value


@rule
def _near_tail(r: float) -> float:
    above = 7.7454501427834140764e-4
    for c in (
        0.0227238449892691845833,
        0.24178072517745061177,
        1.27045825245236838258,
        3.64784832476320460504,
        5.7694972214606914055,
        4.6303378461565452959,
        1.42343711074968357734,
    ):
        above = above * r + c
    below = 1.05075007164441684324e-9
    for c in (
        5.475938084995344946e-4,
        0.0151986665636164571966,
        0.14810397642748007459,
        0.68976733498510000455,
        1.6763848301838038494,
        2.05319162663775882187,
        1.0,
    ):
        below = below * r + c
    return above / below


@rule
def _far_tail(r: float) -> float:
    above = 2.01033439929228813265e-7
    for c in (
        2.71155556874348757815e-5,
        0.0012426609473880784386,
        0.026532189526576123093,
        0.29656057182850489123,
        1.7848265399172913358,
        5.4637849111641143699,
        6.6579046435011037772,
    ):
        above = above * r + c
    below = 2.04426310338993978564e-15
    for c in (
        1.4215117583164458887e-7,
        1.8463183175100546818e-5,
        7.868691311456132591e-4,
        0.0148753612908506148525,
        0.13692988092273580531,
        0.59983220655588793769,
        1.0,
    ):
        below = below * r + c
    return above / below


@rule
def poisson(u: float, mean: float, most: int) -> int:
    """Return the Poisson quantile of u for `mean` >= 0, at the most `most` (which bounds the work)."""
    probability = math.exp(-mean)
    below = probability
    count = 0
    while u > below and count < most:
        count += 1
        probability *= mean / count
        below += probability
    return count
