"""People, their posts and their passwords."""

import re
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from axes.utils import reset as reset_lockout
from django.contrib.auth.hashers import check_password, make_password

from anwei.journal.acts import act, say
from anwei.journal.by import By, NotAllowed, Refused, Stale
from anwei.units.models import PastPassword, Person, Post, Unit
from anwei.units.passwords import one_time_password, password_problems, policy_on
from anwei.units.queries import overrides_on
from anwei.units.rights import roles
from anwei.units.rows import Bad, Names, PersonEntry

_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,59}")
_CHUNK = 500


def _units_of(by: By, rows: list[PersonEntry]) -> list[Unit | None]:
    """The units that the right is asked on; None (the whole district) where a row names none or one unknown."""
    names, units = Names.now(), []
    for word in {row.unit for row in rows} or {""}:
        try:
            units.append(names.find(word))
        except ValueError:
            units.append(None)
    return units


@act("person.edit", subject=_units_of)
def add_people(by: By, rows: list[PersonEntry]) -> tuple[list[Person], list[Bad]]:
    """Makes people, each with one post. A user name that exists already is a problem, not a change."""
    names, problems, good = Names.now(), [], []
    taken = {name.lower() for name in Person.objects.values_list("username", flat=True)}
    for place, row in enumerate(rows, 1):
        wrong = _wrong_person(by, row, taken)
        unit = None
        if row.unit:
            try:
                unit = names.find(row.unit)
            except ValueError as error:
                wrong.append(str(error))
        if wrong:
            problems += [Bad(place, row.username, message) for message in wrong]
            continue
        taken.add(row.username.lower())
        good.append((row, unit))
    people = Person.objects.bulk_create([_person(by, row) for row, _ in good], batch_size=_CHUNK)
    posts = [
        Post(person=person, unit=unit, role=row.role, title=row.title or row.name, since=row.since or by.today)
        for person, (row, unit) in zip(people, good, strict=True)
        if unit is not None
    ]
    Post.objects.bulk_create(posts, batch_size=_CHUNK)
    said = "、".join(f"{person.username}（{person.name}）" for person in people[:5])
    say(f"新增人员 {len(people)} 名：{said}{'等' if len(people) > 5 else ''}", about_rows=people)
    return people, problems


def _wrong_person(by: By, row: PersonEntry, taken: set[str]) -> list[str]:
    wrong = []
    if not _USERNAME.fullmatch(row.username):
        wrong.append(f"登录名「{row.username}」不合规则，请用2至60位字母、数字、点、横线，以字母或数字开头")
    if row.username.lower() in taken:
        wrong.append(f"登录名「{row.username}」已有人使用，请换一个")
    if not row.name.strip() or len(row.name) > 60:
        wrong.append(f"「{row.username}」的姓名（或岗位）是空的或超过60字，请改正")
    if row.unit and row.role not in roles():
        wrong.append(f"「{row.username}」的角色「{row.role}」不认得，请从这些里选：{_role_words(frozenset(roles()))}")
    elif row.unit and row.role not in by.may.gives:
        wrong.append(_may_not_give(by, row.role))
    if len(row.title) > 60:
        wrong.append(f"「{row.username}」的岗位名称超过60字，请缩短")
    if row.password:
        policy = policy_on(by.today, overrides_on(by.today))
        wrong += [f"「{row.username}」：{one}" for one in password_problems(row.password, policy, [row.username])]
    return wrong


def _person(by: By, row: PersonEntry) -> Person:
    return Person(
        username=row.username,
        name=row.name.strip(),
        email=row.email,
        phone=row.phone[:30],
        must_change_password=row.must_change_password,
        password=row.password_hash or make_password(row.password or None),
        password_changed_on=by.today if row.password or row.password_hash else None,
    )


@act("person.edit", subject="person")
def change_person(by: By, person: Person, *, version: int, name: str, email: str, phone: str) -> Person:
    """Name and ways to reach a person. Raises Stale when somebody else changed the person since `version`."""
    _must_be_within(by, person)
    if not name.strip() or len(name) > 60:
        raise Refused("姓名（或岗位）是空的或超过60字，请改正")
    before = [person.name, person.email, person.phone]
    won = Person.objects.filter(pk=person.pk, version=version).update(
        name=name.strip(), email=email, phone=phone, version=version + 1
    )
    if not won:
        raise Stale("您填写期间，别人已经修改了这个人的资料。请对照下面的差别，核对后再保存。")
    person.refresh_from_db()
    say(f"修改{person.username}的资料", about_rows=[person], before=before, after=[name, email, phone])
    return person


@act("person.edit", subject="unit")
def add_post(by: By, person: Person, unit: Unit, *, role: str, title: str, since: date) -> Post:
    """A further post for a person. Whoever may edit one unit only can take in people of that unit and newcomers."""
    _must_be_within(by, person)
    if role not in by.may.gives:
        raise Refused(_may_not_give(by, role))
    if not title.strip() or len(title) > 60:
        raise Refused("岗位名称是空的或超过60字，请改正")
    if person.posts.filter(unit=unit, role=role, until=None).exists():
        raise Refused(f"{person.name}现在已是{unit}的{roles()[role].label}，不必再加。")
    post = Post.objects.create(person=person, unit=unit, role=role, title=title.strip(), since=since)
    say(f"{person.name}自 {since} 起任{unit}{post.title}（{roles()[role].label}）", about_rows=[person, unit])
    return post


@act("person.edit", subject=lambda by, post, **_: [post.unit])
def end_post(by: By, post: Post, *, until: date) -> Post:
    """From `until` on the person does not hold the post any more."""
    if post.role not in by.may.gives:
        raise Refused(_may_not_give(by, post.role))
    if post.until is not None:
        raise Refused(f"这个岗位已在 {post.until} 结束。")
    if until <= post.since:
        raise Refused(f"结束日期 {until} 不晚于任职日期 {post.since}，请改正。")
    Post.objects.filter(pk=post.pk).update(until=until)
    post.refresh_from_db()
    say(f"{post.person.name}自 {until} 起不再任{post.unit}{post.title}", about_rows=[post.person, post.unit])
    return post


@act("password.reset", subject="person")
def reset_password(by: By, person: Person, *, second_factor: bool = False) -> str:
    """Sets a one-time password, which must be changed at the next sign-in, and answers it. Ends all sessions.

    `second_factor` releases the bound one too (the telephone is lost).
    """
    _must_be_within(by, person, "password.reset")
    made = one_time_password()
    _set_password(by, person, made, must_change=True)
    reset_lockout(username=person.username.lower())
    if second_factor:
        Authenticator.objects.filter(user_id=person.pk).delete()
    also = "，解除动态口令" if second_factor else ""
    say(f"重置{person.username}（{person.name}）的密码{also}，下次登录须改", about_rows=[person])
    return made


@act("password.change", subject="person")
def change_own_password(by: By, person: Person, *, old: str, new: str) -> Person:
    """The person's own new password. Raises Refused with every rule that it breaks."""
    if by.person is None or by.person.pk != person.pk:
        raise NotAllowed("只能修改本人的密码；忘记密码请联系本单位管理员或区安委办重置。")
    if not check_password(old, person.password):
        raise Refused("原密码不对，请重新输入。")
    policy = policy_on(by.today, overrides_on(by.today))
    units = [name for post in person.posts_on(by.today) for name in (post.unit.short, post.unit.full)]
    wrong = password_problems(new, policy, [person.username, *units])
    past = person.past_passwords.values_list("hash", flat=True)[: policy.remembered - 1]
    if any(check_password(new, one) for one in (person.password, *past)):
        wrong.append(f"新密码与最近{policy.remembered}次用过的相同，请换一个")
    if wrong:
        raise Refused("；".join(wrong))
    _set_password(by, person, new, must_change=False)
    say("修改本人密码", about_rows=[person])
    return person


@act("person.edit", subject="person")
def deactivate_person(by: By, person: Person, *, reason: str) -> Person:
    """The person cannot sign in any more; open sessions end at once. Nothing that was done is lost."""
    _must_be_within(by, person)
    if by.person is not None and by.person.pk == person.pk:
        raise Refused("不能停用自己的账号，请由另一名管理员办理。")
    return _switch(person, False, f"停用{person.username}（{person.name}）：{reason}")


@act("person.edit", subject="person")
def activate_person(by: By, person: Person) -> Person:
    _must_be_within(by, person)
    return _switch(person, True, f"重新启用{person.username}（{person.name}）")


@act("password.reset", subject="person")
def unlock_person(by: By, person: Person) -> Person:
    """Lets a person try again who failed too often."""
    _must_be_within(by, person, "password.reset")
    gone = reset_lockout(username=person.username.lower())
    say(f"解除{person.username}（{person.name}）的登录锁定（清除失败记录 {gone} 条）", about_rows=[person])
    return person


def _switch(person: Person, active: bool, words: str) -> Person:
    Person.objects.filter(pk=person.pk).update(is_active=active)
    person.refresh_from_db()
    say(words, about_rows=[person])
    return person


def _set_password(by: By, person: Person, password: str, *, must_change: bool) -> None:
    if person.has_usable_password():
        PastPassword.objects.create(person=person, hash=person.password, replaced_at=by.at)
    columns: dict[str, Any] = {
        "password": make_password(password),
        "must_change_password": must_change,
        "password_changed_on": by.today,
    }
    Person.objects.filter(pk=person.pk).update(**columns)
    for name, value in columns.items():
        setattr(person, name, value)


def _must_be_within(by: By, person: Person, capability: str = "person.edit") -> None:
    """Whoever may act on some units only may not touch a person who also holds a post elsewhere, or a higher one."""
    if by.may(capability, None):
        allowed = True
    else:
        allowed = all(by.may(capability, post.unit) for post in person.posts_on(by.today))
    above = [post for post in person.posts_on(by.today) if post.role not in by.may.gives]
    own = by.person is not None and by.person.pk == person.pk
    if not allowed or (above and not own):
        raise NotAllowed(f"{person.name}还任其他单位或更高的岗位，请由区安委办办理。")


def _may_not_give(by: By, role: str) -> str:
    label = roles()[role].label if role in roles() else role
    return f"您现在的岗位不能给（收）角色「{label}」，只能是：{_role_words(by.may.gives) or '无'}。请由区安委办办理。"


def _role_words(keys: frozenset[str]) -> str:
    return "、".join(role.label for role in roles().values() if role.key in keys)
