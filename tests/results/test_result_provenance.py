"""What made a result: hashes that change with what counts, a commit only of our own checkout."""

from __future__ import annotations

import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from sim.results import provenance


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small package that stands in for ours, in a folder of its own."""
    folder = tmp_path / "sim"
    for name in ("rules/tax.py", "parameters/world.py", "cli/run.py", "plots/fans.py", "calibration/fit.py"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("1", encoding="utf-8")
    monkeypatch.setattr(provenance, "_PACKAGE", folder)
    return folder


def code_version() -> str:
    """Return the version computed anew."""
    return provenance.code_version.__wrapped__()


@pytest.mark.parametrize("name", ["rules/tax.py", "parameters/world.py"])
def test_code_version_changes_with_what_shapes_numbers(package: Path, name: str) -> None:
    before = code_version()
    (package / name).write_text("2", encoding="utf-8")
    assert code_version() != before


def test_code_version_changes_with_a_file_s_place(package: Path) -> None:
    before = code_version()
    (package / "rules" / "tax.py").rename(package / "rules" / "taxes.py")
    assert code_version() != before


@pytest.mark.parametrize("name", ["cli/run.py", "plots/fans.py", "calibration/fit.py", "model.py"])
def test_code_version_does_not_change_with_views(package: Path, name: str) -> None:
    before = code_version()
    (package / name).write_text("2", encoding="utf-8")
    assert code_version() == before


def test_package_version_of_a_bare_checkout_is_uninstalled(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert provenance.package_version.__wrapped__() == "uninstalled"


@pytest.mark.usefixtures("package")
def test_commit_outside_a_checkout_is_unknown() -> None:
    made = provenance.environment(1.5)
    assert (made.git_commit, made.git_changes, made.duration) == (None, None, 1.5)


def test_commit_inside_somebody_else_s_checkout_is_unknown(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "venv").mkdir()
    package.rename(tmp_path / "venv" / "sim")
    monkeypatch.setattr(provenance, "_PACKAGE", tmp_path / "venv" / "sim")
    assert provenance.environment(0.0).git_commit is None


def test_commit_of_a_checkout_is_known_and_whether_sources_changed(package: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "sim")
    git(tmp_path, "-c", "user.name=n", "-c", "user.email=e@x", "commit", "--quiet", "-m", "all")
    clean = provenance.environment(0.0)
    assert clean.git_commit == git(tmp_path, "rev-parse", "HEAD")
    assert clean.git_changes is False
    (package / "rules" / "tax.py").write_text("2", encoding="utf-8")
    assert provenance.environment(0.0).git_changes is True


def git(folder: Path, *words: str) -> str:
    """Run git in a folder and return what it says."""
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()
