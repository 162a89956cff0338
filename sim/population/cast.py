"""The agents of 2016Q1: user organisations, firms, institutes and funds, with their fixed traits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.parameters import PARAMETERS
from sim.plan.names import APPLICATIONS, CORE_SECTORS, REGIONS, SIZE_CLASSES
from sim.population.places import (
    links,
    place_applications,
    place_fields,
    place_regions,
    place_sectors,
    share_of,
)
from sim.population.scores import apportion, ranks, scores, uniforms
from sim.seeds import read_table
from sim.state import Sizes, State, allocate
from sim.state.fields import Rows
from sim.state.finance import FundKind

CELLS = len(APPLICATIONS) * len(REGIONS) * len(SIZE_CLASSES)
_INCUMBENT = 2

# Share of institutes by kind (university school, state laboratory, enterprise laboratory, defence-linked), assumed
# after the 94 universities and 75 other institutes counted in 2019 (CINGAI); how much each publishes anyway, assumed;
# share of effort in theory, assumed.
_INSTITUTES = 450
_KIND_SHARE = np.array([0.56, 0.22, 0.16, 0.06])
_KIND_OPENNESS = np.array([0.8, 0.5, 0.3, 0.05])
_KIND_THEORY = np.array([0.65, 0.5, 0.2, 0.4])

# Market funds of large firms hold three tenths of private AI money, angel and venture funds the rest; sizes fall with
# rank as in Zipf's law. Assumed.
_MARKET_FUNDS, _VENTURE_FUNDS, _INFRASTRUCTURE_FUNDS = 6, 18, 3
_MARKET_PART = 0.3


def populate(replicates: int = 4, firms: int = Sizes().firms) -> tuple[State, npt.NDArray[np.uint8]]:
    """Return the synthetic economy of 2016Q1 as traits; levels are set by `kernels.settle`.

    Parameters
    ----------
    replicates
        User organisations per application, region and size class; 4 gives 7,440.
    firms
        Rows of the firm table; a quarter may found a quarter as many.

    Returns
    -------
    State, uint8[bytes]
        The state and the block of memory that holds it.
    """
    state, memory = allocate(Sizes(firms=firms, births=firms // 4, adopters=CELLS * replicates))
    _, sector_application = links()
    place_regions(state)
    place_sectors(state)
    place_fields(state)
    place_applications(state, sector_application)
    cast_users(state, replicates)
    cast_funds(state)
    cast_firms(state)
    cast_institutes(state)
    return state, memory


def cast_users(state: State, replicates: int) -> None:
    """Give every cell of application, region and size class its user organisations."""
    applications = read_table("population/applications")
    regions = read_table("population/regions")
    sizes = read_table("population/size_classes")
    adopters = state.adopters
    shape = (len(APPLICATIONS), len(REGIONS), len(SIZE_CLASSES), replicates)
    cell = np.indices(shape).reshape(4, -1)
    adopters.id = np.arange(len(adopters))
    adopters.application, adopters.region, adopters.size_class = cell[0], cell[1], cell[2]
    spread = np.exp(0.4 * scores(replicates, 1) if replicates > 1 else np.zeros(1))
    for a, profile in enumerate(applications["size_profile"]):
        classes = sizes.where(profile=profile)
        mine = cell[0] == a
        place = share_of(regions, str(applications["regional_key"][a]))[cell[1][mine]]
        k = cell[2][mine]
        heads = float((classes["mean_employees"] * classes["organisation_share"]).sum())
        organisations = applications["employment"][a] * 1e6 / heads
        adopters.employees[mine] = classes["mean_employees"][k] * (spread / spread.mean())[cell[3][mine]]
        adopters.weight[mine] = organisations * place * classes["organisation_share"][k] / replicates
        adopters.output_2016[mine] = (
            250.0 * applications["output_2016"][a] * place * classes["output_share"][k] / replicates
        )
        for c in range(len(SIZE_CLASSES)):
            same = np.flatnonzero(mine)[k == c]
            adopters.intensity[same] = ranks(len(same), 100 + 10 * a + c)
    adopters.maturity = np.clip(np.exp(0.25 * scores(len(adopters), 2) - 0.03), 0.4, 1.8)


def cast_funds(state: State) -> None:
    """Found the funds: central, major-project, 31 guidance, market, venture, infrastructure."""
    funds = state.funds
    kinds = (
        [FundKind.RESEARCH, FundKind.PROJECT]
        + [FundKind.GUIDANCE] * len(REGIONS)
        + [FundKind.MARKET] * _MARKET_FUNDS
        + [FundKind.VENTURE] * _VENTURE_FUNDS
        + [FundKind.INFRASTRUCTURE] * _INFRASTRUCTURE_FUNDS
    )
    funds.id = np.arange(len(funds))
    funds.kind = kinds
    funds.region = -1
    funds.region[2 : 2 + len(REGIONS)] = np.arange(len(REGIONS))
    market = 1.0 / np.arange(1, _MARKET_FUNDS + 1)
    venture = 1.0 / np.arange(1, _VENTURE_FUNDS + 1)
    first = 2 + len(REGIONS)
    funds.weight[first : first + _MARKET_FUNDS] = _MARKET_PART * market / market.sum()
    second = first + _MARKET_FUNDS
    funds.weight[second : second + _VENTURE_FUNDS] = (1.0 - _MARKET_PART) * venture / venture.sum()


def cast_firms(state: State) -> None:
    """Give the firms of 2016 place, sector, age, investors and standard normal scores of size, quality and R&D."""
    count = int(PARAMETERS["firms_2016"].default)
    regions = read_table("population/regions")
    sectors = read_table("population/core_sectors")
    firms: Rows = state.firms[:count]
    state.nations[0].firm_rows = count
    firms.id = np.arange(count)
    firms.alive = True
    order = np.argsort(uniforms(count, 3), kind="stable")
    firms.region[order] = np.repeat(np.arange(len(REGIONS)), apportion(share_of(regions, "ai_firm_share_2016"), count))
    order = np.argsort(uniforms(count, 4), kind="stable")
    firms.sector[order] = np.repeat(
        np.arange(len(CORE_SECTORS)), apportion(share_of(sectors, "firm_share_2016"), count)
    )
    # Founding years crowd in 2010-2015 (CINGAI, IT Juzi): ages up to six years, denser towards the young.
    age = 0.25 + 5.75 * ranks(count, 5) ** 1.5
    incumbent = ranks(count, 6) < PARAMETERS["incumbent_part_2016"].default
    age[incumbent] += 6.0
    firms.origin = np.where(incumbent, _INCUMBENT, 0)
    firms.birth = -np.ceil(4.0 * age).astype(np.int64)
    size = scores(count, 7)
    firms.share = size
    firms.quality = 0.4 * size + np.sqrt(1.0 - 0.16) * scores(count, 8)
    firms.rd_intensity = scores(count, 9)
    firms.line_sales[incumbent] = scores(int(incumbent.sum()), 10)
    weights = np.cumsum(state.funds.weight)
    firms.fund = np.searchsorted(weights, uniforms(count, 11) * weights[-1])
    # 71-77% of AI firms had raised money (CINGAI 2018-2020); the larger ones more often.
    funded = ranks(count, 12) + 0.1 * size < 0.72
    firms.last_round = np.where(funded, -1 - np.floor(8.0 * uniforms(count, 13)).astype(np.int64), -999)
    firms.venture_stake = np.where(funded, 0.25, 0.0)
    firms.public_supplier = ranks(count, 14) - 0.15 * size < 0.15


def cast_institutes(state: State) -> None:
    """Give institutes kind, place, fields and their share of all institute staff."""
    table = read_table("population/regions")
    fields = read_table("population/fields")
    institutes: Rows = state.institutes[:_INSTITUTES]
    state.nations[0].institute_rows = _INSTITUTES
    institutes.id = np.arange(_INSTITUTES)
    institutes.alive = True
    order = np.argsort(uniforms(_INSTITUTES, 20), kind="stable")
    institutes.region[order] = np.repeat(
        np.arange(len(REGIONS)), apportion(share_of(table, "researchers_fte_2016"), _INSTITUTES)
    )
    order = np.argsort(uniforms(_INSTITUTES, 21), kind="stable")
    institutes.kind[order] = np.repeat(np.arange(4), apportion(_KIND_SHARE, _INSTITUTES))
    institutes.birth = -40
    institutes.openness = _KIND_OPENNESS[institutes.kind]
    size = np.exp(0.8 * scores(_INSTITUTES, 22))
    institutes.seniors = size / size.sum()
    theory = fields["kind"] != "technology"
    leaning = np.exp(0.7 * np.array([scores(_INSTITUTES, 30 + f) for f in range(fields.rows)]).T)
    part = _KIND_THEORY[institutes.kind][:, None]
    for mask, weight in ((theory, part), (~theory, 1.0 - part)):
        leaning[:, mask] *= weight / leaning[:, mask].sum(axis=1, keepdims=True)
    institutes.profile = leaning
