"""Writes the README's table of targets and its figure from a run of the plan: `make readme`, about a minute."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg

from sim.cli.target_table import year_cell
from sim.plots import core_by_definition
from sim.plots.labels import percent
from sim.plots.style import style
from sim.results import Result, run

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- targets:begin -->", "<!-- targets:end -->"
DEFINITIONS = ("narrow", "iresearch", "caict")
CONSTRUCTIONS = ("value_added_gain", "ai_weighted_output", "enabled_output")


def table(result: Result) -> str:
    """Return the targets as Markdown: one row a target, one column a definition or construction."""
    rows = result.targets.sort_values(["target", "year"], kind="stable").to_dict("records")
    text = f"`scenarios/plan.yaml`, {result.manifest.replications} runs, seed {result.manifest.seed}: part of the runs "
    text += "above the target in its year, median (5-95%) in bn CNY, year in which the median run passes it.\n"
    for target, names in (("core_scale", DEFINITIONS), ("related_scale", CONSTRUCTIONS)):
        text += f"\n| {target.replace('_', ' ')}, bn CNY | {' | '.join(names)} |\n|---|{'---|' * len(names)}\n"
        of_target = [row for row in rows if row["target"] == target]
        for (year, threshold), members in groupby(of_target, key=lambda row: (row["year"], row["threshold"])):
            cells = {row["definition"]: _cell(row) for row in members}
            text += f"| {year}: > {threshold:,.10g} | {' | '.join(cells[name] for name in names)} |\n"
    return text


def _cell(row: dict) -> str:
    passed = year_cell(row["first_year_median"])
    first = f", {passed}" if passed != "-" else ", not by 2030"
    return f"**{percent(row['probability'])}**; {row['median']:,.0f} ({row['p05']:,.0f}-{row['p95']:,.0f}){first}"


def between(text: str) -> str:
    """Return what stands between the two marks of the README."""
    return text.split(BEGIN)[1].split(END)[0].strip() + "\n"


def main() -> None:
    """Run the plan and write both."""
    result = run("plan")
    page = ROOT / "README.md"
    text = page.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{table(result)}{END}{after}", encoding="utf-8")
    figure = core_by_definition(result)
    with style():
        FigureCanvasAgg(figure)
        figure.savefig(ROOT / "docs" / "images" / "core_scale.png", dpi=130, bbox_inches="tight", pad_inches=0.1)


if __name__ == "__main__":
    main()
