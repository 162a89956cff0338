"""Figures of lives and claims: when firms close, what research they claim, what investments return, who adopts first.

Called by `fact_sheet` and by people: each takes `Facts` and returns what it drew.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from sim.facts.capital import CLASSES, YEARS_TO_END
from sim.facts.industry import LEVEL_OF_TEN
from sim.facts.research import WINDOW
from sim.plots import frames, marks, sheets
from sim.plots.fact_marks import (
    EDGE,
    PUBLISHED,
    amount,
    band,
    over_runs,
    published,
    quiet_axes,
    range_bar,
    stamp,
    verdict,
    word,
)
from sim.plots.style import DASHES, GRID, HALF, INK, MEDIAN, PANEL_SIZE, SERIES, styled

if TYPE_CHECKING:
    from sim.facts import Facts

_OLDEST: Final = 15  # years of life drawn


@styled
def hazard(facts: Facts, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw the hazard of closing by year of life, with the published ranges of the first and third year.

    Parameters
    ----------
    facts
        What is drawn.
    ax
        Where to draw; a new figure when None.
    lang
        Language, en or zh.

    Returns
    -------
    Axes
        Median and middle 90% of runs, percent a year.
    """
    peak, third = facts.value("hazard_peak"), facts.value("hazard_third")
    at = frames.frame(ax)
    grid = np.arange(1.0, _OLDEST + 1.0)
    curves = 100.0 * over_runs(facts.shapes["hazard"], "life_year", "hazard", grid)
    span = at.ax.axvspan(
        peak["low"] - 0.5, peak["high"] + 0.5, color=PUBLISHED, alpha=0.45, zorder=0, label=word(lang, "hazard_peak")
    )
    handles = band(at.ax, grid, curves, lang, marker="o", markersize=4.0)
    for year, name in ((1, "hazard_first"), (3, "hazard_third")):
        row = facts.value(name)
        label = word(lang, "hazard_published")
        bar = range_bar(at.ax, year, 100.0 * row["low"], 100.0 * row["high"], 0.5, label)
    at.ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    at.ax.set_xlim(0.4, _OLDEST + 0.6)
    at.ax.set_ylim(bottom=0.0)
    quiet_axes(at.ax, word(lang, "hazard_x"), word(lang, "hazard_y"))
    title = word(
        lang, "hazard", peak=amount(peak["value"], "year"), third=amount(third["value"], "1/year"),
        verdict=verdict(third, lang),
    )  # fmt: skip
    frames.heading(at, title, word(lang, "hazard_subtitle"))
    frames.foot(at, [*handles, bar, span], [word(lang, "imposed")], stamp(facts, lang), columns=2, drop=38.0)
    return at.ax


@styled
def claims(facts: Facts, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how R&D claimed and carried out spreads around the threshold of high-technology status.

    Parameters
    ----------
    facts
        What is drawn.
    ax
        Where to draw; a new figure when None.
    lang
        Language, en or zh.

    Returns
    -------
    Axes
        Medians over runs, percent of firm quarters; the windows compared are shaded.
    """
    table, row = facts.shapes["claims"], facts.value("bunching")
    middle = table.groupby("multiple")[["reported", "real"]].median()
    grid = middle.index.to_numpy(dtype=np.float64)
    width = float(grid[1] - grid[0])
    at = frames.frame(ax)
    edges = np.append(grid - 0.5 * width, grid[-1] + 0.5 * width)
    handles: list[Artist] = [
        at.ax.axvspan(1.0 - WINDOW, 1.0 + WINDOW, color=GRID, alpha=0.7, zorder=0, label=word(lang, "claims_window")),
        at.ax.stairs(
            100.0 * middle["reported"], edges, fill=True, color=HALF, zorder=2, label=word(lang, "claims_reported"),
        ),
        at.ax.stairs(
            100.0 * middle["real"], edges, baseline=None, color=MEDIAN, linewidth=1.6, zorder=3,
            label=word(lang, "claims_real"),
        ),
    ]  # fmt: skip
    at.ax.axvline(1.0, color=EDGE, linewidth=1.2, linestyle=(0, (4, 2)), zorder=4)
    at.ax.set_xlim(0.0, float(edges[-1]))
    at.ax.set_ylim(bottom=0.0)
    quiet_axes(at.ax, word(lang, "claims_x"), word(lang, "claims_y"))
    if math.isinf(row["value"]):
        title = word(lang, "claims_none", low=f"{row['low']:g}")
    else:
        title = word(lang, "claims", ratio=amount(row["value"]), verdict=verdict(row, lang))
    beyond = amount(1.0 - float(middle["reported"].sum()), "share")
    frames.heading(at, title, word(lang, "claims_subtitle"))
    notes = [word(lang, "claims_note", beyond=beyond), word(lang, "imposed")]
    frames.foot(at, handles, notes, stamp(facts, lang), columns=3, drop=38.0)
    return at.ax


@styled
def returns(facts: Facts, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw what venture positions returned, beside the published parts of losses and of tenfold gains.

    Parameters
    ----------
    facts
        What is drawn.
    ax
        Where to draw; a new figure when None.
    lang
        Language, en or zh.

    Returns
    -------
    Axes
        Medians and middle 90% of runs, percent of positions by class of money returned over paid.
    """
    table = facts.shapes["returns"].pivot_table(index="run", columns="multiple", values="share")[list(CLASSES)]
    low, middle, high = 100.0 * np.quantile(table.to_numpy(), (0.05, 0.5, 0.95), axis=0)
    at = frames.frame(ax)
    places = np.arange(len(CLASSES), dtype=np.float64)
    bars: Any = at.ax.bar(places - 0.2, middle, 0.36, color=HALF, zorder=2, label=word(lang, "median"))
    errors = at.ax.vlines(places - 0.2, low, high, color=MEDIAN, linewidth=1.6, zorder=4, label=word(lang, "most"))
    for place, value in zip(places, middle, strict=True):
        marks.halo_text(
            at.ax,
            place - 0.2,
            high[int(place)],
            amount(value / 100.0, "share"),
            xytext=(0, 3),
            ha="center",
            va="bottom",
        )
    for end, name in ((0, "at_most_par"), (-1, "tenfold")):
        row = facts.value(name)
        entry = range_bar(
            at.ax, float(places[end]) + 0.2, 100.0 * row["low"], 100.0 * row["high"], 0.36, word(lang, "published")
        )
    at.ax.xaxis.set_major_locator(FixedLocator(places.tolist()))
    at.ax.set_xticklabels([word(lang, f"returns_{name}") for name in CLASSES])
    at.ax.set_ylim(0.0, 105.0)
    quiet_axes(at.ax, word(lang, "returns_x"), word(lang, "returns_y"))
    at.ax.grid(visible=False, axis="x")
    told: dict[str, str] = {}
    for name, key in (("at_most_par", "loss"), ("tenfold", "ten")):
        row = facts.value(name)
        told |= {key: amount(row["value"], "share"), f"{key}_range": published(row, lang)}
    frames.heading(at, word(lang, "returns", **told), word(lang, "returns_subtitle"))
    still = facts.shapes["returns"].groupby("run")["open"].first().median()
    notes = [word(lang, "returns_note", years=YEARS_TO_END, open=amount(still, "share")), word(lang, "emergent")]
    frames.foot(at, [bars, errors, entry], notes, stamp(facts, lang), columns=3, drop=38.0)
    return at.ax


@styled
def diffusion(facts: Facts, *, lang: str = "en") -> Figure:
    """Draw adoption by size of organisation over time, and how many times as often large ones adopt.

    Parameters
    ----------
    facts
        What is drawn.
    lang
        Language, en or zh.

    Returns
    -------
    Figure
        Two panels: S-curves by class, percent; the ratio with its published range.
    """
    table, row = facts.shapes["diffusion"], facts.value("large_over_small")
    figure, panels = sheets.panels(1, 2, height=2.4, gap=(0.55, 0.5), left=0.6, foot=1.35)
    grid = np.unique(table["date"].to_numpy(dtype=np.float64))
    handles: list[Artist] = []
    for name, colour, dash in zip(
        ("large", "medium", "small"), (SERIES[0], SERIES[2], SERIES[3]), DASHES, strict=False
    ):
        curves = 100.0 * over_runs(table, "date", name, grid)
        if name != "medium":
            panels[0].fill_between(grid, curves[0], curves[2], color=colour, alpha=0.15, linewidth=0)
        label = word(lang, f"diffusion_{name}")
        handles += panels[0].plot(grid, curves[1], color=colour, linestyle=dash, linewidth=2.0, label=label)
    panels[0].set_ylim(0.0, 100.0)
    shaded = range_bar(
        panels[1], _date_of_level(facts), row["low"], row["high"], 0.7, word(lang, "diffusion_published")
    )
    ratio = band(panels[1], grid, over_runs(table, "date", "ratio", grid), lang)
    panels[1].axhline(1.0, color=INK, linewidth=0.8, linestyle=DASHES[2])
    panels[1].set_ylim(bottom=0.0)
    for ax, name in zip(panels, ("share", "ratio"), strict=True):
        ax.set_title(word(lang, f"diffusion_{name}"), fontsize=PANEL_SIZE)
        marks.time_axis(ax, np.arange(math.floor(grid[0]), math.floor(grid[-1]) + 1), narrow=True)
        ax.set_xlim(grid[0] - 0.4, grid[-1] + 0.4)
    title = word(lang, "diffusion", value=f"{row['value']:.1f}", verdict=verdict(row, lang))
    sheets.heading(figure, title, word(lang, "diffusion_subtitle"))
    notes = [word(lang, "diffusion_note"), word(lang, "imposed")]
    sheets.foot(figure, [*handles, *ratio, shaded], notes, stamp(facts, lang), columns=3, rise=1.03)
    return figure


def _date_of_level(facts: Facts) -> float:
    """Return when the median run reaches the level of adoption at which the published ratio was taken."""
    path = facts.shapes["diffusion"].groupby("date")["of_ten"].median()
    reached = path.index[path >= LEVEL_OF_TEN]
    return float(reached[0] if len(reached) else path.index[-1])
