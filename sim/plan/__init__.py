"""The plan as data: its clauses, levers and targets, and the names that number every array of the model.

Used by scenario, state, kernels and results. `Lever` and `names` cost nothing to import; the catalogue (pydantic, YAML)
is loaded when first asked for, so that compiled code and `--help` do without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.plan.lever_ids import Lever

if TYPE_CHECKING:
    from sim.plan.catalogue import (
        Catalogue,
        Clause,
        CostSpec,
        LeverSpec,
        PathSpec,
        Reason,
        TargetSpec,
        Text,
        load_catalogue,
    )

__all__ = [
    "Catalogue",
    "Clause",
    "CostSpec",
    "Lever",
    "LeverSpec",
    "PathSpec",
    "Reason",
    "TargetSpec",
    "Text",
    "load_catalogue",
]


def __getattr__(name: str) -> Any:
    """Return a name of `catalogue`, importing that module on first use; raises AttributeError for any other name."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("sim.plan.catalogue"), name)
