"""Which unit a name means: plain, alias, prefix, special committee, masked. One index per snapshot of the register."""

from dataclasses import dataclass
from functools import lru_cache

from anwei.units.directory import SPECIAL_COMMITTEE, Directory, UnitRow
from anwei.units.resolution import wording

# Below this two names share too little for one to be offered instead of the other.
_ALIKE = 0.45
_MOST_PROPOSALS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """Units that a name may mean (one: found; several: ambiguous) and how it was recognised, in Chinese."""

    units: tuple[str, ...]
    how: str


class NameIndex:
    """All writings of all units that stand on the directory's day."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._exact: dict[str, dict[str, str]] = {}
        self._derived: dict[str, dict[str, str]] = {}
        self._topics: dict[str, dict[str, None]] = {}
        names = [(unit.code, "全称", unit.full) for unit in directory.standing]
        names += [(unit.code, "全称", self._with_town(unit)) for unit in directory.standing if unit.kind == "village"]
        names += [(alias.unit, "别名", alias.text) for alias in directory.aliases if directory.unit(alias.unit)]
        # Last, so that the short name is what a reason speaks of.
        names += [(unit.code, "规范简称", unit.short) for unit in directory.standing]
        for code, what, name in names:
            self._enter(code, what, name)

    def _with_town(self, village: UnitRow) -> str:
        """«青榆镇榆东村»: two towns may each have a 前进村."""
        town = self.directory.unit(village.parent)
        return f"{town.short}{village.short}" if town else village.short

    def _enter(self, code: str, what: str, name: str) -> None:
        exact, *derived = wording.forms(name, self.directory.district) or ("",)
        self._exact.setdefault(exact, {})[code] = what
        for form in derived:
            self._derived.setdefault(form, {})[code] = what
        unit = self.directory.unit(code)
        if unit and unit.kind == SPECIAL_COMMITTEE:
            topic = wording.special_topic(name, self.directory.district)
            if topic:
                self._topics.setdefault(topic, {})[code] = None

    def find(self, reference: str) -> Hit | None:
        """The unit or units that a reference may mean, or None if no rule of names knows it."""
        if len(reference) > wording.LONGEST_NAME:
            return None
        return (
            self._by_name(reference)
            or self._by_topic(reference)
            or self._by_brackets(reference)
            or self._masked(reference)
        )

    def _by_name(self, reference: str) -> Hit | None:
        exact, *derived = list(wording.forms(reference, self.directory.district)) or [""]
        if found := self._exact.get(exact):
            return self._hit(found, reference, "")
        for form in (exact, *derived):
            both = {**self._derived.get(form, {}), **self._exact.get(form, {})}
            if both:
                return self._hit(both, reference, "，省去或改写区名、级别后相符")
        return None

    def _hit(self, found: dict[str, str], reference: str, manner: str) -> Hit:
        units = self.directory.in_order(found)
        if len(units) > 1:
            return Hit(units, f"重名：「{reference}」与{self._listed(units)}都相符")
        short, what = self.directory.short(units[0]), found[units[0]]
        if not manner and what == "规范简称":
            return Hit(units, f"同名：机构序中的{short}")
        return Hit(units, f"{what}：「{reference}」即{short}{manner}")

    def _by_topic(self, reference: str) -> Hit | None:
        topic = wording.special_topic(reference, self.directory.district)
        if not topic or topic not in self._topics:
            return None
        units = self.directory.in_order(self._topics[topic])
        return Hit(units, f"规则：专委会只看主题「{topic}」，「{reference}」即{self._listed(units)}")

    def _by_brackets(self, reference: str) -> Hit | None:
        outer, inner = wording.outer_and_inner(reference)
        if not inner:
            return None
        hit = self._by_name(outer) or self._by_topic(outer)
        return Hit(hit.units, f"{hit.how}（括号内「{inner}」作说明）") if hit else None

    def _masked(self, reference: str) -> Hit | None:
        pattern = wording.mask_pattern(reference)
        if pattern is None:
            return None
        names = (*self._exact.items(), *self._derived.items())
        units = self.directory.in_order(code for name, codes in names if pattern.fullmatch(name) for code in codes)
        if not units:
            return None
        if len(units) == 1:
            return Hit(units, f"遮蔽写法：「{reference}」与{self._listed(units)}唯一相符")
        return Hit(units, f"遮蔽写法：「{reference}」与{self._listed(units)}都相符，须点名")

    def alike(self, reference: str) -> tuple[str, ...]:
        """Units whose names share most with a name nobody knows, the most alike first."""
        asked = wording.squeeze(reference)[: wording.LONGEST_NAME]
        best: dict[str, float] = {}
        for name, codes in (*self._exact.items(), *self._derived.items()):
            score = wording.likeness(asked, name)
            for code in codes:
                best[code] = max(best.get(code, 0.0), score)
        ranked = sorted((code for code in best if best[code] >= _ALIKE), key=lambda code: -best[code])
        return tuple(ranked[:_MOST_PROPOSALS])

    def _listed(self, units: tuple[str, ...]) -> str:
        return "、".join(self.directory.short(code) for code in units)


@lru_cache(maxsize=8)
def name_index(directory: Directory) -> NameIndex:
    """The index of a snapshot, built once. Snapshots are told apart by identity."""
    return NameIndex(directory)
