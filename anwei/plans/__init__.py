"""The plan document: read, reviewed, resolved to units, adopted, replaced by a new version.

Knows: text, chapters, measures, assignments, namings, findings, what each measure asks (demands).
Knows not: who has done what (duties), nor any ledger.
"""
