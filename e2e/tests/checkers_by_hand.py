"""A history that breaks each invariant that always holds, and its nearest neighbour that keeps it."""

from typing import NamedTuple

from nologout.judge import Brief
from nologout.model.history import ClockMoved, History
from tests.histories import ended, fine, history, look, out, refresh, told, unserved


class Case(NamedTuple):
    """One sentence on both; the outcome says how the first one breaks the invariant."""

    sentence: str
    outcome: str
    broken: History
    kept: History
    brief: Brief = Brief()


ENDED = Brief(must_end=True)
LATER = ClockMoved(browser_offset=3900, server_offset=3900, at=1.5)
IN_A_HURRY = [refresh(n, at=1 + n / 10, used=f"R{n}") for n in range(1, 7)]
AT_LINK = told("came_by", "/#/items/7")


CASES = {
    "no_refresh_storm": [
        Case(
            "Six refreshes within a second, or one in each.",
            "refresh_storm",
            broken=history(*IN_A_HURRY),
            kept=history(*(refresh(n, at=float(n)) for n in range(1, 12))),
        ),
        Case(
            "All on one day, or an hour between the fifth and the sixth.",
            "refresh_storm",
            broken=history(*IN_A_HURRY),
            kept=history(*IN_A_HURRY[:5], LATER, refresh(7, at=1.6)),
        ),
        Case(
            "All of one tab, or the sixth of another.",
            "refresh_storm",
            broken=history(*IN_A_HURRY),
            kept=history(*IN_A_HURRY[:5], refresh(6, "b", at=1.6)),
        ),
    ],
    "no_auto_logout": [
        Case("A tab shows the sign-in form for good.", "fatal_logout", history(*out()), history(*fine("a", "b"))),
        Case(
            "A tab shows the sign-in form until it is reloaded.",
            "recoverable_false_logout",
            history(look("a", "signed_out"), look("a", phase="reloaded")),
            history(*fine()),
        ),
        Case("A tab looks signed in and is refused.", "zombie", history(look(probe="refused")), history(*fine())),
        Case("A tab looks signed in and asks nothing.", "zombie", history(look(probe="no_request")), history(*fine())),
        Case("A tab shows neither form nor app.", "blank", history(look("a", "blank")), history(*fine())),
        Case(
            "A tab looks signed in until it is used.",
            "fatal_logout",
            history(*fine("a"), look("b", "signed_in", then="signed_out")),
            history(*fine("a", "b")),
        ),
    ],
    "session_ends": [
        Case("A tab is served on.", "still_signed_in", history(*out("a"), *fine("b")), history(*out("a", "b")), ENDED),
        Case("A tab goes on unserved.", "still_signed_in", history(look(probe="refused")), history(*out()), ENDED),
        Case("A tab shows no sign-in form.", "blank", history(look("a", "blank")), history(*out()), ENDED),
        Case(
            "A step waits for an end that must come before another sign-in, in vain or not.",
            "still_signed_in",
            history(ended("a", "signed_in"), *fine()),
            history(ended("a"), *fine()),
        ),
    ],
    "no_forked_session": [
        Case(
            "R1 has two successors, or the same one twice.",
            "forked_session",
            broken=history(refresh(1, issued="R2"), refresh(2, "b", issued="R3")),
            kept=history(refresh(1, issued="R2"), refresh(2, "b", issued="R2")),
        ),
    ],
    "stays_at_link": [
        Case(
            "A tab that came by a link is at the front page, or still there.",
            "elsewhere",
            broken=history(AT_LINK, look(place="/")),
            kept=history(AT_LINK, look(place="/#/items/7")),
        ),
        Case(
            "It came by a link, or its user walked there.",
            "elsewhere",
            broken=history(AT_LINK, look(place="/#/items/8")),
            kept=history(look(place="/#/items/8")),
        ),
        Case(
            "It is signed in elsewhere, or shows the form there, which is another's finding.",
            "elsewhere",
            broken=history(AT_LINK, look(place="/login")),
            kept=history(AT_LINK, look("a", "signed_out", place="/login")),
        ),
    ],
    "no_lost_request": [
        Case(
            "Nothing came of a click, or the click was not possible.",
            "lost_request",
            broken=history(unserved(), *fine()),
            kept=history(told("act_impossible"), *fine()),
        ),
    ],
}
