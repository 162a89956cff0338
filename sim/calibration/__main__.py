"""Makes the first fit anew: `python -m sim.calibration [DRAWS]`."""

from __future__ import annotations

import sys

from rich.progress import Progress

from sim.calibration.first_fit import DRAWS, fit, to_last_year, write, write_sidecar
from sim.calibration.report import report
from sim.ensemble import simulate
from sim.seeds import root
from sim.seeds.__main__ import main as update_checksums


def main() -> None:
    """Draw, weigh, resample, and write the sample and its record."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else DRAWS
    with Progress() as bar:
        task = bar.add_task("prior runs", total=draws)
        fitted = fit(draws, progress=lambda done: bar.advance(task, done))
    folder = root() / "posterior"
    folder.mkdir(exist_ok=True)
    write(folder / "first_fit.csv", fitted)
    write_sidecar(folder / "first_fit.csv.meta.yaml", fitted)
    update_checksums(root())
    page = root().parent / "docs" / "first_fit.md"
    if page.parent.is_dir():
        page.write_text(report(fitted, simulate(to_last_year("posterior"), 600)), encoding="utf-8")


main()
