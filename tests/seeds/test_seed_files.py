"""Where seeds are found, and the maintainers' command that renews checksums."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sim.seeds.files as files_module
from sim.errors import SeedError
from sim.seeds import check_all, find_problems, root
from sim.seeds.__main__ import main
from sim.seeds.files import data_files


def test_root_in_the_repository_holds_the_readme() -> None:
    assert (root() / "README.md").is_file()


def test_root_of_an_installed_package_is_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sim/_seeds").mkdir(parents=True)
    monkeypatch.setattr(files_module, "__file__", str(tmp_path / "sim/seeds/files.py"))
    assert root() == tmp_path / "sim/_seeds"


def test_data_files_leave_out_sidecars_readme_and_hidden_files(tmp_path: Path) -> None:
    for name in ("a.csv", "a.csv.meta.yaml", "README.md", ".hidden", "b.yaml"):
        (tmp_path / name).touch()
    assert [path.name for path in data_files(tmp_path)] == ["a.csv", "b.yaml"]


def test_command_renews_the_checksum_of_the_edited_file_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(root(), tmp_path / "seeds"))
    table = folder / "population/regions.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Hohhot", "Huhehaote"), encoding="utf-8")
    assert [problem.key for problem in find_problems(folder)] == ["sha256"]
    main(folder)
    assert capsys.readouterr().out.splitlines()[0] == "updated regions.csv.meta.yaml"
    assert len(check_all(folder)) == len(check_all())


def test_command_does_not_hide_what_is_wrong(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(root(), tmp_path / "seeds"))
    table = folder / "population/regions.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("39.92", "89.92"), encoding="utf-8")
    with pytest.raises(SeedError, match=r"capital_lat = '89.92' is out of range"):
        main(folder)
