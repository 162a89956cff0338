"""The table of parameters: every one declared in full, read by the model, and nothing read that is not declared."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from sim import driver
from sim.errors import SeedError
from sim.parameters import PARAMETERS, RECORD, Parameter, defaults
from sim.seeds import read_table

ROLES = {"uncertainty", "constant"}
STATUSES = {"estimated", "assumed"}


@cache
def read_by_model() -> tuple[frozenset[str], frozenset[str]]:
    """Return the parameters read by compiled code as `parameters.x`, and those read by name from the table."""
    package = Path(driver.__file__).parent
    in_kernels, by_name = set(), set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "parameters" and "kernels" in path.parts:
                in_kernels.add(node.attr)
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "PARAMETERS":
                by_name.add(ast.literal_eval(node.slice) if isinstance(node.slice, ast.Constant) else "")
    return frozenset(in_kernels), frozenset(by_name - {""})


@pytest.mark.parametrize("name", list(PARAMETERS))
def test_parameter_is_read_by_kernels_or_population(name: str) -> None:
    in_kernels, by_name = read_by_model()
    assert name in in_kernels | by_name


def test_every_parameter_read_is_declared() -> None:
    in_kernels, by_name = read_by_model()
    assert in_kernels - set(PARAMETERS) == set()
    assert by_name - set(PARAMETERS) == set()
    assert len(in_kernels) > 200


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda parameter: parameter.name)
def test_parameter_declares_unit_range_meaning_role_and_status(parameter: Parameter) -> None:
    assert parameter.low <= parameter.default <= parameter.high
    assert parameter.low < parameter.high
    assert parameter.unit.strip()
    assert len(parameter.meaning) > 8
    assert parameter.role in ROLES
    assert parameter.status in STATUSES


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda parameter: parameter.name)
def test_parameter_evidence_and_source_exist_in_the_seeds_or_a_reason_is_given(parameter: Parameter) -> None:
    if parameter.evidence:
        assert parameter.evidence in set(read_table("priors/priors")["id"])
    if parameter.source:
        assert parameter.source in set(read_table("sources")["key"])
    assert parameter.evidence or parameter.source or parameter.why


# Evidence in another unit than the parameter, turned into the parameter's.
CONVERTED: dict[str, Callable[[float], float]] = {
    "compute_price_decline": lambda years: 1.0 - 2.0 ** (-1.0 / years),  # doubling time of performance per money
    "incident_shock": lambda change: -change,  # a fall of trust is given as a negative change
    "raised_ratio_factor": lambda ratio: ratio / 0.43,  # against the national figure
}
ESTIMATED = [parameter for parameter in PARAMETERS.values() if parameter.status == "estimated" and parameter.evidence]


@pytest.mark.parametrize("parameter", ESTIMATED, ids=lambda parameter: parameter.name)
def test_estimated_parameter_lies_inside_the_range_of_its_evidence(parameter: Parameter) -> None:
    evidence = read_table("priors/priors").where(id=parameter.evidence)
    convert = CONVERTED.get(parameter.name, float)
    ends = sorted(convert(float(evidence[column][0])) for column in ("low", "high"))
    if parameter.choices:  # structural alternatives of the literature: the evidence is one of them
        assert any(ends[0] <= choice <= ends[1] for choice in parameter.choices)
    else:
        assert ends[0] - 1e-9 <= parameter.default <= ends[1] + 1e-9


@pytest.mark.parametrize(
    "parameter", [p for p in PARAMETERS.values() if p.choices], ids=lambda parameter: parameter.name
)
def test_structural_choices_lie_in_the_range_and_hold_the_default(parameter: Parameter) -> None:
    assert len(set(parameter.choices)) == len(parameter.choices) >= 2
    assert all(parameter.low <= choice <= parameter.high for choice in parameter.choices)
    assert parameter.default in parameter.choices
    assert parameter.role == "uncertainty"


def test_record_has_one_number_for_each_parameter_in_order_and_defaults_fill_it() -> None:
    assert RECORD.names == tuple(PARAMETERS)
    records = defaults(3)
    assert [float(records[name][2]) for name in PARAMETERS] == [parameter.default for parameter in PARAMETERS.values()]


def declared(**changes: object) -> Parameter:
    """Return a sound declaration with some of it changed."""
    sound = {
        "name": "x",
        "group": "g",
        "unit": "1",
        "low": 0.0,
        "default": 0.5,
        "high": 1.0,
        "meaning": "m",
        "why": "w",
    }
    return Parameter(**(sound | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"default": 1.2}, r"x: default 1.2 outside \[0.0, 1.0\] 1"),
        ({"why": ""}, "x: assumed without a reason"),
        ({"status": "estimated"}, "x: estimated without a source"),
        ({"prior": 0.4}, "x: a moved parameter needs its former value and the reason"),
        ({"moved": "fit"}, "x: a moved parameter needs its former value and the reason"),
    ],
)
def test_contradictory_declaration_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(SeedError, match=message):
        declared(**changes)


def test_sound_declaration_is_accepted() -> None:
    assert declared(prior=0.4, moved="fit").prior == 0.4
