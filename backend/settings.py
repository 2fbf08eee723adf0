"""Settings. Everything that differs between districts comes from the environment or from `edge.conf`."""

import sys
from pathlib import Path

from environs import Env

from backend import logs

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.str("GRIDGOV_MODE", "production", validate=lambda mode: mode in {"production", "demo", "test"})
HOME = Path(env.str("GRIDGOV_HOME", str(BASE_DIR / "var"))).absolute()
SECRETS = Path(env.str("GRIDGOV_SECRETS", str(HOME / "secrets")))


_OF_SOURCE = {"check", "makemigrations", "spectacular", "docs_build", "law_table"}
"""Commands about the source alone: they open nothing and need no secret."""


def _secret(name: str) -> str:
    """A secret from the environment, else from `$GRIDGOV_HOME/secrets`; a fixed one only under test."""
    value = env.str(f"GRIDGOV_{name.upper()}", "")
    if value:
        return value
    path = SECRETS / name
    if path.is_file():
        return path.read_text(encoding="ascii").strip()
    if MODE == "test" or {*sys.argv[1:2]} & _OF_SOURCE:
        return f"{name}-of-the-test-suite-{'0' * 32}"
    raise SystemExit(f"gridgov: the secret {name} is missing: set GRIDGOV_{name.upper()} or run 'make run'")


SECRET_KEY = _secret("django_key")
JWT_KEY = _secret("jwt_key")
KEYRING = env.str("GRIDGOV_KEYRING", str(SECRETS / "keyring.json"))
CLOSINGS = env.str("GRIDGOV_CLOSINGS", "" if MODE == "test" else str(HOME / "closings.jsonl"))
DEBUG = False
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]  # always answered: 'make run' asks there whether it is ready
ALLOWED_HOSTS = [*env.list("GRIDGOV_HOSTS", []), *LOOPBACK] if MODE == "production" else ["*"]
CLOCK = env.str("GRIDGOV_CLOCK", "system", validate=lambda clock: clock in {"system", "db"})
if CLOCK == "db" and MODE == "production":
    raise SystemExit("gridgov: GRIDGOV_CLOCK=db is allowed only in demo mode")
if env.str("GRIDGOV_FAULT", "") and MODE == "production":
    raise SystemExit("gridgov: GRIDGOV_FAULT kills the server on purpose: it is allowed only in demo mode")

APPS = [
    "edge", "audit", "privacy", "accounts", "sync", "grids", "tasks", "liaison", "disputes", "mediation",
    "corrections", "escalation", "analysis", "backend",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.gis",
    "django.contrib.postgres",
    "rest_framework",
    "rest_framework_gis",
    "drf_spectacular",
    "django_filters",
    "procrastinate.contrib.django",
    "pgtrigger",
    *APPS,
]
MIDDLEWARE = [
    "edge.middleware.RequestScope",
    "edge.middleware.BodyLimit",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

_owner = env.str("GRIDGOV_DB_ROLE", "app") == "owner"
_fallback = "postgres://gridgov_app@127.0.0.1:1/gridgov"
DATABASE_URL = env.str("DATABASE_URL", _fallback)
_url = env.str("DATABASE_OWNER_URL", DATABASE_URL) if _owner else DATABASE_URL
DATABASES = {"default": env.dj_db_url("GRIDGOV_NO_SUCH_VARIABLE", _url, engine="edge.postgis")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if env.bool("GRIDGOV_POOL", False):
    # One pool a process: as many connections as gthread threads, so that a request never waits for one.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": env.int("GRIDGOV_THREADS", 6), "timeout": 5}
    }

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# Paths whose bodies are read segment by segment, and the setting that limits them.
BODIES_IN_PARTS = {
    "/api/v1/sync/files/": "SYNC_FILE_BYTES_MAX",
    "/api/v1/boundary-imports/": "BOUNDARY_FILE_BYTES_MAX",
}
# Sealed files of records: a folder by default; any other storage of Django by its name and options.
STORAGES = {
    "files": {
        "BACKEND": env.str("GRIDGOV_FILES_STORAGE", "sync.files.storage.DurableStorage"),
        "OPTIONS": env.json("GRIDGOV_FILES_OPTIONS", {"location": str(HOME / "files")}),
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["edge.policy.ByPolicy"],
    "DEFAULT_PARSER_CLASSES": ["edge.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["edge.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "edge.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": ["edge.filters.StrictFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "edge.openapi.PolicyAutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["edge.throttles.PerCaller"],
    "DEFAULT_THROTTLE_RATES": {"caller": env.str("GRIDGOV_RATE", "6000/min")},
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS would describe the fields of every form to strangers
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a parameter that nobody named
    "EXCEPTION_HANDLER": "edge.problem_handler.handle",
    "NUM_PROXIES": env.int("NUM_PROXIES", 0),
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "网格治理后端 Grid governance backend",
    "DESCRIPTION": "Offline sync for grid workers, disputes, mediation, corrections.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    # Enums stand inline: names made up from hashes of colliding choices would change with every table.
    "POSTPROCESSING_HOOKS": [],
}
# Access tokens only; the refresh endpoint is our own (docs/decisions).
SIMPLE_JWT = {"SIGNING_KEY": JWT_KEY, "ALGORITHM": "HS256", "ISSUER": "gridgov", "AUDIENCE": "gridgov-api"}

# TLS ends at the district's proxy; GDAL never opens a string that a client sent, whatever its version.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "gis.W001"]
SECURE_CONTENT_TYPE_NOSNIFF = True
PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "procrastinate_tasks"
PROCRASTINATE_IMPORT_PATHS = ["audit.delivery", "backend.tick", "grids.import_job"]
LOGGING_CONFIG = None
logs.configure(env.str("GRIDGOV_LOG_LEVEL", "INFO"))
