"""The table of answers beside the shipped scenarios: complete, of today's digests, and read as written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.scenario import load, shipped
from sim.scenario.answers import Answer, read_answers, write_answers

ANSWERS = read_answers()


def test_answers_cover_the_shipped_scenarios() -> None:
    assert sorted(ANSWERS) == sorted(shipped())


@pytest.mark.parametrize("name", shipped())
def test_answer_belongs_to_the_scenario_as_shipped(name: str) -> None:
    answer = ANSWERS[name]
    assert answer.digest == load(name).digest, "run `make answers`"
    assert 0.0 <= answer.narrow <= answer.iresearch <= answer.caict <= 1.0
    assert answer.outlay > 0.0


def test_answer_of_the_plan_adds_nothing_to_itself() -> None:
    assert (ANSWERS["plan"].added, ANSWERS["plan"].added_error) == (0.0, 0.0)


def test_answers_are_read_as_they_were_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.scenario.answers.root", lambda: tmp_path)
    assert read_answers() == {}
    given = [Answer("a", "1f", 3, 7, 0.25, 0.5, 1.0, 1234.5, -12.25, 0.5, 5600.0)]
    given.append(replace(given[0], scenario="b", added=0.125))
    write_answers(given)
    assert list(read_answers().values()) == given
