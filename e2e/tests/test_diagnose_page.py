"""What a browser saw of a page, made plain: places, keys and kinds of tokens, and never a token."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from nologout.diagnose.detect.rules.seen import Cookie, Message, Rest, Seen
from nologout.diagnose.diagnosis import diagnosed
from nologout.diagnose.names import shown_name
from nologout.diagnose.observed import Kept, Observed, Paths
from nologout.diagnose.page import endpoints_of, is_ended, left, page_of
from tests import observations
from tests.observations import IN_MEMORY, OPEN, with_page
from tests.sightings import A1, A2, HERE, OPAQUE, R1, R2, SIGNED_IN, asked, jwt, refreshing, seen, sent

SLIDING = jwt(7, token_type="sliding")
REFUSED = asked(status=401, spoiled=True)
FAILED = Message(method="POST", url=f"{HERE}/wrong/refresh", status=404)
OUT = Message(method="POST", url=f"{HERE}/auth/out", sent={"refresh": R1})


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (
            seen(SIGNED_IN, rests=(Rest(A1, "localStorage", "access"), Rest(R1, "indexedDB", "app/session"))),
            {
                Kept("localStorage", "access", "access token", "JWT"),
                Kept("IndexedDB", "app/session", "refresh token", "JWT"),
            },
        ),
        (
            seen(SIGNED_IN, jar=(Cookie("refresh_fedcba9876543210fe", f"v1.{R1}", http_only=True),)),
            {Kept("memory", "", "access token", "JWT"), Kept("HttpOnly cookie", "refresh_*", "refresh token", "JWT")},
        ),
        # Both lists have it: scripts see the cookie, and so does the browser.
        (
            seen(SIGNED_IN, jar=(Cookie("a", A1),), rests=(Rest(A1, "cookie", "a"), Rest(R1, "sessionStorage", "r"))),
            {
                Kept("script-visible cookie", "a", "access token", "JWT"),
                Kept("sessionStorage", "r", "refresh token", "JWT"),
            },
        ),
        (
            seen(sent(brought={"token": SLIDING}), asked(bearer=SLIDING), rests=(Rest(SLIDING, "localStorage", "t"),)),
            {Kept("localStorage", "t", "sliding token", "JWT")},
        ),
        (
            seen(sent(brought={"access_token": OPAQUE})),
            {Kept("memory", "", "access token", "opaque")},
        ),
    ],
)
def test_place_key_and_kind_of_each_token_are_told(found: Seen, kept: set[Kept]) -> None:
    """Whatever is in no storage is in memory."""
    page = page_of(found)
    assert {*page.kept} == kept
    told = msgspec.json.encode(page).decode()
    assert not [token for token in (A1, R1, SLIDING, OPAQUE) if token in told]


@pytest.mark.parametrize(
    ("kept", "reload", "second_tab"),
    [
        ({"kept_by_reload": True, "kept_by_new_tab": False, "kept_by_opened_tab": True}, True, False),
        ({"kept_by_reload": True, "kept_by_new_tab": True}, True, True),
        # Whoever is signed out already shows nothing in a second tab.
        ({"kept_by_reload": False, "kept_by_new_tab": False}, False, None),
        ({"kept_by_new_tab": False}, None, None),
    ],
)
def test_tab_tells_something_only_while_the_session_lives(
    kept: dict[str, Any], *, reload: bool | None, second_tab: bool | None
) -> None:
    """A reload that lost it leaves nothing for the tab to find."""
    page = page_of(seen(SIGNED_IN, **kept))
    assert (page.reload, page.second_tab) == (reload, second_tab)


@pytest.mark.parametrize(
    ("expired", "shown", "renews", "said"),
    [
        ((REFUSED, refreshing()), True, True, "POST /auth/again brought another access token"),
        # What it got it does not use, or not rightly.
        ((REFUSED, refreshing()), False, False, "POST /auth/again brought another access token"),
        ((REFUSED, refreshing()), None, None, "POST /auth/again brought another access token"),
        ((REFUSED, FAILED), False, False, "then came POST /wrong/refresh (404)"),
        ((REFUSED,), False, False, "nothing was asked for a new one"),
        # It may try again later.
        ((REFUSED, FAILED), None, None, "POST /wrong/refresh (404)"),
        ((REFUSED,), True, None, "GET /api/items was refused (401)"),
        ((asked(),), True, None, ""),
        ((), False, None, ""),
    ],
)
def test_page_renews_or_shows_the_form_or_nothing_is_told(
    expired: tuple[Message, ...], *, shown: bool | None, renews: bool | None, said: str
) -> None:
    """A refusal that brought neither another token nor the form shows nothing."""
    page = page_of(seen(SIGNED_IN, expired=expired, kept_by_expiry=shown))
    assert page.renews is renews
    assert said in page.renewal


@pytest.mark.parametrize(
    ("messages", "out", "ended"),
    [
        ((OUT,), True, True),
        ((OUT,), False, False),
        ((), True, False),
        ((msgspec.structs.replace(OUT, status=500),), True, False),
        ((msgspec.structs.replace(OUT, sent={}, bearer=A1),), True, True),
        # A page reports other things, too.
        ((Message(method="POST", url=f"{HERE}/telemetry"),), True, False),
        ((asked(),), True, False),
    ],
)
def test_session_has_ended_where_the_server_was_told(messages: tuple[Message, ...], *, out: bool, ended: bool) -> None:
    """A page that only forgets its tokens leaves them good."""
    assert is_ended(seen(SIGNED_IN, everything=(SIGNED_IN,), signing_out=messages, signed_out=out)) is ended


def test_session_is_left_with_its_newest_tokens() -> None:
    """From bodies, or from the browser's cookies as they are at the end."""
    found = left(seen(SIGNED_IN, everything=(SIGNED_IN, refreshing()), left_jar=(Cookie("csrftoken", "c"),)))
    assert found is not None
    assert (found.access, found.refresh, found.field, found.cookie) == (A2, R2, "refresh", "")
    assert found.cookies == {"csrftoken": "c"}
    by_cookie = sent(brought={"access": A1}, set=(Cookie("refresh", R1, http_only=True),))
    found = left(seen(by_cookie, everything=(by_cookie,), left_jar=(Cookie("refresh", R2, http_only=True),)))
    assert found is not None
    assert (found.access, found.refresh, found.field, found.cookie) == (A1, R2, "", "refresh")
    assert left(seen(by_cookie, everything=(by_cookie,))) is None
    assert left(seen(SIGNED_IN)) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("refresh_token", "refresh_token"),
        ("nologout/session/current", "nologout/session/current"),
        ("oauth2.accessToken.v2", "oauth2.accessToken.v2"),
        ("refresh_4f9a01c7d2e84b1aa0c3", "refresh_*"),
        ("tokens:ann.lee@example.org", "tokens:*"),
        ("session-1234567", "session-*"),
        (
            "CognitoIdentityServiceProvider.1example23456789abc.ann.idToken",
            "CognitoIdentityServiceProvider.*.*.idToken",
        ),
        ("firebase:authUser:AIzaSyA1-b2C3_d4E5f6:[DEFAULT]", "firebase:authUser:*:[DEFAULT]"),
        (f"cache {R1}", "cache [cut]"),
        ("x" * 41, "*"),
        ("a b " * 20, "a b " * 14 + "a b…"),
    ],
)
def test_name_is_shown_without_what_may_be_an_id(name: str, shown: str) -> None:
    """Ids, addresses, user names and secrets are stars; a long name is cut."""
    assert shown_name(name, "Ann") == shown


@pytest.mark.parametrize(
    ("observed", "told", "not_told"),
    [
        (observations.seen(), "--page URL", "reload"),
        (observations.seen(page_untold="no form"), "the page: no form", "--page URL"),
        (with_page(), "limits on requests", "the page"),
        (with_page(reload=None), "whether a reload is still signed in", "second tab"),
        (
            with_page(reload=False, second_tab=None),
            "whether a second tab is signed in, as the reload was not",
            "renews",
        ),
        (with_page(renews=None, renewal=""), "that is refused (none of its requests was)", "a reload"),
        (with_page(left_out=("a second tab: time was over",)), "the page: a second tab: time was over", "a reload"),
        (with_page(signs_in_at="http://127.0.0.1:9"), "of this API: it signs in at http://127.0.0.1:9", "the page:"),
    ],
)
def test_what_the_page_does_not_tell_is_named(observed: Observed, told: str, not_told: str) -> None:
    """And nothing of it where the page was seen to the end."""
    untold = "; ".join(diagnosed(observed).untold)
    assert told in untold
    assert not_told not in untold


def test_page_s_finding_is_the_app_s_and_names_places_without_values() -> None:
    """A second tab that finds nothing logs out; what scripts read is a risk, and acquits nobody."""
    lost = diagnosed(with_page(second_tab=False, opened_tab=True, kept=(OPEN, IN_MEMORY)))
    assert lost.verdict == "logs out"
    assert [each.gravity for each in lost.findings] == ["logs out", "risk"]
    assert "one that the first tab opened was signed in" in lost.findings[0].evidence
    assert "refresh token in localStorage refresh; access token in memory" in lost.findings[0].evidence
    assert diagnosed(with_page(kept=(OPEN,))).verdict == "nothing found"


CAME_IN = sent(sent={"mail": "mia", "form.name": "mia"}, brought={"access": A1, "refresh": R1})
USED = seen(
    CAME_IN,
    reloaded=(asked("/api/news"), asked("/api/items?page=2"), Message(method="POST", url=f"{HERE}/api/log", bearer=A1)),
    free=frozenset({f"{HERE}/api/news"}),
    refused=frozenset({f"{HERE}/api/items?page=2"}),
    expired=(REFUSED, refreshing()),
    signing_out=(Message(method="POST", url=f"{HERE}/track"), OUT),
    everything=(CAME_IN, refreshing(), OUT),
)


@pytest.mark.parametrize(
    ("api", "paths", "name"),
    [
        (HERE, Paths("/auth/in", "/auth/again", sign_out="/auth/out", api="/api/items"), "mail"),
        (f"{HERE}/auth", Paths("/in", "/again", sign_out="/out"), "mail"),
        ("http://127.0.0.1:80", Paths("", ""), "mail"),
    ],
)
def test_endpoints_are_those_that_the_page_uses_at_the_api_s_address(api: str, paths: Paths, name: str) -> None:
    """What anybody may read, what no token goes along with, and other addresses are none of them."""
    assert endpoints_of(USED, api, "mia") == (paths, name)


def test_what_an_option_names_counts_before_what_the_page_showed() -> None:
    """Each path by itself."""
    shown = Paths("/in", "/again", "/verify", "/out", "/api/items")
    assert Paths("/mine", "").or_else(shown) == Paths("/mine", "/again", "/verify", "/out", "/api/items")
