"""Scenario files: YAML with line numbers -> one frozen, fully resolved `Scenario`; check, explain, write back.

Called by the command line, the model shell and experiments. Must not import pandas, xarray, Numba, Mesa or matplotlib:
it is on the path of every command.
"""

from sim.scenario.comparison import warnings
from sim.scenario.explanation import ClauseChange, Step, explain
from sim.scenario.explanation_text import explanation_text
from sim.scenario.export import json_schema
from sim.scenario.loading import check, load
from sim.scenario.quarters import Quarter
from sim.scenario.record import Caption, Scenario, Shock, Target
from sim.scenario.sources import root, shipped

__all__ = [
    "Caption",
    "ClauseChange",
    "Quarter",
    "Scenario",
    "Shock",
    "Step",
    "Target",
    "check",
    "explain",
    "explanation_text",
    "json_schema",
    "load",
    "root",
    "shipped",
    "warnings",
]
