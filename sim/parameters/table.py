"""How a parameter of the model is declared, and the declarations read from seeds/priors/parameters.csv.

Used by this package only. Imports nothing of the package but `seeds` and `errors`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType

from sim.errors import SeedError
from sim.seeds import read_table


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the model: its unit, range, meaning, source and how it is sampled.

    `role` is uncertainty (sampled) or constant (fixed unless a scenario sets it). `status` is estimated (`evidence`, an
    id of seeds/priors/priors.csv, or `source`, a key of seeds/sources.csv, measures it) or assumed (`why` says why).
    `prior` is the value before the first fit and `moved` the reason of the move. `choices` lists structural
    alternatives, drawn with equal chance in place of the range.
    """

    name: str
    group: str
    unit: str
    low: float
    default: float
    high: float
    meaning: str
    role: str = "uncertainty"
    status: str = "assumed"
    evidence: str = ""
    source: str = ""
    why: str = ""
    prior: float | None = None
    moved: str = ""
    choices: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself.

        Raises
        ------
        SeedError
            When the default lies outside the range, or a value comes without source or reason.
        """
        if not self.low <= self.default <= self.high:
            raise SeedError(f"{self.name}: default {self.default} outside [{self.low}, {self.high}] {self.unit}")
        if self.status == "assumed" and not self.why:
            raise SeedError(f"{self.name}: assumed without a reason")
        if self.status == "estimated" and not (self.evidence or self.source):
            raise SeedError(f"{self.name}: estimated without a source")
        if (self.prior is None) != (not self.moved):
            raise SeedError(f"{self.name}: a moved parameter needs its former value and the reason")


def read_parameters() -> MappingProxyType[str, Parameter]:
    """Return every parameter by name, in the order of the table.

    Raises
    ------
    SeedError
        When the table is missing or one of its declarations contradicts itself.
    """
    table = read_table("priors/parameters")
    parameters = {}
    for row in range(table.rows):
        cell = {name: column[row].item() for name, column in table.columns.items()}
        cell["choices"] = tuple(float(part) for part in cell["choices"].split("|") if part)
        cell["prior"] = None if math.isnan(cell["prior"]) else cell["prior"]
        parameters[cell["name"]] = Parameter(**cell)
    return MappingProxyType(parameters)
