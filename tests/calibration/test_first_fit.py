"""The first fit: what it reads, how it weighs, and whether the shipped sample still meets the record to 2020."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from sim.calibration import first_fit
from sim.calibration.first_fit import (
    LAST_YEAR,
    Fit,
    Observation,
    bands,
    core_scale,
    misfit,
    observations,
    resample,
    to_last_year,
    weigh,
    write,
    write_sidecar,
)
from sim.calibration.report import report, spread
from sim.ensemble import Records, simulate
from sim.measurement import DEFINITIONS
from sim.parameters import PARAMETERS
from sim.parameters.posterior import read_posterior
from sim.seeds.__main__ import main as update_checksums

UNCERTAIN = [name for name, parameter in PARAMETERS.items() if parameter.role == "uncertainty"]


@pytest.fixture(scope="module")
def fitted_runs() -> Records:
    """Return runs of `implemented` to 2020 under the shipped sample."""
    return simulate(to_last_year("posterior"), 300)


@pytest.fixture(scope="module")
def small() -> Fit:
    """Return a fit from a handful of prior runs."""
    return first_fit.fit(draws=12, size=5)


def test_observations_end_with_the_last_year_and_have_errors() -> None:
    seen = observations()
    assert {one.measures for one in seen} == {*DEFINITIONS, "firms", "venture_investment"}
    assert max(one.year for one in seen) == LAST_YEAR
    assert all(one.value > 0.0 and one.error > 0.0 for one in seen)


def test_misfit_of_what_was_published_is_zero_and_of_double_is_log_two_over_error(fitted_runs: Records) -> None:
    narrow = float(core_scale(fitted_runs, "narrow", 2019)[0])
    firms = float(fitted_runs.quarters["firms"][0, 4 * 2 + 1])
    seen = (Observation("narrow", 2019, 4, narrow, 0.1), Observation("firms", 2018, 2, 2.0 * firms, 0.5))
    found = misfit(fitted_runs, seen)[0]
    assert found == pytest.approx([0.0, -np.log(2.0) / 0.5])


def test_core_scale_under_wider_definitions_is_larger(fitted_runs: Records) -> None:
    narrow, broad, broadest = (core_scale(fitted_runs, name, 2020) for name in ("narrow", "iresearch", "caict"))
    assert (narrow < broad).all()
    assert (broad < broadest).all()


def test_weigh_follows_the_normal_density_and_sums_to_one() -> None:
    weights = weigh(np.array([[0.0, 0.0], [1.0, 1.0], [3.0, 0.0]]))
    assert weights.sum() == pytest.approx(1.0)
    assert weights[1] / weights[0] == pytest.approx(np.exp(-1.0))
    assert weights[2] / weights[0] == pytest.approx(np.exp(-4.5))


def test_resample_takes_each_row_as_often_as_its_weight_to_within_one() -> None:
    weights = np.array([0.5, 0.0, 0.31, 0.19])
    counts = np.bincount(resample(weights, 10), minlength=4)
    assert counts.sum() == 10
    assert counts[1] == 0
    assert (np.abs(counts - 10 * weights) < 1.0).all()


def test_fit_draws_within_the_prior_ranges_and_twice_the_same(small: Fit) -> None:
    again = first_fit.fit(draws=12, size=5)
    assert small.names == tuple(UNCERTAIN)
    assert np.array_equal(small.sample, again.sample)
    low = np.array([PARAMETERS[name].low for name in small.names])
    high = np.array([PARAMETERS[name].high for name in small.names])
    assert (small.sample >= low).all()
    assert (small.sample <= high).all()


def test_written_sample_is_a_seed_table_with_the_same_values(small: Fit, tmp_path: Path) -> None:
    (tmp_path / "posterior").mkdir()
    path = tmp_path / "posterior" / "first_fit.csv"
    write(path, small)
    write_sidecar(path.with_name("first_fit.csv.meta.yaml"), small)
    for name in ("sources.csv", "sources.csv.meta.yaml"):
        (tmp_path / name).write_bytes((Path(first_fit.__file__).parents[2] / "seeds" / name).read_bytes())
    update_checksums(tmp_path)  # checks header, types and ranges against the sidecar
    table = np.genfromtxt(path, delimiter=",", names=True)
    assert table.dtype.names == ("draw", *small.names)
    for column, name in enumerate(small.names):
        assert table[name] == pytest.approx(small.sample[:, column], rel=1e-5)


def test_report_names_every_figure_and_every_moved_parameter(small: Fit, fitted_runs: Records) -> None:
    page = report(small, fitted_runs)
    assert page.count("| narrow |") == sum(one.measures == "narrow" for one in observations())
    for parameter in PARAMETERS.values():
        assert (f"| {parameter.name} | {parameter.unit} |" in page) == (parameter.prior is not None)


def test_shipped_sample_holds_every_uncertain_parameter_within_its_range() -> None:
    sample = read_posterior()
    assert list(sample) == UNCERTAIN
    for name, values in sample.items():
        assert values.min() >= PARAMETERS[name].low * (1.0 - 1e-5)
        assert values.max() <= PARAMETERS[name].high * (1.0 + 1e-5)


def test_published_outcomes_lie_in_the_90_percent_bands_of_the_fitted_runs(fitted_runs: Records) -> None:
    # Two figures are published for narrow 2017; one of a year's figures has to lie inside.
    seen = observations()
    low, _, high = bands(misfit(fitted_runs, seen), seen)
    inside = [(one.measures, one.year, bool(a <= 1.0 <= b)) for one, a, b in zip(seen, low, high, strict=True)]
    years = {key: any(each[2] for each in group) for key, group in groupby(inside, key=lambda each: each[:2])}
    assert len(years) == 13
    assert [key for key, hit in years.items() if not hit] == []


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_spread_of_the_core_scale_of_2020_stays_informative(fitted_runs: Records, definition: str) -> None:
    assert 1.05 < spread(fitted_runs, definition) < 2.5


def test_fitted_runs_are_closer_to_the_record_than_prior_runs(fitted_runs: Records) -> None:
    seen = tuple(one for one in observations() if one.measures != "venture_investment")
    prior = simulate(replace(to_last_year("prior"), seed=7), 60)
    assert (misfit(fitted_runs, seen) ** 2).mean() < 0.7 * (misfit(prior, seen) ** 2).mean()
