"""Clauses, levers and targets of the plan as frozen models, read once from `seeds/plan/`.

Called by scenario, ledger, explain, reports and the command line; must not import anything of the model but
`sim.seeds`. What can be wrong between the files (ids, clauses, ranges, dates) is refused here, before anything runs.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.errors import SeedError
from sim.plan.dates import quarter_points
from sim.plan.effects import Effects
from sim.plan.lever_ids import Lever
from sim.plan.names import CORE_SECTORS, REGIONS
from sim.seeds import read_document

PointValue: TypeAlias = float | dict[str, float] | tuple[str, ...]
Status = Literal["published", "derived", "assumed"]
PATHS = ("without_plan", "as_written", "as_implemented")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Text(_Frozen):
    """The same sentence or name in English and Chinese."""

    en: Annotated[str, Field(min_length=1)]
    zh: Annotated[str, Field(min_length=1)]


class Reason(_Frozen):
    """Why a number is as it is, in English."""

    en: Annotated[str, Field(min_length=1)]


class Clause(_Frozen):
    """One operative clause of the plan in our words; `levers` are the ids by which a scenario can move it."""

    id: str
    name: Text
    asks: Text
    aims: tuple[Text, ...] = ()
    levers: tuple[str, ...] = ()
    why_no_lever: Reason | None = None

    @model_validator(mode="after")
    def _explain_missing_levers(self) -> Clause:
        if bool(self.levers) == (self.why_no_lever is not None):
            raise ValueError(f"clause {self.id} needs levers or a reason for having none, not both")
        return self


class TargetSpec(_Frozen):
    """A scale the plan names: `indicator` is to lie above `above` (bn CNY, current prices) in `year`."""

    clause: str
    indicator: Literal["core_scale", "related_scale"]
    year: int
    above: Annotated[float, Field(gt=0)]
    unit: Literal["bn CNY"]


class CostSpec(_Frozen):
    """How a lever costs public money.

    `amount` is bn CNY: 1 where the lever is money (direct), the cost of one unit of the lever (unit), or the yearly
    cost at a value of 1 (admin). It is None for taxes (forgone in the firms' own accounts) and for levers that only
    divide money counted elsewhere (none).
    """

    kind: Literal["direct", "tax", "unit", "admin", "none"]
    amount: float | None = None
    low: float | None = None
    high: float | None = None
    source: tuple[str, ...] = ()
    why: Reason

    @model_validator(mode="after")
    def _amount_fits_kind(self) -> CostSpec:
        if (self.amount is None) != (self.kind in ("tax", "none")):
            raise ValueError(f"a cost of kind {self.kind} has {'no' if self.amount is not None else 'an'} amount")
        bounds = (self.low, self.amount, self.high)
        if self.kind in ("unit", "admin") and None in bounds:
            raise ValueError("an assumed unit or yearly cost needs low and high")
        given = [value for value in bounds if value is not None]
        if given != sorted(given) or (given and given[0] < 0):
            raise ValueError("a cost needs 0 <= low <= amount <= high")
        return self


class PathSpec(_Frozen):
    """A lever over time: values from the quarters given (`2016Q1`, ascending), held after the last.

    `step` holds a value to the next date; `linear` moves in equal quarterly steps. Values are numbers, weights over the
    core sectors, or, for regions, the regions added at that date.
    """

    points: dict[str, PointValue]
    interpolate: Literal["step", "linear"]
    status: Status
    source: tuple[str, ...] = ()
    why: Reason

    @model_validator(mode="before")
    @classmethod
    def _date_points(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("points"), dict):
            return {**given, "points": quarter_points(given["points"])}
        return given

    @model_validator(mode="after")
    def _start_and_source(self) -> PathSpec:
        if next(iter(self.points), None) != "2016Q1":
            raise ValueError("a path starts at 2016")
        if self.status != "assumed" and not self.source:
            raise ValueError(f"a {self.status} path names its source")
        return self


class Paths(_Frozen):
    """The three default paths of a lever; `all: ...` in the file gives one path for the three."""

    without_plan: PathSpec
    as_written: PathSpec
    as_implemented: PathSpec

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, given: Any) -> Any:
        return dict.fromkeys(PATHS, given["all"]) if isinstance(given, dict) and set(given) == {"all"} else given

    def __getitem__(self, policy: str) -> PathSpec:
        """Return the path called `policy`; raises KeyError for any other name than those of `PATHS`."""
        if policy not in PATHS:
            raise KeyError(policy)
        path: PathSpec = getattr(self, policy)
        return path


class LeverSpec(_Frozen):
    """One lever: what it is, who reads it, where its effect shows first, what it costs, and its default paths.

    `sign` is the direction in which the channel moves when the lever rises, `none` when it only redistributes.
    `origin`: created by the plan, enlarged by it, or restated from policy before it (then all paths are equal).
    `grade` of the evidence: A measured for China, B measured elsewhere, C sign only, D assumed.
    `shows`: the fields of the state that move first when it alone is raised; `later`: those that it moves by itself in
    later phases of the quarter. `needs`: levers of which one must be above 0 for it to change anything. `serves`: the
    scale that its money serves when a review moves budgets.
    """

    id: str
    clause: str
    name: Text
    unit: Text
    range: tuple[float, float]
    form: Literal["scalar", "sector_weights", "regions"]
    actor: Literal["fund", "institute", "firm", "talent_pool", "adopter"]
    channel: Text
    sign: Literal["+", "-", "none"]
    shows: Annotated[Effects, Field(min_length=1)]
    later: Effects = ()
    needs: tuple[str, ...] = ()
    cost: CostSpec
    serves: Literal["core", "related", "none"] = "none"
    optimise: bool
    origin: Literal["created", "enlarged", "restated"]
    origin_why: Reason
    grade: Literal["A", "B", "C", "D"]
    sources: tuple[str, ...]
    paths: Paths

    @property
    def index(self) -> Lever:
        """The lever as constant of compiled code: its position in arrays over levers."""
        return Lever[self.id]

    @model_validator(mode="after")
    def _values_fit(self) -> LeverSpec:
        for policy in PATHS:
            for date, value in self.paths[policy].points.items():
                _check_value(self, f"{self.id}.{policy}.{date}", value)
        if self.origin == "restated" and len({str(self.paths[policy].points) for policy in PATHS}) > 1:
            raise ValueError(f"{self.id} is restated: its three paths must be equal")
        return self

    @model_validator(mode="after")
    def _effects_differ(self) -> LeverSpec:
        places = [(effect.name, effect.label, effect.value) for effect in (*self.shows, *self.later)]
        if len(set(places)) < len(places):
            raise ValueError(f"{self.id} names a field twice among those on which its effect shows")
        return self


def _check_value(lever: LeverSpec, place: str, value: PointValue) -> None:
    low, high = lever.range
    if lever.form == "regions":
        if not isinstance(value, tuple) or not set(value) <= set(REGIONS):
            raise ValueError(f"{place}: needs a list of regions")
    elif lever.form == "sector_weights":
        if not isinstance(value, dict) or set(value) != set(CORE_SECTORS) or abs(sum(value.values()) - 1) > 1e-9:
            raise ValueError(f"{place}: needs weights over the six core sectors that add up to 1")
    elif not isinstance(value, float) or not low <= value <= high:
        raise ValueError(f"{place}: {value} is outside [{low}, {high}] {lever.unit.en}")


class Catalogue(_Frozen):
    """The whole catalogue, in the order of the document (clauses) and of `Lever` (levers)."""

    clauses: tuple[Clause, ...]
    levers: tuple[LeverSpec, ...]
    targets: tuple[TargetSpec, ...]

    @model_validator(mode="after")
    def _files_agree(self) -> Catalogue:
        if tuple(lever.id for lever in self.levers) != tuple(Lever.__members__):
            raise ValueError("the levers are not those of sim.plan.lever_ids, in that order")
        listed = {name: clause.id for clause in self.clauses for name in clause.levers}
        stated = {lever.id: lever.clause for lever in self.levers}
        if listed != stated:
            wrong = sorted(name for name in listed.keys() | stated.keys() if listed.get(name) != stated.get(name))
            raise ValueError(f"clauses and levers disagree on {', '.join(wrong)}")
        for lever in self.levers:
            if not set(lever.needs) <= stated.keys() - {lever.id}:
                raise ValueError(f"{lever.id} needs what is no other lever: {', '.join(lever.needs)}")
        known = {clause.id for clause in self.clauses}
        if len(known) < len(self.clauses) or any(target.clause not in known for target in self.targets):
            raise ValueError("a clause stands twice, or a target names none")
        return self

    def lever(self, lever: Lever | str) -> LeverSpec:
        """Return one lever.

        Parameters
        ----------
        lever
            Its constant or its id.

        Returns
        -------
        LeverSpec
            The lever.

        Raises
        ------
        KeyError
            When there is none of that id.
        """
        return self.levers[Lever[lever] if isinstance(lever, str) else lever]

    def clause(self, clause: str) -> Clause:
        """Return one clause by its number, as `3.1.4`; raises KeyError when there is none."""
        for candidate in self.clauses:
            if candidate.id == clause:
                return candidate
        raise KeyError(clause)

    def levers_of(self, clause: str) -> tuple[LeverSpec, ...]:
        """Return the levers of one clause, in its order; raises KeyError when there is no such clause."""
        return tuple(self.lever(name) for name in self.clause(clause).levers)


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue of `seeds/plan/`; read and checked once a process.

    Returns
    -------
    Catalogue
        The same frozen object at every call.

    Raises
    ------
    SeedError
        When a file is missing, unreadable, or says something that does not fit the others.
    """
    files = {part: read_document(f"plan/{part}")[part] for part in ("clauses", "levers", "targets")}
    try:
        return Catalogue.model_validate(files)
    except ValidationError as error:
        lines = [f"seeds/plan: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise SeedError("\n".join(lines)) from error
