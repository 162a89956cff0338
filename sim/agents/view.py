"""The one adapter to `mesa.Agent`: an agent that is a view on one row and holds no data of its own.

Used by the agent classes; must not import kernels or the model at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np

if TYPE_CHECKING:
    from sim.model import RoadmapModel


class RowAgent(mesa.Agent):
    """One row of a population. Reading an attribute reads the row: stocks first, then this quarter's flows.

    `row` is a place and may be used again after the agent is gone; `identity` is permanent.
    """

    table: ClassVar[str]
    flow_table: ClassVar[str]
    model: RoadmapModel

    def __init__(self, model: RoadmapModel, row: int) -> None:
        """Look at row `row` of the population."""
        super().__init__(model)
        self.row = row
        self.identity = int(self.record["id"])

    @property
    def record(self) -> np.record:
        """Return the agent's stocks: a view, so writing to it changes the model."""
        return getattr(self.model.state, self.table)[self.row]

    @property
    def flow(self) -> np.record:
        """Return the agent's decisions and payments of this quarter: a view."""
        return getattr(self.model.state, self.flow_table)[self.row]

    def __getattr__(self, name: str) -> Any:
        """Return a field of the row.

        Raises
        ------
        AttributeError
            When neither stocks nor flows have a field of that name.
        """
        if not name.startswith("_"):
            for record in (self.record, self.flow):
                if name in (record.dtype.names or ()):
                    return record[name]
        raise AttributeError(f"{type(self).__name__} has no {name}")

    def __dir__(self) -> list[str]:
        """List methods and fields, for completion in notebooks."""
        return [*super().__dir__(), *(self.record.dtype.names or ()), *(self.flow.dtype.names or ())]
