"""Ages in years: «超过20年» begins on the day after twenty years are full."""

from datetime import date


def years_before(on: date, years: int) -> date:
    """What began before this day is more than `years` old on `on`; what began on it is just that old.

    In use since 18 September 2003: twenty years are full on 18 September 2023, more than twenty from the 19th on.
    """
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February in a year that has none: whatever began by the 28th has its years full
        return date(on.year - years, 3, 1)


def full_on(since: date, years: int) -> date:
    """The day on which so many years are full; more than that it is from the next day on."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:  # began on 29 February
        return date(since.year + years, 2, 28)
