"""Settings. Environment: ANWEI_HOME, ANWEI_DATABASE, ANWEI_HOSTS, ANWEI_DEBUG, ANWEI_TLS, ANWEI_TODAY (docs/settings.md)."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from anwei.portal.logs import logging_settings
from anwei.portal.secrets import read_or_make

BASE = Path(__file__).resolve().parent
ANWEI_HOME = Path(os.environ.get("ANWEI_HOME") or BASE.parent.parent / "var").resolve()
ANWEI_HOME.mkdir(parents=True, exist_ok=True)
(ANWEI_HOME / "files").mkdir(exist_ok=True)

SECRET_KEY = read_or_make(ANWEI_HOME, "session.key")
JOURNAL_KEY = read_or_make(ANWEI_HOME, "journal.key").encode()
SECOND_FACTOR_KEY = read_or_make(ANWEI_HOME, "second-factor.key").encode()
DEBUG = os.environ.get("ANWEI_DEBUG") == "1"
TLS = os.environ.get("ANWEI_TLS") == "1"
ALLOWED_HOSTS = os.environ.get("ANWEI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if TLS]

INSTALLED_APPS = [
    "anwei.journal.apps.JournalConfig",
    "anwei.files.apps.FilesConfig",
    "anwei.outbox.apps.OutboxConfig",
    "anwei.jobs.apps.JobsConfig",
    "anwei.units.apps.UnitsConfig",
    "anwei.matters.apps.MattersConfig",
    "anwei.evidence.apps.EvidenceConfig",
    "anwei.books.apps.BooksConfig",
    "anwei.registers.apps.RegistersConfig",
    "anwei.activities.apps.ActivitiesConfig",
    "anwei.accidents.apps.AccidentsConfig",
    "anwei.plans.apps.PlansConfig",
    "anwei.errands.apps.ErrandsConfig",
    "anwei.duties.apps.DutiesConfig",
    "anwei.portal.apps.PortalConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "anwei.portal.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "anwei.portal.middleware.ReadableTextMiddleware",
    "anwei.portal.middleware.ByMiddleware",
    "anwei.portal.accounts.gate.GateMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "anwei.portal.urls"
WSGI_APPLICATION = "anwei.portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "anwei.portal.context.site",
            ],
            "builtins": ["anwei.portal.templatetags.look", "template_partials.templatetags.partials"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def database(address: str) -> dict[str, object]:
    """SQLite in ANWEI_HOME by default; `postgres://user:password@host:port/name` otherwise."""
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ANWEI_HOME / "anwei.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"ANWEI_DATABASE={address!r}: 只支持 postgres://用户:密码@主机:端口/库名，留空则用 SQLite")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": database(os.environ.get("ANWEI_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "units.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"

ACCOUNT_ADAPTER = "anwei.portal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody can sign up (the adapter says so)
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
# axes counts failures (by name, in the database); a whole government may sign in from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "600/m/ip"}
ACCOUNT_FORMS = {"login": "anwei.portal.accounts.forms.SignInForm"}
MFA_ADAPTER = "anwei.portal.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "anwei.portal.accounts.forms.CodeForm",
    "reauthenticate": "anwei.portal.accounts.forms.CodeAgainForm",
    "activate_totp": "anwei.portal.accounts.forms.BindCodeForm",
}
# By name alone, summed over all addresses and programs; a lock by address would shut out a whole office.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_FAILURE_LIMIT = "anwei.portal.accounts.limits.max_failures"
AXES_COOLOFF_TIME = "anwei.portal.accounts.limits.lock_time"
AXES_USERNAME_CALLABLE = "anwei.portal.accounts.lockout.counted_name"
AXES_CLIENT_IP_CALLABLE = "anwei.portal.accounts.places.client_address"
AXES_LOCKOUT_CALLABLE = "anwei.portal.accounts.lockout.locked_page"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Used second-factor codes and rates are remembered across the server's processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ANWEI_HOME / "cache",
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ANWEI_HOME / "static"
STATICFILES_DIRS = [BASE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 24 * 3600  # the longest that session.absolute_hours may be; the gate ends sessions sooner
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings(ANWEI_HOME / "log")

ANWEI_DISTRICT = os.environ.get("ANWEI_DISTRICT", "")  # full name, shown on every page; `anwei demo` sets its own
