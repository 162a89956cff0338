"""Golden results: what the shipped scenarios gave when someone last said why they changed.

`python tests/golden/golden.py` writes them anew; say in CHANGELOG.md which results moved and why.
"""

from __future__ import annotations

import csv
from pathlib import Path

from sim.results import run
from sim.scenario import shipped

FOLDER = Path(__file__).parent
RUNS, SEED = 2, 2017
YEARS = (2016, 2020, 2025, 2030)
VARIABLES = (
    *("core_scale", "related_scale", "firms", "rd_spending", "venture_investment", "guidance_invested"),
    *("public_outlay", "forgone_tax", "talent", "technology_parity", "adoption_share", "displaced_workers"),
    *("compute_price", "trust"),
)


def table(name: str) -> dict[tuple[str, int, int], float]:
    """Return a scenario's outcomes by variable, run and year; those with further dimensions are averaged over them."""
    series = run(name, replications=RUNS, seed=SEED).series
    values = {}
    for variable in VARIABLES:
        array = series[variable]
        array = array.mean([dim for dim in array.dims if dim not in ("run", "year")])
        for number in range(RUNS):
            for year in YEARS:
                values[variable, number, year] = float(array.sel(run=number, year=year))
    return values


def read(name: str) -> dict[tuple[str, int, int], float]:
    """Return the golden outcomes of a scenario."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row["variable"], int(row["run"]), int(row["year"])): float(row["value"]) for row in rows}


def write(name: str) -> None:
    """Write the outcomes of a scenario as its golden ones."""
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["variable", "run", "year", "value"])
        out.writerows([*key, f"{value:.12g}"] for key, value in table(name).items())


if __name__ == "__main__":
    for each in shipped():
        write(each)
