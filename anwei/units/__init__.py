"""The organisations that a plan binds, the people at their posts, and what the district has set.

Knows: units, groups, aliases, secretariats, competences, people, posts, rights, settings; what a reference means.
Knows not: plans, duties, or any ledger.
"""
