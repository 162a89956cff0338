"""Sizes and habits of the source that import contracts and the linter do not hold."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim import driver

PACKAGE = Path(driver.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
COMPILED = [
    path for path in SOURCES if {"kernels", "rules"} & set(path.parts) or path.name in ("driver.py", "draws.py")
]
NAMES = [str(path.relative_to(PACKAGE)) for path in SOURCES]

# Constant arrays that compiled code freezes when it is compiled: who pays and who receives.
FROZEN_ARRAYS = {("books.py", "_PAYER"), ("books.py", "_PAYEE")}


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function, methods and nested ones included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_module_has_at_most_400_lines_and_a_docstring_of_at_most_8(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert not text.strip() or 1 <= len((ast.get_docstring(ast.parse(text)) or "").splitlines()) <= 8


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_function_bodies_have_at_most_60_lines(path: Path) -> None:
    # The compiled quarter and its import block write the schedule out and are held to it by a test.
    long = {f.name: body_lines(f) for f in functions(parsed(path)) if body_lines(f) > 60}
    assert set(long) <= ({"quarter"} if path.name == "driver.py" else set())


def test_modules_and_functions_are_mostly_short() -> None:
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES]
    assert statistics.median(lengths) <= 200
    bodies = sorted(body_lines(function) for path in SOURCES for function in functions(parsed(path)))
    assert bodies[int(0.9 * len(bodies))] <= 35


def test_body_lines_of_a_function_leave_out_signature_and_docstring() -> None:
    tree = ast.parse('def f(\n    a,\n):\n    """Say.\n\n    More.\n    """\n    a += 1\n\n    return a\n')
    assert [body_lines(function) for function in functions(tree)] == [3]


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_source_uses_no_hidden_randomness(path: Path) -> None:
    tree = parsed(path)
    allowed = {"secrets"} if path.name == "folder.py" else set()  # names of temporary folders, never a number
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in ("np.random", "numpy.random")
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & ({"random", "secrets", "uuid"} - allowed)
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in ("random", "secrets", "uuid")
            assert node.module != "numpy.random"


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.name)
def test_compiled_module_keeps_no_state_of_its_own(path: Path) -> None:
    tree = parsed(path)
    assert not any(isinstance(node, ast.Global | ast.Nonlocal) for node in ast.walk(tree))
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            mutable = any(
                isinstance(part, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp)
                for part in ast.walk(node.value or node)
            )
            for target in targets:
                assert not mutable or (path.name, ast.unparse(target)) in FROZEN_ARRAYS


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.name)
def test_compiled_module_takes_functions_of_the_c_library_and_multiplies_squares_out(path: Path) -> None:
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "np.exp",
            "np.log",
            "np.sqrt",
            "np.power",
            "np.tanh",
        ):
            found.add((path.name, ast.unparse(node.func)))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant):
            assert not isinstance(node.right.value, int), ast.unparse(node)
    assert found == set()


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.name)
def test_compiled_module_has_no_parameter_as_module_constant_without_reason(path: Path) -> None:
    # Numbers at module level are frozen at compile time: only labels, rows, statuses and constants of methods may be.
    allowed = {"TOLERANCE", "_BN", "_ROUNDING", "_TWO_TO_MINUS_32"}
    for node in parsed(path).body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, float)
        ):
            assert {ast.unparse(target) for target in node.targets} <= allowed


def test_folders_and_modules_are_named_for_the_economy() -> None:
    assert not {path.stem for path in SOURCES} & {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "base",
        "misc",
        "tools",
    }


@pytest.mark.parametrize("path", [path for path in SOURCES if "rules" in path.parts], ids=lambda path: path.name)
def test_rule_module_has_a_kernel_module_that_uses_it(path: Path) -> None:
    kernels = (PACKAGE / "kernels").glob("*.py")
    if path.name != "__init__.py":
        assert any(f"from sim.rules.{path.stem} import" in kernel.read_text(encoding="utf-8") for kernel in kernels)


@pytest.mark.parametrize("path", [path for path in SOURCES if "rules" in path.parts], ids=lambda path: path.name)
def test_every_rule_is_called_by_a_kernel(path: Path) -> None:
    text = "".join(kernel.read_text(encoding="utf-8") for kernel in (PACKAGE / "kernels").glob("*.py"))
    for function in functions(parsed(path)):
        assert f"{function.name}(" in text, function.name
