"""Single firms, user organisations and funds of a few runs, quarter by quarter: what an ensemble only totals.

Called by `results`. The quarter is walked phase by phase and not in one compiled call, because a firm that closes is
gone, and its row may hold a new one, before the quarter ends. The same bits as the ensemble: `Panel.quarters` is there
to be compared. Must not import xarray, files or plots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from sim import driver
from sim.ensemble import FIRM_ROWS, MOST_FIRM_ROWS, failure, population, sizes_of
from sim.kernels.demography import liquidate
from sim.kernels.record import record
from sim.outcomes import RECORD
from sim.parameters.posterior import read_posterior
from sim.parameters.sampling import sample
from sim.population import stage
from sim.scenario import Scenario
from sim.schedule import SCHEDULE, given
from sim.state import TABLES, Scene, State, allocate
from sim.state.fields import Field, Rows

Columns: TypeAlias = dict[str, npt.NDArray[Any]]

RUNS = 10  # followed unless told otherwise: about ten megabytes each on disk

# What is kept of a firm after the accounts of a quarter, before closed firms are wound up.
FIRM_STOCKS = (
    "id", "birth", "origin", "region", "sector", "quality", "knowledge", "data_stock", "capital", "staff", "share",
    "price", "technology_sales", "bundled_sales", "line_sales", "cash", "venture_stake", "guidance_stake",
    "public_supplier", "in_zone",
)  # fmt: skip
FIRM_FLOWS = (
    "rd_real", "rd_reported", "innovations", "private_equity", "guidance_equity", "grant", "research_grant",
    "grant_misused", "public_technology", "public_bundled", "exported", "wages", "profit", "tax", "forgone_deduction",
    "forgone_rate", "forgone_small", "private_dividends", "guidance_dividends", "private_exit", "guidance_exit",
    "closes",
)  # fmt: skip
USER_TRAITS = ("id", "region", "application", "size_class", "weight", "employees", "output_2016")
USER_STOCKS = ("adopted", "intensity", "ai_capital")
USER_ENDS = ("adopted_at",)
USER_FLOWS = ("technology_paid",)
FUND_TRAITS = ("id", "kind", "region", "weight")
FUND_STOCKS = ("cash",)
FUND_FLOWS = ("public_capital", "social_capital", "placed", "dividends", "sales")

# Numbers are rounded to float32, seven digits: with float64 a panel would take twice the room and tell nothing more.
_STORED: dict[str, type[np.generic]] = {"number": np.float32, "count": np.int16, "flag": np.bool_}


@dataclass(frozen=True)
class Panel:
    """Agents of the first runs of a scenario.

    `firms` has one entry for every firm and quarter in which it traded, ordered by run, quarter and row: `run` and
    `quarter` (positions), FIRM_STOCKS and FIRM_FLOWS, each [observations] or [observations, tiers]. A firm founded in a
    quarter trades from the next. `users` holds USER_TRAITS, [users], USER_STOCKS and USER_FLOWS, [runs, quarters,
    users], and USER_ENDS, [runs, users], -1 for those who never adopt; `funds` likewise. `quarters` is what the
    ensemble's recorder notes, records[runs, quarters].
    """

    firms: Columns
    users: Columns
    funds: Columns
    quarters: Rows


def follow(
    scenario: Scenario, runs: int, *, replicates: int = 4, progress: Callable[[int], None] | None = None
) -> Panel:
    """Follow the agents of runs 0 to `runs` - 1 of a scenario, under its own seed.

    Parameters
    ----------
    scenario
        Resolved scenario.
    runs
        How many, at least one.
    replicates
        User organisations per cell of application, region and size class, as in `ensemble.simulate`.
    progress
        Called with 1 after each run.

    Returns
    -------
    Panel

    Raises
    ------
    BalanceError
        When accounts or heads of a run do not close.
    NumberError
        When a run leaves the numbers or grows beyond MOST_FIRM_ROWS firms.
    """
    quarters: Rows = np.recarray((runs, scenario.n_quarters), dtype=RECORD)
    quarters.view(np.uint8).reshape(-1)[:] = 0
    firms, users, funds = [], [], []
    for run in range(runs):
        rows, seen = FIRM_ROWS, None
        while seen is None:
            seen = _followed(scenario, run, quarters[run], replicates, rows)
            rows *= 2
        firms += seen.firms
        users.append(_stacked(seen.users) | seen.ends)
        funds.append(_stacked(seen.funds))
        if progress is not None:
            progress(1)
    cast = population(replicates)[0]
    return Panel(
        firms=_joined(firms),
        users=_columns(cast.adopters, USER_TRAITS, _fields("adopters")) | _stacked(users),
        funds=_columns(cast.funds, FUND_TRAITS, _fields("funds")) | _stacked(funds),
        quarters=quarters,
    )


@dataclass(frozen=True)
class _Seen:
    """What was noted of one run, one entry a quarter."""

    firms: list[Columns]
    users: list[Columns]
    funds: list[Columns]
    ends: Columns


def _followed(scenario: Scenario, run: int, quarters: Rows, replicates: int, rows: int) -> _Seen | None:
    """Return what is noted of one run; None when the firm table was too short, which the caller mends."""
    seen = _Seen([], [], [], {})
    state, scene = _economy(scenario, run, replicates, rows)
    for q in range(scenario.n_quarters):
        for noted in _walk(state, scene, q):
            place = {"run": np.full(len(noted["id"]), run, np.int16), "quarter": np.full(len(noted["id"]), q, np.int16)}
            seen.firms.append(place | noted)
        seen.users.append(_observed(state.adopters, state.adopter_flows, USER_STOCKS, USER_FLOWS, "adopter"))
        seen.funds.append(_observed(state.funds, state.fund_flows, FUND_STOCKS, FUND_FLOWS, "fund"))
        nation, parameters = state.nations[0], scene.parameters[0]
        record(quarters[q], state.sectors, state.regions, state.applications, state.fields, nation, parameters)
        problem = driver.health(nation, state.sectors)
        if problem == driver.TABLE_FULL and rows < MOST_FIRM_ROWS:
            return None
        if problem != driver.CLOSED:
            raise failure(problem, f"run {run}, {scenario.quarters[q]}", int(nation.worst_account))
    ends = _columns(state.adopters, USER_ENDS, _fields("adopters"))
    seen.ends.update({name: np.where(state.adopters.adopted, end, -1).astype(end.dtype) for name, end in ends.items()})
    return seen


def _economy(scenario: Scenario, run: int, replicates: int, rows: int) -> tuple[State, Scene]:
    """Return one run's economy, settled, as the ensemble begins it."""
    template, memory = population(replicates, rows)
    state, own = allocate(sizes_of(template))
    own[:] = memory
    scene = stage(scenario)
    scene.key[0].seed, scene.key[0].run = scenario.seed, run
    posterior = read_posterior() if scenario.uncertainty == "posterior" else None
    scene.parameters[:] = sample(scenario.uncertainty, scenario.seed, run, 1, scenario.parameters, posterior)
    driver.settle(state, scene)
    return state, scene


def _walk(state: State, scene: Scene, q: int) -> Iterator[Columns]:
    """Run one quarter; yield the firms that traded in it, those about to close included."""
    view = given(state, scene, q)
    for phase in SCHEDULE:
        if phase.kernel is liquidate:
            living = np.flatnonzero(state.firms.alive)
            yield _observed(state.firms[living], state.firm_flows[living], FIRM_STOCKS, FIRM_FLOWS, "firm")
        phase.kernel(*(view[name] for name in phase.inputs))


def _fields(table: str) -> dict[str, Field]:
    return {field.name: field for field in TABLES[table]}


def _observed(stocks: Rows, flows: Rows, stock_names: Sequence[str], flow_names: Sequence[str], agent: str) -> Columns:
    """Return copies of fields of one population in the types they are kept in."""
    noted = _columns(stocks, stock_names, _fields(f"{agent}s"))
    return noted | _columns(flows, flow_names, _fields(f"{agent}_flows"))


def _columns(rows: Rows, names: Sequence[str], fields: dict[str, Field]) -> Columns:
    return {name: rows[name].astype(np.int64 if name == "id" else _STORED[fields[name].type]) for name in names}


def _stacked(parts: Sequence[Columns]) -> Columns:
    return {name: np.stack([part[name] for part in parts]) for name in parts[0]}


def _joined(parts: Sequence[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
