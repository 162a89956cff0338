"""The panel of a result: the ensemble's own runs, agent by agent; kept whole, read back as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim import ensemble, panel
from sim.errors import ResultError, UserError
from sim.outcomes import RECORDED
from sim.panel import FIRM_FLOWS, FIRM_STOCKS, follow
from sim.plan.names import APPLICATIONS, CORE_SECTORS, REGIONS
from sim.results import Result, add_panel, load_result, run
from sim.results.folder import add_files, damage, read_manifest
from sim.results.panel import labelled
from sim.scenario import Scenario, load
from sim.state import TABLES

RUNS = 3
SPEC = {"schema": 1, "extends": "implemented", "horizon": {"end": "2018Q2"}}
FLOAT32 = 3e-6  # what rounding single firms to seven digits may move a sum by


@pytest.fixture(scope="module")
def followed() -> Result:
    """Return three runs, two of them followed; not to be changed."""
    return run(SPEC, replications=RUNS, seed=9, agent_panel=True, panel_runs=2)


@pytest.fixture(scope="module")
def saved(followed: Result, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return its folder; not to be changed."""
    return followed.save(tmp_path_factory.mktemp("panel") / "mine").path


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load({"extends": "implemented", "horizon": {"end": "2017Q2"}})


def by_quarter(result: Result, name: str, where: np.ndarray | bool = True) -> np.ndarray:
    """Return the sum of a firm variable by run and quarter, float64[runs, quarters]."""
    return count(result, np.where(where, result.panel.firms[name].values.astype(np.float64), 0.0))


def count(result: Result, where: np.ndarray) -> np.ndarray:
    """Return how many firms are so, by run and quarter, float64[runs, quarters]."""
    quarters = len(result.panel.quarters)
    place = result.panel.firms["run"].values.astype(int) * quarters + result.panel.firms["quarter"].values
    return np.bincount(place, where, result.panel.runs * quarters).reshape(result.panel.runs, quarters)


def series(result: Result, name: str) -> np.ndarray:
    return result.series[f"q_{name}"].values[: result.panel.runs]


def test_runs_followed_are_the_ensembles_bit_for_bit(scenario: Scenario) -> None:
    records = ensemble.simulate(scenario, 3, replicates=1)
    assert follow(scenario, 2, replicates=1).quarters.tobytes() == records.quarters[:2].tobytes()


def test_runs_followed_grow_the_firm_table_as_the_ensemble_does(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = follow(scenario, 1, replicates=1)
    monkeypatch.setattr(panel, "FIRM_ROWS", 800)
    assert follow(scenario, 1, replicates=1).quarters.tobytes() == plain.quarters.tobytes()


@pytest.mark.parametrize("account", [0, 1, 2])
def test_sales_of_firms_add_up_to_those_of_the_sectors_and_regions(followed: Result, account: int) -> None:
    name = ("technology_sales", "bundled_sales", "line_sales")[account]
    for dim, names in (("sector", CORE_SECTORS), ("region", REGIONS)):
        recorded = series(followed, f"sales_by_{dim}")[..., account]
        for place in range(len(names)):
            total = 1e-3 * by_quarter(followed, name, followed.panel.firms[dim].values == place)
            np.testing.assert_allclose(total, recorded[..., place], rtol=FLOAT32, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("rd_real", "rd_spending"), ("private_equity", "venture_investment"), ("guidance_equity", "guidance_invested")],
)
def test_money_of_firms_adds_up_to_the_recorded_outcome(followed: Result, name: str, outcome: str) -> None:
    np.testing.assert_allclose(1e-3 * by_quarter(followed, name), series(followed, outcome), rtol=FLOAT32)


def test_public_sales_of_firms_add_up_to_the_recorded_outcome(followed: Result) -> None:
    for account, name in enumerate(("public_technology", "public_bundled")):
        recorded = series(followed, "public_sales")[..., account]
        np.testing.assert_allclose(1e-3 * by_quarter(followed, name), recorded, rtol=FLOAT32)


def test_counts_of_firms_rounds_and_closings_are_those_recorded(followed: Result) -> None:
    firms = followed.panel.firms
    # A firm founded in a quarter trades from the next; one that closes in it still traded.
    np.testing.assert_array_equal(count(followed, firms["id"].values >= 0)[:, 1:], series(followed, "firms")[:, :-1])
    np.testing.assert_array_equal(count(followed, firms["closes"].values > 0), series(followed, "firm_exits"))
    np.testing.assert_array_equal(
        count(followed, firms["private_equity"].values > 0), series(followed, "venture_deals")
    )


def test_firm_that_closes_is_not_seen_again_and_its_last_quarter_is_whole(followed: Result) -> None:
    firms = followed.panel.firm_table("id", "closes", "technology_sales")
    closed = firms[firms["closes"] != "stays"]
    assert len(closed) > 10
    for _, last in closed.iterrows():
        same = firms[(firms["run"] == last["run"]) & (firms["id"] == last["id"])]
        assert same["quarter"].cat.codes.max() == list(firms["quarter"].cat.categories).index(last["quarter"])
    assert (closed["technology_sales"] > 0.0).any()


def test_adoption_of_users_is_that_recorded_a_quarter_later(followed: Result) -> None:
    users = followed.panel.adopters
    output = users["output_2016"].values.astype(np.float64)
    recorded = series(followed, "adoption_share")
    for application in range(len(APPLICATIONS)):
        mine = users["application"].values == application
        share = (users["adopted"].values[:, :, mine] * output[mine]).sum(axis=2) / output[mine].sum()
        # Recorded at the beginning of the quarter, as users see each other.
        np.testing.assert_allclose(share[:, :-1], recorded[:, 1:, application], rtol=FLOAT32)


def test_date_of_adoption_agrees_with_the_path(followed: Result) -> None:
    users = followed.panel.adopters
    adopted, since = users["adopted"].values, users["adopted_at"].values
    assert ((since == -1) == ~adopted[:, -1]).all()
    later = since > 0
    first = adopted.argmax(axis=1)
    assert (first[later] == since[later]).all()
    assert later.any()


def test_money_raised_by_guidance_funds_is_that_of_the_ledger(followed: Result) -> None:
    funds = followed.panel.funds
    raised = 1e-3 * funds["public_capital"].values[:, :8].astype(np.float64).sum(axis=2).reshape(2, 2, 4).sum(axis=2)
    ledger = followed.series["ledger"].sel(lever="guidance_fund_commitments", ledger_account="disbursed")
    np.testing.assert_allclose(raised, ledger.values[:2], rtol=FLOAT32)


def test_every_variable_has_unit_meaning_and_kind_of_its_declaration(followed: Result) -> None:
    declared = {field.name: field for field in (*TABLES["firm_flows"], *TABLES["firms"])}
    assert {*FIRM_STOCKS, *FIRM_FLOWS} == set(map(str, followed.panel.firms.data_vars))
    for name in (*FIRM_STOCKS, *FIRM_FLOWS):
        told = followed.panel.firms[name].attrs
        field = declared[name]
        assert (told["units"], told["long_name"], told["kind"]) == (field.unit, field.meaning, field.kind)
    for group in (followed.panel.adopters, followed.panel.funds):
        assert all({"units", "long_name", "kind"} <= set(group[name].attrs) for name in group.data_vars)


def test_numbers_that_stand_for_names_tell_them(followed: Result) -> None:
    told = followed.panel.firms["region"].attrs
    assert told["flag_meanings"].split() == list(REGIONS)
    assert told["flag_values"].tolist() == list(range(31))
    table = followed.panel.firm_table("region", "sector", "staff")
    assert set(table["sector"].cat.categories) == set(CORE_SECTORS)
    assert table["region"].iloc[0] == REGIONS[int(followed.panel.firms["region"].values[0])]
    assert [name for name in table if name.startswith("staff")] == ["staff_senior", "staff_engineer", "staff_ai_plus_x"]


def test_panel_saved_and_loaded_is_the_same(followed: Result, saved: Path) -> None:
    loaded = load_result(saved)
    assert loaded.manifest.panel_runs == loaded.panel.runs == 2
    for name in ("firms", "adopters", "funds"):
        assert getattr(loaded.panel, name).identical(getattr(followed.panel, name)), name
    assert loaded.series.identical(followed.series)


def test_panel_is_in_the_checksums_and_its_files_are_the_same_bytes_again(
    followed: Result, saved: Path, tmp_path: Path
) -> None:
    again = followed.save(tmp_path / "again").path
    files = read_manifest(saved).files
    assert any(name.startswith("panel.zarr/firms/") for name in files)
    assert read_manifest(again).files == files


def test_panel_damaged_is_noticed_when_loaded(followed: Result, tmp_path: Path) -> None:
    place = followed.save(tmp_path / "mine").path
    chunk = next(path for path in (place / "panel.zarr" / "firms" / "cash").iterdir() if path.name[0].isdigit())
    chunk.write_bytes(chunk.read_bytes()[:-1] + b"x")
    with pytest.raises(ResultError, match=r"panel\.zarr/firms/cash/\d+ was changed"):
        load_result(place)


def test_result_without_panel_saved_over_one_with_it_leaves_it(followed: Result, saved: Path) -> None:
    bare = run(SPEC, replications=RUNS, seed=9)
    assert bare.panel is None
    assert not bare.save(saved).is_new


def test_result_with_panel_over_one_without_asks_for_force(followed: Result, tmp_path: Path) -> None:
    run(SPEC, replications=RUNS, seed=9).save(tmp_path / "mine")
    with pytest.raises(ResultError, match="a panel of 0 runs, not of 2; --force"):
        followed.save(tmp_path / "mine")


def test_panel_added_to_a_loaded_result_is_the_same(followed: Result, saved: Path) -> None:
    added = add_panel(load_result(saved), 2)
    assert added.panel.firms.identical(followed.panel.firms)
    assert added.series.identical(followed.series)


def test_panel_of_more_runs_than_there_are_holds_all(followed: Result) -> None:
    assert add_panel(followed, 50).panel.runs == RUNS


@pytest.mark.parametrize("runs", [0, -1])
def test_panel_of_no_runs_is_refused(followed: Result, runs: int) -> None:
    with pytest.raises(UserError, match="ask for one run or more"):
        add_panel(followed, runs)


def test_panel_of_runs_that_differ_from_the_result_is_refused(make_result: Callable[..., Result]) -> None:
    # Its records were made up: no simulation has ever given them.
    made_up = make_result({"schema": 1, "extends": "plan", "horizon": {"end": "2016Q4"}})
    assert {f"q_{outcome.name}" for outcome in RECORDED} <= set(map(str, made_up.series))
    with pytest.raises(ResultError, match="is not that of the result.*--force"):
        add_panel(made_up, 1)


def test_panel_tells_its_size_in_one_line(followed: Result) -> None:
    assert repr(followed.panel).startswith("Panel(2 runs: ")
    assert "7,440 adopters, 60 funds" in repr(followed.panel)


def test_panel_of_a_run_is_labelled_with_the_scenario(scenario: Scenario) -> None:
    made = labelled(follow(scenario, 1, replicates=1), scenario)
    assert made.quarters == scenario.quarters
    assert made.firms.attrs["digest"] == scenario.digest
    assert made.adopters.sizes["adopter"] == 1860


def write_one(name: str, text: str = "a\n") -> Callable[[Path], None]:
    def write(place: Path) -> None:
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write


def test_files_added_to_a_result_are_listed_and_it_still_loads(result: Result, tmp_path: Path) -> None:
    place = result.save(tmp_path / "mine").path
    before = read_manifest(place)
    assert add_files(place, write_one("figures/new.svg")) == ("figures/new.svg",)
    after = read_manifest(place)
    assert set(after.files) - set(before.files) == {"figures/new.svg"}
    assert damage(place, after) == ""
    assert load_result(place).manifest.run_digest == result.manifest.run_digest
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine"]


def test_files_added_again_replace_the_earlier_ones(result: Result, tmp_path: Path) -> None:
    place = result.save(tmp_path / "mine").path
    add_files(place, write_one("facts.csv", "old\n"))
    add_files(place, write_one("facts.csv", "new\n"))
    assert (place / "facts.csv").read_text(encoding="utf-8") == "new\n"
    assert damage(place, read_manifest(place)) == ""


@pytest.mark.parametrize("name", ["series.nc", "manifest.json", "panel.zarr/firms/.zarray"])
def test_files_of_the_result_itself_cannot_be_replaced(result: Result, tmp_path: Path, name: str) -> None:
    place = result.save(tmp_path / "mine").path
    with pytest.raises(ResultError, match="is part of the result"):
        add_files(place, write_one(name))
    assert load_result(place).manifest.run_digest == result.manifest.run_digest


def test_adding_files_that_fails_leaves_the_result_as_it_was(result: Result, tmp_path: Path) -> None:
    place = result.save(tmp_path / "mine").path
    before = {path.name: path.read_bytes() for path in place.iterdir()}

    def fail(made: Path) -> None:
        (made / "half.csv").touch()
        raise OSError(28, "No space left on device")

    with pytest.raises(ResultError, match="No space left"):
        add_files(place, fail)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_adding_files_interrupted_while_they_are_moved_leaves_a_result_that_loads(
    result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = result.save(tmp_path / "mine").path
    add_files(place, write_one("facts.csv", "old\n"))
    replace = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        moved = replace(self, target)
        if self.name == "facts.csv":
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        add_files(place, write_one("facts.csv", "new\n"))
    assert load_result(place).manifest.run_digest == result.manifest.run_digest


def test_adding_files_to_what_is_no_result_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultError, match="has no readable manifest"):
        add_files(tmp_path, write_one("a.csv"))
