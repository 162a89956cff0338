"""Words and numbers of figures."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from sim.measurement import intervals, ledger
from sim.outcomes import COORDINATES, LEDGER_ACCOUNTS
from sim.plots import labels, observed
from sim.plots.labels import coordinate_name, number, percent, phrase, sequence
from sim.plots.wording import WORDS
from sim.results import cost


@pytest.mark.parametrize("module", [labels, observed, ledger, intervals, cost])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    done = doctest.testmod(module)
    assert done.attempted > 0
    assert done.failed == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999.6, "1,000"),
        (99.96, "100"),
        (9.996, "10.0"),
        (0.0999, "0.0999"),
        (-35.04, "-35.0"),
        (1234567.0, "1,230,000"),
    ],
)
def test_number_keeps_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_percent_of_nearly_all_is_not_all() -> None:
    assert [percent(share) for share in (0.0, 0.004, 0.005, 0.994, 0.996, 1.0)] == [
        "0%",
        "<1%",
        "0%",
        "99%",
        ">99%",
        "100%",
    ]


def test_sequence_of_one_stands_alone() -> None:
    assert [sequence([]), sequence(["a"]), sequence(["a", "b"])] == ["", "a", "a and b"]


def test_phrase_without_its_parts_is_refused() -> None:
    with pytest.raises(KeyError, match="runs"):
        phrase("n_runs")


@pytest.mark.parametrize("dim", [dim for dim in COORDINATES if dim != "account"])
def test_every_coordinate_has_a_name(dim: str) -> None:
    names = [coordinate_name(dim, choice) for choice in COORDINATES[dim]]
    assert len(set(names)) == len(names)
    assert all(name and "_" not in name for name in names)


def test_every_language_has_the_same_phrases() -> None:
    keys = {language: set(table) for language, table in WORDS.items()}
    assert set(map(frozenset, keys.values())) == {frozenset(keys["en"])}


def test_ledger_accounts_are_those_the_figure_divides() -> None:
    assert LEDGER_ACCOUNTS == ("budgeted", "disbursed", "idle", "misused", "forgone")
