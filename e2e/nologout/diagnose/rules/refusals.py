"""Whether a client can tell from an answer that a token is no good, and that only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.finding import Finding

if TYPE_CHECKING:
    from nologout.diagnose.observed import Observed

_JSON_401 = "401 in JSON with a `code`, whatever Accept says (in Django: REST framework's views, no login_required)"


def api_refuses_without_401(observed: Observed) -> Finding | None:
    """An access token that is no good is answered otherwise than with 401: no client knows that it must refresh."""
    bad = observed.bad_access
    if bad is None or bad.status == 401 or not observed.api_is_protected:
        return None
    return Finding(
        name="api_refuses_without_401",
        cause=1,
        gravity="logs out",
        basis="measured",
        title="The API does not say 401 to an access token that is no good",
        evidence=f"GET {observed.paths.api} with a spoiled access token: {bad}",
        server=_JSON_401,
        front_end="refresh before the token expires, and once on this answer too; follow no redirect to a sign-in page",
    )


def refresh_refuses_without_4xx(observed: Observed) -> Finding | None:
    """A refresh token that is no good gets a page, a redirect or an error of the server."""
    bad = observed.bad_refresh
    if bad is None or (bad.refuses and bad.kind != "html"):
        return None
    return Finding(
        name="refresh_refuses_without_4xx",
        cause=1,
        gravity="risk",
        basis="measured",
        title="A refused refresh looks like trouble, or like success",
        evidence=f"POST {observed.paths.refresh} with a spoiled refresh token: {bad}",
        server=_JSON_401,
        front_end="end a session only on a 401 in JSON with a `code` that is known; wait and retry on all else",
    )


def refusal_has_no_word(observed: Observed) -> Finding | None:
    """A refusal in JSON without any code: a proxy's 401, or a Wi-Fi page's, cannot be told from it."""
    bad = observed.bad_refresh
    if bad is None or not bad.refuses or bad.kind == "html" or bad.code:
        return None
    return Finding(
        name="refusal_has_no_word",
        cause=3,
        gravity="risk",
        basis="measured",
        title="A refusal does not name itself",
        evidence=f"POST {observed.paths.refresh} with a spoiled refresh token: {bad}, without a `code`",
        server="a `code` in each refusal, the same one each time (SimpleJWT: token_not_valid)",
        front_end="until then: end a session only when a second try, a moment later, is refused too",
    )


RULES = (api_refuses_without_401, refresh_refuses_without_4xx, refusal_has_no_word)
