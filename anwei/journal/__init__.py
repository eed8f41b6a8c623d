"""Who did what: acts, their record, and the seals that show whether the record is whole.

Knows: the three promises of an act (one transaction, allowed, recorded), refusals, seals.
Knows not: any other room. Persons and units stand here as text, so that they survive a change of name.
"""
