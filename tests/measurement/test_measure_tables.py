"""Ledger and growth as tables: rows, percentiles, and parts that add up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim.measurement import growth_table, ledger_table, measure
from sim.measurement.decomposition import PARTS
from sim.outcomes import LEDGER_ACCOUNTS
from sim.plan.catalogue import load_catalogue
from sim.scenario import load


def test_ledger_has_the_columns_of_the_interface(dataset: xr.Dataset) -> None:
    assert list(ledger_table(dataset).columns) == ["lever", "clause", "year", "account", "median", "p05", "p95"]


def test_ledger_has_every_lever_with_a_cost_of_its_own(dataset: xr.Dataset) -> None:
    table = ledger_table(dataset)
    costly = [lever.id for lever in load_catalogue().levers if lever.cost.kind != "none"]
    assert list(dict.fromkeys(table["lever"])) == costly
    assert len(table) == len(costly) * 3 * len(LEDGER_ACCOUNTS)


def test_ledger_shows_a_lever_without_a_cost_of_its_own_that_has_an_entry(dataset: xr.Dataset) -> None:
    entered = dataset.copy(deep=True)
    entered["ledger"].loc[{"lever": "chip_priority", "year": 2018, "run": 3, "ledger_account": "idle"}] = 1.0
    assert set(ledger_table(entered)["lever"]) - set(ledger_table(dataset)["lever"]) == {"chip_priority"}


def test_ledger_percentiles_are_those_over_runs(dataset: xr.Dataset) -> None:
    table = ledger_table(dataset)
    entry = table.query("lever == 'degree_places' and year == 2018 and account == 'misused'").iloc[0]
    values = dataset["ledger"].sel(lever="degree_places", year=2018, ledger_account="misused").values
    assert entry[["p05", "median", "p95"]].tolist() == np.quantile(values, (0.05, 0.5, 0.95)).tolist()


def test_ledger_names_the_clause_of_each_lever(dataset: xr.Dataset) -> None:
    table = ledger_table(dataset).drop_duplicates("lever").set_index("lever")["clause"]
    assert table["degree_places"] == "3.1.4"
    assert table.to_dict() == {name: load_catalogue().lever(name).clause for name in table.index}


def growth(table: pd.DataFrame, year: int, definition: str) -> pd.DataFrame:
    return table[(table["year"] == year) & (table["definition"] == definition)].set_index("part")


def test_growth_has_one_row_per_year_definition_and_part(dataset: xr.Dataset) -> None:
    table = growth_table(dataset)
    assert len(table) == 3 * 3 * len(PARTS)
    assert list(growth(table, 2017, "narrow").index) == list(PARTS)


@pytest.mark.parametrize("definition", ["narrow", "caict", "iresearch"])
def test_growth_means_add_up(dataset: xr.Dataset, definition: str) -> None:
    table = growth_table(dataset)
    mean = growth(table, 2018, definition)["mean"]
    before = growth(table, 2017, definition)["mean"]
    assert mean["organic"] + mean["entry"] + mean["recognition"] == pytest.approx(mean["change"], abs=1e-9)
    assert mean["change"] == pytest.approx(mean["core_scale"] - before["core_scale"], abs=1e-9)
    assert mean["public_change"] == pytest.approx(mean["public_orders"] - before["public_orders"], abs=1e-9)
    assert mean["private_change"] == pytest.approx(mean["change"] - mean["public_change"], abs=1e-9)


def test_growth_of_the_first_year_is_on_its_first_quarter(make_records: Callable[..., Any]) -> None:
    scenario = load("plan", overrides={"horizon.end": "2016Q4"})
    records = make_records(scenario, runs=1)
    for name in ("sales_by_sector", "entry_sales", "recognition_sales", "public_sales"):
        records.quarters[name] = 0.0
    records.quarters["sales_by_sector"][0, :, 1, 0] = (10.0, 11.0, 12.0, 14.0)
    records.quarters["public_sales"][0, :, 0] = (4.0, 4.0, 4.0, 5.0)
    mean = growth(growth_table(measure(records, scenario)), 2016, "narrow")["mean"]
    assert mean[["change", "public_change", "private_change"]].tolist() == [7.0, 1.0, 6.0]


def test_tables_of_a_horizon_below_a_year_are_empty(make_records: Callable[..., Any]) -> None:
    scenario = load("plan", overrides={"horizon.end": "2016Q2"})
    dataset = measure(make_records(scenario), scenario)
    assert len(ledger_table(dataset)) == 0
    assert len(growth_table(dataset)) == 0
