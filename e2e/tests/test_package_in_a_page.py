"""The package's README shows pages without a bundler: as they stand there, they sign in at the real server."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

if TYPE_CHECKING:
    from demo_app import DemoApp

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
SESSION = ROOT / "frontend_static" / "session"
README = (ROOT / "frontend_static" / "README.md").read_text("utf-8")
BLOCKS = [dedent(text).strip("\n") for text in re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", README, re.MULTILINE)]
DJANGO = """
import sys
from pathlib import Path
import django
from django.conf import settings
from django.core.management import call_command
from django.template import engines

BASE_DIR = Path(sys.argv[1])
readme = {}
exec(sys.argv[2], {"BASE_DIR": BASE_DIR}, readme)
settings.configure(
    INSTALLED_APPS=["django.contrib.staticfiles"],
    STATIC_URL="/static/",
    STATIC_ROOT=BASE_DIR / "collected",
    STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage." + sys.argv[4]}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    **readme,
)
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
print(engines["django"].from_string(sys.argv[3]).render())
"""


def block(start: str) -> str:
    """Return the README's indented block that begins so."""
    (found,) = [text for text in BLOCKS if text.startswith(start)]
    return found


def serve(page: Page, app: DemoApp, html: str, folders: dict[str, Path]) -> None:
    """Open a page beside the API of the server, with the files of folders below their addresses."""
    # A module's names are its own, so the page hands out what the test needs.
    shown = html[: html.rindex("</script>")] + "Object.assign(window, { session });\n</script>"

    def fulfill(route: Route) -> None:
        path = urlsplit(route.request.url).path
        for address, folder in folders.items():
            if path.startswith(address):
                file = folder / path.removeprefix(address)
                code = file.read_text("utf-8") if file.is_file() else ""
                route.fulfill(status=200 if code else 404, body=code, content_type="text/javascript")
                return
        route.fulfill(body=shown, content_type="text/html")

    page.route(re.compile(f"^{re.escape(app.url)}/(example|node_modules|static)/"), fulfill)
    page.goto(f"{app.url}/example/")


def expect_it_signs_in(page: Page, app: DemoApp) -> None:
    """See the page say its state, before and after."""
    status = page.locator("#status")
    expect(status).to_have_text("signed-out")
    page.evaluate("who => session.signIn(who)", {"username": app.username, "password": app.password})
    expect(status).to_have_text("signed-in")
    assert page.evaluate("session.fetch('/api/me/').then(reply => reply.json())")["username"] == app.username


def test_page_with_an_import_map_signs_in_and_its_axios_carries_the_token(page: Page, app: DemoApp) -> None:
    """No bundler, no copy: a map from names to files."""
    html = block("<!doctype html>")
    folders = {
        "/node_modules/nologout-session/session/": SESSION,
        "/node_modules/axios/": ROOT / "node_modules" / "axios",
    }
    serve(page, app, html, folders)
    expect_it_signs_in(page, app)
    answer = page.evaluate("import('axios').then(({ default: axios }) => axios.get('/api/me/'))")
    assert answer["data"]["username"] == app.username


def test_page_with_a_plain_path_signs_in(page: Page, app: DemoApp) -> None:
    """The line that the README gives for it stands in the place of the map."""
    (line,) = re.findall(r"`(import \{ createSession \} from '/node_modules/[^`]*)`", README)
    show = "session.subscribe(({ status }) => { document.querySelector('#status').textContent = status; });"
    code = f"{line};\nconst session = createSession();\n{show}\n"
    html = f'<p id="status"></p>\n<script type="module">\n{code}</script>\n'
    serve(page, app, html, {"/node_modules/nologout-session/session/": SESSION})
    expect_it_signs_in(page, app)


@pytest.mark.parametrize("storage", ["StaticFilesStorage", "ManifestStaticFilesStorage"])
def test_page_of_djangos_static_files_signs_in(tmp_path: Path, page: Page, app: DemoApp, storage: str) -> None:
    """`collectstatic` finds the files by the README's setting, and its template names them, hashed or not."""
    shutil.copytree(SESSION, tmp_path / "node_modules" / "nologout-session" / "session")
    setting, template = block("STATICFILES_DIRS"), block("{% load static %}")
    command = [sys.executable, "-c", DJANGO, str(tmp_path), setting, template, storage]
    html = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    hashed = re.search(r"index\.[0-9a-f]{12}\.js", html) is not None
    assert hashed == (storage == "ManifestStaticFilesStorage")
    serve(page, app, html, {"/static/": tmp_path / "collected"})
    expect_it_signs_in(page, app)
