"""The look: told apart by any eye and any printer, and nobody's settings changed or used."""

from __future__ import annotations

import io
import subprocess
import sys

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from sim.plots import fan
from sim.plots.lines import fitted
from sim.plots.style import HALF, MEDIAN, MOST, SERIES, style
from sim.results import Result

# Linear RGB as seen without one kind of cone. Source: Machado, Oliveira, Fernandes (2009), severity 1.0.
PROTANOPE = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
DEUTERANOPE = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]


def linear(colour: str) -> np.ndarray:
    """Return linear RGB of a colour."""
    values = np.array(mpl.colors.to_rgb(colour))
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE L*a*b* (D65) of linear RGB."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ rgb / np.array([0.9505, 1.0, 1.089])
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16.0 / 116.0)
    return np.array([116.0 * root[1] - 16.0, 500.0 * (root[0] - root[1]), 200.0 * (root[1] - root[2])])


@pytest.mark.parametrize("colours", [SERIES, (MEDIAN, HALF, MOST)])
def test_palette_printed_in_grey_has_steps_of_lightness(colours: tuple[str, ...]) -> None:
    lightness = np.array([lab(linear(colour))[0] for colour in colours])
    assert (np.diff(lightness) > 10.0).all()


@pytest.mark.parametrize("eye", [PROTANOPE, DEUTERANOPE])
@pytest.mark.parametrize("colours", [SERIES, (MEDIAN, HALF, MOST)])
def test_palette_without_one_cone_stays_told_apart(colours: tuple[str, ...], eye: list[list[float]]) -> None:
    seen = [lab(np.clip(np.array(eye) @ linear(colour), 0.0, 1.0)) for colour in colours]
    distances = [np.linalg.norm(one - other) for at, one in enumerate(seen) for other in seen[:at]]
    assert min(distances) > 20.0


def test_figure_leaves_the_settings_as_they_were(result: Result) -> None:
    def settings() -> dict[str, object]:
        return {name: value for name, value in mpl.rcParams.copy().items() if name != "backend"}  # found out when read

    before = settings()
    fan(result, "firms")
    assert settings() == before


def test_figure_ignores_the_settings_of_its_caller(result: Result) -> None:
    def drawn() -> bytes:
        figure = fan(result, "firms").figure
        stream = io.BytesIO()
        with style():
            FigureCanvasAgg(figure).print_png(stream)
        return stream.getvalue()

    plain = drawn()
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "axes.facecolor": "red", "axes.grid": True}):
        assert drawn() == plain


def test_figure_needs_no_pyplot() -> None:
    code = "import sys, sim.plots.publishing; raise SystemExit('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 0


def test_fitted_text_breaks_between_words_at_the_width() -> None:
    with style():
        lines = fitted("one two three four five six seven eight nine ten", width=80.0, size=10.0).split("\n")
    assert len(lines) > 2
    assert " ".join(lines) == "one two three four five six seven eight nine ten"


def test_fitted_text_leaves_a_word_whole_that_is_wider() -> None:
    with style():
        assert fitted("a incomprehensibilities b", width=20.0, size=10.0) == "a\nincomprehensibilities\nb"
