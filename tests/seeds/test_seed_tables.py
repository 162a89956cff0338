"""Tables: columns typed by the sidecar, read-only, with units; bad files named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.errors import SeedError
from sim.seeds import Column, Sidecar, parse_table, read_sidecar, read_table, root

SIDECAR = Sidecar(
    title="t",
    description="d",
    sources=(),
    retrieved="2026-11",
    sha256="",
    columns=(
        Column("name", "string", "m", "", verified=True),
        Column("count", "integer", "m", "count", verified=True),
        Column("size", "number", "m", "bn CNY", verified=True, required=False),
        Column("seen", "boolean", "m", "", verified=True),
    ),
)


def write(path: Path, text: str) -> Path:
    """Write a small table and return its path."""
    path.write_text(text, encoding="utf-8")
    return path


def test_table_columns_have_declared_types(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", 'name,count,size,seen\n"a,b",1,2.5,true\nc,-2,,false\n')
    table = parse_table(path, SIDECAR)
    assert table.rows == 2
    assert table["name"].tolist() == ["a,b", "c"]
    assert (table["count"].dtype, table["count"].tolist()) == (np.dtype(np.int64), [1, -2])
    assert table["size"].dtype == np.dtype(np.float64)
    np.testing.assert_array_equal(table["size"], [2.5, np.nan])
    assert table["seen"].tolist() == [True, False]


def test_table_order_of_columns_in_the_file_does_not_matter(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", "seen,size,count,name\ntrue,2.5,1,a\n")
    table = parse_table(path, SIDECAR)
    assert (table["name"][0], table["count"][0], table["size"][0], table["seen"][0]) == ("a", 1, 2.5, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,count,size\na,1,2\n", "t.csv: lacks the column seen"),
        ("name,count,size,seen\na,1,x,true\n", "t.csv: row 2: size = 'x' is no number"),
        ("name,count,size,seen\na,1,1,true\nb,1.5,1,true\n", "t.csv: row 3: count = '1.5' is no integer"),
        ("name,count,size,seen\na,1,1,yes\n", "seen = 'yes' is no boolean"),
        ("name,count,size,seen\na,1,1\n", "t.csv: row 2 has 3 cells, the header 4"),
        ("", "t.csv: is empty"),
    ],
)
def test_table_bad_file_is_refused_with_row_and_column(text: str, message: str, tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", text)
    with pytest.raises(SeedError, match=message):
        parse_table(path, SIDECAR)


def test_table_with_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("name,count,size,seen\na,1,2,true\n", encoding="utf-8-sig")
    assert parse_table(path, SIDECAR)["name"].tolist() == ["a"]


def test_observation_file_with_columns_of_the_history_is_read(tmp_path: Path) -> None:
    lines = (root() / "history/history.csv").read_text(encoding="utf-8").splitlines()
    path = write(tmp_path / "observed.csv", "\n".join([lines[0], lines[-1]]) + "\n")
    table = parse_table(path, read_sidecar("history/history"))
    assert (table.name, table.rows) == ("observed", 1)


def test_table_where_keeps_matching_rows_in_order() -> None:
    wages = read_table("population/macro").where(series="ict_wage", status="sourced")
    assert wages["year"].tolist() == list(range(2016, 2023))
    assert read_table("population/macro").where(series="ict_wage", year=1900).rows == 0


def test_table_matrix_has_one_row_per_row() -> None:
    matrix = read_table("population/regions").matrix(["va_primary_2016", "gdp_2016"])
    assert matrix.shape == (31, 2)
    assert matrix[0].tolist() == [12.979, 2566.913]


def test_table_unknown_column_names_the_nearest() -> None:
    table = read_table("population/regions")
    with pytest.raises(SeedError, match="no column gdp_2015. Did you mean gdp_2016"):
        table["gdp_2015"]


def test_table_unknown_name_names_the_nearest() -> None:
    with pytest.raises(SeedError, match="Did you mean population/regions"):
        read_table("population/region")


def test_table_arrays_cannot_be_written() -> None:
    column = read_table("population/regions")["gdp_2016"]
    with pytest.raises(ValueError, match="read-only"):
        column[0] = 0.0


def test_table_read_twice_is_the_same_object() -> None:
    assert read_table("population/fields") is read_table("population/fields")


def test_sidecar_column_gives_unit_and_unknown_names_the_nearest() -> None:
    meta = read_sidecar("population/regions")
    assert meta.column("gdp_2016").unit == "bn CNY"
    with pytest.raises(KeyError, match="Did you mean gdp_2016"):
        meta.column("gdp_2061")


def test_import_of_seeds_loads_nothing_heavy() -> None:
    heavy = ("pandas", "xarray", "numba", "mesa", "matplotlib", "scipy", "pydantic")
    code = f"import sim.seeds, sys; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root().parent)
    assert done.stdout.strip() == "[]"
