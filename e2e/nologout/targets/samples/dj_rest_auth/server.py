"""An app whose sign-in is dj-rest-auth's: Django, SimpleJWT with rotation and blacklist, both tokens in cookies.

SAMPLE_REST_AUTH and SAMPLE_SIMPLE_JWT may hold other settings of the two, as JSON. It is run as a file, and is no part
of the package: what it needs beyond nologout is in the development dependencies.
"""
# ruff: noqa: INP001 - the package must not come to import Django, so that this is no module of it

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.conf import settings

from nologout.targets.samples.page import page_with

if TYPE_CHECKING:
    from django.http import HttpRequest
    from rest_framework.request import Request

STATE = os.environ.get("SAMPLE_STATE", "")
USER, PASSWORD = os.environ["SAMPLE_USERNAME"], os.environ["SAMPLE_PASSWORD"]
PAGE = page_with(Path(__file__).with_name("client.js"))

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="the key of a sample app, which guards nothing",  # noqa: S106 - likewise
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    # Nothing is kept where nobody says where; a restart forgets it then.
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"{STATE}/sample.sqlite3" if STATE else "file:sample?mode=memory&cache=shared",
            "OPTIONS": {"timeout": 20},
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "rest_framework_simplejwt.token_blacklist",
        "dj_rest_auth",
    ],
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": ["dj_rest_auth.jwt_auth.JWTCookieAuthentication"]},
    REST_AUTH={
        "USE_JWT": True,
        "TOKEN_MODEL": None,
        "SESSION_LOGIN": False,
        "JWT_AUTH_COOKIE": "app-access",
        "JWT_AUTH_REFRESH_COOKIE": "app-refresh",
        **json.loads(os.environ.get("SAMPLE_REST_AUTH", "{}")),
    },
    SIMPLE_JWT={
        "ACCESS_TOKEN_LIFETIME": timedelta(seconds=int(os.environ.get("ACCESS_TOKEN_SECONDS", "300"))),
        "REFRESH_TOKEN_LIFETIME": timedelta(days=7),
        "ROTATE_REFRESH_TOKENS": True,
        "BLACKLIST_AFTER_ROTATION": True,
        **json.loads(os.environ.get("SAMPLE_SIMPLE_JWT", "{}")),
    },
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402 - Django must know its settings first
from django.core.management import call_command  # noqa: E402 - likewise
from django.core.wsgi import get_wsgi_application  # noqa: E402 - likewise
from django.db import connection  # noqa: E402 - likewise
from django.http import HttpResponse  # noqa: E402 - likewise
from django.urls import include, path  # noqa: E402 - likewise
from rest_framework.decorators import api_view, permission_classes  # noqa: E402 - likewise
from rest_framework.permissions import IsAuthenticated  # noqa: E402 - likewise
from rest_framework.response import Response  # noqa: E402 - likewise


def page(request: HttpRequest) -> HttpResponse:
    """Return the page."""
    del request
    return HttpResponse(PAGE)


@api_view(["GET"])
@permission_classes([IsAuthenticated])
def notes(request: Request) -> Response:
    """Return the notes of the user."""
    return Response({"owner": request.user.get_username(), "notes": ["buy punch cards"]})


urlpatterns = [path("", page), path("api/notes/", notes), path("auth/", include("dj_rest_auth.urls"))]


class Server(ThreadingMixIn, WSGIServer):
    """Answers each request in a thread."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent when a browser breaks off."""


class Handler(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def main(port: int) -> None:
    """Serve until the process is ended."""
    connection.ensure_connection()  # keeps a database in memory alive
    call_command("migrate", verbosity=0)
    if not User.objects.filter(username=USER).exists():
        User.objects.create_user(USER, password=PASSWORD)
    with Server(("127.0.0.1", port), Handler) as server:
        server.set_app(get_wsgi_application())
        server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
