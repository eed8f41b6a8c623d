"""One's own account: password, second factor, sessions, the post held, the size of letters."""

from typing import Any

from allauth.account.views import AccountInactiveView, LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anwei.journal.by import NotAllowed, Refused
from anwei.portal import clock
from anwei.portal.accounts import limits
from anwei.portal.accounts.forms import PasswordForm
from anwei.portal.accounts.second_factor import has_second_factor, needs_second_factor
from anwei.portal.accounts.sessions import PASSWORD_EXPIRED, end_other_sessions, own_sessions
from anwei.portal.middleware import POST_KEY
from anwei.units.actions import change_own_password, record_sign_out
from anwei.units.rights import by_door

LARGE_COOKIE = "large"
_YEAR = 365 * 24 * 3600

_DEMO_ACCOUNTS = "demo-accounts.txt"


class _InOurFrame:
    """allauth calls its own thing `site`; in this house that is the frame of every page."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        shown = super().get_context_data(**more)
        shown.pop("site", None)
        return shown


class _SignIn(_InOurFrame, LoginView):
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(**more) | {"demo_accounts": _demo_accounts()}


class _Code(_InOurFrame, AuthenticateView):
    pass


class _Inactive(_InOurFrame, AccountInactiveView):
    pass


sign_in, code, inactive = _SignIn.as_view(), _Code.as_view(), _Inactive.as_view()
sign_out = require_POST(LogoutView.as_view())


def _demo_accounts() -> str:
    """Who may sign in to a demonstration; nothing in real use."""
    path = settings.ANWEI_HOME / _DEMO_ACCOUNTS
    return path.read_text(encoding="utf-8") if clock.demo_date() and path.is_file() else ""


def next_place(request: HttpRequest, otherwise: str = "/") -> str:
    """Where a form wants to go on; never another host."""
    place = request.POST.get("next", "")
    return place if url_has_allowed_host_and_scheme(place, {request.get_host()}, request.is_secure()) else otherwise


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    person = request.user
    sessions = [
        {
            "since": clock.shown(one.created_at),
            "address": one.ip,
            "program": program_in_words(one.user_agent),
            "own": one.session_key == request.session.session_key,
        }
        for one in own_sessions(person)
    ]
    policy = limits.password_policy()
    return render(
        request,
        "account/account.html",
        {
            "person": person,
            "held": person.posts_on(request.by.today),
            "sessions": sessions,
            "others": any(not one["own"] for one in sessions),
            "bound": has_second_factor(person),
            "needed": needs_second_factor(person),
            "policy": policy,
        },
    )


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change_own_password(request.by, request.user, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error("old" if "原密码" in str(refused) else "new", str(refused).split("；"))
        else:
            request.session.pop(PASSWORD_EXPIRED, None)
            update_session_auth_hash(request, request.user)
            messages.success(request, "密码已修改，其他地方的登录已全部退出。")
            return redirect("/")
    forced = request.user.must_change_password or request.session.get(PASSWORD_EXPIRED, False)
    shown = {"form": form, "policy": limits.password_policy(), "forced": forced}
    return render(request, "account/password.html", shown, status=422 if form.errors else 200)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    count = end_other_sessions(request, request.user)
    if count:
        record_sign_out(
            by_door(request.user, request.by.at, "web", request.request_id),
            request.user,
            why=f"本人结束其他登录{count}处",
        )
    messages.success(request, f"已退出其他地方的登录{count}处。")
    return redirect("/account")


@require_POST
def post(request: HttpRequest) -> HttpResponse:
    """Takes another of one's own posts in force."""
    wanted = request.POST.get("post", "")
    held = request.user.posts_on(request.by.today).filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if held is None:
        raise Http404("没有这个岗位")
    request.session[POST_KEY] = held.pk
    messages.success(request, f"现在的身份：{held.unit}｜{held.title}")
    return redirect(next_place(request))


@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    response = redirect(next_place(request))
    if request.POST.get("large") == "1":
        response.set_cookie(LARGE_COOKIE, "1", max_age=_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(LARGE_COOKIE)
    return response


def program_in_words(agent: str) -> str:
    """A browser's own words, made short: 「Windows 上的 Chrome」."""
    systems = {
        "Android": "安卓手机",
        "iPhone": "苹果手机",
        "Windows": "Windows",
        "Mac OS": "苹果电脑",
        "Linux": "Linux",
    }
    programs = {"MicroMessenger": "微信", "Edg": "Edge", "Firefox": "火狐", "Chrome": "Chrome", "Safari": "Safari"}
    system = next((word for sign, word in systems.items() if sign in agent), "")
    program = next((word for sign, word in programs.items() if sign in agent), "")
    return f"{system}上的{program}" if system and program else system or program or "未知程序"
