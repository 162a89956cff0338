"""What the views of a run make of firm quarters, worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.errors import UserError
from sim.facts.capital import CLASSES, YEARS_TO_END, class_shares, money_multiples, open_share
from sim.facts.industry import adoption, adoption_of_class, province_shares, size_ratio
from sim.facts.research import claims, research_facts
from sim.facts.turnover import hazard_by_year, turnover_facts
from sim.facts.views import SMALLEST, runs_of


def test_years_hold_firms_that_traded_in_all_four_quarters(by_hand, path) -> None:
    run = by_hand(*path(1, 8), *path(2, 5, first=3), *path(3, 3, first=5))
    assert run.years[["id", "year"]].to_numpy().tolist() == [[1, 0], [1, 1], [2, 1]]
    assert run.years["sales"].tolist() == [40.0, 40.0, 40.0]


def test_years_leave_out_firms_below_any_register(by_hand, path) -> None:
    run = by_hand(*path(1, 4, sales=SMALLEST / 4.0), *path(2, 4, sales=0.99 * SMALLEST / 4.0), years=1)
    assert run.years["id"].tolist() == [1]


def test_growth_is_the_log_ratio_less_the_mean_of_its_year(by_hand, path) -> None:
    run = by_hand(
        *path(1, 8, sales=lambda q: 1.0 if q < 4 else 2.0), *path(2, 8, sales=lambda q: 3.0 if q < 4 else 3.0)
    )
    growth = run.growth.sort_values("id")
    assert growth["growth"].to_numpy() == pytest.approx([math.log(2.0), 0.0])
    assert growth["apart"].to_numpy() == pytest.approx([0.5 * math.log(2.0), -0.5 * math.log(2.0)])
    assert growth["before"].tolist() == [4.0, 12.0]
    assert growth["age"].tolist() == [3.0, 3.0]  # founded eight quarters before 2016, grown to 2017


def test_lives_count_the_quarter_after_foundation_as_the_first(by_hand, path) -> None:
    run = by_hand(*path(1, 6, first=2, birth=1, closes=lambda q: 2 if q == 7 else 0))
    assert run.lives["life_year"].tolist() == [1, 1, 1, 1, 2, 2]
    assert run.lives["closed"].tolist() == [False] * 5 + [True]


def test_lives_leave_out_recognised_incumbents(by_hand, path) -> None:
    run = by_hand(*path(1, 4), *path(2, 4, origin=2))
    assert len(run.lives) == 4


def test_hazard_is_exits_over_firm_years_at_risk(by_hand, path) -> None:
    # Forty firms trade through their first year; ten of them close in its last quarter.
    rows = [path(i, 4, birth=-1, closes=lambda q, i=i: 1 if q == 3 and i < 10 else 0) for i in range(40)]
    hazard = hazard_by_year(by_hand(*sum(rows, []), years=1))
    assert hazard.to_dict() == {1: 10 / 40}


def test_hazard_of_few_firm_years_is_nan(by_hand, path) -> None:
    assert math.isnan(hazard_by_year(by_hand(*path(1, 4, birth=-1), years=1))[1])


def test_exit_rate_is_closings_a_year_over_firms(by_hand, path) -> None:
    rows = [path(i, 4, closes=lambda q, i=i: 3 if q == 3 and i == 0 else 0) for i in range(5)]
    assert turnover_facts(by_hand(*sum(rows, []), years=1))["exit_rate"] == pytest.approx(1 / 5)


def test_turnover_counts_entrants_by_foundation_and_leaves_the_last_year_out(by_hand, path) -> None:
    run = by_hand(
        *path(1, 12), *path(2, 8, first=4, birth=3), *path(3, 4, first=8, birth=7, origin=2),
        *path(4, 2, first=1, birth=0, closes=lambda q: 1 if q == 2 else 0), years=3,
    )  # fmt: skip
    cells = run.turnover.set_index("year")
    assert cells.index.tolist() == [0, 1]
    assert cells["entries"].tolist() == [2.0, 0.0]  # 2 and 4 are of the first year; 3 is a recognised incumbent
    assert cells["exits"].tolist() == [1.0, 0.0]
    assert cells["firms"].tolist() == [(4 + 2) / 4, 8 / 4]


def test_position_sold_returns_dividends_and_price(by_hand, path) -> None:
    run = by_hand(
        *path(
            1, 6, first=1, birth=0, private_equity=lambda q: {2: 10.0, 3: 5.0}.get(q, 0.0),
            private_dividends=lambda q: 1.0 if q > 3 else 0.0, private_exit=lambda q: 40.0 if q == 5 else 0.0,
            venture_stake=0.3,
        )
    )  # fmt: skip
    (position,) = run.positions.to_dict("records")
    assert position == {"opened": 2.0, "ended": 5, "paid": 15.0, "returned": 42.0, "outcome": "sold"}


def test_position_of_a_closed_firm_returns_its_part_of_the_cash(by_hand, path) -> None:
    run = by_hand(
        *path(
            1, 3, first=1, birth=0, private_equity=lambda q: 8.0 if q == 1 else 0.0, venture_stake=0.25, cash=4.0,
            closes=lambda q: 2 if q == 3 else 0,
        )
    )  # fmt: skip
    (position,) = run.positions.to_dict("records")
    assert (position["returned"], position["outcome"]) == (1.0, "closed")


def test_position_of_a_firm_in_debt_returns_nothing_and_one_that_goes_on_is_open(by_hand, path) -> None:
    debt = path(1, 2, first=1, birth=0, private_equity=lambda q: 8.0 if q == 1 else 0.0, venture_stake=0.5, cash=-4.0,
                closes=lambda q: 1 if q == 2 else 0)  # fmt: skip
    going = path(2, 2, first=1, birth=0, private_equity=lambda q: 8.0 if q == 1 else 0.0, venture_stake=0.5)
    table = by_hand(*debt, *going).positions.set_index("outcome")
    assert table["returned"].to_dict() == {"closed": 0.0, "open": 0.0}


def test_positions_after_a_sale_begin_anew(by_hand, path) -> None:
    run = by_hand(
        *path(
            1, 7, first=1, birth=0, private_equity=lambda q: {1: 10.0, 5: 6.0}.get(q, 0.0),
            private_exit=lambda q: 30.0 if q == 3 else 0.0, closes=lambda q: 1 if q == 7 else 0, venture_stake=0.5,
        )
    )  # fmt: skip
    assert run.positions["outcome"].tolist() == ["sold", "closed"]
    assert run.positions["paid"].tolist() == [10.0, 6.0]
    assert run.positions["returned"].tolist() == [30.0, 2.5]


def test_positions_in_firms_older_than_the_run_are_left_out(by_hand, path) -> None:
    assert by_hand(*path(1, 4, private_equity=3.0)).positions.empty


def test_money_multiples_are_of_positions_with_time_to_end(by_hand, path) -> None:
    def firm(identity: int, first: int) -> list:
        return path(identity, 2, first=first, birth=first - 1, private_equity=lambda q: 2.0 if q == first else 0.0,
                    private_exit=lambda q: 6.0 if q == first + 1 else 0.0)  # fmt: skip

    run = by_hand(*firm(1, 3), *firm(2, 9), years=YEARS_TO_END + 2)
    assert money_multiples(run).tolist() == [3.0]


def test_positions_that_go_on_count_as_open_and_for_no_multiple(by_hand, path) -> None:
    def firm(identity: int, sold: bool) -> list:
        return path(identity, 2, first=3, birth=2, private_equity=lambda q: 2.0 if q == 3 else 0.0,
                    private_exit=lambda q: 6.0 if q == 4 and sold else 0.0)  # fmt: skip

    run = by_hand(*firm(1, True), *firm(2, False), *firm(3, False), *firm(4, False), years=YEARS_TO_END + 2)
    assert money_multiples(run).tolist() == [3.0]
    assert open_share(run) == 0.75


def test_class_shares_put_par_with_losses_and_bounds_with_the_class_above() -> None:
    shares = class_shares(np.array([0.0, 1.0, 1.1, 5.0, 9.9, 10.0, 30.0, 4.9]))
    assert dict(zip(CLASSES, shares, strict=True)) == {"0-1": 0.25, "1-5": 0.25, "5-10": 0.25, "10+": 0.25}


def test_claims_are_multiples_of_the_threshold(by_hand, path) -> None:
    run = by_hand(*path(1, 1, rd_reported=0.4), *path(2, 1, sales=0.0), parameters={"high_tech_threshold": 0.04})
    assert claims(run) == pytest.approx([1.0])


def test_bunching_compares_windows_on_either_side_of_the_threshold(by_hand, path) -> None:
    at = [0.40, 0.40, 0.51, 0.53, 0.29, 0.27]  # of sales of 10: threshold 0.4, windows 0.28 and 0.52
    rows = [path(i, 1, rd_reported=rd) for i, rd in enumerate(at)]
    found = research_facts(by_hand(*sum(rows, []), parameters={"high_tech_threshold": 0.04, "value_tail": 1.1}))
    assert found["bunching"] == 3.0
    assert found["value_tail"] == 1.1


def test_relabelled_part_is_that_of_claims_and_of_those_at_the_threshold(by_hand, path) -> None:
    rows = [*path(1, 1, rd_reported=0.4, rd_real=0.3), *path(2, 1, rd_reported=1.6, rd_real=1.6)]
    found = research_facts(by_hand(*rows, parameters={"high_tech_threshold": 0.04, "value_tail": 1.1}))
    assert found["relabelled"] == pytest.approx(0.1 / 2.0)
    assert found["relabelled_at_threshold"] == pytest.approx(0.25)


def test_province_shares_add_up_to_one(by_hand, path) -> None:
    run = by_hand(*path(1, 1, region=0), *path(2, 1, region=0), *path(3, 1, region=18), *path(4, 1, first=1))
    shares = province_shares(run, 0)
    assert (shares[0], shares[18], shares.sum()) == (2 / 3, 1 / 3, 1.0)


def test_adoption_by_class_counts_organisations_by_their_weight(result) -> None:
    run = next(iter(runs_of(result)))
    heads, weight = run.users["employees"].values, run.users["weight"].values.astype(float)
    chosen = (heads >= 10) & (heads < 50)
    by_hand = (run.users["adopted"].values[7][chosen] * weight[chosen]).sum() / weight[chosen].sum()
    assert adoption_of_class(run, "small")[7] == pytest.approx(by_hand, rel=1e-12)
    assert size_ratio(run)[7] == pytest.approx(adoption_of_class(run, "large")[7] / by_hand, rel=1e-12)
    assert np.isnan(adoption(run, np.zeros(len(weight)))).all()


def test_runs_of_a_result_hold_each_its_own_firms(result) -> None:
    runs = list(runs_of(result))
    assert [run.number for run in runs] == [0, 1]
    assert sum(len(run.firms) for run in runs) == result.panel.firms.sizes["observation"]
    quarter = runs[1].firms[runs[1].firms["quarter"] == 4]
    held = result.panel.firms
    chosen = (held["run"].values == 1) & (held["quarter"].values == 4)
    assert quarter["id"].tolist() == held["id"].values[chosen].tolist()
    assert runs[1].parameters["rd_intensity"] == result.parameters["rd_intensity"][1]


def test_runs_of_a_result_without_panel_are_refused_with_the_way_to_one(result) -> None:
    with pytest.raises(UserError, match="--agent-panel"):
        next(iter(runs_of(replace(result, panel=None))))
