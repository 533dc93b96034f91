"""Settings: what production demands, and what it does not serve."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.databases import database
from config.environment import required, required_list
from config.profiles import PROFILES, Profile, chosen_profile_name
from tests.running_server import BACKEND

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "a text that is long enough to sign tokens with, and then some",
    "ALLOWED_HOSTS": "testserver, example.org",
    "DATABASE_URL": "sqlite://:memory:",
}
CHECK = """
import django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True)
"""
ASK = """
import json, sys
import django
django.setup()
from django.test import Client
replies = {path: Client().get(path, secure=True) for path in sys.argv[1:]}
print(json.dumps({path: [reply.status_code, dict(reply.headers)] for path, reply in replies.items()}))
"""


def run_python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the backend's folder with this environment and little else."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=BACKEND,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def in_production() -> dict[str, tuple[int, dict[str, str]]]:
    """Ask a production server for pages, controls of the lab, and files that are none of its business."""
    paths = [
        *("/", "/app.js", "/app.css", "/config.js", "/api/me/"),
        *("/lab/ready/", "/lab/clock/", "/lab/users/", "/lab/sessions/someone/"),
        *("/lab/users/someone/password/", "/lab/users/someone/deactivate/"),
        *(
            "/known_broken/no_cross_tab_lock/",
            "/known_broken/",
            "/tests/",
            "/index.htm",
            "/../backend/manage.py",
        ),
    ]
    done = run_python(ASK, *paths, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    return {path: (status, headers) for path, (status, headers) in json.loads(done.stdout).items()}


def test_production_serves_the_page_and_the_api(
    in_production: dict[str, tuple[int, dict[str, str]]],
) -> None:
    """The page's files are there, and the API asks who is there."""
    served = {path: status for path, (status, _) in in_production.items() if status != 404}
    assert served == {"/": 200, "/app.js": 200, "/app.css": 200, "/config.js": 200, "/api/me/": 401}


def test_production_serves_nothing_of_the_lab(
    in_production: dict[str, tuple[int, dict[str, str]]],
) -> None:
    """Every path of the lab, and every known-broken client, is 404."""
    hidden = {path: status for path, (status, _) in in_production.items() if path.count("/") > 1}
    hidden.pop("/api/me/")
    assert set(hidden.values()) == {404}


@pytest.mark.parametrize("path", ["/app.js", "/config.js"])
def test_page_is_served_with_types_and_policies_that_browsers_heed(
    in_production: dict[str, tuple[int, dict[str, str]]], path: str
) -> None:
    """Modules need their type, changed files must be seen, and scripts come from files alone."""
    headers = in_production[path][1]
    assert headers["Content-Type"].startswith("text/javascript")
    assert headers["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """An unset variable is named, with a hint."""
    monkeypatch.delenv(missing, raising=False)
    with pytest.raises(ImproperlyConfigured, match=f"Set {missing} in the environment: why"):
        required(missing, "why")


def test_production_does_not_start_without_a_secret() -> None:
    """The settings themselves refuse, in words."""
    done = run_python("import config.settings.production")
    assert "Set SECRET_KEY in the environment" in done.stderr


@pytest.mark.parametrize("weak", ["short", "abcd" * 20])
def test_production_does_not_start_with_a_secret_that_can_be_guessed(weak: str) -> None:
    """What to do is said, and the secret is not."""
    done = run_python("import config.settings.production", **{**PRODUCTION, "SECRET_KEY": weak})
    assert "SECRET_KEY is too easy to guess" in done.stderr
    assert weak not in done.stderr


def test_deployment_checks_are_clean() -> None:
    """`manage.py check --deploy` has nothing to say, except what no server can decide for its domain."""
    done = run_python(CHECK, **PRODUCTION)
    assert (done.stderr, done.stdout.strip()) == ("", "System check identified no issues (2 silenced).")


def test_production_speaks_tls_alone() -> None:
    """Plain HTTP is sent away, and browsers are told to remember it."""
    done = run_python(ASK.replace("secure=True", "secure=path == '/config.js'"), "/config.js", "/app.js", **PRODUCTION)
    replies = json.loads(done.stdout)
    assert (replies["/app.js"][0], replies["/app.js"][1]["Location"]) == (301, "https://testserver/app.js")
    assert replies["/config.js"][1]["Strict-Transport-Security"] == "max-age=2592000"


def test_list_from_the_environment_has_no_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Host names may be written with spaces."""
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example , b.example,")
    assert required_list("ALLOWED_HOSTS", "") == ["a.example", "b.example"]


def test_unknown_profile_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names to choose from are told."""
    monkeypatch.setenv("NOLOGOUT_PROFILE", "famly")
    with pytest.raises(ImproperlyConfigured, match="choose one of: stock, family"):
        chosen_profile_name()


def test_stock_adds_nothing_to_simplejwt() -> None:
    """The profile `stock` is the guide's configuration and no more."""
    assert PROFILES["stock"] == Profile()


def test_sqlite_waits_for_locks_and_postgres_is_left_alone() -> None:
    """Only SQLite needs its options."""
    assert database("sqlite:////tmp/x.sqlite3")["OPTIONS"]["timeout"] == 5
    assert "OPTIONS" not in database("postgres://u:p@h/n")


def test_tests_run_on_sqlite_in_immediate_mode() -> None:
    """SQLite takes its write lock at the start of a transaction, so that none fails half-way."""
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings.NOLOGOUT_PROFILE == "family"
