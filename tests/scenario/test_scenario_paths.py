"""What the forms of a lever mean, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario.paths import change_points, changed_path, designated, linear_path, normalised, step_path

BASE = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])


def test_step_path_holds_base_then_each_value() -> None:
    assert step_path(BASE, {4: 9.0, 2: 7.0}).tolist() == [1.0, 2.0, 7.0, 7.0, 9.0, 9.0]


def test_step_path_of_rows_sets_rows() -> None:
    path = step_path(np.zeros((3, 2)), {1: np.array([0.25, 0.75])})
    assert path.tolist() == [[0.0, 0.0], [0.25, 0.75], [0.25, 0.75]]


def test_linear_path_joins_base_at_first_date_and_holds_after_last() -> None:
    assert linear_path(BASE, {1: 10.0, 5: 30.0}).tolist() == [1.0, 10.0, 15.0, 20.0, 25.0, 30.0]
    assert linear_path(BASE, {1: 10.0, 3: 30.0}).tolist() == [1.0, 10.0, 20.0, 30.0, 30.0, 30.0]


def test_linear_path_with_one_date_is_a_step() -> None:
    assert linear_path(BASE, {2: 7.0}).tolist() == step_path(BASE, {2: 7.0}).tolist()


def test_linear_path_between_equal_values_is_exactly_flat() -> None:
    assert set(linear_path(np.zeros(40), {0: 0.1, 39: 0.1}).tolist()) == {0.1}


def test_linear_path_falling_passes_all_dates() -> None:
    assert linear_path(BASE, {0: 8.0, 2: 4.0, 3: 0.0, 5: 1.0}).tolist() == [8.0, 6.0, 4.0, 0.0, 0.5, 1.0]


def test_changed_path_scales_the_span_only() -> None:
    assert changed_path(BASE, 1, 3, scale=10.0).tolist() == [1.0, 20.0, 30.0, 4.0, 5.0, 6.0]


def test_changed_path_adds_to_the_end() -> None:
    assert changed_path(BASE, 4, 6, add=-1.0).tolist() == [1.0, 2.0, 3.0, 4.0, 4.0, 5.0]


@pytest.mark.parametrize(
    "path",
    [
        step_path(BASE, {0: 0.0}),
        linear_path(BASE, {0: 0.0, 3: 1.0}),
        changed_path(BASE, 0, 6, scale=2.0),
        designated(np.zeros((6, 2)), {0: [1]})[:, 0],
    ],
)
def test_path_made_leaves_base_alone(path: np.ndarray) -> None:
    path[:] = -1.0
    assert BASE.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_normalised_weights_sum_to_one_and_missing_are_zero() -> None:
    assert normalised({"c": 1.0, "a": 3.0}, ("a", "b", "c")).tolist() == [0.75, 0.0, 0.25]


def test_normalised_weights_normalised_again_change_no_bit() -> None:
    names = tuple("abcdef")
    once = normalised(dict(zip(names, (0.1, 0.7, 0.3, 0.9, 0.2, 0.6), strict=True)), names)
    twice = normalised(dict(zip(names, once.tolist(), strict=True)), names)
    assert once.tobytes() == twice.tobytes()


def test_designated_regions_stay_and_base_designations_after_first_date_go() -> None:
    base = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 0]], dtype=np.float64)
    assert designated(base, {2: [2]}).tolist() == [[0, 0, 0], [1, 0, 0], [1, 0, 1], [1, 0, 1]]


def test_designated_in_the_second_quarter_keeps_the_first() -> None:
    base = np.array([[1, 0], [1, 0], [1, 0]], dtype=np.float64)
    assert designated(base, {1: [1]}).tolist() == [[1.0, 0.0], [1.0, 1.0], [1.0, 1.0]]


def test_designated_at_the_start_replaces_the_base() -> None:
    assert designated(np.ones((2, 2)), {0: [], 1: [0]}).tolist() == [[0.0, 0.0], [1.0, 0.0]]


def test_change_points_of_rows_are_where_any_column_moves() -> None:
    assert change_points(np.array([[0, 0], [0, 0], [0, 1], [0, 1], [1, 1]], dtype=np.float64)) == [0, 2, 4]
