"""Who owes what by when, what counts for it, and what was granted: extensions, waivers, make-ups, transfers, returns.

Knows: duties and their dues, the standing of each on any day (derived, never stored), the half-yearly return.
Knows not: any ledger; facts come through `evidence`. What follows from an overdue duty is the ladder's business.
"""
