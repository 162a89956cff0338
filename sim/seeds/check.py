"""Checks of the seed files: sidecar, checksum, columns, cells, keys, totals and the sources they name.

Called by tests and the maintainers' command, by nothing on the path of a run. Collects all problems of all files.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sim.errors import Problem, SeedError, nearest
from sim.seeds.documents import load_document
from sim.seeds.files import SIDECAR_SUFFIX, data_files, root, sha256_of, sidecar_path
from sim.seeds.sidecars import Column, Sidecar, Total, load_sidecar
from sim.seeds.tables import parse_cell, read_cells

_SOURCE_WORDS = ("source", "sources")
_KNOWN_SUFFIXES = (".csv", ".yaml")


def check_all(folder: Path | None = None) -> list[str]:
    """Check every seed file.

    Parameters
    ----------
    folder
        Folder of the seeds; the project's own when left out.

    Returns
    -------
    list of str
        Names of the files checked, as `plan/levers.yaml`.

    Raises
    ------
    SeedError
        When anything is wrong; the message has one line a problem, with file, line, column, value and what is allowed.
    """
    folder = root() if folder is None else folder
    problems = find_problems(folder)
    if problems:
        raise SeedError("\n".join(map(str, problems)))
    return [path.relative_to(folder).as_posix() for path in data_files(folder)]


def find_problems(folder: Path) -> list[Problem]:
    """Return every problem of the seed files.

    Parameters
    ----------
    folder
        Folder of the seeds.

    Returns
    -------
    list of Problem
        File by file; empty when all is well.
    """
    paths = data_files(folder)
    values = _Values(folder)
    found = [problem for path in paths for problem in _file_problems(path, values)]
    declared = {sidecar_path(path) for path in paths}
    for beside in sorted(folder.rglob(f"*{SIDECAR_SUFFIX}")):
        if beside not in declared:
            found.append(Problem(beside.name, "", "describes a file that is not there"))
    return found


class _Values:
    """The values that other files may refer to, as `sources.key`; each file is read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[str, frozenset[str]] = {}

    def of(self, reference: str) -> frozenset[str]:
        """Return the values of the column called `<file>.<column>`; empty when it cannot be read."""
        if reference not in self.known:
            name, _, column = reference.rpartition(".")
            try:
                header, rows = read_cells(self.folder / f"{name}.csv")
                place = header.index(column)
            except (OSError, SeedError, ValueError):
                self.known[reference] = frozenset()
            else:
                self.known[reference] = frozenset(row[place] for row in rows)
        return self.known[reference]


def _file_problems(path: Path, values: _Values) -> Iterator[Problem]:
    try:
        sidecar = load_sidecar(path)
    except SeedError as error:
        yield Problem(path.name, "", str(error))
        return
    actual = sha256_of(path)
    if sidecar.sha256 != actual:
        hint = "After a wanted change run python -m sim.seeds"
        yield Problem(
            path.name, "sha256", "is not the file's checksum", value=sidecar.sha256, allowed=actual, hint=hint
        )
    for key in sidecar.sources:
        yield from _source_problems(sidecar_path(path).name, "sources", key, values)
    if path.suffix == ".csv":
        yield from _table_problems(path, sidecar, values)
    elif path.suffix == ".yaml":
        yield from _document_problems(path, values)
    elif sidecar.columns:
        yield Problem(path.name, "columns", f"are checked only in {' and '.join(_KNOWN_SUFFIXES)} files")


def _source_problems(file: str, key: str, source: object, values: _Values) -> Iterator[Problem]:
    known = values.of("sources.key")
    if source not in known:
        yield Problem(file, key, "is no key of sources.csv", value=source, hint=nearest(str(source), sorted(known)))


def _document_problems(path: Path, values: _Values) -> Iterator[Problem]:
    try:
        document = load_document(path)
    except SeedError as error:
        yield Problem(path.name, "", str(error))
        return
    for key, source in _named_sources(document, ""):
        yield from _source_problems(path.name, key, source, values)


def _named_sources(value: Any, key: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for word, inner in value.items():
            place = f"{key}.{word}" if key else str(word)
            if word in _SOURCE_WORDS and isinstance(inner, list):
                yield from ((place, source) for source in inner)
            else:
                yield from _named_sources(inner, place)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("id", number) if isinstance(inner, dict) else number
            yield from _named_sources(inner, f"{key}.{name}")


def _table_problems(path: Path, sidecar: Sidecar, values: _Values) -> Iterator[Problem]:
    try:
        header, rows = read_cells(path)
    except (SeedError, UnicodeDecodeError) as error:
        yield Problem(path.name, "", str(error))
        return
    names = [column.name for column in sidecar.columns]
    for name in header:
        if name not in names or header.count(name) > 1:
            yield Problem(path.name, name, "is not a declared column, or stands twice", hint=nearest(name, names))
    for column in sidecar.columns:
        if column.name not in header:
            yield Problem(path.name, column.name, "is declared but not a column of the file")
            continue
        place = header.index(column.name)
        for line, row in enumerate(rows, start=2):
            yield from _cell_problems(path.name, line, row[place], column, values)
    cells = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    yield from _key_problems(path.name, sidecar.key, cells)
    for total in sidecar.totals:
        yield from _total_problems(path.name, total, cells, down=True)
    if sidecar.row_total is not None:
        yield from _total_problems(path.name, sidecar.row_total, cells, down=False)


def _cell_problems(file: str, line: int, cell: str, column: Column, values: _Values) -> Iterator[Problem]:
    def problem(message: str, allowed: str = "", hint: str = "") -> Problem:
        return Problem(file, column.name, message, line=line, value=cell, allowed=allowed, hint=hint)

    if not cell:
        if column.required:
            yield problem("is empty", allowed=f"a {column.type}")
        return
    try:
        value = parse_cell(cell, column)
    except ValueError:
        yield problem("is not of its type", allowed=column.type)
        return
    if isinstance(value, float) and not math.isfinite(value):
        yield problem("is not finite", allowed=column.type)
    elif column.type in ("number", "integer") and not _within(value, column):
        yield problem("is out of range", allowed=f"[{column.min}, {column.max}] {column.unit}")
    if column.type == "category" and value not in column.categories:
        yield problem("is no category", ", ".join(column.categories), nearest(cell, column.categories))
    if column.reference:
        known = values.of(column.reference)
        if cell not in known:
            yield problem(f"is not in {column.reference}", hint=nearest(cell, sorted(known)))


def _within(value: float, column: Column) -> bool:
    return (column.min is None or value >= column.min) and (column.max is None or value <= column.max)


def _key_problems(file: str, key: tuple[str, ...], cells: dict[str, list[str]]) -> Iterator[Problem]:
    if not key:
        yield Problem(file, "key", "is not declared in the sidecar")
        return
    if any(name not in cells for name in key):
        yield Problem(file, ", ".join(key), "is the declared key but not a column of the file")
        return
    seen: dict[tuple[str, ...], int] = {}
    for line, value in enumerate(zip(*(cells[name] for name in key), strict=True), start=2):
        if value in seen:
            first = seen[value]
            yield Problem(file, ", ".join(key), f"stands already in row {first}", line=line, value=", ".join(value))
        seen.setdefault(value, line)


def _total_problems(file: str, total: Total, cells: dict[str, list[str]], *, down: bool) -> Iterator[Problem]:
    try:
        numbers = [[float(cell) for cell in cells[name]] for name in total.columns]
    except (KeyError, ValueError):
        return  # the missing column or the bad cell is reported by its own check
    add: Callable[[list[float]], float] = math.fsum
    sums = [add(column) for column in numbers] if down else [add(list(row)) for row in zip(*numbers, strict=True)]
    allowed = f"{total.sum} within {total.within}"
    for line, value in enumerate(sums, start=2):
        if abs(value - total.sum) > total.within:
            place = None if down else line
            name = total.columns[0] if down else f"{total.columns[0]} to {total.columns[-1]}"
            yield Problem(file, name, "is another sum than declared", line=place, value=value, allowed=allowed)
