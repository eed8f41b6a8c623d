"""Whatever happens in these tests happens on the demonstration day."""

import pytest


@pytest.fixture(autouse=True)
def today(demonstration_day):
    """The day stands still."""
