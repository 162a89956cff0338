"""The progress of an ensemble: a bar with rate and time left on a terminal, one line elsewhere.

Called by `run`. Writes on the error stream only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.cli.console import remark, remarks


@contextmanager
def progress_bar(label: str, runs: int) -> Iterator[Callable[[int], None]]:
    """Show how far an ensemble is.

    Parameters
    ----------
    label
        What runs.
    runs
        How many there are.

    Yields
    ------
    Callable
        To be called with the number of runs just finished.
    """
    console = remarks()
    if not console.is_terminal:
        remark(f"{label}: {runs} run{'s' if runs > 1 else ''} ...")
        yield lambda done: None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Runs a second."""

        def render(self, task: Task) -> Text:
            """Return the rate, empty until there is one."""
            return Text(f"{task.speed:.1f} runs/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=runs)
        yield lambda done: bar.update(task, advance=done)


def tell_of_compiling() -> None:
    """Say so when the model has to be compiled first, which takes a minute and happens once."""
    from sim import _jit

    if not _jit.is_compiled():
        remark("Compiling the model: once on this machine, about a minute.")
