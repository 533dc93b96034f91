"""The explanation of a black box: whether a session lives, ended rightly, or was lost, and then by which cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from nologout.diagnose.forensics.black_box import Refused, Tokens, Transient
from nologout.diagnose.forensics.reasons import EXPIRED, MEANINGS, REUSE, RIGHT, USED_UP
from nologout.diagnose.forensics.sessions import Session, sessions
from nologout.diagnose.forensics.shown import (
    is_refusal,
    living_session,
    lost_session,
    oldest_honoured_ms,
    reply_lost_before,
    tabs_of,
)
from nologout.judge.causes import name_cause
from nologout.model.verdict import Breach, Finding

if TYPE_CHECKING:
    from nologout.diagnose.forensics.black_box import BlackBox, Ended
    from nologout.diagnose.forensics.sessions import Request

Verdict = Literal["lives", "ended", "lost", "unknown"]
_UNEXPLAINED = "unexplained"
# Of a session that lives nothing else can be seen in a box.
_OF_THE_LIVING = "judged_by_client_clock"
_LOG = "the server's log has the reason of each refusal, if it keeps one (`manage.py refresh_report` reads ours)"
# The server's settings are in no box.
_LIFETIME = "does a refresh token of this server live longer than that? Then the client presented an older one"


class Explanation(msgspec.Struct, frozen=True):
    """What a black box says of one session.

    `why` is one sentence for people. `inferred` says what the finding rests on beyond what was seen, and `look` where
    to look next when it cannot be told; both may be empty. `lives` with a finding: its client does something wrong.
    """

    verdict: Verdict
    why: str
    session: Session | None = None
    finding: Finding | None = None
    inferred: str = ""
    look: str = ""


def explain(box: BlackBox) -> Explanation:
    """Explain the last session that ended without its user's sign-out; if none did, the last one."""
    found = sessions(box)
    if not found:
        return Explanation("unknown", "no event in it tells of a session", look="export it in the browser that lost it")
    unwanted = [session for session in found if session.end and session.end.reason != "signed_out"]
    session = (unwanted or found)[-1]
    if session.end is None:
        return _living(session, box)
    return _ended(session, session.end)


def _living(session: Session, box: BlackBox) -> Explanation:
    if box.state and box.state.status == "signed-out":
        why = "the page shows nobody signed in, and no event tells why: what was stored is gone, or never was stored"
        return Explanation("unknown", why, session, look="did something clear the site's data, or forbid storage?")
    finding = name_cause(living_session(session), Breach("needless_refresh", "a token that was good was renewed"))
    if finding.cause == _OF_THE_LIVING and not session.muddled:
        return Explanation("lives", "the session lives, but its client trusts a wrong clock", session, finding)
    return Explanation("lives", f"the session lives{_trouble(session)}", session)


def _trouble(session: Session) -> str:
    """Return how many refreshes have brought nothing since the last that did, in words, if any."""
    vain = 0
    for request in session.refreshes:
        vain = 0 if isinstance(request.answer, Tokens) else vain + 1
    last = session.refreshes[-1].answer if session.refreshes else None
    if not vain or last is None:
        return ""
    said = f"was answered {last.status}" if isinstance(last, Transient) and last.status else "got no answer"
    return f", but {vain} refresh{'es' if vain > 1 else ''} in a row brought no tokens; the last {said}"


def _ended(session: Session, end: Ended) -> Explanation:
    answer = session.last_answer(end)
    told_by_server = answer is None or is_refusal(answer)
    if told_by_server and end.reason in RIGHT:
        return Explanation("ended", RIGHT[end.reason], session)
    doubt = _doubt(session, answer) or _other_fault(end, answer)
    if doubt:
        return _unknown(session, doubt)
    finding = name_cause(lost_session(session, answer), Breach("fatal_logout", f"the session ended ({end.reason})"))
    if finding.cause != _UNEXPLAINED:
        why = f"tab {end.tab} showed the end of the session ({end.reason}), which should have gone on"
        return Explanation("lost", why, session, finding, inferred=_inferred(session, answer))
    if end.reason == EXPIRED and answer:
        return _expired(session, answer)
    if end.reason in REUSE and answer:
        return _copied(session, answer)
    return _unknown(session, _not_seen(end, answer))


def _inferred(session: Session, answer: Request | None) -> str:
    lost = reply_lost_before(session, answer) if answer else None
    if lost is None or answer is None:
        return ""
    return (
        f"that the server rotated at #{lost.number}: no answer came to it, and the same token was refused at "
        f"#{answer.number}, too early to have expired"
    )


def _doubt(session: Session, answer: Request | None) -> str:
    """Return why the order or the origin of what was seen is not known, if so."""
    if session.muddled:
        return "the device's clock was set back meanwhile, or events are missing, so what came first is not known"
    if answer is None or answer.attempt is None:
        return ""
    came = next(event.at for event in session.events if event.tab == answer.tab)
    tabs = tabs_of(session)
    for earlier in session.refreshes:
        same = earlier.attempt and earlier.attempt.generation == answer.attempt.generation
        used_up = isinstance(earlier.answer, Tokens) and earlier.answer.at < came
        if same and used_up and tabs[earlier.tab] != tabs[answer.tab] and session.strategy == "rotating":
            return (
                f"tab {answer.tab} came after generation {answer.attempt.generation} had been replaced "
                f"(#{earlier.number}), and found it in storage all the same"
            )
    return ""


def _other_fault(end: Ended, answer: Request | None) -> str:
    """Return what the server found wrong, where that is not the token's age or use, or nothing."""
    if answer is None or not is_refusal(answer) or end.reason in {*USED_UP, *REUSE, EXPIRED}:
        return ""
    return _not_seen(end, answer)


def _expired(session: Session, answer: Request) -> Explanation:
    """Explain an end by age; a token that was younger than one that was honoured cannot have been that token."""
    generation = answer.attempt.generation if answer.attempt else 0
    if max(session.born, default=generation) > generation:
        return _unknown(session, f"generation {generation} was refused as expired, and had been replaced before")
    born = session.born.get(generation)
    if born is None:
        return Explanation("ended", "its refresh token had expired", session, look=_LIFETIME)
    if answer.at - born < oldest_honoured_ms(session):
        why = f"generation {generation} was refused as expired, younger than one that was honoured before"
        return _unknown(session, why)
    why = f"its refresh token had expired: nobody had renewed it for {_span(answer.at - born)}"
    return Explanation("ended", why, session, look=_LIFETIME)


def _copied(session: Session, answer: Request) -> Explanation:
    """Explain an end for an old token's sake: none of these tabs used one, or else it cannot be told who did."""
    generation = answer.attempt.generation if answer.attempt else 0
    if not session.is_whole:
        return _unknown(session, "the box does not go back to the sign-in, so who used an old token is not seen")
    if generation < max(session.born, default=generation) or any(
        _came_to_nothing(session, r) for r in session.refreshes
    ):
        return _unknown(session, "these tabs may have used an old token themselves")
    why = "an old token of it had been used, and by none of these tabs: somebody else had a copy"
    return Explanation("ended", why, session)


def _came_to_nothing(session: Session, refresh: Request) -> bool:
    """Tell whether a refresh got no answer, and no later one with the same token was granted."""
    if isinstance(refresh.answer, (Tokens, Refused)):
        return False
    later = session.refreshes[session.refreshes.index(refresh) + 1 :]
    same = (r for r in later if r.attempt and refresh.attempt and r.attempt.generation == refresh.attempt.generation)
    return not any(isinstance(r.answer, Tokens) for r in same)


def _not_seen(end: Ended, answer: Request | None) -> str:
    if answer is None:
        return f"no answer of the server's stands before its end ({end.reason})"
    if not is_refusal(answer) or end.reason not in MEANINGS:
        return f"#{answer.number} was refused ({end.reason}), and nologout does not know that word"
    return f"#{answer.number} was refused ({end.reason}): {MEANINGS[end.reason]}"


def _unknown(session: Session, why: str) -> Explanation:
    return Explanation("unknown", why, session, look=_LOG)


def _span(ms: float) -> str:
    minutes = round(ms / 60_000)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"
