"""`roadmap run`: what it prints, what it leaves, what it does when the result is there already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from sim import panel
from sim.cli.app import app
from sim.errors import UserError
from sim.measurement import declared_goals
from sim.outcomes import COORDINATES
from sim.plan.names import REGIONS
from sim.plots import publishing
from sim.results import load_result, running
from sim.results.folder import add_files, read_manifest

TABLES = {"manifest.json", "scenario.yaml", "series.nc", "targets.csv", "goals.csv", "ledger.csv", "parameters.csv"}


def refuse_to_simulate(*_: Any, **__: Any) -> None:
    raise AssertionError("a simulation was started")


@pytest.fixture(scope="module")
def done(tmp_path_factory, nothing_simulated):
    """Return one run of the plan to 2020 as it was told, and its folder; not to be changed."""
    folder = tmp_path_factory.mktemp("done") / "there" / "out"
    words = ["run", "plan", "-n", "4", "--set", "horizon.end=2020Q4", "--no-figures", "-o", str(folder)]
    with pytest.MonkeyPatch.context() as patch:
        nothing_simulated(patch)
        return CliRunner().invoke(app, words, prog_name="roadmap"), folder


@pytest.fixture
def chosen(roadmap, monkeypatch):
    """Return what tells which scenario, with which other options, a call would simulate."""
    asked: list[Any] = []

    def note(scenario: Any, **options: Any) -> None:
        asked.append((scenario, options))
        raise UserError("enough")

    def call(*words: object) -> Any:
        monkeypatch.setattr(running, "simulate", note)
        assert roadmap("run", *words, "--no-figures").stderr.endswith("roadmap: enough\n")
        return asked[-1]

    return call


@pytest.fixture
def _one_figure(monkeypatch):
    monkeypatch.setattr(publishing, "FIGURES", {"firms": publishing.FIGURES["firms"]})


@pytest.fixture
def _no_simulation(monkeypatch):
    monkeypatch.setattr(running, "simulate", refuse_to_simulate)


def test_run_prints_percent_and_median_of_every_target_under_every_definition(done):
    told, folder = done
    rows = {cells[0]: cells[1:] for line in told.stdout.splitlines() if (cells := line.replace(" *", "").split())}
    table = pd.read_csv(folder / "targets.csv")
    assert set(table["definition"]) == {*COORDINATES["definition"], *COORDINATES["construction"]}
    for row in table.to_dict("records"):
        above, _, median = rows[row["definition"]][:3]
        assert above == f"{100 * row['probability']:.0f}%"
        assert median == f"{row['median']:,.0f}"


def test_run_prints_target_with_year_and_threshold(done):
    assert "core scale 2020 > 150\n" in done[0].stdout


def test_run_marks_the_headline_definition_alone(done):
    assert [name for name in COORDINATES["definition"] if f"{name} *" in done[0].stdout] == ["caict"]


def test_run_of_a_target_missed_ends_with_exit_code_0(done):
    assert pd.read_csv(done[1] / "targets.csv")["probability"].min() == 0.0
    assert done[0].exit_code == 0


def test_run_tells_how_far_the_books_are_from_closing(done):
    assert "in the books 1.0e-13 of turnover, in heads 1.0e-14 of people" in done[0].stdout


def test_run_leaves_a_complete_folder_and_nothing_beside_it(done):
    assert {path.name for path in done[1].iterdir()} == TABLES
    assert [path.name for path in done[1].parent.iterdir()] == ["out"]


def test_run_leaves_a_folder_that_loads_as_the_result_of_the_runs_asked_for(done):
    assert load_result(done[1]).series.sizes["run"] == 4


def test_run_prints_median_threshold_and_percent_of_every_goal_in_words(done):
    told, folder = done
    table = pd.read_csv(folder / "goals.csv", keep_default_na=False)
    names = {goal.id: goal for goal in declared_goals()}
    lines = {line.split("  ")[0].removesuffix(" °"): line for line in told.stdout.splitlines()}
    rows = table[(table["item"] == "") & (table["year"] == 2020)].to_dict("records")
    assert len(rows) == len(names) - 1
    for row in rows:
        digits = 0 if names[row["goal"]].measure.kind in ("count", "sum") else 2
        line = lines[names[row["goal"]].name.en]
        met = f"{100 * float(row['met']):.0f}%" if row["met"] else "-"
        threshold = f"{float(row['threshold']):g}" if row["threshold"] else "-"
        assert line.split()[-4:] == [f"{float(row['median']):.{digits}f}", "/", threshold, met]


def test_run_marks_goals_in_words_as_constructions_of_the_project(done):
    assert "Goal (our construction)" in done[0].stdout
    assert "formulas and thresholds are constructions of this project" in done[0].stdout
    assert "Rules in force °" in done[0].stdout


def test_run_in_chinese_prints_targets_and_goals_in_chinese(roadmap, done):
    words = ("run", "plan", "-n", 4, "--set", "horizon.end=2020Q4", "--no-figures", "-o", done[1], "--lang", "zh")
    told = roadmap(*words).stdout
    assert told.startswith("按规划文本落实：4次运行，种子2017")
    assert "核心产业规模 2020 > 150\n" in told
    assert "定性目标（本项目构造）" in told
    assert all(goal.name.zh in told for goal in declared_goals() if goal.id != "field_parity")
    numbers = [word for word in told.split() if word.endswith("%")]
    assert numbers == [word for word in done[0].stdout.split() if word.endswith("%")]


def test_run_that_ends_before_the_first_goal_prints_none(roadmap, short):
    told = roadmap("run", short, "-n", 1, "--no-figures", "--set", "horizon.end=2018Q4").stdout
    assert "construction" not in told


def test_run_that_ends_before_the_first_target_says_so_instead_of_an_empty_table(roadmap, short):
    told = roadmap("run", short, "-n", 1, "--no-figures", "--set", "horizon.end=2018Q4").stdout
    assert "No target has its year within 2016Q1 to 2018Q4." in told
    assert "Above" not in told


def test_run_without_a_folder_writes_one_run_to_results_by_scenario_and_digest(roadmap, short):
    told = roadmap("run", short, "-n", 1, "--no-figures").stdout
    (folder,) = Path("results").iterdir()
    digest = read_manifest(folder).digest[:10]
    assert folder.name == f"short-{digest}"
    assert told.startswith(f"Short: 1 run, seed 2017, digest {digest}\n")


@pytest.mark.usefixtures("_one_figure")
def test_run_draws_figures_into_the_folder_and_tells_where(roadmap, short):
    told = roadmap("run", short, "-o", "out").stdout
    assert {path.name for path in Path("out/figures").iterdir()} == {"firms.png", "firms.svg"}
    assert told.endswith("Result   out\nFigures  out/figures (1, each as PNG and SVG)\n")


def test_run_with_number_of_runs_and_seed_takes_them_instead_of_the_scenarios_own(chosen, short):
    scenario, _ = chosen(short, "-n", 3, "--seed", 11)
    assert (scenario.replications, scenario.seed) == (3, 11)


def test_run_with_a_lever_set_to_a_number_holds_it_constant(chosen):
    scenario, _ = chosen("plan", "--set", "degree_places=120")
    assert set(scenario.levers["degree_places"].tolist()) == {120.0}


def test_run_with_a_lever_set_to_a_json_path_follows_its_dates(chosen, short):
    scenario, _ = chosen(short, "--set", 'degree_places={"2019": 80, "2020Q3": 90}')
    assert scenario.levers["degree_places"].tolist()[-8:] == [80.0] * 6 + [90.0] * 2


def test_run_with_regions_set_as_json_list_designates_them(chosen, short):
    scenario, _ = chosen(short, "--set", 'pilot_zones={"2019": ["CN-XJ", "CN-NX"]}')
    zones = scenario.path("pilot_zones")[:, [REGIONS.index("CN-XJ"), REGIONS.index("CN-NX")]]
    assert zones[11:13].tolist() == [[0.0, 0.0], [1.0, 1.0]]


def test_run_with_a_lever_set_twice_takes_the_last(chosen):
    scenario, _ = chosen("plan", "--set", "degree_places=1", "--set", "degree_places=120")
    assert scenario.levers["degree_places"][0] == 120.0


def test_run_with_threads_hands_them_to_the_simulation(chosen):
    assert chosen("plan", "--threads", 2)[1]["threads"] == 2


def test_run_with_a_lever_that_changes_nothing_warns_of_it(roadmap, short):
    done = roadmap("run", short, "--set", "degree_places={scale: 1.0}", "--no-figures")
    assert "warning: short.yaml: levers.degree_places changes nothing" in done.stderr.replace(f"{short.parent}/", "")
    assert done.exit_code == 0


def test_run_of_a_lever_with_effect_warns_of_nothing(done):
    assert "warning" not in done[0].stderr


def test_run_on_a_terminal_shows_how_many_runs_are_done(roadmap, short, monkeypatch):
    def note(*_: Any, progress: Any, **__: Any) -> None:
        progress(3)
        raise UserError("enough")

    monkeypatch.setattr(running, "simulate", note)
    assert "3/4" in roadmap("run", short, FORCE_COLOR="1").stderr


@pytest.mark.usefixtures("_no_simulation")
def test_same_run_again_runs_nothing_and_says_so(roadmap, done):
    again = roadmap("run", "plan", "-n", 4, "--set", "horizon.end=2020Q4", "--no-figures", "-o", done[1])
    assert f"{done[1]}: the same run is there already; nothing was run" in again.stderr
    assert again.exit_code == 0


@pytest.mark.usefixtures("_no_simulation")
def test_same_run_again_prints_the_same_and_leaves_every_file_as_it_was(roadmap, done):
    written = {path: path.stat().st_mtime_ns for path in done[1].iterdir()}
    again = roadmap("run", "plan", "-n", 4, "--set", "horizon.end=2020Q4", "--no-figures", "-o", done[1])
    assert again.stdout == done[0].stdout
    assert {path: path.stat().st_mtime_ns for path in done[1].iterdir()} == written


@pytest.fixture
def _followed(monkeypatch):
    """Let panels hold agents of a real run beside the made-up records."""

    def stand_in(scenario: Any, runs: int, **options: Any) -> panel.Panel:
        return replace(follow(scenario, runs, replicates=1, **options), quarters=grown(scenario).quarters[:runs])

    follow, grown = panel.follow, running.simulate
    monkeypatch.setattr(panel, "follow", stand_in)


@pytest.fixture
def brief(short):
    """Return a scenario file that ends after a year."""
    short.write_text(short.read_text(encoding="utf-8").replace("2020Q4", "2016Q4"), encoding="utf-8")
    return short


@pytest.mark.usefixtures("_followed")
def test_run_with_agent_panel_keeps_agents_of_the_first_runs_and_tells_where(roadmap, brief):
    told = roadmap("run", brief, "--agent-panel", "--panel-runs", 2, "--no-figures", "-o", "out")
    assert told.exit_code == 0, told.stderr
    assert "Panel    out/panel.zarr (2 of the runs; see `roadmap facts out`)\n" in told.stdout
    assert {path.name for path in Path("out").iterdir()} == TABLES | {"panel.zarr"}
    assert load_result("out").panel.runs == 2


@pytest.mark.usefixtures("_followed")
def test_run_with_agent_panel_of_few_runs_follows_all_of_them(roadmap, brief):
    roadmap("run", brief, "-n", 3, "--agent-panel", "--no-figures", "-o", "out")
    assert read_manifest(Path("out")).panel_runs == 3


def test_run_without_agent_panel_keeps_none(done):
    assert "Panel" not in done[0].stdout
    assert load_result(done[1]).panel is None


@pytest.mark.usefixtures("_followed")
def test_same_run_again_with_agent_panel_adds_it_without_running(roadmap, brief, monkeypatch):
    roadmap("run", brief, "--no-figures", "-o", "out")
    before = read_manifest(Path("out"))
    monkeypatch.setattr(running, "simulate", refuse_to_simulate)
    again = roadmap("run", brief, "--agent-panel", "--panel-runs", 1, "--no-figures", "-o", "out")
    after = read_manifest(Path("out"))
    assert again.exit_code == 0, again.stderr
    assert "nothing was run" in again.stderr
    assert (before.panel_runs, after.panel_runs, before.run_digest) == (0, 1, after.run_digest)
    assert {name: after.files[name] for name in before.files} == before.files


@pytest.mark.usefixtures("_followed")
def test_same_run_again_without_agent_panel_leaves_the_panel(roadmap, brief):
    roadmap("run", brief, "--agent-panel", "--panel-runs", 1, "--no-figures", "-o", "out")
    written = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*")}
    assert "Panel    out/panel.zarr" in roadmap("run", brief, "--no-figures", "-o", "out").stdout
    assert {path: path.stat().st_mtime_ns for path in Path("out").rglob("*")} == written


@pytest.mark.usefixtures("_one_figure")
def test_run_draws_its_figures_beside_those_of_the_facts_and_keeps_them(roadmap, short):
    roadmap("run", short, "--no-figures", "-o", "out")

    def write(place: Path) -> None:
        (place / "figures").mkdir()
        (place / "figures" / "facts_growth.png").write_bytes(b"drawn")

    add_files(Path("out"), write)
    roadmap("run", short, "-o", "out")
    assert {path.name for path in Path("out/figures").iterdir()} == {"facts_growth.png", "firms.png", "firms.svg"}
    assert load_result("out").series.sizes["run"] == 4


@pytest.mark.usefixtures("_one_figure")
def test_same_run_again_with_figures_wanted_draws_them_without_running(roadmap, short, monkeypatch):
    roadmap("run", short, "--no-figures", "-o", "out")
    monkeypatch.setattr(running, "simulate", refuse_to_simulate)
    assert roadmap("run", short, "-o", "out").exit_code == 0
    assert Path("out/figures/firms.png").stat().st_size > 0


def test_same_run_again_with_force_runs_again(chosen, short, result_folder):
    assert chosen(short, "-o", result_folder, "--force")[0].replications == 4


def test_other_run_with_force_replaces_the_result(roadmap, short, result_folder):
    roadmap("run", short, "-n", 3, "--no-figures", "-o", result_folder, "--force")
    assert read_manifest(result_folder).replications == 3


def test_run_into_an_empty_folder_fills_it(roadmap, short):
    Path("out").mkdir()
    roadmap("run", short, "--no-figures", "-o", "out")
    assert {path.name for path in Path("out").iterdir()} == TABLES


def test_run_in_a_process_of_its_own_simulates_and_leaves_a_result(shell):
    words = ("run", "plan", "-n", 2, "--set", "horizon.end=2017Q2", "--no-figures", "-o", "out")
    done = shell(*words)
    assert done.returncode == 0, done.stderr.decode()
    made = read_manifest(Path("out"))
    assert {path.name for path in Path("out").iterdir()} == TABLES
    assert (made.replications, made.residual_max < 1e-9) == (2, True)
