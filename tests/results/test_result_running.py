"""`run`: what may be given, what comes out, and one small real ensemble."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim.errors import ResultError, ScenarioError
from sim.outcomes import OUTCOMES
from sim.parameters import PARAMETERS
from sim.results import Result, run, running
from sim.scenario import Scenario, load

Make = Callable[..., Result]


def test_run_takes_replications_and_seed(make_result: Make) -> None:
    result = make_result(replications=3, seed=11)
    assert (result.scenario.replications, result.scenario.seed) == (3, 11)
    assert (result.manifest.replications, result.manifest.seed) == (3, 11)
    assert result.series.sizes["run"] == 3
    assert result.series.attrs["seed"] == 11
    assert set(result.targets["runs"]) == {3}


def test_run_hands_threads_and_progress_to_the_ensemble(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def simulate(scenario: Scenario, **options: object) -> None:
        given.update(options)
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "simulate", simulate)
    with pytest.raises(KeyboardInterrupt):
        run("plan", threads=3, progress=print)
    assert given == {"threads": 3, "progress": print}


def test_run_puts_levers_and_parameters_on_top_of_the_scenario(make_result: Make) -> None:
    result = make_result(levers={"degree_places": {2018: 120.0}}, parameters={"half_benefit": 7.0})
    assert result.scenario.levers["degree_places"][[7, 8, 19]].tolist() == [
        load("plan").levers["degree_places"][7],
        120.0,
        120.0,
    ]
    assert result.scenario.parameters == {"half_benefit": 7.0}


def test_run_refuses_a_name_that_is_no_lever_with_the_nearest(make_result: Make) -> None:
    with pytest.raises(ScenarioError, match="degree_place is not a lever of the catalogue.*Did you mean degree_places"):
        make_result(levers={"degree_place": 120})


def test_run_refuses_a_key_of_the_file_as_a_lever(make_result: Make) -> None:
    with pytest.raises(ScenarioError, match="levers.replications is not a lever of the catalogue"):
        make_result(levers={"replications": 3})


def test_run_takes_a_path(make_result: Make, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("schema: 1\nextends: no_plan\nhorizon: {end: 2017Q4}\n", encoding="utf-8")
    result = make_result(path)
    assert result.scenario.name == "mine"
    assert result.series["year"].values.tolist() == [2016, 2017]


def test_run_takes_a_resolved_scenario(make_result: Make) -> None:
    scenario = load("plan", overrides={"horizon.end": "2017Q4"}, replications=4, seed=3)
    assert make_result(scenario, replications=None, seed=None).scenario.digest == scenario.digest


def test_run_puts_changes_on_top_of_a_resolved_scenario(make_result: Make) -> None:
    scenario = load("talent_first", overrides={"horizon.end": "2017Q4"})
    changed = make_result(scenario, replications=5, seed=3, levers={"degree_places": 120}).scenario
    same = load("talent_first", overrides={"horizon.end": "2017Q4", "degree_places": 120}, replications=5, seed=3)
    assert changed.digest == same.digest
    assert (changed.name, changed.layers, changed.title) == (same.name, scenario.layers, same.title)
    assert changed.stated == same.stated


def test_run_refuses_what_a_resolved_scenario_cannot_take(make_result: Make) -> None:
    scenario = load("plan", overrides={"horizon.end": "2017Q4"})
    with pytest.raises(ScenarioError, match="replications = 0"):
        make_result(scenario, replications=0)


def test_result_tables_belong_to_the_series(result: Result) -> None:
    (headline,) = result.targets.query("target == 'core_scale' and headline").to_dict("records")
    values = result.series["core_scale"].sel(year=2020, definition="caict").values
    assert headline["probability"] == (values > 150.0).mean()
    spent = result.ledger.query("lever == 'degree_places' and year == 2019 and account == 'disbursed'")
    ledger = result.series["ledger"].sel(lever="degree_places", year=2019, ledger_account="disbursed")
    assert spent["median"].tolist() == [np.median(ledger.values)]


def test_result_parameters_have_one_row_a_run(result: Result) -> None:
    assert list(result.parameters.columns) == ["run", *PARAMETERS]
    assert result.parameters["run"].tolist() == list(range(6))


def test_result_shows_itself_in_one_line(result: Result) -> None:
    digest = result.scenario.digest[:10]
    assert repr(result) == f"Result(custom: 6 runs, seed 7, 2016Q1 to 2020Q4, caict, {digest})"


def test_result_figure_that_does_not_exist_is_refused(result: Result) -> None:
    with pytest.raises(AttributeError, match="no figure 'fann'"):
        result.plot.fann  # noqa: B018


def test_result_draws_the_figures_of_the_plots_package(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = SimpleNamespace(__all__=["fan"], fan=lambda *given, **options: (given, options), hidden=print)
    monkeypatch.setitem(sys.modules, "sim.plots", stand_in)
    assert result.plot.fan("core_scale", ax=None) == ((result, "core_scale"), {"ax": None})
    assert dir(result.plot) == ["fan"]


def test_result_figures_without_matplotlib_say_so(result: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sim.plots", None)
    with pytest.raises(ResultError, match="figures cannot be drawn"):
        result.plot.fan  # noqa: B018


@pytest.fixture(scope="session")
def real() -> Result:
    """Return three simulated runs of a year and a half."""
    return run(
        {"schema": 1, "extends": "plan", "horizon": {"end": "2017Q2"}, "targets": [TARGET]},
        replications=3,
        seed=5,
    )


TARGET = {"indicator": "core_scale", "year": 2016, "above": 1.0}


def test_simulated_result_is_complete_and_plausible(real: Result) -> None:
    assert real.manifest.residual_max <= 1e-9
    assert real.manifest.residual_heads_max <= 1e-9
    assert set(OUTCOMES) <= set(real.series.data_vars)
    core = real.series["core_scale"].sel(year=2016)
    assert (core.sel(definition="narrow") < core.sel(definition="iresearch")).all()
    assert (core.sel(definition="iresearch") < core.sel(definition="caict")).all()
    assert real.targets["probability"].tolist() == [1.0, 1.0, 1.0]
    np.testing.assert_allclose(
        real.series["ledger"].sel(ledger_account="disbursed").sum("lever"), real.series["public_outlay"], rtol=1e-9
    )
    np.testing.assert_allclose(
        real.series["ledger"].sel(ledger_account="forgone").sum("lever"), real.series["forgone_tax"], rtol=1e-9
    )


def test_simulated_result_is_the_same_again_on_one_thread(real: Result) -> None:
    again = run(
        {"schema": 1, "extends": "plan", "horizon": {"end": "2017Q2"}, "targets": [TARGET]},
        replications=3,
        seed=5,
        threads=1,
    )
    xr.testing.assert_identical(again.series, real.series)
    pd.testing.assert_frame_equal(again.targets, real.targets)
    assert again.manifest.deterministic() == real.manifest.deterministic()
