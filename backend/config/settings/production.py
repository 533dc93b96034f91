"""Production: every secret and address comes from the environment, or the server does not start."""

from config.databases import database
from config.environment import required, required_list
from config.settings.base import *  # noqa: F403 - Django reads settings as a module's globals

SECRET_KEY = required("SECRET_KEY", "a long random text that signs every token; all servers share it.")
ALLOWED_HOSTS = required_list("ALLOWED_HOSTS", "the host names of this server, separated by commas.")
DATABASES = {
    "default": database(required("DATABASE_URL", "where sessions are kept, as in postgres://user:pass@host/name."))
}

SECURE_REFERRER_POLICY = "same-origin"
