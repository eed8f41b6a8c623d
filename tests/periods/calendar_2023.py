"""The notice for 2023 as far as the tests need it, written by hand from 国办发明电〔2022〕16号."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from anwei.periods import Workdays


@dataclass(frozen=True)
class Year:
    year: int = 2023
    confirmed: bool = True
    off: frozenset[date] = field(
        default=frozenset(
            {
                *(date(2023, 9, 29) + timedelta(days=n) for n in range(8)),
                *(date(2023, 6, 22) + timedelta(days=n) for n in range(3)),
                *(date(2023, 4, 29) + timedelta(days=n) for n in range(5)),
                date(2023, 4, 5),
            }
        )
    )
    worked: frozenset[date] = field(
        default=frozenset(
            {date(2023, 10, 7), date(2023, 10, 8), date(2023, 6, 25), date(2023, 4, 23), date(2023, 5, 6)}
        )
    )


WORKDAYS = Workdays([Year()])
