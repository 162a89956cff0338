"""Funds: central, regional guidance, market, venture, infrastructure."""

from __future__ import annotations

from typing import ClassVar

from sim.agents.view import RowAgent
from sim.kernels.finance import raise_capital_row
from sim.state.finance import FundKind


class Fund(RowAgent):
    """One fund; fields in `sim.state.finance`. Its method is a decision."""

    table: ClassVar[str] = "funds"
    flow_table: ClassVar[str] = "fund_flows"

    @property
    def kind_name(self) -> str:
        """Return what the fund is for."""
        return FundKind(int(self.record.kind)).name.lower()

    def raise_capital(self) -> tuple[float, float, float]:
        """Return public money paid in, money of others, and what the fund means to place, mn CNY."""
        m = self.model
        region = m.state.regions[max(0, int(self.record.region))]
        return raise_capital_row(self.record, region, m.state.levers, m.nation, m.policy, m.parameters)
