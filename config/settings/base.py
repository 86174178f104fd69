"""What is the same on every installation."""

from pathlib import Path

import dj_database_url

from config import env, logs

ROOT = Path(__file__).resolve().parents[2]
ENV = env.read(data_default=ROOT / "data" / "local")

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENV.hosts)
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MODULES = (
    "core",
    "vault",
    "jobs",
    "ui",
    "sheets",
    "files",
    "papers",
    "accounts",
    "places",
    "directory",
    "access",
    "duties",
    "people",
    "notices",
    "history",
    "prevention",
    "library",
    "training",
    "intake",
    "shelters",
    "cases",
    "findings",
    "risk",
    "orders",
    "referrals",
    "support",
    "legalaid",
    "monitoring",
    "proceedings",
    "perpetrators",
    "programmes",
    "committees",
    "families",
    "sittings",
    "followup",
    "complaints",
    "closure",
    "oversight",
    "obligations",
    "custody",
    "strongroom",
    "guide",
    "backups",
    "statistics",
    "results",
    "demo",
    "api",
    "portal",
    "desk",
)
INSTALLED_APPS = [
    *(f"kalka.{module}" for module in MODULES if (ROOT / "kalka" / module / "__init__.py").exists()),
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "kalka.access.middleware.tell",
    "kalka.access.middleware.guard_bytes",
    "kalka.access.middleware.speak",
    "django.middleware.common.CommonMiddleware",
    "kalka.access.middleware.who_is_there",
    "kalka.access.streaming.only_while_allowed",
    "kalka.access.unasked.note",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kalka.access.middleware.enforce",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csrf",
                "kalka.desk.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "kalka.ui.forms.Renderer"

# SQLite serves one office; a district or the country runs PostgreSQL.
_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ENV.data / "kalka.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
        ),
    },
}
# A server that is away is noticed in seconds, also one that was switched off in the middle of an answer; when it is
# back, the next visitor is served: the pool tries thrice and gives up instead of waiting longer and longer.
_POSTGRES_OPTIONS = {
    "server_side_binding": True,
    "prepare_threshold": 3,  # planned once a connection, not each time
    # Short statements over indexes, two cores: compiling them, or asking helpers, costs more than to run them.
    "options": "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1",
    "connect_timeout": 3,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "pool": {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 2},
}


# What people and the worker do is done under a role that owns nothing and is shown what the actor may see (ADR 27). The
# console prepares, restores and asks of everything: as whoever logs in, over whole tables.
APPLICATION_ROLE = "kalka_app"
_AS_APPLICATION = {"assume_role": APPLICATION_ROLE}
_AS_CONSOLE = {"options": f"{_POSTGRES_OPTIONS['options']} -c kalka.whole=on"}


def database(url: str) -> dict[str, object]:
    if not url:
        return dict(_SQLITE)
    parsed = dict(dj_database_url.parse(url))
    if parsed["ENGINE"] == "django.db.backends.postgresql":
        parsed["ENGINE"] = "kalka.core.postgres"
        parsed["OPTIONS"] = _POSTGRES_OPTIONS | (_AS_CONSOLE if ENV.console else _AS_APPLICATION)
        parsed["CONN_HEALTH_CHECKS"] = (
            True  # a connection that broke while it lay in the pool is replaced, not handed out
        )
    return parsed


DATABASES = {"default": database(ENV.database_url)}

LANGUAGE_CODE = ENV.language
LANGUAGES = [("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bishkek"

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"
STATICFILES_FINDERS = ["kalka.ui.bundle.BundleFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000

PASSWORD_HASHERS = ["kalka.accounts.hashing.Argon2"]

# Nothing of a form or an upload may touch the disk in clear.
FILE_UPLOAD_HANDLERS = ["kalka.files.uploads.MemoryOnly"]
# A text of ten megabytes must still get its message beside the field, also in Cyrillic, which a form sends three times
# as long; beyond this it is 413.
LARGEST_REQUEST = 32_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_REQUEST
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
CSRF_FAILURE_VIEW = "kalka.access.views.form_expired"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"

HTTPS = ENV.https
TRUSTED_PROXIES = ENV.trusted_proxies
if TRUSTED_PROXIES:  # the one before us ends HTTPS and says so; without one, anybody could say it
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE = "__Host-kalka" if HTTPS else "kalka"
KEPT_COOKIE = "__Host-kalka-kept" if HTTPS else "kalka-kept"
CSRF_COOKIE_NAME = "__Host-kalka-csrf" if HTTPS else "kalka-csrf"
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_NAME = "kalka-lang"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# "no-referrer" would break Django's CSRF check over HTTPS where a browser sends no Origin.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["answer"],  # made in leave.js alone
        "report-uri": ["/refused/"],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
JOBS_ACT_AS = "kalka.worker.acting.actor_of"  # a job runs as far as who started it may still act
LOGGING_CONFIG = None
TEST_RUNNER = "django.test.runner.DiscoverRunner"
DEMO = ENV.demo
TRAINING_FORMS = ENV.demo  # forms that are there to learn on, and for no real case
# Where people sign in, as their browsers say it: what passkeys are bound to and an outside provider comes back to.
# Empty on a loopback without HTTPS: as it was asked.
ORIGIN = ENV.origin or (f"https://{ENV.hosts[0]}" if HTTPS else "")
PASSKEY_ALONE = ENV.passkey_alone
OIDC_ISSUER = ENV.oidc_issuer  # empty: nobody signs in by an outside provider
OIDC_CLIENT = ENV.oidc_client
OIDC_SECRET_FILE = ENV.oidc_secret_file
OIDC_CLAIM = ENV.oidc_claim
OIDC_ACR = list(ENV.oidc_acr)  # what the provider says that is as good as a second step of ours
OIDC_FORM_POST = ENV.oidc_form_post
PACE_OF_A_TOKEN = 600  # requests of a program, a minute and a process
PACE_OF_STRANGERS = 30  # of an address, without a token or with one nobody was given
STATE_COOKIE = "__Host-kalka-state" if HTTPS else "kalka-state"
DATA = ENV.data
BACKUP_TO = ENV.backup_to  # None: no backup is made by itself
BACKUP_RECIPIENTS = list(ENV.backup_recipients)
BACKUP_DAYS = ENV.backup_days
RECORD_NAME = ENV.record_name  # on the checkpoints of the record
AUDIT_RECIPIENTS = list(ENV.audit_recipients)  # who can prove the record with its first key
SMPP = ENV.smpp  # None: no SMS leaves; as for the two below
TELEGRAM = ENV.telegram
ORDER_REGISTER = ENV.order_register  # None: nobody is asked; as for the one below
MONITORING_CENTRE = ENV.monitoring_centre
MAIL = ENV.mail
ROOT_KEY_FILE = ENV.root_key_file
ROOT_KEY_OF_DEMO = ENV.data / "demo"  # the demo leaves this mark beside its data

logs.configure()
