"""A machine shared with others may be slow for a moment; no property here is about speed."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
