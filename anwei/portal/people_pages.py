"""Pages of people: who may sign in, at which posts, and what to do when somebody cannot."""

from typing import Any

from axes.models import AccessAttempt
from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anwei.books.doors import turned_away
from anwei.journal.by import By, NotAllowed, Refused, Stale
from anwei.journal.models import Entry
from anwei.portal import clock
from anwei.portal.accounts.limits import max_failures
from anwei.portal.accounts.second_factor import has_second_factor
from anwei.portal.journal_pages import entry_lines
from anwei.portal.people_forms import (
    EndPostForm,
    NewPersonForm,
    PeopleFilter,
    PersonForm,
    PostForm,
    ReasonForm,
    ResetForm,
)
from anwei.units.actions import (
    activate_person,
    add_people,
    add_post,
    change_person,
    deactivate_person,
    end_post,
    reset_password,
    unlock_person,
)
from anwei.units.models import Person, Post
from anwei.units.rights import roles

FORM = require_http_methods(["GET", "HEAD", "POST"])
RIGHT = "person.edit"
_PAGE = 500
_LAST = 10


def seen_by(by: By) -> QuerySet[Person]:
    """The people that this person may look after: all, or those with a post at units within reach."""
    reach = by.may.reach(RIGHT)
    if reach.all:
        return Person.objects.all()
    return Person.objects.filter(posts__unit_id__in=reach.owners).distinct()


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    if away := turned_away(request, RIGHT):
        return away
    filters = PeopleFilter(request.GET, by=request.by)
    rows = list(_found(request.by, filters.cleaned_data if filters.is_valid() else {})[: _PAGE + 1])
    label = {key: role.label for key, role in roles().items()}
    for person in rows:
        person.lines = [f"{post.unit}｜{post.title}（{label[post.role]}）" for post in person.now]
    shown = {
        "filters": filters,
        "rows": rows[:_PAGE],
        "words": f"共 {len(rows)} 人" if len(rows) <= _PAGE else f"超过 {_PAGE} 人，只列前 {_PAGE} 人，请缩小范围",
        "locked": _locked_names(),
    }
    return render(request, "people/list.html", shown)


def _found(by: By, asked: dict[str, Any]) -> QuerySet[Person]:
    held = Post.objects.holding_on(by.today).select_related("unit")
    rows = seen_by(by).prefetch_related(Prefetch("posts", held, to_attr="now"))
    if not asked.get("closed"):
        rows = rows.filter(is_active=True)
    if word := asked.get("q", "").strip():
        rows = rows.filter(Q(username__icontains=word) | Q(name__icontains=word))
    if asked.get("unit") or asked.get("role"):
        posts = Post.objects.holding_on(by.today)
        posts = posts.filter(unit=asked["unit"]) if asked.get("unit") else posts
        posts = posts.filter(role=asked["role"]) if asked.get("role") else posts
        rows = rows.filter(pk__in=posts.values("person_id"))
    return rows.order_by("pk")


def _locked_names() -> set[str]:
    counted = AccessAttempt.objects.values("username").annotate(times=Sum("failures_since_start"))
    return {row["username"] for row in counted if row["times"] >= max_failures()}


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    label = {key: role.label for key, role in roles().items()}
    posts = [
        {"post": post, "role": label[post.role], "held": post.until is None or post.until > request.by.today}
        for post in row.posts.select_related("unit").order_by("until", "since")
    ]
    shown = {
        "person": row,
        "posts": posts,
        "signed_in_at": clock.shown(row.last_login) if row.last_login else None,
        "locked": row.username.lower() in _locked_names(),
        "bound": has_second_factor(row),
        "own": row == request.user,
        "may_reset": request.by.may("password.reset", row),
    }
    if request.by.may.reach("journal.read"):
        shown["entries"] = entry_lines(Entry.objects.of(row)[:_LAST])
    return render(request, "people/person.html", shown)


@FORM
def new(request: HttpRequest) -> HttpResponse:
    if away := turned_away(request, RIGHT):
        return away
    form = NewPersonForm(*_given(request), by=request.by, initial={"unit": request.GET.get("unit")})
    if request.method == "POST" and form.is_valid():
        made, problems = add_people(request.by, [form.row()])
        for one in problems:
            form.add_error(None, one.message)
        if made:
            return _one_time(request, made[0], reset_password(request.by, made[0]), f"已新增{made[0].name}")
    return _form(request, form, "新增人员", "/people")


@FORM
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = PersonForm(*_given(request), person=row)
    stale: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        try:
            change_person(request.by, row, **asked)
        except NotAllowed:
            raise
        except Stale:
            row.refresh_from_db()
            stale = form.differences(row)
            form.data = form.data.copy()
            form.data["version"] = str(row.version)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存。")
            return redirect("person", row.pk)
    return _form(request, form, f"修改：{row.name}", f"/people/{row.pk}", stale=stale)


@FORM
def post_new(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = PostForm(*_given(request), by=request.by)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        if _tried(form, lambda: add_post(request.by, row, asked.pop("unit"), **asked)):
            messages.success(request, f"已给{row.name}增加岗位。")
            return redirect("person", row.pk)
    return _form(request, form, f"{row.name}：增加岗位", f"/people/{row.pk}")


@FORM
def post_end(request: HttpRequest, pk: int, post_pk: int) -> HttpResponse:
    row = _row(request, pk)
    post = get_object_or_404(row.posts.select_related("unit"), pk=post_pk, until=None)
    form = EndPostForm(*_given(request), on=request.by.today)
    if (
        request.method == "POST"
        and form.is_valid()
        and _tried(form, lambda: end_post(request.by, post, until=form.cleaned_data["until"]))
    ):
        messages.success(request, f"{row.name}不再任{post.unit}{post.title}。")
        return redirect("person", row.pk)
    return _form(request, form, f"{row.name}：不再任{post.unit}｜{post.title}", f"/people/{row.pk}")


@FORM
@never_cache
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """The one-time password stands on this one answer and nowhere else."""
    row = _row(request, pk)
    form = ResetForm(*_given(request))
    if request.method == "POST" and form.is_valid():
        made: list[str] = []
        factor = form.cleaned_data["second_factor"]
        if _tried(form, lambda: made.append(reset_password(request.by, row, second_factor=factor))):
            return _one_time(request, row, made[0], f"已重置{row.name}的密码")
    shown = {
        "form": form, "question": f"要重置{row.name}（{row.username}）的密码吗？", "back": f"/people/{row.pk}",
        "submit": "重置密码",
        "consequences": ["系统给一个一次性密码，只显示一次，请当面或电话告知本人。", "本人下次登录须先改密码；正在登录的全部退出。"],
    }  # fmt: skip
    return render(request, "people/confirm.html", shown, status=422 if form.errors else 200)


@FORM
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = ReasonForm(*_given(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and _tried(form, lambda: deactivate_person(request.by, row, reason=form.cleaned_data["reason"]))
    ):
        messages.success(request, f"{row.name}的账号已停用。")
        return redirect("person", row.pk)
    shown = {
        "form": form, "question": f"要停用{row.name}（{row.username}）的账号吗？", "back": f"/people/{row.pk}",
        "submit": "停用", "alarm": True,
        "consequences": ["本人不能再登录，正在登录的立即退出。", "已办的事项和记录照旧保留，可以重新启用。"],
    }  # fmt: skip
    return render(request, "people/confirm.html", shown, status=422 if form.errors else 200)


@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    activate_person(request.by, row)
    messages.success(request, f"{row.name}的账号已重新启用。")
    return redirect("person", row.pk)


@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    unlock_person(request.by, row)
    messages.success(request, f"已解除{row.name}的登录锁定。")
    return redirect("person", row.pk)


def _row(request: HttpRequest, pk: int) -> Person:
    row = seen_by(request.by).filter(pk=pk).first() if request.by.may.reach(RIGHT) else None
    if row is None:
        raise Http404("没有这个人，或者您看不到")
    return row


def _given(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST,) if request.method == "POST" else ()


def _tried(form: Any, action: Any) -> bool:
    try:
        action()
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _one_time(request: HttpRequest, row: Person, password: str, title: str) -> HttpResponse:
    return render(request, "people/one_time.html", {"person": row, "password": password, "title": title})


def _form(request: HttpRequest, form: Any, title: str, back: str, **more: Any) -> HttpResponse:
    shown = {"form": form, "title": title, "back": back, **more}
    return render(request, "people/form.html", shown, status=422 if form.errors or more.get("stale") else 200)
