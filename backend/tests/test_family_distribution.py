"""The wheel of `simplejwt-token-family`: what is in it, and that a project needs no more than its README says."""

import json
import re
import subprocess
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from tests.environments import UV, clean_environment
from tests.running_server import BACKEND

DIST_INFO = "simplejwt_token_family-0.1.0.dist-info"

# A project that uses SimpleJWT already, with each request in a transaction.
SETTINGS = """
from pathlib import Path

SECRET_KEY = "a text that is long enough to sign tokens with"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"]
ROOT_URLCONF = "urls"
USE_TZ = True
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(__file__).with_name("project.sqlite3"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        "ATOMIC_REQUESTS": True,
    }
}
"""
USE = """
import io, json
import django
django.setup()
import token_family
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from token_family.decide import Limits
from token_family.limits import current_limits
from token_family.models import TokenFamily

def post(path, **body):
    response = Client().post(path, json.dumps(body), content_type="application/json")
    return [response.status_code, response.json()]

checked = io.StringIO()
call_command("check", fail_level="INFO", stdout=checked, stderr=checked)
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, verbosity=0)
User.objects.create_user("ada", password="secret")
pair = post("/api/token/", username="ada", password="secret")[1]
first, again = (post("/api/token/refresh/", refresh=pair["refresh"]) for _ in range(2))
newest = first[1]["refresh"]
print(json.dumps({
    "code": token_family.__file__,
    "checked": checked.getvalue(),
    "has_defaults": current_limits() == Limits(),
    "is_rotated": newest != pair["refresh"],
    "same_successor": [first[0], again[0], again[1]["refresh"] == newest],
    "families": TokenFamily.objects.count(),
    "signed_out": post("/api/token/blacklist/", refresh=newest)[0],
    "afterwards": post("/api/token/refresh/", refresh=newest),
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the distribution from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (UV, "build", "--quiet", "--wheel", "--no-build-isolation", "--python", sys.executable)
    subprocess.run((*build, "--out-dir", str(folder), str(BACKEND)), check=True)
    [path] = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    """Read what an installer reads."""
    return message_from_bytes(wheel.read(f"{DIST_INFO}/METADATA"))


@pytest.fixture(scope="module")
def seen(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Use the unpacked wheel in a project that has the README's lines, and nothing of this checkout."""
    folder = tmp_path_factory.mktemp("project")
    wheel.extractall(folder / "site")
    project = folder / "project"
    project.mkdir()
    lines = lines_of_readme("INSTALLED_APPS") + lines_of_readme("from datetime")
    (project / "settings.py").write_text(SETTINGS + lines)
    (project / "urls.py").write_text(lines_of_readme("from django.db"))
    done = subprocess.run(
        (sys.executable, "-c", USE),
        cwd=project,
        env=clean_environment(DJANGO_SETTINGS_MODULE="settings", PYTHONPATH=f"{folder / 'site'}:{project}"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return {**told, "code": Path(told["code"]).relative_to(folder)}


def lines_of_readme(beginning: str) -> str:
    """Return the indented block of backend/README.md that begins so."""
    blocks = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", (BACKEND / "README.md").read_text(), re.MULTILINE)
    [found] = [block for block in blocks if block.strip().startswith(beginning)]
    return "\n".join(line.removeprefix("    ") for line in found.splitlines()) + "\n"


def test_wheel_holds_the_app_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    """Every module, the alert rules, the mark that it is typed, and the metadata; no test, nothing of the server."""
    modules = {str(path.relative_to(BACKEND)) for path in (BACKEND / "token_family").rglob("*.py")}
    about = {f"{DIST_INFO}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "licenses/LICENSE")}
    beside = {"token_family/py.typed", "token_family/alerts/token_family.rules.yml"}
    assert set(wheel.namelist()) == modules | about | beside
    assert {"token_family/decide.py", "token_family/migrations/0001_initial.py"} <= modules


def test_wheel_carries_the_licence_of_the_repository(wheel: zipfile.ZipFile, metadata: Message) -> None:
    """There is one text, at the root."""
    assert wheel.read(f"{DIST_INFO}/licenses/LICENSE") == (BACKEND.parent / "LICENSE").read_bytes()
    assert (metadata["License-Expression"], metadata["License-File"]) == ("MIT", "LICENSE")


def test_metadata_says_what_is_needed(metadata: Message) -> None:
    """Name, range of Python and dependencies, and the README as the page."""
    assert (metadata["Name"], metadata["Requires-Python"]) == ("simplejwt-token-family", ">=3.11")
    assert set(metadata.get_all("Requires-Dist", [])) == {
        "django>=4.2",
        "djangorestframework>=3.15",
        "djangorestframework-simplejwt<5.6,>=5.4",
        "pyjwt>=2.8",
        "prometheus-client>=0.20; extra == 'metrics'",
    }
    assert metadata.get_payload(decode=True) == (BACKEND / "README.md").read_bytes()


def test_project_with_the_readmes_lines_has_nothing_to_complain_of(seen: dict[str, Any]) -> None:
    """`check` is silent although each request is a transaction, and the code that answers is the wheel's."""
    assert seen["checked"] == "System check identified no issues (0 silenced).\n"
    assert seen["code"] == Path("site/token_family/__init__.py")


def test_defaults_in_the_readme_are_those_in_force(seen: dict[str, Any]) -> None:
    """The README shows each optional setting with the value that it has when left out."""
    assert seen["has_defaults"]


def test_project_with_the_readmes_lines_rotates_and_honours_a_replay(seen: dict[str, Any]) -> None:
    """The token before the newest brings the same successor, at the cost of one row for the sign-in."""
    assert seen["is_rotated"]
    assert seen["same_successor"] == [200, 200, True]
    assert seen["families"] == 1


def test_project_with_the_readmes_lines_signs_out(seen: dict[str, Any]) -> None:
    """SimpleJWT's own view ends the family."""
    assert seen["signed_out"] == 200
    status, body = seen["afterwards"]
    assert (status, body["code"], body["reason"]) == (401, "token_not_valid", "logged_out")
