"""Records -> dataset: names, dims, labels, units, the annual rule, the definitions, the parts of growth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

from sim.errors import NumberError
from sim.measurement import measure
from sim.measurement.dataset import annual
from sim.outcomes import COORDINATES, LEDGER_ACCOUNTS, OUTCOMES
from sim.plan.lever_ids import Lever
from sim.scenario import Scenario, load

FLOWS = [name for name, outcome in OUTCOMES.items() if outcome.kind == "flow"]
STOCKS = [name for name, outcome in OUTCOMES.items() if outcome.kind == "stock"]
MEANS = [name for name, outcome in OUTCOMES.items() if outcome.kind in ("price", "share")]


def test_dataset_holds_every_outcome_by_year_and_by_quarter(dataset: xr.Dataset) -> None:
    twins = {f"q_{name}" for name in OUTCOMES}
    assert set(dataset.data_vars) == {*OUTCOMES, *twins, "ledger"}


@pytest.mark.parametrize("name", OUTCOMES)
def test_variable_has_dims_type_and_attributes_of_its_outcome(dataset: xr.Dataset, name: str) -> None:
    outcome = OUTCOMES[name]
    for variable, time in ((name, "year"), (f"q_{name}", "quarter")):
        array = dataset[variable]
        assert array.dims == ("run", time, *outcome.dims)
        assert array.dtype == np.float64
        assert array.attrs == {"units": outcome.unit, "long_name": outcome.long_name, "kind": outcome.kind}
        assert np.isfinite(array.values).all()


def test_labels_have_the_types_and_values_of_the_interface(dataset: xr.Dataset) -> None:
    assert dataset["run"].dtype == np.int64
    assert dataset["run"].values.tolist() == list(range(8))
    assert dataset["year"].dtype == np.int64
    assert dataset["year"].values.tolist() == [2016, 2017, 2018]
    assert dataset["quarter"].dtype.kind == "U"
    assert dataset["quarter"].values[[0, -1]].tolist() == ["2016Q1", "2019Q2"]
    for dim, names in COORDINATES.items():
        assert tuple(dataset[dim].values.tolist()) == names
    assert dataset["lever"].values.tolist() == list(Lever.__members__)
    assert tuple(dataset["ledger_account"].values.tolist()) == LEDGER_ACCOUNTS


def test_dataset_says_what_was_run(dataset: xr.Dataset, scenario: Scenario) -> None:
    assert dataset.attrs == {"scenario": "plan", "measurement": "caict", "seed": 2017, "digest": scenario.digest}


def test_year_of_a_quarter_too_few_is_left_to_the_quarters(dataset: xr.Dataset) -> None:
    assert dataset.sizes["year"] == 3
    assert dataset.sizes["quarter"] == 14


@pytest.mark.parametrize("name", FLOWS)
def test_flow_of_a_year_is_the_sum_of_its_quarters(dataset: xr.Dataset, name: str) -> None:
    quarters = dataset[f"q_{name}"].values
    np.testing.assert_allclose(dataset[name].values[:, 1], quarters[:, 4:8].sum(axis=1), rtol=1e-12)


@pytest.mark.parametrize("name", STOCKS)
def test_stock_of_a_year_is_that_of_its_fourth_quarter(dataset: xr.Dataset, name: str) -> None:
    np.testing.assert_array_equal(dataset[name].values[:, 1], dataset[f"q_{name}"].values[:, 7])


@pytest.mark.parametrize("name", MEANS)
def test_price_or_share_of_a_year_is_the_mean_of_its_quarters(dataset: xr.Dataset, name: str) -> None:
    quarters = dataset[f"q_{name}"].values
    np.testing.assert_allclose(dataset[name].values[:, 2], quarters[:, 8:12].mean(axis=1), rtol=1e-12)


def test_annual_of_three_quarters_has_no_year() -> None:
    assert annual(np.ones((2, 3, 5)), "flow").shape == (2, 0, 5)


def test_core_scale_follows_the_accounts_of_each_definition(records: Any, scenario: Scenario) -> None:
    records.quarters["sales_by_sector"] = 0.0
    records.quarters["sales_by_sector"][0, 0, 2] = (1.0, 10.0, 100.0)
    records.quarters["sales_by_sector"][0, 3, 5] = (2.0, 20.0, 200.0)
    core = measure(records, scenario)["core_scale"].sel(run=0, year=2016)
    assert core.sel(definition="narrow") == 3.0
    assert core.sel(definition="iresearch") == 33.0
    assert core.sel(definition="caict") == 333.0


@pytest.mark.parametrize("part", ["sector", "region"])
@pytest.mark.parametrize("definition", ["narrow", "caict"])
def test_core_by_part_adds_up_to_the_headline(make_records: Callable[..., Any], part: str, definition: str) -> None:
    scenario = load("plan", overrides={"horizon.end": "2017Q4", "measurement": definition})
    dataset = measure(make_records(scenario), scenario)
    total = dataset[f"core_by_{part}"].sum(part)
    np.testing.assert_allclose(total.values, dataset["core_scale"].sel(definition=definition).values, rtol=1e-12)
    assert dataset.attrs["measurement"] == definition


def test_public_orders_are_measured_like_the_core_scale(records: Any, scenario: Scenario) -> None:
    records.quarters["public_sales"] = 0.0
    records.quarters["public_sales"][1, 5] = (1.0, 10.0, 100.0)
    public = measure(records, scenario)["core_public_orders"].sel(run=1, year=2017)
    assert public.values.tolist() == [1.0, 111.0, 11.0]


def test_growth_parts_add_up_to_the_change_on_the_year_before(dataset: xr.Dataset) -> None:
    parts = dataset["core_organic"] + dataset["core_entry"] + dataset["core_recognition"]
    change = dataset["core_scale"].diff("year")
    np.testing.assert_allclose(parts.sel(year=[2017, 2018]).values, change.values, rtol=0, atol=1e-12 * change.max())


def test_organic_growth_by_hand(make_records: Callable[..., Any]) -> None:
    scenario = load("plan", overrides={"horizon.end": "2017Q4"})
    records = make_records(scenario, runs=1)
    for name in ("sales_by_sector", "entry_sales", "recognition_sales"):
        records.quarters[name] = 0.0
    records.quarters["sales_by_sector"][0, :, 0, 0] = (10.0, 11.0, 12.0, 13.0, 20.0, 21.0, 22.0, 23.0)
    records.quarters["entry_sales"][0, :, 0] = (1.0, 1.5, 2.0, 2.5, 0.5, 1.0, 1.0, 1.0)
    records.quarters["recognition_sales"][0, :, 0] = (2.0, 0.0, 0.0, 1.0, 0.0, 3.0, 3.0, 3.0)
    narrow = measure(records, scenario).sel(run=0, definition="narrow")
    # 2016: 46 against four times (10 - 1 - 2) = 28, of which 7 by entry and 3 by recognition.
    assert narrow["core_organic"].values.tolist() == [46.0 - 28.0 - 7.0 - 3.0, 86.0 - 46.0 - 3.5 - 9.0]
    assert narrow["core_entry"].values.tolist() == [7.0, 3.5]
    assert narrow["core_recognition"].values.tolist() == [3.0, 9.0]
    assert narrow["q_core_organic"].values[:5].tolist() == [0.0, 2.5, 3.0, 2.5, 20.0 - 10.0 - 0.5]


def test_ledger_keeps_levers_and_whole_years(records: Any, scenario: Scenario) -> None:
    ledger = measure(records, scenario)["ledger"]
    assert ledger.dims == ("run", "year", "lever", "ledger_account")
    assert ledger.attrs["units"] == "bn CNY"
    np.testing.assert_array_equal(ledger.values, records.ledger[:, :3])


def test_horizon_below_a_year_leaves_quarters_only(make_records: Callable[..., Any]) -> None:
    scenario = load("plan", overrides={"horizon.end": "2016Q3"})
    dataset = measure(make_records(scenario), scenario)
    assert dataset["core_scale"].shape == (8, 0, 3)
    assert dataset["q_core_scale"].shape == (8, 3, 3)


def test_measured_values_do_not_depend_on_the_other_runs(records: Any, scenario: Scenario) -> None:
    whole = measure(records, scenario)
    records.quarters, records.ledger = records.quarters[:3], records.ledger[:3]
    xr.testing.assert_identical(measure(records, scenario), whole.isel(run=slice(3)))


def test_gap_in_a_run_names_outcome_run_and_quarter(records: Any, scenario: Scenario) -> None:
    records.quarters["trust"][2, 5] = np.nan
    with pytest.raises(NumberError, match="run 2, 2017Q2: trust is not a finite number"):
        measure(records, scenario)
