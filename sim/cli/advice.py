"""What a scenario states without effect, told before it runs.

Called by `run` and `check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.errors import Problem
    from sim.scenario import Scenario

# The shipped scenario in which every lever follows a policy's own path.
_ROOTS: Final = {"as_written": "plan", "without_plan": "no_plan", "as_implemented": "implemented"}


def advice(scenario: Scenario) -> list[Problem]:
    """Return what a scenario sets that leaves every quarter as in the shipped scenario it grows from.

    Parameters
    ----------
    scenario
        As loaded, with the options of the call.

    Returns
    -------
    list of Problem
        Each names the file and the lever or shock.
    """
    from sim.scenario import load, shipped, warnings

    root = scenario.layers[0].removesuffix(".yaml") if scenario.layers else ""
    return warnings(scenario, load(root if root in shipped() else _ROOTS[scenario.policy]))
