"""Draws of parameters: inside the range, shaped as documented, the same for the same run whatever else is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.parameters import PARAMETERS, Parameter, defaults
from sim.parameters.sampling import quantile, sample

GRID = (np.arange(2000) + 0.5) / 2000
DRAWN = [p for p in PARAMETERS.values() if p.role == "uncertainty" and not p.choices]
CHOSEN = [p for p in PARAMETERS.values() if p.choices]


def is_skewed(parameter: Parameter) -> bool:
    """Return whether the range is positive and spans more than a factor of four."""
    return parameter.low > 0.0 and parameter.high / parameter.low > 4.0


@pytest.mark.parametrize("parameter", DRAWN, ids=lambda parameter: parameter.name)
def test_quantile_rises_and_stays_inside_the_range(parameter: Parameter) -> None:
    values = quantile(parameter, GRID)
    assert (np.diff(values) >= 0.0).all()
    assert values[-1] > values[0]
    assert values.min() >= parameter.low
    assert values.max() <= parameter.high
    ends = quantile(parameter, np.array([2.0**-33, 1.0 - 2.0**-33]))
    spread = parameter.high - parameter.low
    assert ends == pytest.approx(np.array([parameter.low, parameter.high]), abs=1e-3 * spread)


@pytest.mark.parametrize("parameter", [p for p in DRAWN if is_skewed(p)], ids=lambda parameter: parameter.name)
def test_quantile_of_wide_positive_range_has_its_median_at_the_default(parameter: Parameter) -> None:
    assert quantile(parameter, np.array([0.5]))[0] == pytest.approx(parameter.default, rel=1e-12)
    # Lognormal on each side: equal steps of the normal quantile are equal factors.
    for side, bound in ((0.05, parameter.low), (0.95, parameter.high)):
        if not np.isclose(bound, parameter.default):
            z = stats.norm.ppf(0.5 + 0.5 * (side - 0.5)) / stats.norm.ppf(side)
            u = (0.5 + 0.5 * (side - 0.5) - 0.05) / 0.9
            expected = parameter.default * (bound / parameter.default) ** z
            assert quantile(parameter, np.array([u]))[0] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("parameter", [p for p in DRAWN if not is_skewed(p)], ids=lambda parameter: parameter.name)
def test_quantile_of_narrow_range_is_triangular_with_its_mode_at_the_default(parameter: Parameter) -> None:
    width = parameter.high - parameter.low
    shape = (parameter.default - parameter.low) / width
    expected = stats.triang.ppf(GRID, shape, loc=parameter.low, scale=width)
    assert quantile(parameter, GRID) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    if 0.0 < shape < 1.0:
        assert quantile(parameter, np.array([shape]))[0] == pytest.approx(parameter.default, rel=1e-12)


@pytest.mark.parametrize("parameter", CHOSEN, ids=lambda parameter: parameter.name)
def test_structural_alternatives_are_drawn_evenly(parameter: Parameter) -> None:
    values = quantile(parameter, (np.arange(6000) + 0.5) / 6000)
    counts = {choice: int((values == choice).sum()) for choice in parameter.choices}
    assert counts == dict.fromkeys(parameter.choices, 6000 // len(parameter.choices))
    assert quantile(parameter, np.array([1.0 - 2.0**-33]))[0] == parameter.choices[-1]


def test_sample_of_a_run_is_the_same_whatever_block_it_is_drawn_in() -> None:
    whole = sample("prior", 2017, 0, 12, {})
    parts = np.concatenate([sample("prior", 2017, first, count, {}) for first, count in ((0, 5), (5, 1), (6, 6))])
    assert whole.tobytes() == parts.tobytes()


def test_sample_fixed_values_win_and_leave_all_others_alone() -> None:
    free = sample("prior", 2017, 3, 6, {})
    fixed = sample("prior", 2017, 3, 6, {"rd_intensity": 0.123, "share_speed": 0.5})
    assert (fixed.rd_intensity == 0.123).all()
    assert (fixed.share_speed == 0.5).all()
    for name in PARAMETERS:
        if name not in ("rd_intensity", "share_speed"):
            assert free[name].tobytes() == fixed[name].tobytes(), name


def test_sample_runs_and_seeds_differ_in_every_uncertain_parameter() -> None:
    one, other = sample("prior", 2017, 0, 40, {}), sample("prior", 2018, 0, 40, {})
    for parameter in DRAWN:
        assert len(np.unique(one[parameter.name])) > 30, parameter.name
        assert (one[parameter.name] != other[parameter.name]).mean() > 0.8, parameter.name


def test_sample_constants_stay_at_their_default() -> None:
    records, base = sample("prior", 2017, 0, 8, {}), defaults(8)
    constants = [parameter.name for parameter in PARAMETERS.values() if parameter.role == "constant"]
    assert len(constants) > 50
    for name in constants:
        assert records[name].tobytes() == base[name].tobytes(), name


def test_sample_without_uncertainty_is_the_defaults() -> None:
    assert sample("none", 2017, 5, 4, {}).tobytes() == defaults(4).tobytes()


def test_sample_over_many_runs_follows_the_quantiles_and_no_two_parameters_move_together() -> None:
    records = sample("prior", 7, 0, 2000, {})
    ranks = np.array([stats.rankdata(records[parameter.name]) / 2001 for parameter in DRAWN])
    for parameter in DRAWN:
        median = quantile(parameter, np.array([0.45, 0.55]))
        assert median[0] <= np.median(records[parameter.name]) <= median[1], parameter.name
    correlations = np.corrcoef(ranks) - np.eye(len(ranks))
    assert np.abs(correlations).max() < 6.0 / np.sqrt(2000)


def test_sample_from_posterior_takes_whole_rows_and_leaves_the_rest_at_the_prior() -> None:
    rows = np.arange(50.0)
    posterior = {"rd_intensity": 0.05 + 0.001 * rows, "share_speed": 0.1 + 0.01 * rows}
    records = sample("posterior", 2017, 0, 400, {}, posterior)
    row = np.rint((records.rd_intensity - 0.05) / 0.001)
    assert records.share_speed == pytest.approx(0.1 + 0.01 * row)  # the joint row, not each on its own
    assert set(row) <= set(rows)
    assert len(set(row)) > 45
    prior = sample("prior", 2017, 0, 400, {})
    for name in set(PARAMETERS) - set(posterior):
        assert records[name].tobytes() == prior[name].tobytes(), name


def test_sample_from_posterior_gives_way_to_fixed_values() -> None:
    posterior = {"rd_intensity": np.array([0.07, 0.08])}
    records = sample("posterior", 2017, 0, 10, {"rd_intensity": 0.15}, posterior)
    assert (records.rd_intensity == 0.15).all()
