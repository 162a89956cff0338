"""YAML text -> values and lines."""

from __future__ import annotations

import math

import pytest

from sim.scenario.reader import MOST_PROBLEMS, read_yaml


def test_reading_mapping_gives_values_with_text_keys_and_lines() -> None:
    reading = read_yaml("# head\na: 1\nb:\n  2018: [x, {c: true}]\n", "f.yaml")
    assert reading.tree == {"a": 1, "b": {"2018": ["x", {"c": True}]}}
    assert reading.problems == []
    assert {path: reading.lines[path] for path in (("a",), ("b",), ("b", "2018"), ("b", "2018", "1", "c"))} == {
        ("a",): 2,
        ("b",): 3,
        ("b", "2018"): 4,
        ("b", "2018", "1", "c"): 4,
    }


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("3", 3),
        ("-3", -3),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e-3", 0.001),
        ("1.0e+03", 1000.0),
        ("-.inf", -math.inf),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2021Q3", "2021Q3"),
        ("2021-03-01", "2021-03-01"),
        ("'3'", "3"),
        ('"true"', "true"),
    ],
)
def test_reading_word_is_number_switch_or_text(word: str, expected: object) -> None:
    value = read_yaml(f"a: {word}\n", "f.yaml").tree["a"]  # type: ignore[index,call-overload]
    assert (type(value), value) == (type(expected), expected)


def test_reading_nan_is_nan() -> None:
    assert math.isnan(read_yaml("[.nan]", "f.yaml").tree[0])  # type: ignore[index,arg-type]


def test_reading_alias_bomb_constructs_nothing() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 9)]
    reading = read_yaml("\n".join(rows), "f.yaml")
    assert reading.tree == {"a0": ["x"] * 9}
    assert all("anchor" in str(problem) or "alias" in str(problem) for problem in reading.problems)


def test_reading_deep_nesting_stops_without_recursion() -> None:
    reading = read_yaml("[" * 50_000 + "]" * 50_000, "f.yaml")
    assert reading.tree is None
    assert "deeper than 12" in str(reading.problems[0])


def test_reading_all_mistakes_of_a_text_are_collected() -> None:
    reading = read_yaml("a: &x 1\nb: *x\na: 2\nc: !t 3\n? [k]\n: {d: *x}\ne: [*x]\n", "f.yaml")
    assert [problem.line for problem in reading.problems] == [1, 2, 3, 4, 5, 6, 7]
    assert reading.tree == {"a": 1, "c": "3"}


def test_reading_endless_mistakes_stops() -> None:
    reading = read_yaml("a: 1\n" * 10_000, "f.yaml")
    assert len(reading.problems) == MOST_PROBLEMS
    assert reading.tree is None
