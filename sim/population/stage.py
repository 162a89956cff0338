"""What a scenario gives to a run: levers, budgets, published macro paths, shocks, links, as arrays by quarter."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.kernels.policy import ADOPTION, SUPPLY
from sim.parameters import defaults
from sim.plan import Lever, load_catalogue
from sim.plan.names import FIELDS
from sim.population.places import links
from sim.scenario import Scenario
from sim.scenario.quarters import Quarter
from sim.seeds import read_table
from sim.state import GOALS_FIELDS, KEY_FIELDS, POLICY, WORLD_FIELDS, Scene
from sim.state.fields import Rows, empty
from sim.state.firms import FIRM_FLOWS

Floats = npt.NDArray[np.float64]

FIRST_YEAR = 2016
# Reviews judge the broad count (caict: technology, bundled, lines), whatever definition a scenario puts in its
# headline: how an outcome is reported must not change it. A test holds the weights equal to `measurement.definitions`.
REVIEWED = (1.0, 1.0, 1.0)
WAVE_QUARTERS = 8  # a generative-AI wave unfolds over two years
_WAVE_FIELDS = ("advanced_learning", "language", "cross_media", "knowledge_engine", "cross_media_reasoning")
_DRIFT_UNTIL = 2020  # the last year for which outputs by application are known (seeds/population/applications.csv)
# Money that pays for what users order: it waits for no pilot.
_ORDERS = ("public_service_procurement", "governance_procurement", "public_safety_procurement", "adoption_subsidy_rate")
# Money that buys goods and services outside the model although the lever itself is money.
_INFRASTRUCTURE = ("platform_investment", "network_investment", "data_infrastructure", "compute_investment")


def stage(scenario: Scenario) -> Scene:
    """Return what the scenario gives to a run, with default parameters and the key (seed, 0).

    Parameters
    ----------
    scenario
        Fully resolved; starts in 2016Q1.

    Returns
    -------
    Scene
    """
    field_sector, sector_application = links()
    key = empty(KEY_FIELDS, 1)
    key[0].seed = scenario.seed
    parameters = defaults()
    for name, value in scenario.parameters.items():
        parameters[name] = value
    return Scene(
        policy=policy_path(scenario),
        before=before(),
        goals=goals(scenario),
        headline=np.array(REVIEWED),
        movable=movable(scenario),
        piloted=piloted(),
        world=world_path(scenario),
        parameters=parameters,
        field_sector=np.ascontiguousarray(field_sector),
        sector_application=np.ascontiguousarray(sector_application),
        budgets=budgets(scenario),
        bought=bought(),
        key=key,
        blank_flow=empty(FIRM_FLOWS, 1),
    )


def before() -> Rows:
    """Return the levers of the first quarter of 2016, one record: what the effects of levers are set against."""
    levels = empty(POLICY, 1)
    for spec in load_catalogue().levers:
        point = spec.paths.without_plan.points[str(Quarter.parse("2016Q1"))]
        if spec.form == "scalar":
            levels[0][spec.id] = point
    return levels


def goals(scenario: Scenario) -> Rows:
    """Return the next target of either scale and the years left to it, one record a quarter; for reviews only."""
    rows = empty(GOALS_FIELDS, scenario.n_quarters)
    for name in ("core", "related"):
        targets = sorted((t.year, t.above) for t in scenario.targets if t.indicator == f"{name}_scale")
        for q in range(scenario.n_quarters):
            now = FIRST_YEAR + q / 4.0
            left = [(year + 1.0 - now, above) for year, above in targets if year + 1.0 > now]
            if left:
                rows[q][f"{name}_years"], rows[q][f"{name}_target"] = left[0]
    return rows


def movable(scenario: Scenario) -> npt.NDArray[np.int64]:
    """Return what a review may move, int64[63]: 0 nothing, 1 budgets that serve the core scale, 2 the related scale.

    All budgets that the catalogue gives a goal, or those of them that the scenario names.
    """
    sides = np.zeros(len(Lever), dtype=np.int64)
    for spec in load_catalogue().levers:
        if not scenario.evaluation or spec.id in scenario.evaluation:
            sides[spec.index] = {"none": 0, "core": SUPPLY, "related": ADOPTION}[spec.serves]
    return sides


def piloted() -> npt.NDArray[np.bool_]:
    """Return the levers whose new money may wait for pilots, bool[63]: programmes of money, not orders."""
    mask = np.zeros(len(Lever), dtype=np.bool_)
    for spec in load_catalogue().levers:
        mask[spec.index] = spec.cost.kind == "direct" and spec.origin != "restated" and spec.id not in _ORDERS
    return mask


def policy_path(scenario: Scenario) -> Rows:
    """Return the levers in force by quarter, one record a quarter."""
    policy = empty(POLICY, scenario.n_quarters)
    for field in POLICY:
        policy[field.name] = scenario.path(field.name)
    # A rule or service is worth what is carried out of it, as money is worth what arrives.
    start = before()[0]
    for spec in load_catalogue().levers:
        if spec.cost.kind == "admin" and spec.form == "scalar":
            new = policy[spec.id] - start[spec.id]
            policy[spec.id] = start[spec.id] + new * policy.implementation_effectiveness
    return policy


def budgets(scenario: Scenario) -> Floats:
    """Return the money set aside for each lever, mn CNY a quarter, float64[quarters, 63]; 0 where none is planned."""
    money = np.zeros((scenario.n_quarters, len(Lever)))
    for spec in load_catalogue().levers:
        if spec.cost.amount is not None and spec.cost.kind != "tax":
            level = scenario.path(spec.id)
            money[:, spec.index] = 250.0 * spec.cost.amount * (level.sum(axis=1) if level.ndim == 2 else level)
    # A subsidy is paid as it is claimed; nothing is set aside beforehand.
    money[:, Lever.adoption_subsidy_rate] = 0.0
    return money


def bought() -> npt.NDArray[np.bool_]:
    """Return which levers' money buys goods and services outside the model, bool[63]."""
    mask = np.zeros(len(Lever), dtype=np.bool_)
    for spec in load_catalogue().levers:
        mask[spec.index] = spec.cost.kind in ("unit", "admin") or spec.id in _INFRASTRUCTURE
    return mask


def world_path(scenario: Scenario) -> Rows:
    """Return published growth of GDP, wages and venture money by quarter, and the scenario's shocks."""
    world = empty(WORLD_FIELDS, scenario.n_quarters)
    world.gdp_growth = _growth("nominal_gdp", scenario.n_quarters)
    world.wage_growth = _growth("ict_wage", scenario.n_quarters)
    table = read_table("population/macro").where(series="equity_investment")
    known = dict(zip(table["year"].tolist(), table["value"].tolist(), strict=True))
    years = FIRST_YEAR + np.arange(scenario.n_quarters) // 4
    world.venture = [250.0 * known.get(int(year), 0.0) for year in years]
    world.output_drift = 1.0
    world.output_drift[years <= _DRIFT_UNTIL] = _drift()
    _shocks(world, scenario)
    return world


def _annual(series: str) -> tuple[Floats, Floats]:
    table = read_table("population/macro").where(series=series)
    order = np.argsort(table["year"])
    return table["year"][order].astype(np.float64), table["value"][order]


def _growth(series: str, quarters: int) -> Floats:
    # Annual figures stand at mid-year; quarters between are filled by constant growth. The first quarter is set against
    # the mean of 2016, because levels of 2016 are declared as yearly ones.
    years, values = _annual(series)
    middle = FIRST_YEAR + (np.arange(quarters) + 0.5) / 4.0
    level = np.interp(middle, years + 0.5, np.log(values))
    base = np.log(values[years == FIRST_YEAR][0])
    growth = np.exp(np.diff(level, prepend=base))
    growth[middle > years[-1] + 0.5] = 0.0
    return np.asarray(growth)


def _drift() -> Floats:
    years, gdp = _annual("nominal_gdp")
    grown = gdp[years == _DRIFT_UNTIL][0] / gdp[years == FIRST_YEAR][0]
    table = read_table("population/applications")
    ratio = table["output_2020"] / table["output_2016"] / grown
    return np.asarray(ratio ** (1.0 / (4.0 * (_DRIFT_UNTIL - FIRST_YEAR + 0.5))))


def _shocks(world: Rows, scenario: Scenario) -> None:
    world.import_access = 1.0
    wave = [FIELDS.index(name) for name in _WAVE_FIELDS]
    for shock in scenario.shocks:
        force = slice(shock.start, shock.stop)
        if shock.kind == "export_controls":
            world.import_access[force] = np.minimum(world.import_access[force], 1.0 - shock.severity)
        elif shock.kind == "generative_wave":
            stop = min(shock.start + WAVE_QUARTERS, shock.stop)
            world.frontier_jump[shock.start : stop, wave] += shock.severity / WAVE_QUARTERS
            part = np.clip(
                (np.arange(len(world)) - shock.start + 1) / WAVE_QUARTERS, 0.0, (stop - shock.start) / WAVE_QUARTERS
            )
            world.benefit_jump = np.maximum(world.benefit_jump, shock.severity * part)
        elif shock.kind == "demand_slump":
            world.slump[force] = np.maximum(world.slump[force], shock.severity)
        elif shock.kind == "venture_winter":
            world.winter[force] = np.maximum(world.winter[force], shock.severity)
        elif shock.kind == "safety_scandal":
            world.scandal[shock.start] += shock.severity
        else:
            world.compute_break[shock.start] += shock.severity
