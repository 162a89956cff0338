"""The goals that clause 2.3 states in words: indicators by year, shaded by the runs that reach the threshold.

Called by `publishing` and by `Result.plot`; the figures come from the result's table of goals.
"""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, cast

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from sim.errors import UserError
from sim.measurement import declared_goals
from sim.measurement.goal_list import Goal
from sim.plots import frames
from sim.plots.labels import percent, phrase, sequence
from sim.plots.shades import SHADES, ink_on
from sim.plots.style import INK, QUIET, SMALL_SIZE, TARGET, TEXT_SIZE, styled
from sim.plots.view import view_of

if TYPE_CHECKING:
    from sim.results import Result

Row = dict[str, Any]

_ROW: Final = 0.2  # inches
_LIKELY: Final = 0.5


@styled
def goals(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw every goal in words as a row of a table, and the years of the three steps as its columns.

    Parameters
    ----------
    result
        Its table of goals is drawn, without the rows of single fields.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        In every cell the median of the runs over the threshold and the percent of runs that reach it.

    Raises
    ------
    UserError
        When no year of a goal falls in the result.
    """
    rows = cast("list[Row]", result.goals[result.goals["item"] == ""].to_dict("records"))
    cells = {(str(row["goal"]), int(row["year"])): row for row in rows}
    years = sorted({year for _, year in cells})
    if not years:
        raise UserError("no goal of the plan falls in the years of this result: its goals are not drawn")
    shown = [goal for goal in declared_goals() if (goal.id, years[0]) in cells]
    places, end = _places(shown)
    at = frames.frame(ax, height=_ROW * (end - 0.6), left=2.0)
    at.ax.set_xlim(-0.5, len(years) - 0.5)
    at.ax.set_ylim(end - 0.6, 0.0)
    for goal, place in zip(shown, places, strict=True):
        for column, year in enumerate(years):
            _cell(at.ax, goal, cells[goal.id, year], column, place)
    _groups(at, shown, places)
    _axes(at.ax, shown, places, years)
    frames.heading(at, _title(shown, cells, years), phrase("goals_subtitle"))
    frames.foot(at, [], [phrase("goals_note"), phrase("goals_policy")], view_of(result).stamp, drop=8.0)
    return at.ax


def _places(shown: list[Goal]) -> tuple[list[float], float]:
    """Return the place of every row, with room for the name of its group above the first of it, and the end."""
    places: list[float] = []
    place = 1.0  # below the years
    for _, members in groupby(shown, key=lambda goal: goal.group):
        place += 1.0
        for _ in members:
            places.append(place)
            place += 1.0
        place += 0.25
    return places, place


def _cell(ax: Axes, goal: Goal, row: Row, column: int, place: float) -> None:
    """Write median, threshold and percent of runs of one goal and year."""
    digits = 0 if goal.measure.kind in ("count", "sum") else 2
    median = f"{row['median']:.{digits}f}"
    judged = not math.isnan(row["threshold"])
    ax.add_patch(
        Rectangle(
            (column - 0.48, place - 0.46), 0.96, 0.92, facecolor=SHADES(row["met"]) if judged else "white",
            edgecolor=QUIET if judged else "none", linewidth=0.3, gid=f"goal-{goal.id}-{row['year']}",
        )
    )  # fmt: skip
    colour = ink_on(row["met"]) if judged else QUIET
    text = f"{median} / {row['threshold']:g}" if judged else median
    ax.text(column - 0.42, place, text, va="center_baseline", fontsize=SMALL_SIZE, color=colour)
    if judged:
        ax.text(
            column + 0.42, place, percent(row["met"]), ha="right", va="center_baseline", fontsize=SMALL_SIZE,
            color=colour, fontweight="bold",
        )  # fmt: skip


def _groups(at: frames.Frame, shown: list[Goal], places: list[float]) -> None:
    first: dict[str, float] = {}
    for goal, place in zip(shown, places, strict=True):
        first.setdefault(goal.group, place)
    for group, place in first.items():
        at.ax.annotate(
            phrase(f"goal_group_{group}"), (at.edges[0], place - 0.95), xycoords=("axes fraction", "data"),
            va="center_baseline", color=TARGET, fontsize=TEXT_SIZE, annotation_clip=False,
        )  # fmt: skip


def _axes(ax: Axes, shown: list[Goal], places: list[float], years: list[int]) -> None:
    names = [f"{goal.name.en}{' °' if goal.rests_on == 'policy' else ''}" for goal in shown]
    ax.set_yticks(places, names, fontsize=SMALL_SIZE)
    ax.set_xticks([])
    for column, year in enumerate(years):
        ax.text(column, 0.55, str(year), ha="center", va="center_baseline", fontsize=TEXT_SIZE, color=INK)
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False)
    ax.spines[:].set_visible(False)


def _title(shown: list[Goal], cells: dict[tuple[str, int], Row], years: list[int]) -> str:
    """Say how many of the goals judged in each year most runs reach; restated policy does not count."""
    parts = []
    for year in years:
        met = [cells[goal.id, year]["met"] for goal in shown if goal.rests_on != "policy"]
        judged = [share for share in met if not math.isnan(share)]
        reached = sum(share > _LIKELY for share in judged)
        parts.append(phrase("goals_part", met=reached, all=len(judged), year=year))
    return phrase("goals", parts=sequence(parts))
