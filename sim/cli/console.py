"""Where commands write: tables on the standard output, remarks on the error stream, both plain when piped.

Called by the commands. Imports rich when asked to write, nothing of the package.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

NARROWEST: Final = 80
_PIPED: Final = 120  # columns where no terminal says how many it has
_WIDE: Final = 110
_NAMES: Final = ("Lever", "Name", "Parameter", "Phase")  # columns of names that people copy: never broken


def output() -> Console:
    """Return the console of the standard output; no colours or control sequences unless it is a terminal."""
    return _console(stderr=False)


def remarks() -> Console:
    """Return the console of the error stream."""
    return _console(stderr=True)


def say(text: str) -> None:
    """Write plain text on the standard output, unwrapped and without markup."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def remark(text: str) -> None:
    """Write plain text on the error stream, after what the standard output still holds back."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")


def show(table: Table) -> None:
    """Write a table on the standard output; piped, without the blanks that fill its lines."""
    console = output()
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    say("\n".join(line.rstrip() for line in captured.get().splitlines()))


def is_wide() -> bool:
    """Return whether a table of many columns fits."""
    return output().width >= _WIDE


def plain_table(*columns: str, right: tuple[str, ...] = (), title: str = "") -> Table:
    """Return an empty table without vertical lines.

    Parameters
    ----------
    columns
        Headings.
    right
        Those whose cells hold numbers.
    title
        Above the table.

    Returns
    -------
    rich.table.Table
        To be filled with `add_row`.
    """
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False, show_edge=False)
    table.collapse_padding = True
    for column in columns:
        table.add_column(
            column, justify="right" if column in right else "left", no_wrap=column in _NAMES, overflow="fold"
        )
    return table


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    found = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
    if not found.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        found.width = _PIPED
    found.width = max(NARROWEST, found.width)
    return found
