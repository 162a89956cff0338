"""All figures of stylised facts, and the one that shows every emergent statistic beside its published range.

Called by `roadmap facts`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots import frames
from sim.plots.fact_lives import claims, diffusion, hazard, returns
from sim.plots.fact_marks import EDGE, PUBLISHED, amount, published, stamp, word
from sim.plots.fact_sizes import growth, sizes, variance
from sim.plots.publishing import told, write
from sim.plots.style import INK, MEDIAN, SMALL_SIZE, styled

if TYPE_CHECKING:
    from sim.facts import Facts

_ROW: Final = 0.27  # inches
_ENDS: Final = (-1.7, 2.7)  # of the axis, in widths of the published range


@styled
def overview(facts: Facts, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw every emergent statistic against its published range, drawn to one width for all.

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
        One row a statistic: median, middle 90% of runs, range; value and range in words at the right.
    """
    table = facts.table[(facts.table["label"] == "emergent") & (facts.table["verdict"] != "not computable")]
    at = frames.frame(ax, height=_ROW * max(4, len(table)), left=2.05, right=1.5)
    handles: dict[str, Artist] = {}
    handles["range"] = at.ax.axvspan(0.0, 1.0, color=PUBLISHED, zorder=0, label=word(lang, "published"))
    for end in (0.0, 1.0):
        at.ax.axvline(end, color=EDGE, linewidth=1.0, zorder=1)
    for place, (_, row) in enumerate(table.iterrows()):
        handles |= _row(at.ax, place, row, lang)
    at.ax.set_yticks(range(len(table)), [word(lang, f"name_{name}") for name in table["statistic"]])
    at.ax.set_ylim(len(table) - 0.5, -0.5)
    at.ax.set_xlim(*_ENDS)
    at.ax.set_xticks([0.0, 1.0], [word(lang, "overview_low"), word(lang, "overview_high")])
    at.ax.tick_params(axis="y", length=0)
    at.ax.spines["left"].set_visible(False)
    inside = (table["verdict"] == "inside").sum()
    title = word(lang, "overview", inside=inside, all=len(table))
    frames.heading(at, title, word(lang, "overview_subtitle"))
    order = [handles[key] for key in ("inside", "outside", "most", "range") if key in handles]
    frames.foot(at, order, [word(lang, "overview_note")], stamp(facts, lang), columns=2)
    return at.ax


def _row(ax: Axes, place: int, row: pd.Series[Any], lang: str) -> dict[str, Artist]:
    """Draw one statistic; return legend entries by kind."""
    low, value, high = (
        min(max(_scaled(row, float(row[name])), _ENDS[0]), _ENDS[1]) for name in ("p05", "value", "p95")
    )
    line = ax.hlines(place, low, high, color=MEDIAN, linewidth=1.6, zorder=3, label=word(lang, "most"))
    is_inside, is_beyond = row["verdict"] == "inside", not _ENDS[0] < value < _ENDS[1]
    marker = "o" if not is_beyond else ("<" if value <= _ENDS[0] else ">")
    (point,) = ax.plot(
        value, place, marker=marker, markersize=6.5, linestyle="", color=MEDIAN, clip_on=False, zorder=4,
        markerfacecolor=MEDIAN if is_inside else "white", markeredgewidth=1.4,
        label=word(lang, "overview_here" if is_inside else "overview_off"), gid=f"fact-{row['statistic']}",
    )  # fmt: skip
    text = f"{amount(float(row['value']), row['unit'])}  ({published(row, lang)})"
    ax.annotate(
        text, (1.0, place), xycoords=("axes fraction", "data"), xytext=(10, 0), textcoords="offset points",
        va="center_baseline", fontsize=SMALL_SIZE, color=INK, annotation_clip=False,
    )  # fmt: skip
    # A circle that stands for a kind in the legend even where the point itself is an arrow.
    return {"most": line, **({str(row["verdict"]): point} if not is_beyond else {})}


def _scaled(row: pd.Series[Any], value: float) -> float:
    """Return a value in widths of its published range, 0 at the low end; an open range is as wide as its bound."""
    low, high = float(row["low"]), float(row["high"])
    if math.isnan(high):
        return (value - low) / abs(low) if low else value
    if math.isnan(low):
        return 1.0 + (value - high) / abs(high) if high else 1.0 + value
    return (value - low) / (high - low)


Draw = Callable[..., Axes | Figure]

# Figure -> statistics without which it has nothing to show.
_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "facts_sizes": ("size_tail_last",),
    "facts_growth": ("growth_shape",),
    "facts_variance": ("size_variance", "age_variance"),
    "facts_hazard": ("hazard_peak", "hazard_third"),
    "facts_claims": ("bunching",),
    "facts_returns": ("at_most_par", "tenfold"),
    "facts_diffusion": ("large_over_small",),
}

# File name -> figure, in the order of a report.
FACT_FIGURES: Final[dict[str, Draw]] = {
    "facts_overview": overview,
    "facts_sizes": sizes,
    "facts_growth": growth,
    "facts_variance": variance,
    "facts_hazard": hazard,
    "facts_claims": claims,
    "facts_returns": returns,
    "facts_diffusion": diffusion,
}


def publish_facts(facts: Facts, folder: str | Path, lang: str = "en") -> tuple[Path, ...]:
    """Draw every figure of the facts and write each as PNG and SVG.

    Parameters
    ----------
    facts
        What is drawn.
    folder
        Where to; made when missing. Files of the same names are replaced.
    lang
        Language, en or zh; Chinese needs a font that holds its characters (`style.chinese_font`).

    Returns
    -------
    tuple of Path
        The files, PNG before SVG, in the order of `FACT_FIGURES`: the same bytes for the same facts. A figure whose
        statistics could not be computed is left out.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, draw in FACT_FIGURES.items():
        if any(facts.value(statistic)["verdict"] == "not computable" for statistic in _NEEDED.get(name, ())):
            continue
        drawn = draw(facts, lang=lang)
        figure = drawn if isinstance(drawn, Figure) else drawn.get_figure(root=True)
        if figure is not None:
            about = told(name, facts.scenario, facts.digest, facts.seed, facts.runs)
            written += write(figure, place / name, about)
    return tuple(written)
