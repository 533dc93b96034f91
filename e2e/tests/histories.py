"""Writes histories by hand, for tests of whoever reads them: one call an event."""

from typing import Any, Literal

import msgspec

from nologout.model.history import (
    THIEF,
    AnyEvent,
    Exchange,
    FaultEffect,
    History,
    Look,
    PageEvent,
    ServerSaid,
    ServerSession,
    StepBegan,
)

LIFETIME_S = 3600


def history(*events: AnyEvent) -> History:
    """Return a history of these events, numbered in their order."""
    return History(tuple(msgspec.structs.replace(event, seq=seq) for seq, event in enumerate(events, 1)))


def exchange(number: int, tab: str = "a", **given: Any) -> Exchange:  # noqa: ANN401 - any field of an exchange
    """Return an exchange; unless told otherwise it arrives in second `number`, takes 0.1 s and is answered 200."""
    at = given.pop("at", float(number))
    status = given.pop("status", None if given.get("fate") in {"answered_instead", "refused_at_door"} else 200)
    arrived = given.get("fate", "delivered") in {"delivered", "answered_instead"}
    filled = {
        "method": "GET",
        "path": "/api/items/",
        "role": "api",
        "fate": "delivered",
        "shown": status if arrived else None,
        "ended": at + 0.1,
        "server_time": at,
        "document": 1,
    }
    return Exchange(at=at, id=number, tab=tab, status=status, **{**filled, **given})


def refresh(number: int, tab: str = "a", used: str = "R1", issued: str = "", **given: Any) -> Exchange:  # noqa: ANN401 - likewise
    """Return a refresh; one that issues `R2` issues `A2` too, good for an hour of the server's clock."""
    at = given.get("at", float(number))
    pair = {"access_issued": f"A{issued[1:]}", "access_expires": at + LIFETIME_S} if issued else {}
    wire = {"method": "POST", "path": "/api/token/refresh/", "role": "refresh"}
    return exchange(number, tab, **{**wire, **pair, "refresh_used": used, "refresh_issued": issued, **given})


def sign_in(number: int = 1, tab: str = "a", **given: Any) -> Exchange:  # noqa: ANN401 - likewise
    """Return a sign-in that brings R1 and A1."""
    return refresh(number, tab, **{"used": "", "issued": "R1", "role": "sign_in", "path": "/api/token/", **given})


def load(number: int, tab: str = "a", document: int = 1, **given: Any) -> Exchange:  # noqa: ANN401 - likewise
    """Return the arrival of a page in a tab; the next document of the tab is a reload."""
    return exchange(number, tab, **{"path": "/", "role": "page", "document": document, **given})


def sign_out(number: int, tab: str = "a", **given: Any) -> Exchange:  # noqa: ANN401 - likewise
    """Return a sign-out."""
    return exchange(number, tab, **{"method": "POST", "path": "/api/logout/", "role": "sign_out", **given})


def barred(number: int, tab: str = "a", status: int = 503, **given: Any) -> Exchange:  # noqa: ANN401 - likewise
    """Return a refresh that something between browser and server answers with a status."""
    return refresh(number, tab, **{"fate": "answered_instead", "shown": status, **given})


def stolen(number: int, used: str = "R1", **given: Any) -> Exchange:  # noqa: ANN401 - likewise
    """Return a thief's refresh; where nothing else is given the server refuses it."""
    return refresh(number, THIEF, used, **{"status": 401, "document": 0, **given})


def look(tab: str = "a", looks: str = "signed_in", **given: Any) -> Look:  # noqa: ANN401 - any field of a look
    """Return what the oracle saw of a tab; where nothing else is given, a person who is signed in and served."""
    probe = "served" if looks == "signed_in" else "not_tried"
    return Look(tab=tab, **{"looks": looks, "then": looks, "probe": probe, "phase": "settled", **given})


def fine(*tabs: str) -> tuple[Look, ...]:
    """Return the looks of tabs that are signed in before and after a reload."""
    return tuple(look(tab, phase=phase) for phase in ("settled", "reloaded") for tab in tabs or ("a",))


def out(*tabs: str) -> tuple[Look, ...]:
    """Return the looks of tabs that are signed out before and after a reload."""
    return tuple(look(tab, "signed_out", phase=phase) for phase in ("settled", "reloaded") for tab in tabs or ("a",))


def ended(tab: str = "a", looks: str = "signed_out", **given: Any) -> Look:  # noqa: ANN401 - likewise
    """Return what a step saw that waited for the end of a tab's session."""
    return look(tab, looks, **{"phase": "ended", "probe": "not_tried", **given})


def said(*sessions: Literal["alive", "dead"]) -> ServerSaid:
    """Return the server's word on the sessions of the user."""
    return ServerSaid(sessions=tuple(ServerSession(f"sid{n}", word == "alive") for n, word in enumerate(sessions)))


def told(name: str, detail: str = "", tab: str = "a") -> PageEvent:
    """Return something a page told."""
    return PageEvent(tab=tab, name=name, detail=detail)


def unserved(tab: str = "a") -> PageEvent:
    """Return the word of a step that nothing came of what it had done in a tab."""
    return told("act_unserved", "8 s after the click nothing had been served", tab)


def step(text: str, at: float = 0.0, *, ends: bool = False) -> StepBegan:
    """Return the beginning of a step, in a second."""
    return StepBegan(index=0, text=text, at=at, ends=ends)


def effect(seen: str = "it was seen", fault: str = "lost_response") -> FaultEffect:
    """Return a witness's word on a fault."""
    return FaultEffect(fault=fault, effect=seen)
