"""One lever in full, as `roadmap levers NAME` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.cli.console import plain_table

if TYPE_CHECKING:
    from rich.table import Table

    from sim.plan import Catalogue, CostSpec, LeverSpec, PathSpec

_ORIGINS: Final = {
    "created": "created by the plan",
    "enlarged": "there before, enlarged by the plan",
    "restated": "older policy, the same with and without the plan",
}
_POLICIES: Final = {
    "without_plan": "Without the plan",
    "as_written": "Plan as written",
    "as_implemented": "Plan as implemented",
}
_COSTS: Final = {
    "direct": "the money itself",
    "tax": "tax forgone in the firms' own accounts",
    "unit": "bn CNY a unit",
    "admin": "bn CNY a year at a value of 1",
    "none": "none of its own",
}
_GRADES: Final = {
    "A": "A, measured for China",
    "B": "B, measured elsewhere",
    "C": "C, only the sign is known",
    "D": "D, assumed",
}


def lever_page(lever: LeverSpec, catalogue: Catalogue, language: str) -> Table:
    """Return a table of everything the catalogue says of a lever.

    Parameters
    ----------
    lever
        The lever.
    catalogue
        Where its clause is told.
    language
        `en` or `zh`, for what the catalogue holds in both.

    Returns
    -------
    rich.table.Table
        Two columns: what, and its value; reasons and sources among them.
    """
    clause = catalogue.clause(lever.clause)
    table = plain_table("", "", title=f"{lever.id}: {getattr(lever.name, language)}")
    table.show_header = False
    rows = [
        ("Clause", f"{clause.id} {getattr(clause.name, language)}: {getattr(clause.asks, language)}"),
        ("Unit, range", f"{getattr(lever.unit, language)}, {lever.range[0]:g} to {lever.range[1]:g}"),
        ("Read by", lever.actor.replace("_", " ")),
        ("Channel", f"{getattr(lever.channel, language)} ({_sign(lever.sign)})"),
        *_effects(lever),
        ("Cost", _cost(lever.cost)),
        ("Evidence", f"{_GRADES[lever.grade]}: {', '.join(lever.sources)}"),
        ("Origin", f"{_ORIGINS[lever.origin]}. {lever.origin_why.en}"),
        ("In this version", "acts" if lever.active else "does not act yet: a scenario that sets it is refused"),
        ("Optimiser", "may move it" if lever.optimise else "leaves it: not a choice of policy makers"),
        *((title, _path(lever.paths[policy])) for policy, title in _POLICIES.items()),
    ]
    for name, value in rows:
        table.add_row(name, value)
    return table


def _sign(sign: str) -> str:
    return "divides, moves no total" if sign == "none" else f"moves {sign} when the lever rises"


def _effects(lever: LeverSpec) -> list[tuple[str, str]]:
    """Return the rows that tell where the effect shows and what else it takes; none where nothing is told."""
    told = {
        "First shows on": ", ".join(map(str, lever.shows)),
        "Then on": ", ".join(map(str, lever.later)),
        "Needs": f"{' or '.join(lever.needs)} above 0, else it changes nothing" if lever.needs else "",
    }
    return [(title, text) for title, text in told.items() if text]


def _cost(cost: CostSpec) -> str:
    amount = ""
    if cost.amount is not None and cost.kind != "direct":
        spread = f", {cost.low:g} to {cost.high:g}" if cost.low is not None and cost.high is not None else ""
        amount = f"{cost.amount:g}{spread} "
    sources = f" [{', '.join(cost.source)}]" if cost.source else ""
    return f"{amount}{_COSTS[cost.kind]}. {cost.why.en}{sources}"


def _path(path: PathSpec) -> str:
    """Return the dated values of a path, how it moves between them, and why."""
    points = ", ".join(f"{date.removesuffix('Q1')}: {_value(value)}" for date, value in path.points.items())
    between = "in equal steps between" if path.interpolate == "linear" else "held between"
    sources = f" [{', '.join(path.source)}]" if path.source else ""
    return f"{points} ({between}; {path.status}). {path.why.en}{sources}"


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return " ".join(value) or "none"
    return " ".join(f"{name} {weight:g}" for name, weight in value.items()) if isinstance(value, dict) else str(value)
