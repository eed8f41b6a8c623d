"""The table of contents."""

from django.urls import URLPattern, URLResolver

from anwei.accidents.urls import urlpatterns as accidents
from anwei.activities.urls import urlpatterns as activities
from anwei.duties.urls import urlpatterns as duties
from anwei.duties.urls_plans import urlpatterns as plans_in_force
from anwei.duties.urls_returns import urlpatterns as returns
from anwei.errands.urls import urlpatterns as errands
from anwei.plans.urls import urlpatterns as plans
from anwei.portal.urls_desk import urlpatterns as desk
from anwei.portal.urls_gate import urlpatterns as gate
from anwei.registers.urls import urlpatterns as registers

urlpatterns: list[URLPattern | URLResolver] = [
    *desk,
    *gate,
    *registers,
    *activities,
    *accidents,
    *errands,
    *plans,
    *plans_in_force,
    *duties,
    *returns,
]
