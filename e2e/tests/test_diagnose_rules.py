"""Each finding, by hand: an observation that shows it, and the nearest one that must not."""

from __future__ import annotations

import msgspec
import pytest

from nologout.diagnose.diagnosis import diagnosed
from nologout.diagnose.finding import CAUSES, duration
from nologout.diagnose.observed import Attempt, Clock, Kept, Observed, Paths, Race, Reply
from nologout.diagnose.rules import RULES, findings
from tests.observations import (
    AGAIN,
    DAY_S,
    FINE,
    HOUR_S,
    OK,
    OPEN,
    REFUSAL,
    REFUSED,
    TROUBLE,
    from_page,
    in_both,
    in_cookie,
    seen,
    with_page,
)

FORKED, ONE_REFUSED, BROKEN = Race((200, 200), 2), Race((200, 401), 1), Race((200, 500), 1)
LATE = Attempt(REFUSED, granted=False, age_s=6)
HTML_200, MOVED, FORBIDDEN = Reply(200, "html"), Reply(302, "empty", location="/login/"), Reply(403)

# rule: (seen with it, seen next to it without it)
CASES: dict[str, list[tuple[Observed, Observed]]] = {
    "lost_reply_ends_session": [
        (seen(replays=(REFUSAL,), newest_lives=True), seen(replays=(AGAIN,))),
        # Without rotation a refusal of the only token there is has another reason.
        (seen(replays=(REFUSAL,), newest_lives=True), seen(replays=(REFUSAL,), rotates=False)),
        # Trouble is no refusal: nobody may end a session for it.
        (seen(replays=(REFUSAL,)), seen(replays=(Attempt(TROUBLE, granted=False),))),
    ],
    "retry_ends_every_tab": [
        (seen(replays=(REFUSAL,), newest_lives=False), seen(replays=(REFUSAL,), newest_lives=True)),
        (seen(replays=(AGAIN, LATE), newest_lives=False), seen(replays=(AGAIN, LATE), newest_lives=True)),
        (seen(replays=(REFUSAL,), newest_lives=False), seen(replays=(REFUSAL,), newest_lives=None)),
    ],
    "refresh_works_once": [
        (seen(replays=(REFUSAL,), rotates=False), seen(replays=(AGAIN,), rotates=False)),
        (seen(replays=(REFUSAL,), rotates=False), seen(replays=(REFUSAL,), rotates=True)),
        (seen(replays=(REFUSAL,), rotates=False), seen(replays=(REFUSAL,), rotates=None)),
    ],
    "second_tab_is_refused": [
        (seen(races=(FINE, ONE_REFUSED)), seen(races=(FINE, FINE))),
        (seen(replays=(REFUSAL,), races=(FORKED,)), seen(replays=(AGAIN,), races=(FORKED,))),
        (seen(races=(ONE_REFUSED,)), seen(races=(BROKEN,))),
        (seen(races=(ONE_REFUSED,)), seen(races=(ONE_REFUSED,), rotates=False)),
    ],
    "grace_too_short": [
        (seen(replays=(AGAIN, LATE), newest_lives=True), seen(replays=(AGAIN, AGAIN))),
        (seen(replays=(AGAIN, LATE), newest_lives=True), seen(replays=(REFUSAL,), newest_lives=True)),
    ],
    "race_forks_session": [
        (seen(races=(FINE, FORKED)), seen(races=(FINE, ONE_REFUSED))),
        # Sliding tokens differ by the second, and use nothing up.
        (seen(races=(FORKED,)), seen(races=(FORKED,), rotates=False)),
    ],
    "replay_ends_other_sessions": [(seen(others_ended=True), seen(others_ended=None))],
    "sign_in_ends_other_sessions": [(seen(sign_in_ended_others=True), seen(sign_in_ended_others=False))],
    "used_token_breaks_server": [
        (seen(races=(BROKEN,)), seen(races=(ONE_REFUSED,))),
        (seen(replays=(Attempt(TROUBLE, granted=False),)), seen(replays=(REFUSAL,))),
    ],
    "end_is_fixed": [
        (seen(extends=False), seen(extends=True)),
        (seen(extends=False, refresh_s=7 * DAY_S), seen(extends=False, refresh_s=30 * DAY_S - 1)),
        (seen(extends=False), seen(extends=False, refresh_s=None)),
    ],
    "idle_ends_session": [
        (seen(tokens="sliding", access_s=4 * HOUR_S), seen(access_s=4 * HOUR_S)),
        (seen(tokens="sliding", access_s=4 * HOUR_S), seen(tokens="sliding", access_s=7 * DAY_S)),
    ],
    "access_outlives_refresh": [
        (seen(access_s=DAY_S, refresh_s=DAY_S), seen(access_s=DAY_S, refresh_s=DAY_S + 1)),
        (seen(access_s=DAY_S, refresh_s=DAY_S), seen(access_s=DAY_S, refresh_s=DAY_S, tokens="sliding")),
    ],
    "night_ends_session": [(seen(refresh_s=8 * HOUR_S), seen(refresh_s=12 * HOUR_S - 1))],
    "access_is_long": [(seen(access_s=4 * HOUR_S), seen(access_s=HOUR_S))],
    "access_is_short": [(seen(access_s=30), seen(access_s=59))],
    "api_refuses_without_401": [
        (seen(bad_access=HTML_200), seen(bad_access=Reply(401, "html"))),
        (seen(bad_access=MOVED, no_access=MOVED), seen(bad_access=MOVED, good_access=MOVED)),
        # A path that serves everybody shows nothing.
        (seen(bad_access=OK, no_access=REFUSED), seen(bad_access=OK, no_access=OK)),
        (seen(bad_access=FORBIDDEN), seen(bad_access=None)),
    ],
    "refresh_refuses_without_4xx": [
        (seen(bad_refresh=HTML_200), seen(bad_refresh=REFUSED)),
        (seen(bad_refresh=Reply(403, "html")), seen(bad_refresh=Reply(403, "json", "token_not_valid"))),
        (seen(bad_refresh=TROUBLE), seen(bad_refresh=None)),
    ],
    "refusal_has_no_word": [
        (seen(bad_refresh=Reply(401)), seen(bad_refresh=REFUSED)),
        (seen(bad_refresh=Reply(401, "empty")), seen(bad_refresh=TROUBLE)),
    ],
    "cookie_dies_first": [
        (in_cookie(lives_s=None), in_cookie(lives_s=7 * DAY_S - 1)),
        (in_cookie(lives_s=DAY_S), seen()),
    ],
    "cookie_is_not_sent": [
        (in_cookie(path="/auth/"), in_cookie(path="/api")),
        (in_cookie(path="/api/tok"), in_cookie(path="/")),
        (in_cookie(same_site="None", secure=False), in_cookie(same_site="None")),
    ],
    "cookie_is_open": [
        (in_cookie(http_only=False), in_cookie()),
        (in_cookie(secure=False), in_cookie()),
        (in_both(http_only=False), in_both()),
    ],
    "origin_is_blocked": [
        (from_page(reply_origin=""), from_page(reply_origin="*")),
        (from_page(preflight_origin="https://other.example"), from_page(is_own=True, preflight_origin="")),
        (
            from_page(preflight_headers="content-type"),
            from_page(preflight_headers="authorization,content-type"),
        ),
        (from_page(preflight_headers=""), seen(cors=None)),
        (
            msgspec.structs.replace(from_page(reply_credentials=False), transport="cookie"),
            from_page(reply_credentials=False),
        ),
    ],
    "token_is_cached": [
        (seen(cache_control="public, max-age=60"), seen(cache_control="public, no-store")),
        (seen(cache_control="max-age=60"), seen(cache_control="max-age=0, must-revalidate")),
        (seen(cache_control="s-maxage=60"), seen(cache_control="")),
    ],
    "clocks_differ": [
        (seen(clock=Clock(-31, 0.5, 0)), seen(clock=Clock(31, 2, 0))),
        (seen(clock=Clock(90, 1)), seen()),
    ],
    "reload_ends_session": [(with_page(reload=False), with_page(reload=None)), (with_page(reload=False), seen())],
    "second_tab_is_signed_out": [
        (with_page(second_tab=False), with_page(second_tab=None)),
        (with_page(second_tab=False, opened_tab=True), seen()),
    ],
    "page_does_not_renew": [(with_page(renews=False), with_page(renews=None)), (with_page(renews=False), seen())],
    "scripts_read_token": [
        (with_page(kept=(OPEN,)), with_page()),
        (with_page(kept=(Kept("script-visible cookie", "t", "access token", "opaque"),)), with_page(kept=())),
    ],
    "nodes_differ": [(seen(clock=Clock(0, 1, 5)), seen(clock=Clock(0, 1, 1))), (seen(clock=Clock(0, 1, -9)), seen())],
}


def names(observed: Observed) -> list[str]:
    """Return what is found."""
    return [finding.name for finding in findings(observed)]


def test_every_rule_has_a_case_and_good_api_no_finding() -> None:
    """The names of rules and findings are the same."""
    assert {rule.__name__ for rule in RULES} == set(CASES)
    assert names(seen()) == names(in_cookie()) == names(with_page()) == []


@pytest.mark.parametrize(
    ("rule", "shows", "does_not"),
    [(rule, *case) for rule, cases in CASES.items() for case in cases],
    ids=[f"{rule}-{number}" for rule, cases in CASES.items() for number, _ in enumerate(cases)],
)
def test_finding_is_shown_and_its_neighbour_is_not(rule: str, shows: Observed, does_not: Observed) -> None:
    """The finding has evidence, a cause of the guide's, and remedies for both sides."""
    found = next(finding for finding in findings(shows) if finding.name == rule)
    assert found.cause in CAUSES
    assert all((found.title, found.evidence, found.server, found.front_end, found.quick_fix))
    assert rule not in names(does_not)


@pytest.mark.parametrize(
    ("observed", "gravity"),
    [
        (seen(replays=(msgspec.structs.replace(AGAIN, age_s=6), msgspec.structs.replace(LATE, age_s=12))), "logs out"),
        (seen(replays=(msgspec.structs.replace(AGAIN, age_s=30), msgspec.structs.replace(LATE, age_s=60))), "risk"),
        (seen(replays=(REFUSAL,), others_ended=True), "logs out"),
        (seen(others_ended=True), "risk"),
    ],
)
def test_gravity_depends_on_whom_it_meets(observed: Observed, gravity: str) -> None:
    """A grace that outlives a retry, and a revocation that no honest client provokes, are risks."""
    wanted = {"grace_too_short", "replay_ends_other_sessions"}
    assert [found.gravity for found in findings(observed) if found.name in wanted] == [gravity]


def test_findings_are_ranked_by_gravity_and_then_by_evidence() -> None:
    """What logs out comes first, and of that what a request has shown."""
    observed = seen(
        replays=(REFUSAL,), access_s=8 * DAY_S, clock=Clock(-99, 1), cache_control="public", races=(ONE_REFUSED,)
    )
    ranks = [(found.gravity, found.basis) for found in findings(observed)]
    order = [("logs out", "measured"), ("logs out", "read"), ("risk", "measured"), ("risk", "read")]
    assert list(dict.fromkeys(ranks)) == order


@pytest.mark.parametrize(
    ("observed", "verdict"),
    [
        (seen(), "nothing found"),
        (seen(access_s=4 * HOUR_S), "nothing found"),
        (seen(replays=(REFUSAL,)), "logs out"),
        (seen(replays=(), races=(), gentle=True), "cannot tell"),
        (seen(replays=(), races=(), gentle=True, rotates=False), "nothing found"),
        (seen(races=(Race((200, 200), 1, at_once=False),)), "cannot tell"),
        (seen(stopped="429"), "cannot tell"),
        (seen(replays=(REFUSAL,), stopped="429"), "logs out"),
        (seen(replays=(), races=(), rotates=None), "cannot tell"),
    ],
)
def test_verdict_needs_what_matters_most(observed: Observed, verdict: str) -> None:
    """Nothing is acquitted of what was not looked at; a finding outweighs a doubt."""
    assert diagnosed(observed).verdict == verdict


@pytest.mark.parametrize(
    ("observed", "marks"),
    [
        (seen(), ["cannot tell", "cannot tell", "done", "cannot tell"]),
        (in_cookie(), ["cannot tell", "cannot tell", "done", "done"]),
        (in_cookie(lives_s=None), ["not done", "cannot tell", "done", "not done"]),
        (seen(replays=(REFUSAL,), races=(ONE_REFUSED,)), ["not done", "cannot tell", "not done", "cannot tell"]),
        (seen(races=(FORKED,)), ["cannot tell", "cannot tell", "not done", "cannot tell"]),
        (seen(races=(), replays=()), ["cannot tell"] * 4),
        (seen(races=(Race((200, 200), 1, at_once=False),)), ["cannot tell"] * 4),
        (seen(bad_refresh=HTML_200), ["cannot tell", "not done", "done", "cannot tell"]),
        (seen(bad_access=FORBIDDEN), ["not done", "not done", "done", "cannot tell"]),
    ],
)
def test_checklist_says_what_an_api_shows(observed: Observed, marks: list[str]) -> None:
    """The first four depend on what was seen; the last three no API shows, and each says why."""
    items = diagnosed(observed).checklist
    assert [item.number for item in items] == [1, 2, 3, 4, 5, 6, 7]
    assert [item.mark for item in items] == [*marks, "cannot tell", "cannot tell", "cannot tell"]
    assert all(item.evidence for item in items)


def test_untold_names_the_option_that_would_tell() -> None:
    """A path, an origin; and what was left out."""
    bare = seen(paths=Paths("/api/token/", "/api/token/refresh/"), cors=None, gentle=True, replays=(), races=())
    told = " ".join(diagnosed(bare).untold)
    assert all(option in told for option in ("--api-path", "--origin", "--gentle"))


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.14, "0.1 s"), (59, "59 s"), (90, "1.5 min"), (3599, "1 h"), (604800, "7 d")]
)
def test_times_are_told_in_one_unit(seconds: float, words: str) -> None:
    """An hour less a second is an hour."""
    assert duration(seconds) == words
