"""Hostile input over HTTP, on each database: a 4xx that says why, never a 500, and the victim's session goes on.

Where no token arrives (no JSON, no field, no text), Django REST framework answers 400 or 415 in its own words: there
is no token to give a `reason` for. At /api/me/ the words are SimpleJWT's, which gives none either.
"""

import secrets
from collections.abc import Callable

import pytest

from tests.forgeries import (
    BODIES,
    FORGED,
    GARBLED,
    NO_DATABASE_TAKES,
    NO_MOMENT,
    NO_NUMBER,
    NO_TEXT,
    NOBODYS_ID,
    ODD,
    SPELLINGS,
    Body,
)
from tests.forging import Forgery, forge, signed_with, without
from tests.people import claims, refusal, refused_for
from tests.person import Person, signed_in
from tests.presenting import BLACKLIST, FIELDS, REFRESH, VERIFY, is_unharmed, present, use
from tests.running_server import Reply, RunningServer

pytestmark = pytest.mark.server


# More than gunicorn reads of a header.
LONG = 8_000

UNSIGNED = [
    *(pytest.param(forgery, "bad_signature", id=name) for name, forgery in FORGED.items()),
    *(pytest.param(forgery, "malformed", id=name) for name, forgery in GARBLED.items()),
]
OF_NO_ACCESS_TOKEN = [
    *((name, text) for name in ("exp", "iat", "nbf") for text in NO_NUMBER),
    *(("exp", text) for text in NO_MOMENT),
    *(("jti", text) for text in NO_TEXT),
    *(("token_type", text) for text in ('"refresh"', '"ACCESS"', '"sliding"', '["access"]', *NO_TEXT)),
]
OF_NO_VERIFIED_TOKEN = [
    *(("jti", text) for text in (*NO_TEXT, *NO_DATABASE_TAKES)),
    *(("exp", text) for text in NO_MOMENT),
]


@pytest.fixture(params=["sqlite", "postgres"])
def victim(request: pytest.FixtureRequest, racing_server_of: Callable[[str], RunningServer]) -> Person:
    """Sign somebody in."""
    return signed_in(racing_server_of(request.param))


def short(value: object) -> str:
    """Return a name for a case that fits on a line."""
    return str(value)[:24]


def send_body(victim: Person, body: Body, path: str) -> Reply:
    """Send it with the field's name, and the victim's token, where they belong."""
    content = body.text.replace(b"FIELD", FIELDS[path].encode()).replace(b"TOKEN", victim.credential.encode())
    return victim.server.send("POST", path, {"Content-Type": body.kind} if body.kind else {}, content)


@pytest.mark.parametrize(("forgery", "reason"), UNSIGNED)
def test_token_that_this_server_never_signed_is_refused(victim: Person, forgery: Forgery, reason: str) -> None:
    """Truncated, a megabyte long, alg none, another algorithm or key, tricks in the header: by name, wherever sent."""
    for path in FIELDS:
        assert refusal(present(victim.server, path, forgery(victim.credential))) == refused_for(reason)
    access = forgery(victim.tokens["access"])
    assert use(victim.server, access).status == (431 if len(access) > LONG else 401)
    assert is_unharmed(victim)


@pytest.mark.parametrize(("name", "text", "reason"), ODD, ids=short)
def test_signed_token_with_an_odd_claim_is_refused(victim: Person, name: str, text: str, reason: str) -> None:
    """Of the wrong type, huge, negative, infinite, or no text that a database takes."""
    odd = forge(victim.credential, **{name: text})
    for path in FIELDS:
        assert refusal(present(victim.server, path, odd)) == refused_for(reason)
    assert is_unharmed(victim)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_family_that_is_spelled_otherwise_is_refused(victim: Person, spelling: str) -> None:
    """Python reads all of these as one uuid."""
    sid = spelling.format(sid=claims(victim.credential)["sid"].upper())
    for path in FIELDS:
        spelled = signed_with(victim.credential, sid=sid)
        assert refusal(present(victim.server, path, spelled)) == refused_for("malformed")
    assert is_unharmed(victim)


@pytest.mark.parametrize("hidden", ['"gen": -1', '"sid": 5', '"exp": "x"'])
def test_claim_that_is_there_twice_counts_once(victim: Person, hidden: str) -> None:
    """The last one is checked, and the last one is used."""
    twice = forge(victim.credential, junk=f"0, {hidden}")
    for path in FIELDS:
        assert refusal(present(victim.server, path, twice)) == refused_for("malformed")
    assert is_unharmed(victim)


@pytest.mark.parametrize("kind", ['"access"', '"ACCESS"', '"sliding"', '"Refresh"', '["refresh"]', *NO_TEXT])
def test_token_of_another_type_renews_and_ends_nothing(victim: Person, kind: str) -> None:
    """Verify does not ask for the type, as in SimpleJWT."""
    swapped = forge(victim.credential, token_type=kind)
    for path in (REFRESH, BLACKLIST):
        assert refusal(present(victim.server, path, swapped)) == refused_for("wrong_type")
    assert present(victim.server, VERIFY, swapped).status == 200
    assert is_unharmed(victim)


@pytest.mark.parametrize("issued", ["9999999999", "1e30", str(10**22), "-1", "true"])
def test_odd_time_of_issue_renews_and_is_mended(victim: Person, issued: str) -> None:
    """`iat` is no reason to refuse a token, and not one bit of it is handed on."""
    reply = present(victim.server, REFRESH, forge(victim.credential, iat=issued))
    assert reply.status == 200
    [held] = victim.server.sessions(victim.username)
    assert (held["alive"], held["generation"]) == (True, 1)
    assert abs(claims(reply.body["refresh"])["iat"] - claims(victim.credential)["iat"]) < 60
    assert victim.renew().body["refresh"] == reply.body["refresh"]


def test_token_of_a_family_that_never_was_ends_no_other(victim: Person) -> None:
    """Unknown to refresh and verify; to sign it out is no error, and nobody's business."""
    foreign = signed_with(victim.credential, sid="0" * 32, jti=secrets.token_hex(16))
    for path in (REFRESH, VERIFY):
        assert refusal(present(victim.server, path, foreign)) == refused_for("family_unknown")
    assert present(victim.server, BLACKLIST, foreign).status == 200
    assert is_unharmed(victim)


def test_token_with_the_password_of_another_user_is_refused(victim: Person) -> None:
    """Whoever has the key cannot mix two people: the password's fingerprint fits one of them alone."""
    other = signed_in(victim.server)
    mixed = signed_with(
        victim.credential, **{name: claims(other.credential)[name] for name in ("user_id", "hash_password")}
    )
    for path in (REFRESH, VERIFY):
        assert refusal(present(victim.server, path, mixed)) == refused_for("password_changed")
    assert is_unharmed(victim)
    assert is_unharmed(other)


def test_token_that_names_another_user_goes_on_as_its_owners(victim: Person) -> None:
    """The row knows whose session it is, and the successor is the same as the owner's own token gets."""
    other = signed_in(victim.server)
    renewed = present(
        victim.server, REFRESH, signed_with(victim.credential, user_id=claims(other.credential)["user_id"])
    )
    assert use(victim.server, renewed.body["access"]).body["username"] == victim.username
    assert victim.renew().body["refresh"] == renewed.body["refresh"]
    assert is_unharmed(other)


@pytest.mark.parametrize("text", NOBODYS_ID, ids=short)
def test_token_of_before_that_names_nobody_is_not_adopted(victim: Person, text: str) -> None:
    """SimpleJWT would answer 500 where no user of the project can have such an id."""
    odd = forge(without(victim.credential, "sid", "gen"), jti=f'"{secrets.token_hex(16)}"', user_id=text)
    assert refusal(present(victim.server, REFRESH, odd)) == refused_for("no_active_account")
    assert present(victim.server, BLACKLIST, odd).status in {200, 401}
    assert is_unharmed(victim)


@pytest.mark.parametrize(("name", "text"), OF_NO_ACCESS_TOKEN, ids=short)
def test_signed_token_with_an_odd_claim_does_not_open_the_api(victim: Person, name: str, text: str) -> None:
    """SimpleJWT's own answer, without `reason`."""
    reply = use(victim.server, forge(victim.tokens["access"], **{name: text}))
    assert (reply.status, reply.body["code"]) == (401, "token_not_valid")
    assert is_unharmed(victim)


@pytest.mark.parametrize("text", NOBODYS_ID, ids=short)
def test_signed_token_that_names_nobody_does_not_open_the_api(victim: Person, text: str) -> None:
    """An id that no user of the project can have is that of no user."""
    reply = use(victim.server, forge(victim.tokens["access"], user_id=text))
    assert (reply.status, reply.body["code"]) == (401, "user_not_found")
    assert is_unharmed(victim)


@pytest.mark.parametrize(("name", "text"), OF_NO_VERIFIED_TOKEN, ids=short)
def test_access_token_with_an_odd_claim_does_not_verify(victim: Person, name: str, text: str) -> None:
    """Verify looks its id up, and PostgreSQL takes no NUL."""
    odd = forge(victim.tokens["access"], **{name: text})
    assert refusal(present(victim.server, VERIFY, odd)) == refused_for("malformed")
    assert present(victim.server, VERIFY, victim.tokens["access"]).status == 200


def test_refresh_token_does_not_open_the_api(victim: Person) -> None:
    """As it is."""
    assert use(victim.server, victim.credential).body["code"] == "token_not_valid"
    assert is_unharmed(victim)


@pytest.mark.parametrize("odd", ["{token} {token}", "{token}\0", "\0"])
def test_header_that_is_none_does_not_open_the_api(victim: Person, odd: str) -> None:
    """Two tokens at once, or a NUL, at which gunicorn answers 400."""
    reply = use(victim.server, odd.format(token=victim.tokens["access"]))
    assert reply.status == (400 if "\0" in odd else 401)
    assert is_unharmed(victim)


@pytest.mark.parametrize("body", BODIES)
def test_body_that_holds_no_token_is_refused(victim: Person, body: Body) -> None:
    """No JSON, other JSON, another type of content, no text in the field: 400 or 415, and the framework's words."""
    replies = [send_body(victim, body, path) for path in FIELDS]
    assert is_unharmed(victim)
    assert [reply.status for reply in replies] == [body.status] * 3
    assert all(reply.body for reply in replies)
    assert ["reason" in reply.body for reply in replies] == [body.status == 401] * 3
