"""The fiscal ledger by clause group: what was disbursed, misused, left idle, and forgone in tax.

Called by `publishing` and by `Result.plot`.
"""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from sim.measurement.ledger import group_of
from sim.plan import load_catalogue
from sim.plots import frames, marks
from sim.plots.labels import inside, number, percent, phrase
from sim.plots.style import INK, SERIES, SMALL_SIZE, styled
from sim.plots.view import Data, Floats, View, view_of

_ROW = 0.3  # inches
# account of the figure -> colour, hatch
_LOOK = {
    "spent": (SERIES[1], ""),
    "misused": (SERIES[1], "/////"),
    "idle": (SERIES[5], ""),
    "forgone": (SERIES[3], ""),
}


@styled
def ledger(data: Data, *, ax: Axes | None = None) -> Axes:
    """Draw the sum of public money over all years by clause group, mean of the runs.

    Parameters
    ----------
    data
        A result or its Dataset.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        One bar a clause group, in the order of the plan; bn CNY, current prices.

    Raises
    ------
    UserError
        When the result holds no ledger.
    """
    view = view_of(data)
    groups = {group: accounts for group, accounts in _groups(view).items() if sum(accounts.values()) > 0.0}
    at = frames.frame(ax, height=_ROW * max(3, len(groups)), left=1.75, right=0.4)
    ax = at.ax
    handles = _bars(ax, groups)
    ax.set_yticks(range(len(groups)), [f"{phrase(f'group_{group}')} ({group})" for group in groups])
    ax.set_ylim(len(groups) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.set_xlabel(phrase("money"))
    ax.xaxis.set_major_formatter(marks.plain_numbers())
    span = {"start": view.span[0], "end": view.span[1]}
    frames.heading(at, _title(view, groups), phrase("ledger_subtitle", **span))
    frames.foot(at, handles, [phrase("ledger_note")], view.stamp, columns=2, drop=38.0)
    return ax


def _groups(view: View) -> dict[str, dict[str, float]]:
    """Return the sum of each account over years, mean of runs, by clause group in the order of the plan."""
    array = view.array("ledger").transpose("run", "year", "lever", "ledger_account")
    sums: Floats = np.asarray(array.values).sum(axis=1).mean(axis=0)
    columns = {str(name): place for place, name in enumerate(array["ledger_account"].values)}
    groups: dict[str, dict[str, float]] = {}
    catalogue = load_catalogue()
    for lever in sorted((catalogue.lever(str(name)) for name in array["lever"].values), key=lambda lever: lever.clause):
        row = sums[[str(name) for name in array["lever"].values].index(lever.id)]
        disbursed, misused, idle, forgone = (
            float(row[columns[name]]) for name in ("disbursed", "misused", "idle", "forgone")
        )
        entry = groups.setdefault(group_of(lever.clause), dict.fromkeys(_LOOK, 0.0))
        for account, value in zip(_LOOK, (disbursed - misused, misused, idle, forgone), strict=True):
            entry[account] += value
    return groups


def _bars(ax: Axes, groups: dict[str, dict[str, float]]) -> list[Artist]:
    """Draw a stacked bar a group with its sum; return legend entries."""
    left = np.zeros(len(groups))
    handles: list[Artist] = []
    for account, (colour, hatch) in _LOOK.items():
        widths = np.array([accounts[account] for accounts in groups.values()])
        bars = ax.barh(
            range(len(groups)), widths, left=left, height=0.66, color=colour, hatch=hatch, edgecolor="white",
            linewidth=0.5, label=phrase(f"ledger_{account}"), zorder=2,
        )  # fmt: skip
        left = left + widths
        handles.append(bars)  # type: ignore[arg-type]  # a container serves as a legend handle
    for row, total in enumerate(left):
        ax.annotate(
            number(float(total)), (float(total), row), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=SMALL_SIZE, color=INK, annotation_clip=False,
        )  # fmt: skip
    return handles


def _title(view: View, groups: dict[str, dict[str, float]]) -> str:
    """Say how much was disbursed, where most of it went, and what part of the budgets lay idle."""
    disbursed = {group: accounts["spent"] + accounts["misused"] for group, accounts in groups.items()}
    total = sum(disbursed.values())
    largest = max(disbursed, key=lambda group: disbursed[group], default="3.5")
    idle = sum(accounts["idle"] for accounts in groups.values())
    return phrase(
        "ledger", total=number(total), start=view.span[0], end=view.span[1], name=inside(phrase(f"group_{largest}")),
        share=percent(disbursed.get(largest, 0.0) / total if total else 0.0),
        idle=percent(idle / (idle + total) if idle + total else 0.0),
    )  # fmt: skip
