"""Where ledgers and duties meet: rooms below offer countable facts, the duties above count them.

Knows: the keys that are offered, their label, and how to count them per unit and day, as of any day.
Knows not: what a fact means or who owes it. Facts are counted where they live, never copied.
"""
