"""Every parameter acts: moved alone within its range, it changes something that a run records."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pytest
from small_economy import BUSY, FEW_ENTRANTS, shrunk

from sim import driver
from sim.outcomes import LEDGER_ACCOUNTS, RECORD
from sim.parameters import PARAMETERS, defaults
from sim.plan import Lever
from sim.population import stage
from sim.scenario import load
from sim.state import Sizes

# Nearly all parameters show within two years. The rest wait for rare events, or for years beyond the published series.
SHORT, LONG = 8, 48
ADOPTERS = 372

# Parameters that bind only where others leave their default within their own range.
TOGETHER: dict[str, dict[str, float]] = {
    # the push and the substitution belong to the regime in which export controls spur
    "control_push": {"control_spur": 1.0},
    "substitution_spur": {"control_spur": 1.0},
    "control_shield": {"control_spur": 1.0},
    # few firms do so little research that their status is in doubt
    "status_worth": {
        "rd_intensity": PARAMETERS["rd_intensity"].low,
        "expansion_rd_share": PARAMETERS["expansion_rd_share"].low,
        "most_relabelled": PARAMETERS["most_relabelled"].high,
        "relabel_cost": PARAMETERS["relabel_cost"].high,
    },
    # medium manufacturers are late users
    "large_employees": {
        "adopted_2016": PARAMETERS["adopted_2016"].high,
        "adoption_external_influence": PARAMETERS["adoption_external_influence"].high,
        "adoption_peer_influence": PARAMETERS["adoption_peer_influence"].high,
    },
    # the lowest share of venture money is a floor that only a long decline reaches
    "venture_share_lowest": {
        "venture_share_2016": PARAMETERS["venture_share_2016"].low,
        "venture_hurdle": PARAMETERS["venture_hurdle"].high,
        "venture_response": PARAMETERS["venture_response"].high,
    },
}

# Parameters that a run does not read, with the reason.
NOT_OF_A_RUN = {
    "firms_2016": "counts the firms of the synthetic population, which is made before a run and from the default",
    "incumbent_part_2016": "gives firms of the synthetic population their origin, before a run and from the default",
}

Moves = Callable[[Mapping[str, float], Mapping[str, float]], bool]


@pytest.fixture(scope="module")
def differs() -> Moves:
    """Return a function that runs the same small economy under two sets of parameters and compares what is recorded."""
    scene = stage(load({**BUSY, "horizon": {"end": "2027Q4"}}))
    state, memory = shrunk(
        80, 60, ADOPTERS, Sizes(firms=2500, births=1000, institutes=500, funds=60, adopters=ADOPTERS)
    )
    template = memory.copy()
    known: dict[tuple[object, ...], bytes] = {}

    def recorded(values: Mapping[str, float], quarters: int) -> bytes:
        key = (*sorted(values.items()), quarters)
        if key not in known:
            draws = defaults()
            for name, value in (FEW_ENTRANTS | dict(values)).items():
                draws[name] = value
            out, status = np.zeros((1, quarters), dtype=RECORD), np.zeros((1, 3), dtype=np.int64)
            ledger = np.zeros((1, quarters // 4, len(Lever), len(LEDGER_ACCOUNTS)))
            driver.run_block(memory, template, state, scene, draws, 0, out, ledger, status)
            assert status[0, 0] == driver.CLOSED, f"{values} stopped the run: {status[0].tolist()}"
            known[key] = out.tobytes() + ledger.tobytes()
        return known[key]

    def compared(first: Mapping[str, float], second: Mapping[str, float]) -> bool:
        return any(recorded(first, quarters) != recorded(second, quarters) for quarters in (SHORT, LONG))

    return compared


def ends(name: str) -> list[float]:
    """Return the ends of a parameter's range but for the value it has anyway."""
    parameter = PARAMETERS[name]
    usual = FEW_ENTRANTS.get(name, parameter.default)
    return [value for value in (parameter.low, parameter.high) if value != usual]


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name not in NOT_OF_A_RUN])
def test_parameter_moved_within_its_range_changes_what_is_recorded(differs: Moves, name: str) -> None:
    others = TOGETHER.get(name, {})
    assert any(differs(others, {**others, name: value}) for value in ends(name)), "no recorded outcome depends on it"


@pytest.mark.parametrize("name", TOGETHER)
def test_parameter_that_binds_together_with_others_moves_nothing_by_itself(differs: Moves, name: str) -> None:
    assert not any(differs({}, {name: value}) for value in ends(name))


@pytest.mark.parametrize("name", NOT_OF_A_RUN)
def test_parameter_that_no_run_reads_is_known_to_move_nothing(differs: Moves, name: str) -> None:
    assert not any(differs({}, {name: value}) for value in ends(name)), NOT_OF_A_RUN[name]


def test_parameter_left_at_its_default_moves_nothing(differs: Moves) -> None:
    assert not differs({}, {"gdp_2016": PARAMETERS["gdp_2016"].default})
