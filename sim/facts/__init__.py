"""Stylised facts SF1 to SF20: computed from a simulated panel, beside published ranges, each labelled by its origin.

Only what no rule, input or fit puts in (emergent) is evidence. Called by the command line; must not run, draw or save.
Names are imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.facts.table import Facts, find_facts

__all__ = ["Facts", "find_facts"]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that holds it; raises AttributeError for any other name."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.table"), name)
