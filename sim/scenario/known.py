"""What names and numbers of a scenario are judged against: the levers of the catalogue, the parameters of the model.

Made by `loading`, read by `validation`, `layers`, `checks` and `levers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sim.errors import nearest
from sim.plan.catalogue import LeverSpec


class ParameterLike(Protocol):
    """What a scenario needs to know of a model parameter."""

    @property
    def unit(self) -> str:
        """Unit of the value."""

    @property
    def default(self) -> float:
        """Value where nothing else is said."""

    @property
    def low(self) -> float:
        """Smallest value accepted."""

    @property
    def high(self) -> float:
        """Largest value accepted."""

    @property
    def role(self) -> str:
        """`uncertainty` when a run draws it, `constant` when it stays at its default."""

    @property
    def meaning(self) -> str:
        """What the number is, in a few words."""


@dataclass(frozen=True)
class Known:
    """Levers and parameters by name."""

    levers: Mapping[str, LeverSpec]
    parameters: Mapping[str, ParameterLike]

    def lever_range(self, name: str) -> str:
        """Return the range of a lever with its unit, as messages show it; empty for an unknown name."""
        lever = self.levers.get(name)
        return f"{lever.range[0]:.10g} to {lever.range[1]:.10g} {lever.unit.en}" if lever else ""

    def parameter_range(self, name: str) -> str:
        """Return the range of a parameter with its unit, as messages show it; empty for an unknown name."""
        parameter = self.parameters.get(name)
        unit = f" {parameter.unit}" if parameter and parameter.unit != "1" else ""
        return f"{parameter.low:.10g} to {parameter.high:.10g}{unit}" if parameter else ""

    def nearest_lever(self, name: str) -> str:
        """Return a hint with the nearest name of a lever, empty when none is near."""
        return nearest(name[:80], list(self.levers))
