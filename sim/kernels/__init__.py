"""Loops over rows, one module per theme, named like the rules they call.

`<decision>_row` gathers one agent's numbers and calls rules; the kernel of the same name loops over all rows. Kernels
validate nothing and allocate nothing of state size; argument names are the names of the state's tables, so the
schedule can call them by name.
"""
