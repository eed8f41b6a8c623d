"""Tasks of the day (临时交办) and sheets to be collected (收表).

Knows: errands with one part per receiving unit, their numbers and papers, village links, collections and their merging.
Knows not: plans and duties; a room above that hands something on registers itself in `sources` and is named by a text
reference. Villages have no account: whoever holds the link may read and answer that one errand and nothing else.
"""
