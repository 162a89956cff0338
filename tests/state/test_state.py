"""The state: views of one block, declared fields, and the constants that compiled code takes for granted."""

from __future__ import annotations

import numpy as np
import pytest
from small_economy import bare, shrink

from sim.kernels import adoption, entry, finance, institutes, talent, totals, world
from sim.outcomes import RECORD as OUTCOMES
from sim.parameters import RECORD as PARAMETER_RECORD
from sim.plan.names import APPLICATIONS, CORE_SECTORS, FIELDS, REGIONS, TIERS
from sim.population import populate
from sim.state import KEY_FIELDS, POLICY, TABLES, WORLD_FIELDS, Sizes, State, allocate, record_type
from sim.state.fields import Field, empty
from sim.state.finance import PARTIES, Flow, FundKind, Holder
from sim.state.firms import FIRM_TIERS, FIRMS

DECLARED = TABLES | {"policy": POLICY, "world": WORLD_FIELDS, "key": KEY_FIELDS}
EVERY_FIELD = [
    pytest.param(table, field, id=f"{table}.{field.name}") for table, own in DECLARED.items() for field in own
]
KINDS = {"stock", "flow", "rate", "share", "price", "label"}
FEW = Sizes(firms=7, births=3, institutes=5, funds=4, adopters=13)


def test_allocate_tables_lie_in_one_block_without_overlap_each_on_a_cache_line() -> None:
    state, memory = allocate(FEW)
    start = memory.__array_interface__["data"][0]
    ends = start
    for table in state:
        place = table.__array_interface__["data"][0]
        assert place >= ends
        assert (place - start) % 64 == 0
        ends = place + table.nbytes
    assert ends <= start + memory.nbytes
    assert not memory.any()


def test_allocate_writing_a_record_shows_in_the_block_and_copying_the_block_copies_the_state() -> None:
    state, memory = allocate(FEW)
    state.pools[4].wage = 321.5
    state.firms[6].staff[2] = 17.0
    twin, other = allocate(FEW)
    assert memory.any()
    other[:] = memory
    assert twin.pools[4].wage == 321.5
    assert twin.firms.staff[6].tolist() == [0.0, 0.0, 17.0]


def test_allocate_gives_every_table_its_rows_and_flows_those_of_their_owner() -> None:
    state, _ = allocate(FEW)
    rows = {name: len(table) for name, table in state._asdict().items()}
    assert rows == FEW.rows()
    assert rows["firms"] == rows["firm_flows"] == 7
    assert (rows["pools"], rows["regions"], rows["books"]) == (155, 31, len(Flow))


def test_state_has_a_table_for_each_declaration_in_the_same_order() -> None:
    assert State._fields == tuple(TABLES)


def test_empty_records_are_zero() -> None:
    assert not empty(FIRMS, 5).view(np.uint8).any()


@pytest.mark.parametrize(("table", "field"), EVERY_FIELD)
def test_field_has_unit_kind_meaning_and_type(table: str, field: Field) -> None:
    assert field.unit.strip()
    assert field.kind in KINDS
    assert len(field.meaning) > 3
    assert field.type in ("number", "count", "flag")


@pytest.mark.parametrize(("table", "field"), EVERY_FIELD)
def test_field_name_hides_no_attribute_of_numpy_records(table: str, field: Field) -> None:
    assert field.name not in {*dir(np.record), *dir(np.recarray)}


@pytest.mark.parametrize("layout", [PARAMETER_RECORD, OUTCOMES], ids=["parameters", "outcomes"])
def test_record_of_parameters_and_outcomes_hides_no_attribute_of_numpy_records(layout: np.dtype) -> None:
    assert not set(layout.names) & {*dir(np.record), *dir(np.recarray)}


@pytest.mark.parametrize("table", list(DECLARED))
def test_table_names_each_field_once_and_holds_fixed_types_only(table: str) -> None:
    names = [field.name for field in DECLARED[table]]
    assert len(set(names)) == len(names)
    layout = record_type(DECLARED[table])
    assert layout.isalignedstruct
    assert {layout[name].base for name in names} <= {np.dtype(kind) for kind in (np.float64, np.int64, np.bool_)}


@pytest.mark.parametrize("table", [name for name in TABLES if name.endswith("_flows")])
def test_flow_table_shares_no_field_name_with_its_stocks(table: str) -> None:
    # A Mesa agent looks a name up in its stocks first, then in its flows.
    stocks = {field.name for field in TABLES[f"{table.removesuffix('_flows')}s"]}
    shared = stocks & {field.name for field in TABLES[table]}
    assert shared == set()


def test_stocks_of_a_firm_take_248_bytes_and_may_not_exceed_300() -> None:
    size = record_type(FIRMS).itemsize
    assert size == 248
    assert size <= 300


def test_economy_of_default_size_takes_less_than_ten_megabytes() -> None:
    _, memory = allocate(Sizes())
    assert memory.nbytes < 10_000_000


def test_every_payment_has_two_parties_one_of_them_in_the_model() -> None:
    assert len(PARTIES) == len(Flow)
    for flow, (payer, payee) in zip(Flow, PARTIES, strict=True):
        assert payer != payee
        if flow == Flow.CENTRE_WAGES:  # foreign centres hold no cash here, but their staff is counted
            continue
        assert {payer, payee} & {Holder.FIRMS, Holder.INSTITUTES, Holder.FUNDS, Holder.ADOPTERS, Holder.GOVERNMENT}


def test_numbers_of_fields_sectors_and_tiers_in_kernels_are_those_of_the_names() -> None:
    assert world._CHIPS == institutes._CHIPS == FIELDS.index("computing_chips")
    assert APPLICATIONS.index("manufacturing") == adoption._MANUFACTURING
    tiers = (talent.SENIOR, talent.ENGINEER, talent.PLUS_X, talent.SKILLED, talent.DISPLACED)
    assert [TIERS[tier] for tier in tiers] == ["senior", "engineer", "ai_plus_x", "skilled_user", "displaced"]
    assert len(TIERS) == 5
    assert FIRM_TIERS == 3
    assert (totals.STARTUP, totals.SPIN_OFF, totals.INCUMBENT) == (entry.STARTUP, entry.SPIN_OFF, entry.INCUMBENT)


def test_place_codes_of_entrants_hold_all_regions_sectors_and_origins() -> None:
    assert len(REGIONS) <= 32
    assert len(CORE_SECTORS) <= 8
    found = {
        int(entry.entrant_id(q, region, sector, origin, ordinal))
        for q in (0, 1, 99)
        for region in (0, 1, 30)
        for sector in (0, 1, 5)
        for origin in (0, 1, 2)
        for ordinal in (0, 1, 100)
    }
    assert len(found) == 3**5
    assert min(found) > 2**40  # above the ids of the first firms
    assert max(found) < 2**44  # below the row of an institute in the ids of spin-offs


def test_first_guidance_row_is_where_the_funds_of_regions_begin() -> None:
    state, _ = populate(1)
    for region in range(len(REGIONS)):
        fund = state.funds[finance.FIRST_GUIDANCE + region]
        assert (fund.kind, fund.region) == (FundKind.GUIDANCE, region)


def test_numbers_of_theories_and_technologies_that_kernels_divide_by_are_those_of_the_seeds() -> None:
    state, _ = populate(1)
    assert np.bincount(state.fields.kind).tolist() == [5, 3, 8]
    assert int((~state.applications.public).sum()) == 6
    assert len(state.applications) == len(APPLICATIONS)


def test_small_economy_copies_have_memory_of_their_own() -> None:
    one = shrink(3, 2, 5, rows=170)
    twin = one.copy()
    assert np.array_equal(one.memory, twin.memory)
    twin.state.nations[0].gdp = 7.0
    assert one.state.nations[0].gdp != 7.0
    assert not bare(one.state).memory.any()
