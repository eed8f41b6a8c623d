"""What a reference of a plan means on a day: decisions first, then names, then rules; never a guess.

«Vague stays visible»: what only the office can say is answered `to_be_named` until a naming decision of that day or
before says who it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from anwei.units.directory import ACTED_FOR_KINDS, Directory, NamingRow
from anwei.units.resolution import wording
from anwei.units.resolution.answer import (
    Actor,
    MeasureContext,
    MeasureResolution,
    Reason,
    Resolution,
    Role,
    Status,
    units_of,
)
from anwei.units.resolution.collectives import (
    INSIDE,
    Collective,
    Collectives,
    common_collectives,
    explain,
    leads_of_kind,
    select,
)
from anwei.units.resolution.names import name_index

# The reader takes «等有关部门» off the last name and only says that the list is open; who else leads is asked apart.
OPEN_PHRASE = "等有关部门"
OPEN_LEAD_PHRASE = "等牵头单位"
_REST_RULE, _VAGUE_RULE = "rest_of_a_list", "vague"


class Resolver:
    """Answers for one snapshot of the register.

    `known_on` is the day up to which naming decisions count (default: the directory's day): membership is that of the
    issue date, decisions may be later.
    """

    def __init__(
        self, directory: Directory, collectives: Collectives | None = None, known_on: date | None = None
    ) -> None:
        self.directory = directory
        self.collectives = collectives or common_collectives()
        self.known_on = known_on or directory.on
        self._names = name_index(directory)

    def resolve(self, reference: str, measure: MeasureContext) -> Resolution:
        """One reference as written. Never raises on text."""
        text = wording.squeeze(reference)
        if not text:
            return Resolution(reference, Status.UNKNOWN, reasons=(Reason("称谓是空的，请填写单位名称"),))
        if len(text) > wording.LONGEST_LIST:
            why = f"「{text[:20]}…」共{len(text)}字，不像单位名称，请按单位拆开填写"
            return Resolution(reference, Status.UNKNOWN, reasons=(Reason(why),))
        answer = (
            self._decided(reference, measure)
            or self._named(reference)
            or self._by_rule(reference, measure)
            or self._group(reference)
            or self._parts(reference, measure)
            or self._unknown(reference)
        )
        return self._with_actors(answer)

    def resolve_role(self, role: Role, measure: MeasureContext) -> tuple[Resolution, ...]:
        """All references of one role, in the order of the text; an open list has «等有关部门» as its last entry."""
        measure = replace(measure, beside=tuple(role.units))
        answers = [self.resolve(reference, measure) for reference in role.units]
        if role.open and not self._asks_already(role.units, measure):
            answers.append(self.resolve_open(measure, role.lead))
        return tuple(answers)

    def resolve_open(self, measure: MeasureContext, lead: bool = False) -> Resolution:
        """Who else is meant by an open list («…等有关部门»)."""
        return self.resolve(OPEN_LEAD_PHRASE if lead else OPEN_PHRASE, measure)

    def resolve_measure(self, roles: Sequence[Role], measure: MeasureContext) -> MeasureResolution:
        """All roles of a measure: the leads first, since «专委会成员单位» asks who leads."""
        lead = tuple(a for role in roles if role.lead for a in self.resolve_role(role, measure))
        measure = replace(measure, leads=units_of(lead))
        rest = tuple(a for role in roles if not role.lead for a in self.resolve_role(role, measure))
        return MeasureResolution(measure.number, lead, rest)

    def _asks_already(self, references: Iterable[str], measure: MeasureContext) -> bool:
        """«有关部门» in the same role already asks who else; it is asked once."""
        rules = (self.collectives.find(reference, self.directory, measure) for reference in references)
        return any(rule is not None and rule.key in (_VAGUE_RULE, _REST_RULE) for rule in rules)

    def _decided(self, reference: str, measure: MeasureContext) -> Resolution | None:
        naming = self._naming(reference, measure)
        if naming is None:
            return None
        units = self.directory.in_order(naming.units)
        day = f"{naming.decided_on.year}年{naming.decided_on.month}月{naming.decided_on.day}日"
        paper = f"（{naming.paper}）" if naming.paper else ""
        if not units:
            reason = Reason(f"点名：安委办{day}{paper}所点单位当日都不在机构序内，请重新点名")
            return Resolution(reference, Status.TO_BE_NAMED, reasons=(reason,), open=(reference,))
        first = next(code for code in naming.units if code in units)
        reason = Reason(f"点名：安委办{day}确定{len(units)}家{paper}", units)
        return Resolution(reference, Status.NAMED, units, (reason,), first=first)

    def _naming(self, reference: str, measure: MeasureContext) -> NamingRow | None:
        """The latest decision for this phrase of this measure; «等部门» and «等有关部门» are one phrase."""
        asked = self._phrase(reference)
        rows = [
            row
            for row in self.directory.namings
            if row.measure == measure.number
            and row.decided_on <= self.known_on
            and (not row.plan or not measure.plan or row.plan == measure.plan)
            and self._phrase(row.phrase) == asked
        ]
        rows.sort(key=lambda row: row.decided_on)  # of one day, the one entered last stands
        return rows[-1] if rows else None

    def _phrase(self, text: str) -> str:
        phrase = wording.flat(text, self.directory.district)
        if not phrase.startswith("等"):
            return phrase
        return OPEN_LEAD_PHRASE if "牵头" in phrase else OPEN_PHRASE

    def _named(self, reference: str) -> Resolution | None:
        hit = self._names.find(reference)
        if hit is None:
            return None
        if len(hit.units) == 1:
            return Resolution(reference, Status.NAMED, hit.units, (Reason(hit.how, hit.units),), first=hit.units[0])
        return Resolution(
            reference, Status.TO_BE_NAMED, reasons=(Reason(hit.how),), open=(reference,), candidates=hit.units
        )

    def _by_rule(self, reference: str, measure: MeasureContext) -> Resolution | None:
        rule = self.collectives.find(reference, self.directory, measure)
        if rule is None:
            return None
        if rule.key == _VAGUE_RULE and (parts := self._parts(reference, measure)):
            return parts
        units = select(rule, self.directory, measure)
        what, argument = rule.select or ("", "")
        leads = leads_of_kind(argument, self.directory, measure) if what == "members_of_leads" else measure.leads
        why = explain(rule, reference, units, self.directory, leads)
        return self._ruled(rule, reference, units, why)

    def _ruled(self, rule: Collective, reference: str, units: tuple[str, ...], why: str) -> Resolution:
        if rule.answer == INSIDE:
            return Resolution(reference, Status.NAMED, reasons=(Reason(why),))
        if rule.answer == Status.NOT_EXPANDED:
            return Resolution(reference, Status.NOT_EXPANDED, reasons=(Reason(why),), candidates=units)
        if rule.answer == Status.TO_BE_NAMED:
            return Resolution(
                reference, Status.TO_BE_NAMED, reasons=(Reason(why),), open=(reference,), candidates=units
            )
        if units:
            return Resolution(reference, Status.NAMED, units, (Reason(why, units),), first=units[0])
        nobody = Reason(f"规则认得「{reference}」，但机构序里没有这类单位，请补录单位或点名")
        return Resolution(reference, Status.TO_BE_NAMED, reasons=(nobody,), open=(reference,))

    def _group(self, reference: str) -> Resolution | None:
        """A list that the office keeps under this name («冬春防火专班»)."""
        asked = wording.squeeze(reference)
        key = next((g.key for g in self.directory.groups if not g.body and wording.squeeze(g.name) == asked), "")
        units = self.directory.members_of(key) if key else ()
        if not units:
            return None
        reason = Reason(f"单位组：「{reference}」的成员共{len(units)}家", units)
        return Resolution(reference, Status.NAMED, units, (reason,), first=units[0])

    def _parts(self, reference: str, measure: MeasureContext) -> Resolution | None:
        """A reference that is a small list of its own: «区商务局等有关部门», «各镇（街道）及物流园»."""
        listed = self._split(reference)
        if len(listed) > 1:
            answers = [self.resolve(part, measure) for part in listed]
            return None if all(map(_is_unknown, answers)) else self._joined(reference, answers)
        # 和 and 及 stand inside names too («农业农村和水利局»), so they part only where both sides are known.
        joined = wording.split_list(reference, "和及")
        if len(joined) > 1:
            answers = [self.resolve(part, measure) for part in joined]
            return None if any(map(_is_unknown, answers)) else self._joined(reference, answers)
        return None

    def _joined(self, reference: str, answers: Sequence[Resolution]) -> Resolution:
        units = self.directory.in_order(units_of(answers))
        open_ = tuple(p for a in answers for p in ((a.reference,) if _is_unknown(a) else a.open))
        status = Status.PARTLY if units and open_ else Status.TO_BE_NAMED if open_ else Status.NAMED
        return Resolution(
            reference,
            status,
            units,
            tuple(reason for answer in answers for reason in answer.reasons),
            open_,
            tuple(dict.fromkeys(code for answer in answers for code in answer.candidates)),
            first=next((answer.first for answer in answers if answer.first), ""),
        )

    def _split(self, reference: str) -> list[str]:
        """At 、，； and before a closing «等有关部门»."""
        parts = wording.split_list(reference, "、,，;；")
        rest_rule = next((rule for rule in self.collectives.rules if rule.key == _REST_RULE), None)
        last = parts[-1] if parts else ""
        cut = last.rfind("等")
        if rest_rule and cut > 0 and rest_rule.fits(last[cut:]):
            parts[-1:] = [last[:cut], last[cut:]]
        return parts

    def _unknown(self, reference: str) -> Resolution:
        rest = wording.higher_rank(reference, self.directory.district)
        ours = self._names.find(rest) if rest else None
        if ours:
            name = self.directory.short(ours.units[0])
            why = f"「{reference}」像是上级机关，机构序里没有；如果指的是{name}，请点名或加为别名"
            return Resolution(reference, Status.UNKNOWN, reasons=(Reason(why),), candidates=ours.units)
        alike = self._names.alike(reference)
        names = "、".join(self.directory.short(code) for code in alike)
        hint = f"，相近的有{names}，请选定、加为别名" if alike else "，请补录单位、加为别名"
        why = f"机构序、别名和规则里都没有「{reference}」{hint}或点名"
        return Resolution(reference, Status.UNKNOWN, reasons=(Reason(why),), candidates=alike)

    def _with_actors(self, answer: Resolution) -> Resolution:
        """Committees do not act: who acts for each of them on the day."""
        actors, missing = [], []
        for code in answer.units:
            unit = self.directory.unit(code)
            if unit and unit.kind in ACTED_FOR_KINDS:
                host = self.directory.host_of(code)
                if host:
                    actors.append(Actor(code, host))
                else:
                    missing.append(Reason(f"{unit.short}当日没有办公室（谁代办），请补录", (code,)))
        return replace(answer, actors=tuple(actors), reasons=(*answer.reasons, *missing))


def _is_unknown(answer: Resolution) -> bool:
    return answer.status is Status.UNKNOWN


def resolve(directory: Directory, reference: str, measure: MeasureContext, on: date | None = None) -> Resolution:
    """One reference as of a day, with the common rules."""
    return Resolver(directory.at(on or directory.on)).resolve(reference, measure)
