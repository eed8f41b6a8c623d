"""What exists: installations with their kind, town, regulators and the days that rules ask about.

Knows: kinds as data, age in years, evaluations and how long they hold, which units an installation concerns.
Knows not: what is wrong with it or who owes what. It offers `register.…` shares through `evidence`.
"""
