"""Economics of one row: plain numbers in, plain numbers out; no arrays, no randomness, no state, no parameters by name.

Every rule states its formula, units and source. Kernels and Mesa agents call the same rules.
"""
