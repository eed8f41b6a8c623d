"""The closed loop: rows that must be closed, their flow as data, and the steps they took.

Knows: states, moves, who may make them, that the reviewer is not the doer, that one of two wins.
Knows not: what is being closed. Every ledger's own matters inherit `Matter` and declare a `Flow`.
"""
