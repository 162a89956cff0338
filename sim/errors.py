"""Errors a user or a reviewer can meet, and the exit codes of the command line.

Used everywhere; imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One mistake in something a user gave: where, what, what is allowed, how to mend it."""

    file: str
    key: str
    message: str
    line: int | None = None
    value: object = None
    allowed: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """Return `file:line: key = value message. allowed. hint` as one line."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        what = f"{self.key} = {self.value!r}" if self.value is not None else self.key
        text = f"{place}: {what} {self.message}" if what else f"{place}: {self.message}"
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        if self.hint:
            text += f". {self.hint}"
        return text


class SimError(Exception):
    """Any error raised on purpose by this package; `exit_code` is what the command line returns."""

    exit_code = 3


class UserError(SimError):
    """Something the user gave cannot be used; all problems of one input are reported together."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem] | str) -> None:
        """Take the problems, or one plain sentence."""
        self.problems: tuple[Problem, ...] = () if isinstance(problems, str) else tuple(problems)
        super().__init__(problems if isinstance(problems, str) else "\n".join(map(str, self.problems)))


class ScenarioError(UserError):
    """A scenario cannot be read or means nothing."""


class SeedError(SimError):
    """A shipped seed file does not match its schema or checksum."""


class ResultError(UserError):
    """A result folder cannot be read, written or compared."""


class BalanceError(SimError):
    """Accounts, heads or the ledger do not close; names run, quarter and account."""


class NumberError(SimError):
    """A run left the numbers it may hold (not finite, a table full); names run, quarter and place."""


def nearest(name: str, names: Sequence[str]) -> str:
    """Return a hint with the nearest valid name, or the empty string when none is near.

    >>> nearest("degree_place", ["degree_places", "incubators"])
    'Did you mean degree_places?'
    """
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"Did you mean {close[0]}?" if close else ""
