"""Figures of the facts: a finding in each title, published ranges drawn, in two languages, the same bytes again."""

from __future__ import annotations

import doctest
import string
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from sim.facts import Facts
from sim.plots import fact_marks
from sim.plots.fact_marks import over_runs
from sim.plots.fact_sheet import FACT_FIGURES, overview, publish_facts
from sim.plots.publishing import DPI
from sim.plots.style import style
from sim.plots.wording_facts import FACT_WORDS


def figure_of(facts: Facts, name: str, lang: str = "en") -> Figure:
    """Return a figure drawn so that everything has its place."""
    drawn = FACT_FIGURES[name](facts, lang=lang)
    figure = drawn.figure if isinstance(drawn, Axes) else drawn
    with style():
        FigureCanvasAgg(figure)
        figure.set_dpi(DPI)
        figure.canvas.draw()
    return figure


@pytest.fixture(scope="module")
def drawn(facts: Facts) -> dict[str, Figure]:
    return {name: figure_of(facts, name) for name in FACT_FIGURES}


@pytest.mark.parametrize("name", FACT_FIGURES)
def test_figure_tells_a_finding_and_the_runs(drawn: dict[str, Figure], facts: Facts, name: str) -> None:
    figure = drawn[name]
    title = figure.get_suptitle() or figure.axes[0].get_title(loc="left")
    assert any(character.isdigit() for character in title)
    stamps = [each.get_text() for each in figure.findobj(Text) if each.get_gid() == "stamp"]
    assert stamps == [f"custom · 2 runs followed · seed 5 · {facts.digest[:10]}"]


@pytest.mark.parametrize("name", [name for name in FACT_FIGURES if name != "facts_claims"])
def test_figure_draws_the_published_range(drawn: dict[str, Figure], name: str) -> None:
    labels = {text.get_text() for legend in _legends(drawn[name]) for text in legend.get_texts()}
    assert any(label.startswith("published") for label in labels)


def _legends(figure: Figure) -> list:
    return [*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend())]


@pytest.mark.parametrize("name", FACT_FIGURES)
def test_texts_around_a_figure_do_not_meet(drawn: dict[str, Figure], name: str) -> None:
    figure = drawn[name]
    renderer = figure.canvas.get_renderer()
    around = [each for each in figure.findobj(Text) if each.get_gid() in ("subtitle", "notes", "stamp")]
    around += [text for legend in _legends(figure) for text in legend.get_texts()]
    around += [ax.title for ax in figure.axes] + [ax._left_title for ax in figure.axes]
    around += [ax.xaxis.label for ax in figure.axes]
    boxes = [(each.get_text(), Text.get_window_extent(each, renderer)) for each in around if each.get_text().strip()]
    shrunk = [(text, box.from_extents(box.x0 + 1, box.y0 + 2, box.x1 - 1, box.y1 - 2)) for text, box in boxes]
    assert [(one[0], other[0]) for one, other in combinations(shrunk, 2) if one[1].overlaps(other[1])] == []


def test_overview_marks_what_is_inside_and_what_is_not(facts: Facts) -> None:
    ax = overview(facts)
    emergent = facts.table[(facts.table["label"] == "emergent") & (facts.table["runs"] > 0)]
    points = {line.get_gid(): line for line in ax.lines if (line.get_gid() or "").startswith("fact-")}
    assert set(points) == {f"fact-{name}" for name in emergent["statistic"]}
    for row in emergent.to_dict("records"):
        (place,) = points[f"fact-{row['statistic']}"].get_xdata()
        filled = points[f"fact-{row['statistic']}"].get_markerfacecolor() != "white"
        assert filled == (row["verdict"] == "inside")
        assert not filled or np.isnan(row["high"]) or 0.0 <= place <= 1.0


def test_figure_of_axes_given_draws_there(facts: Facts) -> None:
    ax = Figure(figsize=(8, 8)).add_axes((0.2, 0.3, 0.6, 0.4))
    for name in ("facts_sizes", "facts_growth", "facts_hazard", "facts_claims", "facts_returns", "facts_overview"):
        ax.clear()
        assert FACT_FIGURES[name](facts, ax=ax) is ax


def test_publish_writes_every_figure_twice_and_again_the_same_bytes(facts: Facts, tmp_path: Path) -> None:
    once, again = publish_facts(facts, tmp_path / "one"), publish_facts(facts, tmp_path / "two")
    shown = [name for name in FACT_FIGURES if name != "facts_returns"]
    assert [path.name for path in once] == [f"{name}.{kind}" for name in shown for kind in ("png", "svg")]
    assert [path.name for path in once if path.read_bytes() != (tmp_path / "two" / path.name).read_bytes()] == []
    assert len(again) == len(once)
    with Image.open(tmp_path / "one" / "facts_growth.png") as image:
        assert image.info["Description"] == f"digest {facts.digest}, seed 5, 2 runs"
        assert image.width / DPI < 6.9


def test_publish_leaves_out_figures_with_nothing_to_show(facts: Facts, tmp_path: Path) -> None:
    assert facts.value("at_most_par")["verdict"] == "not computable"  # positions need longer runs
    assert "facts_returns.png" not in {path.name for path in publish_facts(facts, tmp_path)}


def test_words_of_both_languages_have_the_same_keys_and_parts() -> None:
    def parts(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert set(FACT_WORDS["en"]) == set(FACT_WORDS["zh"])
    for key, text in FACT_WORDS["en"].items():
        assert parts(text) == parts(FACT_WORDS["zh"][key]), key


def test_every_emergent_statistic_has_a_name_in_the_overview(facts: Facts) -> None:
    for name in facts.table.loc[facts.table["label"] == "emergent", "statistic"]:
        assert f"name_{name}" in FACT_WORDS["en"]


def test_over_runs_compares_curves_at_common_places() -> None:
    table = pd.DataFrame({"run": [0, 0, 1, 1], "x": [1.0, 3.0, 2.0, 4.0], "y": [10.0, 30.0, 0.0, 20.0]})
    low, middle, high = over_runs(table, "x", "y", np.array([2.0, 3.0, 9.0]))
    assert middle[:2] == pytest.approx([10.0, 20.0])
    assert low[0] == pytest.approx(1.0)
    assert high[0] == pytest.approx(19.0)
    assert np.isnan(middle[2])


def test_over_runs_in_logarithms_is_straight_in_powers() -> None:
    table = pd.DataFrame({"run": [0, 0], "x": [1.0, 100.0], "y": [1.0, 10_000.0]})
    assert over_runs(table, "x", "y", np.array([10.0]), log=True)[1] == pytest.approx([100.0])


def test_examples_in_docstrings_of_fact_marks_hold() -> None:
    done = doctest.testmod(fact_marks)
    assert done.attempted >= 2
    assert done.failed == 0
