"""Reads a result folder back: version first, then checksums, then content - equal bits to what was saved.

Called by people and by commands that read results. Must not import ensembles, Numba or plots.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.errors import ResultError, ScenarioError
from sim.measurement import goals, ledger, targets
from sim.results.folder import GOALS, LEDGER, PARAMETERS, SCENARIO, SERIES, TARGETS, damage, read_manifest
from sim.results.manifest import Manifest
from sim.results.panel_store import STORE
from sim.results.panel_store import load as load_panel
from sim.results.result import Result
from sim.scenario import Caption, Scenario, load


def load_result(path: str | Path) -> Result:
    """Return a saved result.

    Parameters
    ----------
    path
        The result folder.

    Returns
    -------
    Result
        Held in memory as it was when saved, so that the folder may be moved afterwards; but for the panel, which is
        read from the folder when it is used.

    Raises
    ------
    ResultError
        When there is no result, its schema is of another version, a file is missing or changed (all are named), or its
        scenario means something else under this version's catalogue.
    """
    folder = Path(path)
    manifest = read_manifest(folder)
    damaged = damage(folder, manifest)
    if damaged:
        raise ResultError(f"{folder}: {damaged}. Run the scenario again; nothing of this folder can be relied on")
    with xr.open_dataset(folder / SERIES, engine="netcdf4") as stored:
        series = stored.load()
    return Result(
        scenario=_scenario(folder / SCENARIO, manifest),
        series=series,
        targets=_table(folder / TARGETS, targets.COLUMNS),
        goals=_table(folder / GOALS, goals.COLUMNS),
        ledger=_table(folder / LEDGER, ledger.COLUMNS),
        parameters=_table(folder / PARAMETERS),
        manifest=manifest,
        panel=load_panel(folder / STORE) if manifest.panel_runs else None,
    )


def _scenario(path: Path, manifest: Manifest) -> Scenario:
    """Return the scenario under the name it was run by."""
    try:
        scenario = load(path)
    except ScenarioError as error:
        raise ResultError(f"{error}\nThe result was made with package version {manifest.versions.package}") from error
    part = manifest.scenario
    scenario = replace(
        scenario,
        name=part.name,
        title=Caption(part.title.en, part.title.zh),
        question=Caption(part.question.en, part.question.zh),
        layers=part.layers,
    )
    if scenario.digest != manifest.digest:
        made = manifest.versions.package
        raise ResultError(f"{path}: means something else under this version; the result was made with version {made}")
    return scenario


def _table(path: Path, columns: dict[str, str] | None = None) -> pd.DataFrame:
    """Return a table with the declared types; without them, whole run numbers and floats.

    Cells are turned into numbers here: parsers of tables may be a last bit off, and take clause 2.2 for a number.
    """
    cells = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    kinds = columns or {name: "int64" if name == "run" else "float64" for name in cells.columns}
    return pd.DataFrame({name: _column(cells[name].tolist(), kind) for name, kind in kinds.items()}).astype(kinds)


def _column(cells: list[str], kind: str) -> list[Any]:
    if kind == "float64":
        return [float(cell) if cell else np.nan for cell in cells]
    if kind in ("int64", "Int64"):
        return [int(cell) if cell else None for cell in cells]
    return [cell == "true" for cell in cells] if kind == "bool" else cells
