"""`roadmap facts`: the table, what it leaves in the folder, and what it refuses."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sim.facts import find_facts
from sim.plots import fact_sheet, style
from sim.plots.fact_marks import amount
from sim.results import load_result, run
from sim.results.folder import damage, read_manifest
from sim.seeds import read_table

SPEC = {"schema": 1, "extends": "plan", "horizon": {"end": "2018Q4"}}
FIGURES = {"facts_hazard": fact_sheet.FACT_FIGURES["facts_hazard"]}


@pytest.fixture(scope="module")
def panelled(tmp_path_factory):
    """Return the folder of two simulated runs with their panel; not to be changed."""
    place = tmp_path_factory.mktemp("panelled") / "mine"
    return run(SPEC, replications=2, seed=5, agent_panel=True).save(place).path


@pytest.fixture
def mine(panelled, tmp_path, monkeypatch):
    """Return a copy of it that may be changed; one figure is drawn."""
    monkeypatch.setattr(fact_sheet, "FACT_FIGURES", FIGURES)
    return Path(shutil.copytree(panelled, tmp_path / "mine")).relative_to(tmp_path)


def test_facts_prints_every_statistic_with_value_range_label_and_verdict(roadmap, mine):
    done = roadmap("facts", mine, "--no-figures", COLUMNS="200")
    assert done.exit_code == 0, done.stderr
    lines = [line.strip() for line in done.stdout[: done.stdout.index("Value: median")].splitlines()]
    facts = find_facts(load_result(mine))
    assert len(facts.table) == read_table("facts/facts").rows
    for row in facts.worded("en").to_dict("records"):
        (line,) = (line for line in lines if line.startswith(f"{row['measure']}  "))
        assert line.endswith(f"  {row['verdict']}")
        assert not row["label"] or f"  {row['label']}  " in line
        assert f" {amount(row['value'], row['unit'])} " in line if row["runs"] else " - " in line


def test_facts_names_the_sources_of_each_fact(roadmap, mine):
    told = roadmap("facts", mine, "--no-figures", COLUMNS="200").stdout
    assert "SF3   Variance of growth falls with size (amaral_et_al_1997, riccaboni_et_al_2008)" in told


def test_facts_ends_its_table_with_what_counts_as_evidence(roadmap, mine):
    told = roadmap("facts", mine, "--no-figures").stdout
    assert find_facts(load_result(mine)).summary() in told
    assert "nothing is tuned to mend it" in told


def test_facts_explains_every_miss_and_gap(roadmap, mine):
    told = roadmap("facts", mine, "--no-figures").stdout
    for row in find_facts(load_result(mine)).worded("en").to_dict("records"):
        assert row["reason"] in told
        assert bool(row["reason"]) == (row["verdict"] != "inside")


def test_facts_in_a_narrow_terminal_fits(roadmap, mine):
    told = roadmap("facts", mine, "--no-figures", COLUMNS="80").stdout
    table = told[: told.index("Value: median")]
    assert max(len(line) for line in table.splitlines()) <= 80


def test_facts_in_chinese_answers_in_chinese(roadmap, mine):
    told = roadmap("facts", mine, "--no-figures", "--lang", "zh").stdout
    assert "企业规模厚尾分布" in told
    assert "涌现" in told
    assert "emergent" not in told


def test_facts_leaves_table_and_figures_in_a_folder_that_still_loads(roadmap, mine):
    before = read_manifest(mine)
    done = roadmap("facts", mine)
    assert done.stdout.endswith("Table    mine/facts.csv\nFigures  mine/figures/facts_* (1)\n")
    after = read_manifest(mine)
    assert set(after.files) - set(before.files) == {
        "facts.csv",
        "figures/facts_hazard.png",
        "figures/facts_hazard.svg",
    }
    assert damage(mine, after) == ""
    assert load_result(mine).manifest.run_digest == before.run_digest


def test_facts_table_in_the_folder_is_that_of_the_library(roadmap, mine):
    roadmap("facts", mine, "--no-figures", "--lang", "zh")
    kept = pd.read_csv(mine / "facts.csv", keep_default_na=True)
    made = find_facts(load_result(mine)).worded("en")
    assert kept.columns.tolist() == made.columns.tolist()
    pd.testing.assert_series_equal(kept["value"], made["value"], rtol=1e-12)
    assert kept["measure"].tolist() == made["measure"].tolist()


def test_facts_of_a_damaged_result_are_refused(roadmap, mine):
    (mine / "parameters.csv").unlink()
    done = roadmap("facts", mine, "--no-figures")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "parameters.csv is missing" in done.stderr


def test_facts_twice_leaves_one_table(roadmap, mine):
    roadmap("facts", mine, "--no-figures")
    first = (mine / "facts.csv").read_bytes()
    assert roadmap("facts", mine, "--no-figures").exit_code == 0
    assert (mine / "facts.csv").read_bytes() == first


def test_facts_without_a_chinese_font_draws_in_english_and_says_so(roadmap, mine, monkeypatch):
    monkeypatch.setattr(style, "chinese_font", lambda: None)
    asked = []
    monkeypatch.setattr(fact_sheet, "publish_facts", lambda found, place, lang: asked.append(lang))
    done = roadmap("facts", mine, "--lang", "zh")
    assert "no font with Chinese characters" in done.stderr
    assert asked == ["en"]


def test_facts_with_a_chinese_font_draws_in_chinese(roadmap, mine, monkeypatch):
    monkeypatch.setattr(style, "chinese_font", lambda: "Noto Sans CJK SC")
    asked = []
    monkeypatch.setattr(fact_sheet, "publish_facts", lambda found, place, lang: asked.append(lang))
    done = roadmap("facts", mine, "--lang", "zh")
    assert (done.stderr, asked) == ("custom, facts: 2 runs ...\n", ["zh"])


def test_facts_of_a_result_without_panel_tells_how_to_add_one(roadmap, result_folder, tmp_path):
    done = roadmap("facts", result_folder.relative_to(tmp_path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "mine: holds no single firms and users" in done.stderr
    assert "roadmap run mine/scenario.yaml --agent-panel -o mine" in done.stderr
    assert not (result_folder / "facts.csv").exists()


def test_facts_of_what_is_no_result_is_refused(roadmap, tmp_path):
    (tmp_path / "letters").mkdir()
    done = roadmap("facts", "letters")
    assert done.exit_code == 2
    assert "letters: has no readable manifest.json" in done.stderr


def test_way_to_a_panel_that_facts_names_adds_one(panelled, roadmap):
    held = load_result(panelled)
    bare = held.manifest.model_copy(update={"panel_runs": 0, "files": {}})
    replace(held, panel=None, manifest=bare).save("bare")
    (way,) = (line.partition("Add them: ")[2] for line in roadmap("facts", "bare").stderr.splitlines())
    done = roadmap(*way.split()[1:], "--no-figures")
    assert done.exit_code == 0, done.stderr
    assert load_result("bare").panel.firms.identical(held.panel.firms)
    assert roadmap("facts", "bare", "--no-figures").exit_code == 0
