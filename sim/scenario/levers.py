"""The paths of all levers while layers are applied: defaults of the catalogue first, then one layer upon another.

Called by `resolution`. Paths cover the whole span to 2040, so that a later layer may lengthen the horizon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from sim.errors import Problem
from sim.plan.catalogue import Catalogue
from sim.plan.names import CORE_SECTORS, REGIONS
from sim.scenario.known import Known
from sim.scenario.paths import Array, changed_path, designated, linear_path, normalised, step_path
from sim.scenario.quarters import SPAN, Quarter
from sim.scenario.validation import Layer
from sim.scenario.values import Change, Dated, DatedCounts, DatedRegions, DatedWeights, Path

FOCUS = "core_sector_focus"
ZONES = "pilot_zones"

# The policy whose designations give the order in which regions join when a scenario asks for a number of them.
_ORDERING_POLICY = "as_written"

# A change that ends this close beyond a bound, relative to it, meant the bound: 3 x 0.1 is not above 0.3.
_ROUNDING = 1e-9

Entry = TypeVar("Entry")
Refusal = tuple[Quarter, str, float, str]  # date, message, count, allowed


@dataclass
class LeverPaths:
    """Every lever's path: scalars float64[span], focus float64[span, sectors], zones float64[span, regions] of 0 and 1.

    `zone_order` lists the columns of regions in the order in which a count designates them.
    """

    scalars: dict[str, Array]
    focus: Array
    zones: Array
    zone_order: list[int]


def default_paths(catalogue: Catalogue, policy: str) -> LeverPaths:
    """Return the catalogue's paths under one policy.

    Parameters
    ----------
    catalogue
        The plan's levers.
    policy
        `without_plan`, `as_written` or `as_implemented`.

    Returns
    -------
    LeverPaths
        All levers over the whole span.
    """
    scalars: dict[str, Array] = {}
    focus, zones = np.zeros((SPAN, len(CORE_SECTORS))), np.zeros((SPAN, len(REGIONS)))
    for lever in catalogue.levers:
        spec = lever.paths[policy]
        dated: dict[int, Any] = {Quarter.parse(date).position: value for date, value in spec.points.items()}
        if lever.form == "sector_weights":
            focus = step_path(focus, {date: normalised(weights, CORE_SECTORS) for date, weights in dated.items()})
        elif lever.form == "regions":
            zones = designated(zones, {date: _columns(codes) for date, codes in dated.items()})
        else:
            draw = linear_path if spec.interpolate == "linear" else step_path
            scalars[lever.id] = draw(np.zeros(SPAN), dated)
    return LeverPaths(scalars, focus, zones, _zone_order(catalogue))


def apply_levers(paths: LeverPaths, layer: Layer, known: Known, n_quarters: int) -> list[Problem]:
    """Change the paths as a layer says.

    Parameters
    ----------
    paths
        The paths of the layers below; changed in place.
    layer
        A layer without problems of names, numbers or dates.
    known
        Ranges of the levers.
    n_quarters
        Length of the scenario's horizon; what lies beyond it is not judged.

    Returns
    -------
    list of Problem
        Relative changes that leave a lever's range, counts that would take a region back.
    """
    problems: list[Problem] = []
    for name, value in (layer.file.levers.given() if layer.file.levers else {}).items():
        if name == FOCUS:
            paths.focus = _focus(paths.focus, value)
        elif name == ZONES:
            paths.zones, refused = _zones(paths, value, n_quarters)
            for date, message, count, allowed in refused:
                key = layer.source.dated_key(("levers", ZONES), date)
                problems.append(layer.source.problem(key, message, count, allowed))
        else:
            paths.scalars[name] = _scalar(paths.scalars[name], value)
            if isinstance(value, Change):
                problems += _held_in_range(paths.scalars[name][:n_quarters], layer, name, known)
    return problems


def _positions(value: Dated[Entry]) -> dict[int, Entry]:
    """Return dated entries by position, earliest first."""
    return {date.position: value.points[date] for date in sorted(value.points)}


def _scalar(base: Array, value: float | Path | Change) -> Array:
    """Return the path of a scalar lever that is given a value."""
    if isinstance(value, Change):
        start = 0 if value.start is None else value.start.position
        stop = SPAN if value.stop is None else value.stop.position + 1
        if value.scale is not None:
            return changed_path(base, start, stop, scale=value.scale)
        return changed_path(base, start, stop, add=value.add)
    if isinstance(value, Path):
        draw = linear_path if value.interpolate == "linear" else step_path
        return draw(base, _positions(value))
    return np.full(SPAN, float(value))


def _held_in_range(path: Array, layer: Layer, name: str, known: Known) -> list[Problem]:
    """Report the first quarter in which a relative change leaves the range; take back what is only rounding."""
    low, high = known.levers[name].range
    slack = _ROUNDING * max(abs(low), abs(high))
    outside = np.flatnonzero((path < low - slack) | (path > high + slack))
    if len(outside) == 0:
        np.clip(path, low, high, out=path)
        return []
    first = int(outside[0])
    message = f"leaves the range: it gives {path[first]:.6g} in {Quarter.at(first)}"
    return [layer.source.problem(("levers", name), message, allowed=known.lever_range(name))]


def _focus(base: Array, value: dict[str, float] | DatedWeights) -> Array:
    """Return the weights over sectors that a value gives."""
    if isinstance(value, DatedWeights):
        return step_path(base, {date: normalised(row, CORE_SECTORS) for date, row in _positions(value).items()})
    return step_path(base, {0: normalised(value, CORE_SECTORS)})


def _zones(
    paths: LeverPaths, value: float | DatedCounts | DatedRegions, n_quarters: int
) -> tuple[Array, list[Refusal]]:
    """Return the designations that a value gives, and the dates at which it would take regions back."""
    if isinstance(value, DatedRegions):
        return designated(paths.zones, {date: _columns(codes) for date, codes in _positions(value).items()}), []
    counts = _positions(value) if isinstance(value, DatedCounts) else {0: float(value)}
    zones = paths.zones
    refused: list[Refusal] = []
    for position, count in counts.items():
        before = zones[position - 1] if position > 0 else np.zeros(len(REGIONS))
        already = int(before.sum())
        if count < already and position < n_quarters:
            date = Quarter.at(position)
            message = f"would take back a designation: {already} regions are designated before {date}"
            refused.append((date, message, count, f"{already} to {len(REGIONS)} regions"))
        joining = [column for column in paths.zone_order if not before[column]][: max(int(count) - already, 0)]
        zones = designated(zones, {position: joining})
    return zones, refused


def _zone_order(catalogue: Catalogue) -> list[int]:
    """Return the columns of regions in the order in which the plan as written designates them, the others after."""
    points: dict[str, Any] = dict(catalogue.lever(ZONES).paths[_ORDERING_POLICY].points)
    named = [code for date in sorted(points) for code in points[date]]
    return _columns(dict.fromkeys([*named, *REGIONS]))


def _columns(codes: Iterable[str]) -> list[int]:
    """Return the columns of regions by their codes."""
    return [REGIONS.index(code) for code in codes]
