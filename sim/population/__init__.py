"""The synthetic economy of 2016Q1: traits of every agent from the seeds, and what a scenario gives to a run.

`populate` gives a state whose levels `kernels.settle` then sets for the parameters of a run; `stage` turns a scenario
into the arrays a run reads. The population is one: its draws use their own fixed seed, so runs differ by chance after
the start and by parameters, not by the cast. Must not import results, plots or the command line.
"""

from sim.population.cast import populate
from sim.population.stage import stage

__all__ = ["populate", "stage"]
