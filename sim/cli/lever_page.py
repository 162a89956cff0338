"""One lever in full, as `roadmap levers NAME` prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sim.cli.console import plain_table

if TYPE_CHECKING:
    from rich.table import Table

    from sim.plan import Catalogue, CostSpec, LeverSpec, PathSpec
    from sim.plan.effects import Effect

_LANGUAGES: Final = ("en", "zh")
_TITLES: Final = {
    "clause": ("Clause", "条款"),
    "range": ("Unit, range", "单位，范围"),
    "actor": ("Read by", "响应主体"),
    "channel": ("Channel", "传导渠道"),
    "shows": ("First shows on", "首先作用于"),
    "later": ("Then on", "随后作用于"),
    "needs": ("Needs", "前提"),
    "cost": ("Cost", "费用"),
    "evidence": ("Evidence", "证据"),
    "origin": ("Origin", "由来"),
    "optimiser": ("Optimiser", "优化器"),
    "all": ("In all paths", "各条路径"),
    "without_plan": ("Without the plan", "没有规划"),
    "as_written": ("Plan as written", "按规划文本"),
    "as_implemented": ("Plan as implemented", "按实际落实"),
}
_WORDS: Final = {
    "colon": (": ", "："),
    "stop": (". ", "。"),
    "range": ("{unit}, {low} to {high}", "{unit}，{low}至{high}"),
    "channel": ("{channel}; {sign}", "{channel}；{sign}"),
    "at_times": (", at times", ", 有时"),
    "or": (" or ", " 或 "),
    "needs": ("{needs} above 0, else it changes nothing", "{needs} 大于0，否则不起作用"),
    "amount": ("{amount}, {low} to {high} {unit}", "{amount}（{low}至{high}）{unit}"),
    "may_move": ("may move it", "可以调整"),
    "leaves": ("leaves it: not a choice of policy makers", "不作调整：不属于政策选择"),
    "path": ("{points} ({between}; {status})", "{points}（{between}；{status}）"),
    "linear": ("in equal steps between", "其间等步变动"),
    "step": ("held between", "其间保持不变"),
    "published": ("published", "已公布"),
    "derived": ("derived", "推算"),
    "assumed": ("assumed", "假设"),
    "no_region": ("none", "无"),
}
_ACTORS: Final = {
    "fund": ("fund", "基金"),
    "institute": ("institute", "院所"),
    "firm": ("firm", "企业"),
    "talent_pool": ("talent pool", "人才库"),
    "adopter": ("adopter", "应用单位"),
}
_SIGNS: Final = {
    "+": ("rises with the lever", "随杠杆上升"),
    "-": ("falls as the lever rises", "随杠杆上升而下降"),
    "none": ("divides, moves no total", "只改变分配，不改变总量"),
}
_DIRECTIONS: Final = {
    "+": ("+", "+"),
    "-": ("-", "-"),
    "none": ("rows, not their sum", "只改变分布，总和不变"),
    "either": ("either way", "方向不定"),
}
_ORIGINS: Final = {
    "created": ("created by the plan", "规划新设"),
    "enlarged": ("there before, enlarged by the plan", "原有，规划加大"),
    "restated": ("older policy, the same with and without the plan", "既有政策，有无规划都一样"),
}
_COSTS: Final = {
    "direct": ("the money itself", "资金本身"),
    "tax": ("tax forgone in the firms' own accounts", "企业账目中减免的税款"),
    "unit": ("bn CNY a unit", "十亿元/单位"),
    "admin": ("bn CNY a year at a value of 1", "十亿元/年（水平为1时）"),
    "none": ("none of its own", "不另增支出"),
}
_GRADES: Final = {
    "A": ("A, measured for China", "A，中国实测"),
    "B": ("B, measured elsewhere", "B，他国实测"),
    "C": ("C, only the sign is known", "C，仅知作用方向"),
    "D": ("D, assumed", "D，假设"),
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
        `en` or `zh`; reasons are in English in both.

    Returns
    -------
    rich.table.Table
        Two columns: what, and its value; reasons and sources among them.
    """
    at = _LANGUAGES.index(language)
    table = plain_table("", "", title=f"{lever.id}: {getattr(lever.name, language)}")
    table.show_header = False
    for title, value in _rows(lever, catalogue, at).items():
        if value:
            table.add_row(_TITLES[title][at], value)
    return table


def _rows(lever: LeverSpec, catalogue: Catalogue, at: int) -> dict[str, str]:
    """Return the rows in their order; empty where there is nothing to tell."""
    language = _LANGUAGES[at]
    clause = catalogue.clause(lever.clause)
    colon, stop = _WORDS["colon"][at], _WORDS["stop"][at]
    named = f"{clause.id} {getattr(clause.name, language)}"
    unit, low, high = getattr(lever.unit, language), f"{lever.range[0]:g}", f"{lever.range[1]:g}"
    channel = getattr(lever.channel, language)
    needs = _WORDS["or"][at].join(lever.needs)
    return {
        "clause": f"{named}{colon}{getattr(clause.asks, language)}",
        "range": _WORDS["range"][at].format(unit=unit, low=low, high=high),
        "actor": _ACTORS[lever.actor][at],
        "channel": _WORDS["channel"][at].format(channel=channel, sign=_SIGNS[lever.sign][at]),
        "shows": ", ".join(_effect(effect, at) for effect in lever.shows),
        "later": ", ".join(_effect(effect, at) for effect in lever.later),
        "needs": _WORDS["needs"][at].format(needs=needs) if needs else "",
        "cost": _cost(lever.cost, at),
        "evidence": f"{_GRADES[lever.grade][at]}{colon}{', '.join(lever.sources)}",
        "origin": f"{_ORIGINS[lever.origin][at]}{stop}{lever.origin_why.en}",
        "optimiser": _WORDS["may_move" if lever.optimise else "leaves"][at],
        **_paths(lever, at),
    }


def _effect(effect: Effect, at: int) -> str:
    words = _DIRECTIONS[effect.sign][at] + (_WORDS["at_times"][at] if effect.occasional else "")
    return f"{effect.place} ({words})"


def _cost(cost: CostSpec, at: int) -> str:
    told = _COSTS[cost.kind][at]
    if cost.low is not None and cost.amount is not None and cost.high is not None:
        numbers = {"amount": f"{cost.amount:g}", "low": f"{cost.low:g}", "high": f"{cost.high:g}"}
        told = _WORDS["amount"][at].format(**numbers, unit=told)
    return f"{told}{_WORDS['stop'][at]}{cost.why.en}{_sources(cost.source)}"


def _paths(lever: LeverSpec, at: int) -> dict[str, str]:
    """Return the three paths of a lever, or the one that all of them are."""
    paths = {policy: lever.paths[policy] for policy in ("without_plan", "as_written", "as_implemented")}
    told = {policy: _path(path, at) for policy, path in paths.items()}
    return told if len(set(told.values())) > 1 else {"all": told["as_written"]}


def _path(path: PathSpec, at: int) -> str:
    """Return the dated values of a path, how it moves between them, and why."""
    points = ", ".join(f"{date.removesuffix('Q1')}: {_value(value, at)}" for date, value in path.points.items())
    between, status = _WORDS[path.interpolate][at], _WORDS[path.status][at]
    told = _WORDS["path"][at].format(points=points, between=between, status=status)
    return f"{told}{_WORDS['stop'][at]}{path.why.en}{_sources(path.source)}"


def _sources(keys: tuple[str, ...]) -> str:
    return f" [{', '.join(keys)}]" if keys else ""


def _value(value: object, at: int) -> str:
    """Return a number, the regions that join, or the weights of sectors."""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return f"+ {' '.join(value)}" if value else _WORDS["no_region"][at]
    return " ".join(f"{name} {weight:g}" for name, weight in value.items()) if isinstance(value, dict) else str(value)
