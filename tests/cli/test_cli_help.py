"""Help: what there is, how it is called, which exit codes it ends with; the examples work."""

from __future__ import annotations

import pytest

from sim.cli.app import app
from sim.errors import UserError
from sim.panel import RUNS
from sim.results import running

COMMANDS = ("run", "check", "levers", "explain", "scenarios", "schedule", "parameters", "schema", "compare", "facts")


def example_of(told: str) -> list[str]:
    (line,) = (line.strip() for line in told.splitlines() if "Example" in line)
    return line.removeprefix("Example: roadmap ").split()


def test_commands_tested_here_are_all_there_are():
    assert tuple(command.name for command in app.registered_commands) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_help_lists_the_command_with_a_sentence(roadmap, name):
    rows = [line.split(maxsplit=1) for line in roadmap("--help").stdout.splitlines()]
    (said,) = (cells[1] for cells in rows if len(cells) == 2 and cells[0] == name)
    assert said.endswith(".")


def test_help_lists_the_exit_codes(roadmap):
    told = " ".join(roadmap("--help").stdout.split())
    assert "Exit codes: 0 done, 2 your input cannot be used, 3 fault of the program, 130 stopped." in told


def test_roadmap_without_a_command_shows_the_help(roadmap):
    assert roadmap().output == roadmap("--help").stdout


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_asked_for_in_either_way(roadmap, flag):
    told = roadmap("run", flag)
    assert told.stdout.startswith("Usage: roadmap run")
    assert told.exit_code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_has_one_example_of_it(roadmap, name):
    assert example_of(roadmap(name, "--help").stdout)[0] == name


@pytest.mark.parametrize("name", ["levers", "explain", "scenarios", "schedule", "parameters"])
def test_example_in_the_help_of_a_command_works(roadmap, name):
    done = roadmap(*example_of(roadmap(name, "--help").stdout))
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) > 3


def test_example_in_the_help_of_run_starts_the_runs_it_names(roadmap, monkeypatch):
    asked = []

    def note(scenario, **_):
        asked.append(scenario)
        raise UserError("enough")

    monkeypatch.setattr(running, "simulate", note)
    roadmap(*example_of(roadmap("run", "--help").stdout))
    assert [(scenario.replications, scenario.levers["degree_places"][0]) for scenario in asked] == [(50, 120.0)]


@pytest.mark.parametrize("name", ["levers", "schedule", "parameters"])
def test_help_of_a_command_shows_an_argument_that_may_be_left_out_in_one_pair_of_brackets(roadmap, name):
    usage = roadmap(name, "--help").stdout.splitlines()[0]
    assert "[[" not in usage
    assert usage.endswith("]")


OPTIONS = (
    "--runs", "--seed", "--set", "--output", "--force", "--no-figures", "--threads", "--agent-panel", "--panel-runs",
)  # fmt: skip


@pytest.mark.parametrize("option", OPTIONS)
def test_help_of_run_explains_the_option(roadmap, option):
    rows = [line.strip() for line in roadmap("run", "--help").stdout.splitlines()]
    (said,) = (row.split("  ", 1)[1].strip() for row in rows if "  " in row and option in row.split("  ")[0].split())
    assert len(said.split()) > 1


def test_help_of_run_tells_how_many_runs_a_panel_holds(roadmap):
    assert f"{RUNS} if not given" in " ".join(roadmap("run", "--help").stdout.split())


def test_unknown_command_is_refused_with_the_nearest(roadmap):
    told = roadmap("leverz")
    assert "levers" in told.stderr
    assert told.exit_code == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_unknown_option_is_refused_and_named(roadmap, name):
    told = roadmap(name, "--nonsense")
    assert "--nonsense" in told.stderr
    assert (told.exit_code, told.stdout) == (2, "")
