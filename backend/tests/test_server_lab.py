"""The lab, over HTTP, against the real server."""

import time
from email.utils import parsedate_to_datetime

import pytest

from tests.running_server import Reply, RunningServer

DAY_S = 86_400


def date_of(reply: Reply) -> float:
    """Return the Date header in unix seconds."""
    return parsedate_to_datetime(reply.headers["date"]).timestamp()


@pytest.mark.parametrize("profile", ["family", "stock"])
def test_server_says_which_profile_it_serves(request: pytest.FixtureRequest, profile: str) -> None:
    """Being ready and being the right one are one question."""
    server: RunningServer = request.getfixturevalue(f"{profile}_server")
    assert server.ask("GET", "/lab/ready/").body == {"profile": profile}


def test_fresh_user_can_sign_in_and_keep_a_list(family_server: RunningServer) -> None:
    """The whole way: user, tokens, who am I, add, list; others' items are not shown."""
    username, pair = family_server.sign_in()
    me = family_server.ask("GET", "/api/me/", access=pair["access"]).body
    added = family_server.ask("POST", "/api/items/", {"text": "milk"}, pair["access"])
    listed = family_server.ask("GET", "/api/items/", access=pair["access"]).body
    _, other = family_server.sign_in()
    assert me["username"] == username
    assert (added.status, added.body["text"]) == (201, "milk")
    assert listed == [added.body]
    assert family_server.ask("GET", "/api/items/", access=other["access"]).body == []


def test_moved_clock_moves_date_header_and_tokens(family_server: RunningServer) -> None:
    """Answers are dated, and tokens expire, by the clock that was set; it can be set back."""
    _, pair = family_server.sign_in()
    try:
        moved = family_server.move_clock(7 * DAY_S - 60)
        assert moved.body["offset_s"] == 7 * DAY_S - 60
        for reply in (moved, family_server.ask("GET", "/lab/clock/")):
            assert abs(reply.body["now"] - time.time() - 7 * DAY_S + 60) < 5
            assert abs(date_of(reply) - reply.body["now"]) < 2
        assert family_server.ask("GET", "/api/me/", access=pair["access"]).status == 401
        assert family_server.refresh(pair["refresh"]).status == 200
        family_server.move_clock(15 * DAY_S)
        assert family_server.refresh(pair["refresh"]).body["reason"] == "expired"
    finally:
        back = family_server.move_clock(0)
    assert abs(date_of(back) - time.time()) < 5
    assert family_server.ask("GET", "/api/me/", access=pair["access"]).status == 200


@pytest.mark.parametrize("body", [{}, {"offset_s": "soon"}, {"offset_s": None}, [], {"offset_s": float("nan")}])
def test_clock_refuses_what_is_no_number(family_server: RunningServer, body: object) -> None:
    """A bad offset answers 400 and moves nothing."""
    assert family_server.ask("PUT", "/lab/clock/", body).status == 400
    assert family_server.ask("GET", "/lab/clock/").body["offset_s"] == 0


def test_family_session_is_told_as_it_lives_and_ends(family_server: RunningServer) -> None:
    """Generation, life and reason are the server's own view of the session."""
    username, pair = family_server.sign_in()
    family_server.refresh(pair["refresh"])
    [session] = family_server.sessions(username)
    assert (session["generation"], session["alive"], session["reason"]) == (1, True, "")
    assert (session["strikes"], session["dirty"]) == (0, False)
    family_server.ask("POST", "/api/token/blacklist/", {"refresh": pair["refresh"]})
    [session] = family_server.sessions(username)
    assert (session["alive"], session["reason"]) == (False, "logged_out")


@pytest.mark.parametrize(("idle_s", "reason", "status"), [(7 * DAY_S, "", 200), (7 * DAY_S + 10, "expired", 401)])
def test_idle_family_session_is_told_as_expired_when_a_refresh_is_refused(
    family_server: RunningServer, idle_s: int, reason: str, status: int
) -> None:
    """Not when its newest token expires, for that is honoured for the leeway of 10 s."""
    username, pair = family_server.sign_in()
    try:
        family_server.move_clock(idle_s)
        [session] = family_server.sessions(username)
        reply = family_server.refresh(pair["refresh"])
    finally:
        family_server.move_clock(0)
    assert (session["alive"], session["reason"]) == (not reason, reason)
    assert (reply.status, reply.body.get("reason", "")) == (status, reason)


def test_sessions_of_nobody_are_not_found(family_server: RunningServer) -> None:
    """An unknown user answers 404."""
    assert family_server.ask("GET", "/lab/sessions/nobody/").status == 404


def test_new_password_replaces_the_old_one(family_server: RunningServer) -> None:
    """The answered password signs in, and the one before it no longer does."""
    user = family_server.ask("POST", "/lab/users/").body
    changed = family_server.ask("POST", f"/lab/users/{user['username']}/password/")
    assert (changed.status, list(changed.body)) == (200, ["password"])
    assert family_server.ask("POST", "/api/token/", user).status == 401
    assert family_server.ask("POST", "/api/token/", {**user, **changed.body}).status == 200


def test_deactivated_account_has_no_session(family_server: RunningServer) -> None:
    """A disabled user cannot sign in, and no session is told as alive."""
    username, _ = family_server.sign_in()
    assert family_server.ask("POST", f"/lab/users/{username}/deactivate/").body == {"active": False}
    [session] = family_server.sessions(username)
    assert (session["alive"], session["reason"]) == (False, "no_active_account")


@pytest.mark.parametrize("control", ["password", "deactivate"])
def test_account_of_nobody_is_not_found(family_server: RunningServer, control: str) -> None:
    """An unknown user answers 404."""
    assert family_server.ask("POST", f"/lab/users/nobody/{control}/").status == 404
