"""What a refresh token costs its user that is presented twice: after a lost reply, by two tabs, by a retry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.diagnose.finding import ROTATION_OFF, Finding, duration

if TYPE_CHECKING:
    from nologout.diagnose.observed import Observed

GRACE = (
    "a grace period: answer the token before the newest with the same successor again "
    "(`token_family` does: 30 s, and later too, a few times in a row)"
)
LOCK = "one refresh at a time in all tabs (Web Locks), and a record that the lock orders; then read it, not refresh"
# A reply is lost, the page waits its time-out or is loaded anew, and asks again.
_RETRY_S = 10


def lost_reply_ends_session(observed: Observed) -> Finding | None:
    """A token that was used, and whose reply never arrived, is refused: the browser has no other."""
    lost = observed.replays[0] if observed.replays else None
    if not observed.rotates or lost is None or lost.granted or not lost.reply.refuses or observed.newest_lives is False:
        return None
    return Finding(
        name="lost_reply_ends_session",
        cause=3,
        gravity="logs out",
        basis="measured",
        title="The server needs a grace window: a lost reply ends the session",
        evidence=f"a refresh was answered 200 and its reply thrown away; the retry with the same token: {lost.reply}",
        server=GRACE,
        front_end="cannot mend it: the only good token was in the lost reply. Fewer are lost with `keepalive: true`, "
        "and if no refresh is aborted",
        quick_fix=ROTATION_OFF,
    )


def retry_ends_every_tab(observed: Observed) -> Finding | None:
    """The first replay of a used token revokes the newest one too: a retry is taken for a theft."""
    lost = observed.replays[-1] if observed.replays else None
    if not observed.rotates or lost is None or not lost.reply.refuses or observed.newest_lives is not False:
        return None
    return Finding(
        name="retry_ends_every_tab",
        cause=3,
        gravity="logs out",
        basis="measured",
        title="A retry is taken for a theft: it ends the session in every tab",
        evidence=f"a used token, again {duration(lost.age_s)} after its use: {lost.reply}; "
        "then the newest token was refused too",
        server=f"{GRACE}; end the session only for tokens two or more generations old",
        front_end=LOCK,
        quick_fix=ROTATION_OFF,
    )


def grace_too_short(observed: Observed) -> Finding | None:
    """A used token is answered at once, but not a moment later: a lost reply and a short sleep end the session."""
    held = [attempt.age_s for attempt in observed.replays if attempt.granted]
    refused = next((attempt for attempt in observed.replays if not attempt.granted and attempt.reply.refuses), None)
    if not observed.rotates or not held or refused is None or observed.newest_lives is False:
        return None
    return Finding(
        name="grace_too_short",
        cause=3,
        gravity="logs out" if max(held) < _RETRY_S else "risk",
        basis="measured",
        title="The grace window is short: a lost reply and a pause end the session",
        evidence=f"a used token was answered {duration(max(held))} after its use, "
        f"and refused {duration(refused.age_s)} after: {refused.reply}",
        server=f"longer than the client's time-out and a reload: 30 s or more. {GRACE}",
        front_end="retry a refresh without a pause, and give it a time-out far below the window",
        quick_fix=ROTATION_OFF,
    )


def second_tab_is_refused(observed: Observed) -> Finding | None:
    """Of two refreshes with one token one is refused, at once or when it comes a moment later."""
    lost = observed.replays[0] if observed.replays else None
    racing = sum(any(400 <= status < 500 for status in race.statuses) for race in observed.races)
    late = lost is not None and not lost.granted and lost.reply.refuses
    if not observed.rotates or not observed.races or not (racing or late):
        return None
    after = f"; one that came after the other: {lost.reply}" if lost and late else ""
    return Finding(
        name="second_tab_is_refused",
        cause=2,
        gravity="logs out",
        basis="measured",
        title="Two tabs that refresh with one token: the second is refused",
        evidence=f"two refreshes at once, {_rounds(observed)}: {_statuses(observed)}{after}",
        server=GRACE,
        front_end=LOCK,
        quick_fix=ROTATION_OFF,
    )


def race_forks_session(observed: Observed) -> Finding | None:
    """Two refreshes at once bring two different successors: tabs go on with sessions of their own."""
    forked = [race for race in observed.races if race.successors > 1]
    if not observed.rotates or not forked:
        return None
    return Finding(
        name="race_forks_session",
        cause=2,
        gravity="risk",
        basis="measured",
        title="A race forks the session: one sign-in becomes two living sessions",
        evidence=f"{len(forked)} of {_rounds(observed)} brought two different refresh tokens for one; "
        "a sign-out ends one of them",
        server="one statement that rotates only what nobody has rotated yet; whoever is second gets the same successor",
        front_end=LOCK,
        quick_fix=ROTATION_OFF,
    )


def used_token_breaks_server(observed: Observed) -> Finding | None:
    """A race or a replay is answered with a server error."""
    statuses = [status for race in observed.races for status in race.statuses if status >= 500]
    statuses += [attempt.reply.status for attempt in observed.replays if attempt.reply.status >= 500]
    if not statuses:
        return None
    return Finding(
        name="used_token_breaks_server",
        cause=2,
        gravity="risk",
        basis="measured",
        title="A token that is presented twice breaks the server",
        evidence=f"{len(statuses)} answers of {', '.join(map(str, sorted(set(statuses))))}: {_statuses(observed)}",
        server="answer trouble with 503 and Retry-After; SimpleJWT under ATOMIC_REQUESTS answers 500 to races",
        front_end="take 5xx for trouble: wait and retry, and sign nobody out",
        quick_fix=ROTATION_OFF,
    )


def refresh_works_once(observed: Observed) -> Finding | None:
    """A refresh uses its token up, and brings no other: the second refresh is refused."""
    again = observed.replays[0] if observed.replays else None
    if observed.rotates is not False or again is None or again.granted or not again.reply.refuses:
        return None
    return Finding(
        name="refresh_works_once",
        cause=1,
        gravity="logs out",
        basis="measured",
        title="A refresh token works once, and no other comes",
        evidence=f"a refresh brought no new refresh token; the next one with the old: {again.reply}",
        server="send the new refresh token with the access token, or use none up",
        front_end="cannot mend it",
    )


def replay_ends_other_sessions(observed: Observed) -> Finding | None:
    """A used token that comes back ends the user's sessions on other devices too."""
    if not observed.others_ended:
        return None
    honest = bool(observed.replays) and not observed.replays[0].granted
    return Finding(
        name="replay_ends_other_sessions",
        cause=3,
        gravity="logs out" if honest else "risk",
        basis="measured",
        title="A used token that comes back signs the user out on every device",
        evidence="after used tokens were presented in one session, another session of the user's was refused",
        server=f"end the one session, not all of the user's; and {GRACE}",
        front_end=LOCK,
        quick_fix=ROTATION_OFF,
    )


def sign_in_ends_other_sessions(observed: Observed) -> Finding | None:
    """A second sign-in ends the first: a telephone signs the computer out."""
    if not observed.sign_in_ended_others:
        return None
    return Finding(
        name="sign_in_ends_other_sessions",
        cause=0,
        gravity="logs out",
        basis="measured",
        title="A sign-in on another device ends the session",
        evidence="after a second sign-in the first session's refresh was refused",
        server="let a user have several sessions, if this is not meant",
        front_end="say so where the session ends, and keep what was being typed",
    )


RULES = (
    lost_reply_ends_session,
    retry_ends_every_tab,
    refresh_works_once,
    second_tab_is_refused,
    grace_too_short,
    race_forks_session,
    replay_ends_other_sessions,
    sign_in_ends_other_sessions,
    used_token_breaks_server,
)


def _rounds(observed: Observed) -> str:
    return f"{len(observed.races)} round{'s' if len(observed.races) > 1 else ''}"


def _statuses(observed: Observed) -> str:
    return ", ".join("+".join(map(str, race.statuses)) for race in observed.races)
