"""The frozen scenario: read-only, picklable, and named by a digest of what determines its numbers."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from sim.plan import load_catalogue
from sim.scenario import Scenario, load

LEVERS = [lever.id for lever in load_catalogue().levers]


def test_record_arrays_are_read_only(plan: Scenario) -> None:
    arrays = [*plan.levers.values(), plan.core_sector_focus, plan.pilot_zones]
    assert not any(array.flags.writeable for array in arrays)


def test_record_mapping_is_read_only(plan: Scenario) -> None:
    with pytest.raises(TypeError, match="does not support item assignment"):
        plan.levers["degree_places"] = np.zeros(60)  # type: ignore[index]


def test_record_field_is_frozen(plan: Scenario) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match="seed"):
        plan.seed = 1  # type: ignore[misc]


def test_record_arrays_are_float64_of_the_declared_shapes(plan: Scenario) -> None:
    assert {array.shape for array in plan.levers.values()} == {(60,)}
    assert (plan.core_sector_focus.shape, plan.pilot_zones.shape) == ((60, 6), (60, 31))
    assert {array.dtype for array in (*plan.levers.values(), plan.core_sector_focus, plan.pilot_zones)} == {
        np.dtype(np.float64)
    }


def test_record_pickled_is_the_same_and_still_locked(plan: Scenario) -> None:
    copy = pickle.loads(pickle.dumps(plan))
    assert copy.digest == plan.digest
    assert np.array_equal(copy.levers["degree_places"], plan.levers["degree_places"])
    assert not copy.levers["degree_places"].flags.writeable
    assert not copy.pilot_zones.flags.writeable


@pytest.mark.parametrize("lever", ["core_sector_focus", "pilot_zones", "degree_places"])
def test_record_path_gives_any_lever(plan: Scenario, lever: str) -> None:
    expected = plan.levers.get(lever)
    assert plan.path(lever) is (getattr(plan, lever) if expected is None else expected)


def test_record_path_of_unknown_lever_is_refused(plan: Scenario) -> None:
    with pytest.raises(KeyError, match="degree_place"):
        plan.path("degree_place")


@pytest.mark.parametrize(
    "given",
    [
        {"measurement": "caict"},
        {"horizon": {"start": "2016Q1", "end": "2030Q4"}},
        {"horizon": {"end": 2030}},
        {"shocks": []},
        {"targets": []},
        {"targets": [{"indicator": "core_scale", "year": 2030, "above": 1000.0, "unit": "bn CNY"},
                     {"indicator": "related_scale", "year": 2030, "above": 10000},
                     {"indicator": "related_scale", "year": 2020, "above": 1000},
                     {"indicator": "core_scale", "year": 2020, "above": 150},
                     {"indicator": "core_scale", "year": 2025, "above": 400},
                     {"indicator": "related_scale", "year": 2025, "above": 5000}]},
        {"evaluation": {"levers": []}},
        {"uncertainty": "posterior"},
        {"runs": {"replications": 200, "seed": 2017}},
        {"levers": {}},
        {"parameters": {}},
        {"levers": {"degree_places": {"scale": 1}, "incubators": {"add": 0, "from": 2020}}},
        {"shocks": [{"kind": "demand_slump", "from": 2020, "severity": 0}]},
        {"title": "Another name", "question": "Another question"},
    ],
)  # fmt: skip
def test_digest_of_restated_default_is_unchanged(plan: Scenario, given: dict[str, Any]) -> None:
    assert load({"extends": "plan", **given}).digest == plan.digest


@pytest.mark.parametrize("lever", LEVERS)
def test_digest_of_restated_lever_is_unchanged(plan: Scenario, lever: str) -> None:
    written = YAML(typ="safe").load(plan.to_yaml())["levers"][lever]
    assert load({"extends": "plan", "levers": {lever: written}}).digest == plan.digest


@pytest.mark.parametrize("lever", [name for name in LEVERS if name not in {"core_sector_focus", "pilot_zones"}])
def test_digest_of_lever_moved_in_the_last_quarter_changes(plan: Scenario, lever: str) -> None:
    low, high = load_catalogue().lever(lever).range
    other = low if plan.levers[lever][-1] != low else high
    moved = load({"levers": {lever: {"2030Q4": other}}})
    assert moved.digest != plan.digest


@pytest.mark.parametrize(
    "given",
    [
        {"measurement": "narrow"},
        {"horizon": {"end": "2030Q3"}},
        {"shocks": [{"kind": "demand_slump", "from": 2020, "severity": 0.1}]},
        {"targets": [{"indicator": "core_scale", "year": 2030, "above": 1000}]},
        {"evaluation": {"levers": ["incubators"]}},
        {"uncertainty": "none"},
        {"runs": {"replications": 201}},
        {"runs": {"seed": 2018}},
        {"parameters": {"wage_speed": 0.5}},
        {"levers": {"core_sector_focus": {"2030Q4": {"robots": 1}}}},
        {"levers": {"pilot_zones": {"2030Q4": ["CN-XZ"]}}},
    ],
)
def test_digest_of_anything_that_moves_numbers_changes(plan: Scenario, given: dict[str, Any]) -> None:
    assert load({"extends": "plan", **given}).digest != plan.digest


def test_digest_of_kinds_of_shock_differs() -> None:
    digests = {
        load({"shocks": [{"kind": kind, "from": 2020, "severity": 0.5}]}).digest
        for kind in (
            "export_controls",
            "generative_wave",
            "demand_slump",
            "venture_winter",
            "safety_scandal",
            "compute_price_break",
        )
    }
    assert len(digests) == 6
