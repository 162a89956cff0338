"""`roadmap compare`: two results run by run, and what is no result."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.outcomes import COORDINATES
from sim.plots import publishing
from sim.results import compare, load_result, run


@pytest.fixture(scope="module")
def early(tmp_path_factory, nothing_simulated):
    """Return what is told of two results that end before the first target and differ in a fixed parameter."""
    place = tmp_path_factory.mktemp("early")
    with pytest.MonkeyPatch.context() as patch:
        nothing_simulated(patch)
        for name, fixed in (("a", {}), ("b", {"user_cost_elasticity": -0.21})):
            spec = {"schema": 1, "extends": "plan", "horizon": {"end": "2018Q4"}}
            run(spec, replications=2, parameters=fixed).save(place / name)
    return CliRunner().invoke(app, ["compare", str(place / "a"), str(place / "b")], prog_name="roadmap")


@pytest.fixture(scope="module")
def told(kept):
    """Return what is told of two results that are pairs."""
    return CliRunner().invoke(app, ["compare", *map(str, kept)], prog_name="roadmap")


def rows_of(text: str) -> dict[str, list[str]]:
    """Return the cells of the table of scales by definition; its heads begin again below the targets."""
    lines = text[text.index("Scales of A") :].split("Cost and gain")[0].splitlines()
    names = {*COORDINATES["definition"], *COORDINATES["construction"]}
    return {cells[0]: cells[1:] for line in lines if (cells := line.split()) and cells[0] in names}


def test_compare_tells_titles_and_folders_of_both(told, kept):
    assert [line.split()[-1] for line in told.stdout.splitlines()[:2]] == [f"({folder})" for folder in kept]


def test_compare_tells_means_and_difference_of_every_scale_in_the_target_year(told, kept):
    rows = rows_of(told.stdout)
    table = compare(*(load_result(folder) for folder in kept)).differences.query("year == 2020")
    assert len(table) == len(rows) == 6
    for row in table.to_dict("records"):
        expected = ["2020", f"{row['mean_a']:,.0f}", f"{row['mean_b']:,.0f}", f"{row['mean']:+,.0f}"]
        assert rows[row["definition"]][:4] == expected


def test_compare_tells_both_probabilities_of_a_target_and_their_difference_in_points(told, kept):
    chances = {}
    for name, folder in zip("ab", kept, strict=True):
        table = pd.read_csv(folder / "targets.csv").set_index("definition")
        chances[name] = 100 * table.loc["narrow", "probability"]
    cells = next(line.split() for line in told.stdout.splitlines() if line.strip().startswith("narrow"))
    assert chances["a"] != chances["b"]
    assert cells[1:4] == [f"{chances['a']:.0f}%", f"{chances['b']:.0f}%", f"{chances['a'] - chances['b']:+.1f}"]


def test_compare_writes_the_name_of_each_scale_once(told):
    lines = told.stdout[told.stdout.index("Scales of A") : told.stdout.index("Cost and gain")].splitlines()
    assert (lines.count("core scale"), lines.count("related scale")) == (1, 1)


def test_compare_tells_added_cost_and_scale_with_intervals(told, kept):
    found = compare(*(load_result(folder) for folder in kept)).cost.query("span == '2016-2020'")
    lines = told.stdout[told.stdout.index("A - B, bn CNY") :].splitlines()
    (row,) = found.query("measure == 'public_outlay'").to_dict("records")
    cells = next(line for line in lines if line.startswith("public outlay")).split()
    digits = 0 if max(abs(row[name]) for name in ("mean", "low", "high")) >= 100 else 1
    assert cells[2] == f"{row['mean']:+,.{digits}f}"
    assert {"tax forgone, beside it", "core scale", "core without public orders"} <= {
        line.split("  ")[0] for line in lines
    }


def test_compare_tells_outlay_per_added_yuan_or_why_there_is_none(told, kept):
    found = compare(*(load_result(folder) for folder in kept)).per_yuan
    table = told.stdout[told.stdout.index("Outlay per added yuan of") : told.stdout.index("Fiscal ledger")]
    chosen = found.query("cost == 'public_outlay' and scale == 'core_scale' and definition == 'caict'")
    line = next(line for line in table.splitlines() if line.startswith("  caict"))
    for row in chosen.to_dict("records"):
        assert (row["standing"] if pd.isna(row["per_yuan"]) else f"{row['per_yuan']:.2f}") in line


def test_compare_of_a_result_with_itself_tells_no_clear_gain_in_place_of_a_ratio(roadmap, kept):
    told = roadmap("compare", kept[0], kept[0]).stdout
    table = told[told.index("Outlay per added yuan of") : told.index("Fiscal ledger")]
    rows = [line for line in table.splitlines() if line.startswith("  ")]
    assert len(rows) == 9
    assert all(line.count("no clear gain") == 2 for line in rows)


def test_compare_at_80_columns_keeps_the_tables_of_cost_within_them(roadmap, kept):
    told = roadmap("compare", *kept, COLUMNS="80").stdout
    assert max(len(line) for line in told[told.index("Cost and gain") :].splitlines()) <= 80


def test_compare_tells_the_ledger_by_clause_group(told):
    table = told.stdout[told.stdout.index("Clause group, A - B") :]
    assert "3.1 Research and talent" in table
    assert table.splitlines()[-1].startswith("all")


def test_compare_with_a_folder_writes_tables_and_figures_and_tells_where(roadmap, kept, monkeypatch):
    monkeypatch.setattr(publishing, "PAIR_FIGURES", {"beside": publishing.PAIR_FIGURES["beside"]})
    told = roadmap("compare", *kept, "-o", "pair")
    assert told.exit_code == 0
    assert told.stdout.endswith("\nComparison  pair\n")
    names = {path.relative_to("pair").as_posix() for path in Path("pair").rglob("*") if path.is_file()}
    tables = {f"{name}.csv" for name in ("differences", "targets", "goals", "cost", "per_yuan", "ledger")}
    assert names == {*tables, "comparison.json", "figures/beside.png", "figures/beside.svg"}


def test_compare_into_the_same_folder_again_leaves_it_and_says_so(roadmap, kept):
    roadmap("compare", *kept, "-o", "pair", "--no-figures")
    again = roadmap("compare", *kept, "-o", "pair", "--no-figures")
    assert again.stdout.endswith("Comparison  pair (the same run was there already; left as it was)\n")


def test_compare_into_the_folder_of_another_comparison_asks_for_force(roadmap, kept):
    roadmap("compare", *kept, "-o", "pair", "--no-figures")
    told = roadmap("compare", *reversed(kept), "-o", "pair", "--no-figures")
    assert "pair: holds another comparison" in told.stderr
    assert (told.exit_code, told.stdout) == (2, "")
    assert roadmap("compare", *reversed(kept), "-o", "pair", "--no-figures", "--force").exit_code == 0


def test_compare_into_a_result_folder_is_refused_even_with_force(roadmap, kept, result_folder):
    told = roadmap("compare", *kept, "-o", result_folder, "--force", "--no-figures")
    assert "exists and is not the folder of a comparison; choose another with -o" in told.stderr
    assert told.exit_code == 2


def test_compare_of_a_result_with_itself_says_so(roadmap, kept):
    told = roadmap("compare", kept[0], kept[0])
    assert "caution: the two are the same run; all differences are 0" in told.stderr
    assert {cells[3] for cells in rows_of(told.stdout).values()} == {"+0"}
    assert told.exit_code == 0


def test_compare_of_two_runs_that_differ_gives_no_caution(told):
    assert (told.exit_code, told.stderr) == (0, "")


def test_compare_of_results_that_end_before_the_targets_takes_their_last_year(early):
    assert "No target has its year within the horizon of either." in early.stdout
    assert {cells[0] for cells in rows_of(early.stdout).values()} == {"2018"}


def test_compare_of_results_with_different_fixed_parameters_gives_a_caution(early):
    assert early.stderr == "caution: the two have different fixed parameters\n"


def test_compare_of_results_with_different_seeds_is_refused_and_tells_both(roadmap, short, kept):
    roadmap("run", short, "--seed", 6, "--no-figures", "-o", "other")
    answer = roadmap("compare", kept[0], "other")
    assert "cannot be compared run by run: seed 5 and 6. Run one of them again" in answer.stderr
    assert (answer.exit_code, answer.stdout) == (2, "")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("nowhere", "nowhere: is not a folder"),
        ("short.yaml", "short.yaml: is not a folder"),
        (".", "has no readable manifest.json"),
    ],
    ids=["missing", "file", "other folder"],
)
def test_compare_with_what_is_no_result_says_what_a_result_folder_is(roadmap, short, kept, place, told):
    answer = roadmap("compare", place, kept[0])
    assert told in answer.stderr
    assert "a result folder is what `roadmap run` writes" in answer.stderr
    assert (answer.exit_code, answer.stdout) == (2, "")


def test_compare_with_a_damaged_result_names_the_file(roadmap, kept, result_folder):
    (result_folder / "series.nc").unlink()
    answer = roadmap("compare", result_folder, kept[0])
    assert "series.nc is missing" in answer.stderr
    assert answer.exit_code == 2


def test_compare_of_a_single_result_asks_for_the_other(roadmap, kept):
    assert "Missing argument 'B'" in roadmap("compare", kept[0]).stderr
