"""Turns what goes wrong in a command into a message on the error stream and an exit code.

Wrapped around every command by `app`. Imports nothing of the package but `errors`.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Final, NoReturn, ParamSpec, TypeVar

from sim.errors import SimError, UserError

Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")

USER, FAULT, STOPPED, UNREAD = 2, 3, 130, 141
DEBUG: Final = "ROADMAP_DEBUG"

# What the machine refuses is for the user to mend, not a fault of the program.
_REFUSALS: Final = frozenset(
    {
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
        errno.ENOSPC,
        errno.EDQUOT,
        errno.ENOTDIR,
        errno.EISDIR,
        errno.ENAMETOOLONG,
    }
)


def guarded(command: Callable[Arguments, Returned]) -> Callable[Arguments, Returned]:
    """Return a command that ends with a short message and an exit code instead of a traceback.

    Parameters
    ----------
    command
        Any function.

    Returns
    -------
    Callable
        The same, but it raises SystemExit with 2 for an input that cannot be used or a refusal of the machine, 3 for a
        fault of the program, 130 when stopped by Ctrl-C, 141 when the reader of a pipe has gone. With `ROADMAP_DEBUG=1`
        a fault shows its traceback instead of the message.
    """

    @wraps(command)
    def wrapper(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Returned:
        try:
            returned = command(*args, **kwargs)
            sys.stdout.flush()  # here and not when Python ends, so that a reader gone is noticed in time
            return returned
        except UserError as error:
            _leave(USER, _user_message(error))
        except BrokenPipeError:
            # Nobody reads on; Python's own last flush must not complain of it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            _leave(UNREAD)
        except KeyboardInterrupt:
            _leave(STOPPED, "stopped; nothing was saved")
        except OSError as error:
            if error.errno not in _REFUSALS:
                _report(error)
            _leave(USER, f"{error.filename or 'a file'}: {error.strerror}")
        except MemoryError:
            _leave(USER, "this needs more memory than there is; ask for fewer runs with -n")
        except Exception as error:  # the last line of defence: whatever else goes wrong is our fault
            _report(error)

    return wrapper


def _user_message(error: UserError) -> str:
    """Return one line a problem and their number, or the plain sentence."""
    count = len(error.problems)
    return f"{error}\n{count} problems" if count > 1 else str(error)


def _report(error: Exception) -> NoReturn:
    """End with exit code 3: a short message, or the traceback where it was asked for."""
    if os.environ.get(DEBUG, "") not in ("", "0"):
        traceback.print_exception(error)
        _leave(FAULT)
    kind = "" if isinstance(error, SimError) else f"{type(error).__name__}: "
    _leave(
        FAULT,
        f"this is a fault of the program, not of your input.\n  {kind}{error}\n"
        f"Please report it: run the same command again with {DEBUG}=1 and send its output, with the scenario file, to "
        "the project's issue tracker.",
    )


def _leave(code: int, message: str = "") -> NoReturn:
    if message:
        sys.stderr.write(f"roadmap: {message}\n")
    raise SystemExit(code)
