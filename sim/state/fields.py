"""How a population's fields are declared, and record arrays made from the declaration.

Imports nothing of the package but the names of the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

# A numpy.recarray. Its fields are declared as data, out of reach of static types.
Rows: TypeAlias = Any

_TYPES = {"number": np.float64, "count": np.int64, "flag": np.bool_}


@dataclass(frozen=True, slots=True)
class Field:
    """One quantity of one population.

    `kind` is stock (carried over), flow (this quarter's), rate, share, price, or label (an identity that never
    changes); `shape` is () or the lengths of its inner dimensions.
    """

    name: str
    unit: str
    kind: str
    meaning: str
    type: str = "number"
    shape: tuple[int, ...] = ()


def record_type(fields: Sequence[Field]) -> np.dtype[Any]:
    """Return the record dtype (aligned, attribute access) of the declared fields."""
    layout = [(field.name, _TYPES[field.type], field.shape) for field in fields]
    return np.dtype((np.record, np.dtype(layout, align=True)))


def empty(fields: Sequence[Field], rows: int | tuple[int, ...]) -> Rows:
    """Return zeroed records of the declared fields.

    Parameters
    ----------
    fields
        The declaration.
    rows
        Number of rows, or a shape.

    Returns
    -------
    numpy.recarray
        All fields zero or False.
    """
    records = np.recarray(rows, dtype=record_type(fields))
    records.view(np.uint8).reshape(-1)[:] = 0
    return records
