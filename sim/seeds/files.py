"""Where the seed files are, which belong together, and their checksums.

Called by the other modules of `sim.seeds`; imports the standard library and `errors` only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sim.errors import SeedError, nearest

SIDECAR_SUFFIX = ".meta.yaml"
_PLAIN_TEXT = frozenset({"README.md"})


def root() -> Path:
    """Return the folder of the seeds: inside an installed package, else beside the package in the repository."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_seeds"
    return installed if installed.is_dir() else package.parent / "seeds"


def data_files(folder: Path) -> list[Path]:
    """Return every seed file under `folder`, sorted by name; sidecars, readme and hidden files are none."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not path.name.startswith(".")
        and not path.name.endswith(SIDECAR_SUFFIX)
        and path.name not in _PLAIN_TEXT
    )


def sidecar_path(path: Path) -> Path:
    """Return where the sidecar of a seed file stands.

    >>> sidecar_path(Path("plan/levers.yaml")).name
    'levers.yaml.meta.yaml'
    """
    return path.with_name(path.name + SIDECAR_SUFFIX)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file's bytes as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(folder: Path | None = None) -> str:
    """Return one SHA-256 over names and checksums of all seed files: the data version of a result.

    Notes on a file (its sidecar) may be reworded without changing it; any change of a number changes it.

    Parameters
    ----------
    folder
        Folder of the seeds; the project's own when left out.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    folder = root() if folder is None else folder
    lines = [f"{path.relative_to(folder).as_posix()} {sha256_of(path)}\n" for path in data_files(folder)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def locate(name: str, suffix: str) -> Path:
    """Return the path of the seed file called `name` (folder and stem, as in `population/regions`).

    Raises
    ------
    SeedError
        When there is no such file; the message names the nearest one.
    """
    folder = root()
    path = folder / f"{name}{suffix}"
    if path.is_file():
        return path
    names = [p.relative_to(folder).as_posix().removesuffix(suffix) for p in data_files(folder) if p.suffix == suffix]
    raise SeedError(f"seeds: no file {name}{suffix}. {nearest(name, names)}".rstrip())
