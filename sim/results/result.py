"""What a run of a scenario gives: datasets and tables in memory, with the scenario and the manifest that explain them.

Made by `running` and `loading`. Must not import plots: the accessor looks the figures up when asked for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from sim.errors import ResultError, nearest
from sim.results.folder import Saved, save_folder
from sim.results.manifest import Manifest
from sim.results.panel import Panel
from sim.scenario import Scenario

RESULTS = Path("results")


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """Everything that came of one scenario.

    `series` is the labelled dataset of `measurement.measure`, `targets` the table of `measurement.judge`, `goals` that
    of `measurement.judge_goals` (thresholds of our making), `ledger` that of `measurement.ledger_table`; `parameters`
    has one row a run and one column a parameter; `panel` holds single firms, users and funds of the first runs where
    they were asked for. All agree with `scenario` and `manifest`; nothing here is to be changed in place.
    """

    scenario: Scenario
    series: xr.Dataset
    targets: pd.DataFrame
    goals: pd.DataFrame
    ledger: pd.DataFrame
    parameters: pd.DataFrame
    manifest: Manifest
    panel: Panel | None = None

    def __repr__(self) -> str:
        """Return scenario, runs, seed, horizon and digest in one line."""
        of, made = self.scenario, self.manifest
        return (
            f"Result({of.name}: {made.replications} runs, seed {made.seed}, {of.start} to {of.end}, "
            f"{of.measurement}, {made.digest[:10]})"
        )

    @property
    def plot(self) -> Figures:
        """Return the figures of this result: `result.plot.fan("core_scale")`."""
        return Figures(self)

    def save(
        self, path: str | Path | None = None, *, force: bool = False, figures: Callable[[Path], None] | None = None
    ) -> Saved:
        """Write the result folder, whole or not at all.

        Parameters
        ----------
        path
            The folder; `results/<scenario>-<digest>` when None. Missing parents are made.
        force
            Replace a different result that is there.
        figures
            Called with the new folder before it is moved into place, to add files.

        Returns
        -------
        Saved
            Where it is, and whether it was written: the same run, found unharmed, is left as it is.

        Raises
        ------
        ResultError
            When something else is there, or the folder cannot be written.
        """
        target = RESULTS / self.manifest.folder_name if path is None else Path(path)
        return save_folder(self, target, force=force, figures=figures)


class Figures:
    """The figures of `sim.plots`, drawn from one result; every public function there is a method here."""

    def __init__(self, result: Result) -> None:
        """Take the result to be drawn."""
        self._result = result

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a figure's function with the result filled in; raises AttributeError for a name that is none."""
        names = [] if name.startswith("_") else dir(self)
        if name not in names:
            raise AttributeError(f"no figure {name!r}. {nearest(name, names)}".rstrip())
        return partial(getattr(_plots(), name), self._result)

    def __dir__(self) -> list[str]:
        """Return the names of the figures."""
        return sorted(_plots().__all__)


def _plots() -> Any:
    # Found by name and not imported: figures stand above results, and a result is complete without Matplotlib.
    try:
        return import_module("sim.plots")
    except ModuleNotFoundError as error:
        raise ResultError(f"figures cannot be drawn: {error}") from error
