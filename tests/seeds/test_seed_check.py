"""Each way a seed file can be wrong is found, and named with file and column."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sim.errors import SeedError
from sim.seeds import check_all, digest, find_problems, root
from sim.seeds.files import sha256_of, sidecar_path

REGIONS = "population/regions.csv"
LINKS = "population/sector_to_application.csv"
FIELD_LINKS = "population/field_to_sector.csv"
HISTORY = "history/history.csv"
PAGE = "http://wjzs.org/NewsDetail.aspx?id=66191"


@pytest.fixture
def seeds_copy(tmp_path: Path) -> Path:
    """Return a copy of the project's seeds that a test may spoil."""
    return Path(shutil.copytree(root(), tmp_path / "seeds"))


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first `old` in the file; fails when there is none."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def reseal(path: Path) -> None:
    """Write the file's present checksum into its sidecar."""
    beside = sidecar_path(path)
    text = re.sub(r"(?m)^sha256:.*$", f"sha256: {sha256_of(path)}", beside.read_text(encoding="utf-8"))
    beside.write_text(text, encoding="utf-8")


def test_project_seeds_checked_name_every_data_file() -> None:
    names = check_all()
    assert REGIONS in names
    assert "plan/levers.yaml" in names
    assert len(names) == len(set(names))
    assert not any(name.endswith((".meta.yaml", ".md")) for name in names)


# what is changed, the file and column that must be named, and what must be said
CELLS = {
    "out_of_range": (REGIONS, ",39.92,", ",89.92,", "capital_lat", "is out of range"),
    "not_a_number": (REGIONS, ",39.92,", ",north,", "capital_lat", "is not of its type"),
    "not_finite": (REGIONS, ",39.92,", ",nan,", "capital_lat", "is not finite"),
    "required_empty": (REGIONS, ",39.92,", ",,", "capital_lat", "is empty"),
    "not_an_integer": (REGIONS, ",253337,", ",253337.5,", "rd_personnel_fte_2016", "is not of its type"),
    "not_a_category": (REGIONS, ",east,Beijing", ",south,Beijing", "east_central_west", "is no category"),
    "duplicate_key": (REGIONS, "CN-TJ,", "CN-BJ,", "code", "stands already in row 2"),
    "unknown_source": ("population/macro.csv", ",nbs_wages_2016,", ",nbs_wages_1916,", "source_key", "sources.key"),
    "unknown_page": (HISTORY, PAGE, "http://a.b", "url", "sources.url"),
    "unknown_sector": (LINKS, "manufacturing,", "mining,", "application", "applications.id"),
    "rows_not_one": (LINKS, ",0.35,0.35,", ",0.35,0.45,", "software_hardware to iot_devices", "another sum"),
    "column_not_one": (FIELD_LINKS, "big_data,0.14,", "big_data,0.24,", "software_hardware", "another sum"),
    "not_boolean": ("priors/priors.csv", ",true,prior,", ",yes,prior,", "verified", "is not of its type"),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS, ids=str)
def test_cell_spoiled_is_reported_with_file_and_column(case: str, seeds_copy: Path) -> None:
    file, old, new, column, message = CELLS[case]
    edit(seeds_copy / file, old, new)
    reseal(seeds_copy / file)
    problems = [problem for problem in find_problems(seeds_copy) if problem.key == column]
    assert [problem.file for problem in problems] == [Path(file).name]
    assert message in str(problems[0])


def test_cell_out_of_range_names_line_value_and_range(seeds_copy: Path) -> None:
    edit(seeds_copy / REGIONS, ",39.92,", ",89.92,")
    reseal(seeds_copy / REGIONS)
    (problem,) = find_problems(seeds_copy)
    assert (problem.line, problem.value, problem.allowed) == (2, "89.92", "[18, 54] degree north")


def test_total_off_is_reported_with_both_sums(seeds_copy: Path) -> None:
    edit(seeds_copy / REGIONS, ",640.677,", ",641.677,")
    reseal(seeds_copy / REGIONS)
    (problem,) = find_problems(seeds_copy)
    assert problem.key == "fiscal_total_2016"
    assert "16035.14 within 0.01" in problem.allowed


def test_checksum_stale_is_the_only_problem(seeds_copy: Path) -> None:
    edit(seeds_copy / REGIONS, ",Hohhot,", ",Huhehaote,")
    (problem,) = find_problems(seeds_copy)
    assert (problem.file, problem.key) == ("regions.csv", "sha256")
    assert problem.allowed == sha256_of(seeds_copy / REGIONS)


def test_column_missing_is_reported(seeds_copy: Path) -> None:
    path = seeds_copy / "population/size_classes.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("\n".join(",".join(row[:2] + row[3:]) for row in rows) + "\n", encoding="utf-8")
    reseal(path)
    assert ("size_classes.csv", "mean_employees") in {(p.file, p.key) for p in find_problems(seeds_copy)}


def test_column_undeclared_is_reported(seeds_copy: Path) -> None:
    edit(seeds_copy / REGIONS, "capital_lat,", "capital_latitude,")
    reseal(seeds_copy / REGIONS)
    assert {p.key for p in find_problems(seeds_copy)} == {"capital_lat", "capital_latitude"}


def test_sidecar_missing_is_reported(seeds_copy: Path) -> None:
    sidecar_path(seeds_copy / REGIONS).unlink()
    assert "has no sidecar" in str(next(p for p in find_problems(seeds_copy) if p.file == "regions.csv"))


def test_sidecar_without_file_is_reported(seeds_copy: Path) -> None:
    (seeds_copy / "firms/firms.csv").unlink()
    (problem,) = find_problems(seeds_copy)
    assert problem.file == "firms.csv.meta.yaml"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("min: 18", "mim: 18", "unknown word mim. Did you mean min?"),
        ("unit: degree north, ", "", "capital_lat: lacks unit"),
        ("title:", "titel:", "unknown word titel"),
        ("type: number", "type: real", "type is one of"),
        ("sources: [", "source_list: [", "unknown word source_list"),
    ],
)
def test_sidecar_spoiled_is_refused_in_its_own_words(old: str, new: str, message: str, seeds_copy: Path) -> None:
    edit(sidecar_path(seeds_copy / REGIONS), old, new)
    found = [str(problem) for problem in find_problems(seeds_copy) if problem.file == "regions.csv"]
    assert message in found[0]


def test_sidecar_source_unknown_is_reported(seeds_copy: Path) -> None:
    edit(sidecar_path(seeds_copy / REGIONS), "cingai_2019,", "cingai_1919,")
    (problem,) = find_problems(seeds_copy)
    assert (problem.file, problem.key, problem.value) == ("regions.csv.meta.yaml", "sources", "cingai_1919")


def test_document_source_unknown_names_the_lever(seeds_copy: Path) -> None:
    path = seeds_copy / "plan/levers.yaml"
    edit(path, "[azoulay_et_al_2017, adams_1990]", "[azoulay_et_al_2017, adam_1990]")
    reseal(path)
    (problem,) = find_problems(seeds_copy)
    assert problem.key == "levers.basic_research_funding.sources"
    assert problem.hint == "Did you mean adams_1990?"


def test_document_broken_is_reported(seeds_copy: Path) -> None:
    path = seeds_copy / "plan/targets.yaml"
    edit(path, "targets:", "targets: [")
    reseal(path)
    assert "not readable as YAML" in str(next(p for p in find_problems(seeds_copy) if p.file == "targets.yaml"))


def test_row_with_too_few_cells_is_reported(seeds_copy: Path) -> None:
    edit(seeds_copy / REGIONS, "CN-BJ,Beijing,", "CN-BJ,")
    reseal(seeds_copy / REGIONS)
    assert "row 2 has" in str(next(p for p in find_problems(seeds_copy) if p.file == "regions.csv"))


def test_check_all_reports_every_problem_of_a_file_at_once(seeds_copy: Path) -> None:
    for old, new in ((",39.92,", ",89.92,"), (",116.46,", ",16.46,"), (",east,Beijing", ",south,Beijing")):
        edit(seeds_copy / REGIONS, old, new)
    reseal(seeds_copy / REGIONS)
    with pytest.raises(SeedError, match=r"east_central_west.*\n.*capital_lat .*\n.*capital_lon ") as caught:
        check_all(seeds_copy)
    assert len(str(caught.value).splitlines()) == 3


def test_digest_changes_with_a_number_and_not_with_a_sidecar(seeds_copy: Path) -> None:
    before = digest(seeds_copy)
    assert before == digest()
    beside = seeds_copy / "population/regions.csv.meta.yaml"
    beside.write_text(beside.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert digest(seeds_copy) == before
    table = seeds_copy / "population/regions.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2566.913", "2566.914"), encoding="utf-8")
    assert digest(seeds_copy) != before


def test_digest_changes_when_a_file_is_renamed(seeds_copy: Path) -> None:
    before = digest(seeds_copy)
    (seeds_copy / "firms/firms.csv").rename(seeds_copy / "firms/firm.csv")
    assert digest(seeds_copy) != before
