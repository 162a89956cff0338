"""Random numbers: the published vectors of the generator, uniformity, independence, quantiles, and purposes."""

from __future__ import annotations

import ast
import itertools
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from sim import draws
from sim._jit import kernel, plain
from sim.draws import Purpose, normal, philox, poisson, uniform, uniform4

# Known answers that the authors of the generator publish for Philox4x32 with ten rounds: counter, key, result.
VECTORS = [
    pytest.param((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8), id="zeros"),
    pytest.param((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD), id="ones"),
    pytest.param(
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        id="digits of pi",
    ),
]
AXES = ("seed", "run", "agent", "quarter", "purpose")
SMALLEST, LARGEST = 2.0**-33, 1.0 - 2.0**-33
COUNT = 40_000


def words(*numbers: int) -> list[np.uint64]:
    """Return 32-bit words in the type the generator takes."""
    return [np.uint64(number) for number in numbers]


@kernel
def fill(values, seed, run, agent, quarter, purpose, axis):
    """Fill four uniforms a row, walking along one argument."""
    for i in range(values.shape[0]):
        values[i, 0], values[i, 1], values[i, 2], values[i, 3] = uniform4(
            seed + (i if axis == 0 else 0),
            run + (i if axis == 1 else 0),
            agent + (i if axis == 2 else 0),
            quarter + (i if axis == 3 else 0),
            purpose + (i if axis == 4 else 0),
        )


def along(axis: str, start: int = 7) -> np.ndarray:
    """Return four uniforms for each of many neighbours along one argument, float64[COUNT, 4]."""
    values = np.empty((COUNT, 4))
    fill(values, start, start + 1, start + 2, start + 3, start + 4, AXES.index(axis))
    return values


@pytest.mark.parametrize(("counter", "key", "result"), VECTORS)
def test_philox_published_vector_is_reproduced(counter, key, result) -> None:
    assert tuple(int(word) for word in philox(*words(*counter), *words(*key))) == result


@pytest.mark.parametrize(("counter", "key", "result"), VECTORS)
def test_philox_in_plain_python_published_vector_is_reproduced(counter, key, result) -> None:
    assert tuple(int(word) for word in plain(philox)(*words(*counter), *words(*key))) == result


def test_uniform4_puts_agent_quarter_purpose_in_the_counter_and_seed_run_in_the_key() -> None:
    agent = 0x0000_0123_89AB_CDEF
    raw = philox(*words(0x89AB_CDEF, 0x123, 55, 31), *words(2017, 88))
    assert uniform4(2017, 88, agent, 55, 31) == tuple((float(word) + 0.5) / 2.0**32 for word in raw)


def test_uniform_is_the_first_of_the_four() -> None:
    assert uniform(1, 2, 3, 4, 5) == uniform4(1, 2, 3, 4, 5)[0]


def test_uniform4_ids_beyond_32_bits_differ_from_their_low_words() -> None:
    low = 12345
    assert uniform4(1, 2, low + 2**40, 4, 5) != uniform4(1, 2, low, 4, 5)
    assert uniform4(1, 2, low + 2**45, 4, 5) != uniform4(1, 2, low + 2**44, 4, 5)


@pytest.mark.parametrize("axis", AXES)
def test_uniform4_each_argument_moved_changes_all_four_numbers(axis: str) -> None:
    values = along(axis)[:2]
    assert (values[0] != values[1]).all()


@pytest.mark.parametrize("axis", AXES)
def test_uniforms_of_neighbours_are_even_and_inside_the_open_interval(axis: str) -> None:
    values = along(axis)
    assert values.min() >= SMALLEST
    assert values.max() <= LARGEST
    for component in values.T:
        counts = np.histogram(component, bins=64, range=(0.0, 1.0))[0]
        assert stats.chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize("axis", AXES)
def test_uniforms_of_neighbours_are_independent_of_each_other(axis: str) -> None:
    values = along(axis)
    for component in values.T:
        pairs = np.histogram2d(component[:-1:2], component[1::2], bins=16, range=[[0, 1], [0, 1]])[0]
        assert stats.chisquare(pairs.ravel()).pvalue > 1e-4
        assert abs(np.corrcoef(component[:-1], component[1:])[0, 1]) < 5.0 / math.sqrt(COUNT)


def test_four_uniforms_of_one_draw_are_independent_of_each_other() -> None:
    values = along("agent")
    for a, b in itertools.combinations(range(4), 2):
        pairs = np.histogram2d(values[:, a], values[:, b], bins=16, range=[[0, 1], [0, 1]])[0]
        assert stats.chisquare(pairs.ravel()).pvalue > 1e-4


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(AXES, 2)))
def test_streams_along_two_arguments_share_no_draw(one: str, other: str) -> None:
    # Distinct starts, so that the two walks do not meet in one cell of the grid.
    first, second = along(one, start=1_000), along(other, start=500_000)
    assert not {row.tobytes() for row in first} & {row.tobytes() for row in second}


def test_uniforms_of_two_purposes_for_the_same_agent_and_quarter_are_uncorrelated() -> None:
    a, b = np.empty((COUNT, 4)), np.empty((COUNT, 4))
    fill(a, 1, 2, 0, 3, int(Purpose.EXIT), 2)
    fill(b, 1, 2, 0, 3, int(Purpose.EQUITY), 2)
    assert not {row.tobytes() for row in a} & {row.tobytes() for row in b}
    assert abs(np.corrcoef(a[:, 0], b[:, 0])[0, 1]) < 5.0 / math.sqrt(COUNT)


def test_uniform4_compiled_and_plain_agree_to_the_bit() -> None:
    for number in range(60):
        arguments = (number, 3 * number, number * 2**36 + number, number % 7, number % 31)
        assert uniform4(*arguments) == plain(uniform4)(*arguments)


def test_normal_over_the_middle_and_both_tails_equals_scipy() -> None:
    tails = 2.0 ** -np.arange(1.0, 34.0)
    grid = np.concatenate([np.linspace(0.001, 0.999, 1999), tails, 1.0 - tails, [0.075, 0.925, SMALLEST, LARGEST]])
    for u in grid:
        expected = stats.norm.ppf(u)
        assert normal(u) == pytest.approx(expected, rel=1e-12, abs=1e-15), u


def test_normal_far_below_the_smallest_draw_equals_scipy() -> None:
    for exponent in (12, 20, 50, 100, 300):
        assert normal(10.0**-exponent) == pytest.approx(stats.norm.ppf(10.0**-exponent), rel=1e-12)


def test_normal_is_odd_and_rises() -> None:
    grid = np.linspace(SMALLEST, LARGEST, 4001)
    values = np.array([normal(u) for u in grid])
    assert (np.diff(values) > 0.0).all()
    assert normal(0.5) == 0.0
    assert normal(0.25) == -normal(0.75)


def test_normal_compiled_and_plain_agree_to_the_bit() -> None:
    for u in (SMALLEST, 1e-8, 0.01, 0.0749, 0.3, 0.5, 0.8, 0.99, LARGEST):
        assert normal(u) == plain(normal)(u)


@pytest.mark.parametrize("mean", [0.0, 1e-6, 0.02, 0.5, 1.0, 3.7, 12.0, 40.0])
def test_poisson_equals_scipy_quantile(mean: float) -> None:
    # Not at the jumps of the distribution function, where the last digit of a sum decides.
    for u in (np.arange(400) + 0.5) / 400:
        assert poisson(u, mean, 1000) == (int(stats.poisson.ppf(u, mean)) if mean > 0.0 else 0)


def test_poisson_stops_at_the_declared_most_even_for_means_that_underflow() -> None:
    assert poisson(0.999, 50.0, 8) == 8
    assert poisson(0.5, 5000.0, 100) == 100


def test_poisson_compiled_and_plain_agree() -> None:
    for u, mean in itertools.product((0.01, 0.3, 0.7, 0.999), (0.0, 0.3, 2.0, 17.0)):
        assert poisson(u, mean, 50) == plain(poisson)(u, mean, 50)


def test_poisson_of_even_uniforms_has_its_mean_and_variance() -> None:
    counts = [poisson(u, 2.5, 100) for u in (np.arange(20_000) + 0.5) / 20_000]
    assert np.mean(counts) == pytest.approx(2.5, abs=1e-3)
    assert np.var(counts) == pytest.approx(2.5, abs=0.02)


# --- purposes -------------------------------------------------------------------------------------------------------

# Uses of a purpose in more than one function, or more than once in one, and why no number is shared.
SEVERAL_USES = {
    "SPIN_OFF_COUNT": {"research_row", "draw_spin_offs"},  # first number: how many; the other three: their sectors
    "INNOVATION_VALUE": {"innovate_row"},  # the quarter is doubled: eight values in two draws
}
UNUSED = {"ZONE"}  # joining a zone takes the second number of CONTRACT


@cache
def uses() -> dict[str, list[str]]:
    """Return the functions in which each purpose is named, once for each mention."""
    found: dict[str, list[str]] = {purpose.name: [] for purpose in Purpose}
    for path in sources():
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Purpose":
                        found[node.attr].append(function.name)
    return found


def sources() -> list[Path]:
    """Return the source files of the package."""
    return sorted(Path(draws.__file__).parent.rglob("*.py"))


def test_purposes_have_numbers_of_their_own() -> None:
    assert len({purpose.value for purpose in Purpose}) == len(Purpose.__members__)
    assert all(0 < purpose.value < 2**32 for purpose in Purpose)


@pytest.mark.parametrize("name", list(Purpose.__members__))
def test_purpose_is_used_in_one_place(name: str) -> None:
    mentions = uses()[name]
    if name in SEVERAL_USES:
        assert set(mentions) == SEVERAL_USES[name]
    elif name in UNUSED:
        assert len(mentions) <= 1
    else:
        assert len(mentions) == 1


def test_every_draw_names_its_purpose() -> None:
    # The last argument of every call is a Purpose, or the parameter through which one is handed on.
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("uniform", "uniform4"):
                assert ast.unparse(node.args[-1]).removeprefix("Purpose.") in {*Purpose.__members__, "purpose"}, path


def test_purpose_has_a_sentence_beside_it() -> None:
    lines = Path(draws.__file__).read_text(encoding="utf-8").splitlines()
    for name in Purpose.__members__:
        line = next(line for line in lines if line.strip().startswith(f"{name} = "))
        assert len(line.partition("#")[2].strip()) > 10
