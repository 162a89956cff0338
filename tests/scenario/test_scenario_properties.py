"""Properties that hold for any scenario: what is valid loads and writes back, what is not is one ScenarioError."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sim.errors import ScenarioError
from sim.plan import load_catalogue
from sim.plan.names import CORE_SECTORS, DEFINITIONS, REGIONS, SHOCKS
from sim.scenario import Scenario, load
from sim.scenario.schema import ScenarioFile

SCALARS = {lever.id: lever.range for lever in load_catalogue().levers if lever.form == "scalar"}
EXAMPLES = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])

dates = st.integers(2016, 2030).map(str) | st.builds("{}Q{}".format, st.integers(2016, 2030), st.integers(1, 4))
texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30)
captions = texts | st.fixed_dictionaries({"en": texts, "zh": texts})


def quarter(date: str) -> str:
    """Return the quarter a date means, so that no two names of one are drawn."""
    return date if "Q" in date else f"{date}Q1"


def dated(entries: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return mappings with one to five distinct dates."""
    pairs = st.lists(st.tuples(dates, entries), min_size=1, max_size=5, unique_by=lambda pair: quarter(pair[0]))
    return pairs.map(dict)


@st.composite
def scalar_levers(draw: st.DrawFn) -> dict[str, Any]:
    """Return values of some scalar levers in every form; relative changes that stay in range anywhere."""
    levers: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(sorted(SCALARS)), max_size=6, unique=True)):
        low, high = SCALARS[name]
        numbers = (
            st.floats(low, high) | st.integers(int(np.ceil(low)), int(np.floor(high)))
            if high - low >= 1
            else st.floats(low, high)
        )
        path = st.builds(
            lambda points, kind: {**points, "interpolate": kind}, dated(numbers), st.sampled_from(["step", "linear"])
        )
        shrink = st.floats(0.0 if low == 0.0 else 1.0, 1.0).map(
            lambda factor: {"scale": factor, "from": "2019Q2", "until": "2022"}
        )
        levers[name] = draw(st.one_of(numbers, dated(numbers), path, shrink))
    return levers


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Return the content of a valid scenario file."""
    weights = st.dictionaries(st.sampled_from(CORE_SECTORS), st.floats(0.01, 1.0), min_size=1)
    regions = st.lists(st.sampled_from(REGIONS), max_size=4)
    counts = st.lists(st.integers(0, 31), min_size=1, max_size=3).map(
        lambda values: dict(zip(("2016", "2019Q2", "2023"), sorted(values), strict=False))
    )
    shock: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
        {"kind": st.sampled_from(SHOCKS), "from": dates, "severity": st.floats(0, 1)},
        optional={"until": st.just("2030Q4") | st.just("2030")},
    )
    target = st.fixed_dictionaries(
        {
            "indicator": st.sampled_from(["core_scale", "related_scale"]),
            "year": st.integers(2016, 2030),
            "above": st.floats(0, 1e6),
        }
    )
    levers = draw(scalar_levers())
    levers |= draw(st.fixed_dictionaries({}, optional={"core_sector_focus": weights | dated(weights)}))
    levers |= draw(st.fixed_dictionaries({}, optional={"pilot_zones": dated(regions) | st.integers(0, 31) | counts}))
    return draw(
        st.fixed_dictionaries(
            {"schema": st.just(1), "levers": st.just(levers)},
            optional={
                "title": captions,
                "question": captions,
                "measurement": st.sampled_from(DEFINITIONS),
                "shocks": st.lists(shock, max_size=3, unique_by=lambda entry: entry["kind"]),
                "targets": st.lists(target, max_size=3, unique_by=lambda entry: (entry["indicator"], entry["year"])),
                "evaluation": st.fixed_dictionaries({"levers": st.lists(st.sampled_from(sorted(SCALARS)), max_size=3)}),
                "uncertainty": st.sampled_from(["posterior", "prior", "none"]),
                "runs": st.fixed_dictionaries(
                    {}, optional={"replications": st.integers(1, 10**6), "seed": st.integers(0, 2**31 - 1)}
                ),
                "parameters": st.fixed_dictionaries({}, optional={"wage_speed": st.floats(0.25, 0.8)}),
                "policy": st.sampled_from(["without_plan", "as_written", "as_implemented"]),
                "horizon": st.integers(2030, 2040).map(lambda year: {"end": str(year)}),
            },
        )
    )


@EXAMPLES
@given(content=scenarios())
def test_valid_mapping_loads_with_arrays_in_range(content: dict[str, Any]) -> None:
    scenario = load(content)
    for name, (low, high) in SCALARS.items():
        path = scenario.levers[name]
        assert path.shape == (scenario.n_quarters,)
        assert low <= path.min()
        assert path.max() <= high
    assert np.allclose(scenario.core_sector_focus.sum(axis=1), 1.0, rtol=0, atol=1e-14)
    assert (np.diff(scenario.pilot_zones, axis=0) >= 0).all()


@EXAMPLES
@given(content=scenarios())
def test_written_out_scenario_reads_back_with_the_same_digest(content: dict[str, Any], folder: Path) -> None:
    scenario = load(content)
    path = folder / "written.yaml"
    path.write_text(scenario.to_yaml(), encoding="utf-8")
    again = load(path)
    assert again.digest == scenario.digest
    assert (again.title, again.question) == (scenario.title, scenario.question)
    assert all(np.array_equal(again.levers[name], array) for name, array in scenario.levers.items())
    assert again.layers == ("written.yaml",)


@settings(EXAMPLES, max_examples=15)
@given(content=scenarios())
def test_written_out_scenario_is_plain_yaml_for_any_reader(content: dict[str, Any]) -> None:
    scenario = load(content)
    tree = YAML(typ="safe").load(scenario.to_yaml())
    assert load(tree).digest == scenario.digest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one folder for all examples of a property."""
    return tmp_path_factory.mktemp("scenarios")


def outcome(spec: Any, **options: Any) -> str:
    """Return what loading comes to: `loaded`, or the text of the only error that is allowed."""
    try:
        scenario = load(spec, **options)
    except ScenarioError as error:
        return "\n".join(str(problem) for problem in error.problems)
    return "loaded" if isinstance(scenario, Scenario) else ""


KEYS = [described.alias or name for name, described in ScenarioFile.model_fields.items()]
odd_keys = st.sampled_from([*KEYS, *SCALARS, "pilot_zones", "core_sector_focus", "2018", "scale", "from"]) | st.text(
    max_size=5
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["plan", "2019Q3", 2**9999, b"x", 1j])
)
garbage = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(odd_keys | st.integers(2010, 2050), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.dictionaries(odd_keys, garbage, max_size=5))
def test_garbage_mapping_gives_scenario_error_or_loads(content: dict[str, Any]) -> None:
    assert outcome(content) != ""


@EXAMPLES
@given(content=scenarios(), key=st.sampled_from(KEYS), value=garbage)
def test_valid_mapping_with_one_bad_value_gives_scenario_error_or_loads(
    content: dict[str, Any], key: str, value: Any
) -> None:
    assert outcome({**content, key: value}) != ""


@EXAMPLES
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_garbage_file_gives_scenario_error(data: bytes, folder: Path) -> None:
    path = folder / "garbage.yaml"
    path.write_bytes(data)
    assert "garbage.yaml" in outcome(path)


@EXAMPLES
@given(data=st.text("{}[]:,-? \n#&*!|>'\"%@`0123456789aschemlvr.", max_size=80))
def test_garbage_of_yaml_marks_gives_scenario_error_or_loads(data: str, folder: Path) -> None:
    path = folder / "marks.yaml"
    path.write_text("schema: 1\n" + data, encoding="utf-8")
    assert outcome(path) != ""


@EXAMPLES
@given(name=st.text(max_size=12), value=st.text(max_size=12))
def test_garbage_option_gives_scenario_error_or_loads(name: str, value: str) -> None:
    text = outcome("plan", overrides=[f"{name}={value}"])
    assert text.startswith(("--set", "loaded"))
