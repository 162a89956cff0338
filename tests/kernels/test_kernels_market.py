"""Adoption and the market against the same sums in NumPy, and what must hold between orders, capacity and sales."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from small_economy import QUARTERS_RUN, Economy

from sim.plan.lever_ids import Lever

Around = Callable[[str], tuple[Economy, Economy]]


def near(expected: object) -> object:
    """Return what equals `expected` but for the order of a sum."""
    return pytest.approx(expected, rel=1e-10, abs=1e-10)


def by(groups: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """Return the sums of `values` over each of `count` groups."""
    return np.bincount(groups, weights=values, minlength=count)


def living(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """Return firms and flows of the living."""
    alive = economy.state.firms.alive
    return economy.state.firms[alive], economy.state.firm_flows[alive]


def test_measure_sectors_means_equal_numpy(around: Around) -> None:
    _, after = around("measure_sectors")
    firms, _ = living(after)
    sectors = after.state.sectors
    count = by(firms.sector, np.ones(len(firms)), 6)
    assert count.min() > 0
    assert sectors.firms == near(count)
    assert sectors.quality == near(by(firms.sector, firms.share * firms.quality, 6) / by(firms.sector, firms.share, 6))
    assert sectors.price == near(by(firms.sector, firms.share * firms.price, 6) / by(firms.sector, firms.share, 6))
    assert sectors.quality_mean == near(np.exp(by(firms.sector, np.log(firms.quality), 6) / count))
    assert sectors.sales_mean == near(by(firms.sector, firms.technology_sales, 6) / count)
    assert after.state.regions.firms == near(by(firms.region, np.ones(len(firms)), 31))


def test_measure_users_shares_equal_numpy(around: Around) -> None:
    _, after = around("measure_users")
    users, applications = after.state.adopters, after.state.applications
    output = users.output_2016 * applications.output_index[users.application]
    total = by(users.application, output, 15)
    assert applications.output == near(total)
    assert applications.adopted_share == near(by(users.application, output * users.adopted, 15) / total)
    assert applications.intensity == near(by(users.application, output * users.intensity, 15) / total)
    weight = by(users.application, users.weight, 15)
    assert applications.adopted_count == near(by(users.application, users.weight * users.adopted, 15) / weight)
    assert after.state.nations[0].exposure == near((output * users.intensity).sum() / output.sum())


def test_put_to_use_only_adopters_use_ai_and_intensity_stays_a_share(around: Around) -> None:
    _, after = around("put_to_use")
    users = after.state.adopters
    assert users.adopted.any()
    assert (~users.adopted).any()
    assert (users.intensity[~users.adopted] == 0.0).all()
    assert ((users.intensity >= 0.0) & (users.intensity <= 1.0)).all()


def test_order_for_public_spends_each_purse_once_over_its_applications(around: Around) -> None:
    _, after = around("order_for_public")
    applications, levers = after.state.applications, after.state.levers
    for lever in (Lever.public_service_procurement, Lever.governance_procurement, Lever.public_safety_procurement):
        mine = applications.procurement == lever
        assert mine.any()
        spent = applications.public_technology[mine] + applications.public_hardware[mine]
        assert spent.sum() == near(levers.purse[lever])
    assert (applications.public_technology[applications.procurement < 0] == 0.0).all()


def test_order_own_orders_subsidy_and_wages_stay_within_cash_and_budget(around: Around) -> None:
    _, after = around("order")
    users, flows = after.state.adopters, after.state.adopter_flows
    orders = flows.technology_ordered + flows.hardware_ordered
    assert orders.max() > 0.0
    private = ~after.state.applications.public[users.application]
    own = np.where(private, 0.8, 1.0) * orders  # the rate of subsidy of the busy scenario is 0.2
    assert (own + flows.wages <= users.cash + flows.budget + 1e-9).all()
    assert (flows.budget >= 0.0).all()


def test_sum_orders_equals_numpy_and_passes_public_orders_on_whole(around: Around) -> None:
    _, after = around("sum_orders")
    users, flows, applications = after.state.adopters, after.state.adopter_flows, after.state.applications
    assert applications.technology == near(by(users.application, flows.technology_ordered, 15))
    assert applications.hardware == near(by(users.application, flows.hardware_ordered, 15))
    assert by(users.application, flows.public_technology, 15) == near(applications.public_technology)
    assert by(users.application, flows.public_hardware, 15) == near(applications.public_hardware)


def test_collect_demand_is_the_link_matrix_times_orders_and_keeps_every_yuan(around: Around) -> None:
    _, after = around("collect_demand")
    applications, sectors, link = after.state.applications, after.state.sectors, after.scene.sector_application
    for there, here in (
        ("demand", "technology"),
        ("public_demand", "public_technology"),
        ("hardware", "hardware"),
        ("public_hardware", "public_hardware"),
    ):
        assert sectors[there] == near(applications[here] @ link)
        assert sectors[there].sum() == near(applications[here].sum())


def test_collect_demand_export_controls_leave_less_to_imports(around: Around) -> None:
    before, after = around("collect_demand")
    assert before.scene.world.import_access[QUARTERS_RUN] == near(0.6)  # severity 0.4 of the busy scenario
    sectors, p = after.state.sectors, after.scene.parameters[0]
    odds = sectors.domestic_2016 / (1.0 - sectors.domestic_2016)
    odds = odds * (sectors.quality / (sectors.frontier * p.quality_2016)) ** p.import_elasticity
    foreign = 1.0 / (1.0 + odds)  # without controls
    lost = 0.4 * p.controlled_imports
    assert sectors.foreign == near(foreign * (1.0 - lost))
    assert sectors.public_foreign == near(p.public_import_part * sectors.foreign)
    replaced = p.substitution_spur if p.control_spur else p.substitution_hurt
    assert sectors.domestic == near(1.0 - foreign + foreign * lost * replaced)
    assert (sectors.domestic + sectors.foreign < 1.0).all()  # the rest of what controls take away is not served


def test_move_shares_moves_the_declared_part_towards_pull(around: Around) -> None:
    before, after = around("move_shares")
    firms, flows = living(before)
    speed = before.scene.parameters[0].share_speed
    aim = flows.pull / by(firms.sector, flows.pull, 6)[firms.sector]
    assert living(after)[0].share == near(firms.share + speed * (aim - firms.share))
    assert after.state.sectors.shares == near((1.0 - speed) * by(firms.sector, firms.share, 6) + speed)


def test_offer_orders_hands_out_domestic_private_public_and_foreign_orders_whole(around: Around) -> None:
    _, after = around("offer_orders")
    firms, flows = living(after)
    s = after.state.sectors
    served_at_home = s.demand * s.domestic + s.public_demand * s.public_domestic + s.export_demand
    assert by(firms.sector, flows.orders, 6) == near(served_at_home)
    assert s.ordered == near(served_at_home)
    assert s.overflow - s.slack == near(by(firms.sector, flows.orders - flows.capacity, 6))
    suppliers = by(firms.sector, (flows.public_pull > 0.0).astype(float), 6)
    served = flows.public_technology > 0.0
    assert (served <= ((flows.public_pull > 0.0) | (suppliers[firms.sector] == 0.0))).all()


def test_deliver_stays_within_capacity_and_orders_and_reroutes_the_declared_part(around: Around) -> None:
    _, after = around("deliver")
    firms, flows = living(after)
    s, p = after.state.sectors, after.scene.parameters[0]
    assert (flows.technology <= flows.capacity * (1.0 + 1e-12)).all()
    own = np.minimum(flows.orders, flows.capacity)
    overflow = by(firms.sector, flows.orders - own, 6)
    slack = by(firms.sector, flows.capacity - own, 6)
    assert s.technology == near(by(firms.sector, own, 6) + np.minimum(p.rerouting * overflow, slack))
    assert s.served == near(s.technology / s.ordered)
    assert overflow.max() > 0.0
    assert slack.max() > 0.0


def test_share_sales_splits_deliveries_and_hardware_whole(around: Around) -> None:
    _, after = around("share_sales")
    firms, flows = living(after)
    s = after.state.sectors
    assert by(firms.sector, flows.exported, 6) == near(s.export_demand * s.served)
    assert by(firms.sector, flows.bundled, 6) == near(s.served * (s.hardware + s.public_hardware))
    assert by(firms.sector, flows.public_bundled, 6) == near(s.served * s.public_hardware)
    assert (flows.public_technology <= flows.technology * (1.0 + 1e-12)).all()
    assert (flows.lines[firms.line_sales == 0.0] == 0.0).all()


def test_rate_delivery_home_imports_and_what_is_missing_add_up_to_all_orders(around: Around) -> None:
    _, after = around("rate_delivery")
    a, s = after.state.applications, after.state.sectors
    link, p = after.scene.sector_application, after.scene.parameters[0]
    missing = link @ (1.0 - s.domestic - s.foreign + s.domestic * (1.0 - s.served) * (1.0 - p.import_fill))
    assert a.delivered + a.imported + missing == near(np.ones(15))
    unserved = 1.0 - s.public_domestic - s.public_foreign
    missing = link @ (unserved + s.public_domestic * (1.0 - s.served) * (1.0 - p.import_fill))
    assert a.public_delivered + a.public_imported + missing == near(np.ones(15))


def test_pay_orders_users_pay_what_firms_sold_at_home(around: Around) -> None:
    _, after = around("pay_orders")
    _, flows = living(after)
    users = after.state.adopter_flows
    assert (users.technology_paid - users.imported).sum() == near((flows.technology - flows.exported).sum())
    assert users.hardware_paid.sum() == near(flows.bundled.sum())
    bought = users.technology_paid + users.hardware_paid - users.public_paid
    assert users.subsidy.sum() > 0.0
    private = ~after.state.applications.public[after.state.adopters.application]
    assert users.subsidy == near(np.where(private, 0.2, 0.0) * bought)


def test_provide_compute_demand_is_real_use_over_use_of_2016(around: Around) -> None:
    _, after = around("provide_compute")
    firms, flows = living(after)
    nation, p = after.state.nations[0], after.scene.parameters[0]
    real = flows.compute_spending / nation.compute_price
    assert nation.compute_demand == near(real.sum() / p.compute_use_2016)
    assert firms.compute == near(real / p.compute_reference)


def test_spread_knowledge_is_nearness_times_stock_and_nearest_at_home(around: Around) -> None:
    _, after = around("spread_knowledge")
    firms, _ = living(after)
    regions, p = after.state.regions, after.scene.parameters[0]
    stock = np.zeros((31, 6))
    np.add.at(stock, (firms.region, firms.sector), firms.knowledge)
    stock += p.centre_knowledge * regions.centre_staff.sum(axis=1, keepdims=True) / 6.0
    assert regions.spillover == near(np.exp(-np.log(2.0) * regions.distance / p.spillover_half_distance) @ stock)
    assert (np.diag(regions.nearness) == 1.0).all()
    # Half of a stock is within reach at the half distance.
    assert np.exp(-np.log(2.0)) == near(0.5)


def test_publish_effort_and_released_results_equal_numpy(around: Around) -> None:
    before, after = around("publish")
    state, p = after.state, after.scene.parameters[0]
    alive = state.institutes.alive
    mine, flows = state.institutes[alive], state.institute_flows[alive]
    policy, world = after.scene.policy[QUARTERS_RUN], after.scene.world[QUARTERS_RUN]
    civil = flows.effort * flows.shared
    assert (flows.shared[mine.kind == 3] < 1.0).all()
    assert (flows.shared[mine.kind != 3] == 1.0).all()
    assert state.fields.effort == near(civil @ flows.profile_next)
    release = mine.openness + (1.0 - mine.openness) * policy.open_source_share
    assert state.fields.released == near((civil * release) @ flows.profile_next)
    assert state.fields.kept == near((civil * (1.0 - release)) @ flows.profile_next)
    old = before.state.fields
    known = (1.0 - p.public_knowledge_decay / 4.0) * old.public_knowledge + state.fields.released
    assert state.fields.public_knowledge == near(known)
    firms, _ = living(after)
    heads = firms.staff[:, 1] + p.senior_weight * firms.staff[:, 0]
    effort = state.fields.effort + p.firm_openness * by(firms.sector, heads, 6) @ after.scene.field_sector.T
    own = p.field_progress / 4.0 * (effort / p.field_reference) ** p.effort_elasticity
    own = own * old.level ** (-2.0 * p.ideas_harder)
    assert world.import_access == near(0.6)
    access = (1.0 - 0.4 * (1.0 - p.control_shield * p.control_spur)) * (
        p.cooperation_floor + (1.0 - p.cooperation_floor) * policy.international_cooperation
    )
    learned = p.field_catch_up / 4.0 * access * np.maximum(0.0, np.log(old.frontier / old.level))
    assert np.log(state.fields.level / old.level) == near(own + learned)


def test_advance_frontier_wave_reaches_only_its_fields(around: Around) -> None:
    before, after = around("advance_frontier")
    jump = before.scene.world.frontier_jump[QUARTERS_RUN]
    p = before.scene.parameters[0]
    assert sorted(set(jump)) == near([0.0, 0.8 / 8.0])  # severity over eight quarters
    growth = np.log(after.state.fields.frontier / before.state.fields.frontier)
    expected = before.state.fields.growth * p.frontier_speed / 4.0 + p.generative_wave_jump * jump
    assert growth == near(expected)
    link = before.scene.field_sector
    assert np.log(after.state.sectors.frontier) == near(np.log(after.state.fields.frontier) @ link)
    assert np.log(after.state.sectors.science) == near(np.log(after.state.fields.level) @ link)
