"""Who acts: the frozen value that doors build and every action takes first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from anwei.references import about


class Refused(Exception):
    """What was asked is not allowed, or not possible now. The message is for people and names the rule."""


class NotAllowed(Refused):
    """The person lacks the capability on this subject."""


class Stale(Refused):
    """Somebody else changed the row first."""


@dataclass(frozen=True, slots=True)
class By:
    """`person` and `unit` are rows of the room `units`, or None for the system; `may(capability, subject)` answers by
    default False; `at` is the door's clock (aware); `door` is one of web, command, worker, public, api."""

    person: Any
    unit: Any
    may: Callable[[str, Any], bool]
    at: datetime
    door: str
    request_id: str = ""

    @property
    def today(self) -> date:
        return timezone.localtime(self.at).date()

    @property
    def person_text(self) -> str:
        return str(self.person) if self.person is not None else "系统"

    @property
    def person_ref(self) -> str:
        return about(self.person) if self.person is not None else ""

    @property
    def unit_text(self) -> str:
        return str(self.unit) if self.unit is not None else ""

    @property
    def unit_ref(self) -> str:
        return about(self.unit) if self.unit is not None else ""

    def must(self, capability: str, subject: Any = None) -> None:
        """Raises NotAllowed unless the right is there."""
        if not self.may(capability, subject):
            name = capability_label(capability)
            what = f"（{subject}）" if subject is not None else ""
            raise NotAllowed(f"您现在的岗位没有“{name}”的权限{what}。如确需办理，请联系本单位管理员或区安委办。")


_LABELS: dict[str, str] = {}


def declare(**labels: str) -> None:
    """Rooms name their capabilities: `declare(**{"plan.adopt": "采纳要点"})`. One name, one label."""
    for capability, label in labels.items():
        if _LABELS.get(capability, label) != label:
            raise ValueError(f"capability {capability} is declared twice with different labels")
        _LABELS[capability] = label


def capability_label(capability: str) -> str:
    return _LABELS.get(capability, capability)


def capabilities() -> dict[str, str]:
    """Every declared capability with its label."""
    return dict(_LABELS)
