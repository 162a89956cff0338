"""The shipped sample of calibrated parameters: rows of values that fit the record, to be drawn run by run."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from sim.errors import SeedError
from sim.parameters import PARAMETERS
from sim.seeds import read_table

SAMPLE = "posterior/first_fit"


@cache
def read_posterior() -> dict[str, npt.NDArray[np.float64]]:
    """Return the sample by parameter, float64[draws] each; read once a process.

    Raises
    ------
    SeedError
        When the file is missing, or names a parameter that does not exist.
    """
    table = read_table(SAMPLE)
    unknown = [name for name in table.columns if name != "draw" and name not in PARAMETERS]
    if unknown:
        raise SeedError(f"{SAMPLE}: no parameter {', '.join(unknown)}")
    return {name: values for name, values in table.columns.items() if name != "draw"}
