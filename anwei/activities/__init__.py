"""Whatever was held: study, meeting, drill, talk, published case, warning film; kinds are data of the rulebook.

Knows: each activity with its date, topic, host, units credited, attendance, files; corrections as successors.
Knows not: who owed it. It offers `activity.<kind>` through `evidence`; a joint session credits each unit once.
"""
