"""Writes the folder of a comparison: tables, figures, and a note of the two results and of every file's checksum.

Called by `Comparison.save`. Whole or absent, as the folder of a result; must not import plots or ensembles.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.errors import ResultError
from sim.results.folder import Saved, changes, checksums, write_table, write_whole
from sim.results.provenance import code_version

if TYPE_CHECKING:
    from sim.results.result import Result

COMPARISON = "comparison.json"
SCHEMA = 1


@dataclass(frozen=True)
class Side:
    """One of the two results: its scenario, and what names its runs."""

    scenario: str
    digest: str
    run_digest: str


@dataclass(frozen=True)
class Pair:
    """What was compared, by which code; equal pairs give equal tables."""

    a: Side
    b: Side
    seed: int
    replications: int
    code: str

    @classmethod
    def of(cls, a: Result, b: Result) -> Pair:
        """Return the pair that two results make."""
        first, second = (Side(each.scenario.name, each.manifest.digest, each.manifest.run_digest) for each in (a, b))
        return cls(first, second, a.manifest.seed, a.manifest.replications, code_version())

    @property
    def digest(self) -> str:
        """Return the digest that names the comparison."""
        return hashlib.sha256(f"{self.a.run_digest} {self.b.run_digest} {self.code}".encode()).hexdigest()


def save_comparison(
    tables: Mapping[str, pd.DataFrame],
    pair: Pair,
    target: Path,
    *,
    force: bool,
    figures: Callable[[Path], None] | None,
) -> Saved:
    """Write a comparison; see `Comparison.save`."""
    if _is_there(pair, target, force=force):
        return Saved(target, is_new=False)

    def fill(folder: Path) -> None:
        for name, table in tables.items():
            write_table(table, folder / f"{name}.csv")
        if figures is not None:
            figures(folder)
        note = {"schema": SCHEMA, "digest": pair.digest, **asdict(pair), "files": checksums(folder)}
        (folder / COMPARISON).write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    write_whole(target, fill)
    return Saved(target, is_new=True)


def _is_there(pair: Pair, target: Path, *, force: bool) -> bool:
    """Return whether the same comparison is there unharmed; refuse to touch anything that is no comparison."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return False
    note = _note_of(target)
    if note is None:
        # Even with force: a mistyped folder must not cost anybody their files.
        raise ResultError(f"{target}: exists and is not the folder of a comparison; choose another with -o")
    if force:
        return False
    if note["digest"] != pair.digest:
        names = [str(note.get(side, {}).get("scenario", "?")) for side in ("a", "b")]
        raise ResultError(f"{target}: holds another comparison ({names[0]} and {names[1]}); --force replaces it")
    harmed = changes(target, note["files"])
    if harmed:
        raise ResultError(f"{target}: {'; '.join(harmed)}; --force replaces it")
    return True


def _note_of(target: Path) -> dict[str, Any] | None:
    """Return the note in the folder of a comparison of ours, None where there is none."""
    try:
        note = json.loads((target / COMPARISON).read_bytes())
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) and {"schema", "digest", "files", "a", "b"} <= note.keys() else None
