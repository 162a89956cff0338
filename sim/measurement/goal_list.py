"""The goals of clause 2.3 that the plan states in words, as declared indicators: read and checked, not computed.

Read from `seeds/plan/goals.yaml` by `goals` and by views that name indicators. Formulas and thresholds are
constructions of this project. Nothing of the simulated economy may import this module (an import contract holds it).
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.errors import SeedError
from sim.outcomes import COORDINATES, OUTCOMES
from sim.plan import Reason, Text, load_catalogue
from sim.plan.lever_ids import Lever
from sim.seeds import read_document

FILE = "plan/goals"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class _OfOutcome(_Frozen):
    """A measure of a recorded outcome; `of` is its name."""

    of: str

    @model_validator(mode="after")
    def _outcome_is_recorded(self) -> _OfOutcome:
        if self.of not in OUTCOMES:
            raise ValueError(f"no outcome {self.of}")
        return self

    def _refuse_strangers(self, chosen: dict[str, tuple[str, ...]]) -> None:
        if set(chosen) != set(OUTCOMES[self.of].dims):
            raise ValueError(f"{self.of} has the dimensions {', '.join(OUTCOMES[self.of].dims)}")
        for dim, names in chosen.items():
            unknown = sorted(set(names) - set(COORDINATES[dim]))
            if unknown:
                raise ValueError(f"no {dim} {', '.join(unknown)}")


class OverDimension(_OfOutcome):
    """`each` entry of a dimension, their `mean`, or the `count` of those at `from` or above."""

    kind: Literal["each", "mean", "count"]
    over: str
    among: tuple[str, ...] = ()
    level: Annotated[float | None, Field(alias="from")] = None

    @model_validator(mode="after")
    def _entries_exist(self) -> OverDimension:
        self._refuse_strangers({self.over: self.among})
        if (self.kind == "count") != (self.level is not None):
            raise ValueError("`from` belongs to a count, and to nothing else")
        return self

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the entries of the dimension that are meant."""
        return self.among or COORDINATES[self.over]


class Total(_OfOutcome):
    """`sum` over the entries in `where`, or as a `multiple` of the same sum in the first year."""

    kind: Literal["sum", "multiple"]
    where: dict[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _entries_exist(self) -> Total:
        self._refuse_strangers(self.where)
        return self


class LeverLevels(_Frozen):
    """Mean level of the levers at the end of the year."""

    kind: Literal["levers"]
    levers: Annotated[tuple[str, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _levers_exist(self) -> LeverLevels:
        _refuse_unknown_levers(self.levers)
        return self


class Guarded(_OfOutcome):
    """Level of a lever at the end of the year times an outcome, of which no more than 1 counts."""

    kind: Literal["guarded"]
    lever: str

    @model_validator(mode="after")
    def _parts_exist(self) -> Guarded:
        _refuse_unknown_levers((self.lever,))
        self._refuse_strangers({})
        return self


Measure: TypeAlias = Annotated[OverDimension | Total | LeverLevels | Guarded, Field(discriminator="kind")]


class Threshold(_Frozen):
    """What an indicator is to reach in a year of a clause, and why; `source` are keys of `seeds/sources.csv`."""

    year: int
    clause: str
    at_least: float
    why: Reason
    source: tuple[str, ...] = ()


class Goal(_Frozen):
    """One indicator of what clause 2.3 asks in words.

    `rests_on`: an outcome of runs, the policy a scenario sets (the same in every run), or both.
    """

    id: str
    group: Literal["technology", "firms", "use", "talent", "rules"]
    name: Text
    formula: Text
    unit: Text
    rests_on: Literal["outcome", "policy", "both"]
    measure: Measure
    thresholds: Annotated[tuple[Threshold, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _years_and_clauses_fit(self) -> Goal:
        years = [threshold.year for threshold in self.thresholds]
        if years != sorted(set(years)):
            raise ValueError(f"{self.id}: thresholds stand by year, one a year")
        clauses = {clause.id for clause in load_catalogue().clauses}
        for threshold in self.thresholds:
            if not threshold.clause.startswith("2.3.") or threshold.clause not in clauses:
                raise ValueError(f"{self.id}: {threshold.clause} is no step of clause 2.3")
        return self

    def threshold(self, year: int) -> Threshold | None:
        """Return the threshold of a year, None where the plan's goal of that year is another."""
        return next((each for each in self.thresholds if each.year == year), None)


class _Goals(_Frozen):
    goals: tuple[Goal, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> _Goals:
        if len({goal.id for goal in self.goals}) < len(self.goals):
            raise ValueError("two goals have one id")
        return self


@cache
def declared_goals() -> tuple[Goal, ...]:
    """Return the goals in the order of the file; read and checked once a process.

    Raises
    ------
    SeedError
        When the file is missing, or names what does not exist.
    """
    return parse_goals(read_document(FILE))


def parse_goals(content: dict[str, Any]) -> tuple[Goal, ...]:
    """Return the goals in the content of such a file; raises SeedError with a line for each mistake."""
    try:
        return _Goals.model_validate(content).goals
    except ValidationError as error:
        lines = [f"seeds/{FILE}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise SeedError("\n".join(lines)) from error


def goal_years() -> tuple[int, ...]:
    """Return the years for which any goal has a threshold, earliest first."""
    return tuple(sorted({threshold.year for goal in declared_goals() for threshold in goal.thresholds}))


def _refuse_unknown_levers(names: tuple[str, ...]) -> None:
    unknown = sorted(set(names) - set(Lever.__members__))
    if unknown:
        raise ValueError(f"no lever {', '.join(unknown)}")
