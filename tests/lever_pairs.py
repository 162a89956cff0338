"""Pairs of economies that differ in one lever only: how the lever is set, and what then differs in their state."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from small_economy import BUSY, Economy

from sim.plan import LeverSpec
from sim.plan.effects import Effect
from sim.plan.names import CORE_SECTORS, REGIONS
from sim.population import stage
from sim.scenario import Scenario, load
from sim.schedule import SCHEDULE, Phase
from sim.state import Scene, State

# Levers that act where progress falls short of a goal: their tests set one that is out of reach.
REVIEWING = ("evaluation_interval", "adjustment_strength")
OUT_OF_REACH = {"targets": [{"indicator": "core_scale", "year": 2019, "above": 99_999}]}

# What follows every payment: the ledger, the books and the nation's sums over them. No effect on the economy.
LEDGER = ("levers", "books")
SUMS = {f"nations.{name}" for name in ("public_outlay", "forgone_tax", "cash_before", "turnover", "worst_account")}
SUMS |= {"nations.residual", "nations.residual_heads"}
REGISTERS = ("births",)  # labels of firms to come; nations.births counts them
GAINING_SECTOR = CORE_SECTORS.index("software_hardware")

# Parts of a lever's range between which it is raised: from its low end, and on to its high end. An interval of five
# years would hide what it does: every year, and every second year.
STEPS = ((0.0, 0.5), (0.5, 1.0))
SHORTER_STEPS = {"evaluation_interval": ((0.0, 0.1), (0.1, 0.2))}

# Rare events that a lever may prevent, made frequent enough to be seen in a few quarters.
EVENTFUL = {"incident_rate": 20.0}


class Difference(NamedTuple):
    """What one field has more in the second economy than in the first, row by row."""

    quarter: int
    phase: str
    field: str
    change: np.ndarray


def aimed(spec: dict[str, Any], lever: LeverSpec) -> dict[str, Any]:
    """Return a scenario in which the lever has something to act on, and no review answers to other levers."""
    if lever.id in REVIEWING:
        return {**spec, **OUT_OF_REACH}
    return {**spec, "levers": {**spec.get("levers", {}), "evaluation_interval": 0}}


def step(lever: LeverSpec, number: int) -> tuple[float, float]:
    """Return the parts of the range between which a lever is raised in its first or second step."""
    return SHORTER_STEPS.get(lever.id, STEPS)[number]


def leap(lever: LeverSpec) -> tuple[float, float]:
    """Return the parts of the range between which draws soon fall otherwise; not its end, where numbers are round."""
    return SHORTER_STEPS[lever.id][0] if lever.id in SHORTER_STEPS else (0.0, 0.9)


def setting(lever: LeverSpec, part: float) -> np.ndarray:
    """Return the value at a part of the lever's range: of a number, of one sector's weight, of the list of regions."""
    if lever.form == "sector_weights":
        weights = np.full(len(CORE_SECTORS), (1.0 - part) / len(CORE_SECTORS))
        weights[GAINING_SECTOR] += part
        return weights
    if lever.form == "regions":
        return (np.arange(len(REGIONS)) < int(part * len(REGIONS))).astype(np.float64)
    low, high = lever.range
    return np.array(low + part * (high - low))


def with_lever(scenario: Scenario, lever: LeverSpec, part: float, start: int) -> Scenario:
    """Return the scenario with the lever held at a part of its range from a quarter on."""
    path = np.array(scenario.path(lever.id))
    path[start:] = setting(lever, part)
    if lever.form == "scalar":
        return replace(scenario, levers={**scenario.levers, lever.id: path})
    return replace(scenario, **{lever.id: path})


def scene_of(scenario: Scenario, like: Scene) -> Scene:
    """Return what the scenario gives to a run with the parameters and the random numbers of another."""
    scene = stage(scenario)
    scene.parameters[:] = like.parameters
    for name, value in EVENTFUL.items():
        scene.parameters[name] = value
    scene.key[:] = like.key
    return scene


def pair(
    economy: Economy, lever: LeverSpec, parts: tuple[float, float], start: int, spec: dict[str, Any] = BUSY
) -> tuple[Economy, Economy]:
    """Return two copies of the economy that from quarter `start` on hold the lever at two parts of its range."""
    scenario = load(aimed(spec, lever))
    made = []
    for part in parts:
        twin = economy.copy()
        made.append(Economy(twin.state, twin.memory, scene_of(with_lever(scenario, lever, part, start), economy.scene)))
    return made[0], made[1]


def gaining(lever: LeverSpec, parts: tuple[float, float], table: str, state: State) -> np.ndarray:
    """Return which rows of a table lie in the sector or the regions that gain; all rows for any other lever."""
    owner = getattr(state, owner_of(table))
    more = np.atleast_1d(setting(lever, parts[1]) > setting(lever, parts[0]))
    label = {"sector_weights": "sector", "regions": "region"}.get(lever.form)
    if label is None or label not in owner.dtype.names:
        return np.ones(len(owner), dtype=np.bool_)
    return np.asarray(more[owner[label]])


def owner_of(table: str) -> str:
    """Return the table of stocks and labels that belongs to a table."""
    return table.removesuffix("_flows") + "s" if table.endswith("_flows") else table


def differences(first: Economy, second: Economy, shown: Collection[str]) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each field that differs, with its change by row; accounts only where `shown` names them.

    Rows that hold an agent in one economy only are that agent's foundation: `alive` tells of it, the rest is left out.
    """
    if np.array_equal(first.memory, second.memory):
        return
    for name, table in first.state._asdict().items():
        other = getattr(second.state, name)
        if name in REGISTERS or table.tobytes() == other.tobytes():
            continue
        owners = [getattr(each.state, owner_of(name)) for each in (first, second)]
        both = np.ones(len(table), dtype=np.bool_)
        if "alive" in owners[0].dtype.names:
            both = owners[0]["alive"] == owners[1]["alive"]
        for field in table.dtype.names:
            place = f"{name}.{field}"
            rows = slice(None) if field == "alive" else both
            if table[field][rows].tobytes() == other[field][rows].tobytes():
                continue
            if place in shown or not (name in LEDGER or place in SUMS):
                change = np.asarray(other[field], dtype=np.float64) - np.asarray(table[field], dtype=np.float64)
                change[~both if field != "alive" else np.zeros_like(both)] = 0.0
                yield place, change


def first_differences(first: Economy, second: Economy, quarters: range, shown: Collection[str]) -> list[Difference]:
    """Walk both phase by phase and return what differs after the first phase after which anything does."""
    for q in quarters:
        for phase in SCHEDULE:
            for economy in (first, second):
                phase.kernel(*economy.arguments(phase, q))
            found = [Difference(q, phase.name, *one) for one in differences(first, second, shown)]
            if found:
                return found
    return []


def direct_differences(first: Economy, second: Economy, quarters: range, shown: Collection[str]) -> list[Difference]:
    """Return what the lever moves by itself: every phase that reads levers is run with both settings on the same state.

    The state is that of the first economy; only the ledger is that of the second, because levers act through money.
    """
    found = []
    money = {field: np.zeros_like(first.state.levers[field]) for field in first.state.levers.dtype.names}
    for q in quarters:
        for phase in SCHEDULE:
            if not _reads_levers(phase):
                phase.kernel(*first.arguments(phase, q))
                continue
            second.memory[:] = first.memory
            for field, more in money.items():
                second.state.levers[field] += more
            for economy in (first, second):
                phase.kernel(*economy.arguments(phase, q))
            for place, change in differences(first, second, shown):
                table, field = place.split(".")
                answer = change - money[field] if table == "levers" else change  # less what it was given
                if answer.any():
                    found.append(Difference(q, phase.name, place, answer))
            for field in money:
                money[field] = second.state.levers[field] - first.state.levers[field]
    return found


def _reads_levers(phase: Phase) -> bool:
    return not {"policy", "levers", "budgets"}.isdisjoint(phase.inputs)


def summed(effect: Effect, found: list[Difference], rows: np.ndarray) -> tuple[float, float]:
    """Return net and gross change of a declared field over those of the rows that carry its label."""
    net = gross = 0.0
    for one in found:
        if one.field == effect.name:
            net += float(one.change[rows].sum())
            gross += float(np.abs(one.change[rows]).sum())
    return net, gross


def agrees(effect: Effect, net: float, gross: float) -> bool:
    """Return whether a net change has the declared direction."""
    if effect.sign == "none":
        return abs(net) <= 1e-9 * gross
    return effect.sign == "either" or net * (1.0 if effect.sign == "+" else -1.0) > 0.0
