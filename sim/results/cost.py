"""What one result costs and brings beyond another: the fiscal ledger side by side, and public money per added yuan.

Called by `comparison` and by the figures of pairs. Differences are taken run by run over common random numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measurement.intervals import mean_interval, ratio_interval
from sim.measurement.ledger import group_of
from sim.outcomes import COORDINATES, LEDGER_ACCOUNTS
from sim.plan import load_catalogue

if TYPE_CHECKING:
    from sim.results.result import Result

Floats = npt.NDArray[np.float64]

# Measure -> outcomes added up with their signs. Tax forgone is no outlay: it stands beside it, never inside. Public
# orders buy part of the core scale, so it is also shown without them; the private demand they displace is not deducted.
_PARTS: dict[str, tuple[tuple[str, float], ...]] = {
    "public_outlay": (("public_outlay", 1.0),),
    "guidance_returned": (("guidance_returned", 1.0),),
    "net_outlay": (("public_outlay", 1.0), ("guidance_returned", -1.0)),
    "forgone_tax": (("forgone_tax", 1.0),),
    "core_scale": (("core_scale", 1.0),),
    "core_without_public_orders": (("core_scale", 1.0), ("core_public_orders", -1.0)),
    "related_scale": (("related_scale", 1.0),),
}
COSTS = ("public_outlay", "guidance_returned", "net_outlay", "forgone_tax")
PRICED = ("public_outlay", "net_outlay", "forgone_tax")
SCALES: dict[str, tuple[str, ...]] = {
    "core_scale": COORDINATES["definition"],
    "core_without_public_orders": COORDINATES["definition"],
    "related_scale": COORDINATES["construction"],
}

GAIN, CHEAP, SAVING, UNCLEAR, LOSS, UNKNOWN = (
    "gain",
    "gain at no clear cost",
    "gain and saving",
    "no clear gain",
    "loss",
    "too few runs",
)

COST_COLUMNS: dict[str, str] = {
    "measure": "str",
    "definition": "str",
    "span": "str",
    "unit": "str",
    "mean_a": "float64",
    "mean_b": "float64",
    "mean": "float64",
    "low": "float64",
    "high": "float64",
    "p05": "float64",
    "p95": "float64",
}
PER_YUAN_COLUMNS: dict[str, str] = {
    "cost": "str",
    "scale": "str",
    "definition": "str",
    "span": "str",
    "added_cost": "float64",
    "added_scale": "float64",
    "standing": "str",
    "per_yuan": "float64",
    "low": "float64",
    "high": "float64",
}
LEDGER_COLUMNS: dict[str, str] = {
    "level": "str",
    "id": "str",
    "account": "str",
    "span": "str",
    "mean_a": "float64",
    "mean_b": "float64",
    "mean": "float64",
    "low": "float64",
    "high": "float64",
    "p05": "float64",
    "p95": "float64",
}


def spans(years: list[int]) -> dict[str, list[int]]:
    """Return the spans that are compared by name: all years, and the last.

    >>> spans([2016, 2017, 2018])
    {'2016-2018': [2016, 2017, 2018], '2018': [2018]}
    """
    return {f"{years[0]}-{years[-1]}": years, str(years[-1]): years[-1:]} if years else {}


def amounts(result: Result, measure: str, definition: str, years: list[int]) -> Floats:
    """Return a cost, or a scale under a definition or construction, summed over years, float64[runs], bn CNY."""
    total = np.zeros(result.series.sizes["run"])
    for name, sign in _PARTS[measure]:
        array = result.series[name].sel(year=years)
        place = {dim: definition for dim in array.dims if dim not in ("run", "year")}
        total += sign * np.asarray(array.sel(place).transpose("run", "year").values, dtype=np.float64).sum(axis=1)
    return total


def cost_table(a: Result, b: Result, years: list[int]) -> pd.DataFrame:
    """Return what A costs and brings more than B, over all years and in the last.

    Parameters
    ----------
    a, b
        Results whose runs are pairs.
    years
        That both have.

    Returns
    -------
    pandas.DataFrame
        Columns of `COST_COLUMNS`, bn CNY, current prices, not discounted: outlay gross and net of what guidance funds
        pay back, tax forgone beside it, core scale with and without public orders, related scale. `mean` is A less B,
        `low` and `high` its 95% interval over paired runs, `p05` and `p95` the differences of single runs.
    """
    rows = [
        {"measure": measure, "definition": definition, "span": span, "unit": "bn CNY", **paired(of_a, of_b)}
        for measure, definition, span, of_a, of_b in _pairs(a, b, years)
    ]
    return pd.DataFrame(rows, columns=list(COST_COLUMNS)).astype(COST_COLUMNS)


def per_yuan_table(a: Result, b: Result, years: list[int]) -> pd.DataFrame:
    """Return the public money that a yuan of added scale costs: added cost over added scale, ratio of means.

    A ratio says something only where the scale clearly grows. `standing` tells: `gain` (scale and cost clearly grow),
    `gain at no clear cost`, `gain and saving`, `no clear gain` (the 95% interval of the added scale holds zero: no
    ratio is given), `loss` (the scale clearly shrinks: none either), `too few runs` (a single run has no interval).

    Parameters
    ----------
    a, b
        Results whose runs are pairs.
    years
        That both have. Scale of one year is also owed to the money of the years before: read the cumulated ratio first.

    Returns
    -------
    pandas.DataFrame
        Columns of `PER_YUAN_COLUMNS`: one row per cost, scale, definition or construction, and span. `per_yuan` is yuan
        of cost per added yuan, `low` and `high` its 95% interval over paired runs (Fieller).
    """
    rows = []
    for span, chosen in spans(years).items():
        for scale, definitions in SCALES.items():
            for definition in definitions:
                scales = [amounts(result, scale, definition, chosen) for result in (a, b)]
                for cost in PRICED:
                    costs = [amounts(result, cost, "", chosen) for result in (a, b)]
                    keys = {"cost": cost, "scale": scale, "definition": definition, "span": span}
                    rows.append(keys | _price(costs[0] - costs[1], scales[0] - scales[1]))
    return pd.DataFrame(rows, columns=list(PER_YUAN_COLUMNS)).astype(PER_YUAN_COLUMNS)


def ledger_differences(a: Result, b: Result, years: list[int]) -> pd.DataFrame:
    """Return the fiscal ledgers of both side by side: in all, by clause group, by clause and by lever.

    Parameters
    ----------
    a, b
        Results whose runs are pairs.
    years
        That both have.

    Returns
    -------
    pandas.DataFrame
        Columns of `LEDGER_COLUMNS`, bn CNY; `level` is total, group, clause or lever and `id` names one of them. Rows
        of nothing in both are left out. In every run budgeted = disbursed + idle, and so in the means.
    """
    ledgers = [
        result.series["ledger"].sel(year=years).transpose("lever", "ledger_account", "run", "year") for result in (a, b)
    ]
    values = [np.asarray(ledger.values, dtype=np.float64) for ledger in ledgers]
    rows = []
    for (level, name), members in _members([str(lever) for lever in ledgers[0]["lever"].values]).items():
        for place, account in enumerate(LEDGER_ACCOUNTS):
            entries = [value[members, place].sum(axis=0) for value in values]
            if not any(entry.any() for entry in entries):
                continue
            for span, chosen in spans(years).items():
                of_a, of_b = (entry[:, -len(chosen) :].sum(axis=1) for entry in entries)
                keys = {"level": level, "id": name, "account": account, "span": span}
                rows.append(keys | paired(of_a, of_b))
    return pd.DataFrame(rows, columns=list(LEDGER_COLUMNS)).astype(LEDGER_COLUMNS)


def paired(of_a: Floats, of_b: Floats) -> dict[str, float]:
    """Return means, the paired difference with its 95% interval, and the 5 and 95 percent points over runs."""
    difference = of_a - of_b
    low, high = mean_interval(difference)
    p05, p95 = np.quantile(difference, (0.05, 0.95))
    return {
        "mean_a": float(of_a.mean()),
        "mean_b": float(of_b.mean()),
        "mean": float(difference.mean()),
        "low": low,
        "high": high,
        "p05": float(p05),
        "p95": float(p95),
    }


def _pairs(a: Result, b: Result, years: list[int]) -> Iterator[tuple[str, str, str, Floats, Floats]]:
    """Yield measure, definition, span and the amounts of both, float64[runs]."""
    named = [(cost, "") for cost in COSTS]
    named += [(scale, definition) for scale, definitions in SCALES.items() for definition in definitions]
    for measure, definition in named:
        for span, chosen in spans(years).items():
            of_a, of_b = (amounts(result, measure, definition, chosen) for result in (a, b))
            yield measure, definition, span, of_a, of_b


def _price(cost: Floats, scale: Floats) -> dict[str, object]:
    """Return what a yuan of added scale costs, from paired differences float64[runs]."""
    found = {"added_cost": float(cost.mean()), "added_scale": float(scale.mean()), "standing": _standing(cost, scale)}
    if found["standing"] in (UNCLEAR, LOSS, UNKNOWN):
        return found | {"per_yuan": math.nan, "low": math.nan, "high": math.nan}
    low, high = ratio_interval(cost, scale)
    return found | {"per_yuan": float(cost.mean() / scale.mean()), "low": low, "high": high}


def _standing(cost: Floats, scale: Floats) -> str:
    (cost_low, cost_high), (low, high) = mean_interval(cost), mean_interval(scale)
    if math.isnan(low):
        return UNKNOWN
    if high < 0.0:
        return LOSS
    if not low > 0.0:
        return UNCLEAR
    if cost_high < 0.0:
        return SAVING
    return GAIN if cost_low > 0.0 else CHEAP


def _members(levers: list[str]) -> dict[tuple[str, str], list[int]]:
    """Return the rows of the levers that belong to each level and name: total, groups, clauses, levers."""
    catalogue = load_catalogue()
    members: dict[tuple[str, str], list[int]] = {("total", "all"): list(range(len(levers)))}
    clauses = [catalogue.lever(name).clause for name in levers]
    for level, names in (("group", [group_of(clause) for clause in clauses]), ("clause", clauses), ("lever", levers)):
        for name in sorted(set(names)) if level != "lever" else names:
            members[level, name] = [row for row, other in enumerate(names) if other == name]
    return members
