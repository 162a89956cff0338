"""User organisations."""

from __future__ import annotations

from typing import ClassVar

from sim.agents.view import RowAgent
from sim.kernels.adoption import adopt_row, deepen_row, order_row
from sim.kernels.staffing import plan_skills_row
from sim.plan.names import APPLICATIONS, REGIONS, SIZE_CLASSES


class Adopter(RowAgent):
    """One row of user organisations (`weight` of them); fields in `sim.state.users`. Every method is a decision."""

    table: ClassVar[str] = "adopters"
    flow_table: ClassVar[str] = "adopter_flows"

    @property
    def place(self) -> tuple[str, str, str]:
        """Return region, application and size class by name."""
        record = self.record
        return REGIONS[int(record.region)], APPLICATIONS[int(record.application)], SIZE_CLASSES[int(record.size_class)]

    def plan_skills(self) -> float:
        """Return the AI users the organisations would like to employ, persons."""
        m = self.model
        return plan_skills_row(
            self.record, self.flow, m.application_of(self), m.pool_of(self, 3), m.nation, m.parameters
        )

    def adopt(self) -> tuple[float, float, bool]:
        """Return readiness, the yearly hazard of adopting, and whether the organisations adopt this quarter."""
        m = self.model
        return adopt_row(
            self.record,
            self.flow,
            m.application_of(self),
            m.region_of(self),
            m.pool_of(self, 3),
            m.nation,
            m.policy,
            m.before,
            m.parameters,
            m.key,
            m.q,
        )

    def deepen(self) -> float:
        """Return AI intensity after the quarter, 0 to 1."""
        m = self.model
        return deepen_row(self.record, self.flow, m.application_of(self), m.policy, m.before, m.parameters)

    def order(self) -> tuple[float, float, float]:
        """Return own orders for technology and hardware, and the digital budget, mn CNY."""
        m = self.model
        return order_row(self.record, self.flow, m.application_of(self), m.nation, m.policy, m.parameters)
