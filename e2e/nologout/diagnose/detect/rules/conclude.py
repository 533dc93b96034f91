"""From all that was seen to what the file must say, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.detect.rules import jwt
from nologout.diagnose.detect.rules.expiry import expiry_of
from nologout.diagnose.detect.rules.finding import Finding, not_found
from nologout.diagnose.detect.rules.marks import marks_of
from nologout.diagnose.detect.rules.requests import address, api_of, ends_session, guarded, refresh_of
from nologout.diagnose.detect.rules.timers import timers_of
from nologout.diagnose.detect.rules.tokens import bearers_of, in_reply, tokens_of, values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.diagnose.detect.rules.finding import Confidence
    from nologout.diagnose.detect.rules.seen import Message, Seen
    from nologout.diagnose.detect.rules.tokens import Kind, Token

_ANYWHERE = "localStorage|sessionStorage|indexedDB|cookie"


def conclude(seen: Seen) -> list[Finding]:
    """Return what was found out about an app, and what was not, in the order of the file."""
    tokens = tokens_of(seen)
    refresh, refresh_url = refresh_of(seen, tokens)
    return [
        *_place(seen),
        *expiry_of(seen, tokens.get("access")),
        refresh_url,
        api_of(seen, tokens),
        _poke(seen, tokens),
        *_tabs(seen),
        *timers_of(seen),
        *_hosts(seen),
        *_form(seen),
        *_sign_out(seen),
        *marks_of(seen),
        *_tokens(seen, tokens, refresh),
    ]


def _place(seen: Seen) -> Iterator[Finding]:
    yield Finding("base_url", seen.base_url, "sure", "what was asked for")
    yield Finding("protected_path", seen.page, "sure", "the sign-in ends there")


def _poke(seen: Seen, tokens: dict[Kind, Token]) -> Finding:
    """Return the first act that brought what needs a sign-in."""
    for tried in seen.tried:
        brought = guarded(seen, tokens, tried.messages)
        if brought:
            act = tried.act if isinstance(tried.act, str) else {tried.act[0]: tried.act[1]}
            confidence: Confidence = "sure" if any(m.url in seen.refused for m in brought) else "likely"
            return Finding("poke", act, confidence, f"it brought {brought[0].method} {brought[0].path}")
    told = f"{len(seen.tried)} acts tried, none brought a request with the access token"
    return not_found("poke", told, needed=True)


def _tabs(seen: Seen) -> Iterator[Finding]:
    if seen.kept_by_new_tab:
        yield Finding("tabs", "new", "sure", "a second tab was signed in, too")
    elif seen.kept_by_opened_tab:
        told = "a second tab was signed in when the first opened it, and not by itself"
        yield Finding("tabs", "window.open", "sure", told)
    elif seen.kept_by_new_tab is not None:
        yield Finding("tabs", "new", "guessed", "no second tab was signed in, however it was opened")


def _hosts(seen: Seen) -> Iterator[Finding]:
    if seen.blocked:
        told = f"pages asked for {', '.join(seen.blocked)}, which was blocked; name what the app needs"
        yield not_found("external_hosts", told)


def _form(seen: Seen) -> Iterator[Finding]:
    form = seen.form
    sent = next((m for m in seen.signing_in if m.has_password), None)
    needs_path = not any(each.holds_password for each in seen.stranger)
    if needs_path:
        yield Finding("sign_in.path", form.path, "sure", f"{seen.page} does not lead a stranger to the form")
    where = f"a field of the form at {form.path}"
    if form.username:
        yield Finding("sign_in.username", form.username, "sure", where)
    if form.password:
        yield Finding("sign_in.password", form.password, "sure", where)
    if not form.has_button:
        yield Finding("sign_in.submit", "", "sure", "the form has no button: Enter")
    elif form.submit:
        yield Finding("sign_in.submit", form.submit, "sure", "it was clicked")
    if sent is not None:
        told = f"{sent.method} {sent.path} carried the password, and was answered {sent.status}"
        yield Finding("sign_in.url", address(seen, sent), "sure", told)


def _sign_out(seen: Seen) -> Iterator[Finding]:
    if not seen.sign_out:
        yield not_found("sign_out.click", 'nothing says "sign out" or "log out" and no more')
        return
    if seen.signed_out is None:
        yield Finding("sign_out.click", seen.sign_out, "likely", "by its words; it was not tried")
        return
    if not seen.signed_out:
        yield Finding("sign_out.click", seen.sign_out, "guessed", "by its words; a click did not lead to the form")
        return
    yield Finding("sign_out.click", seen.sign_out, "sure", "by its words; a click led out")
    sent = [m for m in seen.signing_out if ends_session(m)]
    if sent:
        told = f"{sent[0].method} {sent[0].path} followed the click"
        yield Finding("sign_out.url", address(seen, sent[0]), "likely", told)


def _tokens(seen: Seen, tokens: dict[Kind, Token], refresh: Message | None) -> Iterator[Finding]:
    for kind in ("refresh", "access"):
        token = tokens.get(kind)
        if token is not None:
            confidence, why = _confirmed(seen, token, refresh)
            yield Finding(f"tokens.{kind}_{token.held.carrier}", _names(seen, token, refresh), confidence, why)
        elif kind == "refresh":
            yield _renewed_itself(seen, tokens.get("access"), refresh)
    yield from _stored(seen, tokens)
    if refresh is not None:
        yield _rotates(refresh, tokens.get("refresh"))


def _renewed_itself(seen: Seen, access: Token | None, refresh: Message | None) -> Finding:
    """Return the field of an only token, where a refresh takes it for the next one."""
    known = values(seen.messages, access)
    if access is None or refresh is None or not known & {*refresh.sent.values()}:
        return not_found("tokens.refresh_field", "the sign-in brought no refresh token")
    names = [access.held.name, *(name for name, value in refresh.sent.items() if value in known)]
    told = f"{refresh.path} took the only token there is"
    return Finding("tokens.refresh_field", "|".join(dict.fromkeys(names)), "sure", told)


def _confirmed(seen: Seen, token: Token, refresh: Message | None) -> tuple[Confidence, str]:
    """Return how sure a token's kind is, and why: what the app did with it tells more than its name."""
    why = f"{token.why}; no script can read it (HttpOnly)" if token.held.http_only else token.why
    if token.confidence == "sure":
        return "sure", why
    refused = next((m for m in seen.expired if m.spoiled and m.refused), None)
    if token.kind == "access" and refused is not None:
        return "sure", f"{why}; made invalid, {refused.path} was refused"
    if token.kind == "refresh" and refresh is not None:
        if in_reply(refresh, token):
            return "sure", f"{why}; {refresh.path} brought a new one"
        if values(seen.messages, token) & {*refresh.sent.values()}:
            return "sure", f"{why}; {refresh.path} took it"
    return token.confidence, why


def _names(seen: Seen, token: Token, refresh: Message | None) -> str:
    """Return a token's name, and the others under which a refresh sends or brings it."""
    if token.held.carrier == "cookie" or refresh is None:
        return token.held.name
    if token.kind == "access":
        bearers = bearers_of(seen.messages)
        others = [name for name, value in refresh.brought.items() if value in bearers]
    else:
        known = values(seen.messages, token)
        others = [name for name, value in refresh.sent.items() if value in known]
        others += [name for name, value in refresh.brought.items() if jwt.kind(value) == "refresh"]
    return "|".join(dict.fromkeys([token.held.name, *others]))


def _stored(seen: Seen, tokens: dict[Kind, Token]) -> Iterator[Finding]:
    held = {token.held.value for token in tokens.values()}
    rests = [rest for rest in seen.rests if rest.token in held]
    in_bodies = [token for token in tokens.values() if token.held.carrier == "field"]
    if rests:
        places = tuple(dict.fromkeys(rest.place for rest in rests))
        keys = ", ".join(dict.fromkeys(f"{rest.place} {rest.key}".strip() for rest in rests))
        yield Finding("tokens.stored_in", places, "sure", f"seen in {keys}")
    elif in_bodies:
        told = f"{' and '.join(token.kind for token in in_bodies)} token: not in {_ANYWHERE.replace('|', ', ')}"
        yield Finding("tokens.stored_in", ("memory",), "likely", told)


def _rotates(refresh: Message, token: Token | None) -> Finding:
    if token is None:
        return Finding("tokens.rotates", False, "likely", "there is no refresh token")  # noqa: FBT003 - a value
    fresh = in_reply(refresh, token)
    rotated = bool(fresh) and fresh != token.held.value
    told = f"{refresh.path} brought {'a new' if rotated else 'no new'} refresh token"
    return Finding("tokens.rotates", rotated, "sure", told)
