"""`roadmap run`: what it refuses, before anything is simulated and without leaving anything behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.errors import BalanceError
from sim.plots import publishing
from sim.results import provenance, running
from sim.scenario import shipped


def files_under(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def refused(roadmap, tmp_path, monkeypatch):
    """Return what calls `run` where it must be refused: exit code 2, nothing simulated, nothing written."""

    def simulate(*_: Any, **__: Any) -> None:
        raise AssertionError("a simulation was started")

    def call(*words: object) -> str:
        monkeypatch.setattr(running, "simulate", simulate)
        before = files_under(tmp_path)
        done = roadmap("run", *words)
        assert done.exit_code == 2, done.output
        assert files_under(tmp_path) == before
        assert done.stdout == ""
        return done.stderr

    return call


@pytest.mark.parametrize("runs", [0, -1, 1_000_001])
def test_run_with_impossible_number_of_runs_is_refused_with_the_range(refused, runs):
    assert f"= {runs} is out of range; allowed: 1 to 1000000" in refused("plan", "-n", runs)


def test_run_with_a_word_for_the_number_of_runs_names_the_option(refused):
    assert "'-n' / '--runs'" in refused("plan", "-n", "many")


def test_run_with_negative_seed_is_refused_with_the_range(refused):
    assert "seed = -3 is out of range; allowed: 0 to 2147483647" in refused("plan", "--seed", -3)


@pytest.mark.parametrize("threads", [0, -2])
def test_run_with_fewer_than_one_thread_names_the_option(refused, threads):
    assert "'--threads'" in refused("plan", "--threads", threads)


def test_run_with_unknown_lever_set_names_the_nearest(refused):
    assert "Did you mean degree_places?" in refused("plan", "--set", "degree_place=100")


def test_run_with_lever_set_out_of_range_tells_range_and_unit(refused):
    told = refused("plan", "--set", "degree_places=9999")
    assert "levers.degree_places = 9999 is out of range; allowed: 0 to 300 thousand places/year" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("degree_places", "Write e.g. --set degree_places=120"),
        ("degree_places=", "levers.degree_places is empty"),
        ("degree_places=many", "levers.degree_places = 'many' is not a number; allowed: 0 to 300"),
        ("degree_places={2019: 80", "--set degree_places: is not valid YAML"),
        ("=3", "is neither a lever nor a parameter nor a key"),
    ],
    ids=["no value", "empty", "word", "broken JSON", "no name"],
)
def test_run_with_change_that_cannot_be_read_tells_what_is_wrong(refused, change, told):
    assert told in refused("plan", "--set", change)


def test_run_with_several_wrong_changes_tells_all_and_counts_them(refused):
    told = refused("plan", "-n", 0, "--set", "degree_places=9999", "--set", "incubators=-1")
    assert ["runs.replications" in told, "levers.degree_places" in told, "levers.incubators" in told] == [True] * 3
    assert told.endswith("3 problems\n")


def test_run_of_missing_file_names_the_nearest_shipped_scenario(refused):
    assert "talent_frist.yaml: is neither a shipped scenario nor a file. Did you mean talent_first?" in refused(
        "talent_frist.yaml"
    )


def test_run_of_missing_file_near_none_lists_the_shipped_scenarios(refused):
    assert f"Shipped scenarios: {', '.join(shipped())}" in refused("mine.yaml")


def test_run_of_a_folder_asks_for_a_file_in_it(refused, tmp_path):
    assert "is a directory, not a scenario file" in refused(tmp_path)


def test_run_of_a_bad_file_tells_all_its_problems_with_lines(refused, tmp_path):
    text = "schema: 1\nextends: plan\nlevers:\n  degree_place: 1\n  incubators: -5\nruns: {replications: 0}\n"
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    told = refused("bad.yaml")
    assert ["bad.yaml:4:" in told, "bad.yaml:5:" in told, "bad.yaml:6:" in told] == [True] * 3


def test_run_with_panel_runs_and_no_panel_asks_for_both_or_neither(refused):
    assert "--panel-runs has no effect without --agent-panel" in refused("plan", "--panel-runs", 3)


def test_run_with_a_panel_of_no_runs_is_refused(refused):
    assert "--panel-runs" in refused("plan", "--agent-panel", "--panel-runs", 0)


def test_run_into_the_folder_of_another_run_is_refused_and_tells_whose_it_is(refused, short, result_folder):
    told = refused(short, "-o", result_folder)
    assert "holds another run (custom, 4 runs, seed 5, digest " in told
    assert "--force replaces it" in told


def test_run_into_the_folder_of_the_same_run_by_another_version_is_refused(roadmap, refused, short, monkeypatch):
    roadmap("run", short, "--no-figures", "-o", "out")
    newer = provenance.versions().model_copy(update={"code": "0" * 12})
    monkeypatch.setattr(provenance, "versions", lambda: newer)
    assert "out: holds the same run made with another version of the model" in refused(short, "-o", "out")


def test_run_into_a_damaged_result_names_the_file_and_force(refused, short, result_folder):
    (result_folder / "targets.csv").write_text("nothing\n", encoding="utf-8")
    told = refused(short, "-o", result_folder)
    assert "targets.csv was changed" in told
    assert "--force replaces it" in told


@pytest.mark.parametrize("options", [(), ("--force",)], ids=["plain", "force"])
def test_run_into_a_folder_of_other_files_is_refused_even_with_force(refused, short, tmp_path, options):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "draft.txt").write_text("Dear minister", encoding="utf-8")
    assert "letters: exists and is not a result folder" in refused(short, "-o", "letters", *options)


def test_run_into_a_file_is_refused(refused, short):
    assert "short.yaml: exists and is not a result folder" in refused(short, "-o", "short.yaml")


def test_run_into_a_folder_that_cannot_be_made_is_refused_before_it_runs(refused, short):
    told = refused(short, "-o", "short.yaml/out")
    assert "short.yaml/out: cannot be written" in told
    assert "Not a directory" in told


def test_run_whose_figures_fail_leaves_nothing_half_written(roadmap, short, tmp_path, monkeypatch):
    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "publish", fail)
    done = roadmap("run", short, "-o", "there/out")
    assert done.exit_code == 2
    assert "there/out: cannot be written (No space left on device)" in done.stderr
    assert files_under(tmp_path / "there") == {}


def test_forced_run_that_fails_leaves_the_earlier_result(roadmap, short, result_folder, monkeypatch):
    def fail(*_: Any, **__: Any) -> None:
        raise BalanceError("run 0, 2017Q1: accounts do not close")

    monkeypatch.setattr(running, "simulate", fail)
    before = files_under(result_folder)
    assert roadmap("run", short, "-o", result_folder, "--force").exit_code == 3
    assert files_under(result_folder) == before


def test_run_into_a_result_of_a_later_schema_is_refused(refused, short, result_folder):
    path = result_folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"schema": 99}), encoding="utf-8")
    assert "99" in refused(short, "-o", result_folder)
