"""One run of a panel as facts look at it: firm quarters, firm years, growth, lives, investors' positions, users.

Called by the fact modules. Every view is made when first asked for; units are those of the panel (mn CNY, quarters).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from sim.errors import UserError

if TYPE_CHECKING:
    from sim.results import Result
    from sim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SMALLEST: Final = 0.1  # mn CNY a year; firms that sell less are in no business register
INCUMBENT: Final = 2  # origin of firms counted since their recognition, whose age is therefore unknown

_COUNTS = ("id", "quarter", "birth", "origin", "region", "sector", "innovations", "closes")
_AMOUNTS = (
    "technology_sales", "bundled_sales", "line_sales", "quality", "rd_real", "rd_reported", "cash", "venture_stake",
    "private_equity", "guidance_equity", "private_dividends", "private_exit",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One run that was followed.

    `firms` has one row a firm and quarter: the panel's variables and `sales` of all three accounts, mn CNY; `users` and
    `funds` are the panel's datasets, `series` the result's series of the same run; `parameters` its parameter values.
    """

    number: int
    firms: pd.DataFrame
    users: xr.Dataset
    funds: xr.Dataset
    series: xr.Dataset
    parameters: dict[str, float]
    scenario: Scenario

    @property
    def n_years(self) -> int:
        """Return the number of complete years."""
        return self.scenario.n_quarters // 4

    def position(self, quarter: str) -> int | None:
        """Return the position of a quarter such as `2020Q4`; None when the run does not hold it."""
        return self.scenario.quarters.index(quarter) if quarter in self.scenario.quarters else None

    @cached_property
    def years(self) -> pd.DataFrame:
        """Return firms by complete year in which they traded in all quarters and sold `SMALLEST` or more.

        Columns: id, year (0 is the first), sales, technology_sales, rd_real, rd_reported (mn CNY/year), quality (at
        the end), birth, origin.
        """
        firms = self.firms[self.firms["quarter"] < 4 * self.n_years]
        grouped = firms.assign(year=firms["quarter"] // 4).groupby(["id", "year"], sort=True)
        sums = grouped[["sales", "technology_sales", "rd_real", "rd_reported"]].sum()
        table = sums.join(grouped[["quality", "birth", "origin"]].last()).join(grouped.size().rename("quarters"))
        return table[(table["quarters"] == 4) & (table["sales"] >= SMALLEST)].drop(columns="quarters").reset_index()

    @cached_property
    def growth(self) -> pd.DataFrame:
        """Return growth of firms from one year to the next.

        Columns: id, year, before (sales of the year before, mn CNY), growth (log), apart (growth less the mean of the
        year), age (at the beginning of the year, years), origin.
        """
        now = self.years[["id", "year", "sales", "birth", "origin"]]
        before = self.years[["id", "year", "sales"]].rename(columns={"sales": "before"})
        pairs = now.merge(before.assign(year=before["year"] + 1), on=["id", "year"])
        growth = pd.Series(np.log(pairs["sales"].to_numpy() / pairs["before"].to_numpy()), index=pairs.index)
        return pairs.assign(
            growth=growth,
            apart=growth - growth.groupby(pairs["year"]).transform("mean"),
            age=pairs["year"] - pairs["birth"] / 4.0,
        )

    @cached_property
    def lives(self) -> pd.DataFrame:
        """Return firm quarters of firms whose foundation is known: year of life (1 is the first) and whether it closed.

        A firm founded in a quarter trades from the next; recognised incumbents are left out.
        """
        firms = self.firms[self.firms["origin"] != INCUMBENT]
        age = (firms["quarter"] - firms["birth"] - 1) // 4 + 1
        return pd.DataFrame({"life_year": age.clip(lower=1), "closed": firms["closes"] > 0})

    @cached_property
    def turnover(self) -> pd.DataFrame:
        """Return entries, exits and mean number of firms by core sector and complete year.

        Entries are start-ups and spin-offs; those of the very last quarter never trade, so that its year is left out
        when it is the run's last.
        """
        firms = self.firms
        entrants = firms[(firms["birth"] >= 0) & (firms["quarter"] == firms["birth"] + 1) & (firms["origin"] < 2)]
        tables: dict[str, pd.Series[Any]] = {
            "entries": entrants.groupby(["sector", entrants["birth"] // 4]).size(),
            "exits": firms[firms["closes"] > 0].groupby(["sector", firms["quarter"] // 4]).size(),
            "firms": firms.groupby(["sector", firms["quarter"] // 4]).size() / 4.0,
        }
        for table in tables.values():
            table.index.names = ["sector", "year"]
        cells = pd.DataFrame(tables).fillna(0.0).reset_index()
        return cells[cells["year"] < self.n_years - (4 * self.n_years == self.scenario.n_quarters)]

    @cached_property
    def positions(self) -> pd.DataFrame:
        """Return what private investors put into single firms and got back, for firms founded within the run.

        A position opens with the first round and ends when the stake is sold or the firm closes; later rounds begin
        another. Columns: opened, ended (quarters), paid, returned (mn CNY: dividends, price, part of the cash of a
        closed firm), outcome (sold, closed, open).
        """
        firms = self.firms[self.firms["birth"] >= 0].sort_values(["id", "quarter"], kind="stable")
        sold, closed = firms["private_exit"] > 0, firms["closes"] > 0
        number = sold.astype(np.int64).groupby(firms["id"]).cumsum() - sold.astype(np.int64)
        left = firms["cash"].clip(lower=0.0) * firms["venture_stake"]
        flows = pd.DataFrame(
            {
                "id": firms["id"],
                "number": number,
                "quarter": firms["quarter"],
                "paid": firms["private_equity"],
                "returned": firms["private_dividends"] + firms["private_exit"] + left.where(closed & ~sold, 0.0),
                "opened": firms["quarter"].where(firms["private_equity"] > 0.0),
                "sold": sold,
                "closed": closed,
            }
        )
        table = flows.groupby(["id", "number"]).agg(
            opened=("opened", "min"),
            ended=("quarter", "max"),
            paid=("paid", "sum"),
            returned=("returned", "sum"),
            sold=("sold", "any"),
            closed=("closed", "any"),
        )
        table = table[table["paid"] > 0.0]
        outcome = np.where(table.pop("sold"), "sold", np.where(table.pop("closed"), "closed", "open"))
        return table.assign(outcome=outcome).reset_index(drop=True)


def runs_of(result: Result) -> Iterator[Run]:
    """Yield the runs of a result that were followed.

    Raises
    ------
    UserError
        When the result has no panel; says how to get one.
    """
    panel = result.panel
    if panel is None:
        name = result.scenario.name
        raise UserError(
            "the result holds no single firms and users, which facts are computed from. Add them: "
            f"roadmap run {name} --agent-panel, with the options of the first run"
        )
    columns: dict[str, Any] = {name: panel.firms[name].values.astype(np.int64) for name in _COUNTS}
    columns |= {name: panel.firms[name].values.astype(np.float64) for name in _AMOUNTS}
    firms = pd.DataFrame(columns)
    firms["sales"] = firms["technology_sales"] + firms["bundled_sales"] + firms["line_sales"]
    ends = np.searchsorted(panel.firms["run"].values, np.arange(panel.runs + 1))  # ordered by run
    for number in range(panel.runs):
        yield Run(
            number=number,
            firms=firms.iloc[ends[number] : ends[number + 1]].reset_index(drop=True),
            users=panel.adopters.isel(run=number).load(),
            funds=panel.funds.isel(run=number).load(),
            series=result.series.isel(run=number),
            parameters={str(key): float(value) for key, value in result.parameters.iloc[number].items()},
            scenario=result.scenario,
        )
