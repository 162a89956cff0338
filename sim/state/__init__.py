"""The state of one economy: one record array per population, and what is given to it.

Allocated by `allocate`; written by kernels only. Why record arrays: docs/architecture.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.plan.lever_ids import Lever
from sim.plan.names import APPLICATIONS, CORE_SECTORS, FIELDS, REGIONS, TIERS
from sim.state.fields import Field, Rows, record_type
from sim.state.finance import BOOKS, FUND_FLOWS, FUNDS, LEVERS_STATE, Flow
from sim.state.firms import BIRTHS, FIRM_FLOWS, FIRMS
from sim.state.nation import GOALS, KEY, NATION, POLICY_VECTORS, WORLD
from sim.state.people import POOL_FLOWS, POOLS, REGIONS_STATE
from sim.state.research import FIELDS_STATE, INSTITUTE_FLOWS, INSTITUTES
from sim.state.users import ADOPTER_FLOWS, ADOPTERS, APPLICATIONS_STATE, SECTORS_STATE

__all__ = ["POLICY", "TABLES", "Scene", "Sizes", "State", "allocate", "record_type"]

VECTOR_LEVERS = tuple(field.name for field in POLICY_VECTORS)
POLICY: tuple[Field, ...] = (
    tuple(
        Field(lever.name, "see the catalogue", "flow", "level in force")
        for lever in Lever
        if lever.name not in VECTOR_LEVERS
    )
    + POLICY_VECTORS
)

TABLES: dict[str, tuple[Field, ...]] = {
    "firms": FIRMS,
    "firm_flows": FIRM_FLOWS,
    "births": BIRTHS,
    "institutes": INSTITUTES,
    "institute_flows": INSTITUTE_FLOWS,
    "pools": POOLS,
    "pool_flows": POOL_FLOWS,
    "funds": FUNDS,
    "fund_flows": FUND_FLOWS,
    "adopters": ADOPTERS,
    "adopter_flows": ADOPTER_FLOWS,
    "regions": REGIONS_STATE,
    "sectors": SECTORS_STATE,
    "applications": APPLICATIONS_STATE,
    "fields": FIELDS_STATE,
    "levers": LEVERS_STATE,
    "books": BOOKS,
    "nations": NATION,
}


class State(NamedTuple):
    """Everything that changes in a run: one record array per population (fields: TABLES)."""

    firms: Rows
    firm_flows: Rows
    births: Rows
    institutes: Rows
    institute_flows: Rows
    pools: Rows
    pool_flows: Rows
    funds: Rows
    fund_flows: Rows
    adopters: Rows
    adopter_flows: Rows
    regions: Rows
    sectors: Rows
    applications: Rows
    fields: Rows
    levers: Rows
    books: Rows
    nations: Rows


class Scene(NamedTuple):
    """Everything given to a run: paths by quarter, parameters, links, the random key."""

    policy: Rows  # levers in force, by quarter
    before: Rows  # one record: levers of the first quarter of 2016, the conditions that effects are set against
    goals: Rows  # targets that a review looks at, by quarter; read by no other phase
    headline: np.ndarray  # float64[3], weights of the sales accounts in the definition by which reviews judge
    movable: np.ndarray  # int64[63], 0 a review leaves the lever alone, 1 it serves supply, 2 it serves adoption
    world: Rows  # given from outside, by quarter
    parameters: Rows  # one record
    field_sector: np.ndarray  # float64[16, 6], columns sum to 1
    sector_application: np.ndarray  # float64[15, 6], rows sum to 1
    budgets: np.ndarray  # float64[quarters, 63], money set aside for each lever, mn CNY a quarter
    piloted: np.ndarray  # bool[63], levers whose new money may wait for pilots
    bought: np.ndarray  # bool[63], levers whose money buys goods and services of the rest of the economy
    key: Rows  # one record
    blank_flow: Rows  # firm_flows, one record of zeros: the flows of a firm that has just been founded


@dataclass(frozen=True, slots=True)
class Sizes:
    """Rows of the tables whose length is a choice."""

    firms: int = 8_000
    births: int = 2_000
    institutes: int = 1_200
    funds: int = 60
    adopters: int = 7_440

    def rows(self) -> dict[str, int]:
        """Return the number of rows of every table."""
        rows = {
            "firms": self.firms,
            "births": self.births,
            "institutes": self.institutes,
            "pools": len(REGIONS) * len(TIERS),
            "funds": self.funds,
            "adopters": self.adopters,
            "regions": len(REGIONS),
            "sectors": len(CORE_SECTORS),
            "applications": len(APPLICATIONS),
            "fields": len(FIELDS),
            "levers": len(Lever),
            "books": len(Flow),
            "nations": 1,
        }
        flows = {
            "firm_flows": "firms",
            "institute_flows": "institutes",
            "pool_flows": "pools",
            "fund_flows": "funds",
            "adopter_flows": "adopters",
        }
        return rows | {flow: rows[owner] for flow, owner in flows.items()}


_ALIGNMENT = 64


def allocate(sizes: Sizes) -> tuple[State, npt.NDArray[np.uint8]]:
    """Return a zeroed state and the one block of memory that holds it.

    A single block lets a run start by copying one, and makes the bytes of a run a plain number.

    Parameters
    ----------
    sizes
        Rows of firms, births, institutes, funds and adopters; the other tables follow the names of the plan.

    Returns
    -------
    State, uint8[bytes]
    """
    rows = sizes.rows()
    types = {name: record_type(fields) for name, fields in TABLES.items()}
    offsets, end = {}, 0
    for name, type_ in types.items():
        offsets[name] = end
        end += -(-type_.itemsize * rows[name] // _ALIGNMENT) * _ALIGNMENT
    memory = np.zeros(end, dtype=np.uint8)
    return attach(memory, rows, types, offsets), memory


def attach(
    memory: npt.NDArray[np.uint8],
    rows: dict[str, int],
    types: dict[str, np.dtype[Any]],
    offsets: dict[str, int],
) -> State:
    """Return the state whose tables are views of `memory` at the given offsets."""
    tables: dict[str, Rows] = {
        name: np.recarray(rows[name], dtype=types[name], buf=memory.data, offset=offsets[name]) for name in TABLES
    }
    return State(**tables)


GOALS_FIELDS, KEY_FIELDS, WORLD_FIELDS = GOALS, KEY, WORLD
