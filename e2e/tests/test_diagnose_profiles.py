"""The reference server in each of its profiles: what `nologout diagnose` must say of it, written down by hand before.

The truth is that of docs/guide.md and of backend/config/profiles.py. `strict` refuses a used token only 30 s after
its use, so that whoever waits for a second sees nothing wrong.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from nologout import cli
from nologout.diagnose.diagnosis import diagnosed as diagnosed_of
from nologout.diagnose.probe import Plan, probe
from nologout.diagnose.wire import Wire
from nologout.targets import PROFILES, Reference

if TYPE_CHECKING:
    from nologout.plugin.fixtures import ServerPool

pytestmark = pytest.mark.server

HOUR_S, DAY_S = 3600, 86400


class Truth(NamedTuple):
    """Exit code, what logs out, the risks (`maybe`: those that come by luck), and what the tokens are like."""

    code: int
    logs_out: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    rotates: bool = True
    extends: bool = True
    access_s: float = HOUR_S
    transport: str = "body"
    tokens: str = "pair"


# One statement decides who rotates, or it does not: whether a race forks or refuses on SimpleJWT is luck.
STOCK = Truth(
    1, frozenset({"lost_reply_ends_session", "second_tab_is_refused"}), maybe=frozenset({"race_forks_session"})
)
TRUTH = {
    "stock": STOCK,
    "family": Truth(0),
    "strict": Truth(0),
    "cookie": Truth(0, transport="cookie"),
    "no_rotation": Truth(1, frozenset({"end_is_fixed"}), rotates=False, extends=False),
    "long_access": STOCK._replace(risks=frozenset({"access_is_long"}), access_s=4 * HOUR_S),
    "sliding": Truth(
        1,
        frozenset({"end_is_fixed", "idle_ends_session"}),
        rotates=False,
        extends=False,
        access_s=4 * HOUR_S,
        tokens="sliding",
    ),
}


def diagnosed(
    pool: ServerPool, profile: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, dict[str, Any], str]:
    """Return the exit code, the diagnosis of a profile, and its address."""
    target = Reference(profile)
    url = pool.running(target).base_url
    target.move_clock(url, 0)
    user = target.new_user(url)
    monkeypatch.setenv("NOLOGOUT_USERNAME", user.username)
    monkeypatch.setenv("NOLOGOUT_PASSWORD", user.password)
    code = cli.run(["diagnose", url, "--json", "--wait", "1", *options])
    alive = [session for session in target.sessions(url, user.username) or () if session.alive]
    output = capsys.readouterr().out
    assert user.password not in output
    assert "eyJ" not in output
    assert alive == []
    return code, json.loads(output), url


def test_every_profile_has_its_truth() -> None:
    """None is left out."""
    assert set(TRUTH) == set(PROFILES)


@pytest.mark.parametrize("profile", TRUTH)
def test_profile_is_told_as_it_is(
    server_pool: ServerPool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], profile: str
) -> None:
    """Findings, exit code and facts are those of the table; every session that was begun is signed out."""
    code, told, _ = diagnosed(server_pool, profile, monkeypatch, capsys)
    truth, seen = TRUTH[profile], told["observed"]
    named = {
        gravity: {f["name"] for f in told["findings"] if f["gravity"] == gravity} for gravity in ("logs out", "risk")
    }
    assert named["logs out"] == truth.logs_out
    assert named["risk"] - truth.maybe == truth.risks
    assert code == truth.code
    assert (seen["rotates"], seen["extends"], seen["transport"], seen["tokens"]) == (
        *(truth.rotates, truth.extends, truth.transport),
        truth.tokens,
    )
    # SimpleJWT reads its clock once for `iat` and once for `exp`.
    assert (seen["access_s"], seen["refresh_s"]) == pytest.approx((truth.access_s, 7 * DAY_S), abs=1)
    assert seen["left_signed_in"] == 0
    assert seen["sign_ins"] <= 3
    assert seen["stopped"] == ""


def test_strict_ends_the_session_after_its_grace(server_pool: ServerPool) -> None:
    """Once the server's 30 s have passed, a late retry is taken for a theft there, and only there."""
    assert late_retry(server_pool, "strict") == ([True, False], ["retry_ends_every_tab"])
    assert late_retry(server_pool, "family") == ([True, True], [])


def late_retry(pool: ServerPool, profile: str) -> tuple[list[bool], list[str]]:
    """Return which replays are granted when the second comes 40 s late by the server's clock, and what is found."""
    target = Reference(profile)
    url = pool.running(target).base_url
    passed = 0.0

    def sleep(seconds: float) -> None:
        nonlocal passed
        passed += seconds
        target.move_clock(url, passed)

    plan = Plan(wait_s=40, sleep=sleep, now=lambda: passed)
    try:
        target.move_clock(url, 0)
        with Wire(url) as wire:
            observed = probe(wire, target.new_user(url), plan)
    finally:
        target.move_clock(url, 0)
    replays = observed.replays
    return [replays[0].granted, replays[-1].granted], [each.name for each in diagnosed_of(observed).findings]


def test_wrong_clock_of_the_server_is_seen(
    server_pool: ServerPool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five minutes ahead: told as a risk, with the number."""
    target = Reference("family")
    url = server_pool.running(target).base_url
    user = target.new_user(url)
    monkeypatch.setenv("NOLOGOUT_USERNAME", user.username)
    monkeypatch.setenv("NOLOGOUT_PASSWORD", user.password)
    target.move_clock(url, 300)
    try:
        code = cli.run(["diagnose", url, "--json", "--wait", "0"])
    finally:
        target.move_clock(url, 0)
    told = json.loads(capsys.readouterr().out)
    assert [f["name"] for f in told["findings"]] == ["clocks_differ"]
    assert abs(told["observed"]["clock"]["ahead_s"] - 300) < 5
    assert code == 0


def test_other_origin_is_blocked_and_the_own_is_not(
    server_pool: ServerPool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reference allows its own pages alone."""
    _, told, url = diagnosed(server_pool, "family", monkeypatch, capsys, "--origin", "https://app.example")
    assert [f["name"] for f in told["findings"]] == ["origin_is_blocked"]
    _, told, _ = diagnosed(server_pool, "family", monkeypatch, capsys, "--origin", url)
    assert told["findings"] == []
