"""What the README tells a newcomer works as printed: its Python, its scenario, its counts, its table."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

import sim
from sim.plan import load_catalogue
from sim.scenario import load
from sim.state.finance import Flow

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the README's code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", blocks("python"), ids=["run and compare", "mesa"])
def test_python_of_the_readme_runs_and_prints(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code.replace("replications=20", "replications=2"), "README.md", "exec"), {"__name__": "readme"})
    assert len(capsys.readouterr().out.splitlines()) > 5


def test_scenario_of_the_readme_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(blocks("yaml")[0], encoding="utf-8")
    scenario = load(path)
    assert scenario.title.zh == "人才优先"
    assert scenario.shocks[0].kind == "export_controls"


def test_first_screen_of_the_readme_holds_question_commands_targets_and_figure() -> None:
    head = README[: README.index("## ")]
    assert "make run" in head
    assert "make test" in head
    assert "?" in head[:400]
    for amount in ("150", "400", "1,000", "5,000", "10,000"):
        assert f"> {amount} |" in head
    image = re.search(r"!\[.*?\]\((.*?)\)", head)
    assert image is not None
    assert (ROOT / image[1]).stat().st_size > 20_000


def test_links_of_the_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert link.startswith("http") or (page.parent / link).exists(), f"{page.name}: {link}"


def test_counts_the_readme_gives_are_those_of_the_model() -> None:
    levers = load_catalogue().levers
    assert f"All {len(levers)} levers act" in README
    assert f"{len(levers)} policy levers" in README
    assert f"{len(Flow)} kinds of payment" in README
    model = sim.RoadmapModel("plan", seed=1)
    assert f"{len(model.state.adopters):,} groups of user organisations" in README
    assert f"{len(model.state.pools)} talent pools" in README
    assert f"{len(model.state.funds)} funds" in README
    assert f"{int(model.state.nations[0].institute_rows)}\nresearch institutes" in README


@pytest.mark.nightly
def test_table_of_the_readme_is_what_a_run_gives() -> None:
    page = runpy.run_path(str(ROOT / "docs" / "readme.py"))
    assert page["between"](README) == page["table"](sim.run("plan"))
