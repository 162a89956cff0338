"""Saving: whole or absent, the same result left alone, another one only with force, nothing of anybody's lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import ResultError
from sim.results import Result, folder

FILES = ["goals.csv", "ledger.csv", "manifest.json", "parameters.csv", "scenario.yaml", "series.nc", "targets.csv"]


def everything(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir()}


def fail_with(error: BaseException) -> Callable[[Path], None]:
    def figures(place: Path) -> None:
        (place / "half.png").write_bytes(b"half")
        raise error

    return figures


def test_save_writes_the_files_of_the_interface(result: Result, tmp_path: Path) -> None:
    saved = result.save(tmp_path / "mine")
    assert saved.is_new
    assert os.fspath(saved) == str(tmp_path / "mine")
    assert everything(tmp_path) == ["mine", *(f"mine/{name}" for name in FILES)]


def test_save_names_the_folder_by_scenario_and_digest(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    saved = result.save()
    assert saved.path == Path("results") / f"custom-{result.scenario.digest[:10]}"
    assert (tmp_path / saved.path / "manifest.json").is_file()


def test_save_makes_a_folder_that_others_may_read_as_any_new_folder(result: Result, tmp_path: Path) -> None:
    (tmp_path / "usual").mkdir()
    result.save(tmp_path / "mine")
    assert (tmp_path / "mine").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_save_takes_figures_into_the_folder_and_the_checksums(result: Result, tmp_path: Path) -> None:
    def figures(place: Path) -> None:
        (place / "figures").mkdir()
        (place / "figures" / "core.svg").write_text("<svg/>", encoding="utf-8")

    result.save(tmp_path / "mine", figures=figures)
    manifest = folder.read_manifest(tmp_path / "mine")
    assert sorted(manifest.files) == sorted({*FILES, "figures/core.svg"} - {"manifest.json"})


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("broken"), SystemExit(3)])
def test_save_interrupted_leaves_nothing(result: Result, tmp_path: Path, error: BaseException) -> None:
    with pytest.raises(type(error)):
        result.save(tmp_path / "mine", figures=fail_with(error))
    assert everything(tmp_path) == []


def test_save_interrupted_with_force_leaves_the_old_result(result: Result, other: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "mine")
    before = contents(tmp_path / "mine")
    with pytest.raises(KeyboardInterrupt):
        other.save(tmp_path / "mine", force=True, figures=fail_with(KeyboardInterrupt()))
    assert contents(tmp_path / "mine") == before
    assert everything(tmp_path) == ["mine", *(f"mine/{name}" for name in FILES)]


def test_save_interrupted_between_the_renames_brings_the_old_result_back(
    result: Result, other: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result.save(tmp_path / "mine")
    before = contents(tmp_path / "mine")
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        other.save(tmp_path / "mine", force=True)
    assert contents(tmp_path / "mine") == before
    assert everything(tmp_path) == ["mine", *(f"mine/{name}" for name in FILES)]


def test_save_on_a_full_disk_is_an_error_that_names_the_folder(result: Result, tmp_path: Path) -> None:
    full = OSError(28, "No space left on device")
    with pytest.raises(ResultError, match=r"mine: cannot be written \(No space left on device\)"):
        result.save(tmp_path / "mine", figures=fail_with(full))
    assert everything(tmp_path) == []


def test_save_below_a_file_is_an_error(result: Result, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ResultError, match="cannot be written"):
        result.save(tmp_path / "file" / "mine")


def test_save_again_leaves_the_same_result_as_it_is(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "mine")
    before = (tmp_path / "mine").stat().st_ino
    saved = result.save(tmp_path / "mine")
    assert not saved.is_new
    assert str(saved).endswith("(the same run was there already; left as it was)")
    assert (tmp_path / "mine").stat().st_ino == before


def test_save_over_a_damaged_copy_of_the_same_result_asks_for_force(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "mine")
    (tmp_path / "mine" / "targets.csv").unlink()
    with pytest.raises(ResultError, match="targets.csv is missing.*--force"):
        result.save(tmp_path / "mine")


def test_save_over_another_result_asks_for_force(result: Result, other: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "mine")
    before = contents(tmp_path / "mine")
    with pytest.raises(ResultError, match=f"holds another result .*{result.scenario.digest[:10]}.*--force"):
        other.save(tmp_path / "mine")
    assert contents(tmp_path / "mine") == before


def test_save_over_a_result_of_another_version_asks_for_force(result: Result, newer: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "mine")
    with pytest.raises(ResultError, match="another version of the model or its data.*--force"):
        newer.save(tmp_path / "mine")


def test_save_with_force_replaces_another_result_whole(result: Result, other: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "mine", figures=lambda place: (place / "old.png").touch())
    saved = other.save(tmp_path / "mine", force=True)
    assert saved.is_new
    assert folder.read_manifest(tmp_path / "mine").digest == other.scenario.digest
    assert everything(tmp_path) == ["mine", *(f"mine/{name}" for name in FILES)]


def test_save_with_force_replaces_a_result_of_a_newer_schema(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "mine")
    path = tmp_path / "mine" / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"schema": 2', '"schema": 3', 1), encoding="utf-8")
    assert result.save(tmp_path / "mine", force=True).is_new


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["thesis.txt", "manifest.json"])
def test_save_never_replaces_a_folder_that_is_no_result(result: Result, tmp_path: Path, force: bool, name: str) -> None:
    place = tmp_path / "documents"
    place.mkdir()
    (place / name).write_text('{"name": "mine"}', encoding="utf-8")
    with pytest.raises(ResultError, match="exists and is not a result folder"):
        result.save(place, force=force)
    assert everything(tmp_path) == ["documents", f"documents/{name}"]


def test_save_into_an_empty_folder_fills_it(result: Result, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert result.save(tmp_path / "mine").is_new
    assert everything(tmp_path) == ["mine", *(f"mine/{name}" for name in FILES)]


def test_save_behind_a_link_keeps_the_link(result: Result, other: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    other.save(tmp_path / "link", force=True)
    assert (tmp_path / "link").is_symlink()
    assert folder.read_manifest(tmp_path / "real").digest == other.scenario.digest


def test_saved_files_are_the_same_bytes_wherever_they_are_written(result: Result, tmp_path: Path) -> None:
    for name in ("one", "two"):
        result.save(tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_targets_file_has_the_form_of_the_interface(result: Result, tmp_path: Path) -> None:
    result.save(tmp_path / "mine")
    lines = (tmp_path / "mine" / "targets.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == (
        "target,year,definition,headline,threshold,unit,probability,prob_low,prob_high,prob_parameter_low,"
        "prob_parameter_high,median,p05,p95,first_year_median,runs"
    )
    cells = [line.split(",") for line in lines[1:]]
    assert [cell[:6] for cell in cells[:2]] == [
        ["core_scale", "2020", "narrow", "false", "150.0", "bn CNY"],
        ["core_scale", "2020", "caict", "true", "150.0", "bn CNY"],
    ]
    # Empty without a posterior; empty or a year.
    assert all(cell[9:11] == ["", ""] for cell in cells)
    assert all(cell[14] == "" or cell[14].isdigit() for cell in cells)


def test_scenario_file_can_be_run_as_it_is(result: Result, tmp_path: Path, make_result: Callable[..., Result]) -> None:
    result.save(tmp_path / "mine")
    again = make_result(tmp_path / "mine" / "scenario.yaml", replications=None, seed=None)
    assert again.scenario.digest == result.scenario.digest
    assert again.series.identical(result.series.assign_attrs(scenario="scenario"))
