"""The doors: settings, addresses, sign-in, inbox, dashboard, command line.

Knows: every room below, the clock, and who is signed in.
Knows not: rules. Doors build `By` and call actions; what may be done is decided below.
"""
