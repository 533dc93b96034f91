"""The cookie transport: which session a request is about, and what its answer does to the browser's cookies."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken

from tests.cookie_browser import REFRESH, SIGN_IN, SIGN_OUT, CookieBrowser, CookieReply
from tests.people import at, claims, family_of, make_user, me, sign_in, signed, stock_token
from token_family import families
from token_family.cookies import jar
from token_family.serializers import FamilyObtainSerializer

pytestmark = pytest.mark.usefixtures("database", "cookie_urls")


def signed_in() -> CookieBrowser:
    """Return a browser in which a session has begun."""
    browser = CookieBrowser()
    browser.sign_in()
    return browser


def refusal(reply: CookieReply) -> tuple[int, str, bool]:
    """Return status and reason, and whether a cookie would be touched."""
    return reply.status, reply.body["reason"], bool(reply.cookies)


def test_sign_in_puts_the_refresh_token_out_of_reach_of_scripts() -> None:
    """It is in the cookie alone, which goes to no other site and lives as long as the token."""
    reply = CookieBrowser().sign_in()
    assert set(reply.body) == {"access", "sid"}
    assert me(reply.body["access"]).status == 200
    (cookie,) = reply.cookies.values()
    assert cookie.key == f"refresh_{reply.body['sid']}"
    kept = {name: cookie[name] for name in ("httponly", "secure", "samesite", "path")}
    assert kept == {"httponly": True, "secure": True, "samesite": "Strict", "path": "/api/token/"}
    assert 7 * 24 * 3600 - 5 <= int(cookie["max-age"]) <= 7 * 24 * 3600
    assert reply.headers["Cache-Control"] == "no-store"


def test_refresh_rotates_the_cookie() -> None:
    """The answer has what a page needs, and no refresh token."""
    with at(0):
        browser = signed_in()
    with at(3600):
        reply = browser.refresh()
    assert (set(reply.body), reply.body["sid"]) == ({"access", "sid"}, browser.sid)
    assert browser.generation == 1


def test_a_page_that_knows_no_session_goes_on_with_the_newest() -> None:
    """Its storage was lost, and two tabs had signed in at once: none of that signs anybody out."""
    browser, early = CookieBrowser(), CookieBrowser()
    with at(0):
        early.sign_in()
    with at(60):
        browser.sign_in()
    browser.jar |= early.jar
    newest, browser.sid = browser.sid, ""
    with at(120):
        assert browser.refresh().body["sid"] == newest


def test_other_session_is_refused_and_not_rotated() -> None:
    """A tab of the first user never goes on as the second; nothing of the second's session changes."""
    with at(0):
        browser = signed_in()
        first = browser.sid
        browser.sign_in()
        second, browser.sid = browser.sid, first
    with at(3600), CaptureQueriesContext(connection) as asked:
        assert refusal(browser.ask(REFRESH)) == (409, "other_session", False)
        assert refusal(browser.ask(SIGN_OUT)) == (409, "other_session", False)
        assert len(asked) == 0
    browser.sid = second
    assert family_of(browser.token).generation == 0
    with at(3601):
        assert browser.refresh().status == 200


def test_sign_in_takes_the_place_of_the_session_before() -> None:
    """Its cookie is deleted, so that the browser does not collect them."""
    browser = signed_in()
    browser.sign_in()
    assert list(browser.jar) == [f"refresh_{browser.sid}"]


def test_sign_out_ends_the_session_and_deletes_its_cookie_alone() -> None:
    """The other session of this browser is not concerned."""
    browser, other = signed_in(), signed_in()
    kept = dict(browser.jar)
    browser.jar |= other.jar
    reply = browser.sign_out()
    (deleted,) = reply.cookies.values()
    attributes = {name: deleted[name] for name in ("path", "secure", "samesite", "httponly", "max-age")}
    assert attributes == {"path": "/api/token/", "secure": True, "samesite": "Strict", "httponly": True, "max-age": 0}
    assert (reply.status, browser.jar) == (200, other.jar)
    browser.jar = kept
    assert refusal(browser.refresh()) == (401, "logged_out", False)


def test_no_cookie_is_the_end_of_the_session() -> None:
    """It ran out, or was cleared: the one reason that a page may take for the end without asking further."""
    browser = CookieBrowser(sid="0" * 32)
    refused = browser.refresh()
    assert (refusal(refused), refused.body["code"]) == ((401, "missing", False), "token_not_valid")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer ")
    browser.sid = ""
    assert refusal(browser.refresh()) == (401, "missing", False)
    assert refusal(browser.sign_out()) == (401, "missing", False)


def held(token: str) -> CookieBrowser:
    """Return a browser whose session's cookie has this token."""
    sid = claims(token)["sid"] if token.count(".") == 2 and len(token) > 40 else "0" * 32
    return CookieBrowser(jar={f"refresh_{sid}": token}, sid=sid)


def stolen() -> CookieBrowser:
    """Return a browser whose token is two generations old."""
    with at(-7200):
        browser = signed_in()
    old = dict(browser.jar)
    for hour in (-1, 0):
        with at(3600 * hour):
            browser.refresh()
    browser.jar = old
    return browser


def signed_out() -> CookieBrowser:
    """Return a browser whose session was ended elsewhere."""
    browser = signed_in()
    stock_token(browser.token).blacklist()
    return browser


def signed_out_in_bulk() -> CookieBrowser:
    """Return a browser whose session was ended by a statement that tells nobody."""
    browser = signed_in()
    BlacklistedToken.objects.bulk_create([BlacklistedToken(token=family_of(browser.token).outstanding)])
    return browser


def dismissed() -> CookieBrowser:
    """Return a browser whose user's account is closed."""
    user = make_user()
    browser = CookieBrowser()
    browser.sign_in(user)
    user.is_active = False
    user.save()
    return browser


@pytest.mark.parametrize(
    ("browser_that_is", "reason"),
    [
        (lambda: held("no.token.atall"), "malformed"),
        (lambda: held(signed(token_type="access")), "wrong_type"),
        (lambda: held(signed(exp=1)), "expired"),
        (lambda: held(signed(sid="1" * 32)), "family_unknown"),
        (stolen, "reuse_detected"),
        (signed_out, "logged_out"),
        (signed_out_in_bulk, "logged_out"),
        (dismissed, "no_active_account"),
    ],
)
def test_refusal_touches_no_cookie(browser_that_is: Callable[[], CookieBrowser], reason: str) -> None:
    """Come late, it would delete what a sign-in or a sibling's refresh has brought meanwhile."""
    with at(0):
        browser = browser_that_is()
    with at(1):
        assert refusal(browser.refresh()) == (401, reason, False)
        assert browser.ask(SIGN_IN, {"username": "nobody", "password": "none"}).cookies == {}


def test_busy_database_touches_no_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    """503, and the session goes on."""
    browser = signed_in()

    def busy(*_: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(families, "find", busy)
        assert refusal(browser.refresh()) == (503, "contention", False)
    assert browser.refresh().status == 200


def test_client_of_before_brings_its_token_in_the_body() -> None:
    """The day that a site changes its transport signs nobody out; a cookie outranks what a page still has."""
    with at(0):
        token = sign_in()
        browser = CookieBrowser()
        reply = browser.receive(browser.ask(REFRESH, {"refresh": token}))
        browser.sid = reply.body["sid"]
        assert (reply.status, len(browser.jar)) == (200, 1)
    with at(60):
        other = sign_in()
        assert browser.receive(browser.ask(REFRESH, {"refresh": other})).body["sid"] == browser.sid


@pytest.mark.parametrize("path", [SIGN_IN, REFRESH, SIGN_OUT])
def test_another_site_is_refused_before_anything_is_looked_at(path: str) -> None:
    """It can neither sign anybody out, nor in, nor rotate a token."""
    browser = signed_in()
    credentials = {"username": make_user().username, "password": "secret"}
    with CaptureQueriesContext(connection) as asked:
        reply = browser.ask(path, credentials, Origin="https://evil.example")
    assert (refusal(reply), len(asked)) == ((403, "cross_origin", False), 0)


def test_sid_that_says_nothing_is_none() -> None:
    """A page that sends an empty header knows no session."""
    browser = signed_in()
    assert browser.receive(browser.ask(REFRESH, **{"X-Session-Id": ""})).body["sid"] == browser.sid


def test_cookie_that_another_user_has_filled_is_not_gone_on_with() -> None:
    """Whoever can write a cookie could put somebody into his own session."""
    browser, other = signed_in(), signed_in()
    browser.jar = {f"refresh_{browser.sid}": other.token}
    assert refusal(browser.refresh()) == (409, "other_session", False)


@pytest.mark.parametrize("planted", ["a.b.c", "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjk5OTk5OTk5OTl9.c2lnbmVk"])
def test_cookie_that_nobody_here_has_signed_outranks_none(planted: str) -> None:
    """However young it says that it is."""
    browser = signed_in()
    sid, browser.sid = browser.sid, ""
    browser.jar[f"refresh_{'f' * 32}"] = planted
    assert browser.refresh().body["sid"] == sid


def test_newer_of_two_cookies_of_one_name_counts() -> None:
    """A site that narrows PATH has both in its browsers for a while, and they send the older one last."""
    with at(0):
        browser = signed_in()
        older = browser.token
    with at(3600):
        browser.refresh()
    name = f"refresh_{browser.sid}"
    header = {"Cookie": f"{name}={browser.token}; {name}={older}", "X-Session-Id": browser.sid}
    with at(7200):
        rotated = Client(headers=header).post(REFRESH, {}, "application/json").cookies[name]
    assert claims(rotated.value)["gen"] == 2


@pytest.mark.parametrize("path", [REFRESH, SIGN_OUT])
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_only_a_post_does_anything(path: str, method: str) -> None:
    """Neither a look with a browser nor a preflight rotates, signs out, or shows the token."""
    browser = signed_in()
    cookie = {"Cookie": f"refresh_{browser.sid}={browser.token}", "Accept": "*/*"}
    with CaptureQueriesContext(connection) as asked:
        answer = getattr(Client(headers=cookie), method)(path)
    assert (answer.status_code, len(asked), answer.cookies) == (405, 0, {})
    assert browser.token[:16].encode() not in answer.content


def test_page_for_people_is_not_made_of_it(settings: LazySettings) -> None:
    """REST framework's would show the token in a form; the default renderers do not change that."""
    settings.REST_FRAMEWORK = {}
    browser = signed_in()
    answer = browser.ask(REFRESH, Accept="text/html")
    assert (answer.status, answer.headers["Content-Type"]) == (406, "application/json")
    assert family_of(browser.token).generation == 0


def test_second_factor_may_come_before_the_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a project's serializer answers in its place is passed on, and no cookie is set."""
    monkeypatch.setattr(FamilyObtainSerializer, "validate", lambda _self, _attrs: {"challenge": "sms"})
    reply = CookieBrowser().ask(SIGN_IN, {"username": make_user().username, "password": "secret"})
    assert (reply.status, reply.body, reply.cookies) == (200, {"challenge": "sms"}, {})


def test_cookie_that_browsers_would_drop_is_an_error_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """They say nothing, and the next refresh would find no session."""
    with monkeypatch.context() as patched:
        patched.setattr(jar, "LONGEST", 100)
        signed_in()
    assert [record.levelname for record in caplog.records if "cookie_too_long" in record.message] == ["ERROR"]


def test_without_rotation_a_token_of_the_body_moves_into_the_cookie(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the answer would name a session that no cookie holds."""
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", value=False)
    browser = CookieBrowser()
    browser.sid = browser.receive(browser.ask(REFRESH, {"refresh": sign_in()})).body["sid"]
    assert browser.refresh().status == 200


def test_without_rotation_the_cookie_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """SimpleJWT then answers no refresh token, and the browser keeps what it has."""
    monkeypatch.setattr(api_settings, "ROTATE_REFRESH_TOKENS", value=False)
    browser = signed_in()
    reply = browser.refresh()
    assert (reply.status, reply.body["sid"], reply.cookies) == (200, browser.sid, {})


def test_what_is_refused_early_is_told_as_an_attempt(caplog: pytest.LogCaptureFixture) -> None:
    """One line for each attempt, whoever refuses it."""
    browser = signed_in()
    with caplog.at_level("INFO", "token_family"):
        browser.ask(REFRESH, **{"X-Session-Id": "0" * 32})
        browser.ask(REFRESH, Origin="https://evil.example")
        CookieBrowser().refresh()
        browser.refresh()
    outcomes = [record.refresh["outcome"] for record in caplog.records if hasattr(record, "refresh")]
    assert outcomes == ["other_session", "cross_origin", "missing", "rotated"]


def test_revocation_is_kept_under_atomic_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """The view itself stands outside of the transaction; a project cannot forget it."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", value=True)
    browser = stolen()
    with at(1):
        assert refusal(browser.refresh())[1] == "reuse_detected"
    assert family_of(browser.token).revoked_at is not None
