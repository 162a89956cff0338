"""Protection of ideas: what makers keep and what rivals may copy."""

from __future__ import annotations

from sim._jit import gather, kernel
from sim.rules.protection import appropriability, imitation_success


@gather
def kept_row(policy, parameters):
    """Return the part of an innovation's worth that its maker keeps under these levers."""
    return appropriability(
        parameters.lead_time,
        policy.ip_enforcement,
        parameters.appropriability_ip,
        policy.patent_pool,
        parameters.appropriability_pool,
    )


@kernel
def protect_ideas(nation, policy, before, parameters):
    """Set what makers of innovations keep, over 2016, and how well copying succeeds."""
    nation.appropriability = kept_row(policy, parameters) / kept_row(before, parameters)
    nation.imitation = imitation_success(
        policy.ip_enforcement, parameters.imitation_ip, policy.patent_pool, parameters.imitation_pool
    )
