"""`roadmap levers`: the catalogue of policy levers, or one of them in full."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import is_wide, plain_table, say, show
from sim.cli.languages import Language

if TYPE_CHECKING:
    from sim.plan import Catalogue, LeverSpec

_HEADINGS = {
    "en": ("Clause", "Lever", "Unit, range", "Plan", "Cost", "Ev."),
    "zh": ("条款", "政策杠杆", "单位，范围", "规划", "费用", "证据"),
}
_LIMITS = {"en": "{unit}, {low} - {high}", "zh": "{unit}，{low} - {high}"}
_TO = {"en": " to ", "zh": "至"}
_WEIGHTS = {"en": "weights", "zh": "权重"}
_NOTES = {
    "en": (
        "Cost: direct, the lever is money; unit, each; admin, a year at 1; tax, forgone.",
        "Ev.: evidence, A measured for China, B measured elsewhere, C sign only, D assumed.",
        "`roadmap levers NAME` tells all of one.",
    ),
    "zh": (
        "费用：direct 资金本身，unit 按数量，admin 水平为1时的年度费用，tax 税收减收。",
        "证据：A 中国实测，B 他国实测，C 仅知方向，D 假设。",
        "“roadmap levers 名称 --lang zh” 显示一项的全部内容。",
    ),
}


def levers(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="One lever, in full.")] = None,
    clause: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Only those of a clause, such as 3.1.4, or a section.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of names and words.")] = Language.en,
) -> None:
    """List the policy levers, or tell all of one."""
    from sim.cli.lever_page import lever_page
    from sim.errors import UserError, nearest
    from sim.plan import load_catalogue

    catalogue = load_catalogue()
    if name is not None and clause is not None:
        raise UserError(f"{name} and --clause {clause} cannot both be given: tell one lever, or list those of a clause")
    if name is not None:
        known = [lever.id for lever in catalogue.levers]
        if name not in known:
            raise UserError(f"no lever {name!r}. {nearest(name, known) or '`roadmap levers` lists them'}")
        show(lever_page(catalogue.lever(name), catalogue, lang.value))
        return
    _list(_chosen(catalogue, clause), lang.value)


def _chosen(catalogue: Catalogue, clause: str | None) -> list[tuple[str, tuple[LeverSpec, ...]]]:
    """Return the clauses asked for with their levers; a chapter or section stands for all in it."""
    from sim.errors import UserError

    start = "" if clause is None else f"{clause.rstrip('.')}."
    found = [each for each in catalogue.clauses if f"{each.id}.".startswith(start)]
    if not found:
        raise UserError(f"no clause {clause!r}; the plan's are {', '.join(each.id for each in catalogue.clauses)}")
    given = [(each.id, catalogue.levers_of(each.id)) for each in found if each.levers]
    if not given:
        reasons = [each.why_no_lever.en for each in found if each.why_no_lever]
        raise UserError(f"clause {clause} has no lever: {reasons[0]}")
    return given


def _list(chosen: list[tuple[str, tuple[LeverSpec, ...]]], language: str) -> None:
    """Print one table, a block for each clause."""
    wide = is_wide()
    clause, lever, unit, plan, cost, grade = _HEADINGS[language]
    table = plain_table(clause, lever, unit, *([plan] if wide else []), cost, grade)
    for number, specs in chosen:
        for spec in specs:
            low, high = (f"{bound:g}" for bound in spec.range)
            limits = _LIMITS[language].format(unit=getattr(spec.unit, language), low=low, high=high)
            name = spec.id + ("" if language == "en" else f"\n{spec.name.zh}")
            table.add_row(number, name, limits, *([_path(spec, language)] if wide else []), spec.cost.kind, spec.grade)
        table.add_section()
    show(table)
    for line in _NOTES[language]:
        say(line)


def _path(spec: LeverSpec, language: str) -> str:
    """Return where the plan's path begins, its peak if that lies between, and where it ends; a word for weights."""
    points = spec.paths["as_written"].points.values()
    if spec.form == "sector_weights":
        return _WEIGHTS[language]
    if spec.form == "regions":
        levels = list(accumulate(float(len(codes)) for codes in points if isinstance(codes, tuple)))
    else:
        levels = [value for value in points if isinstance(value, float)]
    told = [f"{value:g}" for value in (levels[0], max(levels), levels[-1])]
    return _TO[language].join(text for text, _ in groupby(told))
