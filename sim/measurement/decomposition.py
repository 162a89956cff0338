"""Growth of the core scale taken apart: organic, entry, recognition; with and without public orders.

Called by plots and reports, on what `dataset.measure` returned. Imports nothing of the package.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

PARTS: dict[str, str] = {
    "core_scale": "core scale of the year",
    "change": "change on the year before = organic + entry + recognition",
    "organic": "change from firms already on the list, exits deducted",
    "entry": "sales of start-ups and spin-offs in their first calendar year",
    "recognition": "sales of incumbents in the calendar year they were first counted",
    "public_orders": "part of the core scale sold on public orders",
    "public_change": "change of that part",
    "private_change": "change of the rest = change - public_change",
}

COLUMNS: dict[str, str] = {
    "year": "int64",
    "definition": "str",
    "part": "str",
    "mean": "float64",
    "median": "float64",
    "p05": "float64",
    "p95": "float64",
}


def growth_table(dataset: xr.Dataset) -> pd.DataFrame:
    """Return the growth of the core scale by part, definition and year.

    Means over runs add up (organic + entry + recognition = change = public_change + private_change); medians and
    percentiles need not. Growth of the first year is on four times its first quarter, see `measure`. Public orders are
    not separated by kind of firm, so organic growth, entry and recognition include them. What private demand an order
    displaces is a parameter of the model (`public_displacement`), not deducted here: private_change is what was sold
    to others, not what would have been sold without orders.

    Parameters
    ----------
    dataset
        What `measure` returned.

    Returns
    -------
    pandas.DataFrame
        Columns of `COLUMNS`, bn CNY, current prices; parts as in `PARTS`.
    """
    parts = _parts(dataset)
    stacked = np.stack([parts[part].transpose("year", "definition", "run").values for part in PARTS], axis=2)
    index = pd.MultiIndex.from_product(
        [dataset["year"].values.tolist(), dataset["definition"].values.tolist(), list(PARTS)],
        names=["year", "definition", "part"],
    )
    p05, median, p95 = np.quantile(stacked, (0.05, 0.5, 0.95), axis=-1)
    table = index.to_frame(index=False)
    table["mean"], table["median"] = stacked.mean(axis=-1).reshape(-1), median.reshape(-1)
    table["p05"], table["p95"] = p05.reshape(-1), p95.reshape(-1)
    return table.astype(COLUMNS)


def _parts(dataset: xr.Dataset) -> dict[str, xr.DataArray]:
    """Return the parts of growth, each with dims run, year, definition."""
    parts = {name: dataset[f"core_{name}"] for name in ("organic", "entry", "recognition", "public_orders")}
    change = parts["organic"] + parts["entry"] + parts["recognition"]
    public = _change(parts["public_orders"], dataset["q_core_public_orders"])
    return {
        "core_scale": dataset["core_scale"],
        "change": change,
        **parts,
        "public_change": public,
        "private_change": change - public,
    }


def _change(annual: xr.DataArray, quarterly: xr.DataArray) -> xr.DataArray:
    """Return the change on the year before; the first year against four times its first quarter."""
    before = annual.shift(year=1)
    if annual.sizes["year"]:
        before[{"year": 0}] = 4.0 * quarterly.isel(quarter=0)
    return annual - before
