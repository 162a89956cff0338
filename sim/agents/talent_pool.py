"""Talent pools: people of one tier in one region."""

from __future__ import annotations

from typing import ClassVar

from sim.agents.view import RowAgent
from sim.kernels.talent import ENGINEER, PLUS_X, SKILLED, convert_row, move_row, retrain_row, set_wage_row, switch_row
from sim.plan.names import REGIONS, TIERS


class TalentPool(RowAgent):
    """The people of one tier in one region; fields in `sim.state.people`. Every method below is a decision."""

    table: ClassVar[str] = "pools"
    flow_table: ClassVar[str] = "pool_flows"

    @property
    def place(self) -> tuple[str, str]:
        """Return region and tier by name."""
        return REGIONS[int(self.record.region)], TIERS[int(self.record.tier)]

    def set_wages(self) -> float:
        """Return the wage of the quarter, thousand CNY/year."""
        return set_wage_row(self.record, self.model.nation, self.model.parameters)

    def convert(self) -> float:
        """Return software staff who join the pool, persons."""
        m = self.model
        return convert_row(self.record, m.region_of(self), m.nation, m.parameters)

    def switch_tier(self) -> float:
        """Return people without a post who retrain for the neighbouring tier, persons."""
        step = {ENGINEER: 1, PLUS_X: -1}.get(int(self.record.tier), 0)
        return switch_row(self.record, self.model.state.pools[self.row + step], self.model.parameters)

    def move(self) -> tuple[float, float, float]:
        """Return people who leave the region, the pool's pull on movers, people who leave AI work."""
        return move_row(self.record, self.model.nation, self.model.parameters)

    def retrain(self) -> tuple[float, float, float]:
        """Return displaced workers reabsorbed elsewhere, entering training, retrained."""
        m = self.model
        return retrain_row(self.record, m.pool_of(self, SKILLED), m.region_of(self), m.nation, m.policy, m.parameters)
