"""The page under the lab's settings, and the known-broken clients laid over it."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponseBase
from django.test import Client

FILES = {
    "index.html": "page",
    "app.js": "app",
    "app.css": "style",
    "session/client.js": "client",
    "session/lock.js": "lock",
    "known_broken/no_lock/lock.js": "no lock",
    "known_broken/no_lock/app.js": "not the page's",
    "tests/client.test.js": "test",
}


@pytest.fixture
def frontend(tmp_path: Path, settings: LazySettings) -> Path:
    """Make a small frontend, and serve it."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    settings.WHITENOISE_ROOT = tmp_path
    return tmp_path


def get(path: str) -> HttpResponseBase:
    """Ask the server in this process."""
    return Client().get(path)


def text_of(response: HttpResponseBase) -> str:
    """Return the body of a file."""
    assert response.status_code == 200
    return b"".join(response).decode()


@pytest.mark.usefixtures("frontend")
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", "page"),
        ("/app.js", "app"),
        ("/session/lock.js", "lock"),
        ("/known_broken/no_lock/", "page"),
        ("/known_broken/no_lock/app.js", "app"),
        ("/known_broken/no_lock/app.css", "style"),
        ("/known_broken/no_lock/session/lock.js", "no lock"),
        ("/known_broken/no_lock/session/client.js", "client"),
    ],
)
def test_known_broken_client_replaces_only_its_own_session_files(path: str, text: str) -> None:
    """A known-broken client is the page with the files that hold its bug."""
    assert text_of(get(path)) == text


@pytest.mark.usefixtures("frontend")
@pytest.mark.parametrize(
    "path",
    [
        "/tests/client.test.js",
        "/known_broken/",
        "/known_broken/no_such_client/",
        "/known_broken/no_such_client/session/lock.js",
        "/known_broken/no_lock/lock.js",
        "/known_broken/no_lock/tests/client.test.js",
        "/known_broken/no_lock/session/../../../tests/client.test.js",
        "/session/missing.js",
    ],
)
def test_everything_else_is_not_served(path: str) -> None:
    """Tests, unknown clients and paths out of the folder are 404."""
    assert get(path).status_code == 404


def test_changed_file_is_seen_at_once(frontend: Path) -> None:
    """The lab looks at the file for each request, and browsers are told to ask."""
    (frontend / "app.js").write_text("changed, and longer")
    response = get("/app.js")
    assert text_of(response) == "changed, and longer"
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Type"].startswith("text/javascript")
