"""The manifest of a result: what was run with what, and checksums of every file.

Written by `folder`, read by `loading`. Everything but `environment` is the same wherever and whenever the same run is
made; no name of a person or a machine is in it. Imports pydantic and errors only.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.errors import ResultError

SCHEMA = 2


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)


class Captions(_Frozen):
    """A text in both languages."""

    en: str
    zh: str


class ScenarioPart(_Frozen):
    """The scenario: how it is called, the files it came from, and its full content as in scenario.yaml."""

    name: str
    title: Captions
    question: Captions
    layers: tuple[str, ...]
    resolved: dict[str, Any]


class Versions(_Frozen):
    """Versions: of the package, of the compiled model, of all code that shapes numbers, of the seeds."""

    package: str
    model: str
    code: str
    data: str


class Environment(_Frozen):
    """Where and when; nothing in it changes a number on the same class of machine. Duration in seconds."""

    time: str
    duration: float
    python: str
    numpy: str
    numba: str
    system: str
    machine: str
    cores: int
    git_commit: str | None = None
    git_changes: bool | None = None


class Manifest(_Frozen):
    """What a result is.

    `digest` is that of the scenario with its seed and number of runs; `run_digest` adds the versions of model and data,
    so two results with the same one hold the same numbers. `residual_max` is the largest mismatch of the accounts over
    turnover in any quarter of any run, `residual_heads_max` that of heads. `panel_runs` is how many runs have their
    agents in the panel; it belongs to no digest, because a panel changes no other number. `files` maps every file of
    the folder but the manifest to its SHA-256; empty until the result is saved.
    """

    schema_version: int = Field(default=SCHEMA, alias="schema")
    scenario: ScenarioPart
    digest: str
    run_digest: str
    seed: int
    replications: int
    uncertainty: str
    measurement: str
    versions: Versions
    residual_max: float
    residual_heads_max: float
    panel_runs: int = 0
    files: dict[str, str] = Field(default_factory=dict)
    environment: Environment

    @property
    def folder_name(self) -> str:
        """Return the name of the folder a result is saved in unless another is given."""
        return f"{self.scenario.name}-{self.digest[:10]}"

    def deterministic(self) -> dict[str, Any]:
        """Return everything but the environment, as it stands in the file."""
        return self.model_dump(mode="json", by_alias=True, exclude={"environment"})

    def to_json(self) -> str:
        """Return the text of manifest.json."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=2) + "\n"


def parse_manifest(text: str, place: str) -> Manifest:
    """Return the manifest in a text.

    Parameters
    ----------
    text
        Content of manifest.json.
    place
        What errors call it.

    Returns
    -------
    Manifest
        Of the present schema.

    Raises
    ------
    ResultError
        When the text is no JSON object, was written under another schema, or lacks something.
    """
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ResultError(f"{place}: is damaged: {error}") from error
    version = content.get("schema") if isinstance(content, dict) else None
    if type(version) is not int:
        raise ResultError(f"{place}: is not the manifest of a result: it names no schema version")
    if version != SCHEMA:
        wanted = "Install the version of roadmap that wrote it, or a later one" if version > SCHEMA else "Run it again"
        raise ResultError(f"{place}: has result schema {version}; this version reads schema {SCHEMA}. {wanted}")
    try:
        return Manifest.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ResultError(f"{place}: {key}: {first['msg']}; the manifest is damaged") from error
