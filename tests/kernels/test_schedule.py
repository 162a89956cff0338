"""The order of a quarter: the compiled quarter is the schedule, stages stand as the model says, one writer a field."""

from __future__ import annotations

import ast
import inspect
import textwrap

import pytest
from small_economy import QUARTERS_RUN, Economy

from sim import driver
from sim._jit import plain
from sim.schedule import SCHEDULE
from sim.state import TABLES, Scene, State

STAGES = (
    "policy",
    "frontier and shocks",
    "talent",
    "funds",
    "institutes",
    "firms' plans",
    "innovation",
    "adoption",
    "market",
    "accounts",
    "exit and entry",
    "measurement",
)

# Flows, rates and prices that more than one phase writes, with all their writers; every other has one. `found_firms`
# also gives a new firm a blank row of flows, and `liquidate` empties two flows of a firm that closes.
SHARED = {
    "firm_flows.listing": {"sell_stakes", "liquidate"},
    # bought, paid for and then split: what was ordered becomes what was delivered
    "firm_flows.public_technology": {"offer_orders", "share_sales"},
    "firm_flows.investment": {"invest", "liquidate"},
    "firm_flows.tax": {"pay_taxes", "liquidate"},
    # cleared when the quarter's capital comes in, then summed over firms
    "fund_flows.asked": {"pay_commitments", "place_equity"},
    "fund_flows.placed": {"pay_commitments", "place_equity"},
    "fund_flows.dividends": {"pay_commitments", "credit_funds"},
    "fund_flows.sales": {"pay_commitments", "credit_funds"},
    # set by the market, taken over by the firm, again for an entrant
    "firms.price": {"provide_compute", "found_firms"},
    "firms.backlog": {"carry_firms", "found_firms"},
    "firms.technology_sales": {"carry_firms", "found_firms"},
    "firms.bundled_sales": {"carry_firms", "found_firms"},
    "firms.line_sales": {"carry_firms", "found_firms"},
    # sum of shares before and after they move
    "sectors.shares": {"measure_sectors", "move_shares"},
    # registered by region, then by institute
    "nations.births": {"draw_births", "draw_spin_offs"},
    # a purse is opened once; each use books what it pays
    "levers.budgeted": {"enact_policy", "pay_orders"},
    "levers.misused": {"enact_policy", "award_grants"},
    "levers.forgone": {"enact_policy", "size_venture", "pay_taxes"},
    "levers.disbursed": {
        *("enact_policy", "buy_programmes", "pay_commitments", "award_grants", "fund_institutes"),
        *("pay_orders", "pay_public_orders", "support_displaced"),
    },
    # the books: every phase that pays or receives
    "books.paid": {
        *("open_books", "buy_programmes", "pay_commitments", "award_grants", "fund_institutes", "pay_orders"),
        *("pay_public_orders", "pay_costs", "pay_taxes", "close_firm_books", "settle_institutes", "credit_funds"),
        *("settle_funds", "book_rest", "book_suppliers", "liquidate", "found_firms", "support_displaced"),
    },
    "books.received": {
        *("open_books", "pay_commitments", "issue_equity", "award_grants", "fund_institutes", "share_sales"),
        *("pay_orders", "book_households", "settle_funds", "book_rest", "book_suppliers", "book_government"),
        *("liquidate", "found_firms", "credit_funds"),
    },
}

# Stocks and shares with several writers: each phase adds or takes what it moved.
STOCKS = {
    "firms.share": {"move_shares", "carry_firms", "found_firms"},
    "firms.staff": {"match_staff", "liquidate", "found_firms"},
    "firms.cash": {"carry_firms", "liquidate", "found_firms"},
    "firms.venture_stake": {"issue_equity", "credit_funds", "found_firms"},
    "firms.guidance_stake": {"issue_equity", "credit_funds", "found_firms"},
    "funds.cash": {"carry_others", "liquidate"},
    # what a listing raises comes after the firm's books are closed
    "firm_flows.cash_next": {"close_firm_books", "credit_funds", "found_firms"},
    "regions.software_workforce": {"teach", "settle_people"},
    "pools.available": {"teach", "settle_people", "match_staff", "put_to_use", "liquidate", "found_firms"},
    "pools.in_firms": {"match_staff", "liquidate", "found_firms"},
    "nations.abroad": {"teach", "settle_people"},
    "nations.drawn": {"teach", "settle_people", "put_to_use", "found_firms"},
    "regions.latent": {"draw_births"},
}


def calls_of_quarter() -> list[ast.Call]:
    """Return the calls that stand in the body of the compiled quarter, in order."""
    body = ast.parse(textwrap.dedent(inspect.getsource(plain(driver.quarter)))).body[0].body
    return [node.value for node in body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]


def test_compiled_quarter_calls_the_phases_of_the_schedule_in_order() -> None:
    assert [call.func.id for call in calls_of_quarter()] == [phase.name for phase in SCHEDULE]


def test_compiled_quarter_passes_each_kernel_what_its_parameters_are_named() -> None:
    for call, phase in zip(calls_of_quarter(), SCHEDULE, strict=True):
        assert not call.keywords
        assert tuple(argument.id for argument in call.args) == phase.inputs, phase.name


def test_compiled_quarter_takes_every_name_from_the_table_of_that_name() -> None:
    body = ast.parse(textwrap.dedent(inspect.getsource(plain(driver.quarter)))).body[0].body
    taken = {node.targets[0].id: ast.unparse(node.value) for node in body if isinstance(node, ast.Assign)}
    expected = {name: f"state.{name}" for name in State._fields if name != "nations"}
    expected |= {name: f"scene.{name}" for name in Scene._fields}
    expected |= {"nation": "state.nations[0]", "parameters": "scene.parameters[0]", "key": "scene.key[0]"}
    expected |= {"before": "scene.before[0]"}
    expected |= {"policy": "scene.policy[q]", "world": "scene.world[q]"}
    assert taken == {name: expected[name] for name in taken}
    assert set(taken) | {"q"} >= {name for phase in SCHEDULE for name in phase.inputs}


def test_driver_calls_the_kernels_that_the_schedule_names_and_no_namesakes() -> None:
    for phase in SCHEDULE:
        assert getattr(driver, phase.name) is phase.kernel


def test_stages_stand_in_the_order_of_the_model() -> None:
    assert tuple(dict.fromkeys(phase.stage for phase in SCHEDULE)) == STAGES
    # No stage is left and entered again.
    places = [STAGES.index(phase.stage) for phase in SCHEDULE]
    assert places == sorted(places)


def test_phases_have_names_of_their_own_and_say_what_they_do() -> None:
    names = [phase.name for phase in SCHEDULE]
    assert len(set(names)) == len(names)
    assert all(phase.about.endswith(".") for phase in SCHEDULE)


def test_declared_outputs_of_decisions_are_fields_of_the_flow_table() -> None:
    for phase in SCHEDULE:
        if phase.decision is not None:
            flows = {field.name for field in TABLES[f"{phase.decision.population[:-1]}_flows"]}
            assert set(phase.decision.outputs) <= flows, phase.name


@pytest.fixture(scope="module")
def writers(economy: Economy) -> dict[str, set[str]]:
    """Return which phases were seen to change each field over five quarters."""
    walker = economy.copy()
    found: dict[str, set[str]] = {}
    for q in range(QUARTERS_RUN, QUARTERS_RUN + 5):
        before = walker.tables()
        for phase in SCHEDULE:
            phase.kernel(*walker.arguments(phase, q))
            after = walker.tables()
            for name, table in after.items():
                if table.tobytes() != before[name].tobytes():
                    for field in table.dtype.names:
                        if table[field].tobytes() != before[name][field].tobytes():
                            found.setdefault(f"{name}.{field}", set()).add(phase.name)
            before = after
    return found


def fields_of(*kinds: str) -> list[tuple[str, str]]:
    """Return table and field of every declared field of these kinds."""
    return [(table, field.name) for table, fields in TABLES.items() for field in fields if field.kind in kinds]


@pytest.mark.parametrize(("table", "field"), fields_of("flow", "rate", "price"))
def test_flow_has_one_writer_a_quarter(writers: dict[str, set[str]], table: str, field: str) -> None:
    seen = writers.get(f"{table}.{field}", set()) - ({"found_firms"} if table == "firm_flows" else set())
    if f"{table}.{field}" in SHARED:
        assert seen <= SHARED[f"{table}.{field}"]
    else:
        assert len(seen) <= 1


@pytest.mark.parametrize(("table", "field"), fields_of("stock", "share"))
def test_stock_has_its_declared_writers_or_one_and_the_founding_of_firms(
    writers: dict[str, set[str]], table: str, field: str
) -> None:
    seen = writers.get(f"{table}.{field}", set())
    if f"{table}.{field}" in STOCKS:
        assert seen <= STOCKS[f"{table}.{field}"]
    else:
        assert len(seen - {"found_firms", "found_institutes"}) <= 1


@pytest.mark.parametrize(("table", "field"), fields_of("label"))
def test_label_is_written_only_by_who_founds_or_closes(writers: dict[str, set[str]], table: str, field: str) -> None:
    founding = {"found_firms", "found_institutes", "liquidate", "draw_births", "draw_spin_offs"}
    reports = {"nations.worst_account": {"check_books"}, "adopters.adopted_at": {"put_to_use"}}
    assert writers.get(f"{table}.{field}", set()) <= reports.get(f"{table}.{field}", founding)


def test_writers_seen_cover_most_fields_so_that_the_check_is_not_empty(writers: dict[str, set[str]]) -> None:
    flows = fields_of("flow", "rate", "price")
    assert sum(f"{table}.{field}" in writers for table, field in flows) > 0.9 * len(flows)


@pytest.mark.parametrize(("table", "field"), [tuple(name.split(".")) for name in (*SHARED, *STOCKS)])
def test_declared_writers_are_phases_and_all_of_them_were_seen(
    writers: dict[str, set[str]], table: str, field: str
) -> None:
    name = f"{table}.{field}"
    declared = (SHARED | STOCKS)[name]
    assert declared <= {phase.name for phase in SCHEDULE}
    assert declared - writers[name] <= {"liquidate"} | (
        {"credit_funds", "found_firms"} if "stake" in field or "sales" in field else set()
    )
