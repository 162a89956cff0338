"""`roadmap facts`: stylised facts of a result beside published ranges, each labelled by where it comes from."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.console import is_wide, plain_table, remark, say, show
from sim.cli.languages import Language

if TYPE_CHECKING:
    from rich.table import Table

    from sim.facts import Facts
    from sim.results import Result

_TABLE, _FIGURES = "facts.csv", "figures"
_HEADINGS = {
    "en": ("Fact", "Statistic (sources)", "Value", "5-95%", "Published", "Label", "Verdict"),
    "zh": ("事实", "统计量（来源）", "数值", "5-95%", "公布范围", "性质", "判断"),
}
_WORDS = {
    "en": {},
    "zh": {
        "imposed": "设定",
        "fitted": "拟合",
        "emergent": "涌现",
        "inside": "在内",
        "outside": "在外",
        "not computable": "无法计算",
    },
}
_MISSES = {
    "en": "What lies outside or cannot be computed, and why; nothing is tuned to mend it.",
    "zh": "在外或无法计算者及其原因；不为此调整任何参数。",
}
_LEGEND = {
    "en": (
        "Value: median over the runs followed. Imposed: rules or inputs put it in;\n"
        "fitted: the first fit saw it; emergent: neither, and only that is evidence.\n"
        "Most ranges are of other industries or countries: seeds/facts/facts.csv."
    ),
    "zh": (
        "数值为所跟踪模拟的中位数。设定：由规则或输入给定；拟合：初步拟合曾使用；\n"
        "涌现：两者皆非，只有涌现可作证据。多数范围取自其他行业或国家：seeds/facts/facts.csv。"
    ),
}
_NO_FONT = "no font with Chinese characters is installed: the figures are in English"


def facts(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="Result folder with a panel.")],
    lang: Annotated[Language, typer.Option(help="Language of table and figures.")] = Language.en,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Draw no figures.")] = False,
) -> None:
    """Compare stylised facts with published ranges."""
    from sim.cli.progress import progress_bar
    from sim.facts import find_facts
    from sim.results import load_result
    from sim.results.folder import add_files

    result = load_result(folder)
    _need_panel(result, folder)
    with progress_bar(f"{result.scenario.name}, facts", result.manifest.panel_runs) as progress:
        found = find_facts(result, progress)
    show(_table(found, lang.value))
    say(f"\n{_LEGEND[lang.value]}\n\n{_MISSES[lang.value]}")
    _tell_misses(found, lang.value)
    say(f"\n{found.summary(lang.value)}")
    written = add_files(folder, lambda place: _write(found, place, lang.value, figures=not no_figures))
    drawn = sum(name.endswith(".png") for name in written)
    say(f"\nTable    {folder / _TABLE}" + (f"\nFigures  {folder / _FIGURES}/facts_* ({drawn})" if drawn else ""))


def _need_panel(result: Result, folder: Path) -> None:
    from sim.errors import Problem, UserError

    if result.panel is None:
        command = f"roadmap run {folder / 'scenario.yaml'} --agent-panel -o {folder}"
        message = "holds no single firms and users, from which facts are computed"
        raise UserError([Problem(str(folder), "", message, hint=f"Add them: {command}")])


def _table(found: Facts, lang: str) -> Table:
    """Return the table of all statistics, grouped by fact."""
    from sim.plots.fact_marks import amount, published

    shown = [0, 1, 2, *([3] if is_wide() else []), 4, 5, 6]
    head = _HEADINGS[lang]
    table = plain_table(*(head[place] for place in shown), right=(head[2], head[3], head[4]))
    rows = [row for _, row in found.worded(lang).iterrows()]
    for fact, grouped in groupby(rows, key=lambda row: str(row["fact"])):
        members = list(grouped)
        sources = dict.fromkeys(row[name] for row in members for name in ("source", "second_source") if row[name])
        table.add_row(fact, f"{members[0]['name']} ({', '.join(sources)})")
        for row in members:
            value, span = "-", "-"
            if row["runs"]:
                value, low, high = (amount(row[name], row["unit"]) for name in ("value", "p05", "p95"))
                span = f"{low}/{high}"
            told = [_said(row[name] or "-", lang) for name in ("label", "verdict")]
            cells = ["", f"  {row['measure']}", value, span, published(row, lang), *told]
            table.add_row(*(cells[place] for place in shown))
        table.add_section()
    return table


def _tell_misses(found: Facts, lang: str) -> None:
    """Print a sentence for every statistic that is outside or missing; what several share is told once."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for row in found.worded(lang).to_dict("records"):
        if row["reason"]:
            key = (str(row["fact"]), _told_verdict(row, lang), str(row["reason"]))
            reasons.setdefault(key, []).append(str(row["measure"]))
    for (fact, verdict, reason), measures in reasons.items():
        say(f"  {fact} {'; '.join(measures)} ({verdict}): {reason}")


def _told_verdict(row: dict[Any, Any], lang: str) -> str:
    parts = [_said(row["label"], lang)] if row["label"] else []
    return ", ".join([*parts, _said(row["verdict"], lang)])


def _said(word: str, lang: str) -> str:
    return _WORDS[lang].get(word, word)


def _write(found: Facts, place: Path, lang: str, *, figures: bool) -> None:
    """Fill a folder with the table, in English, and the figures."""
    found.worded("en").to_csv(place / _TABLE, index=False, lineterminator="\n", encoding="utf-8")
    if figures:
        from sim.plots.fact_sheet import publish_facts
        from sim.plots.style import chinese_font

        if lang == "zh" and chinese_font() is None:
            remark(f"warning: {_NO_FONT}")
            lang = "en"
        publish_facts(found, place / _FIGURES, lang)
