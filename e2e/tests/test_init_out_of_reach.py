"""What `nologout init` cannot do it says in a sentence, with what to write by hand: no traceback, no hang, no file."""

from pathlib import Path

import pytest
import trustme

from tests.commands import Command
from tests.lively_server import lively_server
from tests.moody_app import PASSWORD, USER, moody_app
from tests.tiny_server import TinyServer, tiny_server

pytestmark = pytest.mark.browser
HTML = {"Content-Type": "text/html"}
FIELD = b'<!doctype html><form><input name="name"><input name="word" type="password"><button>In</button></form>'


def refused(folder: Path, origin: str, *more: str) -> str:
    """Return what the command says of an app; it exits with 3, and writes nothing."""
    given = {"NOLOGOUT_USERNAME": USER, "NOLOGOUT_PASSWORD": PASSWORD}
    code, output, errors = Command(folder).run("init", origin, *more, **given)
    assert (code, output, list(folder.iterdir())) == (3, "", [])
    assert "Traceback" not in errors
    return errors


def asked_of(app: TinyServer) -> set[str]:
    """Return the paths that were asked for, but for what browsers want by themselves."""
    return {each.path for each in app.asked} - {"/favicon.ico"}


def serve(app: TinyServer, page: bytes, path: str = "/") -> None:
    """Have an app show a page."""
    app.replies[path] = (200, HTML, page)


@pytest.mark.parametrize("somebody_else", ["http://localhost:{port}", "http://idp.example"])
@pytest.mark.parametrize("by_link", [True, False], ids=["by_link", "at_once"])
def test_sign_in_at_another_origin_is_told(tmp_path: Path, somebody_else: str, by_link: bool) -> None:  # noqa: FBT001 - a table
    """Whether it can be reached or is blocked, and whether a link or the page itself leads there."""
    with tiny_server() as app, tiny_server() as other:
        origin = somebody_else.format(port=other.server_address[1])
        serve(other, FIELD, "/authorize")
        serve(app, f'<!doctype html><a href="{origin}/authorize">Sign in</a>'.encode())
        if not by_link:
            app.replies["/"] = (302, {"Location": f"{origin}/authorize?client_id=x"}, b"")
        told = refused(tmp_path, app.origin)
    assert asked_of(app) == {"/"}
    assert f"the sign-in leads to {origin}, which is not the app's origin (single sign-on?)" in told
    assert f'by hand, with `sign_in.script` (and `external_hosts = ["{origin.removeprefix("http://")}"]`' in told


def test_sign_in_that_ends_at_another_origin_is_told(tmp_path: Path) -> None:
    """Nothing of the app is seen from there."""
    with tiny_server() as app, tiny_server() as other:
        serve(other, b"<!doctype html><p>Welcome")
        serve(app, FIELD.replace(b"<form>", b'<form method="post" action="/in">'))
        app.replies["/in"] = (303, {"Location": other.origin}, b"")
        told = refused(tmp_path, app.origin)
    assert f"the sign-in leads to {other.origin}, which is not the app's origin" in told
    assert f"if that is where the app is, init {other.origin}" in told


def test_buttons_of_single_sign_on_are_named(tmp_path: Path) -> None:
    """They are not clicked."""
    with tiny_server() as app:
        serve(app, b"<!doctype html><button id=go>Continue with Example</button>")
        told = refused(tmp_path, app.origin)
    assert '; / offers "Continue with Example"\nhint: write nologout.toml by hand, with `sign_in.script`' in told


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "of_another_origin"])
def test_form_inside_a_frame_is_told(tmp_path: Path, is_own: bool) -> None:  # noqa: FBT001 - a table of cases
    """Wherever the frame is from."""
    with tiny_server() as app, tiny_server() as other:
        server = app if is_own else other
        serve(server, FIELD, "/frame")
        serve(app, f'<!doctype html><iframe src="{server.origin}/frame?x=1"></iframe>'.encode())
        told = refused(tmp_path, app.origin)
    assert asked_of(app) <= {"/", "/frame?x=1"}
    assert f"the password field is inside a frame ({server.origin}/frame)" in told
    assert 'hint: write nologout.toml by hand, with `sign_in.script` (page.frame_locator("iframe")' in told


def test_certificate_that_nobody_vouches_for_is_told(tmp_path: Path) -> None:
    """With the way to have it trusted, which works: then the page is looked at, and leads elsewhere."""
    authority, folder = trustme.CA(), tmp_path / "empty"
    folder.mkdir()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with lively_server(authority) as app:
        app.page = b'<!doctype html><script>location = "http://idp.example/"</script>'
        told = refused(folder, app.origin)
        then = refused(folder, app.origin, "--ca-file", str(tmp_path / "ca.pem"))
    assert f"at {app.origin} (GET /: nobody whom this machine trusts has signed its certificate)" in told
    assert "hint: --ca-file FILE names a private authority's certificate (PEM)" in told
    assert "the sign-in leads to http://idp.example" in then


def test_address_without_tls_is_told(tmp_path: Path) -> None:
    """It does not answer as it should."""
    with moody_app() as app:
        told = refused(tmp_path, app.origin.replace("http:", "https:"))
    assert f"at {app.origin.replace('http:', 'https:')} (GET /: it speaks no TLS: is it http://?)" in told
