"""Tokens on the wire get labels, and the history never holds a token."""

import json
from collections.abc import Iterator

import msgspec
import pytest

from nologout.model.history import THIEF
from nologout.stage.network.messages import Reply, Request
from nologout.stage.network.tokens import TokenVault
from nologout.targets.app import TokenPlaces
from tests.planted import jwt
from tests.proxied import API, REFRESH, Proxied, proxied


@pytest.fixture
def through() -> Iterator[Proxied]:
    """Give a proxy in front of a server."""
    with proxied() as made:
        yield made


def test_tokens_of_bodies_are_labelled_in_order(through: Proxied) -> None:
    """The same token has the same label wherever it appears."""
    one, two, access = jwt(), jwt(), jwt()
    through.server.will_issue(REFRESH, refresh=two, access=access)
    through.ask("POST", REFRESH, json.dumps({"refresh": one}))
    through.ask("GET", API, Authorization=f"Bearer {access}")
    through.ask("POST", REFRESH, json.dumps({"refresh": two}))
    first, api, second = through.exchanges(3)
    assert (first.refresh_used, first.refresh_issued, first.access_issued) == ("R1", "R2", "A1")
    assert (api.access_used, api.refresh_used) == ("A1", "")
    assert (second.refresh_used, second.refresh_issued) == ("R2", "R2")


def test_label_leads_back_to_the_token_for_a_thief(through: Proxied) -> None:
    """The vault can give the token behind a label."""
    token = jwt()
    through.ask("POST", REFRESH, json.dumps({"refresh": token}))
    assert through.ledger.vault.raw(through.exchanges()[0].refresh_used) == token


def test_cookie_named_after_its_session_is_told_to_a_thief_whole() -> None:
    """A name that ends in `*` matches, and the last of several counts; a deleted cookie is none."""
    vault, first, last = TokenVault(TokenPlaces(refresh_cookie="refresh_*")), jwt(), jwt()
    sent = (("cookie", f"theme=dark; refresh_a={first}; refresh_b={last}; refresh_c="),)
    seen = vault.in_request(Request(headers=sent, body=b"", method="POST", target="http://app/"))
    assert vault.cookie(seen.refresh) == f"refresh_b={last}"
    deleted = (("set-cookie", "refresh_b=; Max-Age=0"), ("set-cookie", f"refreshed={jwt()}"))
    assert vault.in_reply(Reply(headers=deleted, body=b"", status=200)).refresh == ""


def test_expiry_of_an_access_token_is_read(through: Proxied) -> None:
    """It is what its `exp` says; a token that says nothing has none."""
    header, _, signature = jwt().split(".")
    dated = f"{header}.eyJleHAiOjE3MDB9.{signature}"
    through.server.will_issue(REFRESH, refresh=jwt(), access=dated)
    through.ask("POST", REFRESH)
    through.server.will_issue(REFRESH, refresh=jwt(), access="opaque")
    through.ask("POST", REFRESH)
    assert [e.access_expires for e in through.exchanges(2)] == [1700.0, None]


def test_thief_is_a_tab_of_that_name(through: Proxied) -> None:
    """A replay is told apart from the owner's refreshes."""
    through.ask("POST", REFRESH, json.dumps({"refresh": jwt()}), x_nologout_tab=THIEF)
    assert through.exchanges()[0].tab == THIEF
    assert through.tape.history().refreshes == ()


def test_history_holds_no_token(through: Proxied) -> None:
    """Neither bodies, headers, queries nor refusals bring one in, not even a piece of 16 characters."""
    tokens = [jwt() for _ in range(6)]
    through.server.will_issue(REFRESH, refresh=tokens[0], access=tokens[1], reason=tokens[2])
    through.ask("POST", f"{REFRESH}?again={tokens[3]}", json.dumps({"refresh": tokens[4]}), Authorization=tokens[5])
    through.ask("GET", f"{API}?token={tokens[4]}", Authorization=f"Bearer {tokens[1]}", Referer=f"/?t={tokens[0]}")
    through.exchanges(2)
    told = msgspec.json.encode(through.tape.history()).decode()
    pieces = {token[at : at + 16] for token in tokens for at in range(len(token) - 15)}
    assert not [piece for piece in pieces if piece in told]


def test_reason_of_a_refusal_holds_no_token(through: Proxied) -> None:
    """A server that repeats the token in its refusal does not bring it into the history."""
    token = jwt()
    through.server.replies[REFRESH] = (401, {}, json.dumps({"reason": f"bad token {token}"}).encode())
    through.ask("POST", REFRESH, json.dumps({"refresh": token}))
    assert token[:16] not in through.exchanges()[0].reason


def test_path_of_a_request_holds_no_token(through: Proxied) -> None:
    """An app that puts a token in a path does not bring it into the history."""
    token = jwt()
    through.ask("GET", f"/api/confirm/{token}/")
    assert token[:16] not in through.exchanges()[0].path


def test_cookies_of_the_target_are_labelled(through: Proxied) -> None:
    """A target without token fields in bodies has its tokens in cookies."""
    through.server.replies[API] = (200, {"Set-Cookie": "entry=the-entry-cookie; HttpOnly"}, b"{}")
    through.ask("GET", API)
    through.ask("GET", API, Cookie="entry=the-entry-cookie; renewal=the-renewal-cookie")
    first, second = through.exchanges(2)
    assert (first.access_issued, second.access_used) == ("A1", "A1")
