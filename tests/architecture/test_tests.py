"""The tests themselves: every file is collected, every test can fail, none hides another."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
FILES = sorted(path for path in TESTS.rglob("*.py") if "__pycache__" not in path.parts)
TEST_FILES = [path for path in FILES if path.name.startswith("test_")]
CHECKS = re.compile(
    r"^(np|numpy|pd|pandas|xr|xarray)\.testing\.assert_|^pytest\.(raises|warns|fail)$|(^|\.|_)(assert|check)"
)
WITHOUT_MESSAGE = {"KeyboardInterrupt", "SystemExit", "type(error)"}
IDS = [str(path.relative_to(TESTS)) for path in TEST_FILES]


def gathered(path: Path) -> list[ast.FunctionDef]:
    """Return the test functions of a file, methods included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def has_check(test: ast.FunctionDef) -> bool:
    """Return whether a test asserts something, itself or by a call that says so in its name."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return not isinstance(node.test, ast.Constant)
        if isinstance(node, ast.Call) and CHECKS.search(ast.unparse(node.func)):
            return True
    return False


@pytest.mark.parametrize("path", TEST_FILES, ids=IDS)
def test_every_test_has_a_check_returns_nothing_and_prints_nothing(path: Path) -> None:
    for test in gathered(path):
        assert has_check(test), test.name
        for node in ast.walk(test):
            assert not (isinstance(node, ast.Call) and ast.unparse(node.func) == "print"), test.name
        own = [node for node in test.body if isinstance(node, ast.Return)]
        assert all(node.value is None for node in own), test.name


@pytest.mark.parametrize("path", TEST_FILES, ids=IDS)
def test_test_file_holds_tests_of_different_names(path: Path) -> None:
    names = [test.name for test in gathered(path)]
    assert names
    assert len(set(names)) == len(names)


def test_test_files_have_different_names_so_that_all_are_collected() -> None:
    # Folders of tests are no packages: two files of one name would be one module.
    names = [path.name for path in FILES if path.name != "conftest.py"]
    assert len(set(names)) == len(names)


def test_files_that_hold_no_tests_are_imported_by_tests() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    for path in FILES:
        if path not in TEST_FILES and path.name not in ("conftest.py", "__init__.py"):
            assert re.search(rf"^(from|import) {path.stem}\b", text, flags=re.MULTILINE), path.name
            assert not gathered(path), f"{path.name} holds tests that nobody collects"


def test_names_of_tests_tell_thing_condition_and_result() -> None:
    short = [f"{path.name}:{test.name}" for path in TEST_FILES for test in gathered(path) if test.name.count("_") < 2]
    assert short == []


def test_no_test_is_skipped_without_condition() -> None:
    for path in TEST_FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Attribute) and ast.unparse(node) == "pytest.mark.skip"), path.name


@pytest.mark.parametrize("path", TEST_FILES, ids=IDS)
def test_blocks_of_expected_errors_hold_one_call_and_match_its_message(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.With):
            for item in node.items:
                if isinstance(item.context_expr, ast.Call) and ast.unparse(item.context_expr.func) == "pytest.raises":
                    assert len(node.body) == 1, ast.unparse(node)
                    # What is caught may also be looked at afterwards; an interruption has no message.
                    matched = any(keyword.arg == "match" for keyword in item.context_expr.keywords)
                    silent = ast.unparse(item.context_expr.args[0]) in WITHOUT_MESSAGE
                    assert matched or silent or item.optional_vars is not None, ast.unparse(node)


def test_has_check_on_tests_with_and_without_one_tells_them_apart() -> None:
    tree = ast.parse(
        "def test_a():\n    assert f() == 1\n"
        "def test_b():\n    f()\n"
        "def test_c():\n    with pytest.raises(ValueError, match='x'):\n        f()\n"
        "def test_d():\n    assert True\n"
        "def test_e():\n    np.testing.assert_allclose(1, 1)\n"
    )
    assert [has_check(node) for node in tree.body] == [True, False, True, False, True]


def test_project_mentions_no_path_of_the_machine_it_was_written_on() -> None:
    places = ["/".join(("", "work", "")), "../" + "shared", "." + "library"]
    for folder in ("sim", "tests", "docs", "seeds", "scenarios", "notebooks", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".md", ".yaml", ".yml", ".csv", ".toml", ".ipynb", ".cff"):
                text = path.read_text(encoding="utf-8", errors="replace")
                assert not [place for place in places if place in text], path
