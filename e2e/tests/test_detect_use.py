"""What an app makes of its tokens tells more than their names: where requests take them from, what a refusal brings."""

import pytest

from nologout.diagnose.detect import conclude
from nologout.diagnose.detect.rules.seen import Cookie, Message
from nologout.diagnose.detect.rules.tokens import tokens_of
from tests.sightings import A1, A2, HERE, R1, SIGNED_IN, asked, jwt, refreshing, seen, sent

BOTH_WAYS = sent(
    brought={"access": A1, "refresh": R1}, set=(Cookie("app-access", A1), Cookie("app-refresh", R1, http_only=True))
)


@pytest.mark.parametrize(
    ("later", "access", "refresh"),
    [
        ((asked(bearer="", cookies={"app-access": A1}),), "app-access", "app-refresh"),
        ((asked(),), "access", "app-refresh"),
        ((asked(), refreshing()), "access", "refresh"),
    ],
)
def test_token_that_comes_twice_is_in_the_carrier_that_requests_take_it_from(
    later: tuple[Message, ...], access: str, refresh: str
) -> None:
    """In JSON and in a cookie: what scripts send on is theirs; else the cookie is what counts."""
    found = tokens_of(seen(BOTH_WAYS, *later))
    assert (found["access"].held.name, found["refresh"].held.name) == (access, refresh)


REFUSED = asked(status=401, spoiled=True)
IN_COOKIES = sent(set=(Cookie("access", jwt(1, iat=0, exp=60), max_age=60), Cookie("refresh", R1, max_age=6000)))
WITHOUT_AGE = sent(set=(Cookie("access", A1), Cookie("refresh", R1)))
RENEWED = Message(method="POST", url=f"{HERE}/auth/again", set=(Cookie("access", A2),))


@pytest.mark.parametrize(
    ("signing_in", "expired", "how"),
    [
        (SIGNED_IN, (REFUSED, refreshing()), "header sure"),
        (IN_COOKIES, (REFUSED, RENEWED), "header sure"),
        (IN_COOKIES, (REFUSED,), "clock likely"),
        (WITHOUT_AGE, (REFUSED,), "header guessed"),
        (SIGNED_IN, (REFUSED,), "header guessed"),
        (IN_COOKIES, (), "header guessed"),
    ],
)
def test_token_is_spoiled_where_a_refusal_brings_a_refresh(
    signing_in: Message, expired: tuple[Message, ...], how: str
) -> None:
    """Where it brings none, a cookie with a Max-Age goes by the clock; a timer's refresh would never meet the other."""
    found = {each.key: each for each in conclude(seen(signing_in, expired=expired))}
    assert f"{found['expire.how'].value} {found['expire.how'].confidence}" == how


def test_lifetime_says_where_it_stands() -> None:
    """In the token, though it comes in a cookie; else in the cookie."""
    in_token = {each.key: each for each in conclude(seen(IN_COOKIES))}["expire.access_lifetime_s"]
    aged = seen(sent(set=(Cookie("access", "opaque", max_age=90),)))
    in_cookie = {each.key: each for each in conclude(aged)}["expire.access_lifetime_s"]
    assert (in_token.value, in_token.evidence) == (60, "exp - iat of the access token")
    assert (in_cookie.value, in_cookie.evidence) == (90, "the cookie's Max-Age")
