"""The order of a quarter as one readable list.

People read it, the Mesa model walks it; `driver.quarter` is the same list compiled, and a test holds the two equal call
by call. Kernel arguments are named after the tables they use, so a phase needs no list of its inputs.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim._jit import plain
from sim.kernels.accounts import (
    carry_firms,
    carry_others,
    close_firm_books,
    invest,
    pay_costs,
    pay_orders,
    pay_public_orders,
    pay_taxes,
)
from sim.kernels.adoption import (
    adopt,
    deepen,
    measure_users,
    order,
    order_for_public,
    put_to_use,
    sum_orders,
    weigh_benefits,
)
from sim.kernels.books import (
    book_government,
    book_households,
    book_rest,
    book_suppliers,
    check_books,
    check_heads,
    open_books,
)
from sim.kernels.demography import close, count_thin, liquidate
from sim.kernels.entry import draw_births, draw_spin_offs, found_firms, found_institutes
from sim.kernels.finance import (
    credit_funds,
    issue_equity,
    pay_commitments,
    place_equity,
    raise_capital,
    seek_equity,
    sell_stakes,
    settle_funds,
    size_venture,
    track_growth,
)
from sim.kernels.grants import apply_for_grants, award_grants, name_champions
from sim.kernels.institutes import (
    choose_fields,
    divide_research_money,
    fund_institutes,
    plan_institutes,
    publish,
    research,
    settle_institutes,
)
from sim.kernels.market import (
    buy_compute,
    collect_demand,
    compete,
    deliver,
    move_shares,
    offer_orders,
    provide_compute,
    rate_delivery,
    set_prices,
    share_sales,
)
from sim.kernels.places import open_centres, open_parks
from sim.kernels.policy import buy_programmes, enact_policy, review
from sim.kernels.protection import protect_ideas
from sim.kernels.research import innovate, learn, plan_research, spread_knowledge
from sim.kernels.sectors import measure_sectors
from sim.kernels.staffing import match_staff, plan_skills, plan_staff
from sim.kernels.talent import (
    convert,
    move,
    retrain,
    set_wages,
    settle_people,
    support_displaced,
    switch_tier,
    teach,
)
from sim.kernels.totals import sum_firms, sum_ledger, sum_people, sum_users
from sim.kernels.world import (
    advance_frontier,
    advance_macro,
    build_infrastructure,
    move_trust,
    price_compute,
    spread_literacy,
)

if TYPE_CHECKING:
    from sim.state import Scene, State


@dataclass(frozen=True)
class Decision:
    """Who takes a decision and where it is noted: an agent's method and the flow fields that hold what it returns."""

    population: str
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Phase:
    """One step of a quarter.

    `kernel` serves every row; where `decision` is given, an agent's method of the same name takes the same decision.
    """

    stage: str
    kernel: Callable[..., Any]
    decision: Decision | None = None

    @property
    def name(self) -> str:
        """Return the kernel's name, also the name of the agents' method."""
        return plain(self.kernel).__name__

    @property
    def about(self) -> str:
        """Return what the phase does, in one line."""
        return (inspect.getdoc(plain(self.kernel)) or "").splitlines()[0]

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """Return the names of the tables, records and numbers that the kernel takes."""
        return tuple(inspect.signature(plain(self.kernel)).parameters)


def given(state: State, scene: Scene, q: int) -> dict[str, Any]:
    """Return everything that phases of quarter `q` may take, by the names of their parameters."""
    records = {
        "nation": state.nations[0],
        "policy": scene.policy[q],
        "before": scene.before[0],
        "world": scene.world[q],
        "parameters": scene.parameters[0],
        "key": scene.key[0],
    }
    return state._asdict() | scene._asdict() | records | {"q": q}


def _stage(
    name: str, *steps: Callable[..., Any] | tuple[Callable[..., Any], str, tuple[str, ...]]
) -> tuple[Phase, ...]:
    phases = []
    for step in steps:
        if isinstance(step, tuple):
            phases.append(Phase(name, step[0], Decision(step[1], step[2])))
        else:
            phases.append(Phase(name, step))
    return tuple(phases)


SCHEDULE: tuple[Phase, ...] = (
    *_stage("policy", open_books, review, enact_policy, buy_programmes),
    *_stage(
        "frontier and shocks",
        advance_macro,
        advance_frontier,
        price_compute,
        build_infrastructure,
        spread_literacy,
        move_trust,
        measure_sectors,
        open_parks,
        open_centres,
    ),
    *_stage(
        "talent",
        (set_wages, "pools", ("wage_next",)),
        (convert, "pools", ("converted",)),
        (switch_tier, "pools", ("switching",)),
        (move, "pools", ("leaving", "attraction", "retiring")),
        support_displaced,
        (retrain, "pools", ("reabsorbed", "entering_training", "retrained")),
        teach,
        settle_people,
    ),
    *_stage(
        "funds",
        size_venture,
        (raise_capital, "funds", ("public_capital", "social_capital", "offered")),
        pay_commitments,
        (seek_equity, "firms", ("private_wanted", "guidance_wanted")),
        place_equity,
        issue_equity,
        (apply_for_grants, "firms", ("grant_weight", "research_weight")),
        name_champions,
        award_grants,
    ),
    *_stage(
        "institutes",
        divide_research_money,
        fund_institutes,
        (choose_fields, "institutes", ("profile_next",)),
        (plan_institutes, "institutes", ("wanted_seniors", "wanted_engineers")),
    ),
    *_stage(
        "firms' plans",
        protect_ideas,
        (plan_research, "firms", ("rd_budget", "expansion")),
        (plan_staff, "firms", ("wanted",)),
        (plan_skills, "adopters", ("skilled_wanted",)),
        match_staff,
        (set_prices, "firms", ("price_next",)),
        (buy_compute, "firms", ("compute_spending",)),
        provide_compute,
        (invest, "firms", ("investment",)),
    ),
    *_stage(
        "innovation",
        spread_knowledge,
        (innovate, "firms", ("reach", "innovations", "quality_next", "knowledge_next", "rd_real")),
        (research, "institutes", ("effort", "shared", "spin_offs")),
        publish,
        learn,
    ),
    *_stage(
        "adoption",
        measure_users,
        weigh_benefits,
        order_for_public,
        (adopt, "adopters", ("readiness", "hazard", "adopts")),
        (deepen, "adopters", ("intensity_next",)),
        (order, "adopters", ("technology_ordered", "hardware_ordered", "budget")),
        sum_orders,
    ),
    *_stage(
        "market",
        collect_demand,
        (compete, "firms", ("pull", "public_pull", "wins_contract", "joins_zone")),
        move_shares,
        offer_orders,
        deliver,
        share_sales,
        rate_delivery,
    ),
    *_stage(
        "accounts",
        pay_orders,
        pay_public_orders,
        pay_costs,
        pay_taxes,
        close_firm_books,
        settle_institutes,
        (sell_stakes, "firms", ("private_exit", "guidance_exit", "listing")),
        book_households,
        credit_funds,
        settle_funds,
        book_rest,
        book_suppliers,
        book_government,
        put_to_use,
        sum_firms,
        sum_users,
        carry_firms,
        carry_others,
        track_growth,
    ),
    *_stage(
        "exit and entry",
        count_thin,
        (close, "firms", ("closes",)),
        liquidate,
        draw_births,
        draw_spin_offs,
        found_firms,
        found_institutes,
    ),
    *_stage("measurement", sum_people, sum_ledger, check_books, check_heads),
)
