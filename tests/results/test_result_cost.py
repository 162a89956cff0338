"""Cost of one result over another: amounts by hand, money per added yuan in every standing, ledgers that add up."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from scipy import stats

from sim.measurement.intervals import ratio_interval
from sim.measurement.ledger import group_of
from sim.plan import load_catalogue
from sim.results import Result, compare
from sim.results.cost import COSTS, amounts, cost_table, ledger_differences, per_yuan_table, spans

Make = Callable[..., Result]
YEARS = [2016, 2017, 2018, 2019, 2020]


def changed(result: Result, **added: float | list[float]) -> Result:
    """Return a result with amounts added to outcomes, each year, perhaps run by run."""
    series = result.series.copy(deep=True)
    for name, value in added.items():
        series[name] = series[name] + xr.DataArray(np.broadcast_to(value, series.sizes["run"]), dims="run")
    return replace(result, series=series)


def entry(table, **place: str) -> dict[str, float]:
    """Return the one row of a table at a place."""
    (row,) = table.query(" and ".join(f"{name} == {value!r}" for name, value in place.items())).to_dict("records")
    return row


def test_spans_are_all_years_and_the_last() -> None:
    assert spans([2016, 2017]) == {"2016-2017": [2016, 2017], "2017": [2017]}
    assert spans([]) == {}


def test_amounts_sum_years_and_net_out_what_comes_back(result: Result) -> None:
    series = result.series
    net = amounts(result, "net_outlay", "", [2019, 2020])
    expected = (series["public_outlay"] - series["guidance_returned"]).sel(year=[2019, 2020]).sum("year")
    np.testing.assert_allclose(net, expected.values)
    private = amounts(result, "core_without_public_orders", "narrow", [2020])
    expected = (series["core_scale"] - series["core_public_orders"]).sel(year=2020, definition="narrow")
    np.testing.assert_allclose(private, expected.values)


def test_cost_is_the_difference_of_sums_with_its_paired_interval(result: Result, other: Result) -> None:
    row = entry(cost_table(other, result, YEARS), measure="core_scale", definition="caict", span="2016-2020")
    of_a, of_b = (each.series["core_scale"].sel(definition="caict").sum("year").values for each in (other, result))
    low, high = stats.t.interval(0.95, len(of_a) - 1, (of_a - of_b).mean(), stats.sem(of_a - of_b))
    assert (row["mean"], row["low"], row["high"]) == pytest.approx(((of_a - of_b).mean(), low, high))
    assert (row["mean_a"], row["mean_b"]) == pytest.approx((of_a.mean(), of_b.mean()))
    assert (row["p05"], row["p95"]) == pytest.approx(tuple(np.quantile(of_a - of_b, (0.05, 0.95))))


def test_cost_table_shows_gross_and_net_outlay_and_forgone_tax_apart(result: Result) -> None:
    more = changed(result, public_outlay=7.0, guidance_returned=2.0, forgone_tax=3.0)
    table = cost_table(more, result, YEARS)
    means = {name: entry(table, measure=name, span="2020")["mean"] for name in COSTS}
    assert means["guidance_returned"] == pytest.approx(2.0)
    assert means["public_outlay"] == pytest.approx(7.0)
    assert means["net_outlay"] == pytest.approx(5.0)
    assert means["forgone_tax"] == pytest.approx(3.0)
    assert entry(table, measure="public_outlay", span="2016-2020")["mean"] == pytest.approx(35.0)


def test_outlay_per_added_yuan_is_the_ratio_of_means_with_fieller_ends(result: Result) -> None:
    cost, scale = [6.0, 7.0, 5.0, 6.5, 7.5, 6.0], [3.0, 4.0, 2.0, 3.5, 3.0, 2.5]
    more = changed(result, public_outlay=cost, core_scale=scale)
    table = per_yuan_table(more, result, YEARS)
    place = {"cost": "public_outlay", "scale": "core_scale", "definition": "narrow"}
    for span in ("2016-2020", "2020"):
        row = entry(table, span=span, **place)
        assert row["standing"] == "gain"
        assert row["per_yuan"] == pytest.approx(np.mean(cost) / np.mean(scale))
        assert (row["low"], row["high"]) == pytest.approx(ratio_interval(np.array(cost), np.array(scale)))
    assert entry(table, span="2020", **place | {"cost": "forgone_tax"})["per_yuan"] == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("cost", "scale", "standing"),
    [
        (5.0, [1.0, 2.0, 3.0, 1.0, 2.0, 3.0], "gain"),
        ([-9.0, 9.0, -8.0, 8.0, 1.0, -1.0], [1.0, 2.0, 3.0, 1.0, 2.0, 3.0], "gain at no clear cost"),
        (-5.0, [1.0, 2.0, 3.0, 1.0, 2.0, 3.0], "gain and saving"),
        (5.0, [-9.0, 9.0, -8.0, 8.0, 1.0, -1.0], "no clear gain"),
        (5.0, 0.0, "no clear gain"),
        (5.0, [-1.0, -2.0, -3.0, -1.0, -2.0, -3.0], "loss"),
    ],
)
def test_standing_tells_whether_a_ratio_says_anything(
    result: Result, cost: float | list[float], scale: float | list[float], standing: str
) -> None:
    table = per_yuan_table(changed(result, public_outlay=cost, related_scale=scale), result, YEARS)
    place = {"cost": "public_outlay", "scale": "related_scale", "definition": "enabled_output", "span": "2020"}
    row = entry(table, **place)
    assert row["standing"] == standing
    assert math.isnan(row["per_yuan"]) == (not standing.startswith("gain"))
    assert math.isnan(row["low"]) == math.isnan(row["per_yuan"])


def test_single_run_has_no_ratio_and_says_why(make_result: Make) -> None:
    single = make_result(replications=1)
    table = per_yuan_table(changed(single, public_outlay=5.0, core_scale=5.0), single, YEARS)
    assert set(table["standing"]) == {"too few runs"}
    assert table[["per_yuan", "low", "high"]].isna().all(axis=None)


def test_ledger_differences_of_levers_add_up_to_clauses_groups_and_the_total(result: Result, other: Result) -> None:
    table = ledger_differences(other, result, YEARS)
    levers = table[table["level"] == "lever"].assign(clause=lambda t: [_clause(name) for name in t["id"]])
    keys = ["account", "span"]
    for level, name in (("clause", levers["clause"]), ("group", levers["clause"].map(group_of))):
        summed = levers.assign(id=name).groupby(["id", *keys])[["mean_a", "mean_b", "mean"]].sum()
        given = table[table["level"] == level].set_index(["id", *keys])[["mean_a", "mean_b", "mean"]]
        np.testing.assert_allclose(given.sort_index(), summed.sort_index(), atol=1e-9)
    total = table[table["level"] == "total"].set_index(keys)["mean_a"]
    np.testing.assert_allclose(total.sort_index(), levers.groupby(keys)["mean_a"].sum().sort_index())


def _clause(lever: str) -> str:
    return load_catalogue().lever(lever).clause


def test_ledger_differences_of_a_span_are_sums_of_its_years(result: Result, other: Result) -> None:
    table = ledger_differences(other, result, YEARS)
    ledger = other.series["ledger"].sel(lever="degree_places", ledger_account="idle").mean("run")
    place = {"level": "lever", "id": "degree_places", "account": "idle"}
    assert entry(table, span="2020", **place)["mean_a"] == pytest.approx(float(ledger.sel(year=2020)))
    assert entry(table, span="2016-2020", **place)["mean_a"] == pytest.approx(float(ledger.sum()))


def test_ledger_differences_leave_out_what_neither_has(result: Result) -> None:
    series = result.series.copy(deep=True)
    series["ledger"].loc[{"ledger_account": "misused"}] = 0.0
    series["ledger"].loc[{"ledger_account": "misused", "lever": "core_sector_grants"}] = 1.0
    table = ledger_differences(replace(result, series=series), replace(result, series=series), YEARS)
    misused = table[(table["account"] == "misused") & (table["span"] == "2020")]
    assert misused[["level", "id"]].values.tolist() == [
        ["total", "all"], ["group", "3.2"], ["clause", "3.2.1"], ["lever", "core_sector_grants"],
    ]  # fmt: skip
    assert (misused["mean"] == 0.0).all()


def test_comparison_brings_cost_ledger_and_goals(result: Result, other: Result) -> None:
    found = compare(other, result)
    assert set(found.cost["span"]) == {"2016-2020", "2020"}
    assert set(found.per_yuan["standing"]) <= {"gain", "gain at no clear cost", "no clear gain", "loss"}
    assert set(found.ledger["level"]) == {"total", "group", "clause", "lever"}
    assert found.goals["goal"].tolist() == other.goals["goal"].tolist()
    assert found.goals["met_a"].equals(other.goals["met"])
    assert found.goals["median_b"].equals(result.goals["median"])


def test_comparison_of_results_below_a_year_has_no_cost(make_result: Make) -> None:
    short = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2016Q2"}})
    found = compare(short, short)
    assert (len(found.cost), len(found.per_yuan), len(found.ledger)) == (0, 0, 0)
