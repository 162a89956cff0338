"""The folder of a comparison: whole or absent, the same left alone, another only with force, nobody's files lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import ResultError
from sim.results import Comparison, Result, compare

TABLES = {"differences.csv", "targets.csv", "goals.csv", "cost.csv", "per_yuan.csv", "ledger.csv"}


@pytest.fixture(scope="module")
def found(result: Result, other: Result) -> Comparison:
    """Return a comparison; not to be changed."""
    return compare(other, result)


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_save_writes_every_table_and_a_note_of_the_pair(
    found: Comparison, result: Result, other: Result, tmp_path: Path
) -> None:
    saved = found.save(tmp_path / "deep" / "pair")
    assert saved.is_new
    assert set(contents(saved.path)) == {*TABLES, "comparison.json"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["pair"]
    note = json.loads((saved.path / "comparison.json").read_text(encoding="utf-8"))
    assert note["a"]["run_digest"] == other.manifest.run_digest
    assert note["b"]["digest"] == result.manifest.digest
    assert set(note["files"]) == TABLES


def test_saved_tables_are_those_of_the_comparison(found: Comparison, tmp_path: Path) -> None:
    folder = found.save(tmp_path / "pair").path
    for name, table in found.tables.items():
        read = pd.read_csv(folder / f"{name}.csv", dtype={"id": str, "clause": str}, keep_default_na=False)
        assert list(read.columns) == list(table.columns)
        assert len(read) == len(table)
    cost = pd.read_csv(folder / "cost.csv", keep_default_na=False)
    assert cost["mean"].tolist() == found.cost["mean"].tolist()


def test_save_takes_figures_into_the_folder_and_its_note(found: Comparison, tmp_path: Path) -> None:
    def figures(place: Path) -> None:
        (place / "figures").mkdir()
        (place / "figures" / "added.svg").write_text("<svg/>", encoding="utf-8")

    folder = found.save(tmp_path / "pair", figures=figures).path
    assert "figures/added.svg" in json.loads((folder / "comparison.json").read_text(encoding="utf-8"))["files"]


def test_save_interrupted_leaves_nothing(found: Comparison, tmp_path: Path) -> None:
    def stop(place: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found.save(tmp_path / "pair", figures=stop)
    assert list(tmp_path.iterdir()) == []


def test_save_again_leaves_the_same_comparison_as_it_is(found: Comparison, tmp_path: Path) -> None:
    found.save(tmp_path / "pair")
    before = (tmp_path / "pair").stat().st_ino
    assert not found.save(tmp_path / "pair").is_new
    assert (tmp_path / "pair").stat().st_ino == before


def test_save_over_another_comparison_asks_for_force(
    found: Comparison, result: Result, other: Result, tmp_path: Path
) -> None:
    found.save(tmp_path / "pair")
    before = contents(tmp_path / "pair")
    turned = compare(result, other)
    with pytest.raises(ResultError, match="holds another comparison .custom and custom.; --force replaces it"):
        turned.save(tmp_path / "pair")
    assert contents(tmp_path / "pair") == before
    assert turned.save(tmp_path / "pair", force=True).is_new
    assert contents(tmp_path / "pair") != before


def test_save_over_a_damaged_copy_asks_for_force(found: Comparison, tmp_path: Path) -> None:
    found.save(tmp_path / "pair")
    (tmp_path / "pair" / "cost.csv").unlink()
    with pytest.raises(ResultError, match="cost.csv is missing; --force replaces it"):
        found.save(tmp_path / "pair")


@pytest.mark.parametrize("force", [False, True])
def test_save_never_replaces_what_is_no_comparison(
    found: Comparison, result: Result, tmp_path: Path, force: bool
) -> None:
    result.save(tmp_path / "result")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "thesis.txt").touch()
    before = contents(tmp_path)
    for name in ("result", "own"):
        with pytest.raises(ResultError, match="exists and is not the folder of a comparison"):
            found.save(tmp_path / name, force=force)
    assert contents(tmp_path) == before


def test_result_never_replaces_a_comparison(found: Comparison, result: Result, tmp_path: Path) -> None:
    found.save(tmp_path / "pair")
    with pytest.raises(ResultError, match="exists and is not a result folder"):
        result.save(tmp_path / "pair", force=True)


def test_save_on_a_full_disk_is_an_error_that_names_the_folder(found: Comparison, tmp_path: Path) -> None:
    def full(place: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ResultError, match=r"pair: cannot be written \(No space left on device\)"):
        found.save(tmp_path / "pair", figures=full)


def test_same_pair_gives_the_same_bytes(
    make_result: Callable[..., Result], found: Comparison, result: Result, tmp_path: Path
) -> None:
    again = compare(make_result(levers={"degree_places": 200}), make_result())
    assert contents(again.save(tmp_path / "one").path) == contents(found.save(tmp_path / "two").path)
