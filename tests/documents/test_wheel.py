"""The wheel alone runs the plan: seeds and scenarios are inside, and nothing of the repository is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.nightly
def test_wheel_installed_away_from_the_repository_runs_the_plan(tmp_path: Path) -> None:
    def call(*command: str, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=tmp_path,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    call("-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(ROOT))
    wheel = next((tmp_path / "dist").glob("*.whl"))
    site = tmp_path / "site"
    call("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel))
    assert str(site) in call("-c", "import sim; print(sim.__file__)", PYTHONPATH=str(site))
    told = call("-m", "sim", "run", "plan", "-n", "2", "-o", "out", "--no-figures", PYTHONPATH=str(site))
    assert "core scale 2030" in told
    assert (tmp_path / "out" / "series.nc").exists()
