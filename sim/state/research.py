"""Fields of institutes and of technology fields."""

from __future__ import annotations

from sim.plan.names import FIELDS
from sim.state.fields import Field

N_FIELDS = len(FIELDS)

INSTITUTES: tuple[Field, ...] = (
    Field("id", "1", "label", "permanent identity", "count"),
    Field("alive", "1", "label", "whether the row holds an institute", "flag"),
    Field(
        "kind",
        "1",
        "label",
        "0 university school, 1 state laboratory, 2 enterprise laboratory, 3 defence-linked",
        "count",
    ),
    Field("region", "1", "label", "index into REGIONS", "count"),
    Field("birth", "quarter", "label", "quarter of foundation; negative before 2016Q1", "count"),
    Field("seniors", "persons", "stock", "senior scientists"),
    Field("engineers", "persons", "stock", "research engineers and assistants"),
    Field("profile", "share of effort", "share", "effort by field", shape=(N_FIELDS,)),
    Field("core_budget", "mn CNY/quarter", "flow", "basic budget outside the levers"),
    Field("openness", "share", "share", "own share of results that would be published anyway"),
    Field("cash", "mn CNY", "stock", "cash"),
)

INSTITUTE_FLOWS: tuple[Field, ...] = (
    Field("programme_money", "mn CNY", "flow", "programme money received"),
    Field("core_money", "mn CNY", "flow", "basic budget received"),
    Field("profile_next", "share of effort", "share", "effort by field aimed at", shape=(N_FIELDS,)),
    Field("wanted_seniors", "persons", "flow", "desired senior scientists"),
    Field("wanted_engineers", "persons", "flow", "desired engineers"),
    Field("hired_seniors", "persons", "flow", "senior scientists hired (negative: left)"),
    Field("hired_engineers", "persons", "flow", "engineers hired (negative: left)"),
    Field("effort", "persons", "flow", "effective researchers, luck of exploration included"),
    Field("shared", "1", "share", "share of its results within reach of civil users"),
    Field("wages", "mn CNY", "flow", "wage bill"),
    Field("inputs", "mn CNY", "flow", "other research inputs bought"),
    Field("spin_offs", "count", "flow", "firms founded by staff this quarter", "count"),
    Field("cash_next", "mn CNY", "stock", "cash after this quarter"),
)

FIELDS_STATE: tuple[Field, ...] = (
    Field("id", "1", "label", "index into FIELDS", "count"),
    Field("kind", "1", "label", "0 applied theory, 1 frontier theory, 2 technology", "count"),
    Field("growth", "1/year", "label", "growth of the world frontier"),
    Field("frontier", "index", "stock", "world frontier, 2016 = 1"),
    Field("level", "index", "stock", "domestic level, in units of the world frontier of 2016"),
    Field("public_knowledge", "researcher-quarters", "stock", "open domestic results in use"),
    Field("closed_knowledge", "researcher-quarters", "stock", "domestic results that were not released, in use"),
    Field("standing", "persons", "flow", "institute staff by effort in the field"),
    Field("released", "researcher-quarters", "flow", "results made public this quarter"),
    Field("kept", "researcher-quarters", "flow", "results kept from the public this quarter"),
    Field("money", "mn CNY", "flow", "programme money of the quarter in the field"),
    Field("projects", "mn CNY", "flow", "part of it from major projects"),
    Field("effort", "persons", "flow", "effective researchers in institutes"),
    Field("firm_effort", "persons", "flow", "researchers of firms that work in the field's sectors"),
)
