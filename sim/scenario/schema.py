"""The grammar of a scenario file as pydantic models: which keys there are.

Called by `validation` for one layer and by `export` for the JSON schema. Knows names, not numbers: ranges of levers and
parameters, and dates against the horizon, are judged in `checks`. The forms of a lever's value are in `values`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, model_validator

from sim.plan.names import DEFINITIONS, SHOCKS
from sim.scenario.forms import Between, Date, LastDate, Number, OneOf, Strict, Words, described, refuse
from sim.scenario.quarters import FIRST, LAST
from sim.scenario.values import FocusValue, LeverValue, ZonesValue

VERSION = 1
MOST_REPLICATIONS = 1_000_000
LARGEST_SEED = 2**31 - 1
LARGEST_TARGET = 1_000_000.0  # bn CNY: some eight times the GDP of 2023, so only a slip of unit lies beyond
INDICATORS = ("core_scale", "related_scale")
MONEY = "bn CNY"

Policy = Literal["without_plan", "as_written", "as_implemented"]
Uncertainty = Literal["posterior", "prior", "none"]


class Text(Strict, json_schema_extra={"zh": "中英文文本"}):
    """A text in both languages."""

    en: Words = described("English", "英文")
    zh: Words = described("Chinese", "中文")


def _both(value: Any) -> Any:
    """Return one text as the text of both languages."""
    if not isinstance(value, str | Mapping | Text):
        raise refuse("is not a text", "a text, or {en: ..., zh: ...}")
    return {"en": value, "zh": value} if isinstance(value, str) else value


Caption = Annotated[Text, BeforeValidator(_both, json_schema_input_type=str | Text)]


class Horizon(Strict, json_schema_extra={"zh": "一次模拟的第一个和最后一个季度"}):
    """First and last quarter of a run."""

    start: Date = described("first quarter; 2016Q1 in this version", "起始季度；本版本只能为2016Q1", default=None)
    end: LastDate = described("last quarter, at the latest 2040Q4", "结束季度，最晚2040Q4", default=None)


class Levers(Strict, json_schema_extra={"zh": "杠杆名称与取值；未列出的杠杆沿用基准路径"}):
    """Lever name -> value; every lever not named keeps the base's path."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, LeverValue]

    core_sector_focus: FocusValue = described("weights over the core sectors", "核心产业权重", default=None)
    pilot_zones: ZonesValue = described("regions with a pilot zone", "设立试验区的地区", default=None)

    def given(self) -> dict[str, Any]:
        """Return the levers that the file names, in its order of names, with their validated values."""
        own: dict[str, Any] = {
            name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set
        }
        return {**self.__pydantic_extra__, **own}


class ShockEntry(Strict, json_schema_extra={"zh": "规划之外的一次冲击"}):
    """One dated event outside the plan."""

    kind: Annotated[str, OneOf(SHOCKS, "shock")] = described("which event", "冲击的种类")
    start: Date = described("first quarter", "开始季度", alias="from")
    stop: LastDate = described(
        "last quarter, included; without it the shock stays",
        "最后一个季度（含）；不写则一直持续",
        default=None,
        alias="until",
    )
    severity: Annotated[Number, Between(0.0, 1.0)] = described("0 = none, 1 = the full event", "强度：0为无，1为最强")

    @model_validator(mode="after")
    def _in_order(self) -> ShockEntry:
        if self.stop is not None and self.stop < self.start:
            raise refuse(f"ends ({self.stop}) before it starts ({self.start})")
        return self


class TargetEntry(Strict, json_schema_extra={"zh": "某一年要超过的规模"}):
    """One scale to exceed in one year."""

    indicator: Annotated[str, OneOf(INDICATORS, "scale")] = described("which scale", "规模指标")
    year: Annotated[int, Between(FIRST.year, LAST.year)] = described("year of the target", "目标年份")
    above: Annotated[Number, Between(0.0, LARGEST_TARGET, MONEY)] = described("reached when the scale exceeds this",
                                                                             "规模超过此值即为达到")  # fmt: skip
    unit: Literal["bn CNY"] = described("current prices", "现价，十亿元", default=MONEY)


class Evaluation(Strict, json_schema_extra={"zh": "评估可以调整的内容"}):
    """What a review of the plan may move."""

    levers: list[str] = described("names of levers", "评估时可以调整的杠杆")


class Runs(Strict, json_schema_extra={"zh": "一组运行的次数和种子"}):
    """How many runs, and from which seed."""

    replications: Annotated[int, Between(1, MOST_REPLICATIONS)] = described("number of runs", "运行次数", default=None)
    seed: Annotated[int, Between(0, LARGEST_SEED)] = described("seed of all draws", "随机种子", default=None)


class ScenarioFile(Strict, json_schema_extra={"zh": "中国人工智能产业模拟的政策情景"}):
    """A policy scenario for the simulation of China's AI industry."""

    version: Literal[1] = described("version of this grammar", "语法版本", alias="schema")
    extends: Words = described(
        "scenario that this one changes: a shipped name, or a path relative to this file",
        "作为基准的情景：自带情景的名称，或相对于本文件的路径",
        default=None,
    )
    title: Caption = described("title, one text or {en, zh}", "标题：一段文字或{en, zh}", default=None)
    question: Caption = described("what the scenario asks", "该情景要回答的问题", default=None)
    horizon: Horizon = described("first and last quarter", "模拟的起止季度", default=None)
    measurement: Annotated[str, OneOf(DEFINITIONS, "definition")] = described(
        "definition of the core scale under which targets are judged", "评判目标所用的核心产业规模口径", default=None
    )
    policy: Policy = described(
        "which path of the catalogue every lever starts from; only without `extends`",
        "各杠杆起始采用目录中的哪条路径；仅在没有extends时使用",
        default=None,
    )
    levers: Levers = described("policy levers", "政策杠杆", default=None)
    parameters: dict[str, Number] = described(
        "model parameters fixed for all runs", "在所有运行中固定的模型参数", default=None
    )
    shocks: list[ShockEntry] = described(
        "dated events; replaces the base's list", "外部冲击；取代基准的列表", default=None
    )
    targets: list[TargetEntry] = described(
        "own targets; an empty list means the plan's", "自定目标；空列表表示采用规划目标", default=None
    )
    evaluation: Evaluation = described("levers that a review may move", "评估可调整的杠杆", default=None)
    uncertainty: Uncertainty = described(
        "where uncertain parameters are drawn from; none: all at their default",
        "不确定参数的抽样来源；none表示全部取默认值",
        default=None,
    )
    runs: Runs = described("number of runs and seed", "运行次数与随机种子", default=None)
