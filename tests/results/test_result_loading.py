"""Loading: equal bits, the version looked at first, every damaged file named."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim.errors import ResultError
from sim.results import Result, load_result
from sim.results.manifest import Manifest


@pytest.fixture
def saved(result: Result, tmp_path: Path) -> Path:
    """Return a fresh folder of the result."""
    return result.save(tmp_path / "mine").path


def rewrite(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest of a folder as somebody with an editor would."""
    path = folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_loaded_result_has_the_same_bits(result: Result, saved: Path) -> None:
    loaded = load_result(saved)
    xr.testing.assert_identical(loaded.series, result.series)
    for name, variable in result.series.variables.items():
        assert loaded.series[name].dtype == variable.dtype
        assert loaded.series[name].values.tobytes() == variable.values.tobytes()
    pd.testing.assert_frame_equal(loaded.targets, result.targets, check_exact=True)
    pd.testing.assert_frame_equal(loaded.goals, result.goals, check_exact=True)
    pd.testing.assert_frame_equal(loaded.ledger, result.ledger, check_exact=True)
    pd.testing.assert_frame_equal(loaded.parameters, result.parameters, check_exact=True)


def test_loaded_result_knows_its_scenario_and_manifest(result: Result, saved: Path) -> None:
    loaded = load_result(str(saved))
    assert loaded.scenario.name == "custom"
    assert loaded.scenario.digest == result.scenario.digest
    assert loaded.scenario.title == result.scenario.title
    assert loaded.scenario.layers == result.scenario.layers
    assert loaded.manifest.model_copy(update={"files": {}}) == result.manifest
    assert repr(loaded) == repr(result)


def test_loaded_result_of_a_posterior_keeps_its_parameter_interval(result: Result, tmp_path: Path) -> None:
    targets = result.targets.assign(prob_parameter_low=0.25, prob_parameter_high=1.0 / 3.0)
    replace(result, targets=targets).save(tmp_path / "mine")
    pd.testing.assert_frame_equal(load_result(tmp_path / "mine").targets, targets, check_exact=True)


def test_loaded_result_saves_as_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    load_result(saved).save(tmp_path / "again")
    assert {path.name: path.read_bytes() for path in saved.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
    }


def test_result_below_a_year_survives_the_disk(make_result: Callable[..., Result], tmp_path: Path) -> None:
    short = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2016Q2"}})
    short.save(tmp_path / "short")
    loaded = load_result(tmp_path / "short")
    xr.testing.assert_identical(loaded.series, short.series)
    pd.testing.assert_frame_equal(loaded.ledger, short.ledger)
    pd.testing.assert_frame_equal(loaded.targets, short.targets)


@pytest.mark.parametrize(
    "name", ["series.nc", "targets.csv", "goals.csv", "ledger.csv", "parameters.csv", "scenario.yaml"]
)
def test_changed_file_is_found_and_named(saved: Path, name: str) -> None:
    data = bytearray((saved / name).read_bytes())
    data[len(data) // 2] ^= 1
    (saved / name).write_bytes(data)
    with pytest.raises(ResultError, match=f"mine: {name} was changed after it was written"):
        load_result(saved)


def test_every_damaged_file_is_named_at_once(saved: Path) -> None:
    (saved / "ledger.csv").unlink()
    (saved / "targets.csv").write_text("", encoding="utf-8")
    with pytest.raises(ResultError, match="ledger.csv is missing; targets.csv was changed"):
        load_result(saved)


def test_manifest_that_leaves_a_file_out_is_found(saved: Path) -> None:
    rewrite(saved, lambda content: content["files"].pop("ledger.csv"))
    with pytest.raises(ResultError, match="the manifest does not list ledger.csv"):
        load_result(saved)


def test_folder_in_place_of_a_file_is_found(saved: Path) -> None:
    (saved / "ledger.csv").unlink()
    (saved / "ledger.csv").mkdir()
    with pytest.raises(ResultError, match="ledger.csv cannot be read"):
        load_result(saved)


def test_file_that_the_manifest_does_not_know_is_no_damage(saved: Path, result: Result) -> None:
    (saved / "report.html").write_text("<html></html>", encoding="utf-8")
    assert load_result(saved).manifest.digest == result.manifest.digest


def test_newer_schema_is_refused_before_anything_else(saved: Path) -> None:
    (saved / "series.nc").unlink()
    rewrite(saved, lambda content: content.update({"schema": 3, "unheard_of": True}))
    with pytest.raises(ResultError, match="manifest.json: has result schema 3; this version reads schema 2. Install"):
        load_result(saved)


@pytest.mark.parametrize("schema", [1, 0, -1])
def test_schema_older_or_that_never_was_is_refused(saved: Path, schema: int) -> None:
    rewrite(saved, lambda content: content.update({"schema": schema}))
    with pytest.raises(ResultError, match=f"has result schema {schema}; this version reads schema 2. Run it again"):
        load_result(saved)


@pytest.mark.parametrize("text", ["{}", "[1, 2]", '{"schema": "1"}', '{"schema": true}'])
def test_manifest_without_a_version_is_refused(saved: Path, text: str) -> None:
    (saved / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ResultError, match="names no schema version"):
        load_result(saved)


def test_manifest_that_is_cut_off_is_refused(saved: Path) -> None:
    path = saved / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8")[:500], encoding="utf-8")
    with pytest.raises(ResultError, match="manifest.json: is damaged"):
        load_result(saved)


def test_manifest_with_a_wrong_entry_names_it(saved: Path) -> None:
    rewrite(saved, lambda content: content["versions"].pop("data"))
    with pytest.raises(ResultError, match="versions.data: Field required; the manifest is damaged"):
        load_result(saved)


def test_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultError, match="has no readable manifest.json"):
        load_result(tmp_path)


def test_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultError, match="nowhere: is not a folder"):
        load_result(tmp_path / "nowhere")


def test_scenario_that_reads_differently_now_is_refused(saved: Path) -> None:
    # As if the catalogue had changed: the file is as it was written, its meaning is not.
    rewrite(saved, lambda content: content.update({"digest": "0" * 64}))
    with pytest.raises(ResultError, match="means something else under this version"):
        load_result(saved)


def test_manifest_keeps_machine_and_time_apart(result: Result) -> None:
    deterministic = result.manifest.deterministic()
    assert set(Manifest.model_fields) - {"schema_version", "environment"} == set(deterministic) - {"schema"}
    assert deterministic["schema"] == 2
    environment = result.manifest.environment
    assert environment.duration >= 0.0
    assert environment.python == ".".join(map(str, sys.version_info[:3]))
    assert environment.numpy == np.__version__


def test_manifest_names_no_person_and_no_machine(saved: Path) -> None:
    import getpass
    import socket

    words = json.dumps(json.loads((saved / "manifest.json").read_text(encoding="utf-8"))["environment"]).split('"')
    assert not {getpass.getuser(), socket.gethostname(), str(Path.home()), str(Path.cwd())} & set(words)


def test_manifest_has_versions_residuals_and_checksums(result: Result, saved: Path) -> None:
    from sim import _jit, seeds

    content = json.loads((saved / "manifest.json").read_text(encoding="utf-8"))
    assert content["versions"]["model"] == _jit.source_hash()
    assert content["versions"]["data"] == seeds.digest()
    assert content["residual_max"] == result.series["q_residual"].max().item()
    assert content["residual_heads_max"] == 1e-14
    assert all(len(checksum) == 64 for checksum in content["files"].values())


def test_manifest_holds_the_resolved_scenario(result: Result) -> None:
    resolved = result.manifest.scenario.resolved
    assert resolved["horizon"] == {"start": "2016Q1", "end": "2020Q4"}
    assert resolved["runs"] == {"replications": 6, "seed": 7}
    assert resolved["levers"]["core_sector_grants"]["2016"] == result.scenario.levers["core_sector_grants"][0]
    assert [target["above"] for target in resolved["targets"]] == [150, 1000]


def test_run_digest_changes_with_the_code_that_shapes_numbers(result: Result) -> None:
    from sim.results.provenance import run_digest

    versions = result.manifest.versions
    same = run_digest(result.scenario.digest, versions)
    assert result.manifest.run_digest == same
    for change in ({"code": "1"}, {"data": "1"}):
        assert run_digest(result.scenario.digest, versions.model_copy(update=change)) != same
    assert run_digest("1", versions) != same


def test_reading_a_result_loads_no_compiled_code(saved: Path) -> None:
    code = (
        "import sys, sim\n"
        f"result = sim.load_result({str(saved)!r})\n"
        "print(sorted({'numba', 'mesa', 'matplotlib'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
