"""Causes of a session that was lost at a refresh or beside one, by hand."""

from typing import Any

from nologout.model.history import History, PageEvent
from tests.cause_case import Case
from tests.histories import (
    barred,
    effect,
    exchange,
    fine,
    history,
    load,
    out,
    refresh,
    sign_in,
    told,
)

EIGHT_DAYS_S = 8 * 86_400
SLIDING: dict[str, Any] = {"issued": "R1", "access_issued": "R1", "access_expires": 3601.0}


def lost_then(retry: int, **first: Any) -> History:  # noqa: ANN401 - any field of the first refresh
    """Return a history in which a reply is lost, unless told otherwise, and the retry gets a status."""
    lost: dict[str, Any] = {"issued": "R2", "fate": "lost", **first}
    return history(sign_in(1), refresh(2, **lost), refresh(3, status=retry), effect(), *out())


def race(began: float, winner: int = 200) -> History:
    """Return a history in which tab b presents at a time the token that tab a presented from 1.0 to 1.5 s."""
    issued = "R2" if winner == 200 else ""
    return history(
        refresh(1, "a", issued=issued, at=1.0, ended=1.5, status=winner),
        refresh(2, "b", at=began, ended=began + 0.5, status=401),
        *fine("a"),
        *out("b"),
    )


def won_in_vain(fate: str, left: PageEvent | None = None) -> History:
    """Return a history of a race in which the reply to tab a, which wins, has a fate at 1.5 s, and a tab is left."""
    winner = refresh(1, "a", issued="R2", fate=fate, ended=1.5)
    ends = [left] if left else []
    return history(sign_in(0), winner, refresh(2, "b", at=1.1, ended=1.6, status=401), *ends, *out("b"))


def left(how: str, tab: str = "a", at: float = 1.4) -> PageEvent:
    """Return the word that a person has closed or reloaded a tab."""
    return PageEvent(tab=tab, name=how, at=at)


def twice(began: float = 2.1, loser: int = 401, document: int = 1, **first: Any) -> History:  # noqa: ANN401 - any field of the first refresh
    """Return a history in which tab a presents at a time the token that it presented from 2.0 to 2.5 s."""
    won = refresh(2, **{"issued": "R2", "ended": 2.5, **first})
    again = refresh(3, at=began, ended=began + 0.5, status=loser, document=document)
    return history(sign_in(1), won, again, *out())


def told_by_page(*names: str) -> History:
    """Return a history in which a page tells so of two refreshes with R1, which the wire has one after the other."""
    words = [told(f"request_{name}", "/api/token/refresh/") for name in names]
    return history(sign_in(1), *words, refresh(2, issued="R2"), refresh(3, status=401), *out())


def overtaken(*names: str, page: float = 1.9) -> History:
    """Return a history in which the tab loads its page anew at a time, at 2.0 s gets R2, and then presents R1 again."""
    words = [told(name, "" if name == "pageshow" else "/api/token/refresh/") for name in names]
    wire = (load(2, document=2, at=page, ended=page + 0.15), refresh(3, issued="R2", at=2.0))
    return history(sign_in(1), *words, *wire, refresh(4, status=401), *out())


def aged(*meanwhile: History, seconds: float = EIGHT_DAYS_S) -> History:
    """Return a history in which a token is refused so many seconds after the sign-in, with what was between."""
    between = [event for part in meanwhile for event in part.events]
    return history(sign_in(1), *between, refresh(9, status=401, server_time=seconds), *out())


def slid(refused: float, **token: Any) -> History:  # noqa: ANN401 - any field of the sign-in
    """Return a history in which the token of a sign-in is refused when the server's clock says so many seconds."""
    return history(sign_in(1, **{**SLIDING, **token}), refresh(2, status=401, server_time=refused), *out())


USED = history(exchange(2, access_used="A1", status=201))
OFFLINE = effect("the browser says that it is offline", "offline")

CASES = {
    "dropped_rotated_token": [
        Case(
            "Tab a got R2 and presents R1 again; had R2 been lost on its way, tab a could not help it.",
            "front end",
            1,
            shown=history(sign_in(1), refresh(2, issued="R2"), refresh(3, used="R1", status=401), *out()),
            not_shown=lost_then(401),
        ),
        Case(
            "Tab a had the reply that brought R2 before it sent R1 again, or sent both in one moment.",
            "front end",
            1,
            shown=told_by_page("sent", "settled", "sent", "settled"),
            not_shown=told_by_page("sent", "sent", "settled", "settled"),
        ),
        Case(
            "It had that reply before its next page was there, or the browser dropped it for that page.",
            "front end",
            1,
            shown=overtaken("request_sent", "request_settled", "pageshow", "request_sent", "request_settled"),
            not_shown=overtaken("request_sent", "pageshow", "request_sent", "request_settled"),
        ),
    ],
    "reused_by_another_tab": [
        Case(
            "Tab b presents R1 while tab a's refresh with it is under way, or after that is over.",
            "front end",
            2,
            shown=race(began=1.1),
            not_shown=race(began=2.0),
        ),
        Case(
            "One of two tabs is refused at the same time, or both are, so that neither took it from the other.",
            "front end",
            2,
            shown=race(began=1.1),
            not_shown=race(began=1.1, winner=401),
        ),
        Case(
            "The winner's own client gave its refresh up, or a person closed its tab before the reply.",
            "front end",
            2,
            shown=won_in_vain("abandoned"),
            not_shown=won_in_vain("abandoned", left("closed")),
        ),
        Case(
            "A person reloaded the other tab, or the one that was granted new tokens.",
            "front end",
            2,
            shown=won_in_vain("abandoned", left("reloaded", "b")),
            not_shown=won_in_vain("abandoned", left("reloaded")),
        ),
        Case(
            "The winner heard of it and was closed then, or the network lost the reply.",
            "front end",
            2,
            shown=won_in_vain("delivered", left("closed", at=1.8)),
            not_shown=won_in_vain("lost"),
        ),
        Case(
            "The tab was closed when the refresh had been given up, or while it was under way.",
            "front end",
            2,
            shown=won_in_vain("abandoned", left("closed", at=1.8)),
            not_shown=won_in_vain("abandoned", left("closed")),
        ),
    ],
    "reused_in_one_tab": [
        Case(
            "Tab a presents R1 again while its refresh with it is under way, or after that has brought R2.",
            "front end",
            1,
            shown=twice(),
            not_shown=twice(began=3.0),
        ),
        Case(
            "It came to the proxy after the reply, and the page says that it was sent before; or that it was not.",
            "front end",
            1,
            shown=told_by_page("sent", "sent", "settled", "settled"),
            not_shown=told_by_page("sent", "settled", "sent", "settled"),
        ),
        Case(
            "The page tells of these two refreshes, or of one more, which never came to the proxy.",
            "front end",
            1,
            shown=told_by_page("sent", "sent", "settled", "settled"),
            not_shown=told_by_page("sent", "settled", "sent", "sent", "settled", "settled"),
        ),
        Case(
            "It is refused with the second, or the server answers both alike.",
            "front end",
            1,
            shown=twice(),
            not_shown=twice(loser=200),
        ),
        Case(
            "One of two is refused, or both are, so that neither took it from the other.",
            "front end",
            1,
            shown=twice(),
            not_shown=twice(issued="", status=401),
        ),
        Case(
            "The new tokens of the first arrived, or were lost, which one refresh alone would have lost too.",
            "front end",
            1,
            shown=twice(),
            not_shown=twice(fate="lost"),
        ),
        Case(
            "The same page sent both, or the page was reloaded between them.",
            "front end",
            1,
            shown=twice(),
            not_shown=twice(document=2),
        ),
        Case(
            "Both are the same tab's, or another's.",
            "front end",
            1,
            shown=twice(),
            not_shown=race(began=1.1),
        ),
    ],
    "renewed_too_late": [
        Case(
            "A sliding token is refused after its end, or while it was good, which has another reason.",
            "front end",
            5,
            shown=slid(refused=3700),
            not_shown=slid(refused=3500),
        ),
        Case(
            "The token that is refused is its own access token, or has one beside it.",
            "front end",
            5,
            shown=slid(refused=3700),
            not_shown=slid(refused=3700, access_issued="A1"),
        ),
    ],
    "no_grace_for_lost_reply": [
        Case(
            "The retry after a lost reply is refused, or answered.",
            "server",
            3,
            shown=lost_then(401),
            not_shown=lost_then(200),
        ),
        Case(
            "The reply broke off in the middle, or the request never reached the server.",
            "server",
            3,
            shown=lost_then(401, fate="cut_short"),
            not_shown=lost_then(401, fate="refused_at_door", issued=""),
        ),
        Case(
            "The page went away after the server had acted, or before.",
            "server",
            3,
            shown=lost_then(401, fate="abandoned"),
            not_shown=lost_then(401, fate="abandoned", issued="", status=None),
        ),
        Case(
            "A person closed the tab whose reply was under way, and another tab is refused; or both heard.",
            "server",
            3,
            shown=won_in_vain("abandoned", left("closed")),
            not_shown=won_in_vain("delivered", left("closed", at=1.8)),
        ),
        Case(
            "The server replaced the token of the lost reply, or one that does not rotate kept it.",
            "server",
            3,
            shown=lost_then(401),
            not_shown=lost_then(401, issued="", access_issued="A2"),
        ),
        Case(
            "The token of the lost reply is refused, or another one.",
            "server",
            3,
            shown=lost_then(401),
            not_shown=lost_then(401, used="R0"),
        ),
        Case(
            "The next page was under way when the reply came, of which no page heard, or it was there already.",
            "server",
            3,
            shown=overtaken("request_sent", "pageshow", "request_sent", "request_settled"),
            not_shown=overtaken("request_sent", "pageshow", "request_sent", "request_settled", page=1.2),
        ),
    ],
    "stale_token_in_tab": [
        Case(
            "Tab b presents R1 after tab a has got R2 for it, or while tab a is still waiting.",
            "front end",
            2,
            shown=race(began=2.0),
            not_shown=race(began=1.1),
        ),
    ],
    "sign_in_not_heard": [
        Case(
            "Tab b signed in again and tab a shows the form, or nobody signed in again.",
            "front end",
            2,
            shown=history(sign_in(1), sign_in(2, "b", issued="R2"), *out("a"), *fine("b")),
            not_shown=history(sign_in(1), *out("a"), *fine("b")),
        ),
        Case(
            "The tab that signed in again is in, or was lost as well.",
            "front end",
            2,
            shown=history(sign_in(1), sign_in(2, "b", issued="R2"), *out("a"), *fine("b")),
            not_shown=history(sign_in(1), sign_in(2, "b", issued="R2"), *out("a", "b")),
        ),
    ],
    "cleared_on_transient_answer": [
        Case(
            "A captive portal answered and the server refused no refresh, or it did.",
            "front end",
            3,
            shown=history(barred(1, status=511), *out()),
            not_shown=history(barred(1, status=511), refresh(2, status=401), *out()),
        ),
        Case(
            "A refresh failed in passing, or the next one brought the tokens.",
            "front end",
            3,
            shown=history(barred(1), *out()),
            not_shown=history(barred(1), refresh(2, issued="R2"), *out()),
        ),
        Case(
            "Another tab's refresh went well, or this one's next.",
            "front end",
            3,
            shown=history(barred(1), refresh(2, "b", issued="R2"), *out("a")),
            not_shown=history(barred(1), refresh(2, "a", issued="R2"), *out("a")),
        ),
        Case(
            "The refresh that went well came before the one that failed, or after it.",
            "front end",
            3,
            shown=history(refresh(1, issued="R2"), barred(2, used="R2"), *out()),
            not_shown=history(barred(1), refresh(2, issued="R2"), *out()),
        ),
        Case(
            "Half a reply arrived, or all of it.",
            "front end",
            3,
            shown=history(refresh(1, issued="R2", fate="cut_short"), *out()),
            not_shown=history(refresh(1, issued="R2"), *out()),
        ),
        Case(
            "The device was seen to be offline, or nobody saw it.",
            "front end",
            3,
            shown=history(sign_in(1), OFFLINE, *out()),
            not_shown=history(sign_in(1), effect("", "offline"), *out()),
        ),
    ],
    "refresh_token_aged_out": [
        Case(
            "R1 is refused after eight days, or after a minute.",
            "configuration",
            0,
            shown=aged(USED),
            not_shown=aged(USED, seconds=60),
        ),
        Case(
            "The user was served within those eight days, or was never there.",
            "configuration",
            0,
            shown=aged(USED),
            not_shown=aged(),
        ),
        Case(
            "The user was served, or asked in vain.",
            "configuration",
            0,
            shown=aged(USED),
            not_shown=aged(history(exchange(2, access_used="A1", status=503))),
        ),
    ],
}
