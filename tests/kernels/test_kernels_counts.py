"""What is counted for results and moves nothing: firms by standing and turnover, money back from guidance funds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from small_economy import QUARTERS_RUN, Economy

from sim.kernels.record import record
from sim.outcomes import RECORD
from sim.plan.names import STANDING_EDGES, STANDINGS, TURNOVER_EDGES, TURNOVERS
from sim.schedule import SCHEDULE

Around = Callable[[str], tuple[Economy, Economy]]


def run_phase(economy: Economy, name: str) -> None:
    """Run one phase of the quarter."""
    phase = next(phase for phase in SCHEDULE if phase.name == name)
    phase.kernel(*economy.arguments(phase, QUARTERS_RUN))


def test_classes_of_firms_have_one_edge_less_than_names_in_rising_order() -> None:
    for names, edges in ((STANDINGS, STANDING_EDGES), (TURNOVERS, TURNOVER_EDGES)):
        assert len(names) == len(edges) + 1
        assert list(edges) == sorted(edges)


def test_sum_firms_counts_each_living_firm_once_in_its_class(around: Around) -> None:
    economy, _ = around("sum_firms")
    firms, flows, sectors = economy.state.firms, economy.state.firm_flows, economy.state.sectors
    alive = np.flatnonzero(firms.alive)
    frontier = sectors.frontier[firms.sector[alive]]
    # Every class is held by some firm, one stands exactly on an edge, and a closed row counts nowhere.
    firms.quality[alive] = frontier * np.resize([0.5, 0.8, 0.95, 1.0, 1.7], len(alive))
    flows.technology[alive] = np.resize([1.0, 25.0, 300.0, 2_500.0], len(alive))
    firms.alive[alive[0]] = False
    run_phase(economy, "sum_firms")
    alive = alive[1:]
    ratio = firms.quality[alive] / sectors.frontier[firms.sector[alive]]
    counted, _, _ = np.histogram2d(
        ratio, 4.0 * flows.technology[alive], bins=[[0, *STANDING_EDGES, np.inf], [0, *TURNOVER_EDGES, np.inf]]
    )
    standings = economy.state.nations[0].standings
    np.testing.assert_array_equal(standings, counted)
    assert standings.sum() == len(alive)
    assert (standings.sum(axis=0) > 0).all()
    assert (standings.sum(axis=1) > 0).all()


def test_sum_ledger_adds_up_what_funds_pay_back_to_the_government(around: Around) -> None:
    economy, _ = around("sum_ledger")
    flows = economy.state.fund_flows
    flows.distributed_public[:] = np.arange(len(flows))
    run_phase(economy, "sum_ledger")
    assert economy.state.nations[0].guidance_returned == pytest.approx(np.arange(len(flows)).sum())


def test_record_takes_counts_as_they_are_money_in_bn_and_supply_over_the_frontier(economy: Economy) -> None:
    twin = economy.copy()
    state = twin.state
    state.sectors.quality[:], state.sectors.frontier[:] = np.arange(1.0, 7.0), 4.0
    state.nations.standings[0] = np.arange(16.0).reshape(4, 4)
    state.nations.guidance_returned[0] = 2500.0
    out = np.recarray(1, dtype=RECORD)
    record(
        out[0], state.sectors, state.regions, state.applications, state.fields, state.nations[0],
        twin.scene.parameters[0],
    )  # fmt: skip
    np.testing.assert_array_equal(out.supply_parity[0], np.arange(1.0, 7.0) / 4.0)
    np.testing.assert_array_equal(out.firms_by_standing[0], np.arange(16.0).reshape(4, 4))
    assert out.guidance_returned[0] == pytest.approx(2.5)
