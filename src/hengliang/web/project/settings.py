"""Settings, from the environment and the folder of the installation. Nothing here needs the internet.

`HENGLIANG_HOME` is the folder of the installation (database, files, records, key); `HENGLIANG_DATABASE_URL` a
PostgreSQL to use in place of the embedded SQLite. The others stand in
docs/how-to/run-the-web-application.md.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from hengliang.web.evidence import ground
from hengliang.web.project.refusals import in_one_line

HOME = Path(os.environ.get("HENGLIANG_HOME", "hengliang-data")).absolute()


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes", "on")


def _secret(name: str) -> str:
    """What must not be seen: the variable itself, or the content of the file that `<name>_FILE` names."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, "")


def _secret_key() -> str:
    """The key of the installation: from outside, else made once and kept in the folder."""
    if key := _secret("HENGLIANG_SECRET_KEY"):
        return key
    HOME.mkdir(parents=True, exist_ok=True)
    file = HOME / "secret-key"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text().strip()


def _database(url: str) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(HOME / "hengliang.sqlite3"),
            "OPTIONS": {
                # A transaction takes the write lock when it begins, so none fails for having read first.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            "TEST": {"NAME": str(HOME / "test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured("HENGLIANG_DATABASE_URL is postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _issuer(url: str) -> str:
    """The issuer of OpenID Connect, as its tokens name it; over TLS unless it is on this machine."""
    parts = urlsplit(url)
    if url and parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ImproperlyConfigured("HENGLIANG_OPENID_ISSUER is https://…")
    return url


def _mail(url: str) -> dict[str, Any] | None:
    """The mail server out of `smtp+starttls://user@host:587`; None without one."""
    if not url:
        return None
    parts = urlsplit(url)
    kinds = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}
    sender, site = os.environ.get("HENGLIANG_MAIL_FROM", ""), os.environ.get("HENGLIANG_URL", "")
    if parts.scheme not in kinds or not parts.hostname or not sender or not site:
        raise ImproperlyConfigured(
            "HENGLIANG_MAIL is smtp://, smtp+starttls:// or smtps://user@host:port, "
            "and HENGLIANG_MAIL_FROM and HENGLIANG_URL are set with it"
        )
    security, port = kinds[parts.scheme]
    return {
        "host": parts.hostname,
        "port": parts.port or port,
        "user": unquote(parts.username or ""),
        "password": _secret("HENGLIANG_MAIL_PASSWORD"),
        "security": security,
        "sender": sender,
        "site": site.rstrip("/"),
    }


DEBUG = False
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("HENGLIANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("HENGLIANG_ORIGINS", "").split(",") if origin]
DATABASES = {"default": _database(_secret("HENGLIANG_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Every request that changes something is one transaction by its action, not by the request.
ATOMIC_REQUESTS = False

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "hengliang.web.audit",
    "django_tasks",
    "django_tasks_db",
    "hengliang.web.accounts",
    "hengliang.web.files",
    "hengliang.web.jobs",
    "hengliang.web.declarations",
    "hengliang.web.evidence",
    "hengliang.web.evaluation",
    "hengliang.web.insight",
    "hengliang.web.publication",
    "hengliang.web.library",
    "hengliang.web.api",
    "hengliang.web.project",
]

MIDDLEWARE = [
    "hengliang.web.project.middleware.address_behind_proxy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hengliang.web.project.middleware.security_headers",
    "hengliang.web.project.middleware.first_language",
    "hengliang.web.api.middleware.answers_of_the_interface",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hengliang.web.project.middleware.no_nul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hengliang.web.project.middleware.keep_session_alive",
    "hengliang.web.project.middleware.own_language",
    "hengliang.web.project.middleware.page_of_wrong_method",
    "hengliang.web.project.middleware.PageOfDamage",
    "hengliang.web.project.middleware.way_on_told",
    "hengliang.web.accounts.gate.password_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "hengliang.web.project.urls"
WSGI_APPLICATION = "hengliang.web.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hengliang.web.project.context.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["hengliang.web.accounts.backend.Sessions"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
# Signing in with the accounts of a city; without an issuer there is none.
OPENID = {
    "issuer": _issuer(os.environ.get("HENGLIANG_OPENID_ISSUER", "")),
    "client_id": os.environ.get("HENGLIANG_OPENID_CLIENT", "hengliang"),
    "secret": _secret("HENGLIANG_OPENID_SECRET"),
    "scopes": os.environ.get("HENGLIANG_OPENID_SCOPES", "openid profile"),
    "claim": os.environ.get("HENGLIANG_OPENID_CLAIM", "preferred_username"),
}
# After so many days a password must be changed; 0 never asks.
PASSWORD_DAYS = int(os.environ.get("HENGLIANG_PASSWORD_DAYS", "90"))
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "hengliang.web.accounts.passwords.SeveralKinds"},
    {"NAME": "hengliang.web.accounts.passwords.NotTheSame"},
]

# Notices by e-mail; None sends none.
MAIL = _mail(os.environ.get("HENGLIANG_MAIL", ""))
# So many days before a deadline of a round those concerned are reminded, once each, and once when it is over.
REMIND_DAYS = tuple(int(day) for day in os.environ.get("HENGLIANG_REMIND_DAYS", "7,1").split(",") if day)

# Long work is queued in the database; `hengliang serve` does it in threads, `hengliang worker` apart. What
# people wait for (reading one file) has a queue of its own, so that it never stands behind long work.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "quick"]}}
# After so many seconds without a sign of life the worker of a job counts as dead, and the job is begun again.
JOB_LEASE_SECONDS = float(os.environ.get("HENGLIANG_LEASE_SECONDS", "30"))
# So many days a file is kept that was made for a person.
JOB_FILE_DAYS = int(os.environ.get("HENGLIANG_FILE_DAYS", "7"))
# Seconds between two looks at how far a long step of work is.
JOB_LOOK_SECONDS = 1.0
# So many seconds a page waits for quick work before it shows its progress instead.
JOB_WAIT_SECONDS = 1.0

# Calls that a program may make with one token in a minute.
API_CALLS_A_MINUTE = int(os.environ.get("HENGLIANG_API_CALLS_A_MINUTE", "300"))

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "hengliang_language"
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("HENGLIANG_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
# Static files are served out of the package: nothing has to be collected first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = HOME / "files"
RECORD_STORE = Path(os.environ.get("HENGLIANG_STORE", HOME / "store"))
# The ground of maps: a folder of tiles z/x/y.png, or addresses (evidence.ground.layers); maps need none.
MAP_FOLDER = Path(_folder) if (_folder := os.environ.get("HENGLIANG_MAP_FOLDER")) else None
MAP_TILES = os.environ.get("HENGLIANG_MAP_TILES") or (ground.OWN if MAP_FOLDER else "")
MAP_ATTRIBUTION = os.environ.get("HENGLIANG_MAP_ATTRIBUTION", "")
# A private key (`hengliang keys`) with which published packages are signed.
PUBLISHING_KEY = Path(_key) if (_key := os.environ.get("HENGLIANG_PUBLISHING_KEY")) else None

BEHIND_TLS = _flag("HENGLIANG_TLS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
# A watchdog on the machine itself asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(os.environ.get("HENGLIANG_IDLE_SECONDS", "1800"))
# A session that is used is written anew once in so many seconds, not with each page that is read.
SESSION_TOUCH_SECONDS = min(60, SESSION_COOKIE_AGE // 4)
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "django.utils.log.CallbackFilter", "callback": in_one_line}},
    # At the handler, for the loggers of a fault (django.security.…) have names of their own.
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("HENGLIANG_LOG_LEVEL", "WARNING")},
    # Whoever asks for another name is refused; that programs try it every night is no news.
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
