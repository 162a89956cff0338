"""Every number of the model, declared once: unit, range, meaning, source.

`PARAMETERS` is read by scenarios (allowed ranges), the sampler and the documentation; `RECORD` is the layout in which
compiled code receives the values of a run. The declarations stand in seeds/priors/parameters.csv.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.parameters.table import Parameter, read_parameters

__all__ = ["PARAMETERS", "RECORD", "Parameter", "defaults"]

PARAMETERS = read_parameters()
RECORD = np.dtype((np.record, np.dtype([(name, np.float64) for name in PARAMETERS])))


def defaults(rows: int = 1) -> Any:
    """Return `rows` records of default values."""
    records = np.recarray(rows, dtype=RECORD)
    for name, parameter in PARAMETERS.items():
        records[name] = parameter.default
    return records
