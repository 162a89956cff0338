"""Keeps a panel in `panel.zarr`, a group a population; called by `folder` and `loading`.

Zarr and not NetCDF, because a panel is the one part of a result that may not fit into memory: it is read by pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from sim.results.panel import Panel

STORE = "panel.zarr"
GROUPS = ("firms", "adopters", "funds")

_FORMAT = 2  # of Zarr: the one that every reader knows, also in R and Julia
_CHUNK = 1 << 20  # entries a file


def save(panel: Panel, path: Path) -> None:
    """Write a panel as a Zarr store, the same bytes for the same panel; raises OSError as the disk does."""
    for name in GROUPS:
        dataset: xr.Dataset = getattr(panel, name).drop_encoding()
        dataset.to_zarr(
            path, group=name, mode="a", zarr_format=_FORMAT, consolidated=False, encoding=dict(_encodings(dataset))
        )


def load(path: Path) -> Panel:
    """Return the panel in a Zarr store; values are read when they are asked for."""
    return Panel(
        **{
            name: xr.open_zarr(path, group=name, chunks=None, consolidated=False, zarr_format=_FORMAT)
            for name in GROUPS
        }
    )


def _encodings(dataset: xr.Dataset) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield how each variable is stored: bytes shuffled and lightly compressed, in files of about a million entries."""
    from numcodecs import Shuffle, Zstd

    for name, variable in dataset.variables.items():
        if variable.size:
            rest = int(np.prod(variable.shape[1:], dtype=np.int64))
            chunks = (max(1, min(variable.shape[0], _CHUNK // max(1, rest))), *variable.shape[1:])
            codecs: dict[str, Any] = {"compressors": (Zstd(level=1),)}
            if variable.dtype.kind in "if" and variable.dtype.itemsize > 1:
                codecs["filters"] = (Shuffle(variable.dtype.itemsize),)
            yield str(name), {"chunks": chunks, "_FillValue": None, **codecs}
