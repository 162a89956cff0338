"""Intervals beside SciPy: of probabilities, means and ratios; the split of spread into parameters and chance."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr
from scipy.stats import binomtest

from sim.measurement.intervals import (
    margin,
    mean_interval,
    parameter_interval,
    parameter_sets,
    parameter_share,
    ratio_interval,
    wilson,
)


@pytest.mark.parametrize(
    ("successes", "runs"), [(0, 10), (1, 10), (5, 10), (10, 10), (0, 1), (1, 1), (137, 200), (199, 200)]
)
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_wilson_equals_scipy(successes: int, runs: int, confidence: float) -> None:
    expected = binomtest(successes, runs).proportion_ci(confidence, method="wilson")
    np.testing.assert_allclose(wilson(successes, runs, confidence), (expected.low, expected.high), atol=1e-12)


def sample(share: float, runs: int, sets: int) -> tuple[np.ndarray, np.ndarray]:
    """Return an outcome that owes `share` of its variance to parameters, and the sets its runs drew at random."""
    rng = np.random.default_rng(4)
    drawn = parameter_sets(rng.integers(sets, size=(runs, 1)).astype(float))
    effect = rng.normal(size=sets)[drawn]
    return math.sqrt(share) * effect + math.sqrt(1.0 - share) * rng.normal(size=runs), drawn


def test_parameter_sets_are_runs_with_all_values_equal() -> None:
    values = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 2.0], [0.0, 2.0]])
    numbers = parameter_sets(values)
    assert numbers.dtype == np.int64
    assert (numbers == numbers[0]).tolist() == [True, False, True, False]
    assert sorted(set(numbers.tolist())) == [0, 1, 2]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8, 1.0])
def test_parameter_share_finds_the_share(share: float) -> None:
    assert parameter_share(*sample(share, runs=6000, sets=2000)) == pytest.approx(share, abs=0.04)


def test_parameter_share_of_the_usual_ensemble_is_close() -> None:
    # Two hundred runs on a sample of three hundred rows: some fifty runs repeat a row.
    assert parameter_share(*sample(0.95, runs=200, sets=300)) == pytest.approx(0.95, abs=0.03)


def test_parameter_share_by_hand() -> None:
    # Sets of sizes 11 and 2. Mean 0; set means 1 and -5.5; chance adds 1 up or down within the first.
    values = np.array([0.0, 2.0] * 5 + [1.0, -5.5, -5.5])
    sets = np.array([0] * 11 + [1] * 2)
    within = 10.0 / 11.0
    between = 11.0 * 1.0 + 2.0 * 5.5**2
    size = 13.0 - (11.0**2 + 2.0**2) / 13.0
    due = (between - within) / size
    assert parameter_share(values, sets) == pytest.approx(due / (due + within))


def test_parameter_share_below_what_chance_gives_is_zero() -> None:
    # Every set has the same mean: less between the sets than chance alone would leave.
    assert parameter_share(np.tile([1.0, -1.0], 12), np.repeat(np.arange(12), 2)) == 0.0


@pytest.mark.parametrize(("repeats", "known"), [(9, False), (10, True)])
def test_parameter_share_needs_repeated_sets(repeats: int, known: bool) -> None:
    sets = np.array([*range(50), *range(repeats)])
    values = np.random.default_rng(1).normal(size=len(sets))
    assert math.isnan(parameter_share(values, sets)) is not known


def test_parameter_share_of_one_set_is_zero() -> None:
    assert parameter_share(np.arange(20.0), np.zeros(20, dtype=np.int64)) == 0.0


def test_parameter_share_of_equal_outcomes_is_zero() -> None:
    assert parameter_share(np.full(60, 3.0), np.arange(60) // 2) == 0.0


def test_parameter_interval_by_hand() -> None:
    values = np.exp(np.array([-1.0, 0.0, 1.0]) + 0.5) * 150.0
    # Margins -0.5, 0.5, 1.5: mean 0.5, standard deviation 1; half of the variance is due to parameters.
    low, high = parameter_interval(values, 150.0, 0.5)
    z = 1.6448536269514722
    assert low == pytest.approx(ndtr((0.5 - z * math.sqrt(0.5)) / math.sqrt(0.5)))
    assert high == pytest.approx(ndtr((0.5 + z * math.sqrt(0.5)) / math.sqrt(0.5)))


def test_parameter_interval_of_chance_alone_is_one_point() -> None:
    low, high = parameter_interval(np.array([1.0, 2.0, 4.0]), 1.5, 0.0)
    assert low == high
    assert 0.5 < low < 0.75


def test_parameter_interval_of_parameters_alone_knows_the_answer_for_each_set() -> None:
    assert parameter_interval(np.array([1.0, 2.0, 4.0]), 1.9, 1.0) == (0.0, 1.0)
    assert parameter_interval(np.array([100.0, 101.0, 102.0]), 1.9, 1.0) == (1.0, 1.0)


def test_parameter_interval_of_an_unknown_share_is_empty() -> None:
    assert all(math.isnan(end) for end in parameter_interval(np.array([1.0, 2.0]), 1.0, math.nan))


def test_margin_is_a_ratio_where_a_value_is_not_positive() -> None:
    np.testing.assert_allclose(margin(np.array([-5.0, 20.0]), 10.0), [-1.5, 1.0])
    np.testing.assert_allclose(margin(np.array([10.0, 20.0]), 10.0), [0.0, math.log(2.0)])


def test_mean_interval_equals_scipy() -> None:
    values = np.random.default_rng(1).lognormal(size=23)
    expected = stats.t.interval(0.95, 22, values.mean(), stats.sem(values))
    np.testing.assert_allclose(mean_interval(values), expected)
    assert all(math.isnan(end) for end in mean_interval(values[:1]))


@pytest.mark.parametrize("runs", [3, 12, 200])
def test_ratio_interval_ends_where_the_t_test_of_the_ratio_turns(runs: int) -> None:
    rng = np.random.default_rng(runs)
    below = 15.0 + rng.normal(size=runs)
    above = 2.0 * below + rng.normal(size=runs)
    low, high = ratio_interval(above, below)
    assert low < above.mean() / below.mean() < high
    for end in (low, high):
        assert stats.ttest_1samp(above - end * below, 0.0).pvalue == pytest.approx(0.05)


def test_ratio_interval_has_no_ends_where_the_denominator_may_be_zero() -> None:
    rng = np.random.default_rng(2)
    above, below = 3.0 + rng.normal(size=40), 0.1 + rng.normal(size=40)
    assert stats.ttest_1samp(below, 0.0).pvalue > 0.05
    assert all(math.isnan(end) for end in ratio_interval(above, below))
    assert all(math.isnan(end) for end in ratio_interval(above, np.zeros(40)))
    assert all(math.isnan(end) for end in ratio_interval(above[:1], below[:1]))


def test_ratio_interval_covers_the_ratio_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(2000):
        below = 1.0 + rng.normal(size=30)
        low, high = ratio_interval(4.0 + 2.0 * rng.normal(size=30), below)
        covered += math.isnan(low) or low <= 4.0 <= high
    assert covered / 2000 == pytest.approx(0.95, abs=0.015)
