"""Definitions: whole accounts, named as the plan's names and the tags of the history have them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.measurement import definitions
from sim.outcomes import ACCOUNTS, COORDINATES
from sim.seeds import read_table

# What each definition counts, as the published series describe themselves.
COUNTED = {
    "narrow": {"technology"},
    "iresearch": {"technology", "bundled"},
    "caict": {"technology", "bundled", "lines"},
}


def test_definitions_are_those_of_the_outcome_table_in_its_order() -> None:
    assert tuple(definitions.DEFINITIONS) == COORDINATES["definition"]
    assert tuple(definitions.CONSTRUCTIONS) == COORDINATES["construction"]


@pytest.mark.parametrize("name", COUNTED)
def test_definition_counts_whole_accounts(name: str) -> None:
    weights = definitions.DEFINITIONS[name].weights
    assert weights == {account: float(account in COUNTED[name]) for account in ACCOUNTS}


def test_definition_weights_cannot_be_changed() -> None:
    weights = definitions.DEFINITIONS["narrow"].weights
    with pytest.raises(TypeError, match="does not support item assignment"):
        weights["lines"] = 0.5  # type: ignore[index]


def test_definition_vector_follows_the_order_of_accounts() -> None:
    np.testing.assert_array_equal(definitions.DEFINITIONS["iresearch"].vector, [1.0, 1.0, 0.0])


def test_core_weights_hold_one_column_a_definition() -> None:
    expected = [[1.0, 1.0, 1.0], [0.0, 1.0, 1.0], [0.0, 1.0, 0.0]]
    np.testing.assert_array_equal(definitions.core_weights(), expected)


def test_definitions_map_to_tags_of_the_history() -> None:
    tags = set(read_table("history/history")["measured_as"].tolist())
    assert {each.measured_as for each in definitions.DEFINITIONS.values()} <= tags


def test_every_text_is_there_in_both_languages() -> None:
    texts = [text for each in definitions.DEFINITIONS.values() for text in (each.counts, each.published, each.note)]
    texts += [text for each in definitions.CONSTRUCTIONS.values() for text in (each.counts, each.note)]
    assert all(text.en and text.zh and text.en != text.zh for text in texts)


def test_constructions_have_one_middle_one_low_one_weakest() -> None:
    standings = {name: each.standing for name, each in definitions.CONSTRUCTIONS.items()}
    assert standings == {"enabled_output": "middle", "value_added_gain": "low", "ai_weighted_output": "weakest"}
    assert definitions.HEADLINE_CONSTRUCTION == "enabled_output"
