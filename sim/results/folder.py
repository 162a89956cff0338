"""Writes a result folder: into a temporary folder beside the target, to the disk, then renamed - whole or absent.

Called by `Result.save`; `add_files` adds what is computed from a saved result; `loading` reads what this writes. Must
not import plots or ensembles.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xarray as xr

from sim.errors import ResultError
from sim.results.manifest import Manifest, parse_manifest
from sim.results.panel_store import STORE
from sim.results.panel_store import save as save_panel

if TYPE_CHECKING:
    from sim.results.result import Result

MANIFEST, SCENARIO, SERIES = "manifest.json", "scenario.yaml", "series.nc"
TARGETS, GOALS, LEDGER, PARAMETERS = "targets.csv", "goals.csv", "ledger.csv", "parameters.csv"
_NEEDED = (SCENARIO, SERIES, TARGETS, GOALS, LEDGER, PARAMETERS)

# Simulated numbers are mostly noise to a compressor: level 1 with shuffled bytes saves nearly all that can be saved.
_COMPRESSION = {"zlib": True, "complevel": 1, "shuffle": True}


@dataclass(frozen=True)
class Saved:
    """Where a result is; `is_new` tells that it was written, not found there already. Usable as a path."""

    path: Path
    is_new: bool

    def __fspath__(self) -> str:
        """Return the folder."""
        return str(self.path)

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.path}" if self.is_new else f"{self.path} (the same run was there already; left as it was)"


def save_folder(result: Result, target: Path, *, force: bool, figures: Callable[[Path], None] | None) -> Saved:
    """Write a result; see `Result.save`."""
    if _is_there(result.manifest, target, force=force):
        return Saved(target, is_new=False)
    write_whole(target, lambda folder: _fill(result, folder, figures))
    return Saved(target, is_new=True)


def write_whole(target: Path, fill: Callable[[Path], None]) -> None:
    """Make a folder whole or not at all.

    Parameters
    ----------
    target
        The folder; whatever is there is replaced. Missing parents are made.
    fill
        Called with an empty folder beside it, to write every file.

    Raises
    ------
    ResultError
        When it cannot be written; whatever `fill` raises is passed on, and nothing is left behind.
    """
    try:
        place = target.resolve()  # behind a link the folder itself is replaced, not the link
        place.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(place) as folder:
            fill(folder)
            for path in [
                *sorted(folder.rglob("*"), key=Path.is_dir),
                folder,
            ]:  # files before the folders that list them
                _flush(path)
            _move_in(folder, place)
    except OSError as error:
        raise ResultError(f"{target}: cannot be written ({error.strerror or error})") from error


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a result folder; raises ResultError when there is none or it cannot be used."""
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "has no readable manifest.json" if folder.is_dir() else "is not a folder"
        raise ResultError(f"{folder}: {reason}; a result folder is what `roadmap run` writes") from error
    return parse_manifest(text, str(path))


def damage(folder: Path, manifest: Manifest) -> str:
    """Return which files of a result folder are missing or not what was written; empty when all are well."""
    unlisted = [f"the manifest does not list {name}" for name in _NEEDED if name not in manifest.files]
    return "; ".join([*unlisted, *changes(folder, manifest.files)])


def changes(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return which files of a folder, given with their SHA-256, are missing or changed, and how."""
    damaged = []
    for name, checksum in files.items():
        try:
            if sha256_of(folder / name) != checksum:
                damaged.append(f"{name} was changed after it was written")
        except FileNotFoundError:
            damaged.append(f"{name} is missing")
        except OSError as error:
            damaged.append(f"{name} cannot be read ({error.strerror or error})")
    return damaged


def add_files(folder: Path, write: Callable[[Path], object]) -> tuple[str, ...]:
    """Add files to a saved result, in place of ones of the same names that were added before.

    The manifest first forgets the files that are replaced, then they are moved in, then it lists them with their
    checksums: whatever interrupts this, the result can be loaded.

    Parameters
    ----------
    folder
        The result folder.
    write
        Called with an empty folder to fill; may make folders in it.

    Returns
    -------
    tuple of str
        Names of the files, relative to the result folder.

    Raises
    ------
    ResultError
        When there is no result, the folder cannot be written, or a file has the name of a part of the result itself.
    """
    place, manifest = folder.resolve(), read_manifest(folder)
    try:
        with _temporary(place) as made:
            write(made)
            names = tuple(sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()))
            taken = [name for name in names if name in (*_NEEDED, MANIFEST) or name.startswith(f"{STORE}/")]
            if taken:
                raise ResultError(f"{folder}: {', '.join(taken)} is part of the result and cannot be replaced")
            kept = {name: checksum for name, checksum in manifest.files.items() if name not in names}
            checksums = {name: sha256_of(made / name) for name in names}
            _replace_manifest(place, manifest.model_copy(update={"files": kept}))
            for name in names:
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                _flush(made / name)
                (made / name).replace(place / name)
                _flush((place / name).parent)
            files = dict(sorted((kept | checksums).items()))
            _replace_manifest(place, manifest.model_copy(update={"files": files}))
    except OSError as error:
        raise ResultError(f"{folder}: cannot be written ({error.strerror or error})") from error
    return names


def _replace_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the one that is there, at once."""
    path = folder / f".{MANIFEST}.{secrets.token_hex(4)}.part"
    try:
        path.write_text(manifest.to_json(), encoding="utf-8")
        _flush(path)
        path.replace(folder / MANIFEST)
    finally:
        path.unlink(missing_ok=True)
    _flush(folder)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder by its path in it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256_of(path) for path in paths}


def _is_there(manifest: Manifest, target: Path, *, force: bool) -> bool:
    """Return whether the same run is there unharmed; refuse to touch anything that is not a result."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return False
    if not _is_result(target):
        # Even with force: a mistyped folder must not cost anybody their files.
        raise ResultError(f"{target}: exists and is not a result folder; choose another with -o")
    if force:
        return False
    try:
        other = read_manifest(target)
    except ResultError as error:
        raise ResultError(f"{error}; --force replaces it") from error
    problem = damage(target, other)
    if not problem and other.run_digest != manifest.run_digest:
        problem = f"holds another result ({_difference(other, manifest)})"
    if not problem and other.panel_runs < manifest.panel_runs:
        problem = f"holds the same run with a panel of {other.panel_runs} runs, not of {manifest.panel_runs}"
    if problem:
        raise ResultError(f"{target}: {problem}; --force replaces it")
    return True


def _is_result(target: Path) -> bool:
    """Return whether a folder holds a manifest of ours, of whatever schema."""
    try:
        content = json.loads((target / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and {"schema", "digest", "files"} <= content.keys()


def _difference(other: Manifest, manifest: Manifest) -> str:
    if other.digest != manifest.digest:
        return f"{other.scenario.name} with digest {other.digest[:10]}, not {manifest.digest[:10]}"
    return "the same scenario run with another version of the model or its data"


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """Make a folder beside the target and leave none behind, whatever happens."""
    folder = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(result: Result, folder: Path, figures: Callable[[Path], None] | None) -> None:
    """Write every file, the manifest last."""
    (folder / SCENARIO).write_text(result.scenario.to_yaml(), encoding="utf-8")
    _write_series(result.series, folder / SERIES)
    tables = {TARGETS: result.targets, GOALS: result.goals, LEDGER: result.ledger, PARAMETERS: result.parameters}
    for name, table in tables.items():
        write_table(table, folder / name)
    if result.panel is not None:
        save_panel(result.panel, folder / STORE)
    if figures is not None:
        figures(folder)
    manifest = result.manifest.model_copy(update={"files": checksums(folder)})
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")


def _write_series(series: xr.Dataset, path: Path) -> None:
    encoding = {
        name: {**_COMPRESSION, "_FillValue": None} for name, variable in series.data_vars.items() if variable.size
    }
    series.to_netcdf(path, format="NETCDF4", engine="netcdf4", encoding=encoding)


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as UTF-8 with numbers that read back as the same bits, booleans as true and false."""
    flags = {name: np.where(table[name], "true", "false") for name in table.select_dtypes("bool").columns}
    table.assign(**flags).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _move_in(folder: Path, target: Path) -> None:
    """Put the finished folder in the target's place; what was there goes only once the new one stands."""
    if not target.exists():
        folder.rename(target)
    else:
        old = target.with_name(f".{target.name}.{secrets.token_hex(4)}.old")
        try:
            target.rename(old)
            folder.rename(target)
        except BaseException:
            if not target.exists():
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    _flush(target.parent)


def _flush(path: Path) -> None:
    """Wait until the disk has a file, or, where the file system can, the entries of a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        if not path.is_dir():
            raise
    finally:
        os.close(handle)
