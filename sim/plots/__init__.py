"""Figures: pure views on a result. Each takes a result or its dataset and returns what it drew.

    ax = sim.plots.fan(result, "core_scale")          # an Axes; `ax.figure` is the figure
    sim.plots.publish(result, "figures")              # all of them as PNG and SVG

Called by people, by `Result.plot` and by the command line. Must not run, load or save a result, and knows no pyplot:
nothing is shown and no setting of Matplotlib stays changed. Names are imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.plots.branches import sectors
    from sim.plots.capital import investment
    from sim.plots.fans import core_by_definition, fan
    from sim.plots.frontier import parity
    from sim.plots.growing import growth
    from sim.plots.judgement import chances
    from sim.plots.pairs import added, added_cost, beside
    from sim.plots.people import talent
    from sim.plots.places import regions
    from sim.plots.public_money import ledger
    from sim.plots.publishing import publish, publish_pair
    from sim.plots.related import related_envelope
    from sim.plots.stated_goals import goals
    from sim.plots.users import adoption

_HOMES = {
    "added": "pairs",
    "added_cost": "pairs",
    "adoption": "users",
    "beside": "pairs",
    "chances": "judgement",
    "core_by_definition": "fans",
    "fan": "fans",
    "goals": "stated_goals",
    "growth": "growing",
    "investment": "capital",
    "ledger": "public_money",
    "parity": "frontier",
    "publish": "publishing",
    "publish_pair": "publishing",
    "regions": "places",
    "related_envelope": "related",
    "sectors": "branches",
    "talent": "people",
}

# Every public name takes a result first: `Result.plot` offers each of them as a method.
__all__ = [
    "added",
    "added_cost",
    "adoption",
    "beside",
    "chances",
    "core_by_definition",
    "fan",
    "goals",
    "growth",
    "investment",
    "ledger",
    "parity",
    "publish",
    "publish_pair",
    "regions",
    "related_envelope",
    "sectors",
    "talent",
]


def __getattr__(name: str) -> Any:
    """Return a public name from the module that holds it; raises AttributeError for any other name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
