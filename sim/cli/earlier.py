"""Looks for the same run among the results already saved, before anything is computed.

Called by `run`. Saving decides again; this only spares a user runs whose result is there, or could not be saved.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.results import Result
    from sim.scenario import Scenario


def folder_of(scenario: Scenario) -> Path:
    """Return where the result of a scenario goes unless a folder is given: `results/<scenario>-<digest>`."""
    from sim.results.result import RESULTS

    return RESULTS / f"{scenario.name}-{scenario.digest[:10]}"


def earlier_result(scenario: Scenario, folder: Path, *, force: bool) -> Result | None:
    """Return the saved result of the same scenario, seed, number of runs, model and data.

    Parameters
    ----------
    scenario
        What is to be run.
    folder
        Where its result is to go.
    force
        Whether a result that is there is to be replaced, whatever it is.

    Returns
    -------
    Result or None
        None where nothing is there yet, or is to be replaced.

    Raises
    ------
    ResultError
        When the folder cannot be written, holds what is no result, or another result without `force`.
    """
    from sim.errors import ResultError
    from sim.results.folder import MANIFEST

    is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    if not is_free and not (folder / MANIFEST).is_file():
        raise ResultError(f"{folder}: exists and is not a result folder; choose another with -o")
    if not is_free and not force:
        return _same_result(scenario, folder)
    _try_to_write(folder)
    return None


def _try_to_write(folder: Path) -> None:
    """Raise ResultError where no folder can be made, by making one in the nearest folder above and removing it."""
    from sim.errors import ResultError

    above = next(path for path in folder.resolve().parents if path.exists())
    try:
        TemporaryDirectory(prefix=".roadmap-", dir=above).cleanup()
    except OSError as error:
        raise ResultError(f"{folder}: cannot be written ({above}: {error.strerror}); choose another with -o") from error


def _same_result(scenario: Scenario, folder: Path) -> Result:
    """Return the result in a folder when it is of the same run; raises ResultError when it is not."""
    from sim.errors import ResultError
    from sim.results import load_result
    from sim.results.provenance import run_digest, versions

    try:
        found = load_result(folder)
    except ResultError as error:
        raise ResultError(f"{error}; --force replaces it") from error
    made = found.manifest
    if made.run_digest == run_digest(scenario.digest, versions()):
        return found
    if made.digest == scenario.digest:
        what = "the same run made with another version of the model or its data"
    else:
        runs = f"{made.replications} run{'s' if made.replications > 1 else ''}"
        what = f"another run ({made.scenario.name}, {runs}, seed {made.seed}, digest {made.digest[:10]})"
    raise ResultError(f"{folder}: holds {what}; --force replaces it, -o names another folder")
