"""Compiled kernels against the same loops in plain Python, at several sizes, and one signature for each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
from small_economy import QUARTERS_RUN, Economy, shrink

from sim import driver
from sim._jit import plain
from sim.schedule import SCHEDULE, Phase

PHASES = [pytest.param(number, id=phase.name) for number, phase in enumerate(SCHEDULE)]
# One phase of each kind: a decision of firms, of institutes, of users, a market, a sum, an update.
SEVERAL = ("measure_sectors", "innovate", "research", "adopt", "match_staff", "deliver", "pay_taxes", "found_firms")


@pytest.mark.parametrize("number", PHASES)
def test_phase_in_plain_python_writes_the_same_bytes(economy: Economy, stations: list[np.ndarray], number: int) -> None:
    twin = economy.copy()
    twin.memory[:] = stations[number]
    plain(SCHEDULE[number].kernel)(*twin.arguments(SCHEDULE[number], QUARTERS_RUN))
    assert differing(twin, stations[number + 1]) == []


def test_walk_through_schedule_ends_with_the_bytes_of_the_compiled_quarter(
    economy: Economy, stations: list[np.ndarray]
) -> None:
    twin = economy.copy()
    driver.quarter(twin.state, twin.scene, QUARTERS_RUN)
    assert differing(twin, stations[-1]) == []


@pytest.mark.parametrize("size", [1, 7, 13])
@pytest.mark.parametrize("name", SEVERAL)
def test_kernel_at_odd_size_in_plain_python_writes_the_same_bytes(
    tiny: dict[int, Economy], name: str, size: int
) -> None:
    start = tiny[size].copy()
    for phase in SCHEDULE:
        if phase.name == name:
            break
        phase.kernel(*start.arguments(phase, 0))
    compiled, slow = start.copy(), start.copy()
    phase.kernel(*compiled.arguments(phase, 0))
    plain(phase.kernel)(*slow.arguments(phase, 0))
    assert not np.array_equal(compiled.memory, start.memory)
    assert differing(slow, compiled.memory) == []


@pytest.mark.parametrize("number", PHASES)
def test_kernel_after_economies_of_two_sizes_has_one_signature(
    stations: list[np.ndarray], walked: int, number: int
) -> None:
    assert walked == 7
    assert len(getattr(SCHEDULE[number].kernel, "signatures", [1])) == 1


@pytest.fixture(scope="module")
def walked(tiny: dict[int, Economy]) -> int:
    """Walk the economy with seven firms through a quarter, and return how many it started with."""
    walker = tiny[7].copy()
    start = int(walker.state.nations[0].firm_rows)
    for phase in SCHEDULE:
        phase.kernel(*walker.arguments(phase, 0))
    return start


def test_types_of_everything_a_run_takes_are_equal_for_other_horizon_scenario_and_size(
    tiny: dict[int, Economy],
) -> None:
    other = shrink(9, 5, 30, spec={"schema": 1, "extends": "no_plan", "horizon": {"end": "2022Q2"}}, rows=77)
    for name in ("state", "scene"):
        assert numba.typeof(getattr(other, name)) == numba.typeof(getattr(tiny[7], name))


def test_drivers_after_two_horizons_scenarios_and_sizes_have_one_signature(
    economy: Economy, tiny: dict[int, Economy]
) -> None:
    other = shrink(9, 5, 30, spec={"schema": 1, "extends": "no_plan", "horizon": {"end": "2022Q2"}}, rows=77)
    for each, q in ((economy.copy(), QUARTERS_RUN), (tiny[1].copy(), 0), (other, 0)):
        driver.settle(each.copy().state, each.scene)
        driver.quarter(each.state, each.scene, q)
        driver.health(each.state.nations[0], each.state.sectors)
    for function in (driver.settle, driver.quarter, driver.health):
        assert len(getattr(function, "signatures", [1])) == 1


@pytest.mark.nightly
def test_kernels_called_by_the_driver_and_by_python_share_one_signature() -> None:
    # With the cache off the driver compiles every kernel it calls, so a second signature from Python would show.
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from small_economy import shrink; from sim import driver\n"
        "from sim.schedule import SCHEDULE\n"
        "e = shrink(7, 7, 60)\n"
        "driver.quarter(e.state, e.scene, 0)\n"
        "for phase in SCHEDULE: phase.kernel(*e.arguments(phase, 1))\n"
        "sys.exit(max(len(phase.kernel.signatures) for phase in SCHEDULE) - 1)"
    )
    tests = str(Path(__file__).parents[1])
    environment = os.environ | {"ROADMAP_CACHE": "off"}
    done = subprocess.run([sys.executable, "-c", script, tests], check=False, env=environment, timeout=1200)
    assert done.returncode == 0


@pytest.mark.nightly
def test_quarter_wholly_without_compilation_writes_the_same_bytes(tmp_path: Path) -> None:
    # Kernels, gathers, rules and draws all in plain Python, in a process of its own.
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from small_economy import shrink; from sim import driver\n"
        "e = shrink(13, 7, 60)\n"
        "for q in range(3): driver.quarter(e.state, e.scene, q)\n"
        "e.memory.tofile(sys.argv[2])"
    )
    found = []
    for setting in ("0", "1"):
        target = tmp_path / setting
        environment = os.environ | {"NUMBA_DISABLE_JIT": setting}
        tests = str(Path(__file__).parents[1])
        subprocess.run([sys.executable, "-c", script, tests, str(target)], check=True, env=environment, timeout=1200)
        found.append(np.fromfile(target, dtype=np.uint8))
    assert np.array_equal(*found)


@pytest.fixture(scope="module")
def tiny() -> dict[int, Economy]:
    """Return settled economies with 1, 7 and 13 firms and institutes, and as many user organisations."""
    return {size: shrink(size, size, size, rows=size + 160) for size in (1, 7, 13)}


def differing(economy: Economy, memory: np.ndarray) -> list[str]:
    """Return the fields in which an economy differs from one with these bytes."""
    other = economy.copy()
    other.memory[:] = memory
    return [
        f"{name}.{field}"
        for name, table in economy.tables().items()
        for field in table.dtype.names
        if table[field].tobytes() != getattr(other.state, name)[field].tobytes()
    ]


def test_differing_on_one_changed_field_names_it(economy: Economy) -> None:
    changed = economy.copy()
    changed.state.pools[3].wage += 1.0
    assert differing(changed, economy.memory) == ["pools.wage"]


def test_phase_listed_for_sizes_exists() -> None:
    assert set(SEVERAL) <= {phase.name for phase in SCHEDULE if isinstance(phase, Phase)}
