"""How django-allauth behaves in this house: no sign-up, no e-mail, Chinese words, every coming and going recorded."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from anwei.portal import clock
from anwei.portal.accounts import limits, lockout
from anwei.portal.accounts.places import client_address
from anwei.portal.accounts.second_factor import has_second_factor, needs_second_factor
from anwei.portal.accounts.sessions import PASSWORD_EXPIRED, SIGNED_IN_AT, start_session
from anwei.portal.district import district_name
from anwei.units.actions import record_second_factor, record_sign_in, record_sign_out
from anwei.units.models import Person
from anwei.units.rights import by_door

# What allauth says after an act, by the name of its template; what is not here is not said.
_SAID = {
    "mfa/messages/totp_activated.txt": "动态口令已绑定，下次登录起须输入6位口令。请把恢复码打印或抄下，放在安全的地方。",
    "mfa/messages/totp_deactivated.txt": "动态口令已解除。",
    "mfa/messages/recovery_codes_generated.txt": "恢复码已生成，以前的（如有）全部作废。",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "登录名或密码不对，请核对后再试。忘记密码的，请联系本单位审核人或区安委办重置。",
        "incorrect_password": "密码不对，请重新输入。",
        "too_many_login_attempts": "尝试次数过多，请稍后再试。",
        "rate_limited": "操作太快，请稍等片刻再试。",
        "account_inactive": "这个账号已停用，请联系区安委办。",
        "incorrect_code": "口令不对。请看手机上当前的6位数字，或改用一个恢复码。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Attempts on a name that is locked already are not written down: an attacker would fill the journal."""
        locked = getattr(request, "axes_locked_out", False)
        if not locked or getattr(request, "axes_failures_since_start", None):
            why = "登录名或密码不对，输错次数已满，锁定" if locked else "登录名或密码不对"
            lockout.record(request, credentials.get("username", ""), why)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Everything was right, second factor included."""
        super().login(request, user)
        if not isinstance(user, Person):
            raise TypeError(f"unexpected user {user!r}")
        start_session(request)
        changed = user.password_changed_on
        age = (clock.today() - changed).days if changed else 0
        request.session[PASSWORD_EXPIRED] = age > limits.password_policy().max_age_days
        record_sign_in(
            by_door(user, clock.now(), "web", request.request_id),
            user,
            address=client_address(request),
            second_factor=has_second_factor(user),
        )

    def logout(self, request: HttpRequest) -> None:
        person = request.user
        if isinstance(person, Person):
            record_sign_out(by_door(person, clock.now(), "web", request.request_id), person, why="本人退出")
        super().logout(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or _SAID.get(message_template or "")
        if message_template in _SAID and isinstance(request.user, Person):
            record_second_factor(
                by_door(request.user, clock.now(), "web", request.request_id), request.user, what=words.split("，")[0]
            )
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever came in a moment ago, with everything that was asked, need not show it again."""
        return time.time() - context.request.session.get(SIGNED_IN_AT, 0) > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """There is no e-mail in this house's sign-in."""

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        lockout.record(request, user.get_username(), "账号已停用")
        return super().respond_user_inactive(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "您的岗位必须使用动态口令，不能解除。换手机的，请联系区安委办重置。",
        "cannot_generate_recovery_codes": "请先绑定动态口令，再生成恢复码。",
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return f"安委 {district_name()}".strip()

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not needs_second_factor(authenticator.user)


def _cipher() -> Fernet:
    """The key lies outside the database, in the home's secrets."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.SECOND_FACTOR_KEY).digest()))
