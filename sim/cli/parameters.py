"""`roadmap parameters`: the numbers of the model, their ranges and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import is_wide, plain_table, say, show

if TYPE_CHECKING:
    from rich.table import Table

    from sim.parameters import Parameter


def parameters(
    group: Annotated[str | None, typer.Argument(metavar="GROUP", help="Only this group, such as research.")] = None,
    moved: Annotated[bool, typer.Option("--moved", help="Only those that the first fit moved: from, to, why.")] = False,
) -> None:
    """List the model's parameters with range and source."""
    from sim.errors import UserError, nearest
    from sim.parameters import PARAMETERS

    groups: dict[str, list[Parameter]] = {}
    for each in PARAMETERS.values():
        groups.setdefault(each.group, []).append(each)
    if group is not None and group not in groups:
        raise UserError(f"no group {group!r}. {nearest(group, list(groups)) or 'One of: ' + ', '.join(groups)}")
    told = 0
    for name in groups if group is None else (group,):
        chosen = [each for each in groups[name] if each.prior is not None or not moved]
        told += len(chosen)
        if chosen:
            show(_moves(name, chosen) if moved else _table(name, chosen))
    if not told:
        say("The first fit moved none of them.")


def _table(name: str, chosen: list[Parameter]) -> Table:
    """Return the parameters of a group; on a narrow terminal all but the name in one column."""
    if not is_wide():
        table = plain_table("Parameter", "Default [range] unit, meaning, origin", title=name)
        for each in chosen:
            value = f"{each.default:g} [{_limits(each)}] {each.unit}"
            table.add_row(each.name, f"{value}\n{each.meaning}\n{_origin(each)}")
        return table
    columns = ("Parameter", "Unit", "Range", "Default", "Meaning, origin")
    table = plain_table(*columns, title=name, right=("Default",))
    for each in chosen:
        table.add_row(each.name, each.unit, _limits(each), f"{each.default:g}", f"{each.meaning}\n{_origin(each)}")
    return table


def _limits(each: Parameter) -> str:
    """Return the range, or the structural alternatives, and whether it is fixed unless a scenario sets it."""
    limits = " | ".join(f"{choice:g}" for choice in each.choices) or f"{each.low:g} - {each.high:g}"
    return f"{limits}, constant" if each.role == "constant" else limits


def _origin(each: Parameter) -> str:
    """Return what stands behind a number: the source that measures it, or why it is assumed."""
    key = each.source or each.evidence
    if each.status == "estimated":
        return f"estimated: {key}"
    return f"{each.status}{f' ({key})' if key else ''}: {each.why}"


def _moves(name: str, chosen: list[Parameter]) -> Table:
    table = plain_table("Parameter", "Unit", "From", "To", "Why", title=name, right=("From", "To"))
    for each in chosen:
        table.add_row(each.name, each.unit, f"{each.prior:g}", f"{each.default:g}", each.moved)
    return table
