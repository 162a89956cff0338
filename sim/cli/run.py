"""`roadmap run`: many runs of one scenario, its targets judged, result and figures saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.console import remark, say, show
from sim.cli.languages import Language

if TYPE_CHECKING:
    from sim.results import Result
    from sim.scenario import Scenario

_FIGURES = "figures"
_WORDS: Final = {
    "en": {
        "runs": "{n} runs",
        "one run": "1 run",
        "head": "{title}: {runs}, seed {seed}, digest {digest}",
        "no target": "No target has its year within {start} to {end}.",
        "legend": (
            "Above: part of the runs above the target in its year. 95%: what the number of\n"
            "runs leaves open. First: year in which the median run passes it. * headline.\n"
            "Nobody publishes a related scale: read its three constructions as an envelope,\n"
            "never as one probability."
        ),
        "books": "Largest mismatch in the books {books:.1e} of turnover, in heads {heads:.1e} of people.",
        "result": "Result   {place}",
        "panel": "Panel    {store} ({runs} of the runs; see `roadmap facts {place}`)",
        "figures": "Figures  {place} ({drawn}, each as PNG and SVG)",
    },
    "zh": {
        "runs": "{n}次运行",
        "one run": "1次运行",
        "head": "{title}：{runs}，种子{seed}，摘要{digest}",
        "no target": "{start}至{end}之间没有目标年份。",
        "legend": (
            "超过目标：目标年份超过目标的运行占比。95%：运行次数有限带来的不确定。\n"
            "90%参数：参数不确定带来的范围。首次：中位运行首次超过目标的年份。* 主口径。\n"
            "相关产业规模没有公开数据：三种构造只能当作区间来看，不能合成一个概率。"
        ),
        "books": "账目最大误差为成交额的{books:.1e}，人数最大误差为总人数的{heads:.1e}。",
        "result": "结果  {place}",
        "panel": "面板  {store}（{runs}次运行；见 `roadmap facts {place}`）",
        "figures": "图    {place}（{drawn}幅，各有PNG与SVG）",
    },
}


def run(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="Shipped name or file.")],
    runs: Annotated[int | None, typer.Option("-n", "--runs", metavar="RUNS", help="Number of runs.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="S", help="Seed of the random numbers.")] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="LEVER=VALUE", help="Change a lever or another key; repeatable."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Result folder; else results/SCENARIO-DIGEST.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Run again and replace what is in the folder.")] = False,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Draw no figures.")] = False,
    threads: Annotated[int | None, typer.Option(min=1, metavar="N", help="Threads; all cores if not given.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of tables and words.")] = Language.en,
    agent_panel: Annotated[
        bool, typer.Option("--agent-panel", help="Keep single firms, users and funds of some runs by quarter.")
    ] = False,
    panel_runs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Runs in that panel, the first ones; 10 if not given.")
    ] = None,
) -> None:
    """Run a scenario; judge targets, save, draw."""
    from sim.cli.advice import advice
    from sim.cli.earlier import earlier_result, folder_of
    from sim.errors import UserError
    from sim.scenario import load

    if panel_runs is not None and not agent_panel:
        raise UserError("--panel-runs has no effect without --agent-panel. Give both or neither")
    chosen = load(scenario, overrides=changes or (), replications=runs, seed=seed)
    for problem in advice(chosen):
        remark(f"warning: {problem}")
    place = folder or folder_of(chosen)
    result = earlier_result(chosen, place, force=force)
    is_new, drawn = result is None, _is_drawn(place)
    if result is None:
        result = _simulated(chosen, threads)
    else:
        remark(f"{place}: the same run is there already; nothing was run (--force runs it again)")
    lacks_panel = agent_panel and result.manifest.panel_runs < _panel_runs(panel_runs, chosen)
    if lacks_panel:
        result = _followed(result, _panel_runs(panel_runs, chosen))
    if is_new or lacks_panel:
        _save(result, place, figures=not no_figures or (drawn and not is_new))
    elif not (no_figures or drawn):
        _draw(result, place)
    _tell(result, place, lang.value)


def _simulated(scenario: Scenario, threads: int | None) -> Result:
    """Return the result of a scenario, showing how far it is."""
    from sim.cli.progress import progress_bar, tell_of_compiling

    tell_of_compiling()
    from sim.results import run as run_scenario

    with progress_bar(scenario.name, scenario.replications) as progress:
        return run_scenario(scenario, threads=threads, progress=progress)


def _panel_runs(asked: int | None, scenario: Scenario) -> int:
    """Return how many runs a panel is to hold."""
    from sim.panel import RUNS

    return min(asked or RUNS, scenario.replications)


def _followed(result: Result, runs: int) -> Result:
    """Return a result with a panel, showing how far it is."""
    from sim.cli.progress import progress_bar
    from sim.results import add_panel

    with progress_bar(f"{result.scenario.name}, panel", runs) as progress:
        return add_panel(result, runs, progress=progress)


def _is_drawn(place: Path) -> bool:
    """Return whether the figures of a result are in its folder; those of `roadmap facts` do not count."""
    return any(not path.name.startswith("facts_") for path in (place / _FIGURES).glob("*.png"))


def _save(result: Result, place: Path, *, figures: bool) -> None:
    """Write the folder, with its figures where they are wanted; what else is there was ruled out or is to go."""
    if not figures:
        result.save(place, force=True)
        return
    from sim.plots import publish

    remark("Drawing the figures ...")

    def draw(folder: Path) -> None:
        publish(result, folder / _FIGURES)

    result.save(place, force=True, figures=draw)


def _draw(result: Result, place: Path) -> None:
    """Add the figures to a result that is there; what else was added to it stays."""
    from sim.plots import publish
    from sim.results.folder import add_files

    remark("Drawing the figures ...")
    add_files(place, lambda folder: publish(result, folder / _FIGURES))


def _tell(result: Result, place: Path, language: str) -> None:
    """Print the targets, the goals in words, whether the books close, and where everything is."""
    from sim.cli.goal_table import goal_table, legend
    from sim.cli.target_table import target_table

    words, made, scenario = _WORDS[language], result.manifest, result.scenario
    runs = words["one run"] if made.replications == 1 else words["runs"].format(n=made.replications)
    title = scenario.title.in_language(language)
    say(words["head"].format(title=title, runs=runs, seed=made.seed, digest=made.digest[:10]) + "\n")
    if result.targets.empty:
        say(words["no target"].format(start=scenario.start, end=scenario.end) + "\n")
    else:
        show(target_table(result, language))
        say(f"\n{words['legend']}\n")
    if not result.goals.empty:
        say("\n")
        show(goal_table(result, language))
        say(f"\n{legend(result, language)}\n\n")
    say(words["books"].format(books=made.residual_max, heads=made.residual_heads_max))
    say(words["result"].format(place=place))
    if result.panel is not None:
        say(words["panel"].format(place=place, store=place / "panel.zarr", runs=result.panel.runs))
    drawn = len(list((place / _FIGURES).glob("*.png")))
    if drawn:
        say(words["figures"].format(place=place / _FIGURES, drawn=drawn))
