"""roadmap: what China's AI industry becomes under the policy of the 2017 plan, and with what probability.

The public interface, nothing else. Every name is imported on first use, so that `import sim` and `roadmap --help` load
neither NumPy nor the compiled model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim import errors
    from sim.agents import Adopter, Firm, Fund, Government, Institute, TalentPool
    from sim.model import RoadmapModel
    from sim.outcomes import OUTCOMES
    from sim.parameters import PARAMETERS
    from sim.results import Comparison, Result, compare, load_result, run
    from sim.scenario import load as load_scenario
    from sim.schedule import SCHEDULE

# Public name -> module and the name there; the module itself where there is no second.
_HOMES: dict[str, tuple[str, str | None]] = {
    "Adopter": ("sim.agents", "Adopter"),
    "Comparison": ("sim.results", "Comparison"),
    "Firm": ("sim.agents", "Firm"),
    "Fund": ("sim.agents", "Fund"),
    "Government": ("sim.agents", "Government"),
    "Institute": ("sim.agents", "Institute"),
    "OUTCOMES": ("sim.outcomes", "OUTCOMES"),
    "PARAMETERS": ("sim.parameters", "PARAMETERS"),
    "Result": ("sim.results", "Result"),
    "RoadmapModel": ("sim.model", "RoadmapModel"),
    "SCHEDULE": ("sim.schedule", "SCHEDULE"),
    "TalentPool": ("sim.agents", "TalentPool"),
    "compare": ("sim.results", "compare"),
    "errors": ("sim.errors", None),
    "load_result": ("sim.results", "load_result"),
    "load_scenario": ("sim.scenario", "load"),
    "run": ("sim.results", "run"),
}

__all__ = [
    "OUTCOMES",
    "PARAMETERS",
    "SCHEDULE",
    "Adopter",
    "Comparison",
    "Firm",
    "Fund",
    "Government",
    "Institute",
    "Result",
    "RoadmapModel",
    "TalentPool",
    "compare",
    "errors",
    "load_result",
    "load_scenario",
    "run",
]


def __getattr__(name: str) -> Any:
    """Return a public name, importing its module on first use; raises AttributeError for any other name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    found = import_module(module)
    return found if attribute is None else getattr(found, attribute)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
