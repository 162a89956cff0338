"""Runs every shipped scenario and writes its answer for 2030 beside it: `make answers`, some minutes."""

from __future__ import annotations

from sim.results import Result, run
from sim.scenario import load, shipped
from sim.scenario.answers import Answer, write_answers

RUNS, SEED, YEAR = 100, 2017, 2030
THRESHOLD = 1000.0  # the plan's core target of that year, bn CNY


def answer(result: Result, plan: Result) -> Answer:
    """Return what a result says, beside the plan's run by run."""
    core = result.series["core_scale"].sel(year=YEAR)
    added = (core - plan.series["core_scale"].sel(year=YEAR)).sel(definition="caict")
    return Answer(
        scenario=result.scenario.name,
        digest=load(result.scenario.name).digest,  # of the file as shipped, whatever the number of runs here
        runs=RUNS,
        seed=SEED,
        **{name: float((core.sel(definition=name) > THRESHOLD).mean()) for name in ("narrow", "iresearch", "caict")},
        median=float(core.sel(definition="caict").median()),
        added=float(added.mean()),
        added_error=float(added.std(ddof=1) / RUNS**0.5),
        outlay=float(result.series["public_outlay"].sum("year").mean()),
    )


def main() -> None:
    """Run them all."""
    plan = run("plan", replications=RUNS, seed=SEED)
    write_answers(answer(run(name, replications=RUNS, seed=SEED), plan) for name in shipped())


if __name__ == "__main__":
    main()
