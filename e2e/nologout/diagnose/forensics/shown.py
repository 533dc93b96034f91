"""What a black box shows of one session, as a history that the judge's causes can read: no more than it shows.

No token is in a box: a generation stands for its refresh token. What the server did is inferred where only one thing
can have happened; where two can have, nothing is said, and no cause that needs it finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from nologout.diagnose.forensics.black_box import Adopted, Refused, Renewed, Tokens, Transient, Unwritten
from nologout.diagnose.forensics.reasons import USED_UP, VAGUE
from nologout.model.history import ClockMoved, Exchange, History, Look, PageEvent

if TYPE_CHECKING:
    from nologout.diagnose.forensics.sessions import Request, Session
    from nologout.model.history import AnyEvent, Fate

_S = 1000
# A refresh is given up after 8 s; what was begun earlier than that is over.
TIMEOUT_MS = 10_000


def lost_session(session: Session, answer: Request | None) -> History:
    """Return the history of a session that ended on the answer to a refresh; none: without one."""
    tabs = tabs_of(session)
    # Where the server refused nothing, what other refreshes met is not what the client gave up for.
    granted = tuple(request for request in session.requests if _granted(request))
    told = session.requests if answer and is_refusal(answer) else (*granted, *filter(None, [answer]))
    lost = reply_lost_before(session, answer) if answer else None
    exchanges = [
        _exchange(session, request, tabs[request.tab], **(_served_in_vain(session, request) if request is lost else {}))
        for request in told
    ]
    failed = [
        PageEvent(at=event.at / _S, tab=tabs[event.tab], name="idb_aborted", detail="storage refused the new tokens")
        for event in _unwritten(session)
    ]
    return _history(*exchanges, *failed, *_sign_in_form(session, tabs))


def living_session(session: Session) -> History:
    """Return the history of a session that lives, for what its device's clock does to it."""
    exchanges = [_exchange(session, r, r.tab, **_expired_on_arrival(r)) for r in session.requests]
    offsets = [e.server_offset for e in session.events if isinstance(e, Renewed) and e.server_offset is not None]
    moves = [ClockMoved(browser_offset=-offset / _S, server_offset=0.0) for offset in offsets[-1:]]
    return _history(*exchanges, *moves)


def _sign_in_form(session: Session, tabs: dict[str, str]) -> list[Look]:
    end = session.end
    shown = {"looks": "signed_out", "then": "signed_out", "probe": "not_tried", "phase": "settled"}
    return [msgspec.convert({"kind": "look", "at": end.at / _S, "tab": tabs[end.tab], **shown}, Look)] if end else []


def _served_in_vain(session: Session, request: Request) -> dict[str, Any]:
    generation = request.attempt.generation if request.attempt else 0
    return {"fate": "lost", "status": 200, "shown": None, "refresh_issued": _label(session, generation + 1)}


def reply_lost_before(session: Session, refusal: Request) -> Request | None:
    """Return the refresh whose reply was lost, where nothing else explains why its token was refused later.

    The network may have lost the request instead, and the token may have expired meanwhile: then the refusal says
    nothing of the reply. So the device was online, the token is known not to have expired, and the refresh was over.
    """
    answer, attempt = refusal.answer, refusal.attempt
    if not isinstance(answer, Refused) or not attempt or answer.reason not in USED_UP:
        return None
    if session.strategy not in {"rotating", "cookie"} or (
        answer.reason in VAGUE and _may_have_expired(session, refusal)
    ):
        return None
    unheard = (r for r in session.refreshes if r.attempt and r.attempt.generation == attempt.generation)
    return next((r for r in unheard if r.number < refusal.number and _went_unheard(r, refusal)), None)


def oldest_honoured_ms(session: Session) -> float:
    """Return the greatest age at which the server granted a refresh token of this session."""
    ages = [
        r.at - session.born[r.attempt.generation]
        for r in session.refreshes
        if r.attempt and isinstance(r.answer, Tokens) and r.attempt.generation in session.born
    ]
    return max(ages, default=0.0)


def _may_have_expired(session: Session, refusal: Request) -> bool:
    """Tell whether a refused token may have been too old; it lives longer than two access tokens."""
    generation = refusal.attempt.generation if refusal.attempt else 0
    born = session.born.get(generation)
    if born is None:
        return True
    spans = [e.expires_at - e.at for e in session.events if isinstance(e, Renewed) and e.expires_at is not None]
    return refusal.at - born > max(2 * min(spans, default=0.0), oldest_honoured_ms(session))


def _went_unheard(request: Request, refusal: Request) -> bool:
    """Tell whether no answer came to a refresh that had left an online device, and that was over by the refusal's."""
    if not request.attempt or not request.attempt.online:
        return False
    if request.answer is None:
        return request.at + TIMEOUT_MS < refusal.at
    silent = isinstance(request.answer, Transient) and request.answer.status == 0 and request.answer.online
    return silent and request.answer.at <= refusal.at


def _exchange(session: Session, request: Request, tab: str, **inferred: Any) -> Exchange:  # noqa: ANN401 - fields
    """Return a request as an exchange; nothing but `inferred` goes beyond what its tab saw."""
    fate, status = _fate(request)
    over = request.over if request.over is not None else request.at + TIMEOUT_MS
    generation = request.attempt.generation if request.attempt else 0
    wire: dict[str, Any] = {
        "id": request.number,
        "seq": request.number,
        "tab": tab,
        "method": "POST",
        "path": "",
        "role": "refresh" if request.attempt else "sign_in",
        "at": request.at / _S,
        "answered": over / _S,
        "ended": over / _S,
        "server_time": (request.at + _offset(session, request.at)) / _S,
        "fate": fate,
        "status": status,
        "shown": getattr(request.answer, "status", 0) or (None if request.attempt else 200),
        "reason": getattr(request.answer, "reason", ""),
        "refresh_used": _label(session, generation) if request.attempt else "",
        **(_brought(session, request, generation + 1) if _granted(request) else {}),
    }
    return Exchange(**{**wire, **inferred})


def _fate(request: Request) -> tuple[Fate, int | None]:
    """Return what became of a request, and what the server itself is known to have answered."""
    if _granted(request):
        return "delivered", 200
    if request.answer is None:
        return "abandoned", None
    status = request.answer.status
    if status == 0:
        return "lost", None
    return ("delivered", status) if _is_servers(request) else ("answered_instead", None)


def _is_servers(request: Request) -> bool:
    """Tell whether an answer without tokens is the server's own word, as its tab took it."""
    return is_refusal(request) or (request.answer is not None and request.answer.status >= 500)


def is_refusal(request: Request) -> bool:
    """Tell whether the server itself said no."""
    in_passing = {408, 429}
    return isinstance(request.answer, Refused) and request.answer.status in {*range(400, 500)} - in_passing


def _granted(request: Request) -> bool:
    return request.attempt is None or isinstance(request.answer, Tokens)


def _brought(session: Session, request: Request, generation: int) -> dict[str, Any]:
    """Return the labels of what a request brought, with the end of a token that renews itself."""
    label = _label(session, generation)
    if session.strategy == "cookie":  # whatever a tab holds, the browser sends the newest
        return {"access_issued": _access(generation)}
    if session.strategy != "sliding":
        return {"access_issued": _access(generation), "refresh_issued": label}
    expires = request.brought.expires_at if request.brought else None
    ends = None if expires is None else (expires + _offset(session, request.at)) / _S
    return {"access_issued": label, "refresh_issued": label, "access_expires": ends}


def _expired_on_arrival(request: Request) -> dict[str, Any]:
    """Return the end of an access token that its tab took for expired when it came: its `exp`, read as it stands."""
    brought = request.brought
    if brought is None or brought.expires_at is None or brought.expires_at > brought.at:
        return {}
    return {"access_issued": _access(brought.generation), "access_expires": brought.expires_at / _S}


def _label(session: Session, generation: int) -> str:
    return "the refresh token" if session.strategy == "no_rotation" else f"generation {generation}"


def _access(generation: int) -> str:
    return f"the access token of generation {generation}"


def _offset(session: Session, at: float) -> float:
    """Return the server's clock minus the device's, as it was told last, in ms; 0 where nobody told."""
    told = (e for e in session.events if isinstance(e, (Renewed, Adopted)) and e.server_offset is not None)
    known = [(e.at, e.server_offset or 0.0) for e in told]
    return next((offset for when, offset in reversed(known) if when <= at), known[0][1] if known else 0.0)


def tabs_of(session: Session) -> dict[str, str]:
    """Return which tab each life of a page is of.

    A page that comes when another one, which could not write, has fallen silent counts as that tab's reload: it found
    in storage what was there before. Of all others that is not known, and each is a tab of its own.
    """
    first = {event.tab: event.at for event in reversed(session.events)}
    last = {event.tab: event.at for event in session.events}
    tabs = {tab: tab for tab in first}
    for event in _unwritten(session):
        tabs |= {tab: event.tab for tab, at in first.items() if at > last[event.tab]}
    return tabs


def _unwritten(session: Session) -> list[Unwritten]:
    """Return the failed writes since the last refresh that was granted: later ones mended those before."""
    granted = max((r.over or 0.0 for r in session.refreshes if _granted(r)), default=0.0)
    return [event for event in session.events if isinstance(event, Unwritten) and event.at >= granted]


def _history(*events: AnyEvent) -> History:
    return History(events=tuple(sorted(events, key=lambda event: event.at)))
