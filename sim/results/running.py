"""Runs a scenario and makes the result of it: simulate, measure, judge, follow agents, note what was run with what.

The public `sim.run`; called by the command line and people. The only module of results that loads the compiled model.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim import panel as agents
from sim.ensemble import Records, simulate
from sim.errors import ResultError, UserError
from sim.measurement import judge, judge_goals, ledger_table, measure
from sim.measurement.dataset import QUARTERLY
from sim.outcomes import RECORDED
from sim.results.manifest import Captions, Manifest, ScenarioPart, Versions
from sim.results.panel import labelled
from sim.results.provenance import environment, run_digest, versions
from sim.results.result import Result
from sim.scenario import Scenario, load
from sim.seeds.documents import parse_yaml

Spec = str | Path | Mapping[Any, Any] | Scenario


def run(
    spec: Spec = "plan",
    *,
    replications: int | None = None,
    seed: int | None = None,
    levers: Mapping[str, Any] | None = None,
    parameters: Mapping[str, float] | None = None,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
    agent_panel: bool = False,
    panel_runs: int = agents.RUNS,
) -> Result:
    """Run a scenario many times.

    Parameters
    ----------
    spec
        Name of a shipped scenario, path of a file, a mapping of the same content, or a resolved `Scenario`.
    replications, seed
        In place of the scenario's own.
    levers
        Lever -> value in any form a scenario file takes: a number, a dated path, a change; on top of the scenario.
    parameters
        Model parameter -> value fixed for all runs, on top of the scenario.
    threads
        Threads; the machine's cores when None. The numbers do not depend on it.
    progress
        Called with the number of runs just finished.
    agent_panel, panel_runs
        Whether to follow single firms, users and funds quarter by quarter, in how many of the first runs (all of
        them where there are fewer): `Result.panel`.

    Returns
    -------
    Result
        Not saved yet; `Result.save` does that.

    Raises
    ------
    ScenarioError
        When the scenario or a change on top of it cannot be used; holds every problem found.
    UserError
        When a panel of less than one run is asked for.
    BalanceError
        When accounts or heads of a run do not close.
    NumberError
        When a run leaves the numbers it may hold.
    """
    scenario = _resolved(spec, replications, seed, levers or {}, parameters or {})
    made_with, began = versions(), time.perf_counter()
    records = simulate(scenario, threads=threads, progress=progress)
    series = measure(records, scenario)
    result = Result(
        scenario=scenario,
        series=series,
        targets=judge(series, scenario, records.parameters),
        goals=judge_goals(series, scenario),
        ledger=ledger_table(series),
        parameters=_parameters(records.parameters),
        manifest=_manifest(scenario, records, made_with, time.perf_counter() - began),
    )
    return add_panel(result, panel_runs) if agent_panel else result


def add_panel(result: Result, runs: int = agents.RUNS, *, progress: Callable[[int], None] | None = None) -> Result:
    """Return a result with the agents of its first runs, which are run once more and followed.

    Parameters
    ----------
    result
        Made by this version of the model.
    runs
        How many runs to follow; all of them where there are fewer.
    progress
        Called with 1 after each run.

    Returns
    -------
    Result
        With `panel` in place of an earlier one, everything else as it was.

    Raises
    ------
    UserError
        When `runs` is less than one.
    ResultError
        When a run followed differs in any bit from the result's: it was made by another version, or where the
        mathematical library rounds otherwise.
    """
    if runs < 1:
        raise UserError(f"a panel of {runs} runs is none; ask for one run or more")
    count = min(runs, result.manifest.replications)
    followed = agents.follow(result.scenario, count, progress=progress)
    for outcome in RECORDED:
        name = QUARTERLY + outcome.name
        if name in result.series and not np.array_equal(
            followed.quarters[outcome.name], result.series[name].values[:count]
        ):
            raise ResultError(
                f"{outcome.name} of a run followed again is not that of the result, which another version or kind of "
                "machine has made. Run the scenario again with --force"
            )
    manifest = result.manifest.model_copy(update={"panel_runs": count})
    return replace(result, panel=labelled(followed, result.scenario), manifest=manifest)


def _resolved(
    spec: Spec, replications: int | None, seed: int | None, levers: Mapping[str, Any], parameters: Mapping[str, float]
) -> Scenario:
    changes = {f"levers.{name}": value for name, value in levers.items()}
    changes |= {f"parameters.{name}": value for name, value in parameters.items()}
    if not isinstance(spec, Scenario):
        return load(spec, overrides=changes, replications=replications, seed=seed)
    if not changes and replications is None and seed is None:
        return spec
    # Through its written form, so that what comes on top is checked as for any other scenario.
    changed = load(_content(spec), overrides=changes, replications=replications, seed=seed)
    return replace(changed, name=spec.name, layers=spec.layers, stated=tuple(dict.fromkeys([*spec.stated, *levers])))


def _manifest(scenario: Scenario, records: Records, made_with: Versions, duration: float) -> Manifest:
    return Manifest(
        scenario=ScenarioPart(
            name=scenario.name,
            title=Captions(en=scenario.title.en, zh=scenario.title.zh),
            question=Captions(en=scenario.question.en, zh=scenario.question.zh),
            layers=scenario.layers,
            resolved=_content(scenario),
        ),
        digest=scenario.digest,
        run_digest=run_digest(scenario.digest, made_with),
        seed=scenario.seed,
        replications=scenario.replications,
        uncertainty=scenario.uncertainty,
        measurement=scenario.measurement,
        versions=made_with,
        residual_max=float(records.quarters["residual"].max()),
        residual_heads_max=float(records.quarters["residual_heads"].max()),
        environment=environment(duration),
    )


def _content(scenario: Scenario) -> dict[str, Any]:
    """Return the content of scenario.yaml as JSON holds it: years are text."""
    content: dict[str, Any] = json.loads(json.dumps(parse_yaml(scenario.to_yaml(), "scenario.yaml")))
    return content


def _parameters(records: np.recarray) -> pd.DataFrame:
    """Return the parameter values as a table, one row a run."""
    names = records.dtype.names or ()
    columns = {"run": np.arange(len(records), dtype=np.int64)}
    return pd.DataFrame({**columns, **{name: np.asarray(records[name]) for name in names}})
