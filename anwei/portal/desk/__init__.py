"""The first screens: inbox, dashboard, calendar, notices, search, figures' definitions, help.

Knows: how what other rooms hold is put before one person, in which order, with which links.
Knows not: how anything is counted or decided; it asks the rooms below and calls their actions.
"""
