"""How likely each target is met, under every definition: one row each, with its intervals.

Called by `publishing` and by `Result.plot`; the probabilities come from the result's table of targets.
"""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from sim.outcomes import COORDINATES
from sim.plots import frames
from sim.plots.labels import coordinate_name, percent, phrase, sequence
from sim.plots.style import INK, MEDIAN, MOST, SMALL_SIZE, TARGET, TEXT_SIZE, styled
from sim.plots.view import view_of

if TYPE_CHECKING:
    from sim.results import Result

Row = dict[str, Any]

_ROW = 0.165  # inches
_LIKELY = 0.5


@styled
def chances(result: Result, *, ax: Axes | None = None) -> Axes:
    """Draw the probability of every target under every definition or construction.

    Parameters
    ----------
    result
        Its table of targets is drawn.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        Percent of runs; the headline's rows are filled. The thin interval is what the number of runs leaves open, the
        broad one (where there is a posterior) what the parameters do.
    """
    rows = cast(
        "list[Row]", result.targets.sort_values(["target", "year", "threshold"], kind="stable").to_dict("records")
    )
    groups = [
        (key, list(members))
        for key, members in groupby(rows, key=lambda row: (row["target"], row["year"], row["threshold"]))
    ]
    at = frames.frame(ax, height=_ROW * max(8, len(rows) + len(groups)), left=1.6, right=0.45)
    places: list[tuple[float, Row]] = []
    place = 0.0
    for (target, year, threshold), members in groups:
        _group_name(at, place, phrase("chance_goal", name=phrase(target), year=year, above=f"{threshold:,.10g}"))
        places += [(place + 1.0 + step, row) for step, row in enumerate(members)]
        place += len(members) + 1.3
    handles = _marks(at.ax, places)
    _axes(at.ax, places, place)
    frames.heading(at, _title(rows), phrase("chances_subtitle"))
    frames.foot(at, handles, [phrase("related_note")], view_of(result).stamp, columns=2, drop=38.0)
    return at.ax


def _group_name(at: frames.Frame, place: float, text: str) -> None:
    at.ax.annotate(
        text, (at.edges[0], place), xycoords=("axes fraction", "data"), va="center", color=TARGET, fontsize=TEXT_SIZE,
        annotation_clip=False,
    )  # fmt: skip


def _marks(ax: Axes, places: list[tuple[float, Row]]) -> list[Artist]:
    """Draw intervals, then points, with the probability at the right; return legend entries."""
    handles: dict[str, Artist] = {}
    for place, row in places:
        broad, thin = ([100.0 * row[f"{kind}_{end}"] for end in ("low", "high")] for kind in ("prob_parameter", "prob"))
        if not math.isnan(broad[0]):
            handles["broad"] = ax.hlines(place, *broad, color=MOST, linewidth=6.0, label=phrase("chance_parameter"))
        handles["thin"] = ax.hlines(place, *thin, color=MEDIAN, linewidth=1.2, label=phrase("chance_wilson"))
        key = "chance_headline" if row["headline"] else "chance_other"
        (handles[key],) = ax.plot(
            100.0 * row["probability"], place, marker="o", markersize=5.5, linestyle="", color=MEDIAN, clip_on=False,
            markerfacecolor=MEDIAN if row["headline"] else "white", zorder=4, label=phrase(key),
            gid=f"chance-{row['target']}-{row['year']}-{row['definition']}",
        )  # fmt: skip
        ax.annotate(
            percent(row["probability"]), (1.0, place), xycoords=("axes fraction", "data"), xytext=(9, 0),
            textcoords="offset points", va="center_baseline", fontsize=SMALL_SIZE, color=INK, annotation_clip=False,
        )  # fmt: skip
    return list(handles.values())


def _axes(ax: Axes, places: list[tuple[float, Row]], end: float) -> None:
    ax.set_xlim(0.0, 100.0)
    ax.set_ylim(end - 0.6, -0.8)
    ax.set_yticks([place for place, _ in places], [_name(row["definition"]) for _, row in places], fontsize=SMALL_SIZE)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.axvline(100.0 * _LIKELY, color=INK, linewidth=0.8, linestyle=(0, (1.5, 2.5)), zorder=1)
    ax.set_xlabel(phrase("chance_axis"))


def _name(definition: str) -> str:
    return coordinate_name("construction", definition) if definition in COORDINATES["construction"] else definition


def _title(rows: list[Row]) -> str:
    """Say under which definitions most runs pass each target of the core scale; years that agree are told together."""
    core = [row for row in rows if row["target"] == "core_scale"]
    told: dict[tuple[str, str], list[str]] = {}
    for (year, _), members in groupby(core, key=lambda row: (row["year"], row["threshold"])):
        given = list(members)
        likely = [row["definition"] for row in given if row["probability"] > _LIKELY]
        key = "likely_all" if len(likely) == len(given) else "likely_some" if likely else "likely_none"
        told.setdefault((key, sequence(likely)), []).append(str(year))
    parts = [phrase(key, years=sequence(years), definitions=under) for (key, under), years in told.items()]
    return phrase("chances", parts=", ".join(parts)) if parts else phrase("chances_bare")
