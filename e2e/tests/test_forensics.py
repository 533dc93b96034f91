"""A black box is explained by one cause that its events show, or by none."""

from __future__ import annotations

import pytest

from nologout.diagnose.forensics import BlackBox, explain
from nologout.diagnose.forensics.reasons import MEANINGS, RIGHT
from nologout.diagnose.forensics.rows import rows
from tests.boxes import (
    DAY_S,
    SIGN_IN_MS,
    attempt,
    box,
    came,
    ends,
    event,
    holds,
    refused,
    rotated,
    signs_in,
    silent,
)
from tests.boxes_by_cause import CAUSES

NEIGHBOURS = [
    pytest.param(name, *told, id=f"{name}: {what}")
    for name, case in CAUSES.items()
    for what, told in case.neighbours.items()
]
LATER = SIGN_IN_MS + 9_000_000


@pytest.mark.parametrize("name", CAUSES)
def test_cause_that_is_shown_is_named(name: str) -> None:
    """The finding has name, side, evidence and remedy."""
    case = CAUSES[name]
    finding = explain(case.shown).finding
    assert finding
    assert (finding.cause, finding.side) == (name, case.side)
    assert finding.evidence
    assert finding.remedy


@pytest.mark.parametrize(("name", "neighbour", "verdict"), NEIGHBOURS)
def test_neighbour_of_a_cause_names_none(name: str, neighbour: BlackBox, verdict: str) -> None:
    """What nearly shows a cause shows neither it nor, for want of it, another."""
    explanation = explain(neighbour)
    assert (explanation.verdict, explanation.finding) == (verdict, None), (name, explanation.why)


def test_lost_reply_of_a_page_that_had_left_is_named_once_it_must_be_over() -> None:
    """A refresh without an answer is given up after eight seconds; what begins later does not race with it."""
    told = box(signs_in(), attempt(3540), came(3560), refused(3561, tab="b"))
    assert_named(told, "no_grace_for_lost_reply")


def test_token_that_was_honoured_at_that_age_has_not_expired() -> None:
    """A session that had slept for a day before is known to bear it."""
    slept = (signs_in(), rotated(DAY_S), silent(DAY_S + 20_000, 2), refused(DAY_S + 20_003, 2))
    assert_named(box(*slept), "no_grace_for_lost_reply")
    assert explain(box(*slept[:1], rotated(3540), *slept[2:])).verdict == "unknown"


def test_word_of_reuse_needs_no_age() -> None:
    """The server says itself that the token was not too old."""
    told = box(signs_in(), silent(3540), refused(DAY_S, reason="reuse_detected"))
    assert_named(told, "no_grace_for_lost_reply")


def test_what_is_inferred_is_said() -> None:
    """The judge's evidence speaks of the server, of which the box saw nothing."""
    assert "#2: no answer came to it" in explain(CAUSES["no_grace_for_lost_reply"].shown).inferred
    assert explain(CAUSES["stale_token_in_tab"].shown).inferred == ""


@pytest.mark.parametrize("reason", RIGHT)
def test_plain_word_is_a_right_end(reason: str) -> None:
    """Somebody did or decided it: no cause is looked for."""
    explanation = explain(box(signs_in(), ends(9, reason=reason)))
    assert (explanation.verdict, explanation.why) == ("ended", RIGHT[reason])


def test_age_is_told_of_an_expired_session() -> None:
    """The sentence says for how long nobody had been there."""
    explanation = explain(box(signs_in(), rotated(3540), refused(8 * DAY_S, 2, reason="expired")))
    assert explanation.verdict == "ended"
    assert explanation.why == "its refresh token had expired: nobody had renewed it for 7 d 23 h"
    assert "live longer than that" in explanation.look


def test_expired_is_not_believed_of_a_token_that_cannot_be() -> None:
    """What was presented was not what the box calls it: that is no right end."""
    younger = (signs_in(), rotated(DAY_S), refused(DAY_S + 600, 2, reason="expired"))
    replaced = (signs_in(), came(9), rotated(3540), refused(8 * DAY_S, tab="b", reason="expired"))
    assert explain(box(*younger)).verdict == "unknown"
    assert explain(box(*replaced, strategy="cookie")).verdict == "unknown"
    assert_named(box(*replaced), "stale_token_in_tab")


@pytest.mark.parametrize("reason", ["reuse_detected", "revoked_reuse"])
def test_old_token_that_no_tab_used_is_somebody_elses(reason: str) -> None:
    """The session ended rightly when the box goes back to the sign-in and its tabs are clear."""
    clear = (rotated(3540), rotated(7000, 2), refused(10_000, 3, reason=reason))
    assert explain(box(signs_in(), *clear)).verdict == "ended"
    assert explain(box(came(1), *clear)).verdict == "unknown"
    assert explain(box(signs_in(), silent(3530, status=503, tab="a"), *clear)).verdict == "ended"
    assert explain(box(signs_in(), *clear[:2], silent(9990, 3, status=503), clear[2])).verdict == "unknown"


@pytest.mark.parametrize("reason", [*sorted(set(MEANINGS) - {"expired", "reuse_detected", "revoked_reuse"}), "made_up"])
def test_refusal_alone_shows_no_cause(reason: str) -> None:
    """The server's word is told, with what it means, and no more."""
    explanation = explain(box(signs_in(), rotated(3540), refused(7000, 2, reason=reason)))
    assert (explanation.verdict, explanation.finding) == ("unknown", None)
    assert reason in explanation.why
    assert explanation.look


def test_empty_box_tells_nothing() -> None:
    """No event, no verdict."""
    assert explain(box()).verdict == "unknown"
    assert explain(box(attempt(1))).verdict == "unknown"
    hoped = (came(1, 0, tab="a"), attempt(1.1, 0), [event(1.2, "refused", status=401, reason="missing")])
    assert explain(box(*hoped, strategy="cookie")).session is None


def test_living_session_tells_of_refreshes_in_vain() -> None:
    """It lives through them, and what the last one met is said."""
    assert explain(box(signs_in(), rotated(3540))).why == "the session lives"
    vain = explain(box(signs_in(), rotated(3540), silent(7000, 2), silent(7002, 2, status=503)))
    assert vain.verdict == "lives"
    assert vain.why.endswith("but 2 refreshes in a row brought no tokens; the last was answered 503")


def test_page_that_shows_nobody_signed_in_contradicts_a_living_session() -> None:
    """What was stored can go without an event."""
    shown = {"status": "signed-out", "reason": None}
    assert explain(box(signs_in(), rotated(3540), state=shown)).verdict == "unknown"
    assert explain(box(signs_in(), rotated(3540), state={**shown, "status": "signed-in"})).verdict == "lives"


def test_session_that_was_lost_is_explained_after_a_new_sign_in() -> None:
    """A user signs in again before anybody asks; a session that they signed out of is passed over."""
    again = [holds(9000, "renewed", 1, login=LATER)]
    lost = (signs_in(), silent(3540), refused(3543))
    assert_named(box(*lost, again), "no_grace_for_lost_reply")
    assert_named(box(*lost, again, ends(9100, login=LATER)), "no_grace_for_lost_reply")
    assert explain(box(signs_in(), ends(9), again)).verdict == "lives"


def test_first_end_decides_for_all_tabs() -> None:
    """Other tabs hear of the end, in any order of the same moment."""
    heard = ends(3543.2, tab="b", reason="token_not_valid")
    told = (signs_in(), came(9), silent(3540))
    assert_named(box(*told, heard, refused(3543)), "no_grace_for_lost_reply")
    assert_named(box(*told, refused(3543), heard), "no_grace_for_lost_reply")


def test_clock_that_was_set_back_leaves_the_order_unknown() -> None:
    """An answer before its question is no lost reply."""
    back = [event(-900, "tokens", status=200, took=-3_600_000), holds(-900, "renewed", 2)]
    for parts in ((attempt(3540), back), (back, attempt(3540))):
        told = explain(box(signs_in(), *parts, came(3560), refused(3561, tab="b")))
        assert (told.verdict, told.finding) == ("unknown", None)
    lost_long_ago = (signs_in(9_000), silent(9_010), refused(3_000))
    assert explain(box(*lost_long_ago)).verdict == "unknown"


def test_box_that_has_forgotten_its_beginning_is_read_from_there() -> None:
    """The oldest events give way, also between an attempt and its answer."""
    told = (rotated(3540)[1:], silent(7000, 2), refused(7003, 2))
    assert_named(box(*told), "no_grace_for_lost_reply")


def test_rows_tell_what_each_tab_did() -> None:
    """Each request is one row with what came of it; what several tabs did alike is one row."""
    told = explain(
        box(
            signs_in(),
            came(9),
            came(10, tab="c"),
            silent(3540),
            refused(3543),
            ends(3544, tab="b", reason="token_not_valid"),
        )
    )
    assert told.session
    assert [row.text for row in rows(told.session)] == [
        "#1 signs in: generation 1",
        "takes over generation 1 (and 1 other)",
        "#2 presents generation 1: no answer",
        "#3 presents generation 1: refused, 401 (token_not_valid)",
        "shows the end: token_not_valid (and 1 other)",
    ]


def test_rows_are_few() -> None:
    """Of a night of refreshes the beginning and the end are told."""
    night = [rotated(3540 * n, n) for n in range(1, 60)]
    told = explain(box(signs_in(), *night))
    assert told.session
    drawn = rows(told.session)
    assert len(drawn) == 15
    assert drawn[1].text == "(46 more)"
    assert drawn[-1].text.endswith("gets generation 60")


def assert_named(told: BlackBox, cause: str) -> None:
    """See that a box is explained by a cause."""
    explanation = explain(told)
    assert explanation.finding, explanation.why
    assert (explanation.verdict, explanation.finding.cause) == ("lost", cause)
