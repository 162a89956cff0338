"""P6, P9, P10: no leak of targets, scale invariance, extreme conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from sim import driver
from sim.ensemble import simulate
from sim.kernels.record import record
from sim.outcomes import RECORD
from sim.plan import load_catalogue
from sim.plan.names import REGIONS
from sim.scenario import Quarter, Scenario, load
from sim.state import State


def test_other_targets_change_no_trajectory() -> None:
    # With evaluation off: reviews are meant to look at targets.
    short = {"extends": "plan", "horizon": {"end": "2020Q4"}, "levers": {"evaluation_interval": 0}}
    plain = simulate(load(short), 2, replicates=1)
    absurd = simulate(
        load({**short, "targets": [{"indicator": "core_scale", "year": 2018, "above": 123456.0}]}), 2, replicates=1
    )
    assert plain.quarters.tobytes() == absurd.quarters.tobytes()


def test_other_targets_change_what_reviews_do_and_so_the_economy() -> None:
    often = {"extends": "plan", "horizon": {"end": "2020Q4"}, "levers": {"evaluation_interval": 1}}
    targets = [{"indicator": "core_scale", "year": 2020, "above": value} for value in (1.0, 123456.0)]
    easy, hard = (simulate(load({**often, "targets": [target]}), 2, replicates=1).quarters for target in targets)
    assert easy[:, :8].tobytes() == hard[:, :8].tobytes()
    assert easy[:, 9:]["sales_by_sector"].tobytes() != hard[:, 9:]["sales_by_sector"].tobytes()


def test_other_headline_definition_changes_no_trajectory() -> None:
    short = {"extends": "plan", "horizon": {"end": "2018Q4"}, "levers": {"evaluation_interval": 0}}
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
        if spec.form == "scalar":
            levers[spec.id] = spec.range[end]
    return {**levers, "pilot_zones": end * len(REGIONS)}


VENTURE = ("venture_share_2016", "venture_share_lowest", "venture_share_highest")
OWN_MONEY = ("cash_2016", "digital_budget", "founders_capital", "incumbent_capital")
NOBODY_JOINS = ("conversion_engineer", "conversion_plus_x", "conversion_skilled", "return_hazard", "training_success")


def _nobody(state: State) -> None:
    """Take all people out of the economy, with everybody who could become one of them."""
    for table, names in {
        "firms": ("staff",),
        "institutes": ("seniors", "engineers"),
        "adopters": ("skilled_staff",),
        "pools": ("available", "in_firms", "in_institutes", "in_adopters", "in_centres", "in_training"),
        "regions": ("software_workforce", "cohorts", "centre_staff"),
        "nations": ("abroad",),
    }.items():
        for name in names:
            getattr(state, table)[name] = 0.0


def _empty_funds(state: State) -> None:
    """Take away the money that funds have not placed."""
    state.funds["cash"] = 0.0


def _no_users(state: State) -> None:
    """Let the rows of user organisations stand for nobody."""
    for name in ("weight", "output_2016", "ai_capital", "intensity", "cash"):
        state.adopters[name] = 0.0
    state.pools["available"] += state.pools["in_adopters"]
    state.pools["in_adopters"] = 0.0
    state.adopters["skilled_staff"] = 0.0
    state.adopters["adopted"] = False


@dataclass(frozen=True)
class Extreme:
    """Levers and parameters out of all proportion, what is taken out at the start, and what must follow from it."""

    follows: Callable[[np.ndarray], bool]  # from the records of all quarters
    levers: Mapping[str, object] = field(default_factory=dict)
    parameters: Mapping[str, float] = field(default_factory=dict)
    taken: Callable[[State], None] | None = None


def _technology(records: np.ndarray) -> np.ndarray:
    return np.asarray(records["sales_by_sector"][..., 0].sum(axis=1))


def _all_sales(records: np.ndarray) -> np.ndarray:
    return np.asarray(records["sales_by_sector"].sum(axis=(1, 2)))


def _people(records: np.ndarray) -> np.ndarray:
    return np.asarray(records["talent"][:, :4].sum(axis=1)).round(6)


EXTREMES: dict[str, Extreme] = {
    "all levers at their lowest": Extreme(lambda r: bool((r["public_outlay"] == 0.0).all()), _levers_at(0)),
    "all levers at their highest": Extreme(lambda r: r["public_outlay"][:4].sum() > 1000.0, _levers_at(1)),
    "no money": Extreme(
        lambda r: _technology(r)[-1] < 0.1 * _technology(r)[0],
        _levers_at(0),
        dict.fromkeys((*VENTURE, *OWN_MONEY), 0.0),
        _empty_funds,
    ),
    "no venture capital": Extreme(
        # Funds place again what their first stakes return, and in the long run that grows with the economy.
        lambda r: r["venture_investment"][36:40].sum() < 0.3 * r["venture_investment"][:4].sum(),
        {"market_fund_formation": 0, "capital_market_access": 0},
        dict.fromkeys(VENTURE, 0.0),
    ),
    "no use of AI": Extreme(
        lambda r: bool((r["adoption_share"] == 0.0).all() and (r["displaced_workers"] == 0.0).all()),
        parameters={"adopted_2016": 0.0, "adoption_external_influence": 0.0, "order_influence": 0.0},
    ),
    "no users": Extreme(
        lambda r: bool((r["imports"] == 0.0).all() and (r["ai_intensity"] == 0.0).all()),
        taken=_no_users,
    ),
    "no frontier growth": Extreme(
        lambda r: bool((np.diff(r["technology_parity"], axis=0) >= -1e-12).all()), parameters={"frontier_speed": 0.0}
    ),
    "frontier races away": Extreme(
        lambda r: r["technology_parity"][-1].mean() < r["technology_parity"][0].mean(),
        parameters={"frontier_speed": 4.0},
    ),
    "no new talent": Extreme(
        # Students of 2016 still graduate; after them only founders of firms join, some five a firm.
        lambda r: np.ptp(r["talent"][16:, :3].sum(axis=1)) < 0.01 * r["firm_entries"][16:].sum(),
        {"degree_places": 0, "overseas_recruitment": 0},
        dict.fromkeys(NOBODY_JOINS, 0.0),
    ),
    "no talent at all": Extreme(
        lambda r: bool((_people(r) <= _people(r)[0]).all() and (_technology(r) <= 0.01 * _all_sales(r))[:40].all()),
        {"degree_places": 0, "overseas_recruitment": 0, "foreign_rd_centres": 0},
        dict.fromkeys((*NOBODY_JOINS, "entrant_seniors", "entrant_staff"), 0.0),
        _nobody,
    ),
    "no entry": Extreme(
        lambda r: bool((r["firm_entries"] == 0.0).all() and (np.diff(r["firms"]) <= 0.0).all()),
        {"incubators": 0},
        {"startups_2016": 0.0, "latent_incumbents": 0.0, "spin_off_hazard": 0.0},
    ),
    "no research": Extreme(
        lambda r: r["rd_spending"].sum() < 0.01 * r["sales_by_sector"].sum(),
        {"basic_research_funding": 0, "common_technology_funding": 0, "core_sector_grants": 0},
        {"rd_intensity": 0.0, "innovation_base": 0.0, "expansion_rd_share": 0.0},
    ),
    "shrinking economy": Extreme(
        lambda r: r["gdp"][-1] < r["gdp"].max(), parameters={"gdp_growth_later": -0.08, "wage_growth_later": -0.05}
    ),
}


def _begun(economy: type, name: str, quarters: int) -> object:
    extreme = EXTREMES[name]
    scenario = load({"extends": "plan", "levers": dict(extreme.levers), "uncertainty": "none"})
    if quarters > scenario.n_quarters:
        scenario = _longer(scenario, quarters)
    run = economy(scenario, parameters=extreme.parameters)
    if extreme.taken is not None:
        extreme.taken(run.state)
    return run


@pytest.mark.parametrize("name", EXTREMES)
def test_economy_over_ten_years_of_extreme_conditions_stays_sound_and_is_explained(economy: type, name: str) -> None:
    records = _run_and_check(_begun(economy, name, 40), 40)
    assert EXTREMES[name].follows(records)


@pytest.mark.nightly
@pytest.mark.parametrize("name", EXTREMES)
def test_economy_over_forty_years_of_extreme_conditions_stays_sound_and_is_explained(economy: type, name: str) -> None:
    records = _run_and_check(_begun(economy, name, 160), 160)
    assert EXTREMES[name].follows(records)


def test_what_follows_from_extreme_conditions_does_not_follow_from_the_plan(economy: type) -> None:
    records = _run_and_check(economy(load({"extends": "plan", "uncertainty": "none"})), 40)
    assert [name for name, extreme in EXTREMES.items() if extreme.follows(records)] == []


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


def _run_and_check(run: object, quarters: int) -> np.ndarray:
    """Run, check every quarter and the end, and return what was recorded."""
    state, scene = run.state, run.scene  # type: ignore[attr-defined]
    records = np.zeros(quarters, dtype=RECORD)
    for q in range(quarters):
        driver.quarter(state, scene, q)
        nation = state.nations[0]
        assert driver.health(nation, state.sectors) == driver.CLOSED, (
            f"quarter {q}: {nation.residual} {nation.residual_heads}"
        )
        record(records[q], state.sectors, state.regions, state.applications, state.fields, nation, scene.parameters[0])
    _check_signs(records)
    alive = state.firms[state.firms["alive"]]
    for name in ("quality", "knowledge", "data_stock", "capital", "share", "price"):
        assert (alive[name] >= 0.0).all(), name
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
        # A world that stands still for forty years is left far behind by firms that go on with their research.
        assert ratio.max() < (60.0 if quarters <= 40 else 1000.0)
    return records


def _check_signs(records: np.ndarray) -> None:
    for name in RECORD.names:
        assert np.isfinite(records[name]).all(), name
        # What AI adds to output (the second construction) is negative while organisations learn to use it.
        positive = records[name][:, [0, 2]] if name == "related_scale" else records[name]
        assert (positive >= -1e-9).all(), name
    for name in ("adoption_share", "ai_intensity", "network_coverage", "served_share", "concentration"):
        assert (records[name] <= 1.0 + 1e-9).all(), name
