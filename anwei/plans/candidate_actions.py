"""A name that nobody knew becomes one of ours by one click: as another name for ever, or as a decision for this measure."""

from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.plans.actions import NamingRow, name_units
from anwei.plans.models import Assignment, Plan
from anwei.plans.resolving import resolve_plan
from anwei.units.actions import set_aliases
from anwei.units.models import Unit
from anwei.units.rows import AliasList


@act("plan.edit")
def accept_as_alias(by: By, assignment: Assignment, unit: Unit) -> Plan:
    """The reference is from now on another name of the unit, for this plan and all later ones."""
    plan = assignment.measure.plan
    if plan.state != Plan.DRAFT:
        raise Refused(f"《{plan}》{plan.get_state_display()}，请在“单位”里加别名。")
    texts = (*unit.aliases.values_list("text", flat=True), assignment.reference)
    _, problems = set_aliases(by, [AliasList(unit.code, texts)])
    if problems:
        raise Refused("；".join(problem.message for problem in problems))
    resolve_plan(plan, by.today)
    say(f"“{assignment.reference}”加为{unit}的别名", about_rows=[plan])
    return plan


@act("plan.edit")
def accept_as_named(by: By, assignment: Assignment, unit: Unit) -> Plan:
    """The reference means this unit in this measure only: a recorded decision of today."""
    plan = assignment.measure.plan
    name_units(by, plan, [NamingRow(assignment.measure.number, assignment.reference, [unit])], decided_on=by.today)
    return plan
