"""The profile `stock`, over HTTP: SimpleJWT exactly as the guide has it, with what it does to people."""

import pytest

from tests.people import claims
from tests.running_server import RunningServer

DAY_S = 86_400


def test_lifetimes_are_the_guides(stock_server: RunningServer) -> None:
    """One hour of access, seven days of refresh; stock reads the clock twice, so a second may be missing."""
    _, pair = stock_server.sign_in()
    lifetimes = [claims(pair[kind])["exp"] - claims(pair[kind])["iat"] for kind in ("access", "refresh")]
    assert lifetimes[0] in {3599, 3600}
    assert lifetimes[1] in {7 * DAY_S - 1, 7 * DAY_S}


def test_rotated_token_is_blacklisted_at_once(stock_server: RunningServer) -> None:
    """A second use of one token, as after a lost reply, is refused for good and without a reason."""
    username, pair = stock_server.sign_in()
    assert stock_server.refresh(pair["refresh"]).status == 200
    again = stock_server.refresh(pair["refresh"])
    assert (again.status, again.body) == (401, {"detail": "Token is blacklisted", "code": "token_not_valid"})
    lives = [(session["alive"], session["reason"]) for session in stock_server.sessions(username)]
    assert lives == [(False, "blacklisted"), (True, "")]


@pytest.mark.parametrize(("path", "field"), [("blacklist", "refresh"), ("verify", "token")])
def test_other_endpoints_are_simplejwts(stock_server: RunningServer, path: str, field: str) -> None:
    """Sign-out and verify answer as SimpleJWT does."""
    _, pair = stock_server.sign_in()
    first = stock_server.ask("POST", f"/api/token/{path}/", {field: pair["refresh"]})
    assert (first.status, first.body) == (200, {})
