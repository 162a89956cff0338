"""The command line as a user meets it, in an empty folder; runs take records made up in milliseconds.

Of the series only those that commands show are kept: writing and reading all of them takes most of a test's time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer import testing
from typer.main import get_command
from typer.testing import CliRunner, Result

from sim.cli.app import app
from sim.ensemble import Records
from sim.measurement import measure
from sim.outcomes import LEDGER_ACCOUNTS, RECORD, RECORDED
from sim.parameters import RECORD as PARAMETER_RECORD
from sim.parameters import defaults
from sim.plan.lever_ids import Lever
from sim.results import run, running
from sim.scenario import Scenario

# What a shell may set that changes how commands write.
SETTINGS = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "ROADMAP_DEBUG", "PYTHONIOENCODING", "PYTHONUTF8")
SHOWN = [
    *(
        "core_scale",
        "related_scale",
        "core_public_orders",
        "firms",
        "ledger",
        "public_outlay",
        "forgone_tax",
        "guidance_returned",
    ),
    *("technology_parity", "supply_parity", "firms_by_standing", "adoption_share", "talent", "trust"),
]
RUNS = 4
SHORT = {"schema": 1, "extends": "plan", "horizon": {"end": "2020Q4"}}

Call = Callable[..., Result]


def grown(scenario: Scenario, **_: Any) -> Records:
    """Return records that grow by a fifth a year from a size that degree places raise; each run has its own factor."""
    rng = np.random.default_rng(3)
    runs, quarters = scenario.replications, scenario.n_quarters
    places = 1.0 + 0.01 * scenario.levers["degree_places"][-1]
    growth = 0.35 * places * 1.05 ** np.arange(quarters) * rng.lognormal(sigma=0.3, size=runs)[:, None]
    records = np.recarray((runs, quarters), dtype=RECORD)
    for outcome in RECORDED:
        path = growth.reshape(runs, quarters, *[1] * len(outcome.shape)) * (1.0 + 9.0 * rng.random(outcome.shape))
        records[outcome.name] = path / (1.0 + path) if outcome.unit == "share" else path
    records["residual"], records["residual_heads"] = 1e-13, 1e-14
    ledger = np.ones((runs, -(-quarters // 4), len(Lever), len(LEDGER_ACCOUNTS)))
    parameters = np.recarray(runs, dtype=PARAMETER_RECORD)
    parameters[:] = defaults(runs)
    return Records(records, ledger, parameters)


def stand_in(patch: pytest.MonkeyPatch) -> None:
    """Let runs take made-up records and keep few series."""
    patch.setattr(running, "simulate", grown)
    patch.setattr(running, "measure", lambda records, scenario: measure(records, scenario)[SHOWN])


@pytest.fixture(autouse=True, scope="session")
def _parser_made_once() -> Iterator[None]:
    """Keep the parser of the command line from one call to the next: Typer's runner makes a new one for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "_get_command", cache(get_command))
        yield


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, under a shell that sets nothing, and simulate nothing."""
    monkeypatch.chdir(tmp_path)
    stand_in(monkeypatch)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def nothing_simulated() -> Callable[[pytest.MonkeyPatch], None]:
    """Return what lets runs take made-up records, for fixtures that several tests share."""
    return stand_in


@pytest.fixture
def roadmap() -> Call:
    """Return what calls a command in this process, as piped: `roadmap("levers", "--clause", "3.1.4")`."""

    def call(*words: object, **settings: str) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], env=settings, prog_name="roadmap")

    return call


@pytest.fixture
def shell() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Return what calls a command in a process of its own."""

    def call(*words: object, **settings: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "sim", *map(str, words)]
        return subprocess.run(command, capture_output=True, env={**os.environ, **settings}, timeout=300, check=False)

    return call


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """Return a scenario file: the plan to 2020, four runs."""
    path = tmp_path / "short.yaml"
    text = "schema: 1\nextends: plan\ntitle: {en: Short, zh: 短}\nhorizon: {end: 2020Q4}\nruns: {replications: 4}\n"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two result folders, of the plan to 2020 and of it with more degree places; not to be changed."""
    place = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        for name, levers in (("plan", {}), ("places", {"degree_places": 200})):
            run(SHORT, replications=RUNS, seed=5, levers=levers).save(place / name)
    return place / "plan", place / "places"


@pytest.fixture
def result_folder(kept: tuple[Path, Path], tmp_path: Path) -> Path:
    """Return a result folder that may be changed."""
    return Path(shutil.copytree(kept[0], tmp_path / "mine"))
