"""What opens in a region: industrial parks and research centres of foreign firms."""

from __future__ import annotations

import math

import numpy as np

from sim._jit import gather, kernel
from sim.draws import Purpose, uniform
from sim.kernels.policy import success


@kernel
def open_parks(regions, nation, policy, before, parameters, key, q):
    """Found the parks of the quarter where AI firms are; parts of a park are carried over."""
    nation.parks_due += (
        0.25 * policy.industrial_parks * policy.implementation_effectiveness * success(policy, before, parameters)
    )
    ordinal = 0
    while nation.parks_due >= 1.0:
        nation.parks_due -= 1.0
        regions[host_of(regions, uniform(key.seed, key.run, np.int64(ordinal), q, Purpose.NEW_PARK))].parks += 1.0
        ordinal += 1
    for row in range(regions.shape[0]):
        region = regions[row]
        region.park_cover = min(1.0, parameters.park_places * region.parks / max(1.0, region.firms))


@kernel
def host_of(regions, u):
    """Return the region in whose part of all AI firms u falls."""
    total = 0.0
    for row in range(regions.shape[0]):
        total += regions[row].firms
    below = 0.0
    for row in range(regions.shape[0]):
        below += regions[row].firms
        if u * total <= below:
            return row
    return regions.shape[0] - 1


@gather
def fixed_overhead_row(region, parameters):
    """Return the fixed cost of a firm in the region, mn CNY/quarter: room in a park makes it cheaper."""
    return parameters.fixed_overhead * (1.0 - parameters.park_saving * region.park_cover)


@kernel
def open_centres(regions, policy, parameters):
    """Open and close research centres of foreign firms, where talent is."""
    leaving = 1.0 - math.exp(-0.25 * parameters.centre_closing)
    for row in range(regions.shape[0]):
        region = regions[row]
        region.centres += 0.25 * policy.foreign_rd_centres * region.seat_share - leaving * region.centres
