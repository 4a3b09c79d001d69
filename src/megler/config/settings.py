"""Settings, from the environment only; a bad value stops the start with its name.

Every secret `NAME` may instead be given as `NAME_FILE`, the path of a file that holds it.
What an agency chooses (its name, its people, its carriers) is rows, not settings.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from megler.config import environment as env
from megler.config.compiled import compiled_code

BASE_DIR = Path(__file__).resolve().parents[3]
SRC_DIR = Path(__file__).resolve().parents[1]
VAR_DIR = env.path("MEGLER_VAR", BASE_DIR / "var")
# What Numba compiles is kept beside the data: the checkout may be read-only, and processes share it.
# It sees a change only in a loop's own file, so a folder belongs to the code that loops are made of.
os.environ.setdefault("NUMBA_CACHE_DIR", str(VAR_DIR / "numba" / compiled_code(SRC_DIR)))

_secrets = env.Secrets(VAR_DIR)
SECRET_KEY = _secrets.text("MEGLER_SECRET_KEY")
FIELD_KEYS = _secrets.keys("MEGLER_FIELD_KEYS")
JOURNAL_KEY = _secrets.text("MEGLER_JOURNAL_KEY").encode()

DEBUG = False
DEMO = env.flag("MEGLER_DEMO")
PUBLIC_URL = env.text("MEGLER_PUBLIC_URL", "http://localhost:8000").rstrip("/")
_HTTPS = PUBLIC_URL.startswith("https://")
_PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = env.words("MEGLER_HOSTS", ["localhost", "127.0.0.1", "[::1]", _PUBLIC_HOST])
CSRF_TRUSTED_ORIGINS = env.words("MEGLER_ORIGINS", [PUBLIC_URL] if _HTTPS else [])
# Whose X-Forwarded-For and X-Forwarded-Proto are believed: signatures and lock-outs name addresses.
PROXIES = env.words("MEGLER_PROXIES", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    *env.rooms(SRC_DIR),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "megler.config.intake.KeptNowhere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "megler.config.intake.Intake",
    "megler.accounts.middleware.ActingPerson",
    "megler.ui.middleware.PlainWords",
    "megler.config.once.OnceForms",
    "megler.config.api.IdempotentWrites",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "megler.config.urls"
CSRF_FAILURE_VIEW = "megler.ui.pages.form_not_from_here"
WSGI_APPLICATION = "megler.config.wsgi.application"
HANDOVERS = "megler.config.handovers"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SRC_DIR / "ui" / "templates", SRC_DIR / "accounts" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "megler.config.context.agency",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "megler.ui.templatetags.ui",
                "megler.carriers.templatetags.carriers",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "megler.accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# "key" is the e-mail address from one network address (see the adapter), so a stranger elsewhere
# keeps nobody out; and the person behind a password that was right, whose codes may not be guessed.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,20/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Megler"
# One address and one name together, for a quarter of an hour: a stranger elsewhere locks nobody out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "megler.accounts.lockout.name_tried"
AXES_LOCKOUT_CALLABLE = "megler.accounts.lockout.locked"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = env.choice("MEGLER_LANGUAGE", "en", ["en", "nb"])
LANGUAGES = [("en", _("English")), ("nb", _("Norwegian bokmål"))]
LOCALE_PATHS = [SRC_DIR / "locale"]
TIME_ZONE = env.time_zone("MEGLER_TIME_ZONE", "America/New_York")
USE_TZ = True
FORM_RENDERER = "megler.ui.rendering.QuickRenderer"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [SRC_DIR / "ui" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "documents")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
DOCUMENT_BYTES_MAX = env.number("MEGLER_DOCUMENT_MB", 50) * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
UPLOAD_BYTES_MAX = 4 * DOCUMENT_BYTES_MAX
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_BACKEND = env.text("MEGLER_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("MEGLER_SMTP_HOST", "")
EMAIL_PORT = env.number("MEGLER_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("MEGLER_SMTP_USER", "")
EMAIL_HOST_PASSWORD = _secrets.optional("MEGLER_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("MEGLER_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
MAIL_BYTES_MAX = env.number("MEGLER_SMTP_BYTES_MAX", 20_000_000)
DEFAULT_FROM_EMAIL = env.text("MEGLER_FROM", "Megler <no-reply@localhost>")

# The seal of signed packets: a PKCS#12 file of the agency's, or a key made once in VAR_DIR; and the
# address of a time-stamp authority, asked while sealing.
SEAL = env.text("MEGLER_SEAL", "")
SEAL_PASSWORD = _secrets.optional("MEGLER_SEAL_PASSWORD")
TSA = env.text("MEGLER_TSA", "")

# The domain at which cases have their own addresses for papers; that of PUBLIC_URL when empty.
PAPERS_DOMAIN = env.text("MEGLER_PAPERS_DOMAIN", "")

# Off while the address is empty. It only says in other words what the guides' rules found.
LANGUAGE_MODEL_URL = env.private_address("MEGLER_LANGUAGE_MODEL_URL")
LANGUAGE_MODEL_KEY = _secrets.optional("MEGLER_LANGUAGE_MODEL_KEY")
LANGUAGE_MODEL_NAME = env.text("MEGLER_LANGUAGE_MODEL_NAME", "default")
LANGUAGE_MODEL_SECONDS = env.number("MEGLER_LANGUAGE_MODEL_SECONDS", 6)

# Off while the address is empty: text messages are then kept to be read. What is posted there is
# {"to", "text"} as JSON, with an Idempotency-Key that stays the same on every try.
SMS_URL = env.private_address("MEGLER_SMS_URL")
SMS_KEY = _secrets.optional("MEGLER_SMS_KEY")
SMS_AUTHORITY = env.text("MEGLER_SMS_AUTHORITY", "")

# Whether webhooks may go to addresses inside one's own network, and by plain http: for trying.
WEBHOOKS_INSIDE = env.flag("MEGLER_WEBHOOKS_INSIDE")

# Off while the address is empty. Every uploaded file is then looked through before anybody opens it.
CLAMAV = env.socket_address("MEGLER_CLAMAV")
CLAMAV_SECONDS = env.number("MEGLER_CLAMAV_SECONDS", 30)

PROCRASTINATE_IMPORT_PATHS = env.jobs(SRC_DIR)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None

LOGGING: dict[str, Any] = env.logging()
