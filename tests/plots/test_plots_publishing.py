"""All figures as files: which, with what inside, the same bytes again, and nothing written over anything."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from PIL import Image

from sim import plots
from sim.plots.publishing import DPI, FIGURES, publish
from sim.plots.style import style
from sim.results import Result


@pytest.fixture(scope="session")
def published(result: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all figures."""
    folder = tmp_path_factory.mktemp("figures")
    publish(result, folder)
    return folder


@pytest.fixture(scope="session")
def drawn(result: Result) -> dict[str, Figure]:
    """Return every figure, drawn once so that everything has its place."""
    figures = {}
    for name, draw in FIGURES.items():
        made = draw(result)
        figures[name] = made.figure if isinstance(made, Axes) else made
        with style():
            FigureCanvasAgg(figures[name])
            figures[name].set_dpi(DPI)
            figures[name].canvas.draw()
    return figures


def texts(figure: Figure) -> list[Text]:
    """Return the texts of a figure that show something."""
    renderer = figure.canvas.get_renderer()
    hidden = {id(label) for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for label in _not_drawn(axis)}
    found = [each for each in figure.findobj(Text) if each.get_visible() and each.get_text().strip()]
    return [each for each in found if id(each) not in hidden and each.get_window_extent(renderer).width > 0]


def _not_drawn(axis: Axis) -> list[Text]:
    """Return the tick labels that Matplotlib keeps and does not draw: spare ones, and those outside the limits."""
    low, high = sorted(axis.get_view_interval())
    place = 0 if axis.axis_name == "x" else 1
    drawn = {id(each) for each in axis.get_ticklabels(which="both") if low <= each.get_position()[place] <= high}
    kept = [label for tick in (*axis.majorTicks, *axis.minorTicks) for label in (tick.label1, tick.label2)]
    return [label for label in kept if id(label) not in drawn]


def test_publish_writes_every_figure_twice(published: Path) -> None:
    assert {path.name for path in published.iterdir()} == {
        f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")
    }


def test_publish_again_gives_the_same_bytes(result: Result, published: Path, tmp_path: Path) -> None:
    again = publish(result, tmp_path / "deep" / "folder")
    assert len(again) == 2 * len(FIGURES)
    different = [path.name for path in again if path.read_bytes() != (published / path.name).read_bytes()]
    assert different == []


def test_published_png_tells_digest_seed_and_version(result: Result, published: Path) -> None:
    with Image.open(published / "core_scale.png") as image:
        told = image.info
    assert told["Software"].startswith("roadmap ")
    assert told["Description"] == f"digest {result.scenario.digest}, seed 5, 12 runs"
    assert round(told["dpi"][0]) == DPI


def test_published_svg_tells_the_digest_and_no_date(result: Result, published: Path) -> None:
    text = (published / "core_scale.svg").read_text(encoding="utf-8")
    assert result.scenario.digest in text
    assert "<dc:date>" not in text


def test_published_png_fits_half_a_page(published: Path) -> None:
    for name in FIGURES:
        with Image.open(published / f"{name}.png") as image:
            width, height = (side / DPI for side in image.size)
        assert width < 6.9
        assert height < 6.3


@pytest.mark.parametrize("name", FIGURES)
def test_texts_of_a_figure_do_not_meet(drawn: dict[str, Figure], name: str) -> None:
    figure = drawn[name]
    renderer = figure.canvas.get_renderer()
    boxes = [(each.get_text(), Text.get_window_extent(each, renderer)) for each in texts(figure)]
    shrunk = [(text, box.from_extents(box.x0 + 1, box.y0 + 2, box.x1 - 1, box.y1 - 2)) for text, box in boxes]
    meeting = [(one[0], other[0]) for one, other in combinations(shrunk, 2) if one[1].overlaps(other[1])]
    assert meeting == []


@pytest.mark.parametrize("name", FIGURES)
def test_legend_of_a_figure_lies_off_the_data(drawn: dict[str, Figure], name: str) -> None:
    figure = drawn[name]
    renderer = figure.canvas.get_renderer()
    legends = [*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend())]
    for legend in legends:
        box = legend.get_window_extent(renderer)
        assert not any(box.overlaps(ax.get_window_extent(renderer)) for ax in figure.axes)


@pytest.mark.parametrize("name", FIGURES)
def test_figure_carries_a_finding_and_the_digest(drawn: dict[str, Figure], result: Result, name: str) -> None:
    figure = drawn[name]
    title = figure.get_suptitle() or figure.axes[0].get_title(loc="left")
    assert any(character.isdigit() for character in title)
    stamps = [each.get_text() for each in figure.findobj(Text) if each.get_gid() == "stamp"]
    assert stamps == [f"plan · 12 runs · seed 5 · {result.scenario.digest[:10]}"]


@pytest.mark.parametrize("name", FIGURES)
def test_annotations_of_a_figure_are_all_drawn(drawn: dict[str, Figure], name: str) -> None:
    figure = drawn[name]
    renderer = figure.canvas.get_renderer()
    hidden = [
        each.get_text()
        for each in figure.findobj(Annotation)
        if each.get_text() and not each._check_xy(renderer)  # what decides whether Matplotlib draws it
    ]
    assert hidden == []


def test_public_figures_are_offered_by_the_result(result: Result) -> None:
    assert set(plots.__all__) <= set(dir(result.plot))
    assert isinstance(result.plot.fan("core_scale"), Axes)
