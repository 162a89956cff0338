"""Every estimator on samples whose answer is known, and on too few cases."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.facts.estimators import (
    FEWEST,
    correlation,
    equal_groups,
    excess_kurtosis,
    fit_subbotin,
    hill_exponent,
    net_entry_part,
    power_law_exponent,
    slope,
    spread_by_group,
    subbotin_density,
)

MANY = 40_000


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(11)


@pytest.mark.parametrize("exponent", [0.8, 1.06, 2.0])
def test_hill_exponent_of_a_pareto_sample_is_its_exponent(exponent: float, rng: np.random.Generator) -> None:
    sizes = 3.0 * (1.0 - rng.random(MANY)) ** (-1.0 / exponent)
    assert hill_exponent(sizes) == pytest.approx(exponent, rel=0.03)


def test_hill_exponent_does_not_depend_on_the_unit(rng: np.random.Generator) -> None:
    sizes = rng.lognormal(size=1_000)
    assert hill_exponent(1e6 * sizes) == pytest.approx(hill_exponent(sizes), rel=1e-12)


def test_hill_exponent_by_hand_of_a_geometric_tail() -> None:
    # The thirty largest of 300 lie e times over the next, so that each log excess is 1.
    sizes = np.concatenate([np.full(30, math.e), np.full(270, 1.0)])
    assert hill_exponent(sizes) == pytest.approx(1.0, rel=1e-12)


def test_hill_exponent_of_too_small_a_tail_is_nan() -> None:
    assert math.isnan(hill_exponent(np.arange(1.0, 10.0 * FEWEST)))


@pytest.mark.parametrize(
    ("draw", "shape"),
    [("laplace", 1.0), ("normal", 2.0), ("gennorm", 0.7)],
)
def test_subbotin_fit_finds_the_shape_of_a_known_sample(draw: str, shape: float, rng: np.random.Generator) -> None:
    draws = {
        "laplace": lambda: rng.laplace(0.3, 2.0, MANY),
        "normal": lambda: rng.normal(0.3, 2.0, MANY),
        "gennorm": lambda: stats.gennorm.rvs(0.7, loc=0.3, scale=2.0, size=MANY, random_state=rng),
    }
    found = fit_subbotin(draws[draw]())
    assert found.shape == pytest.approx(shape, rel=0.05)
    assert found.location == pytest.approx(0.3, abs=0.05)


def test_subbotin_scale_of_laplace_and_normal_is_theirs(rng: np.random.Generator) -> None:
    assert fit_subbotin(rng.laplace(0.0, 2.0, MANY)).scale == pytest.approx(2.0, rel=0.05)
    assert fit_subbotin(rng.normal(0.0, 2.0, MANY)).scale == pytest.approx(2.0, rel=0.05)


def test_subbotin_fit_of_few_values_is_nan() -> None:
    assert math.isnan(fit_subbotin(np.arange(FEWEST - 1.0)).shape)


@pytest.mark.parametrize("shape", [0.7, 1.0, 2.0])
def test_subbotin_density_holds_all_probability(shape: float) -> None:
    x = np.linspace(-200.0, 200.0, 400_001)
    assert np.trapezoid(subbotin_density(x, shape, 1.5, 0.4), x) == pytest.approx(1.0, abs=1e-3)


def test_subbotin_density_of_shape_two_is_the_normal_one() -> None:
    x = np.linspace(-3.0, 3.0, 13)
    np.testing.assert_allclose(subbotin_density(x, 2.0, 0.7, 0.1), stats.norm.pdf(x, 0.1, 0.7), rtol=1e-12)


def test_excess_kurtosis_of_laplace_is_three_and_of_normal_none(rng: np.random.Generator) -> None:
    assert excess_kurtosis(rng.laplace(size=400_000)) == pytest.approx(3.0, abs=0.15)
    assert excess_kurtosis(rng.normal(size=400_000)) == pytest.approx(0.0, abs=0.05)


def test_excess_kurtosis_of_two_points_is_least() -> None:
    assert excess_kurtosis(np.array([-1.0, 1.0] * 20)) == pytest.approx(-2.0)


def test_spread_by_size_of_growth_that_calms_with_size_gives_the_exponent_back(rng: np.random.Generator) -> None:
    log_size = rng.uniform(0.0, 8.0, MANY)
    growth = rng.normal(size=MANY) * np.exp(-0.2 * log_size)
    size, spread = spread_by_group(growth, log_size, equal_groups(log_size, 15))
    assert len(size) == 15
    assert -slope(size, np.log(spread)) == pytest.approx(0.2, abs=0.01)


def test_spread_by_group_leaves_out_small_groups_and_those_without_spread() -> None:
    values = np.concatenate([np.tile([1.0, 3.0], 20), np.full(40, 7.0), [0.0, 1.0]])
    groups = np.array([0] * 40 + [1] * 40 + [2] * 2)
    position, spread = spread_by_group(values, groups.astype(float), groups)
    assert position.tolist() == [0.0]
    assert spread == pytest.approx([np.std([1.0, 3.0] * 20, ddof=1)])


def test_equal_groups_of_seven_in_three_are_nearly_equal_and_ordered() -> None:
    groups = equal_groups(np.array([7.0, 1.0, 6.0, 2.0, 5.0, 3.0, 4.0]), 3)
    assert groups.tolist() == [2, 0, 2, 0, 1, 0, 1]


def test_slope_within_groups_ignores_differences_between_them() -> None:
    x = np.array([0.0, 1.0, 2.0, 10.0, 11.0, 12.0])
    y = np.array([0.0, 2.0, 4.0, -50.0, -48.0, -46.0])
    assert slope(x, y, np.array([0, 0, 0, 1, 1, 1])) == pytest.approx(2.0)
    assert slope(x, y) < 0.0


def test_slope_of_two_points_or_without_spread_is_nan() -> None:
    assert math.isnan(slope(np.array([1.0, 2.0]), np.array([1.0, 2.0])))
    assert math.isnan(slope(np.ones(5), np.arange(5.0)))


def test_correlation_of_a_line_is_one_and_of_a_constant_nan() -> None:
    x = np.arange(float(FEWEST))
    assert correlation(x, 3.0 - 2.0 * x) == pytest.approx(-1.0)
    assert math.isnan(correlation(x, np.ones(FEWEST)))
    assert math.isnan(correlation(x[:-1], x[:-1]))


@pytest.mark.parametrize("exponent", [1.8, 2.4])
def test_power_law_exponent_of_a_zeta_sample_is_its_exponent(exponent: float, rng: np.random.Generator) -> None:
    counts = np.minimum(stats.zipf.rvs(exponent, size=5_000, random_state=rng), 10**9)
    found, lowest = power_law_exponent(counts)
    assert found == pytest.approx(exponent, rel=0.08)
    assert lowest >= 1


def test_power_law_exponent_finds_where_the_tail_begins(rng: np.random.Generator) -> None:
    body = rng.integers(1, 6, 6_000)
    tail = 5 + stats.zipf.rvs(2.2, size=3_000, random_state=rng)  # a zeta law only far out
    _, lowest = power_law_exponent(np.concatenate([body, tail]))
    assert lowest > 5


def test_power_law_exponent_of_poisson_counts_is_steep(rng: np.random.Generator) -> None:
    assert power_law_exponent(rng.poisson(6.0, 5_000))[0] > 4.0


def test_power_law_exponent_without_counts_is_nan() -> None:
    assert math.isnan(power_law_exponent(np.zeros(100, dtype=np.int64))[0])


def many(ids: list[int], weights: list[float], levels: list[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each given firm twenty times under numbers of its own, so that there are enough."""
    copies = [np.array(ids) + 1_000 * copy for copy in range(20)]
    return np.concatenate(copies), np.tile(weights, 20), np.tile(levels, 20)


def test_net_entry_part_by_hand_of_one_stayer_one_entrant_one_leaver() -> None:
    # Mean log productivity goes from 0.5 to 2.0. The entrant (3.0) weighs half: 0.5 (3.0 - 0.5) = 1.25; the leaver
    # (0.0) weighed half: 0.5 (0.0 - 0.5) = -0.25. Together 1.5 of 1.5.
    first = many([1, 2], [1.0, 1.0], [1.0, 0.0])
    last = many([1, 3], [5.0, 5.0], [1.0, 3.0])
    assert net_entry_part(first, last) == pytest.approx(1.0)


def test_net_entry_part_without_entry_and_exit_is_nothing() -> None:
    first = many([1, 2], [1.0, 1.0], [1.0, 0.0])
    last = many([1, 2], [3.0, 1.0], [2.0, 1.0])
    assert net_entry_part(first, last) == 0.0


def test_net_entry_part_of_few_firms_or_no_growth_is_nan() -> None:
    few = (np.array([1]), np.array([1.0]), np.array([0.0]))
    same = many([1, 2], [1.0, 1.0], [1.0, 0.0])
    assert math.isnan(net_entry_part(few, few))
    assert math.isnan(net_entry_part(same, same))
