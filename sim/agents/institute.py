"""Research institutes."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import numpy.typing as npt

from sim.agents.view import RowAgent
from sim.kernels.institutes import choose_field_row, money_of, plan_institute_row, research_row
from sim.plan.names import REGIONS

KINDS = ("university school", "state laboratory", "enterprise laboratory", "defence-linked institute")


class Institute(RowAgent):
    """One research institute; fields in `sim.state.research`. Every method below is a decision."""

    table: ClassVar[str] = "institutes"
    flow_table: ClassVar[str] = "institute_flows"

    @property
    def place(self) -> tuple[str, str]:
        """Return region and kind by name."""
        return REGIONS[int(self.record.region)], KINDS[int(self.record.kind)]

    def choose_fields(self) -> npt.NDArray[np.float64]:
        """Return the effort by field aimed at, float64[16], shares."""
        m = self.model
        total = money_of(m.state.fields)
        return np.array(
            [choose_field_row(self.record, field, total, m.parameters, f) for f, field in enumerate(m.state.fields)]
        )

    def plan_institutes(self) -> tuple[float, float]:
        """Return the senior scientists and engineers the institute would employ, persons."""
        return plan_institute_row(self.record, self.flow, self.model.state.pools, self.model.parameters)

    def research(self) -> tuple[float, float, int]:
        """Return effective researchers, the share of results within civil reach, and the firms that staff found."""
        m = self.model
        return research_row(self.record, self.flow, m.nation, m.policy, m.before, m.parameters, m.key, m.q)
