"""Puts the commands together. Called by `main` and by tests; imports every command, and so nothing heavy."""

from __future__ import annotations

import typer

from sim.cli.check import check
from sim.cli.compare import compare
from sim.cli.explain import explain
from sim.cli.facts import facts
from sim.cli.faults import guarded
from sim.cli.levers import levers
from sim.cli.parameters import parameters
from sim.cli.run import run
from sim.cli.scenarios import scenarios
from sim.cli.schedule import schedule
from sim.cli.schema import schema

# Plain help: the rich one takes longer to import than the rest of the command line together.
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="What becomes of China's AI industry under the policy of the 2017 plan, and with what probability.",
    epilog="Exit codes: 0 done, 2 your input cannot be used, 3 fault of the program, 130 stopped.",
)

app.command("run", epilog="Example: roadmap run plan -n 50 --set degree_places=120")(guarded(run))
app.command("check", epilog="Example: roadmap check mine.yaml other.yaml")(guarded(check))
app.command("levers", epilog="Example: roadmap levers rd_super_deduction")(guarded(levers))
app.command("explain", epilog="Example: roadmap explain talent_first --lang zh")(guarded(explain))
app.command("scenarios", epilog="Example: roadmap scenarios --lang zh")(guarded(scenarios))
app.command("schedule", epilog="Example: roadmap schedule market")(guarded(schedule))
app.command("parameters", epilog="Example: roadmap parameters research")(guarded(parameters))
app.command("schema", epilog="Example: roadmap schema > scenario.schema.json")(guarded(schema))
app.command("compare", epilog="Example: roadmap compare results/plan-1a2b3c4d5e results/no_plan-5e4d3c2b1a")(
    guarded(compare)
)
app.command("facts", epilog="Example: roadmap facts results/plan-1a2b3c4d5e --lang zh")(guarded(facts))
