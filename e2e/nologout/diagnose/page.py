"""Says what was seen of an app's page without its tokens, and what the session that it began could be ended with."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal, NamedTuple

from nologout.diagnose.detect.rules import jwt
from nologout.diagnose.detect.rules.requests import ends_session, guarded, refresh_of
from nologout.diagnose.detect.rules.tokens import bearers_of, fresh_access, in_reply, in_request, tokens_of, values
from nologout.diagnose.names import shown_name
from nologout.diagnose.observed import Kept, Page, Paths
from nologout.diagnose.tokens import Tokens
from nologout.redact import redact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.diagnose.detect.rules.seen import Message, Seen
    from nologout.diagnose.detect.rules.tokens import Token
    from nologout.diagnose.observed import Place

_STORES: dict[str, Place] = {
    "localStorage": "localStorage",
    "sessionStorage": "sessionStorage",
    "indexedDB": "IndexedDB",
}
_COOKIES: dict[bool, Place] = {True: "HttpOnly cookie", False: "script-visible cookie"}


def page_of(seen: Seen, user: str = "") -> Page:
    """Return what a page was seen to do; `user` is the account's name, which is in no key that is shown.

    A second tab of a session that a reload has ended tells nothing.
    """
    kept = dict.fromkeys(kept for token in tokens_of(seen).values() for kept in _kept(seen, token, user))
    renews, renewal = _renews(seen)
    alive = bool(seen.kept_by_reload)
    return Page(
        url=redact(seen.base_url + seen.page.partition("?")[0]),
        signs_in_at=next((m.origin for m in seen.signing_in if m.has_password), ""),
        kept=tuple(sorted(kept, key=lambda each: (each.token, each.place, each.key))),
        reload=seen.kept_by_reload,
        second_tab=seen.kept_by_new_tab if alive else None,
        opened_tab=seen.kept_by_opened_tab if alive else None,
        renews=renews,
        renewal=redact(renewal),
        left_out=tuple(redact(each) for each in seen.left_out),
    )


class Endpoints(NamedTuple):
    """Where a page asks an API for what; `username_field` is what its sign-in calls the user's name."""

    paths: Paths = Paths("", "")
    username_field: str = ""


def endpoints_of(seen: Seen, api: str, user: str) -> Endpoints:
    """Return the endpoints that a page uses at an API's address; those of other origins are left out."""
    tokens = tokens_of(seen)
    signing_in = next((m for m in seen.signing_in if m.has_password), None)
    signing_out = next((m for m in seen.signing_out if ends_session(m) and _carries_token(seen, m)), None)
    refusing = [m for m in guarded(seen, tokens, seen.messages) if m.method == "GET" and m.url in seen.refused]
    paths = Paths(
        sign_in=_path_at(api, signing_in),
        refresh=_path_at(api, refresh_of(seen, tokens)[0]),
        sign_out=_path_at(api, signing_out),
        api=_path_at(api, next(iter(refusing), None)),
    )
    named = [name for name, value in signing_in.sent.items() if value == user] if signing_in else []
    return Endpoints(paths, next((name for name in named if "." not in name), ""))


def is_ended(seen: Seen) -> bool:
    """Tell whether the page signed out, and the server was told so with a token of the session, and agreed."""
    told = [m for m in seen.signing_out if ends_session(m) and m.served and _carries_token(seen, m)]
    return bool(seen.signed_out and told)


def left(seen: Seen) -> Tokens | None:
    """Return the newest tokens of the page's session, or None where they are not known."""
    tokens = tokens_of(seen)
    access, refresh = tokens.get("access"), tokens.get("refresh") or tokens.get("access")
    if access is None or refresh is None:
        return None
    name, cookies = refresh.held.name, {each.name: each.value for each in seen.left_jar}
    if refresh.held.carrier == "cookie":
        name = next((each for each in cookies if fnmatchcase(each, name)), "")
        value, field = cookies.get(name, ""), ""
    else:
        value, field, name = _newest(seen, refresh), name.rpartition(".")[2], ""
    newest = _newest(seen, access)
    return Tokens(newest, value, field, name, cookies) if newest and value else None


def _path_at(api: str, message: Message | None) -> str:
    """Return a request's path below an API's address, or nothing where it went elsewhere."""
    if message is None or not message.url.startswith(f"{api}/"):
        return ""
    return message.url.removeprefix(api).partition("?")[0]


def _carries_token(seen: Seen, message: Message) -> bool:
    return any(in_request(message, token, values(seen.everything, token)) for token in tokens_of(seen).values())


def _newest(seen: Seen, token: Token) -> str:
    brought = [each for each in (in_reply(message, token) for message in seen.everything) if each]
    return brought[-1] if brought else ""


def _kept(seen: Seen, token: Token, user: str) -> Iterator[Kept]:
    value, word, form = token.held.value, _word(token), _form(token)
    found = [(_STORES[rest.place], rest.key) for rest in seen.rests if rest.token == value and rest.place != "cookie"]
    # The browser's own list knows the cookies of other paths too, and which of them no script can read.
    found += [(_COOKIES[each.http_only], each.name) for each in seen.jar if value in each.value]
    for place, key in found or [("memory", "")]:
        yield Kept(place, shown_name(key, user), word, form)


def _word(token: Token) -> Literal["access token", "refresh token", "sliding token"]:
    if jwt.claims(token.held.value).get("token_type") == "sliding":
        return "sliding token"
    return "access token" if token.kind == "access" else "refresh token"


def _form(token: Token) -> Literal["JWT", "opaque"]:
    return "JWT" if jwt.claims(token.held.value) else "opaque"


def _renews(seen: Seen) -> tuple[bool | None, str]:
    """Return whether the session outlived a refusal of its access token, and what was asked for then.

    Whoever is still signed in without another token tells nothing: the page may not have tried yet.
    """
    refused = next((m for m in seen.expired if m.spoiled and m.refused), None)
    if refused is None:
        return None, ""
    access, bearers = tokens_of(seen).get("access"), bearers_of(seen.messages)
    renewed = next((m for m in seen.expired if fresh_access(m, access, bearers)), None)
    said = f"{refused.method} {refused.path} was refused ({refused.status})"
    if renewed is not None:
        return seen.kept_by_expiry, f"{said}; {renewed.method} {renewed.path} brought another access token"
    asked = [_asked(m) for m in seen.expired if m.kind == "data" and not m.spoiled and m.method != "OPTIONS"]
    said += f"; then came {', '.join(dict.fromkeys(asked))}" if asked else "; nothing was asked for a new one"
    return (False if seen.kept_by_expiry is False else None), said


def _asked(message: Message) -> str:
    return f"{message.method} {message.path} ({message.status or 'no answer'})"
