"""Settings of a project that has installed Django's admin, with a database in memory."""

from config.databases import database
from config.settings.lab import *  # noqa: F403 - Django reads settings as a module's globals
from config.settings.lab import INSTALLED_APPS as LAB_APPS

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.sessions",
    "django.contrib.messages",
    *LAB_APPS,
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": database("sqlite://:memory:")}
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "tests.urls_with_admin"
