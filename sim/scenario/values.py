"""The forms that a lever's value may take: a number, a dated path, a relative change, weights, regions.

Called by `schema`; turned into arrays by `paths` and `resolution`. Which form a value is meant to be is told by its
shape, so that a mistake is reported for the one form that was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, Discriminator, Field, GetJsonSchemaHandler, Tag, model_validator
from pydantic_core import CoreSchema

from sim.plan.names import CORE_SECTORS, REGIONS
from sim.scenario.forms import DATE_PATTERN, Between, Date, LastDate, Number, OneOf, Strict, described, refuse
from sim.scenario.quarters import Quarter

# Tags and inner names (`<path>`, `<points>`) stand in pydantic's locations: their bracket tells `validation` to leave
# them out of key paths.
_RELATIVE = {"scale", "add", "from", "until"}

Entry = TypeVar("Entry")


class Dated(Strict, Generic[Entry]):
    """Dated entries, each holding to the next date; before the first date the base's path holds."""

    points: dict[Date, Entry] = Field(alias="<points>")
    interpolate: Literal["step"] = described(
        "each value holds to the next date", "各值保持到下一个日期", default="step"
    )

    @model_validator(mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        """Move the dated entries under one inner name; refuse two names of one quarter."""
        if not isinstance(value, Mapping):
            return value
        if _RELATIVE & set(value):
            raise refuse("cannot be changed relative to the base", hint="Write dated entries, e.g. {2019: ...}")
        points = {key: entry for key, entry in value.items() if key != "interpolate"}
        if not points:
            raise refuse("gives no date", hint="Write e.g. {2018: 40, 2021Q3: 90}")
        seen: dict[Quarter, str] = {}
        for key in points:
            try:
                quarter = Quarter.parse(str(key))
            except ValueError:
                continue  # the key's own validation says so
            if quarter in seen:
                raise refuse(f"gives {quarter} twice, as {seen[quarter]} and as {key}", hint="Keep one of the two")
            seen[quarter] = str(key)
        beside = {key: value[key] for key in ("interpolate",) if key in value}
        return {**beside, "<points>": points}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema of a mapping in which dates stand beside `interpolate`."""
        inner = handler.resolve_ref_schema(handler(schema))
        points = inner["properties"].pop("<points>")
        inner.pop("required", None)
        inner["patternProperties"] = {DATE_PATTERN: points["additionalProperties"]}
        inner["minProperties"] = 1
        return inner


class Path(
    Dated[Number], json_schema_extra={"zh": "按日期给出的数值：第一个日期之前沿用基准路径，最后一个日期之后保持其值"}
):
    """Dated numbers: before the first date the base's path holds, after the last one its value."""

    interpolate: Literal["step", "linear"] = described(  # type: ignore[assignment]
        "step: each value holds to the next date; linear: straight lines between the dates, quarter by quarter",
        "step：各值保持到下一个日期；linear：相邻日期之间按季度线性变化",
        default="step",
    )


class Change(Strict, json_schema_extra={"zh": "相对于基准路径的变动；不写起止日期则作用于所有季度（起止均含）"}):
    """A change relative to the base's path, from a date until another (both included), else in all quarters."""

    scale: Number = described("multiply the base's path by this", "将基准路径乘以该倍数", default=None)
    add: Number = described(
        "add this to the base's path, in the lever's unit", "在基准路径上加上该数值（单位同杠杆）", default=None
    )
    start: Date = described("first quarter of the change", "变动的第一个季度", default=None, alias="from")
    stop: LastDate = described("last quarter of the change", "变动的最后一个季度", default=None, alias="until")

    @model_validator(mode="after")
    def _one_change(self) -> Change:
        if (self.scale is None) == (self.add is None):
            raise refuse("needs exactly one of scale and add", hint="Write e.g. {scale: 1.5, from: 2019}")
        if self.start is not None and self.stop is not None and self.stop < self.start:
            raise refuse(f"ends ({self.stop}) before it starts ({self.start})")
        return self


def _some_weight(weights: dict[str, float]) -> dict[str, float]:
    if not sum(weights.values()) > 0.0:
        raise refuse(
            "has no positive weight", hint="Give at least one core sector a weight, the others then count as 0"
        )
    return weights


def _whole(value: float) -> float:
    if value != int(value):
        raise refuse("is not a whole number of regions")
    return value


Weights = Annotated[
    dict[Annotated[str, OneOf(CORE_SECTORS, "core sector")], Annotated[Number, Between(0.0, 1.0)]],
    AfterValidator(_some_weight),
]
Count = Annotated[Number, AfterValidator(_whole)]
Regions = list[Annotated[str, OneOf(REGIONS, "region")]]


class DatedWeights(Dated[Weights], json_schema_extra={"zh": "按日期给出的核心产业权重"}):
    """Weights over the core sectors from dates on."""


class DatedCounts(Dated[Count], json_schema_extra={"zh": "按日期给出的设区地区数量"}):
    """Number of regions designated from dates on."""


class DatedRegions(Dated[Regions], json_schema_extra={"zh": "按日期新增的设区地区；一经设立不再撤销"}):
    """Regions designated at dates; a region once designated stays."""


def _scalar_shape(value: Any) -> str:
    """Tell which form of a scalar lever is meant."""
    if not isinstance(value, Mapping):
        return "<number>"
    return "<change>" if _RELATIVE & set(value) else "<path>"


def _focus_shape(value: Any) -> str:
    """Tell whether weights are meant for all quarters or from dates on."""
    dated = isinstance(value, Mapping) and any(key in _RELATIVE or str(key)[:1].isdigit() for key in value)
    return "<dated weights>" if dated else "<weights>"


def _zones_shape(value: Any) -> str:
    """Tell whether regions are meant by name or by number."""
    if not isinstance(value, Mapping):
        return "<count>"
    return "<regions>" if any(isinstance(entry, list) for entry in value.values()) else "<counts>"


LeverValue = Annotated[
    Annotated[Number, Tag("<number>")] | Annotated[Path, Tag("<path>")] | Annotated[Change, Tag("<change>")],
    Discriminator(_scalar_shape),
]
FocusValue = Annotated[
    Annotated[Weights, Tag("<weights>")] | Annotated[DatedWeights, Tag("<dated weights>")],
    Discriminator(_focus_shape),
]
ZonesValue = Annotated[
    Annotated[Count, Tag("<count>")]
    | Annotated[DatedCounts, Tag("<counts>")]
    | Annotated[DatedRegions, Tag("<regions>")],
    Discriminator(_zones_shape),
]
