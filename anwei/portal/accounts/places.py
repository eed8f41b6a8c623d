"""Where a request comes from, and which addresses need no sign-in."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# Everything else asks for sign-in first. An entry that ends with / opens what lies below it.
PUBLIC = (
    "/sign-in",
    "/sign-in/code",
    "/sign-out",
    "/account/inactive",
    "/large-type",
    "/healthz",
    "/readyz",
    "/favicon.ico",
    "/robots.txt",
    "/static/",
    "/public/",
    "/e/",  # a village's link: the token is the key
)


def is_public(path: str) -> bool:
    return any(path == place or (place.endswith("/") and path.startswith(place)) for place in PUBLIC)


def client_address(request: HttpRequest) -> str:
    """The caller's address. Behind a TLS front (ANWEI_TLS) the last hop of X-Forwarded-For, which the front wrote."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.TLS:
        found = request.headers.get("X-Forwarded-For", found).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return "0.0.0.0"
