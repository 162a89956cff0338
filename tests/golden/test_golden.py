"""Shipped scenarios give what they gave: a change of results is made on purpose and told in CHANGELOG.md."""

from __future__ import annotations

import golden
import pytest

from sim.scenario import shipped


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_scenario_gives_the_golden_outcomes(name: str) -> None:
    found, expected = golden.table(name), golden.read(name)
    assert found.keys() == expected.keys()
    moved = {key: (expected[key], value) for key, value in found.items() if value != pytest.approx(expected[key], 1e-9)}
    assert moved == {}


def test_golden_files_are_those_of_the_shipped_scenarios() -> None:
    assert {path.stem for path in golden.FOLDER.glob("*.csv")} == set(shipped())
