"""AI core firms."""

from __future__ import annotations

from typing import ClassVar

from sim.agents.view import RowAgent
from sim.kernels.accounts import invest_row
from sim.kernels.demography import close_row
from sim.kernels.finance import seek_equity_row, sell_stakes_row
from sim.kernels.grants import apply_for_grants_row
from sim.kernels.market import buy_compute_row, compete_row, set_price_row
from sim.kernels.research import innovate_row, plan_research_row
from sim.kernels.staffing import plan_staff_row
from sim.plan.names import CORE_SECTORS, REGIONS


class Firm(RowAgent):
    """One AI core firm; fields in `sim.state.firms`. Every method below is a decision and may be overridden."""

    table: ClassVar[str] = "firms"
    flow_table: ClassVar[str] = "firm_flows"

    @property
    def place(self) -> tuple[str, str]:
        """Return region and core sector by name."""
        return REGIONS[int(self.record.region)], CORE_SECTORS[int(self.record.sector)]

    def seek_equity(self) -> tuple[float, float]:
        """Return equity asked of the private fund and of the region's guidance fund, mn CNY."""
        m = self.model
        region, sector = m.region_of(self), m.sector_of(self)
        return seek_equity_row(self.record, region, sector, m.state.pools, m.policy, m.before, m.parameters, m.key, m.q)

    def apply_for_grants(self) -> tuple[float, float]:
        """Return the standing of the applications for an industrial grant and for research money; 0 = none."""
        m = self.model
        return apply_for_grants_row(self.record, m.sector_of(self), m.policy, m.parameters, m.key, m.q)

    def plan_research(self) -> tuple[float, float]:
        """Return the R&D budget and the investors' money meant for growth, mn CNY/quarter."""
        m = self.model
        return plan_research_row(
            self.record, self.flow, m.state.pools, m.nation, m.policy, m.before, m.world, m.parameters
        )

    def plan_staff(self) -> tuple[float, float, float]:
        """Return the senior, engineering and AI+X staff the firm would employ, persons."""
        m = self.model
        return plan_staff_row(self.record, self.flow, m.region_of(self), m.state.pools, m.parameters)

    def set_prices(self) -> float:
        """Return the price of AI technology, index with 2016 = 1."""
        m = self.model
        return set_price_row(self.record, m.pool_of(self, 2), m.nation, m.parameters)

    def buy_compute(self) -> float:
        """Return the money spent on computing, mn CNY/quarter."""
        return buy_compute_row(self.record, self.model.state.pools, self.model.parameters)

    def invest(self) -> float:
        """Return the equipment bought, mn CNY/quarter."""
        return invest_row(self.record, self.flow, self.model.parameters)

    def innovate(self) -> tuple[float, int, float, float, float]:
        """Return knowledge in reach, innovations, quality and R&D stock after the quarter, and R&D done (mn CNY)."""
        m = self.model
        return innovate_row(
            self.record,
            m.region_of(self),
            m.sector_of(self),
            m.state.pools,
            m.nation,
            m.policy,
            m.before,
            m.world,
            m.parameters,
            m.key,
            m.q,
        )

    def compete(self) -> tuple[float, float, bool, bool]:
        """Return pull on private and on public orders, first public order won, pilot zone joined."""
        m = self.model
        return compete_row(self.record, m.sector_of(self), m.policy, m.parameters, m.key, m.q)

    def sell_stakes(self) -> tuple[float, float, float]:
        """Return what private and guidance investors get and the firm raises when it lists, mn CNY; mostly 0."""
        m = self.model
        return sell_stakes_row(self.record, m.sector_of(self), m.policy, m.before, m.parameters, m.key, m.q)

    def close(self) -> int:
        """Return why the firm closes: 0 it stays, 1 no cash, 2 no market, 3 hazard of age."""
        m = self.model
        return close_row(self.record, self.flow, m.policy, m.before, m.parameters, m.key, m.q)
