"""`import sim`: the public names, cheap until used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import sim
from sim import measurement, results

HEAVY = "numpy numba mesa pandas xarray pydantic ruamel scipy matplotlib netCDF4"


def loaded_by(code: str) -> list[str]:
    """Return which heavy packages a fresh process has loaded after running `code`."""
    ask = f"import sys\n{code}\nprint(' '.join(n for n in {HEAVY.split()!r} if n in sys.modules))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    return answer.stdout.split()


def test_import_sim_loads_nothing_heavy() -> None:
    assert loaded_by("import sim; dir(sim); sim.errors.SimError") == []


def test_definitions_load_neither_tables_nor_compiled_code() -> None:
    loaded = loaded_by("from sim.measurement.definitions import DEFINITIONS; import sim.measurement")
    assert not {"pandas", "xarray", "numba", "mesa"} & set(loaded)


@pytest.mark.parametrize("module", [sim, measurement, results], ids=lambda module: module.__name__)
def test_every_public_name_can_be_had(module: object) -> None:
    names = module.__all__  # type: ignore[attr-defined]
    assert len(names) == len(set(names))
    assert all(getattr(module, name) is not None for name in names)


def test_public_names_are_those_of_the_interface() -> None:
    promised = (
        "run load_result Result load_scenario RoadmapModel Firm Institute TalentPool Fund Adopter Government compare "
        "SCHEDULE PARAMETERS OUTCOMES errors"
    )
    assert set(promised.split()) <= set(sim.__all__)
    assert set(sim.__all__) <= set(dir(sim))


@pytest.mark.parametrize("module", [sim, measurement, results], ids=lambda module: module.__name__)
def test_unknown_name_is_refused(module: object) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'sweeep'"):
        module.sweeep  # type: ignore[attr-defined]  # noqa: B018


def test_module_name_runs_the_command_line() -> None:
    answer = subprocess.run([sys.executable, "-m", "sim", "--help"], capture_output=True, text=True, check=False)
    assert answer.returncode == 0
    assert "run" in answer.stdout
