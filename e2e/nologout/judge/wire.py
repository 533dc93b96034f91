"""Small questions to a history that several checkers and causes ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nologout.model.history import Exchange, History, PageEvent
    from nologout.model.verdict import Breach

# A client may refresh this long before the end of an access token's life, in seconds.
BUFFER_S = 300
_REFUSALS = frozenset({400, 401, 403})
_TRANSIENT = frozenset({408, 429})
_OF_AN_END = frozenset({"still_signed_in", "session_left_alive", "no_reason", "thief_served"})


def refused(exchange: Exchange) -> bool:
    """Tell whether the server itself said no, and the browser got to know."""
    return exchange.fate == "delivered" and exchange.status in _REFUSALS


def refusals(history: History) -> list[Exchange]:
    """Return the refreshes that the server refused, but for those of a page that had nothing to present before sign-in.

    An app that asks for a new access token whenever it starts is refused until somebody signs in.
    """
    since = next((e.at for e in history.exchanges if e.role == "sign_in"), 0.0)
    return [e for e in history.refreshes if refused(e) and (e.refresh_used or e.at >= since)]


def transient(exchange: Exchange) -> bool:
    """Tell whether an exchange failed in a way that says nothing about the session."""
    if exchange.fate in {"lost", "cut_short", "refused_at_door", "answered_instead", "abandoned"}:
        return True
    return exchange.shown is not None and (exchange.shown >= 500 or exchange.shown in _TRANSIENT)


def renews_itself(history: History, label: str) -> bool:
    """Tell whether a token is access token and refresh token in one."""
    return label != "" and any(e.access_issued == e.refresh_issued == label for e in history.exchanges)


def unheard(history: History, exchange: Exchange) -> bool:
    """Tell whether the server acted, and its reply reached nobody: lost, cut short, or its page was gone."""
    gone = exchange.fate not in {"delivered", "answered_instead"} or _page_gave_way(history, exchange)
    return exchange.granted and gone


def _page_gave_way(history: History, exchange: Exchange) -> bool:
    """Tell whether the page that sent a refresh was being replaced, and the next one came without a word of a reply.

    What the proxy hands over then is dropped by the browser, cookies too.
    """
    pages = (e for e in history.exchanges if e.role == "page" and e.tab == exchange.tab)
    meanwhile = (p for p in pages if not over_before(p, exchange) and not over_before(exchange, p))
    if not any(meanwhile):
        return False
    told = [e for e in history.page_events if e.tab == exchange.tab and _is_about(e, exchange)]
    sent = _places_of_sending(history, exchange, told)
    after = told[sent[exchange.id] + 1 :] if sent else []
    return next((e.name for e in after if e.name != "request_sent"), "") == "pageshow"


def _is_about(event: PageEvent, exchange: Exchange) -> bool:
    """Tell whether a page's word is about requests to the path of an exchange, or says that there is a new page."""
    return event.name == "pageshow" or event.detail == exchange.path.partition("?")[0]


def _places_of_sending(history: History, exchange: Exchange, told: list[PageEvent]) -> dict[int, int]:
    """Return where in its words a tab sent each of its refreshes, by id; nothing where one never came to the proxy."""
    sent = [place for place, event in enumerate(told) if event.name == "request_sent"]
    came = [e.id for e in history.refreshes if e.tab == exchange.tab]
    return dict(zip(came, sent, strict=True)) if len(sent) == len(came) else {}


def reached_nobody(history: History, exchange: Exchange) -> bool:
    """Tell whether a reply went unheard through no doing of the client's: the network lost it, or a person left."""
    return unheard(history, exchange) and (exchange.fate in {"lost", "cut_short"} or _left_meanwhile(history, exchange))


def _left_meanwhile(history: History, exchange: Exchange) -> bool:
    """Tell whether a person closed or reloaded the tab of an exchange before that was over."""
    left = [e.at for e in history.page_events if e.tab == exchange.tab and e.name in {"closed", "reloaded"}]
    return any(exchange.at <= at and (exchange.ended is None or at <= exchange.ended) for at in left)


def is_page(exchange: Exchange) -> bool:
    """Tell whether the server answered with a page where an API answers with data."""
    return exchange.status is not None and exchange.status < 300 and exchange.media == "text/html"


def brought_tokens(exchange: Exchange) -> bool:
    """Tell whether an exchange handed new tokens to a tab."""
    return exchange.fate == "delivered" and bool(exchange.access_issued or exchange.refresh_issued)


def over_before(first: Exchange, second: Exchange) -> bool:
    """Tell whether the first exchange was over when the second began."""
    return first.ended is not None and first.ended <= second.at


def page_of(exchange: Exchange) -> tuple[str, int]:
    """Return the page that sent a request: its tab, and which of the tab's documents."""
    return exchange.tab, exchange.document


def sent_at_once(history: History, first: Exchange, second: Exchange) -> bool:
    """Tell whether one page sent a refresh before it had the reply to another.

    The wire shows it where they overlap there. Where they do not, the page's own word counts: on a busy machine a
    request may come to the proxy after the reply to another one, although both were sent in the same moment.
    """
    if page_of(first) != page_of(second):
        return False
    return not over_before(first, second) or _unanswered_between(history, first, second)


def _unanswered_between(history: History, first: Exchange, second: Exchange) -> bool:
    """Tell whether the page told of no reply to a refresh between sending these two."""
    told = [e for e in history.page_events if e.tab == first.tab and _is_about(e, first)]
    sent = _places_of_sending(history, first, told)
    between = told[sent[first.id] : sent[second.id]] if sent else []
    return bool(sent) and all(event.name != "request_settled" for event in between)


def tabs_out(history: History) -> list[str]:
    """Return the tabs that looked signed out to the oracle at any time."""
    return sorted({look.tab for look in history.looks if "signed_out" in {look.looks, look.then}})


def tabs_lost(history: History, breach: Breach) -> list[str]:
    """Return the tabs that looked signed out, unless the breach is about a session that had to end."""
    return [] if breach.outcome in _OF_AN_END else tabs_out(history)


def before_oracle(history: History) -> int:
    """Return the place in the order at which a lost act was given up, or else the oracle's first look."""
    ends = [e.seq for e in history.page_events if e.name == "act_unserved"] or [look.seq for look in history.looks]
    return min(ends, default=len(history.events) + 1)


def failed_writes(history: History) -> list[PageEvent]:
    """Return what the recorder told of writes to storage that failed, or of pages without any storage."""
    return [e for e in history.page_events if e.name in {"idb_aborted", "storage_threw"} or has_no_storage(e)]


def has_no_storage(event: PageEvent) -> bool:
    """Tell whether a page has found no place to write anything down."""
    return event.name == "lacks" and {"indexedDB", "localStorage"} <= {*event.detail.split()}


def successor_had(history: History, later: Exchange) -> Exchange | None:
    """Return the refresh that had brought this tab the successor of the token that it presents again."""
    for earlier in history.refreshes:
        same = earlier.refresh_used == later.refresh_used != "" and earlier.tab == later.tab
        rotated = earlier.refresh_issued not in {"", earlier.refresh_used}
        had = brought_tokens(earlier) and over_before(earlier, later) and not sent_at_once(history, earlier, later)
        if same and rotated and had and not unheard(history, earlier):
            return earlier
    return None


def write_failed_between(history: History, earlier: Exchange, later: Exchange) -> bool:
    """Tell whether the tab could not write something down between two of its exchanges."""
    start = earlier.answered or earlier.at
    return any(e.tab == later.tab and start <= e.at <= later.at for e in failed_writes(history))


def owners(history: History) -> dict[str, str]:
    """Return whose each token is: a user's from the sign-in on, and from token to token through refreshes."""
    owner: dict[str, str] = {}
    for exchange in history.exchanges:
        whose = exchange.carries if exchange.role == "sign_in" else owner.get(exchange.refresh_used, "")
        if whose and exchange.role in {"sign_in", "refresh"}:
            owner |= {label: whose for label in (exchange.access_issued, exchange.refresh_issued) if label}
    return owner


def needless_refreshes(history: History) -> Iterator[tuple[Exchange, Exchange]]:
    """Yield each refresh of a token pair that was still good, with the exchange that had brought the pair.

    Good means: the same document got it, no request with its access token was refused, and the server's
    clock was not near that token's end. A new document may have to refresh, since memory does not survive.
    """
    for refresh in history.refreshes:
        pair = _pair_in_use(history, refresh)
        if pair is None or pair.access_expires is None:
            continue
        ending = refresh.server_time >= pair.access_expires - BUFFER_S
        if not ending and not _access_refused(history, pair.access_issued, refresh):
            yield refresh, pair


def _pair_in_use(history: History, refresh: Exchange) -> Exchange | None:
    got = [
        e
        for e in history.exchanges
        if brought_tokens(e) and over_before(e, refresh) and (e.tab, e.document) == (refresh.tab, refresh.document)
    ]
    return got[-1] if got else None


def _access_refused(history: History, label: str, before: Exchange) -> bool:
    return any(e.access_used == label and e.shown == 401 and e.at < before.at for e in history.exchanges)
