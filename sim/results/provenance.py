"""What made a result: versions of package, model, code and data; machine and time. No names of people or machines.

Called by `running`. Reads source files and, inside a checkout, asks git for the commit.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from sim import seeds
from sim.results.manifest import Environment, Versions

_PACKAGE = Path(__file__).resolve().parents[1]

# What cannot change a number of a result: views, facts, agents (the same rules in Python), and the fit, whose outcome
# is data.
_OUTSIDE = ("cli", "plots", "facts", "agents", "calibration", "__main__.py", "model.py")


@cache
def package_version() -> str:
    """Return the version of the installed package; `uninstalled` where the code runs from a bare checkout."""
    try:
        return metadata.version("roadmap")
    except metadata.PackageNotFoundError:
        return "uninstalled"


@cache
def code_version() -> str:
    """Return 12 hex digits over every source file that can change a number of a result.

    The compiled model's own hash leaves out parameters, the synthetic population, scenarios and measurement, whose
    change makes another result too.
    """
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        name = path.relative_to(_PACKAGE).as_posix()
        if name.split("/", maxsplit=1)[0] not in _OUTSIDE:
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def versions() -> Versions:
    """Return the versions in force in this process."""
    from sim import _jit  # loads Numba: wanted by whoever runs, not by whoever reads a result

    return Versions(package=package_version(), model=_jit.source_hash(), code=code_version(), data=seeds.digest())


def run_digest(scenario_digest: str, made_with: Versions) -> str:
    """Return the digest that names a run: equal for equal scenario, seed, number of runs, code and data."""
    return hashlib.sha256(f"{scenario_digest} {made_with.code} {made_with.data}".encode()).hexdigest()


def environment(duration: float) -> Environment:
    """Return where and when a run was made.

    Parameters
    ----------
    duration
        How long it took, seconds.

    Returns
    -------
    Environment
        Classes of software and machine only.
    """
    commit, changes = _checkout()
    return Environment(
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        duration=round(duration, 3),
        python=platform.python_version(),
        numpy=metadata.version("numpy"),
        numba=metadata.version("numba"),
        system=platform.system(),
        machine=platform.machine(),
        cores=os.cpu_count() or 1,
        git_commit=commit,
        git_changes=changes,
    )


def _checkout() -> tuple[str | None, bool | None]:
    """Return commit and whether sources differ from it; None outside a checkout of this project."""
    root = _PACKAGE.parent
    git = shutil.which("git")
    # The folder itself must be the checkout: a package installed inside somebody else's repository is not of it.
    if git is None or not (root / ".git").exists():
        return None, None
    commit = _ask(git, root, "rev-parse", "HEAD")
    changes = _ask(git, root, "status", "--porcelain", "--", "sim", "seeds", "scenarios")
    return (commit or None), (None if changes is None else bool(changes))


def _ask(git: str, folder: Path, *words: str) -> str | None:
    try:
        done = subprocess.run([git, "-C", str(folder), *words], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
