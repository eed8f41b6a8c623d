"""Pages of the register: units in the official order, one unit, and what hangs on it."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from anwei.books.doors import turned_away
from anwei.journal.by import NotAllowed, Refused, Stale
from anwei.journal.models import Entry
from anwei.portal.journal_pages import entry_lines
from anwei.portal.unit_forms import AliasForm, EndForm, MemberForm, SecretariatForm, UnitFilter, UnitForm
from anwei.units.actions import (
    change_unit,
    end_member,
    register_units,
    set_aliases,
    set_members,
    set_secretariat,
)
from anwei.units.actions.structure import ACTED_FOR
from anwei.units.actions.units import BELOW
from anwei.units.directory import MemberRow
from anwei.units.models import Group, GroupKind, GroupMember, Unit
from anwei.units.register import directory
from anwei.units.resolution.checks import check_directory
from anwei.units.rights import roles
from anwei.units.rows import AliasList, SecretariatEntry

FORM = require_http_methods(["GET", "HEAD", "POST"])
# Villages and firms are asked for by name; a list of a million rows helps nobody.
_MOST = 500
_LAST = 10


@require_GET
def units(request: HttpRequest) -> HttpResponse:
    if away := turned_away(request, "unit.read"):
        return away
    filters = UnitFilter(request.GET)
    rows = list(_found(request, filters)[: _MOST + 1])
    shown = {
        "filters": filters,
        "rows": rows[:_MOST],
        "words": f"共 {len(rows)} 个" if len(rows) <= _MOST else f"超过 {_MOST} 个，只列前 {_MOST} 个，请缩小范围",
        "may_edit": bool(request.by.may.reach("unit.edit")),
    }
    return render(request, "units/list.html", shown)


def _found(request: HttpRequest, filters: UnitFilter) -> Any:
    asked = filters.cleaned_data if filters.is_valid() else {}
    rows = Unit.objects.select_related("parent").official()
    rows = rows if asked.get("closed") else rows.standing_on(request.by.today)
    rows = rows.filter(kind=asked["kind"]) if asked.get("kind") else rows
    if word := asked.get("q", "").strip():
        named = Q(short__icontains=word) | Q(full__icontains=word) | Q(aliases__text__icontains=word)
        return rows.filter(named).distinct()
    return rows if asked.get("kind") else rows.exclude(kind__in=BELOW)


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    if away := turned_away(request, "unit.read"):
        return away
    row = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    on, by = request.by.today, request.by
    groups = list(row.groups.filter(kind__in=(GroupKind.MEMBERS, GroupKind.LIST)))
    for group in groups:
        group.now = list(group.members.holding_on(on).select_related("unit"))
    shown = {
        "unit": row,
        "aliases": [one.text for one in row.aliases.all()],
        "children": row.children.standing_on(on).official(),
        "member_of": row.memberships.holding_on(on).select_related("group__body"),
        "groups": groups,
        "inner": row.groups.exclude(kind__in=(GroupKind.MEMBERS, GroupKind.LIST)),
        "secretariats": row.secretariats.select_related("host"),
        "hosted": row.hosted.holding_on(on).select_related("committee"),
        "acted_for": row.kind in ACTED_FOR,
        "competences": row.competences.holding_on(on),
        "posts": [
            (post, roles()[post.role].label)
            for post in row.posts.holding_on(on).filter(person__is_active=True).select_related("person")
        ],
        "may_edit": by.may("unit.edit", row),
        "may_people": by.may("person.edit", row),
    }
    if by.may.reach("journal.read"):
        shown["entries"] = entry_lines(Entry.objects.of(row)[:_LAST])
    return render(request, "units/unit.html", shown)


@FORM
def new(request: HttpRequest) -> HttpResponse:
    if away := turned_away(request, "unit.edit"):
        return away
    form = UnitForm(*_given(request), on=request.by.today)
    if request.method == "POST" and form.is_valid():
        made, problems = register_units(request.by, [form.row()])
        if made:
            messages.success(request, f"已登记{made[0]}。")
            return redirect("unit", made[0].pk)
        for one in problems:
            form.add_error(None, one.message)
    return _form(request, form, "新增单位", "/units")


@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    form = UnitForm(*_given(request), unit=row, on=request.by.today)
    stale: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            change_unit(request.by, row, version=form.cleaned_data["version"] or 0, row=form.row())
        except NotAllowed:
            raise
        except Stale:
            row.refresh_from_db()
            stale = form.differences(row)
            form.data = _with(form.data, version=row.version)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已保存{row}。")
            return redirect("unit", row.pk)
    return _form(request, form, f"修改：{row}", f"/units/{row.pk}", stale=stale, unit=row)


def _with(data: Any, **values: object) -> Any:
    """A form's data with some values set anew."""
    fresh = data.copy()
    for name, value in values.items():
        fresh[name] = str(value)
    return fresh


@FORM
def aliases(request: HttpRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    form = AliasForm(*_given(request), initial={"texts": "\n".join(row.aliases.values_list("text", flat=True))})
    if request.method == "POST" and form.is_valid():
        _, problems = set_aliases(request.by, [AliasList(row.code, form.names())])
        if not problems:
            messages.success(request, "别名已保存。")
            return redirect("unit", row.pk)
        for one in problems:
            form.add_error("texts", one.message)
    return _form(request, form, f"{row}的别名", f"/units/{row.pk}", unit=row)


@FORM
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """New members of a group."""
    group = get_object_or_404(Group.objects.select_related("body"), pk=pk)
    _may_edit(request, group.body)
    form = MemberForm(*_given(request), group=group, on=request.by.today)
    back = f"/units/{group.body_id}" if group.body_id else "/units"
    if request.method == "POST" and form.is_valid():
        rows = [MemberRow(group.key, one.code, form.cleaned_data["since"]) for one in form.cleaned_data["units"]]
        _, problems = set_members(request.by, rows)
        if not problems:
            messages.success(request, f"{group}新增成员 {len(rows)} 家。已下达的任务不自动变，由区安委办确认调整。")
            return redirect(back)
        for one in problems:
            form.add_error(None, one.message)
    return _form(request, form, f"{group}：新增成员", back, unit=group.body)


@FORM
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(GroupMember.objects.select_related("group__body", "unit"), pk=pk, until=None)
    _may_edit(request, member.group.body)
    form = EndForm(*_given(request), initial={"until": request.by.today})
    back = f"/units/{member.group.body_id}" if member.group.body_id else "/units"
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        if until <= member.since:
            form.add_error("until", f"日期 {until} 不晚于加入日期 {member.since}，请改正。")
        else:
            end_member(request.by, member, until=until)
            messages.success(request, f"{member.unit}自 {until} 起不再是{member.group}。")
            return redirect(back)
    return _form(request, form, f"{member.group}：移出{member.unit}", back, unit=member.group.body)


@FORM
def secretariat(request: HttpRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    if row.kind not in ACTED_FOR:
        raise Http404("只有议事协调机构和专委会有办公室")
    form = SecretariatForm(*_given(request), on=request.by.today)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        entry = SecretariatEntry(row.code, asked["host"].code, asked["since"], None, asked["basis"])
        _, problems = set_secretariat(request.by, [entry])
        if not problems:
            messages.success(request, f"{row}自 {asked['since']} 起由{asked['host']}代办。")
            return redirect("unit", row.pk)
        for one in problems:
            form.add_error(None, one.message)
    return _form(request, form, f"{row}的办公室", f"/units/{row.pk}", unit=row)


@require_GET
def check(request: HttpRequest) -> HttpResponse:
    if away := turned_away(request, "unit.edit"):
        return away
    return render(request, "units/check.html", {"problems": check_directory(directory(request.by.today))})


def _given(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _editable(request: HttpRequest, pk: int) -> Unit:
    row = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    _may_edit(request, row)
    return row


def _may_edit(request: HttpRequest, row: Unit | None) -> None:
    if not request.by.may("unit.edit", row):
        raise Http404("没有这个单位，或者您不能修改它")


def _form(request: HttpRequest, form: Any, title: str, back: str, **more: Any) -> HttpResponse:
    bad = bool(form.errors or more.get("stale"))
    shown = {"form": form, "title": title, "back": back, **more}
    return render(request, "units/form.html", shown, status=422 if bad else 200)
