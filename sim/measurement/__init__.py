"""From model accounts to published measures: definitions, datasets, targets and goals judged, growth taken apart.

Called by results, plots and the Mesa model; must not import ensembles, results, Numba or Mesa. Names are imported on
first use, so that a model that only needs the definitions does not load pandas and xarray.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.measurement.dataset import measure
    from sim.measurement.decomposition import growth_table
    from sim.measurement.definitions import CONSTRUCTIONS, DEFINITIONS, Construction, Definition
    from sim.measurement.goal_list import declared_goals
    from sim.measurement.goals import judge_goals
    from sim.measurement.ledger import ledger_table
    from sim.measurement.published import Figure, published_figures, published_investment
    from sim.measurement.targets import judge

_HOMES = {
    "CONSTRUCTIONS": "definitions",
    "DEFINITIONS": "definitions",
    "Construction": "definitions",
    "Definition": "definitions",
    "Figure": "published",
    "declared_goals": "goal_list",
    "growth_table": "decomposition",
    "judge": "targets",
    "judge_goals": "goals",
    "ledger_table": "ledger",
    "measure": "dataset",
    "published_figures": "published",
    "published_investment": "published",
}

__all__ = [
    "CONSTRUCTIONS",
    "DEFINITIONS",
    "Construction",
    "Definition",
    "Figure",
    "declared_goals",
    "growth_table",
    "judge",
    "judge_goals",
    "ledger_table",
    "measure",
    "published_figures",
    "published_investment",
]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that holds it; raises AttributeError for any other name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
