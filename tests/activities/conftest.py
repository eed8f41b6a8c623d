"""An activity as a sheet row, and browsers signed in as people of the cast."""

import pytest


@pytest.fixture(autouse=True)
def today(demonstration_day):
    """Whatever happens in this room's tests happens on the demonstration day."""


def study(**changes):
    """A collective study of 8 June with everything that it asks."""
    row = {
        "kind": "collective_study",
        "happened_on": "2023-06-08",
        "topic": "学习贯彻安全生产重要论述",
        "host": "党委书记",
        "attendance": 23,
    }
    return row | changes
