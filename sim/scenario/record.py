"""The frozen scenario that everything after it reads: arrays by lever, shocks, targets, and their digest.

Made by `resolution` only. Must not import the reader or the schema.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.plan.names import SHOCKS
from sim.scenario.quarters import Quarter

Array = NDArray[np.float64]

# Raised when the meaning of the digest's content changes, so that equal digests always mean equal numbers.
_DIGEST_VERSION = 2


@dataclass(frozen=True, slots=True)
class Caption:
    """A text in both languages."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """Return the text in `zh`, else in English."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, order=True)
class Shock:
    """An event outside the plan that acts in the quarters start <= q < stop of the run, with severity in [0, 1]."""

    start: int
    stop: int
    kind: str
    severity: float


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A scale (`core_scale` or `related_scale`) to exceed in a year; `above` in bn CNY, current prices."""

    year: int
    indicator: str
    above: float


@dataclass(frozen=True, eq=False)
class Scenario:
    """One policy scenario, resolved quarter by quarter. Arrays and mappings are read-only.

    `levers` maps every scalar lever to float64[n_quarters] in its own unit; `core_sector_focus` is
    float64[n_quarters, n_core_sectors] with rows that sum to one; `pilot_zones` is float64[n_quarters, n_regions] of 0
    and 1. `stated` names what the scenario's own layers set above its root. `policy` is the catalogue's path that
    levers not set follow.
    """

    name: str
    title: Caption
    question: Caption
    start: Quarter
    end: Quarter
    measurement: str
    policy: str
    levers: Mapping[str, Array]
    core_sector_focus: Array
    pilot_zones: Array
    parameters: Mapping[str, float]
    shocks: tuple[Shock, ...]
    targets: tuple[Target, ...]
    evaluation: tuple[str, ...]
    uncertainty: str
    replications: int
    seed: int
    layers: tuple[str, ...]
    stated: tuple[str, ...] = ()
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Lock the arrays and take the digest."""
        self._lock()
        object.__setattr__(self, "digest", hashlib.sha256(self._canonical()).hexdigest())

    @property
    def n_quarters(self) -> int:
        """Return the number of quarters of a run."""
        return self.end.position - self.start.position + 1

    @property
    def quarters(self) -> tuple[str, ...]:
        """Return the labels of the quarters, `2016Q1` first."""
        return tuple(str(Quarter.at(self.start.position + row)) for row in range(self.n_quarters))

    @property
    def shock_severity(self) -> Array:
        """Return the severity of every kind of shock, float64[n_quarters, n_kinds] in the order of the plan's names."""
        severity = np.zeros((self.n_quarters, len(SHOCKS)))
        for shock in self.shocks:
            severity[shock.start : shock.stop, SHOCKS.index(shock.kind)] = shock.severity
        return severity

    def path(self, lever: str) -> Array:
        """Return the path of any lever: float64[n_quarters], or with a second dimension of sectors or regions.

        Raises
        ------
        KeyError
            When there is no lever of that name.
        """
        if lever in {"core_sector_focus", "pilot_zones"}:
            path: Array = getattr(self, lever)
            return path
        return self.levers[lever]

    def to_yaml(self) -> str:
        """Return a standalone scenario file with every lever written out; it has the same digest."""
        from sim.scenario.writing import scenario_yaml  # the writer reads this class

        return scenario_yaml(self)

    def _canonical(self) -> bytes:
        """Return the content that determines a run's numbers, the same on every machine.

        Titles and names do not count, nor does the order of lists.
        """
        plain = {
            "version": _DIGEST_VERSION,
            "horizon": [str(self.start), str(self.end)],
            "measurement": self.measurement,
            "parameters": {name: (value + 0.0).hex() for name, value in sorted(self.parameters.items())},
            "targets": [[target.year, target.indicator, target.above.hex()] for target in self.targets],
            "evaluation": list(self.evaluation),
            "uncertainty": self.uncertainty,
            "runs": [self.replications, self.seed],
        }
        arrays = {name: self.path(name) for name in sorted([*self.levers, "core_sector_focus", "pilot_zones"])}
        arrays["shocks"] = self.shock_severity
        parts = [json.dumps(plain, sort_keys=True).encode()]
        for name, array in arrays.items():
            # Adding zero turns -0.0 into 0.0: the two act alike.
            parts += [name.encode(), np.ascontiguousarray(array + 0.0, dtype="<f8").tobytes()]
        return b"\0".join(parts)

    def _lock(self) -> None:
        """Make the arrays and mappings read-only."""
        object.__setattr__(self, "levers", MappingProxyType(dict(self.levers)))
        object.__setattr__(self, "parameters", MappingProxyType(dict(self.parameters)))
        for array in (*self.levers.values(), self.core_sector_focus, self.pilot_zones):
            array.flags.writeable = False

    def __getstate__(self) -> dict[str, Any]:
        """Return plain content for pickling: workers of a sweep receive scenarios."""
        return {**self.__dict__, "levers": dict(self.levers), "parameters": dict(self.parameters)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the content and lock it again; pickling drops the arrays' read-only flag."""
        self.__dict__.update(state)
        self._lock()
