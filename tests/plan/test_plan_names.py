"""Names and constants of compiled code are those of the seeds, in their order, and cost nothing to import."""

from __future__ import annotations

import subprocess
import sys

import numba
import numpy as np
import pytest

from sim.plan import names
from sim.plan.lever_ids import Lever
from sim.seeds import read_document, read_table, root


@pytest.mark.parametrize(
    ("tuple_name", "table", "column"),
    [
        ("REGIONS", "population/regions", "code"),
        ("CORE_SECTORS", "population/core_sectors", "id"),
        ("APPLICATIONS", "population/applications", "id"),
        ("FIELDS", "population/fields", "id"),
        ("FIELDS", "population/field_to_sector", "field"),
        ("APPLICATIONS", "population/sector_to_application", "application"),
    ],
)
def test_names_equal_the_rows_of_their_table(tuple_name: str, table: str, column: str) -> None:
    assert getattr(names, tuple_name) == tuple(read_table(table)[column].tolist())


@pytest.mark.parametrize("table", ["population/field_to_sector", "population/sector_to_application"])
def test_core_sectors_are_columns_of_the_link_matrices_in_order(table: str) -> None:
    columns = [name for name in read_table(table).columns if name in names.CORE_SECTORS]
    assert tuple(columns) == names.CORE_SECTORS


def test_every_name_stands_once() -> None:
    for tuple_name in ("REGIONS", "CORE_SECTORS", "APPLICATIONS", "FIELDS", "TIERS", "SIZE_CLASSES", "DEFINITIONS",
                       "CONSTRUCTIONS", "SHOCKS"):  # fmt: skip
        values = getattr(names, tuple_name)
        assert len(values) == len(set(values))


def test_definitions_are_those_of_measured_rows() -> None:
    measured = set(read_table("history/history")["measured_as"].tolist()) - {"", "firms"}
    assert measured == set(names.DEFINITIONS)


def test_lever_constants_equal_the_catalogue_in_order() -> None:
    assert [lever["id"] for lever in read_document("plan/levers")["levers"]] == [lever.name for lever in Lever]
    assert [int(lever) for lever in Lever] == list(range(63))


def test_lever_constant_indexes_an_array_in_compiled_code() -> None:
    @numba.njit
    def pick(levers: np.ndarray) -> float:
        return levers[Lever.rd_super_deduction] - levers[Lever.degree_places]  # type: ignore[no-any-return]

    levers = np.arange(63.0) * 2
    assert pick(levers) == 2.0 * (int(Lever.rd_super_deduction) - int(Lever.degree_places))


def test_import_of_names_and_constants_reads_nothing() -> None:
    heavy = ("pydantic", "ruamel", "numpy", "sim.seeds", "sim.plan.catalogue")
    code = f"import sim.plan.names, sim.plan.lever_ids, sys; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root().parent)
    assert done.stdout.strip() == "[]"


def test_package_gives_catalogue_on_demand_and_refuses_other_names() -> None:
    import sim.plan

    assert sim.plan.load_catalogue() is sim.plan.load_catalogue()
    with pytest.raises(AttributeError, match="no attribute 'load_catalog'"):
        getattr(sim.plan, "load_catalog")  # noqa: B009
