"""Fitting parameters to what was published. In this version: a coarse first fit by importance weighting."""
