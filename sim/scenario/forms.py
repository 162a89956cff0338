"""Small building blocks of the schema: dates, bounded numbers, names from a list, and how each refuses a value.

Called by `schema`. Every refusal carries what is allowed and how to mend it, for `problems` to pass on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from sim.errors import nearest
from sim.scenario.quarters import DATE_FORM, FIRST, LAST, Quarter

REFUSED = "refused"  # the type of every error raised here, so that `problems` knows its own words


def refuse(message: str, allowed: str = "", hint: str = "") -> PydanticCustomError:
    """Return the error by which a validator refuses a value, in the words of `sim.errors.Problem`."""
    return PydanticCustomError(REFUSED, "{message}", {"message": message, "allowed": allowed, "hint": hint})


def described(en: str, zh: str, **more: Any) -> Any:
    """Return a pydantic field with its meaning in both languages; `more` goes to `pydantic.Field`."""
    return Field(description=en, json_schema_extra={"zh": zh}, **more)


@dataclass(frozen=True)
class Between:
    """Annotation of a number that must lie in [low, high]; `unit` stands behind the range in messages."""

    low: float
    high: float
    unit: str = ""

    def check(self, value: float) -> float:
        """Return the value; refuse one outside the range."""
        if not self.low <= value <= self.high:
            raise refuse("is out of range", f"{self.low:.10g} to {self.high:.10g} {self.unit}".rstrip())
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after the type was."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Tell editors the range."""
        return {**handler(schema), "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class OneOf:
    """Annotation of a text that must be one of `names`; `what` names the kind of thing in messages."""

    names: Sequence[str]
    what: str

    def check(self, value: str) -> str:
        """Return the name; refuse an unknown one with the nearest."""
        if value not in self.names:
            few = ", ".join(self.names) if len(self.names) <= 8 else ""
            raise refuse(f"is not a {self.what}", few, nearest(value[:80], self.names))
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after the type was."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Tell editors the names."""
        return {**handler(schema), "enum": list(self.names)}


class Strict(BaseModel):
    """Base of every part of a scenario: unknown keys and converted types are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def _date(value: Any, *, last: bool) -> Quarter:
    """Return the quarter that a year (int or text) or a quarter (text) names."""
    try:
        return Quarter.parse(str(value), last=last)
    except ValueError:
        words = ("interpolate", "scale", "add", "from", "until")
        hint = nearest(value[:80], words) if isinstance(value, str) else ""
        raise refuse("is not a date", DATE_FORM, hint) from None


def _first(value: Any) -> Quarter:
    return _date(value, last=False)


def _last(value: Any) -> Quarter:
    return _date(value, last=True)


DATE_PATTERN = "^[0-9]{4}(Q[1-4])?$"
_DATE_SCHEMA = {
    "anyOf": [
        {"type": "integer", "minimum": FIRST.year, "maximum": LAST.year},
        {"type": "string", "pattern": DATE_PATTERN},
    ]
}


def _readable(value: str) -> str:
    """Refuse text that no page or terminal can show (control characters, half a character pair)."""
    for character in value:
        if character != "\n" and unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
            raise refuse(f"holds the character U+{ord(character):04X}, which is not text")
    return value.strip()


# A year as a beginning is its first quarter, as an end its fourth.
Date = Annotated[Quarter, PlainValidator(_first), WithJsonSchema(_DATE_SCHEMA)]
LastDate = Annotated[Quarter, PlainValidator(_last), WithJsonSchema(_DATE_SCHEMA)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Words = Annotated[str, Field(strict=True), AfterValidator(_readable)]
