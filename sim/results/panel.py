"""The panel of a result: single firms, user organisations and funds as labelled datasets.

`labelled` takes what `sim.panel` noted; `panel_store` writes and reads it. Takes names and units from the declarations
of the state and never loads the compiled model: a saved panel is read without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.plan.names import APPLICATIONS, CORE_SECTORS, REGIONS, SIZE_CLASSES, TIERS
from sim.scenario import Scenario
from sim.state import TABLES
from sim.state.fields import Field
from sim.state.finance import FundKind

if TYPE_CHECKING:
    from sim.panel import Panel as Followed

_ORIGINS = ("start_up", "spin_off", "incumbent")
_CLOSES = ("stays", "out_of_cash", "no_market", "age_hazard")
_KINDS = tuple(kind.name.lower() for kind in FundKind)

# Numbered fields: what the numbers stand for, by population and field. -1 stands for none.
_NAMES: dict[tuple[str, str], tuple[str, ...]] = {
    ("firms", "origin"): _ORIGINS,
    ("firms", "region"): REGIONS,
    ("firms", "sector"): CORE_SECTORS,
    ("firms", "closes"): _CLOSES,
    ("adopters", "region"): REGIONS,
    ("adopters", "application"): APPLICATIONS,
    ("adopters", "size_class"): SIZE_CLASSES,
    ("funds", "region"): REGIONS,
    ("funds", "kind"): _KINDS,
}
_TRAITS = {"adopters": "adopter", "funds": "fund"}
_RUN = Field("run", "1", "label", "number of the run", "count")
_QUARTER = Field("quarter", "1", "label", "position of the quarter, 0 is the first", "count")


@dataclass(frozen=True, eq=False, repr=False)
class Panel:
    """Agents of the first runs of a result.

    `firms` has the dimension `observation`: one for every run, quarter and firm that traded in it, with `run` and
    `quarter` as coordinates and `closes` telling whether and why it was its last; `adopters` the dimensions `run`,
    `quarter`, `adopter`; `funds` `run`, `quarter`, `fund`. Every variable has units, long_name and kind; numbered ones
    have CF's flag_values and flag_meanings. A loaded panel is read from its folder when it is used.
    """

    firms: xr.Dataset
    adopters: xr.Dataset
    funds: xr.Dataset

    def __repr__(self) -> str:
        """Return runs and sizes in one line."""
        return (
            f"Panel({self.runs} runs: {self.firms.sizes['observation']:,} firm quarters, "
            f"{self.adopters.sizes['adopter']:,} adopters, {self.funds.sizes['fund']} funds)"
        )

    @property
    def runs(self) -> int:
        """Return the number of runs followed."""
        return int(self.adopters.sizes["run"])

    @property
    def quarters(self) -> tuple[str, ...]:
        """Return the labels of the quarters, `2016Q1` ..., by position."""
        return tuple(str(label) for label in self.adopters["quarter"].values)

    def firm_table(self, *names: str) -> pd.DataFrame:
        """Return the firms as a table, one row an observation.

        Parameters
        ----------
        names
            Variables wanted besides `run` and `quarter`; all when none is named.

        Returns
        -------
        pandas.DataFrame
            Names in place of numbers (region, sector, origin, closes, quarter) as categories; staff by tier as
            `staff_<tier>`.
        """
        chosen = self.firms[list(names)] if names else self.firms
        columns: dict[str, Any] = {"run": chosen["run"].values}
        columns["quarter"] = _named(chosen["quarter"].values, self.quarters)
        for name in map(str, chosen.data_vars):
            values, known = chosen[name].values, _NAMES.get(("firms", name))
            if values.ndim > 1:
                columns |= {f"{name}_{tier}": values[:, t] for t, tier in enumerate(chosen["tier"].values)}
            else:
                columns[name] = values if known is None else _named(values, known)
        return pd.DataFrame(columns)


def _named(codes: np.ndarray, names: tuple[str, ...]) -> pd.Categorical[str]:
    """Return names in place of their numbers."""
    return pd.Categorical.from_codes(codes.astype(np.int64), pd.Index(names))


def labelled(followed: Followed, scenario: Scenario) -> Panel:
    """Return the labelled panel of what was followed; nothing is copied."""
    firms = {name: _variable("firms", name, ("observation",), values) for name, values in followed.firms.items()}
    tiers = xr.Variable(("tier",), np.array(TIERS[:3], dtype=np.str_), {"long_name": "tier of talent"})
    places = {name: firms.pop(name) for name in ("run", "quarter")}
    return Panel(
        firms=xr.Dataset(firms, {**places, "tier": tiers}, _attributes(scenario)),
        adopters=_by_quarter("adopters", followed.users, scenario),
        funds=_by_quarter("funds", followed.funds, scenario),
    )


def _by_quarter(name: str, columns: Mapping[str, np.ndarray], scenario: Scenario) -> xr.Dataset:
    """Return one population whose members are the same in all runs; by how many dimensions a field has, which."""
    member = _TRAITS[name]
    dims = {1: (member,), 2: ("run", member), 3: ("run", "quarter", member)}
    variables = {field: _variable(name, field, dims[values.ndim], values) for field, values in columns.items()}
    runs = next(values.shape[0] for values in columns.values() if values.ndim == 3)
    coordinates = {
        "run": xr.Variable(("run",), np.arange(runs, dtype=np.int64), {"long_name": _RUN.meaning}),
        "quarter": xr.Variable(
            ("quarter",), np.array(scenario.quarters, dtype=np.str_), {"long_name": "quarter of the calendar"}
        ),
    }
    return xr.Dataset(variables, coordinates, _attributes(scenario))


def _variable(population: str, name: str, dims: tuple[str, ...], values: np.ndarray) -> xr.Variable:
    """Return a field with what its declaration says of it."""
    field = _declared(population)[name]
    attributes: dict[str, Any] = {"units": field.unit, "long_name": field.meaning, "kind": field.kind}
    names = _NAMES.get((population, name))
    if names is not None:
        values = values.astype(np.int8)
        attributes |= {"flag_values": np.arange(len(names), dtype=np.int8), "flag_meanings": " ".join(names)}
    return xr.Variable((*dims, "tier") if field.shape else dims, values, attributes)


def _declared(population: str) -> dict[str, Field]:
    """Return the fields of a population and of its flows; stocks come first where both have one name."""
    flows = f"{population.removesuffix('s')}_flows"
    fields = (*TABLES[flows], *TABLES[population], _RUN, _QUARTER)
    return {field.name: field for field in fields}


def _attributes(scenario: Scenario) -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "seed": scenario.seed,
        "digest": scenario.digest,
        "start": str(scenario.start),
        "end": str(scenario.end),
    }
