"""The one door to `seeds/`: tables and documents the model grows from, checked against their sidecars.

Called by `plan`, `parameters`, `population` and whatever compares results with published figures.
Must not import pandas, xarray, Numba or anything of the package but `errors`: it is on the path of every command.
"""

from sim.seeds.check import check_all, find_problems
from sim.seeds.documents import read_document
from sim.seeds.files import digest, root
from sim.seeds.sidecars import Column, Sidecar, read_sidecar
from sim.seeds.tables import Table, parse_table, read_table

__all__ = [
    "Column",
    "Sidecar",
    "Table",
    "check_all",
    "digest",
    "find_problems",
    "parse_table",
    "read_document",
    "read_sidecar",
    "read_table",
    "root",
]
