"""Measurements of the paths that must be fast, each beside a peer that does the same work another way.

Knows: how two sides are timed in one run, and which goals stand for them. Knows not: correctness; the tests prove that.
A module named in `harness.NAMES` gives its cases by `cases(size)`.
"""
