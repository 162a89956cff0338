"""Every figure of a result as files: PNG for documents, SVG for the web, the same bytes for the same result.

Called by `roadmap run`, by `result.plot.publish` and by the sheet of facts. The only module of `sim.plots` that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from sim.plots.branches import sectors
from sim.plots.capital import investment
from sim.plots.fans import core_by_definition, fan
from sim.plots.frontier import parity
from sim.plots.growing import growth
from sim.plots.judgement import chances
from sim.plots.pairs import added, added_cost, beside
from sim.plots.people import talent
from sim.plots.places import regions
from sim.plots.public_money import ledger
from sim.plots.related import related_envelope
from sim.plots.stated_goals import goals
from sim.plots.style import style
from sim.plots.users import adoption

if TYPE_CHECKING:
    from sim.results import Result

DPI: Final = 200
_MARGIN: Final = 0.1  # inches around what is drawn

Draw = Callable[["Result"], Axes | Figure]

# File name -> figure. The figures of a result, in the order of a report.
FIGURES: Final[dict[str, Draw]] = {
    "targets": chances,
    "goals": goals,
    "parity": parity,
    "core_scale": lambda result: fan(result, "core_scale"),
    "core_by_definition": core_by_definition,
    "related_scale": related_envelope,
    "growth": growth,
    "sectors": sectors,
    "regions": regions,
    "firms": lambda result: fan(result, "firms"),
    "talent": talent,
    "investment": investment,
    "adoption": adoption,
    "ledger": ledger,
}

# Figures that a result ending before the first goal of the plan cannot have.
_OF_GOALS: Final = ("goals", "parity")

# The figures of two results whose runs are pairs.
PAIR_FIGURES: Final[dict[str, Callable[[Result, Result], Axes | Figure]]] = {
    "beside": beside,
    "added": added,
    "added_cost": added_cost,
}


def publish(result: Result, folder: str | Path) -> tuple[Path, ...]:
    """Draw every figure of a result and write each as PNG (200 dots an inch) and SVG.

    Parameters
    ----------
    result
        What is drawn.
    folder
        Where to; made when missing. Files of the same names are replaced.

    Returns
    -------
    tuple of Path
        The files, PNG before SVG, in the order of `FIGURES`, without those of the goals in words where the result ends
        before their first year. They carry digest, seed and version, and no date: equal results give equal bytes under
        one version of Matplotlib.

    Raises
    ------
    OSError
        When the folder cannot be written.
    """
    chosen = [name for name in FIGURES if name not in _OF_GOALS or not result.goals.empty]
    return _publish({name: partial(FIGURES[name], result) for name in chosen}, result, folder)


def publish_pair(result: Result, other: Result, folder: str | Path) -> tuple[Path, ...]:
    """Draw every figure of two results whose runs are pairs, as `publish` does those of one.

    Parameters
    ----------
    result, other
        Differences are those of the first less the second.
    folder
        Where to; made when missing. Files of the same names are replaced.

    Returns
    -------
    tuple of Path
        The files, PNG before SVG, in the order of `PAIR_FIGURES`; they carry the digest of the first result.

    Raises
    ------
    ResultError
        When the runs are no pairs.
    OSError
        When the folder cannot be written.
    """
    return _publish({name: partial(draw, result, other) for name, draw in PAIR_FIGURES.items()}, result, folder)


def _publish(
    figures: Mapping[str, Callable[[], Axes | Figure]], result: Result, folder: str | Path
) -> tuple[Path, ...]:
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, draw in figures.items():
        drawn = draw()
        figure = drawn if isinstance(drawn, Figure) else drawn.get_figure(root=True)
        if figure is not None:
            written += write(figure, place / name, _told(result, name))
    return tuple(written)


def write(figure: Figure, stem: Path, about: dict[str, str]) -> list[Path]:
    """Write one figure as PNG and SVG; nothing of the clock or of memory addresses goes into the files.

    Parameters
    ----------
    figure
        What is written.
    stem
        Path without an ending; its folder exists.
    about
        What the files say of themselves, as `told` returns it.

    Returns
    -------
    list of Path
        PNG, then SVG.
    """
    png, svg = stem.with_suffix(".png"), stem.with_suffix(".svg")
    with style(), mpl.rc_context({"svg.hashsalt": about["Identifier"]}):
        canvas = FigureCanvasAgg(figure)
        figure.set_dpi(DPI)
        # Cut to what is drawn. Measured once for both files: left to Matplotlib, each would be drawn once more for it.
        box = figure.get_tightbbox().padded(_MARGIN)
        chosen = {"Software": about["Creator"], **{key: about[key] for key in ("Title", "Description")}}
        canvas.print_figure(png, dpi=DPI, metadata=chosen, bbox_inches=box)
        FigureCanvasSVG(figure).print_figure(svg, metadata={**about, "Date": None}, bbox_inches=box)
    return [png, svg]


def _told(result: Result, name: str) -> dict[str, str]:
    attributes = result.series.attrs
    return told(
        name, result.scenario.name, str(attributes["digest"]), int(attributes["seed"]), result.series.sizes["run"]
    )


def told(name: str, scenario: str, digest: str, seed: int, runs: int) -> dict[str, str]:
    """Return what a file says of itself, under the names of the Dublin Core that SVG uses."""
    try:
        package = version("roadmap")
    except PackageNotFoundError:
        package = "source tree"
    return {
        "Title": f"{name}, scenario {scenario}",
        "Creator": f"roadmap {package}",
        "Identifier": digest,
        "Description": f"digest {digest}, seed {seed}, {runs} runs",
    }
