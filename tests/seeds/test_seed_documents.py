"""The reader of YAML documents: plain values only, everything else refused with its line."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sim.errors import SeedError
from sim.seeds import read_document
from sim.seeds.documents import parse_yaml, plain_value


def test_plain_scalars_become_python_values() -> None:
    text = 'a: 1\nb: 1.5\nc: true\nd: null\ne: "1"\nf: 2017Q3\ng: 2026-11\nh: 1_000\n2016: .5\nlist: [x, {y: -2}]\n'
    assert parse_yaml(text, "t") == {
        "a": 1, "b": 1.5, "c": True, "d": None, "e": "1", "f": "2017Q3", "g": "2026-11", "h": "1_000",
        2016: 0.5, "list": ["x", {"y": -2}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", r"t:4: the key 'a' stands twice"),
        ("a: &x 1\n", r"t:1: anchors and tags"),
        ("a: 1\nb: *x\n", r"t:2: aliases"),
        ("a: !!str 1\n", r"t:1: anchors and tags"),
        ("!!python/object/apply:os.getcwd []\n", r"t:1: anchors and tags"),
        ("? [1]\n: 2\n", r"t:3: a key before this line is no plain value"),
        ("a: 1\n---\nb: 2\n", r"holds 2 documents"),
        ("a: [1\n", r"t: not readable as YAML"),
    ],
)
def test_yaml_beyond_plain_values_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(SeedError, match=message):
        parse_yaml(text, "t")


NUMBERS = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_values_written_by_another_library_come_back_equal(value: object) -> None:
    out = StringIO()
    writer = YAML(typ="safe")
    writer.width = 10_000
    writer.dump({"value": value}, out)
    assert parse_yaml(out.getvalue(), "t") == {"value": value}


@pytest.mark.parametrize("text", ["+", "-", ".", "Q3", "12Q", "0x1F", "1.2.3", "-inf", ".nan"])
def test_scalar_that_only_looks_like_a_number_stays_text(text: str) -> None:
    assert plain_value(text) == text


def test_document_read_twice_is_not_shared() -> None:
    read_document("plan/targets")["targets"].clear()
    assert len(read_document("plan/targets")["targets"]) == 6


def test_document_unknown_names_the_nearest() -> None:
    with pytest.raises(SeedError, match="no file plan/lever.yaml. Did you mean plan/levers"):
        read_document("plan/lever")
