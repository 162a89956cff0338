"""Where a lever's effect shows: a field of the model's state and the direction in which it moves.

Part of the catalogue (`shows` and `later` in seeds/plan/levers.yaml). The tables and fields themselves are declared in
`sim.state`, which this module may not import; a test holds the two together.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

Direction = Literal["+", "-", "none", "either"]

_PLACE = re.compile(r"([a-z_]+)\.([a-z_0-9]+)(?:\[([a-z_]+)=(\d+)\])?")


class Effect(BaseModel):
    """One field of the state that a lever moves, and how.

    `sign` is the direction of the sum over rows when the lever rises: + or -, none when rows move but not their sum,
    either when no direction is claimed. `occasional`: not in every quarter, because a draw or a date decides.
    `label` and `value` narrow the sum to the rows whose label has that value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: str
    field: str
    sign: Direction
    occasional: bool = False
    label: str | None = None
    value: int | None = None

    @property
    def name(self) -> str:
        """Return `table.field`."""
        return f"{self.table}.{self.field}"

    @property
    def place(self) -> str:
        """Return `table.field`, with the rows meant, as the catalogue writes it."""
        return self.name + ("" if self.label is None else f"[{self.label}={self.value}]")

    def __str__(self) -> str:
        """Return the place with its direction."""
        return f"{self.place} ({self.sign}{', at times' if self.occasional else ''})"


def _effects(given: Any) -> Any:
    """Return the entries of a mapping from places to directions."""
    if not isinstance(given, dict):
        return given
    entries = []
    for place, sign in given.items():
        found = _PLACE.fullmatch(str(place))
        if found is None:
            raise ValueError(f"{place} is not written table.field or table.field[label=number]")
        table, field, label, value = found.groups()
        direction = str(sign)
        entries.append(
            {
                "table": table,
                "field": field,
                "label": label,
                "value": value,
                "sign": direction.removesuffix("?"),
                "occasional": direction.endswith("?"),
            }
        )
    return tuple(entries)


Effects = Annotated[tuple[Effect, ...], BeforeValidator(_effects)]
