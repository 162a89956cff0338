"""Labels: phrases filled in, names of coordinates, numbers as people read them.

Called by the modules of `sim.plots` and by tables of the command line. Words stand in `wording`; names of sectors,
regions and applications come from the seeds, which hold them in English and Chinese. Must not import Matplotlib.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from sim.outcomes import OUTCOMES
from sim.plots.wording import WORDS
from sim.seeds import read_table

# Outcomes that targets are set for; their names in the outcome table tell of all definitions at once.
SCALES: Final = ("core_scale", "related_scale")

# Outcomes whose published figures need a word of caution.
CAVEATS: Final = ("firms", "venture_investment")

_AMOUNTS: Final = ("bn CNY", "thousand")  # units that a number in a sentence keeps


def phrase(key: str, /, **parts: object) -> str:
    """Return a phrase with its parts filled in.

    >>> phrase("n_runs", runs=200)
    '200 runs'
    """
    return WORDS["en"][key].format(**parts)


@cache
def names(table: str, key: str = "id") -> Mapping[str, str]:
    """Return the display names of a table of `seeds/population`: id -> name."""
    seed = read_table(f"population/{table}")
    return dict(zip(seed[key].tolist(), seed["name_en"].tolist(), strict=True))


def coordinate_name(dim: str, choice: str) -> str:
    """Return the display name of a coordinate, such as a tier or a region; definitions stand for themselves."""
    tables = {
        "sector": ("core_sectors", "id"),
        "application": ("applications", "id"),
        "field": ("fields", "id"),
        "region": ("regions", "code"),
    }
    if dim in tables:
        return names(*tables[dim])[choice]
    return choice if dim == "definition" else phrase(f"{dim}_{choice}")


def outcome_name(name: str, where: Mapping[str, str]) -> str:
    """Return what an outcome is called, with the coordinates it is taken at other than its definition."""
    told = [coordinate_name(dim, choice) for dim, choice in where.items() if dim not in ("definition", "construction")]
    long_name = phrase(name) if name in SCALES else OUTCOMES[name].long_name
    return ": ".join([long_name[0].upper() + long_name[1:], *told])


def amount(name: str, value: float) -> str:
    """Return a value of an outcome with its unit where the unit is one of amounts, a share as percent."""
    unit = OUTCOMES[name].unit
    if unit == "share":
        return percent(value)
    return f"{number(value)} {unit}" if unit.startswith(_AMOUNTS) else number(value)


def sequence(parts: Sequence[str]) -> str:
    """Join phrases with commas and a last `and`.

    >>> sequence(["a", "b", "c"])
    'a, b and c'
    """
    return phrase("and").join([*([", ".join(parts[:-1])] if parts[:-1] else []), *parts[-1:]])


def number(value: float, digits: int = 3) -> str:
    """Return a number to a few digits that mean something.

    >>> number(35594.6), number(150.79), number(39.12), number(0.8352), number(0.0), number(21.6, 2)
    ('35,600', '151', '39.1', '0.835', '0', '22')
    """
    if value == 0.0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    # Rounding may reach the next power of ten: 99.96 is 100, not 100.0.
    places = digits - 1 - math.floor(math.log10(abs(rounded)))
    return f"{rounded:,.{max(0, places)}f}"


def inside(name: str) -> str:
    """Return a name as it stands inside a sentence; what begins with an abbreviation stays.

    >>> inside("Engineers"), inside("AI+X specialists")
    ('engineers', 'AI+X specialists')
    """
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def percent(share: float) -> str:
    """Return a share as whole percent; what is neither none nor all never reads so.

    >>> percent(0.97), percent(0.996), percent(0.002), percent(1.0)
    ('97%', '>99%', '<1%', '100%')
    """
    if 0.0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1.0:
        return ">99%"
    return f"{100.0 * share:.0f}%"
