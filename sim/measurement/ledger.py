"""The fiscal ledger as a long table: what each lever of each clause cost, year by year.

Called by `results`. Imports the catalogue for clauses; must not import ensembles or plots.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import xarray as xr

from sim.plan.catalogue import load_catalogue

COLUMNS: dict[str, str] = {
    "lever": "str",
    "clause": "str",
    "year": "int64",
    "account": "str",
    "median": "float64",
    "p05": "float64",
    "p95": "float64",
}


def group_of(clause: str) -> str:
    """Return the group of a clause: its section, or from chapter 4 on its chapter.

    >>> group_of("3.2.1"), group_of("5.2"), group_of("2.2")
    ('3.2', '5', '2.2')
    """
    chapter, section, *_ = clause.split(".")
    return chapter if int(chapter) >= 4 else f"{chapter}.{section}"


def ledger_table(dataset: xr.Dataset) -> pd.DataFrame:
    """Return the ledger's percentiles over runs.

    In every run budgeted = disbursed + idle and misused <= disbursed; percentiles are taken account by account and need
    not add up. `disbursed` over all levers is the public outlay, `forgone` the forgone tax.

    Parameters
    ----------
    dataset
        What `measure` returned.

    Returns
    -------
    pandas.DataFrame
        Columns of `COLUMNS`, bn CNY, current prices; one row per lever, year and account. Levers without a cost of
        their own, which only divide money counted elsewhere, are left out unless some run has an entry of theirs.
    """
    ledger = dataset["ledger"].transpose("lever", "year", "ledger_account", "run").values
    levers = dataset["lever"].values.tolist()
    specs = [load_catalogue().lever(name) for name in levers]
    costly = np.array([spec.cost.kind != "none" for spec in specs])
    kept = np.flatnonzero(costly | (ledger != 0.0).any(axis=(1, 2, 3)))
    p05, median, p95 = np.quantile(ledger[kept], (0.05, 0.5, 0.95), axis=-1)
    index = pd.MultiIndex.from_product(
        [[levers[row] for row in kept], dataset["year"].values.tolist(), dataset["ledger_account"].values.tolist()],
        names=["lever", "year", "account"],
    )
    table = index.to_frame(index=False)
    table["clause"] = np.repeat([specs[row].clause for row in kept], median[0].size) if len(kept) else []
    table["median"], table["p05"], table["p95"] = median.reshape(-1), p05.reshape(-1), p95.reshape(-1)
    return table[list(COLUMNS)].astype(COLUMNS)
