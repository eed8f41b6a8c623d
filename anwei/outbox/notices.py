"""Writing notices. Plural: one call says the same to many, without doubles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from anwei.outbox.models import Notice


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    kind: str
    title: str
    key: str
    about: str = ""
    body: str = ""
    url: str = ""


def tell(letters: Iterable[Letter], at: datetime) -> None:
    """Puts letters into the inbox channel; a key that was said before is left as it is. Called inside acts."""
    rows = [
        Notice(
            to=one.to,
            about=one.about,
            kind=one.kind,
            title=one.title[:200],
            body=one.body,
            url=one.url,
            key=one.key,
            written_at=at,
        )
        for one in letters
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
