"""Fans of one outcome over the years, and the core scale under its three definitions.

Called by `publishing` and by `Result.plot`. Titles are computed from the data.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.errors import UserError
from sim.measurement.definitions import CONSTRUCTIONS, DEFINITIONS, HEADLINE_CONSTRUCTION
from sim.outcomes import OUTCOMES
from sim.plots import frames, marks, sheets
from sim.plots.labels import CAVEATS, amount, coordinate_name, number, outcome_name, percent, phrase, sequence
from sim.plots.observed import points
from sim.plots.style import TARGET, styled
from sim.plots.view import Data, Floats, Goal, View, shares_above, unit_of, view_of


@styled
def fan(data: Data, name: str, *, where: Mapping[str, str] | None = None, ax: Axes | None = None) -> Axes:
    """Draw how an outcome spreads over the runs, year by year, with targets and published figures where there are any.

    Parameters
    ----------
    data
        A result or its Dataset.
    name
        An annual outcome, such as `core_scale`.
    where
        Coordinates of the outcome's own dimensions, as `{"tier": "senior"}`. Left out, the definition is the headline's
        and the construction the middle one.
    ax
        Where to draw; a new figure when None.

    Returns
    -------
    Axes
        Titled with what the data say; the y axis in the outcome's unit.

    Raises
    ------
    UserError
        When the result has no such outcome or coordinate, or a dimension is left open.
    """
    view = view_of(data)
    chosen = _coordinates(view, name, dict(where or {}))
    values = view.values(name, **chosen)
    at = frames.frame(ax)
    ax = at.ax
    targets = view.goals_of(name)
    observed = points(chosen.get("definition", name), *view.span)
    handles = marks.fan(ax, view.years, values)
    marks.time_axis(ax, view.years)
    marks.linear_axis(ax, values, [*(goal.above for goal in targets), *(point.value for point in observed)])
    handles += [*marks.goals(ax, targets, values, view.span[0]), *marks.dots(ax, observed)]
    ax.set_ylabel(unit_of(name))
    frames.heading(at, _title(view, name, chosen, values, targets), _subtitle(name, chosen))
    frames.foot(at, handles, _notes(name, chosen), view.stamp, columns=2)
    return ax


@styled
def core_by_definition(data: Data) -> Figure:
    """Draw the core scale under each of the three definitions, side by side on one logarithmic axis.

    Parameters
    ----------
    data
        A result or its Dataset.

    Returns
    -------
    Figure
        One panel a definition; the title compares the chance of the first target.

    Raises
    ------
    UserError
        When the result holds no core scale.
    """
    view = view_of(data)
    fans = {name: view.values("core_scale", definition=name) for name in DEFINITIONS}
    fans = dict(sorted(fans.items(), key=lambda item: float(np.median(item[1][:, -1]))))
    targets = view.goals_of("core_scale")
    figure, panels = sheets.panels(1, len(fans), height=2.6, share_y=True)
    handles: dict[str, Artist] = {}
    published: list[float] = []
    for ax, (definition, values) in zip(panels, fans.items(), strict=True):
        drawn = [*marks.fan(ax, view.years, values), *marks.diamonds(ax, targets, phrase("goal_share"))]
        observed = points(definition, *view.span)
        published += [point.value for point in observed]
        drawn += marks.dots(ax, observed, named=False)
        handles |= {str(artist.get_label()): artist for artist in drawn}
        _share_labels(ax, view, values, targets)
        marks.time_axis(ax, view.years, narrow=True)
        ax.set_title(definition)
    marks.log_axis(panels[0], fans.values(), [*(goal.above for goal in targets), *published])
    panels[0].set_ylabel(unit_of("core_scale"))
    sheets.heading(figure, _comparison(view, fans, targets), phrase("core_panels_subtitle"))
    sheets.foot(figure, list(handles.values()), [_definition_note(view, name) for name in fans], view.stamp)
    return figure


def _share_labels(ax: Axes, view: View, values: Floats, targets: tuple[Goal, ...]) -> None:
    """Write beside each target the part of the runs that pass it."""
    for goal, share in zip(targets, shares_above(view, values, targets), strict=True):
        over = goal.above > np.median(values[:, goal.year - view.span[0]])
        place = {"xytext": (-2, 6), "va": "bottom"} if over else {"xytext": (2, -6), "va": "top"}
        marks.halo_text(ax, goal.year, goal.above, percent(share), ha="center", color=TARGET, **place)


def _definition_note(view: View, definition: str) -> str:
    """Say what a definition counts and who published figures of it."""
    publishers = marks.sources(points(definition, *view.span))
    note = phrase("note_definition", definition=definition, counts=DEFINITIONS[definition].counts.en)
    return note + (" " + phrase("note_published", sources=publishers) if publishers else "")


def _coordinates(view: View, name: str, where: dict[str, str]) -> dict[str, str]:
    """Return a coordinate for every dimension of an outcome's own; raises UserError when one is left open."""
    dims = [str(dim) for dim in view.array(name).dims if dim not in ("run", "year")]
    if name not in OUTCOMES:
        raise UserError(f"{name} is not an annual outcome; fans are drawn by year")
    standard = {"definition": view.definition, "construction": HEADLINE_CONSTRUCTION}
    chosen = {dim: where.get(dim, standard.get(dim, "")) for dim in dims}
    for dim, choice in chosen.items():
        if not choice:
            known = ", ".join(map(str, view.series[dim].values))
            raise UserError(f"{name} is recorded by {dim}; choose one with where={{{dim!r}: ...}}, one of {known}")
    return {**where, **chosen}


def _title(view: View, name: str, chosen: Mapping[str, str], values: Floats, targets: tuple[Goal, ...]) -> str:
    """Say what the data show: how often targets are passed, else how far the median goes."""
    if not targets:
        middle = np.median(values, axis=0)
        return phrase(
            "path" if len(middle) > 1 else "path_once", name=outcome_name(name, chosen), first=number(middle[0]),
            last=amount(name, middle[-1]), start=view.years[0], end=view.years[-1],
            kind="" if view.runs == 1 else phrase("by_median"),
        )  # fmt: skip
    if view.runs == 1:
        reached = [float(values[0, goal.year - view.span[0]]) for goal in targets]
        parts = [
            phrase("reaches", value=number(value), year=goal.year, above=f"{goal.above:,.10g}")
            for goal, value in zip(targets, reached, strict=True)
        ]
        told = phrase("reaches_all", name=phrase(name), parts=sequence(parts))
    else:
        shares = [percent(share) for share in shares_above(view, values, targets)]
        facts = [
            {"above": f"{goal.above:,.10g}", "year": goal.year, "share": share}
            for goal, share in zip(targets, shares, strict=True)
        ]
        told = ", ".join(
            [phrase("passes", name=phrase(name), **facts[0]), *(phrase("passes_next", **fact) for fact in facts[1:])]
        )
    return told + phrase("by", definition=measured_by(chosen))


def measured_by(chosen: Mapping[str, str]) -> str:
    """Return the name of the definition or construction among coordinates."""
    return chosen.get("definition") or coordinate_name("construction", chosen["construction"])


def _subtitle(name: str, chosen: Mapping[str, str]) -> str:
    outcome = OUTCOMES[name]
    parts = [phrase(f"kind_{outcome.kind}")]
    if "definition" in chosen or "construction" in chosen:
        parts.insert(0, phrase("under", name=phrase(name), definition=measured_by(chosen)))
    if "CNY" in outcome.unit:
        parts.append(phrase("current"))
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def _notes(name: str, chosen: Mapping[str, str]) -> list[str]:
    notes = []
    if "definition" in chosen:
        notes.append(
            phrase(
                "note_definition", definition=chosen["definition"], counts=DEFINITIONS[chosen["definition"]].counts.en
            )
        )
    if "construction" in chosen:
        each = CONSTRUCTIONS[chosen["construction"]]
        notes.append(
            phrase("note_construction", construction=coordinate_name("construction", each.name), counts=each.counts.en)
        )
    return [*notes, *([phrase(f"caveat_{name}")] if name in CAVEATS else [])]


def _comparison(view: View, fans: Mapping[str, Floats], targets: tuple[Goal, ...]) -> str:
    """Say how the chance of the first target differs between the definitions."""
    if not targets:
        return phrase("core_panels_bare")
    shares = {name: shares_above(view, values, targets[:1])[0] for name, values in fans.items()}
    keys = ["core_panel_first", *["core_panel"] * (len(shares) - 1)]
    told = [
        phrase(key, definition=name, share=percent(share))
        for key, (name, share) in zip(keys, shares.items(), strict=True)
    ]
    return phrase("core_panels", above=f"{targets[0].above:,.10g}", year=targets[0].year, shares=", ".join(told))
