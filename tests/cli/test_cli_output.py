"""How commands write: on narrow and wide terminals, piped, with colours, under encodings without Chinese."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from rich.cells import cell_len

from sim.cli.console import plain_table, show
from sim.parameters import PARAMETERS
from sim.plan import load_catalogue
from sim.schedule import SCHEDULE

LOOKED_UP = (
    ("levers",),
    ("levers", "degree_places", "--lang", "zh"),
    ("scenarios", "--lang", "zh"),
    ("schedule", "market"),
    ("parameters", "research"),
    ("parameters", "--moved"),
)
NAMES = {
    "levers": {lever.id for lever in load_catalogue().levers},
    "schedule": {phase.name for phase in SCHEDULE},
    "parameters": set(PARAMETERS),
}


@pytest.mark.parametrize(("columns", "widest"), [(60, 80), (100, 100), (200, 200)])
@pytest.mark.parametrize("words", LOOKED_UP, ids=" ".join)
def test_tables_are_as_wide_as_the_terminal_and_never_narrower_than_80(roadmap, words, columns, widest):
    told = roadmap(*words, COLUMNS=str(columns)).stdout.splitlines()
    assert max(cell_len(line) for line in told if "`" not in line and not line.startswith("Ev.:")) <= widest


@pytest.mark.parametrize("columns", ["60", "200"])
@pytest.mark.parametrize("command", NAMES)
def test_names_that_people_copy_are_never_broken(roadmap, command, columns):
    assert set(roadmap(command, COLUMNS=columns).stdout.split()) >= NAMES[command]


def test_name_keeps_its_line_where_the_text_beside_it_has_to_give_way(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    table = plain_table("Lever", "Why")
    table.add_row("x" * 70, "because " * 40)
    show(table)
    assert "x" * 70 in capsys.readouterr().out


def test_terminal_narrower_than_80_columns_gets_the_table_of_80(roadmap):
    assert roadmap("scenarios", COLUMNS="20").stdout == roadmap("scenarios", COLUMNS="80").stdout


def test_width_that_is_no_number_is_taken_as_none_given(roadmap):
    assert roadmap("scenarios", COLUMNS="many").stdout == roadmap("scenarios").stdout


def test_wide_terminal_shows_the_plans_path_of_a_lever_and_a_narrow_one_does_not(roadmap):
    wide, narrow = (roadmap("levers", "--clause", "3.1.4", COLUMNS=columns).stdout for columns in ("200", "60"))
    assert ("15 to 200" in wide, "15 to 200" in narrow) == (True, False)


def test_targets_at_60_columns_keep_number_and_name_on_one_line(roadmap, short):
    told = roadmap("run", short, "--no-figures", COLUMNS="60").stdout.splitlines()
    (row,) = (line.split() for line in told if "caict" in line)
    assert len(row) == 7
    assert max(map(len, told)) <= 80


@pytest.mark.parametrize("words", [*LOOKED_UP, ("explain", "talent_first"), ("run", "--help")], ids=" ".join)
def test_piped_output_has_no_control_sequences(roadmap, words):
    assert "\x1b" not in roadmap(*words).stdout


@pytest.mark.parametrize("words", LOOKED_UP, ids=" ".join)
def test_piped_output_has_no_blanks_at_the_end_of_lines(roadmap, words):
    told = roadmap(*words).stdout.splitlines()
    assert [line for line in told if line != line.rstrip()] == []


def test_run_piped_shows_no_progress_bar_but_one_line(roadmap, short):
    told = roadmap("run", short, "--no-figures")
    assert "short: 4 runs ...\n" in told.stderr
    assert "\x1b" not in told.output


def test_colours_are_used_where_they_are_asked_for(roadmap):
    assert "\x1b[1m" in roadmap("scenarios", FORCE_COLOR="1").stdout


def test_chinese_under_the_c_locale_is_written_whole(shell):
    done = shell("explain", "talent_first", "--lang", "zh", LC_ALL="C")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().startswith("“人才优先”")


def test_chinese_where_the_encoding_has_none_is_written_escaped_and_does_not_break_off(shell):
    done = shell("explain", "talent_first", "--lang", "zh", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode("ascii").startswith("\\u201c\\u4eba")


def test_tables_where_the_encoding_has_no_lines_are_drawn_in_ascii(shell):
    done = shell("schedule", "market", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr.decode()
    assert b"---" in done.stdout


def test_remarks_and_answers_into_one_file_keep_their_order(short):
    command = [sys.executable, "-m", "sim", "check", "plan", "missing.yaml"]
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=plain, check=False)
    assert [line.split(b":")[0] for line in done.stdout.splitlines()] == [b"plan", b"missing.yaml", b"roadmap"]
