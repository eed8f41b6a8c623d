"""Addresses of the gate: sign-in and account, people, units, settings, journal, health."""

from allauth.account import views as account_views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path

from anwei.portal.accounts import views as accounts
from anwei.portal.upkeep import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in", account_views.login, name="account_login"),
    path("sign-in/code", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-out", accounts.sign_out, name="account_logout"),
    path("account", accounts.account, name="account"),
    path("account/inactive", account_views.account_inactive, name="account_inactive"),
    path("account/password", accounts.password, name="account_password"),
    path("account/sessions/end", accounts.end_sessions, name="account_end_sessions"),
    path("account/confirm", account_views.reauthenticate, name="account_reauthenticate"),
    path("account/two-factor", second_factor.index, name="mfa_index"),
    path("account/two-factor/confirm", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/two-factor/activate", totp.activate_totp, name="mfa_activate_totp"),
    path("account/two-factor/deactivate", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/generate", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/download", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("post", accounts.post, name="post"),
    path("large-type", accounts.large_type, name="large_type"),
]
