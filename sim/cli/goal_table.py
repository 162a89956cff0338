"""The goals of clause 2.3 in words as a terminal shows them: median, threshold, part of the runs that reach it.

Called by `run` after the table of targets. Thresholds are constructions of this project, and the table says so.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from sim.cli.console import plain_table

if TYPE_CHECKING:
    from rich.table import Table

    from sim.measurement.goal_list import Goal
    from sim.results import Result

HEADING: Final = {"en": "Goal (our construction)", "zh": "定性目标（本项目构造）"}
LEGEND: Final = {
    "en": (
        "Goals that clause 2.3 states in words. The plan names no measure of them:\n"
        "formulas and thresholds are constructions of this project, with reasons in\n"
        "seeds/plan/goals.yaml. Median / threshold, part of the runs that reach it; where\n"
        "there is no threshold the plan's goal of that year is another. The {fields} fields\n"
        "one by one: goals.csv.\n"
        "° restates the policy of the scenario, no finding of the model."
    ),
    "zh": (
        "条款2.3以文字提出的目标，规划未给出衡量办法：公式与阈值均为本项目构造\n"
        "（理由见 seeds/plan/goals.yaml）。中位数 / 阈值，达到阈值的运行占比；\n"
        "没有阈值的年份，规划另有目标。{fields}个技术方向的逐项结果见 goals.csv。\n"
        "° 仅复述情景设定的政策，不是模型的结论。"
    ),
}


def goal_table(result: Result, language: str = "en") -> Table:
    """Return the goals in words of a result, without the rows of single fields.

    Parameters
    ----------
    result
        Its table of goals is shown.
    language
        `en` or `zh`.

    Returns
    -------
    rich.table.Table
        One row per indicator, one column per year: median over runs, threshold, percent of runs that reach it.
    """
    from sim.measurement import declared_goals

    rows = result.goals[result.goals["item"] == ""].to_dict("records")
    years = sorted({int(row["year"]) for row in rows})
    table = plain_table(HEADING[language], *map(str, years), right=tuple(map(str, years)))
    goals = {goal.id: goal for goal in declared_goals()}
    group = ""
    for name in dict.fromkeys(str(row["goal"]) for row in rows):
        goal = goals[name]
        if group not in ("", goal.group):
            table.add_section()
        group = goal.group
        cells = [_cell(goal, row) for year in years for row in rows if (row["goal"], row["year"]) == (name, year)]
        mark = " °" if goal.rests_on == "policy" else ""
        table.add_row(f"{getattr(goal.name, language)}{mark}", *cells)
    return table


def legend(result: Result, language: str = "en") -> str:
    """Return what a reader of the table must know."""
    fields = result.goals.loc[result.goals["item"] != "", "item"].nunique()
    return LEGEND[language].format(fields=fields)


def _cell(goal: Goal, row: dict[Any, Any]) -> str:
    from sim.plots.labels import percent

    digits = 0 if goal.measure.kind in ("count", "sum") else 2
    median = f"{row['median']:.{digits}f}"
    if math.isnan(row["threshold"]):
        return f"{median} / {'-':<4} {'-':>4}"
    return f"{median} / {row['threshold']:<4g} {percent(row['met']):>4}"
