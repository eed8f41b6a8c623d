"""The district's name, as the office set it (setting `district.name`)."""

from django.conf import settings

from anwei.units.models import Setting


def district_name() -> str:
    row = Setting.objects.filter(key="district.name").first()
    return str(row.value) if row else settings.ANWEI_DISTRICT
