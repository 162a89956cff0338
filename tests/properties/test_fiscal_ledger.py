"""P3: the fiscal ledger per lever and year adds up, agrees with the books, and pays what levers cost at their level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import driver
from sim.ensemble import simulate
from sim.measurement import ledger_table, measure
from sim.outcomes import LEDGER_ACCOUNTS
from sim.plan import Lever, load_catalogue
from sim.results import run
from sim.results.cost import amounts
from sim.scenario import Scenario, load
from sim.state.finance import PARTIES, Flow, FundKind, Holder

RUNS = 2
BUSY = {
    "extends": "plan",
    "levers": {
        "adoption_subsidy_rate": 0.2,
        "venture_tax_relief": 0.3,
        "sme_tax_relief": 0.4,
        "retraining_places": 800,
        "implementation_effectiveness": {2016: 0.5, 2018: 1.0},
    },
}
SPECS: dict[str, Mapping[str, Any]] = {
    "plan": {"extends": "plan"},
    "no_plan": {"extends": "no_plan"},
    "implemented": {"extends": "implemented"},
    "procurement_led": {"extends": "procurement_led"},
    "hard_times": {"extends": "hard_times"},
    "busy": BUSY,
}

# What the government pays outside the levers: its own use, and the basic budgets of institutes there were.
NO_LEVERS_MONEY = {Flow.PUBLIC_USER_BUDGETS, Flow.INSTITUTE_CORE}
POLICY_PAYMENTS = [
    flow
    for flow, (payer, _) in zip(Flow, PARTIES, strict=True)
    if payer == Holder.GOVERNMENT and flow not in NO_LEVERS_MONEY
]


@dataclass(frozen=True)
class Ledger:
    """The ledger of a scenario over four years: accounts by name, float64[runs, years, levers], and the dataset."""

    scenario: Scenario
    accounts: Mapping[str, np.ndarray]
    dataset: Any


def short(name: str) -> Scenario:
    """Return a scenario to the end of 2019."""
    return load({**SPECS[name], "horizon": {"end": "2019Q4"}})


@pytest.fixture(scope="module", params=SPECS)
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """Return the ledger of each scenario in turn."""
    scenario = short(request.param)
    records = simulate(scenario, RUNS, replicates=1)
    accounts = {name: records.ledger[..., place] for place, name in enumerate(LEDGER_ACCOUNTS)}
    return Ledger(scenario, accounts, measure(records, scenario))


def test_ledger_budgeted_is_disbursed_and_idle_and_nothing_is_overspent(ledger: Ledger) -> None:
    accounts = ledger.accounts
    np.testing.assert_allclose(accounts["budgeted"], accounts["disbursed"] + accounts["idle"], rtol=1e-12, atol=1e-12)
    assert accounts["disbursed"].min() >= 0.0
    assert accounts["idle"].min() >= -1e-9
    assert accounts["disbursed"].max() > 0.0


def test_ledger_misused_is_part_of_disbursed_and_forgone_is_no_gain(ledger: Ledger) -> None:
    assert (ledger.accounts["misused"] <= ledger.accounts["disbursed"] + 1e-12).all()
    assert ledger.accounts["misused"].min() >= 0.0
    assert ledger.accounts["forgone"].min() >= 0.0
    assert ledger.accounts["forgone"].max() > 0.0


def test_public_outlay_is_the_sum_of_disbursed_with_forgone_tax_beside_it(ledger: Ledger) -> None:
    for outcome, account in (("public_outlay", "disbursed"), ("forgone_tax", "forgone")):
        np.testing.assert_allclose(ledger.dataset[outcome].values, ledger.accounts[account].sum(axis=2), rtol=1e-9)


def test_budgets_are_those_the_levers_set(ledger: Ledger) -> None:
    wanted, found = 0.0, 0.0
    for spec in load_catalogue().levers:
        budgeted = ledger.accounts["budgeted"][:, :, spec.index]
        if spec.cost.amount is None:
            assert (budgeted == 0.0).all(), spec.id
        elif spec.id != "adoption_subsidy_rate":  # paid as it is claimed
            expected = np.broadcast_to(_yearly(_level(ledger.scenario, spec.id)) * spec.cost.amount, budgeted.shape)
            if spec.cost.kind == "direct":  # new money may wait for pilots, and reviews may move it
                wanted, found = wanted + expected, found + budgeted
            else:
                np.testing.assert_allclose(budgeted, expected, rtol=1e-9, atol=1e-12, err_msg=spec.id)
    # What waits is spent a year later: never more than the levers set, and by the end nearly all of it.
    set_aside, due = np.cumsum(found, axis=1), np.cumsum(wanted, axis=1)
    assert (set_aside <= due * (1.0 + 1e-9)).all()
    assert (set_aside[:, -1] >= 0.9 * due[:, -1]).all()


def test_levers_with_a_cost_of_administration_or_by_unit_are_paid_at_their_level() -> None:
    # Constant levels, so that no lever waits for its pilots: what is paid is level x cost x effectiveness.
    specs = [spec for spec in load_catalogue().levers if spec.cost.kind in ("admin", "unit")]
    levels = {spec.id: spec.range[0] + 0.4 * (spec.range[1] - spec.range[0]) for spec in specs if spec.form == "scalar"}
    assert {spec.cost.kind for spec in specs if spec.id in levels} == {"admin", "unit"}
    scenario = load(
        {"extends": "plan", "horizon": {"end": "2017Q4"}, "levers": {**levels, "implementation_effectiveness": 0.7}}
    )
    ledger = simulate(scenario, 1, replicates=1).ledger
    for spec in specs:
        if spec.id in levels:
            assert spec.cost.amount is not None
            paid = ledger[0, :, spec.index, LEDGER_ACCOUNTS.index("disbursed")]
            assert paid == pytest.approx([0.7 * spec.cost.amount * levels[spec.id]] * 2), spec.id


def test_ledger_table_has_every_entry_of_a_lever_clause_and_year(ledger: Ledger) -> None:
    table = ledger_table(ledger.dataset)
    entries = table[["lever", "year", "account"]].drop_duplicates()
    assert len(entries) == len(table)
    assert set(table["account"]) == set(LEDGER_ACCOUNTS)
    assert set(table["year"]) == {2016, 2017, 2018, 2019}


def _level(scenario: Scenario, lever: str) -> np.ndarray:
    path = scenario.path(lever)
    return path.sum(axis=1) if path.ndim == 2 else path


def _yearly(level: np.ndarray) -> np.ndarray:
    """Return yearly amounts of a level that costs a quarter of its yearly amount in each quarter."""
    return level.reshape(-1, 4).sum(axis=1) / 4.0


@pytest.mark.parametrize("name", SPECS)
def test_outlay_of_every_quarter_is_what_the_payers_booked(economy: type, name: str) -> None:
    walk = economy(short(name))
    state = walk.state
    for q in range(16):
        driver.quarter(state, walk.scene, q)
        alive = state.institutes["alive"]
        founded = alive & (state.institutes["birth"] >= 0) & (state.institutes["birth"] < q)
        booked = state.books["paid"][list(POLICY_PAYMENTS)].sum()
        booked += state.institute_flows["core_money"][founded].sum()
        assert state.levers["disbursed"].sum() == pytest.approx(booked, rel=1e-9), q
        guidance = state.funds["kind"] == FundKind.GUIDANCE
        nation = state.nations[0]
        assert nation.guidance_returned == pytest.approx(state.books["paid"][Flow.PUBLIC_DISTRIBUTIONS], abs=1e-9)
        assert nation.guidance_returned == pytest.approx(state.fund_flows["distributed_public"][guidance].sum())
        assert state.levers["disbursed"][Lever.guidance_fund_commitments] == pytest.approx(
            state.books["received"][Flow.FUND_COMMITMENTS]
        )


def test_guidance_equity_is_shown_gross_and_net_of_what_comes_back() -> None:
    result = run({"extends": "plan", "horizon": {"end": "2022Q4"}}, replications=RUNS)
    years = result.series["year"].values.tolist()
    gross, back, net = (
        amounts(result, name, "", years) for name in ("public_outlay", "guidance_returned", "net_outlay")
    )
    assert (back > 0.0).all()
    np.testing.assert_allclose(net, gross - back, rtol=1e-12)
    commitments = result.series["ledger"].sel(lever="guidance_fund_commitments", ledger_account="disbursed")
    assert (back < commitments.sum("year").values).all()


@settings(max_examples=6, deadline=None)
@given(
    effectiveness=st.floats(0.3, 1.0),
    factors=st.dictionaries(
        st.sampled_from(["core_sector_grants", "governance_procurement", "guidance_fund_commitments", "degree_places"]),
        st.floats(0.0, 3.0),
        max_size=4,
    ),
)
def test_ledger_adds_up_at_any_level_of_the_levers(effectiveness: float, factors: dict[str, float]) -> None:
    catalogue = load_catalogue()
    levers: dict[str, object] = {"implementation_effectiveness": effectiveness}
    for name, factor in factors.items():
        low, high = catalogue.lever(name).range
        levers[name] = low + (high - low) * factor / 3.0
    scenario = load({"extends": "plan", "horizon": {"end": "2017Q4"}, "levers": levers})
    records = simulate(scenario, 1, replicates=1)
    budgeted, disbursed, idle, misused, forgone = np.moveaxis(records.ledger, -1, 0)
    np.testing.assert_allclose(budgeted, disbursed + idle, rtol=1e-12, atol=1e-12)
    assert idle.min() >= -1e-9
    assert (misused <= disbursed + 1e-12).all()
    assert (misused >= 0.0).all()
    assert (forgone >= 0.0).all()
    yearly = records.quarters["public_outlay"].reshape(1, 2, 4).sum(axis=2)
    np.testing.assert_allclose(yearly, disbursed.sum(axis=2), rtol=1e-9)
