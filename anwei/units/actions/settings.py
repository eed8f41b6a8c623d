"""The district's own values."""

from datetime import date

from anwei.journal.acts import act, say
from anwei.journal.by import By, Refused
from anwei.units.district_settings import checked_value
from anwei.units.models import Setting


@act("setting.change")
def set_setting(by: By, key: str, value: object, *, since: date, reason: str) -> Setting:
    """A value from a day on, with its reason. Earlier rows stay, so that past days keep the value they had."""
    try:
        good = checked_value(key, value)
    except ValueError as error:
        raise Refused(str(error)) from None
    if not reason.strip() or len(reason) > 300:
        raise Refused("请写明理由（300字以内），例如依据的文号。")
    before = Setting.objects.filter(key=key, since__lte=since).order_by("-since", "-id").first()
    made = Setting.objects.create(key=key, value=good, since=since, reason=reason.strip(), entered_by=by.person)
    say(f"设置 {key}：{before.value if before else '（默认）'} → {good}，自 {since} 起。理由：{reason}")
    return made
