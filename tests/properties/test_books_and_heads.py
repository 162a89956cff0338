"""P1 and P2: the books close and no head is lost, in every quarter; and a single slip is found."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim import driver
from sim.ensemble import simulate
from sim.errors import BalanceError
from sim.scenario import Scenario, load, shipped
from sim.state import State
from sim.state.finance import Flow


@pytest.mark.parametrize("name", shipped())
def test_books_and_heads_close_in_every_quarter_of_every_shipped_scenario(name: str) -> None:
    records = simulate(load(name), 2, replicates=1)
    assert records.quarters["residual"].max() <= 1e-9
    assert records.quarters["residual_heads"].max() <= 1e-9
    assert np.isfinite(records.quarters["sales_by_sector"]).all()


def _first(state: State) -> np.record:
    return state.firms[int(np.flatnonzero(state.firms["alive"])[0])]


def _lose_a_grant(state: State, q: int) -> None:
    flows = state.firm_flows["grant"]
    flows[int(np.argmax(flows))] *= 0.5


def _invent_equity(state: State, q: int) -> None:
    flows = state.firm_flows["private_equity"]
    flows[int(np.argmax(flows))] += 1.0


def _overpay_wages(state: State, q: int) -> None:
    state.firm_flows["wages"][0] += 1.0


def _skip_a_tax(state: State, q: int) -> None:
    flows = state.firm_flows["tax"]
    flows[int(np.argmax(flows))] = 0.0


def _deliver_unpaid(state: State, q: int) -> None:
    state.firm_flows["technology"][0] += 1.0


def _lose_fund_cash(state: State, q: int) -> None:
    state.funds["cash"][40] -= 1.0


@pytest.mark.parametrize(
    ("phase", "slip"),
    [
        ("award_grants", _lose_a_grant),
        ("place_equity", _invent_equity),
        ("pay_costs", _overpay_wages),
        ("pay_taxes", _skip_a_tax),
        ("deliver", _deliver_unpaid),
        ("carry_others", _lose_fund_cash),
    ],
)
def test_books_with_a_slip_do_not_close(
    economy: type, short_plan: Scenario, phase: str, slip: Callable[[State, int], None]
) -> None:
    nation = economy(short_plan).run(9, after={phase: slip})
    assert nation.residual > 1e-9


@pytest.mark.parametrize("table", ["firms", "institutes", "adopters", "pools"])
def test_heads_with_a_slip_are_missed(economy: type, short_plan: Scenario, table: str) -> None:
    def slip(state: State, q: int) -> None:
        if table == "firms":
            _first(state).staff[1] += 1.0
        elif table == "institutes":
            state.institutes["seniors"][0] -= 1.0
        elif table == "adopters":
            state.adopters["skilled_staff"][int(np.argmax(state.adopters["skilled_staff"]))] += 1.0
        else:
            state.pools["available"][0] -= 1.0

    nation = economy(short_plan).run(1, after={"match_staff": slip})
    assert nation.residual_heads > 1e-9


def test_run_that_does_not_close_is_refused_with_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        status = arguments[-1]
        status[0] = (driver.UNBALANCED, 7, int(Flow.EQUITY))  # type: ignore[index]

    monkeypatch.setattr(driver, "run_block", fail)
    with pytest.raises(BalanceError, match="run 0, 2017Q4: .* account EQUITY"):
        simulate(load("plan"), 1)


def test_every_payment_has_payer_and_payee_on_different_sides(economy: type, short_plan: Scenario) -> None:
    run = economy(short_plan)
    run.run(8)
    books = run.state.books
    used = books["paid"] > 0.0
    np.testing.assert_allclose(books["paid"], books["received"], rtol=1e-9, atol=1e-6)
    idle = {Flow(int(row)).name for row in np.flatnonzero(~used)}
    assert idle <= {"WRITE_OFFS", "STAKE_SALES", "LIQUIDATION", "PUBLIC_DISTRIBUTIONS", "ADOPTION_SUBSIDIES"} | {
        *("ADJUSTMENT_SUPPORT", "LISTINGS")  # from 2018 on, and rare
    }
