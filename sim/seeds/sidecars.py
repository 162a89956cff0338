"""Sidecars: what is known about a seed file - sources, checksum, and for a table the meaning of each column.

Called by `tables` and `check`; imports `documents` and `errors` only. An unknown word in a sidecar is an error, so that
a misspelt `max` cannot switch a check off.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import SeedError, nearest
from sim.seeds.documents import load_document
from sim.seeds.files import locate, sidecar_path

TYPES = ("number", "integer", "string", "boolean", "category")
VERIFIED = (True, False, "partly")
_COLUMN_WORDS = ("type", "meaning", "unit", "min", "max", "required", "categories", "verified", "reference")
_FILE_WORDS = (
    "title", "description", "sources", "retrieved", "sha256", "notes", "key", "columns", "totals", "row_total",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One declared column: `unit` for numbers, `categories` for categories, `reference` as `<file>.<column>`."""

    name: str
    type: str
    meaning: str
    unit: str
    verified: bool | str
    required: bool = True
    min: float | None = None
    max: float | None = None
    categories: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True)
class Total:
    """What the named columns add up to: down the rows (one column) or along every row (several)."""

    columns: tuple[str, ...]
    sum: float
    within: float


@dataclass(frozen=True)
class Sidecar:
    """All that is declared about one seed file; a document (YAML) has no columns."""

    title: str
    description: str
    sources: tuple[str, ...]
    retrieved: str
    sha256: str
    notes: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    totals: tuple[Total, ...] = ()
    row_total: Total | None = None

    def column(self, name: str) -> Column:
        """Return the declaration of one column.

        Raises
        ------
        KeyError
            When the file has no such column; the message names the nearest.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.title}: no column {name}. {nearest(name, [c.name for c in self.columns])}")


def read_sidecar(name: str) -> Sidecar:
    """Return the sidecar of the table or document `name`, as in `population/regions`; raises SeedError when absent."""
    try:
        path = locate(name, ".csv")
    except SeedError:
        path = locate(name, ".yaml")
    return load_sidecar(path)


def load_sidecar(path: Path) -> Sidecar:
    """Return the sidecar of the seed file at `path`.

    Raises
    ------
    SeedError
        When there is none, a needed word is missing, or a word is unknown.
    """
    beside = sidecar_path(path)
    if not beside.is_file():
        raise SeedError(f"{path.name}: has no sidecar {beside.name}")
    document = load_document(beside)
    _allow(document, _FILE_WORDS, beside.name)
    try:
        return Sidecar(
            title=document["title"],
            description=document["description"],
            sources=tuple(document["sources"]),
            retrieved=str(document["retrieved"]),
            sha256=str(document["sha256"]),
            notes=tuple(document.get("notes", ())),
            key=tuple(document.get("key", ())),
            columns=tuple(_column(n, d, beside.name) for n, d in document.get("columns", {}).items()),
            totals=tuple(_total((n,), d) for n, d in document.get("totals", {}).items()),
            row_total=_row_total(document.get("row_total")),
        )
    except KeyError as error:
        raise SeedError(f"{beside.name}: lacks {error.args[0]}") from error


def _allow(given: dict[str, Any], words: tuple[str, ...], place: str) -> None:
    for word in given:
        if word not in words:
            raise SeedError(f"{place}: unknown word {word}. {nearest(str(word), words)}".rstrip())


def _column(name: str, declared: dict[str, Any], place: str) -> Column:
    where = f"{place}: columns.{name}"
    _allow(declared, _COLUMN_WORDS, where)
    missing = [word for word in ("type", "meaning", "verified") if word not in declared]
    if declared.get("type") in ("number", "integer") and not declared.get("unit"):
        missing.append("unit")
    if declared.get("type") == "category" and not declared.get("categories"):
        missing.append("categories")
    if missing:
        raise SeedError(f"{where}: lacks {', '.join(missing)}")
    if declared["type"] not in TYPES or declared["verified"] not in VERIFIED:
        raise SeedError(f"{where}: type is one of {', '.join(TYPES)}; verified is true, false or partly")
    return Column(
        name=name,
        type=declared["type"],
        meaning=declared["meaning"],
        unit=declared.get("unit", ""),
        verified=declared["verified"],
        required=declared.get("required", True),
        min=declared.get("min"),
        max=declared.get("max"),
        categories=tuple(declared.get("categories", ())),
        reference=declared.get("reference", ""),
    )


def _total(columns: tuple[str, ...], declared: dict[str, Any]) -> Total:
    return Total(columns=columns, sum=float(declared["sum"]), within=float(declared["within"]))


def _row_total(declared: dict[str, Any] | None) -> Total | None:
    return None if declared is None else _total(tuple(declared["columns"]), declared)
