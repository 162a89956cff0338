"""P6, P9, P10: no leak of targets, scale invariance, extreme conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from sim import driver
from sim.ensemble import simulate
from sim.plan import load_catalogue
from sim.scenario import Quarter, Scenario, load


def test_other_targets_change_no_trajectory() -> None:
    short = {"extends": "plan", "horizon": {"end": "2020Q4"}}
    plain = simulate(load(short), 2, replicates=1)
    absurd = simulate(
        load({**short, "targets": [{"indicator": "core_scale", "year": 2018, "above": 123456.0}]}), 2, replicates=1
    )
    assert plain.quarters.tobytes() == absurd.quarters.tobytes()


def test_other_headline_definition_changes_no_trajectory() -> None:
    short = {"extends": "plan", "horizon": {"end": "2018Q4"}}
    plain = simulate(load(short), 2, replicates=1)
    narrow = simulate(load({**short, "measurement": "narrow"}), 2, replicates=1)
    assert plain.quarters.tobytes() == narrow.quarters.tobytes()


def test_twice_the_user_organisations_give_the_same_economy_within_chance() -> None:
    scenario = load({"extends": "plan", "uncertainty": "none", "horizon": {"end": "2020Q4"}})
    single = _narrow(simulate(scenario, 12))
    double = _narrow(simulate(scenario, 12, replicates=8))
    gap = abs(single.mean() - double.mean())
    error = np.sqrt(single.var(ddof=1) / 12 + double.var(ddof=1) / 12)
    # The sample of organisations itself is drawn: two to three percent between samples of this size.
    assert gap < 4.0 * error + 0.03 * double.mean()


def _narrow(records: object) -> np.ndarray:
    return records.quarters["sales_by_sector"][:, -4:, :, 0].sum(axis=(1, 2))  # type: ignore[attr-defined]


def _levers_at(end: int) -> dict[str, object]:
    levers: dict[str, object] = {}
    for spec in load_catalogue().levers:
        if spec.active and spec.form == "scalar":
            levers[spec.id] = spec.range[end]
    return levers


EXTREMES: dict[str, tuple[Mapping[str, object], Mapping[str, float]]] = {
    "all levers at their lowest": (_levers_at(0), {}),
    "all levers at their highest": (_levers_at(1), {}),
    "no venture capital": ({}, {"venture_share_2016": 0.0, "venture_share_lowest": 0.0, "venture_share_highest": 0.0}),
    "no users": ({}, {"adopted_2016": 0.0, "adoption_external_influence": 0.0, "order_influence": 0.0}),
    "no frontier growth": ({}, {"frontier_speed": 0.0}),
    "frontier races away": ({}, {"frontier_speed": 4.0}),
    "no new talent": (
        {"degree_places": 0, "overseas_recruitment": 0},
        {"conversion_engineer": 0.0, "conversion_plus_x": 0.0, "conversion_skilled": 0.0, "return_hazard": 0.0},
    ),
    "no entry": ({"incubators": 0}, {"startups_2016": 0.0, "latent_incumbents": 0.0, "spin_off_hazard": 0.0}),
    "no research": (
        {"basic_research_funding": 0, "common_technology_funding": 0},
        {"rd_intensity": 0.0, "innovation_base": 0.0},
    ),
    "shrinking economy": ({}, {"gdp_growth_later": -0.08, "wage_growth_later": -0.05}),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_economy_under_extreme_conditions_stays_finite_and_closes(economy: type, name: str) -> None:
    levers, parameters = EXTREMES[name]
    scenario = load({"extends": "plan", "levers": dict(levers), "uncertainty": "none"})
    _run_and_check(economy(scenario, parameters=parameters), scenario.n_quarters)


@pytest.mark.nightly
@pytest.mark.parametrize("name", EXTREMES)
def test_economy_over_forty_years_stays_finite_and_closes(economy: type, name: str) -> None:
    levers, parameters = EXTREMES[name]
    scenario = _longer(load({"extends": "plan", "levers": dict(levers), "uncertainty": "none"}), 160)
    _run_and_check(economy(scenario, parameters=parameters), 160)


def test_plan_over_forty_years_stays_finite_and_closes(economy: type) -> None:
    scenario = _longer(load({"extends": "plan", "uncertainty": "none"}), 160)
    _run_and_check(economy(scenario), 160)


def _longer(scenario: Scenario, quarters: int) -> Scenario:
    def hold(path: np.ndarray) -> np.ndarray:
        extra = quarters - len(path)
        return np.concatenate([path, np.repeat(path[-1:], extra, axis=0)])

    return replace(
        scenario,
        end=Quarter.at(quarters - 1),
        levers={name: hold(path) for name, path in scenario.levers.items()},
        core_sector_focus=hold(scenario.core_sector_focus),
        pilot_zones=hold(scenario.pilot_zones),
    )


def _run_and_check(run: object, quarters: int) -> None:
    state, scene = run.state, run.scene  # type: ignore[attr-defined]
    for q in range(quarters):
        driver.quarter(state, scene, q)
        nation = state.nations[0]
        assert driver.health(nation, state.sectors) == driver.CLOSED, (
            f"quarter {q}: {nation.residual} {nation.residual_heads}"
        )
    alive = state.firms[state.firms["alive"]]
    for field in ("quality", "knowledge", "data_stock", "capital", "share", "price"):
        assert (alive[field] >= 0.0).all(), field
    assert (alive["staff"] >= 0.0).all()
    assert (state.pools["available"] >= -1e-6).all()
    assert (state.pools["wage"] > 0.0).all()
    assert (state.adopters["intensity"] >= 0.0).all()
    assert (state.adopters["intensity"] <= 1.0).all()
    assert (state.adopters["cash"] >= -1e-6).all()
    assert (state.institutes["cash"] >= -1.0).all()
    assert (state.funds["cash"] >= -1e-6).all()
    assert (state.nations["trust"] >= 0.05).all()
    if len(alive):
        ratio = alive["quality"] / state.sectors["frontier"][alive["sector"]]
        assert ratio.max() < 60.0
