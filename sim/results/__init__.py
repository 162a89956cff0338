"""Results: run a scenario, hold what came of it, save it whole or not at all, load it, compare two.

Called by the command line, plots and people. Names are imported on first use: reading a saved result needs no compiled
code. Must not import plots or the command line (`Result.plot` finds the figures when asked for one).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.results.comparison import Comparison, compare
    from sim.results.folder import Saved
    from sim.results.loading import load_result
    from sim.results.manifest import Manifest
    from sim.results.panel import Panel
    from sim.results.result import Result
    from sim.results.running import add_panel, run

_HOMES = {
    "Comparison": "comparison",
    "Manifest": "manifest",
    "Panel": "panel",
    "Result": "result",
    "Saved": "folder",
    "add_panel": "running",
    "compare": "comparison",
    "load_result": "loading",
    "run": "running",
}

__all__ = ["Comparison", "Manifest", "Panel", "Result", "Saved", "add_panel", "compare", "load_result", "run"]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that holds it; raises AttributeError for any other name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
