"""Causes of a session that ended in the wrong way, or not at all, by hand."""

from nologout.model.history import Exchange, FaultEffect, History, Look
from tests.cause_case import LEFT, LOST, ON, SILENT, Case
from tests.histories import (
    effect,
    exchange,
    fine,
    history,
    look,
    out,
    refresh,
    said,
    sign_in,
    sign_out,
    step,
    stolen,
)

CHANGED = effect("the server has another password for the user", "account_changed")
BACK = (look("a"), look("b", "signed_out"), look("a", phase="reloaded"))
TOMBSTONE = (look("a"), look("b", "signed_out"), look("a", "signed_out", phase="reloaded"))


def beaten(refreshed: Exchange, *looks: Look) -> History:
    """Return a history in which tab a refreshes and tab b signs out in second 3."""
    return history(sign_in(1), refreshed, sign_out(3, "b"), *looks)


def changed(*then: Exchange, text: str = "ChangePassword()", witness: FaultEffect = CHANGED) -> History:
    """Return a history in which the account is changed in second 1.5."""
    return history(sign_in(1), step(text, at=1.5), *then, witness, *fine())


def turned_away(reason: str) -> History:
    """Return a history in which a request is refused for a reason."""
    return history(exchange(1, access_used="A1", status=401, reason=reason), look(probe="refused"))


LATE = refresh(2, issued="R2", ended=3.5)
SPOKEN = history(sign_in(1), refresh(2, status=401), *out())

CASES = {
    "end_not_told": [
        Case(
            "The page does not say why the session has ended, or the breach is another.",
            "front end",
            0,
            shown=SPOKEN,
            not_shown=SPOKEN,
            breach=SILENT,
            otherwise=LOST,
        ),
    ],
    "theft_not_detected": [
        Case(
            "The thief gets tokens, or a refusal.",
            "server",
            0,
            shown=history(stolen(3, issued="R9", status=200), *fine()),
            not_shown=history(stolen(3), *fine()),
            breach=ON,
        ),
    ],
    "sign_out_undone": [
        Case(
            "New tokens arrive after the sign-out, or had arrived before it.",
            "front end",
            0,
            shown=beaten(LATE, *BACK),
            not_shown=beaten(refresh(2, issued="R2"), *BACK),
            breach=ON,
        ),
        Case(
            "The refresh was under way at the sign-out, or is a later one of a tab that did not hear.",
            "front end",
            0,
            shown=beaten(LATE, *BACK),
            not_shown=beaten(refresh(5, issued="R2"), *BACK),
            breach=ON,
        ),
        Case(
            "A reload finds the session again, or finds the mark of the sign-out.",
            "front end",
            0,
            shown=beaten(LATE, *BACK),
            not_shown=beaten(LATE, *TOMBSTONE),
            breach=ON,
        ),
        Case(
            "The server keeps a session whose tokens came late, or keeps one though none came.",
            "front end",
            0,
            shown=history(sign_in(1), LATE, sign_out(3, "b"), *out("a", "b"), said("alive")),
            not_shown=history(sign_in(1), sign_out(3, "b"), *out("a", "b"), said("alive")),
            breach=LEFT,
        ),
    ],
    "sign_out_not_recorded": [
        Case(
            "The server refuses the sign-out and keeps the session, or takes the sign-out and keeps it all the same.",
            "server",
            0,
            shown=history(sign_in(1), sign_out(3, "b", status=401), *out("a", "b"), said("alive")),
            not_shown=history(sign_in(1), sign_out(3, "b"), *out("a", "b"), said("alive")),
            breach=LEFT,
        ),
    ],
    "end_not_enforced": [
        Case(
            "The server serves requests after the password was changed, or only before.",
            "server",
            0,
            shown=changed(exchange(2, access_used="A1")),
            not_shown=changed(exchange(2, at=1.2, access_used="A1")),
            breach=ON,
        ),
        Case(
            "What is served needs a session, or anybody may ask it (a report of the forced logout, say).",
            "server",
            0,
            shown=changed(exchange(2, access_used="A1")),
            not_shown=changed(exchange(2, status=204)),
            breach=ON,
        ),
        Case(
            "The change was seen, or nobody saw it.",
            "server",
            0,
            shown=changed(exchange(2, access_used="A1")),
            not_shown=changed(exchange(2, access_used="A1"), witness=effect("", "account_changed")),
            breach=ON,
        ),
        Case(
            "Refused was a page that had nothing to present before anybody signed in, or a session.",
            "server",
            0,
            shown=changed(refresh(0, used="", at=0.5, status=401), exchange(2, access_used="A1")),
            not_shown=changed(refresh(0, at=1.7, status=401), exchange(2, access_used="A1")),
            breach=ON,
        ),
        Case(
            "The server renews the session of a user who is barred, or refuses to.",
            "server",
            0,
            shown=changed(refresh(2, issued="R2"), text="DeactivateUser()"),
            not_shown=changed(exchange(2, access_used="A1"), refresh(3, status=401), text="DeactivateUser()"),
            breach=ON,
        ),
    ],
    "sign_out_not_heard": [
        Case(
            "Tab a has ended and tab b goes on, or both go on.",
            "front end",
            0,
            shown=history(*out("a"), *fine("b")),
            not_shown=history(*fine("a", "b")),
            breach=ON,
        ),
    ],
    "refusal_ignored": [
        Case(
            "The server refuses a refresh of a tab that goes on, or was never asked.",
            "front end",
            0,
            shown=history(refresh(1, status=401), look(probe="refused")),
            not_shown=history(look(probe="refused")),
            breach=ON,
        ),
        Case(
            "The server refuses the user, or an access token that may be renewed.",
            "front end",
            0,
            shown=turned_away("user_inactive"),
            not_shown=turned_away("token_not_valid"),
            breach=ON,
        ),
    ],
}
