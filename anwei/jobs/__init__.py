"""Work in the background: jobs that are done once, and work that comes round again and again.

Knows: leases, heartbeats, attempts, unique keys, when something is due. Nothing is lost when a worker is killed.
Knows not: what the work is. Rooms register it by name in `AppConfig.ready()` (`handle`, `every`).
"""
