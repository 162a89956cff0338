"""Tables of the seeds: CSV files as named NumPy columns, typed by their sidecar.

Called by whoever needs seed figures; imports NumPy and this package's reader of sidecars, never pandas.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.errors import SeedError, nearest
from sim.seeds.files import locate
from sim.seeds.sidecars import Column, Sidecar, load_sidecar


@dataclass(frozen=True)
class Table:
    """One table: every column is a read-only array of `rows` entries, in the order of the file.

    `columns` holds float64 (empty cell: nan) for numbers, int64 for integers, bool for booleans, str for the rest
    (empty cell: empty text). `meta` is the sidecar: units, meanings, sources.
    """

    name: str
    columns: Mapping[str, npt.NDArray[Any]]
    rows: int
    meta: Sidecar

    def __getitem__(self, column: str) -> npt.NDArray[Any]:
        """Return one column; raises SeedError naming the nearest when there is none of that name."""
        try:
            return self.columns[column]
        except KeyError:
            hint = nearest(column, list(self.columns))
            raise SeedError(f"{self.name}: no column {column}. {hint}".rstrip()) from None

    def where(self, **values: Any) -> Table:
        """Return the rows in which every named column equals the given value.

        Parameters
        ----------
        **values
            Column name -> value wanted.

        Returns
        -------
        Table
            The same columns with the matching rows in file order, perhaps none.

        Raises
        ------
        SeedError
            When a column does not exist.
        """
        mask = np.ones(self.rows, dtype=np.bool_)
        for column, value in values.items():
            mask &= self[column] == value
        return _table(self.name, {name: array[mask] for name, array in self.columns.items()}, self.meta)

    def matrix(self, columns: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return numeric columns side by side.

        Parameters
        ----------
        columns
            Names, in the order wanted.

        Returns
        -------
        float64[rows, n_columns]
            In the units of the columns.

        Raises
        ------
        SeedError
            When a column does not exist.
        """
        return np.column_stack([self[column] for column in columns]).astype(np.float64)


@cache
def read_table(name: str) -> Table:
    """Return `seeds/<name>.csv`; read once a process.

    Parameters
    ----------
    name
        Folder and stem, as in `population/regions`.

    Returns
    -------
    Table
        All columns of the sidecar; the same object at every call.

    Raises
    ------
    SeedError
        When the file or its sidecar is missing, a declared column is absent, or a cell is not of its type.
    """
    path = locate(name, ".csv")
    return parse_table(path, load_sidecar(path), name)


def parse_table(path: Path, sidecar: Sidecar, name: str = "") -> Table:
    """Return any CSV file that has the columns of `sidecar`, for example a user's observations like the history.

    Parameters
    ----------
    path
        The file, UTF-8 with or without a byte order mark; its columns may stand in any order.
    sidecar
        What the columns are.
    name
        Name of the table; the file's stem when empty.

    Returns
    -------
    Table
        The declared columns; others are left out.

    Raises
    ------
    SeedError
        When a declared column is absent, a row has another number of cells than the header, or a cell is not of its
        type; the message names file, line and column. Ranges and references are the work of `check`.
    """
    header, lines = read_cells(path)
    columns = {}
    for column in sidecar.columns:
        if column.name not in header:
            raise SeedError(f"{path.name}: lacks the column {column.name}")
        place = header.index(column.name)
        columns[column.name] = _array([line[place] for line in lines], column, path.name)
    return _table(name or path.stem, columns, sidecar)


def read_cells(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a CSV file as text; raises SeedError when a row has more or fewer cells."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if line]
    if not lines:
        raise SeedError(f"{path.name}: is empty")
    header, rows = lines[0], lines[1:]
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise SeedError(f"{path.name}: row {number} has {len(row)} cells, the header {len(header)}")
    return header, rows


def _table(name: str, columns: dict[str, npt.NDArray[Any]], meta: Sidecar) -> Table:
    for array in columns.values():
        array.setflags(write=False)
    rows = len(next(iter(columns.values()))) if columns else 0
    return Table(name=name, columns=MappingProxyType(columns), rows=rows, meta=meta)


def _number(text: str) -> float:
    return float(text) if text else float("nan")


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("write true or false")
    return text == "true"


_PARSERS: dict[str, tuple[Callable[[str], Any], type[np.generic]]] = {
    "number": (_number, np.float64),
    "integer": (int, np.int64),
    "boolean": (_boolean, np.bool_),
    "string": (str, np.str_),
    "category": (str, np.str_),
}


def parse_cell(text: str, column: Column) -> Any:
    """Return the value of one cell; raises ValueError when the text is not of the column's type."""
    return _PARSERS[column.type][0](text)


def _array(cells: list[str], column: Column, place: str) -> npt.NDArray[Any]:
    parse, dtype = _PARSERS[column.type]
    try:
        return np.array([parse(cell) for cell in cells], dtype=dtype)
    except ValueError:
        for number, cell in enumerate(cells, start=2):
            try:
                parse(cell)
            except ValueError as error:
                text = f"{place}: row {number}: {column.name} = {cell!r} is no {column.type}"
                raise SeedError(text) from error
        raise
