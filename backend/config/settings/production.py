"""Production: every secret and address comes from the environment, or the server does not start."""

import os

from config.databases import database
from config.environment import optional_list, required, required_list, required_secret
from config.settings.base import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.base import MIDDLEWARE as BASE_MIDDLEWARE
from config.settings.base import TRUSTED_PROXIES

SECRET_KEY = required_secret("SECRET_KEY", "a long random text that signs every token; all servers share it.")
SECRET_KEY_FALLBACKS = optional_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = required_list("ALLOWED_HOSTS", "the host names of this server, separated by commas.")
DATABASES = {
    "default": database(required("DATABASE_URL", "where sessions are kept, as in postgres://user:pass@host/name."))
}

MIDDLEWARE = [*BASE_MIDDLEWARE, "django.middleware.csrf.CsrfViewMiddleware"]

CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = True
# Where a proxy speaks TLS, it must say so in this header, and take the header off what clients send.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS") or 30 * 24 * 3600)
# Other hosts of the domain, and lists in browsers, are not this server's to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
