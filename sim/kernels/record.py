"""Writes the quarter's outcomes and the year's ledger into result arrays, in the units of `outcomes`."""

from __future__ import annotations

import math

from sim._jit import kernel

_BN = 1.0e-3  # mn CNY -> bn CNY, persons -> thousand persons


@kernel
def record(out, sectors, regions, applications, fields, nation, parameters):
    """Fill one record of outcomes for the quarter."""
    ordered = 0.0
    delivered = 0.0
    firms = 0.0
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        ordered += sector.ordered
        delivered += sector.technology
        out.quality[s] = sector.quality
        out.supply_parity[s] = sector.quality / sector.frontier
        for k in range(3):
            out.sales_by_sector[s, k] = _BN * sector.sales[k]
    out.served_share = delivered / ordered if ordered > 0.0 else 1.0
    out.network_coverage = 0.0
    for r in range(regions.shape[0]):
        region = regions[r]
        out.network_coverage += region.gdp_share * region.coverage
        firms += region.firms
        for k in range(3):
            out.sales_by_region[r, k] = _BN * region.sales[k]
    for k in range(3):
        out.entry_sales[k] = _BN * nation.entry_sales[k]
        out.recognition_sales[k] = _BN * nation.recognition_sales[k]
        out.public_sales[k] = _BN * nation.public_sales[k]
        out.related_scale[k] = _BN * nation.related[k]
    for a in range(applications.shape[0]):
        out.adoption_share[a] = applications[a].adopted_share
        out.ai_intensity[a] = applications[a].intensity
    for f in range(fields.shape[0]):
        out.technology_parity[f] = fields[f].level / fields[f].frontier
    for i in range(nation.standings.shape[0]):
        for k in range(nation.standings.shape[1]):
            out.firms_by_standing[i, k] = nation.standings[i, k]
    for tier in range(5):
        out.talent[tier] = _BN * nation.people[tier]
        out.wages[tier] = nation.pay[tier]
    # Firms are counted by region at the start of the quarter; births and deaths of the quarter complete the count.
    out.firms = firms + nation.entries + nation.recognised - nation.exits
    out.firm_entries = nation.entries + nation.recognised
    out.firm_recognitions = nation.recognised
    out.firm_exits = nation.exits
    _record_nation(out, nation, parameters)


@kernel
def _record_nation(out, nation, parameters):
    out.students = _BN * nation.students
    out.rd_spending = _BN * nation.rd_spending
    out.venture_investment = _BN * nation.venture_placed
    out.venture_deals = nation.deals
    out.guidance_invested = _BN * nation.guidance_placed
    out.guidance_returned = _BN * nation.guidance_returned
    out.public_outlay = _BN * nation.public_outlay
    out.forgone_tax = _BN * nation.forgone_tax
    out.imports = _BN * nation.imports
    out.displaced_workers = _BN * nation.displaced
    out.retrained_workers = _BN * nation.retrained
    out.compute_price = nation.compute_price
    out.trust = nation.trust / parameters.trust_baseline
    out.knowledge_reach = nation.knowledge_reach
    out.concentration = nation.concentration
    out.gdp = nation.gdp
    out.residual = nation.residual
    out.residual_heads = nation.residual_heads


@kernel
def add_to_ledger(ledger, levers):
    """Add the quarter to the year's ledger, bn CNY: budgeted, disbursed, idle, misused, forgone."""
    for row in range(levers.shape[0]):
        lever = levers[row]
        ledger[row, 0] += _BN * lever.budgeted
        ledger[row, 1] += _BN * lever.disbursed
        ledger[row, 2] += _BN * (lever.budgeted - lever.disbursed)
        ledger[row, 3] += _BN * lever.misused
        ledger[row, 4] += _BN * lever.forgone


@kernel
def is_finite(nation, sectors):
    """Return whether the sums that every part of the economy feeds into are numbers."""
    total = nation.turnover + nation.rd_spending + nation.trust + nation.compute_price
    for k in range(3):
        total += nation.related[k]
    for s in range(sectors.shape[0]):
        total += sectors[s].technology + sectors[s].quality + sectors[s].price
    for tier in range(5):
        total += nation.people[tier] + nation.pay[tier]
    return math.isfinite(total)
