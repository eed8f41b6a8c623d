"""Addresses of the gate: sign-in and account, people, units, settings, journal, health."""

from allauth.account import views as account_views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, path

from anwei.portal import journal_pages, people_pages, setting_pages, structure_pages, unit_pages
from anwei.portal.accounts import views as accounts
from anwei.portal.upkeep import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in", accounts.sign_in, name="account_login"),
    path("sign-in/code", accounts.code, name="mfa_authenticate"),
    path("sign-out", accounts.sign_out, name="account_logout"),
    path("account", accounts.account, name="account"),
    path("account/inactive", accounts.inactive, name="account_inactive"),
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
    path("units", unit_pages.units, name="units"),
    path("units.xlsx", structure_pages.download, name="structure_export"),
    path("units/new", unit_pages.new, name="unit_new"),
    path("units/check", unit_pages.check, name="units_check"),
    path("units/import", structure_pages.upload, name="structure_import"),
    path("units/import/preview", structure_pages.preview, name="structure_preview"),
    path("units/<int:pk>", unit_pages.unit, name="unit"),
    path("units/<int:pk>/edit", unit_pages.edit, name="unit_edit"),
    path("units/<int:pk>/aliases", unit_pages.aliases, name="unit_aliases"),
    path("units/<int:pk>/secretariat", unit_pages.secretariat, name="unit_secretariat"),
    path("groups/<int:pk>/members/new", unit_pages.members, name="members_new"),
    path("members/<int:pk>/end", unit_pages.member_end, name="member_end"),
    path("people", people_pages.people, name="people"),
    path("people/new", people_pages.new, name="person_new"),
    path("people/<int:pk>", people_pages.person, name="person"),
    path("people/<int:pk>/edit", people_pages.edit, name="person_edit"),
    path("people/<int:pk>/posts/new", people_pages.post_new, name="post_new"),
    path("people/<int:pk>/posts/<int:post_pk>/end", people_pages.post_end, name="post_end"),
    path("people/<int:pk>/reset-password", people_pages.reset, name="person_reset"),
    path("people/<int:pk>/deactivate", people_pages.deactivate, name="person_deactivate"),
    path("people/<int:pk>/activate", people_pages.activate, name="person_activate"),
    path("people/<int:pk>/unlock", people_pages.unlock, name="person_unlock"),
    path("settings", setting_pages.settings, name="settings"),
    path("settings/<str:key>", setting_pages.setting, name="setting"),
    path("journal", journal_pages.journal, name="journal"),
    path("journal/<int:pk>", journal_pages.entry, name="journal_entry"),
]
