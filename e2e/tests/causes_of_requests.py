"""Causes of requests that were lost, needless, too early or another user's, by hand."""

from typing import Any

from nologout.model.history import AnyEvent, ClockMoved, History, PageEvent
from tests.cause_case import BLANK, IMPATIENT, LEAK, LOST, NEEDLESS, STORM, UNSERVED, ZOMBIE, Case
from tests.histories import barred, exchange, fine, history, look, out, refresh, sign_in, told, unserved

FAST = ClockMoved(browser_offset=4200, server_offset=0)


def late(answered: float) -> History:
    """Return a history in which the 401 to an old token arrives at a time; the refresh it asked for ended at 4.1 s."""
    return history(
        sign_in(1),
        exchange(2, access_used="A1", status=401, ended=answered),
        exchange(3, access_used="A1", status=401),
        refresh(4, issued="R2"),
        refresh(6, used="R2", issued="R3"),
        *fine(),
    )


def reloaded(document: int) -> History:
    """Return a history in which a 401 in the first document is followed by a refresh in some document."""
    refused = exchange(2, access_used="A1", status=401)
    return history(sign_in(1), refused, look(probe="refused"), refresh(3, issued="R2", document=document))


LEAKED = history(
    sign_in(1, carries="U1"),
    sign_in(2, "b", issued="R2", carries="U2"),
    exchange(3, method="POST", carries="note:U1", access_used="A2"),
    *fine("a", "b"),
)
HURRIED = history(barred(2, status=429, wait_s=3.0), refresh(3, issued="R2"), *fine())


FORM = PageEvent(tab="a", name="shows_sign_in_form", at=3.0)


def renamed(scheme: str, **refusal: Any) -> History:  # noqa: ANN401 - any field of an exchange
    """Return a history in which the token that a refresh brought is sent under a scheme, and refused."""
    return history(
        sign_in(1),
        exchange(2, access_used="A1", scheme="Bearer"),
        refresh(3, issued="R2"),
        exchange(4, access_used="A2", scheme=scheme, status=401, **refusal),
        *out(),
    )


def refused_then(*events: AnyEvent) -> History:
    """Return a history in which a 401 is followed by this, and then by the sign-in form."""
    ends = (look("a", "signed_out", at=9.0), look("a", phase="reloaded", at=9.5))
    return history(sign_in(1), exchange(2, access_used="A1", status=401), *events, *ends)


CASES = {
    "changed_scheme": [
        Case(
            "The new token is sent under another scheme, or as the first was.",
            "front end",
            1,
            shown=renamed("JWT"),
            not_shown=renamed("Bearer"),
        ),
        Case(
            "It is refused as it was sent, or made invalid on its way.",
            "front end",
            1,
            shown=renamed("JWT"),
            not_shown=renamed("JWT", spoiled=True),
        ),
    ],
    "took_401_for_end": [
        Case(
            "Nothing follows the 401 before the sign-in form, or a refresh of its page.",
            "front end",
            1,
            shown=refused_then(),
            not_shown=refused_then(refresh(3, issued="R2")),
        ),
        Case(
            "Another tab refreshes meanwhile and gets new tokens, or fails, so that both may end.",
            "front end",
            1,
            shown=refused_then(refresh(3, "b", issued="R2")),
            not_shown=refused_then(barred(3, "b")),
        ),
        Case(
            "A refresh that was under way failed after the form was there, or before.",
            "front end",
            1,
            shown=refused_then(FORM, barred(1, at=1.5, ended=5.0)),
            not_shown=refused_then(FORM, barred(1, at=1.5, ended=2.5)),
        ),
        Case(
            "The server refused a page before anybody signed in, or the session.",
            "front end",
            1,
            shown=history(refresh(0, used="", status=401), *refused_then().events),
            not_shown=history(*refused_then().events, refresh(12, status=401)),
        ),
    ],
    "retried_without_pause": [
        Case(
            "The refreshes of a storm failed in passing, or the server refused them.",
            "front end",
            3,
            shown=history(sign_in(1), *(barred(n, at=2 + n / 10) for n in range(2, 8)), *fine()),
            not_shown=history(sign_in(1), *(refresh(n, status=401, at=2 + n / 10) for n in range(2, 8)), *fine()),
            breach=STORM,
        ),
    ],
    "refreshed_on_late_401": [
        Case(
            "The 401 to A1 arrives after A2 has come, or before.",
            "front end",
            1,
            shown=late(answered=5.0),
            not_shown=late(answered=2.1),
            breach=NEEDLESS,
        ),
    ],
    "judged_by_client_clock": [
        Case(
            "A good token is rotated on a device whose clock is wrong, or right.",
            "front end",
            5,
            shown=history(FAST, sign_in(1), refresh(2, issued="R2"), *fine()),
            not_shown=history(sign_in(1), refresh(2, issued="R2"), *fine()),
            breach=NEEDLESS,
        ),
    ],
    "mixed_identity": [
        Case(
            "A text was sent with another user's token, or the breach is another.",
            "front end",
            0,
            shown=LEAKED,
            not_shown=LEAKED,
            breach=LEAK,
            otherwise=LOST,
        ),
    ],
    "ignored_retry_after": [
        Case(
            "A page did not wait as told, or the breach is another.",
            "front end",
            3,
            shown=HURRIED,
            not_shown=HURRIED,
            breach=IMPATIENT,
            otherwise=LOST,
        ),
    ],
    "ignored_401": [
        Case(
            "A 401 is followed by nothing, or by a refresh.",
            "front end",
            5,
            shown=history(sign_in(1), exchange(2, access_used="A1", status=401), look(probe="refused")),
            not_shown=history(sign_in(1), exchange(2, access_used="A1", status=401), refresh(3, issued="R2")),
            breach=ZOMBIE,
        ),
        Case(
            "The next document refreshes after the 401, or its own does.",
            "front end",
            5,
            shown=reloaded(document=2),
            not_shown=reloaded(document=1),
            breach=ZOMBIE,
        ),
    ],
    "gave_up_without_retry": [
        Case(
            "No refresh follows the one that failed in passing, or the next one brings the tokens.",
            "front end",
            3,
            shown=history(sign_in(1), barred(2), unserved(), *fine()),
            not_shown=history(sign_in(1), barred(2), refresh(3, issued="R2"), unserved(), *fine()),
            breach=UNSERVED,
        ),
        Case(
            "The oracle's click makes the page try again, which is too late; or nothing had failed.",
            "front end",
            3,
            shown=history(sign_in(1), barred(2), unserved(), refresh(3, issued="R2"), *fine()),
            not_shown=history(sign_in(1), refresh(2, issued="R2"), unserved(), *fine()),
            breach=UNSERVED,
        ),
    ],
    "script_failed": [
        Case(
            "A script's error left nothing to see in its tab, or in another one.",
            "front end",
            0,
            shown=history(sign_in(1), told("page_error", "TypeError"), look("a", "blank")),
            not_shown=history(sign_in(1), told("page_error", "TypeError", "b"), look("a", "blank"), *fine("b")),
            breach=BLANK,
        ),
        Case(
            "Nothing is to be seen, or the sign-in form is, which shows that the page works.",
            "front end",
            0,
            shown=history(sign_in(1), told("page_error", "TypeError"), look("a", "blank")),
            not_shown=history(sign_in(1), told("page_error", "TypeError"), *out()),
            breach=BLANK,
            otherwise=LOST,
        ),
    ],
    "queued_requests_rejected": [
        Case(
            "New tokens had come when the click was given up, or came by the oracle's click alone.",
            "front end",
            1,
            shown=history(sign_in(1), refresh(2, issued="R2"), unserved(), *fine()),
            not_shown=history(sign_in(1), unserved(), refresh(2, issued="R2"), *fine()),
            breach=UNSERVED,
        ),
    ],
}
