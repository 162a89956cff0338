"""What goes wrong inside: exit codes, short messages, tracebacks only when asked for."""

from __future__ import annotations

import errno
import subprocess
import sys

import pytest

from sim.errors import BalanceError
from sim.results import running


@pytest.fixture
def failing(roadmap, short, monkeypatch):
    """Return what runs a scenario whose simulation raises an error."""

    def call(error: BaseException, **settings: str):
        def fail(*_, **__):
            raise error

        monkeypatch.setattr(running, "simulate", fail)
        return roadmap("run", short, "--no-figures", "-o", "out", **settings)

    return call


def test_fault_of_the_program_ends_with_exit_code_3(failing):
    assert failing(ZeroDivisionError("division by zero")).exit_code == 3


def test_fault_of_the_program_is_told_without_a_traceback(failing):
    told = failing(ZeroDivisionError("division by zero")).stderr
    assert (
        "roadmap: this is a fault of the program, not of your input.\n  ZeroDivisionError: division by zero\n" in told
    )
    assert "Traceback" not in told


def test_fault_of_the_program_asks_for_a_report_with_the_debug_setting(failing):
    assert "run the same command again with ROADMAP_DEBUG=1" in failing(ZeroDivisionError()).stderr


def test_fault_found_by_the_model_is_told_in_its_own_words(failing):
    told = failing(BalanceError("run 3, 2019Q2: wages do not close"))
    assert "  run 3, 2019Q2: wages do not close\n" in told.stderr
    assert told.exit_code == 3


def test_fault_of_the_program_leaves_no_result(failing, tmp_path):
    failing(ZeroDivisionError())
    assert [path.name for path in tmp_path.iterdir()] == ["short.yaml"]


def test_debug_setting_shows_the_traceback_and_keeps_exit_code_3(failing):
    told = failing(ZeroDivisionError("division by zero"), ROADMAP_DEBUG="1")
    assert "Traceback (most recent call last)" in told.stderr
    assert told.stderr.endswith("ZeroDivisionError: division by zero\n")
    assert told.exit_code == 3


def test_debug_setting_of_0_shows_no_traceback(failing):
    assert "Traceback" not in failing(ZeroDivisionError(), ROADMAP_DEBUG="0").stderr


def test_debug_setting_shows_no_traceback_of_a_users_error(roadmap):
    told = roadmap("explain", "missing.yaml", ROADMAP_DEBUG="1")
    assert "Traceback" not in told.stderr
    assert told.exit_code == 2


def test_ctrl_c_ends_with_exit_code_130_and_says_that_nothing_was_saved(failing, tmp_path):
    told = failing(KeyboardInterrupt())
    assert told.exit_code == 130
    assert told.stderr.endswith("roadmap: stopped; nothing was saved\n")
    assert not (tmp_path / "out").exists()


def test_refusal_of_the_machine_ends_with_exit_code_2_and_names_the_file(failing):
    told = failing(PermissionError(errno.EACCES, "Permission denied", "there/series.nc"))
    assert told.stderr.endswith("roadmap: there/series.nc: Permission denied\n")
    assert told.exit_code == 2


def test_other_fault_of_files_is_a_fault_of_the_program(failing):
    assert failing(OSError(errno.EBADF, "Bad file descriptor")).exit_code == 3


def test_run_too_large_for_the_memory_asks_for_fewer_runs(failing):
    told = failing(MemoryError())
    assert "needs more memory than there is; ask for fewer runs with -n" in told.stderr
    assert told.exit_code == 2


def test_reader_of_a_pipe_that_leaves_ends_the_command_in_silence():
    command = [sys.executable, "-m", "sim", "parameters"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        told = process.stderr.read()
    assert (process.returncode, told) == (141, b"")
