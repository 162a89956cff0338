"""The government: levers in force, ledger, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.plan.lever_ids import Lever
from sim.state import VECTOR_LEVERS

if TYPE_CHECKING:
    from sim.model import RoadmapModel


class Government(mesa.Agent):
    """Reads and sets levers; everything it shows belongs to the quarter in force."""

    model: RoadmapModel

    @property
    def levers(self) -> dict[str, float]:
        """Return the scalar levers in force, in their own units."""
        policy = self.model.policy
        return {lever.name: float(policy[lever.name]) for lever in Lever if lever.name not in VECTOR_LEVERS}

    @property
    def ledger(self) -> dict[str, tuple[float, float]]:
        """Return money set aside and paid out this quarter by lever, mn CNY; levers without money are left out."""
        rows = self.model.state.levers
        entries = {lever.name: (float(rows[lever].budgeted), float(rows[lever].disbursed)) for lever in Lever}
        return {name: entry for name, entry in entries.items() if any(entry)}

    @property
    def targets(self) -> tuple[object, ...]:
        """Return the scenario's targets; no rule of the economy reads them."""
        return self.model.spec.targets
