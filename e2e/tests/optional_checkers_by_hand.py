"""A history that breaks each invariant that a scenario must name, and its nearest neighbour that keeps it."""

from nologout.judge import Brief
from nologout.model.history import Exchange, History
from tests.checkers_by_hand import ENDED, LATER, Case
from tests.histories import barred, ended, exchange, fine, history, look, out, refresh, said, sign_in, stolen

REFUSED = exchange(1, access_used="A1", status=401)
SERVED = exchange(2, access_used="A2")
TOLD_TO_WAIT = barred(1, status=429, wait_s=3.0)
TWO_USERS = (sign_in(1, carries="U1"), sign_in(2, "b", issued="R2", carries="U2"))


def note(number: int, access: str) -> Exchange:
    """Return a text of the first user that is sent with an access token."""
    return exchange(number, method="POST", carries="note:U1", access_used=access)


def with_token(number: int, access: str, status: int) -> Exchange:
    """Return a request with an access token, and what it was answered."""
    return exchange(number, access_used=access, status=status)


def spoken(words: str) -> History:
    """Return a history in which the tab shows sign-in and these words."""
    return history(look("a", "signed_out", words=words))


CASES = {
    "no_needless_refresh": [
        Case(
            "A1 was good, or had been refused.",
            "needless_refresh",
            broken=history(sign_in(1), refresh(2, issued="R2")),
            kept=history(sign_in(1), exchange(2, access_used="A1", status=401), refresh(3, issued="R2")),
        ),
        Case(
            "A1 had 401 seconds left, or 201.",
            "needless_refresh",
            broken=history(sign_in(1), refresh(2, issued="R2", server_time=3200)),
            kept=history(sign_in(1), refresh(2, issued="R2", server_time=3400)),
        ),
        Case(
            "The document that had A1 refreshes, or the next one.",
            "needless_refresh",
            broken=history(sign_in(1), refresh(2, issued="R2", document=1)),
            kept=history(sign_in(1), refresh(2, issued="R2", document=2)),
        ),
    ],
    "thief_is_out": [
        Case(
            "The thief gets tokens, or nothing.",
            "thief_served",
            history(stolen(3, issued="R9", status=200)),
            history(stolen(3), said("dead")),
        ),
        Case(
            "A family lives on where reuse is detected, or none does.",
            "thief_served",
            history(stolen(3), said("dead", "alive")),
            history(stolen(3), said("dead", "dead")),
            Brief(reuse_detection=True),
        ),
    ],
    "no_dropped_request": [
        Case(
            "Two requests were refused and one is served afterwards, or both are.",
            "lost_request",
            broken=history(REFUSED, REFUSED, SERVED, *fine()),
            kept=history(REFUSED, REFUSED, SERVED, SERVED, *fine()),
        ),
        Case(
            "Only the oracle's own click is served, or the user's was before.",
            "lost_request",
            broken=history(REFUSED, look(), SERVED),
            kept=history(REFUSED, SERVED, look()),
        ),
        Case(
            "Another page of the app is served, or the refused one.",
            "lost_request",
            broken=history(REFUSED, exchange(2, path="/api/me/"), *fine()),
            kept=history(REFUSED, exchange(2), *fine()),
        ),
        Case(
            "A second request is refused with the same token, or the first one's second try with the next.",
            "lost_request",
            broken=history(with_token(1, "A1", 401), with_token(2, "A1", 401), with_token(3, "A2", 200), *fine()),
            kept=history(with_token(1, "A1", 401), with_token(2, "A2", 401), with_token(3, "A3", 200), *fine()),
        ),
        Case(
            "The second try fails, or a third is served.",
            "lost_request",
            broken=history(REFUSED, exchange(2, status=503), *fine()),
            kept=history(REFUSED, exchange(2, status=503), exchange(3), *fine()),
        ),
    ],
    "waits_as_told": [
        Case(
            "A page that is to wait three seconds asks again after two, or after three.",
            "impatient",
            broken=history(TOLD_TO_WAIT, refresh(2, at=3.1)),
            kept=history(TOLD_TO_WAIT, refresh(2, at=4.1)),
        ),
        Case(
            "The page that was told asks again, or one that was not told.",
            "impatient",
            broken=history(TOLD_TO_WAIT, refresh(2, at=2.0)),
            kept=history(TOLD_TO_WAIT, refresh(2, at=2.0, document=2)),
        ),
        Case(
            "It asks within the same second, or an hour has passed for it meanwhile.",
            "impatient",
            broken=history(TOLD_TO_WAIT, refresh(2, at=1.6)),
            kept=history(TOLD_TO_WAIT, LATER, refresh(2, at=1.6)),
        ),
    ],
    "no_mixed_identity": [
        Case(
            "A text of the first user goes out with the second one's token, or with their own.",
            "leak",
            broken=history(*TWO_USERS, note(3, "A2")),
            kept=history(*TWO_USERS, note(3, "A1")),
        ),
        Case(
            "A token that was renewed is still its user's.",
            "leak",
            broken=history(*TWO_USERS, refresh(3, "b", used="R2", issued="R3"), note(4, "A3")),
            kept=history(*TWO_USERS, refresh(3, "a", used="R1", issued="R3"), note(4, "A3")),
        ),
        Case(
            "The token is the second user's, or nobody knows whose.",
            "leak",
            broken=history(*TWO_USERS, note(3, "A2")),
            kept=history(*TWO_USERS, note(3, "A9")),
        ),
    ],
    "tells_why": [
        Case("The form stands alone, or has a word beside it.", "no_reason", spoken(""), spoken("Time is up."), ENDED),
        Case(
            "A step saw the end without a word, or with one.",
            "no_reason",
            history(ended(words="")),
            history(ended(words="Time is up.")),
        ),
    ],
    "ends_once": [
        Case(
            "A page is refused R1 twice, or once.",
            "still_signed_in",
            broken=history(refresh(1, status=401), refresh(2, status=401)),
            kept=history(refresh(1, status=401)),
        ),
        Case(
            "The same page asks again, or the one after a reload.",
            "still_signed_in",
            broken=history(refresh(1, status=401), refresh(2, status=401)),
            kept=history(refresh(1, status=401), refresh(2, status=401, document=2)),
        ),
        Case(
            "The same session is refused again, or the next one of the same page.",
            "still_signed_in",
            broken=history(refresh(1, status=401), refresh(2, status=401)),
            kept=history(refresh(1, status=401), sign_in(2, issued="R2"), refresh(3, used="R2", status=401)),
        ),
    ],
    "ends_at_server": [
        Case(
            "The server would renew the session, or not.",
            "session_left_alive",
            broken=history(*out(), said("dead", "alive")),
            kept=history(*out(), said("dead", "dead")),
            brief=ENDED,
        ),
        Case(
            "The server says that the session lives, or cannot be asked.",
            "session_left_alive",
            broken=history(*out(), said("alive")),
            kept=history(*out()),
            brief=ENDED,
        ),
    ],
}
