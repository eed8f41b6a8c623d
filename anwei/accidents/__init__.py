"""Accidents of the district: the toll with its grade, and the clock of the investigation, which may stand still.

Knows: regimes as data, grades by toll, units of the investigation, suspensions, extensions, report, ratification.
Knows not: who owes what by when. It offers `accident.investigation` through `evidence`.
"""
