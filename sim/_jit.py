"""Numba flags and the compile cache, in one place.

`rule` marks economics of one row, `gather` the gathering of one agent's numbers, `kernel` a loop over rows. All three
are compiled alike; the names tell the reader which layer a function belongs to. Imports nothing of the package.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., object])

# What ends up in compiled code. Record layouts need no place here: they are part of the types Numba compares.
_COMPILED = ("_jit.py", "draws.py", "driver.py", "plan/lever_ids.py", "plan/names.py")
_COMPILED_FOLDERS = ("rules", "kernels", "state")


def source_hash() -> str:
    """Return 12 hex digits over every source file that compiled code is made of.

    Numba notices a change in the file of a cached function, not in the files of the functions it calls, so the
    cache folder carries this hash.
    """
    package = Path(__file__).parent
    files = [package / name for name in _COMPILED]
    files += [path for folder in _COMPILED_FOLDERS for path in sorted((package / folder).rglob("*.py"))]
    digest = hashlib.sha256()
    for path in files:
        if path.exists():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def cache_folder() -> Path | None:
    """Return the per-user folder of this version's compiled code, or None when caching is off.

    `ROADMAP_CACHE=off` turns caching off, `ROADMAP_CACHE=DIR` moves it; a home that cannot be written to is replaced
    by the temporary folder.
    """
    wish = os.environ.get("ROADMAP_CACHE", "")
    if wish == "off":
        return None
    base = Path(wish or os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache")
    folder = base / "roadmap" / f"numba-{numba.__version__}-{source_hash()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"roadmap-{os.getuid()}" / folder.name
        folder.mkdir(parents=True, exist_ok=True)
    return folder


CACHE_FOLDER = cache_folder()
if CACHE_FOLDER is not None:
    numba.config.CACHE_DIR = str(CACHE_FOLDER)


def is_compiled() -> bool:
    """Return whether an earlier process left compiled code for these sources."""
    return CACHE_FOLDER is not None and any(CACHE_FOLDER.rglob("*.nbc"))


def _jit(function: Function) -> Function:
    # fastmath stays off: it breaks isnan and the equality with plain Python. nogil lets threads share the work.
    compile_: Callable[[Function], Function] = numba.njit(
        cache=CACHE_FOLDER is not None, nogil=True, no_cfunc_wrapper=True
    )
    return compile_(function)


def rule(function: Function) -> Function:
    """Compile the economics of one row: scalars in, scalars out, no arrays, no randomness, no state."""
    return _jit(function)


def gather(function: Function) -> Function:
    """Compile the gathering of one agent's numbers from its records, ending in a call of a rule."""
    return _jit(function)


def kernel(function: Function) -> Function:
    """Compile a loop over rows that calls rules and writes records."""
    return _jit(function)


def plain(function: Function) -> Function:
    """Return the Python function under a compiled one, also where compilation is switched off."""
    original: Function = getattr(function, "py_func", function)
    return original
