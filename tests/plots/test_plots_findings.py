"""What the other figures say and draw, on numbers a hand can check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from matplotlib.axes import Axes

from sim.measurement.ledger import group_of
from sim.plan import Lever
from sim.plots import adoption, chances, growth, investment, ledger, regions, related_envelope, sectors, talent
from sim.results import Result
from sim.seeds import read_table


def title(ax: Axes) -> str:
    """Return a title without its line breaks."""
    return ax.get_title(loc="left").replace("\n", " ")


def heights(ax: Axes) -> np.ndarray:
    """Return the heights of all bars, in the order drawn."""
    return np.array([bar.get_height() for bar in ax.patches])


def set_constructions(series: xr.Dataset, values: dict[str, float]) -> None:
    """Give the constructions of the related scale one value each in all runs and years."""
    for name, value in values.items():
        series["related_scale"].loc[{"construction": name}] = value


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ((9e3, 1e4, 2e4), "9,000 to 20,000 bn CNY by construction, with the target of 10,000 in between"),
        ((11e3, 12e3, 13e3), "11,000 to 13,000 bn CNY by construction, above the target of 10,000 throughout"),
        ((1e4, 2e3, 3e3), "2,000 to 10,000 bn CNY by construction, never above the target of 10,000"),
    ],
)
def test_related_envelope_tells_where_the_last_target_lies(
    series: xr.Dataset, values: tuple[float, ...], place: str
) -> None:
    names = ("enabled_output", "value_added_gain", "ai_weighted_output")
    set_constructions(series, dict(zip(names, values, strict=True)))
    assert title(related_envelope(series)) == f"Related scale in 2030 is {place}"


def test_related_envelope_spans_the_constructions_and_draws_the_targets(series: xr.Dataset) -> None:
    set_constructions(series, {"enabled_output": 100.0, "value_added_gain": 5.0, "ai_weighted_output": 700.0})
    ax = related_envelope(series)
    (envelope,) = [each for each in ax.collections if each.get_gid() == "envelope"]
    edges = envelope.get_paths()[0].vertices[:, 1]
    np.testing.assert_allclose((edges.min(), edges.max()), (5.0, 700.0))
    marks = {str(each.get_gid()): each.get_ydata()[0] for each in ax.lines if str(each.get_gid()).startswith("target")}
    assert marks == {f"target-related_scale-{year}": value for year, value in ((2020, 1e3), (2025, 5e3), (2030, 1e4))}


def test_related_envelope_leaves_out_a_median_that_a_logarithm_cannot_show(series: xr.Dataset) -> None:
    series["related_scale"].loc[{"construction": "value_added_gain", "year": 2016}] = -3.0
    ax = related_envelope(series)
    (line,) = [each for each in ax.lines if each.get_gid() == "median-value_added_gain"]
    assert np.isnan(line.get_ydata()[0])
    assert np.isfinite(line.get_ydata()[1:]).all()


def test_talent_tells_growth_and_size_of_the_trained_tiers(series: xr.Dataset) -> None:
    for tier, (first, last) in {"senior": (10, 40), "engineer": (50, 500), "ai_plus_x": (1, 25)}.items():
        series["talent"].loc[{"tier": tier}] = np.linspace(first, last, series.sizes["year"])
    figure = talent(series)
    told = (
        "By 2030 senior scientists grow 4.0-fold to 40.0 thousand, "
        "engineers 10-fold to 500 and AI+X specialists 25-fold to 25.0"
    )
    assert figure.get_suptitle().replace("\n", " ") == told
    assert len(figure.axes) == 6
    assert figure.axes[0].get_ylabel() == "thousand persons"


def test_investment_shows_published_amounts_beside_venture_investment_only(result: Result) -> None:
    figure = investment(result)
    published = [[str(line.get_gid()) for line in ax.lines if "published" in str(line.get_gid())] for ax in figure.axes]
    assert published == [[], ["published_value", "published_derived"], []]
    (values,) = [line for line in figure.axes[1].lines if line.get_gid() == "published_value"]
    assert dict(zip(values.get_xdata(), values.get_ydata(), strict=True)) == {2018.0: 131.1, 2020.0: 89.62}
    assert any("order of magnitude only" in text.get_text() for text in figure.texts)


def test_adoption_puts_the_application_with_most_users_first(series: xr.Dataset) -> None:
    names = series["application"].values
    series["adoption_share"][:] = 0.3
    series["adoption_share"].loc[{"application": "courts"}] = 0.9
    series["adoption_share"].loc[{"application": "home"}] = 0.12
    ax = adoption(series)
    labels = [ax.yaxis.get_major_formatter()(row, None) for row in range(len(names))]
    assert (labels[0], labels[-1]) == ("Courts", "Home and residents' services")
    assert title(ax) == (
        "By 2030 users of AI produce 12% (home and residents' services) to 90% (courts) of output, in 2016 12–90%"
    )
    assert [text.get_text() for text in ax.texts].count("90") == 4


def test_regions_tells_what_the_largest_hold_beside_their_gdp(series: xr.Dataset) -> None:
    series["core_by_region"][:] = 1.0
    for code, value in {"CN-BJ": 30.0, "CN-GD": 20.0, "CN-SC": 22.0}.items():
        series["core_by_region"].loc[{"region": code}] = value
    ax = regions(series, year=2025)
    table = read_table("population/regions")
    gdp = dict(zip(table["code"].tolist(), table["gdp_2016"].tolist(), strict=True))
    part = 100.0 * sum(gdp[code] for code in ("CN-BJ", "CN-GD", "CN-SC")) / sum(gdp.values())
    assert title(ax) == f"Beijing, Sichuan and Guangdong hold 72% of the core scale in 2025 with {part:.0f}% of GDP"
    assert heights(ax).sum() == pytest.approx(100.0)


def test_regions_go_from_east_to_west_and_from_large_to_small(series: xr.Dataset) -> None:
    ax = regions(series)
    table = read_table("population/regions")
    part = dict(zip(table["name_en"].tolist(), table["east_central_west"].tolist(), strict=True))
    names = [label.get_text() for label in ax.get_xticklabels()]
    assert len(names) == 31
    assert [part[name] for name in names] == sorted(
        (part[name] for name in names), key=["east", "central", "west"].index
    )
    for group in ("east", "central", "west"):
        inside = heights(ax)[[part[name] == group for name in names]]
        assert (np.diff(inside) <= 0.0).all()


def test_regions_marks_stand_at_each_regions_part_of_gdp(series: xr.Dataset) -> None:
    ax = regions(series)
    table = read_table("population/regions")
    names, gdp = table["name_en"].tolist(), table["gdp_2016"]
    (marks,) = [line for line in ax.lines if line.get_gid() == "gdp"]
    shown = dict(zip([label.get_text() for label in ax.get_xticklabels()], marks.get_ydata(), strict=True))
    assert shown["Tibet"] == pytest.approx(100.0 * gdp[names.index("Tibet")] / gdp.sum())


def test_sectors_tells_the_share_of_the_largest_then_and_now(series: xr.Dataset) -> None:
    series["core_by_sector"][:] = 10.0
    series["core_by_sector"].loc[{"sector": "robots", "year": 2030}] = 50.0
    ax = sectors(series)
    assert title(ax) == "Intelligent robots makes 50% of the core scale in 2030, 17% in 2016"
    assert "Intelligent robots 50.0 (50%)" in [text.get_text() for text in ax.texts]


def test_growth_adds_up_to_the_change_and_tells_its_parts(make_result: Callable[..., Result]) -> None:
    made = make_result()
    series = made.series.copy(deep=True)
    shape = {"year": series["year"], "definition": series["definition"]}
    for name, value in {"core_organic": 70.0, "core_entry": 5.0, "core_recognition": 25.0}.items():
        series[name].loc[shape] = value
    series["core_public_orders"][:] = 10.0 * np.arange(1, 16)[:, None]
    series["q_core_public_orders"][:] = 0.0
    ax = growth(replace(made, series=series))
    assert title(ax) == (
        "Firms already on the list bring 70% of the growth to 2030, entry 5%, recognition 25%; "
        "10% of it are public orders"
    )
    assert heights(ax).sum() == pytest.approx(15 * 100.0)
    (private,) = [line for line in ax.lines if line.get_gid() == "private"]
    np.testing.assert_allclose(private.get_ydata(), 90.0)


def test_growth_stacks_a_part_that_shrinks_downwards(series: xr.Dataset) -> None:
    series["core_organic"][:], series["core_entry"][:], series["core_recognition"][:] = -4.0, 3.0, 6.0
    ax = growth(series)
    ends = {(round(bar.get_y(), 6), round(bar.get_y() + bar.get_height(), 6)) for bar in ax.patches}
    assert ends == {(0.0, -4.0), (0.0, 3.0), (3.0, 9.0)}


def test_growth_of_a_shrinking_industry_names_no_shares(series: xr.Dataset) -> None:
    series["core_organic"][:], series["core_entry"][:], series["core_recognition"][:] = -4.0, 0.0, 1.0
    assert title(growth(series)) == "The core scale does not grow to 2030"


def test_ledger_sums_levers_by_clause_group(series: xr.Dataset) -> None:
    series["ledger"][:] = 0.0
    for lever, accounts in {
        "degree_places": (8.0, 6.0, 2.0, 0.0, 0.0),
        "core_sector_grants": (4.0, 4.0, 0.0, 1.0, 0.0),
        "rd_super_deduction": (0.0, 0.0, 0.0, 0.0, 3.0),
    }.items():
        series["ledger"].loc[{"lever": lever}] = np.array(accounts)
    ax = ledger(series)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Research and talent (3.1)",
        "Intelligent economy (3.2)",
        "Laws, standards, labour (5)",
    ]
    widths = np.array([bar.get_width() for bar in ax.patches]).reshape(4, 3) / series.sizes["year"]
    np.testing.assert_allclose(widths, [[6, 3, 0], [0, 1, 0], [2, 0, 0], [0, 0, 3]])
    assert title(ax) == "150 bn CNY disbursed 2016–2030, 60% of it for research and talent; 17% of the budgets lie idle"


def test_ledger_has_a_name_for_the_group_of_every_lever(result: Result) -> None:
    ax = ledger(result)
    assert len(ax.get_yticklabels()) == len({group_of(spec) for spec in _clauses()})


def _clauses() -> list[str]:
    from sim.plan import load_catalogue

    return [load_catalogue().lever(lever).clause for lever in Lever]


def test_chances_tells_under_which_definitions_most_runs_pass(result: Result) -> None:
    table = result.targets.copy()
    core = table["target"] == "core_scale"
    table.loc[core, "probability"] = 0.9
    table.loc[core & (table["year"] == 2020) & (table["definition"] == "narrow"), "probability"] = 0.5
    table.loc[core & (table["year"] == 2030), "probability"] = 0.1
    ax = chances(replace(result, targets=table))
    assert title(ax) == (
        "Most runs pass the core target of 2020 only under caict and iresearch, 2025 under every definition, "
        "2030 under no definition"
    )


def test_chances_draws_every_row_at_its_probability_with_its_interval(result: Result) -> None:
    table = result.targets.copy()
    row = (table["target"] == "core_scale") & (table["year"] == 2025) & (table["definition"] == "narrow")
    table.loc[row, ["probability", "prob_low", "prob_high"]] = (0.4, 0.25, 0.6)
    ax = chances(replace(result, targets=table))
    points = {str(line.get_gid()): line for line in ax.lines if str(line.get_gid()).startswith("chance")}
    assert len(points) == len(table)
    point = points["chance-core_scale-2025-narrow"]
    assert point.get_xdata()[0] == pytest.approx(40.0)
    spans = {tuple(np.round(part[:, 0], 6)) for each in ax.collections for part in each.get_segments()}
    assert (25.0, 60.0) in spans


def test_chances_shows_the_interval_over_parameters_only_where_there_is_one(result: Result) -> None:
    bare = chances(
        replace(result, targets=result.targets.assign(prob_parameter_low=np.nan, prob_parameter_high=np.nan))
    )
    table = result.targets.assign(prob_parameter_low=0.2, prob_parameter_high=0.8)
    broad = chances(replace(result, targets=table))
    names = [[text.get_text() for text in ax.get_legend().get_texts()] for ax in (bare, broad)]
    assert "90% interval over parameters" not in names[0]
    assert "90% interval over parameters" in names[1]
