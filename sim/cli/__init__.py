"""The command line, `roadmap`: views on the library, one small module a command.

`main` is the entry point. Modules here import NumPy, Matplotlib and the model inside their functions, so that
`roadmap --help` answers at once; nothing may import this package but `sim.__main__`.
"""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run the command line and leave the process.

    Raises
    ------
    SystemExit
        Always: 0 done (also when a target is missed), 2 user's error, 3 fault of the program, 130 on Ctrl-C.
    """
    from sim.cli.app import app

    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal without Chinese shows \u4eba for a character: better than a command that breaks off.
        sys.stdout.reconfigure(errors="backslashreplace")
    app(prog_name="roadmap")
