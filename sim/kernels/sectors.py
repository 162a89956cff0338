"""What a core sector looks like before its firms decide: quality, price, mean size."""

from __future__ import annotations

import math

from sim._jit import kernel


@kernel
def measure_sectors(firms, sectors, regions, nation):
    """Average quality, price and size over the firms of every core sector; count firms by region."""
    for r in range(regions.shape[0]):
        regions[r].firms = 0.0
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        sector.shares = 0.0
        sector.firms = 0.0
        sector.log_quality = 0.0
        sector.weighted_quality = 0.0
        sector.weighted_price = 0.0
        sector.sales_mean = 0.0
    for row in range(nation.firm_rows):
        firm = firms[row]
        if firm.alive:
            sector = sectors[firm.sector]
            sector.firms += 1.0
            sector.shares += firm.share
            sector.log_quality += math.log(firm.quality)
            sector.weighted_quality += firm.share * firm.quality
            sector.weighted_price += firm.share * firm.price
            sector.sales_mean += firm.technology_sales
            regions[firm.region].firms += 1.0
    for s in range(sectors.shape[0]):
        sector = sectors[s]
        # A sector without firms keeps its last quality and price: imports serve it.
        if sector.firms > 0.0 and sector.shares > 0.0:
            sector.quality = sector.weighted_quality / sector.shares
            sector.price = sector.weighted_price / sector.shares
            sector.quality_mean = math.exp(sector.log_quality / sector.firms)
            sector.sales_mean /= sector.firms
