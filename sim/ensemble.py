"""Many runs of one scenario: compiled blocks on threads, the same bits for any number of threads and any block size.

Called by the public `run` and by experiments. Raises what a run could not do; knows nothing of files or plots.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from sim import driver
from sim.errors import BalanceError, NumberError, SimError
from sim.outcomes import LEDGER_ACCOUNTS, RECORD
from sim.parameters.posterior import read_posterior
from sim.parameters.sampling import sample
from sim.plan.lever_ids import Lever
from sim.population import populate, stage
from sim.scenario import Quarter, Scenario
from sim.state import Sizes, State, allocate
from sim.state.fields import Rows
from sim.state.finance import Flow, Holder

FIRM_ROWS = 8_000  # four times the firms of an average run in 2030
MOST_FIRM_ROWS = 128_000  # more firms than this is a fault of the parameters
BLOCK = 5  # runs a task: about half a second, so that the progress bar moves and threads stay even


@dataclass(frozen=True)
class Records:
    """What the runs of a scenario left behind.

    `quarters` is records[runs, quarters] (fields: `outcomes.RECORDED`), `ledger` float64[runs, years, levers, 5] in bn
    CNY, `parameters` records[runs].
    """

    quarters: Rows
    ledger: npt.NDArray[np.float64]
    parameters: Rows


@cache
def population(replicates: int = 4, firms: int = FIRM_ROWS) -> tuple[State, npt.NDArray[np.uint8]]:
    """Return the synthetic economy of 2016Q1, built once a process; do not write to it."""
    return populate(replicates, firms)


def simulate(
    scenario: Scenario,
    runs: int | None = None,
    seed: int | None = None,
    *,
    first_run: int = 0,
    threads: int | None = None,
    block: int = BLOCK,
    replicates: int = 4,
    progress: Callable[[int], None] | None = None,
) -> Records:
    """Run a scenario many times.

    Parameters
    ----------
    scenario
        Resolved scenario.
    runs, seed
        Instead of the scenario's own.
    first_run
        Number of the first run; runs are the same whatever else is run.
    threads
        Threads; the machine's cores when None.
    block
        Runs a task.
    replicates
        User organisations per cell of application, region and size class.
    progress
        Called with the number of runs just finished.

    Returns
    -------
    Records

    Raises
    ------
    BalanceError
        When accounts or heads of a run do not close.
    NumberError
        When a run leaves the numbers or grows beyond MOST_FIRM_ROWS firms.
    """
    count = scenario.replications if runs is None else runs
    chosen = scenario.seed if seed is None else seed
    posterior = read_posterior() if scenario.uncertainty == "posterior" else None
    parameters = sample(scenario.uncertainty, chosen, first_run, count, scenario.parameters, posterior)
    quarters: Rows = np.recarray((count, scenario.n_quarters), dtype=RECORD)
    quarters.view(np.uint8).reshape(-1)[:] = 0
    years = -(-scenario.n_quarters // 4)
    ledger = np.zeros((count, years, len(Lever), len(LEDGER_ACCOUNTS)))
    status = np.zeros((count, 3), dtype=np.int64)
    population(replicates, FIRM_ROWS)  # before the threads, which would each build it
    workers = max(1, min(threads or os.cpu_count() or 1, -(-count // block)))

    def run(start: int, stop: int, firms: int) -> None:
        state, memory = allocate(sizes_of(population(replicates, firms)[0]))
        scene = stage(scenario)
        scene.key[0].seed = chosen
        driver.run_block(
            memory,
            population(replicates, firms)[1],
            state,
            scene,
            parameters[start:stop],
            first_run + start,
            quarters[start:stop],
            ledger[start:stop],
            status[start:stop],
        )

    def work(start: int) -> int:
        stop = min(start + block, count)
        run(start, stop, FIRM_ROWS)
        for one in range(start, stop):
            firms = FIRM_ROWS
            while status[one, 0] == driver.TABLE_FULL and firms < MOST_FIRM_ROWS:
                firms *= 2
                status[one] = 0
                ledger[one] = 0.0
                run(one, one + 1, firms)
        return stop - start

    with ThreadPoolExecutor(workers) as pool:
        tasks = [pool.submit(work, start) for start in range(0, count, block)]
        try:
            for task in as_completed(tasks):
                done = task.result()
                if progress is not None:
                    progress(done)
        except BaseException:
            for task in tasks:
                task.cancel()
            raise
    _raise_for(status, first_run)
    return Records(quarters, ledger, parameters)


def sizes_of(state: State) -> Sizes:
    """Return the sizes of a state's tables."""
    return Sizes(
        firms=len(state.firms),
        births=len(state.births),
        institutes=len(state.institutes),
        funds=len(state.funds),
        adopters=len(state.adopters),
    )


def _raise_for(status: npt.NDArray[np.int64], first_run: int) -> None:
    failed = np.flatnonzero(status[:, 0])
    if not failed.size:
        return
    run = int(failed[0])
    problem, quarter, account = (int(value) for value in status[run])
    place = f"run {first_run + run}, {Quarter.at(Quarter.parse('2016Q1').position + quarter)}"
    raise failure(problem, place, account)


def failure(problem: int, place: str, account: int) -> SimError:
    """Return the error for why `driver.health` stopped a run; `account` is the row with the largest mismatch."""
    return _ERRORS[problem](place, account)


def _account(row: int) -> str:
    return f"account {Flow(row).name}" if row < len(Flow) else f"cash of {Holder(row - len(Flow)).name.lower()}"


_ERRORS: dict[int, Callable[[str, int], SimError]] = {
    driver.UNBALANCED: lambda place, row: BalanceError(
        f"{place}: the books do not close; largest mismatch in {_account(row)}"
    ),
    driver.LOST_HEADS: lambda place, row: BalanceError(f"{place}: heads were lost or invented"),
    driver.NOT_A_NUMBER: lambda place, row: NumberError(f"{place}: the economy left the finite numbers"),
    driver.TABLE_FULL: lambda place, row: NumberError(f"{place}: more firms than the firm table has rows"),
}
