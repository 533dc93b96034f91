"""The page under the lab's settings, and the known-broken clients and variants laid over it."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponseBase
from django.test import Client

FILES = {
    "index.html": "page",
    "app.js": "app",
    "requests.js": "requests",
    "app.css": "style",
    "page/draft.js": "draft",
    "session/client.js": "client",
    "session/lock.js": "lock",
    "known_broken/no_lock/lock.js": "no lock",
    "known_broken/no_lock/app.js": "not the page's",
    "known_broken/no_lock/page/draft.js": "not the page's",
    "variants/axios/requests.js": "axios",
    "variants/axios/page/draft.js": "other draft",
    "variants/axios/session/lock.js": "other lock",
    "variants/axios/tests/client.test.js": "not the page's",
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
        ("/page/draft.js", "draft"),
        ("/session/lock.js", "lock"),
        ("/known_broken/no_lock/", "page"),
        ("/known_broken/no_lock/app.js", "app"),
        ("/known_broken/no_lock/app.css", "style"),
        ("/known_broken/no_lock/page/draft.js", "draft"),
        ("/known_broken/no_lock/session/lock.js", "no lock"),
        ("/known_broken/no_lock/session/client.js", "client"),
        ("/variants/axios/", "page"),
        ("/variants/axios/app.js", "app"),
        ("/variants/axios/requests.js", "axios"),
        ("/variants/axios/page/draft.js", "other draft"),
        ("/variants/axios/session/lock.js", "other lock"),
        ("/variants/axios/session/client.js", "client"),
        ("/requests.js", "requests"),
    ],
)
def test_overlay_replaces_only_its_own_files(path: str, text: str) -> None:
    """A known-broken client or a variant is the page with the files that it brings."""
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
        "/page/missing.js",
        "/page/",
        "/page/../tests/client.test.js",
        "/variants/",
        "/variants/no_such_variant/",
        "/variants/axios/tests/client.test.js",
        "/variants/axios/session/../../../tests/client.test.js",
        "/vendor/axios/package.json",
        "/variants/axios/vendor/axios.js",
    ],
)
def test_everything_else_is_not_served(path: str) -> None:
    """Tests, unknown overlays, other packages and paths out of the folder are 404."""
    assert get(path).status_code == 404


def test_changed_file_is_seen_at_once(frontend: Path) -> None:
    """The lab looks at the file for each request, and browsers are told to ask."""
    (frontend / "app.js").write_text("changed, and longer")
    response = get("/app.js")
    assert text_of(response) == "changed, and longer"
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Type"].startswith("text/javascript")


def test_package_of_npm_is_served_once_it_is_installed(tmp_path: Path, settings: LazySettings) -> None:
    """The axios variant imports the real axios; without `npm install` it is 404."""
    settings.BACKEND = tmp_path / "backend"
    assert get("/vendor/axios.js").status_code == 404
    package = tmp_path / "node_modules" / "axios" / "dist" / "esm"
    package.mkdir(parents=True)
    (package / "axios.min.js").write_text("axios itself")
    assert text_of(get("/vendor/axios.js")) == "axios itself"
