"""The facts of a result: every statistic over the runs followed, beside its published range, labelled and judged.

`find_facts` is what the command line calls. Reads the ranges from `seeds/facts`; draws and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.errors import UserError
from sim.facts.capital import capital_facts
from sim.facts.industry import industry_facts
from sim.facts.reasons import EMERGENT, FITTED, IMPOSED, LABELS, REASONS_EN, Reason
from sim.facts.reasons_zh import REASONS_ZH
from sim.facts.research import research_facts
from sim.facts.shapes import shapes_of
from sim.facts.sizes import size_facts
from sim.facts.turnover import turnover_facts
from sim.facts.views import Run, runs_of
from sim.seeds import read_table

if TYPE_CHECKING:
    from sim.results import Result

INSIDE, OUTSIDE, ABSENT = "inside", "outside", "not computable"

_PARTS: Final[tuple[Callable[[Run], dict[str, float]], ...]] = (
    size_facts,
    research_facts,
    turnover_facts,
    industry_facts,
    capital_facts,
)
_REASONS: Final[Mapping[str, Mapping[str, Reason]]] = {"en": REASONS_EN, "zh": REASONS_ZH}
_TOO_FEW: Final = {
    "en": "Too few cases: the runs end too early, or hold too few firms.",
    "zh": "样本过少：模拟结束过早或企业过少。",
}
_SUMMARY: Final = {
    "en": (
        "Emergent: {inside} of {all} statistics inside the published range, {facts} of {all_facts} facts with every "
        "one of theirs.\nImposed {imposed} and fitted {fitted} inside are no evidence; {absent} cannot be computed."
    ),
    "zh": (
        "涌现：{all}个统计量中{inside}个在公布范围内，{all_facts}项事实中{facts}项全部在内。\n"
        "设定{imposed}、拟合{fitted}在内，不作证据；{absent}个无法计算。"
    ),
}


@dataclass(frozen=True, eq=False, repr=False)
class Facts:
    """The stylised facts of one result.

    `table` has one row a statistic: fact, statistic, value (median over the runs followed), p05, p95, runs (in which it
    could be computed), runs_inside, low, high, unit, source, second_source, basis, label (imposed, fitted, emergent;
    empty for what the model does not hold), verdict (inside, outside, not computable). `shapes` holds the tables of
    `shapes.shapes_of` with a column `run`. The rest identifies the result.
    """

    table: pd.DataFrame
    shapes: dict[str, pd.DataFrame]
    scenario: str
    runs: int
    seed: int
    digest: str

    def __repr__(self) -> str:
        """Return what was computed in one line."""
        return f"Facts({self.scenario}: {len(self.table)} statistics of {self.runs} runs)"

    def value(self, statistic: str) -> pd.Series[Any]:
        """Return the row of a statistic; raises KeyError for one that is none."""
        rows = self.table[self.table["statistic"] == statistic]
        if rows.empty:
            raise KeyError(statistic)
        return rows.iloc[0]

    def worded(self, lang: str = "en") -> pd.DataFrame:
        """Return the table with words: name, measure, why (for the label), reason (of a miss or a gap); en or zh."""
        seed = read_table("facts/facts")
        words = pd.DataFrame({name: seed[f"{name}_{lang}"] for name in ("name", "measure")}, dtype=str)
        reasons = [_reason(row, lang) for row in self.table.to_dict("records")]
        why = [_REASONS[lang][name].why for name in self.table["statistic"]]
        order = ["fact", "statistic", "name", "measure", *[name for name in self.table if name not in _FIRST]]
        return self.table.assign(**words, why=why, reason=reasons)[[*order, "why", "reason"]]

    def summary(self, lang: str = "en") -> str:
        """Return how many statistics that nobody put in lie inside their range, and what is no evidence."""
        table = self.table[self.table["verdict"] != ABSENT]
        inside = table["verdict"] == INSIDE
        emergent = table["label"] == EMERGENT
        by_fact = inside[emergent].groupby(table.loc[emergent, "fact"]).all()

        def of(label: str) -> str:
            chosen = table["label"] == label
            return f"{(inside & chosen).sum()}/{chosen.sum()}"

        return _SUMMARY[lang].format(
            inside=(inside & emergent).sum(),
            all=emergent.sum(),
            facts=by_fact.sum(),
            all_facts=len(by_fact),
            imposed=of(IMPOSED),
            fitted=of(FITTED),
            absent=(self.table["verdict"] == ABSENT).sum(),
        )


_FIRST: Final = ("fact", "statistic")


def find_facts(result: Result, progress: Callable[[int], None] | None = None) -> Facts:
    """Compute the stylised facts of a result from its panel and series.

    Parameters
    ----------
    result
        With a panel.
    progress
        Called with 1 after each run.

    Returns
    -------
    Facts
        All statistics of `seeds/facts/facts.csv`, in its order.

    Raises
    ------
    UserError
        When the result has no panel, or its runs end before two years are complete: then nothing has grown yet.
    """
    if result.scenario.n_quarters < 8:
        raise UserError(f"runs that end with {result.scenario.end} show no growth; facts need two complete years")
    values: dict[str, list[float]] = {}
    shapes: dict[str, list[pd.DataFrame]] = {}
    runs = 0
    for run in runs_of(result):
        runs += 1
        for part in _PARTS:
            for name, value in part(run).items():
                values.setdefault(name, []).append(value)
        for name, shape in shapes_of(run).items():
            shapes.setdefault(name, []).append(shape.assign(run=run.number))
        if progress is not None:
            progress(1)
    return Facts(
        table=_judged(values),
        shapes={name: pd.concat(parts, ignore_index=True) for name, parts in shapes.items()},
        scenario=result.scenario.name,
        runs=runs,
        seed=result.manifest.seed,
        digest=result.manifest.digest,
    )


def _judged(values: Mapping[str, list[float]]) -> pd.DataFrame:
    """Return the table: one row for every statistic of the seed file."""
    seed = read_table("facts/facts")
    rows = []
    for place, name in enumerate(seed["statistic"].tolist()):
        low, high = float(seed["low"][place]), float(seed["high"][place])
        found = np.array(values.get(name, []), dtype=np.float64)
        found = found[~np.isnan(found)]
        p05, value, p95 = _quantiles(found)
        rows.append(
            {
                "fact": str(seed["fact"][place]),
                "statistic": name,
                "value": value,
                "p05": p05,
                "p95": p95,
                "runs": len(found),
                "runs_inside": int(_within(found, low, high).sum()),
                "low": low,
                "high": high,
                "unit": str(seed["unit"][place]),
                "source": str(seed["source_key"][place]),
                "second_source": str(seed["second_source_key"][place]),
                "basis": str(seed["basis"][place]),
                "label": LABELS.get(name, ""),
                "verdict": ABSENT
                if not len(found)
                else INSIDE
                if _within(np.array([value]), low, high)[0]
                else OUTSIDE,
            }
        )
    return pd.DataFrame(rows)


def _quantiles(values: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    """Return 5%, median and 95%; where some are infinite, of the values themselves and not between them."""
    if not len(values):
        return np.nan, np.nan, np.nan
    method: Any = "linear" if np.isfinite(values).all() else "inverted_cdf"
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), method=method)
    return float(low), float(middle), float(high)


def _within(values: npt.NDArray[np.float64], low: float, high: float) -> npt.NDArray[np.bool_]:
    """Return which values lie in a range whose open ends are nan."""
    return ~((values < low) | (values > high))


def _reason(row: Mapping[Any, Any], lang: str) -> str:
    """Return the sentence for a miss or a gap; empty for what is inside."""
    reason = _REASONS[lang][str(row["statistic"])]
    if row["verdict"] == ABSENT:
        return reason.absent or _TOO_FEW[lang]
    if row["verdict"] == INSIDE:
        return ""
    return reason.low if row["value"] < row["low"] else reason.high
