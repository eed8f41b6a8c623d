"""What base.html needs on every page, as `site`; the contract stands at the head of base.html."""

from typing import Any

from django.http import HttpRequest

from anwei.portal import clock
from anwei.portal.desk.badge import waiting_count
from anwei.portal.district import district_name
from anwei.portal.navigation import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    frame: dict[str, Any] = {
        "district": district_name(),
        "today": clock.today(),
        "now": clock.now(),
        "demo": clock.demo_date() is not None,
        "large_type": request.COOKIES.get("large") == "1",
        "large_url": "/large-type",
        "home_url": "/",
        "sign_in_url": "/sign-in",
        "caliber_url": "/calibers",
        "help_url": "/help",
    }
    by = getattr(request, "by", None)  # an error page may come before the middleware
    if by is None or by.person is None:
        return {"site": frame}
    held = request.post_held
    frame |= {
        "identity": f"{held.unit}｜{held.title}" if held else by.person_text,
        "posts": list(by.person.posts_on(by.today)),
        "post": held,
        "post_url": "/post",
        "nav": navigation(by, request.path),
        "inbox_count": waiting_count(request) if held and by.may.reach("notice.read") else 0,
        "inbox_url": "/",
        "search_url": "/search",
        "query": request.GET.get("q", ""),
        "account_url": "/account",
        "sign_out_url": "/sign-out",
    }
    return {"site": frame}
