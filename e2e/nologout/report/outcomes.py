"""Outcomes as a user meets them: what they see, and what should have been."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nologout.model.verdict import Outcome


class Met(NamedTuple):
    """An outcome's title, what a user sees of it, and what should have been instead."""

    title: str
    sees: str
    should: str


_STAYS = "The user stays signed in, in every tab, also after a reload, and what they do is done."
_ENDS = "The session has ended for everybody, in every tab, and at the server."

OUTCOMES: dict[Outcome, Met] = {
    "fatal_logout": Met(
        "Users are signed out",
        "They did nothing wrong, and have to sign in again; what they were doing may be lost.",
        _STAYS,
    ),
    "recoverable_false_logout": Met(
        "Users look signed out for a while",
        "The page shows the sign-in form although the session lives: later, or after a reload, it is back.",
        _STAYS,
    ),
    "zombie": Met(
        "The page looks signed in and nothing works",
        "It shows the user as signed in, and whatever they do is refused.",
        _STAYS,
    ),
    "blank": Met("The page shows nothing of use", "It shows neither the app nor a sign-in form.", _STAYS),
    "refresh_storm": Met(
        "A tab refreshes again and again",
        "At first nothing; the server is flooded, and may throttle or bar them.",
        "One refresh is enough.",
    ),
    "forked_session": Met(
        "One refresh token got two successors",
        "At first nothing; sooner or later one of their tabs is signed out.",
        "One refresh token has one successor, whoever asks.",
    ),
    "needless_refresh": Met(
        "A good token is thrown away",
        "At first nothing; each needless refresh is one more that can go wrong.",
        "Tokens that are still good are used.",
    ),
    "lost_request": Met("What a user did is lost", "They clicked, and it was never done.", _STAYS),
    "impatient": Met(
        "The app does not wait as it was told",
        "Errors, for longer than need be: the server's limit is hit again and again.",
        "The app asks again when the server's Retry-After is over, not before.",
    ),
    "leak": Met(
        "Something of one user reaches another",
        "What one user did is done as another, or is shown to them.",
        "Nothing of one user's is ever sent as another's.",
    ),
    "still_signed_in": Met("A session that must end goes on", "A tab goes on as if nothing had happened.", _ENDS),
    "thief_served": Met(
        "A stolen token works",
        "Nothing: somebody else goes on in their account.",
        "A used token that comes back ends the whole session: its owner signs in again, and the thief is out.",
    ),
    "no_reason": Met(
        "Users are signed out without a reason",
        "The sign-in form, and no word why they must sign in again.",
        "The page says that the session has ended, and why.",
    ),
    "elsewhere": Met(
        "Users end up somewhere else",
        "They followed a link, and are not where it leads.",
        "Whoever signs in, or is still signed in, stays at the address that was asked for.",
    ),
    "session_left_alive": Met(
        "A signed-out session lives on at the server",
        "Nothing: they look signed out, and their tokens are still good.",
        _ENDS,
    ),
}
_ANY = Met("A session is not kept as it should be", "See below.", _STAYS)


def met(outcome: Outcome) -> Met:
    """Return an outcome in a user's words."""
    return OUTCOMES.get(outcome, _ANY)
