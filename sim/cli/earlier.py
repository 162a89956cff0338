"""Looks for the same run among the results already saved, before anything is computed.

Called by `run`. Saving decides again; this only spares a user runs whose result is there, or could not be saved.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.results import Result
    from sim.scenario import Scenario


def folder_of(scenario: Scenario) -> Path:
    """Return where the result of a scenario goes unless a folder is given: `results/<scenario>-<digest>`."""
    from sim.results.result import RESULTS

    return RESULTS / f"{scenario.name}-{scenario.digest[:10]}"


def earlier_result(scenario: Scenario, folder: Path) -> Result | None:
    """Return the saved result of the same scenario, seed, number of runs, model and data.

    Parameters
    ----------
    scenario
        What is to be run.
    folder
        Where its result is to go.

    Returns
    -------
    Result or None
        None where nothing is there yet.

    Raises
    ------
    ResultError
        When the folder holds something else, which only `--force` may replace.
    """
    from sim.errors import ResultError
    from sim.results import load_result
    from sim.results.provenance import run_digest, versions

    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    found = load_result(folder)
    if found.manifest.run_digest == run_digest(scenario.digest, versions()):
        return found
    what = "another scenario" if found.manifest.digest != scenario.digest else "the same scenario under another version"
    raise ResultError(f"{folder}: holds the result of {what} ({found.scenario.name}); --force replaces it")
