from tests.activities.conftest import browser, demonstration_day

__all__ = ["browser", "demonstration_day"]
