"""The stable words in which a refresh is answered, for clients, logs and tests."""

from enum import StrEnum


class Granted(StrEnum):
    """Why a refresh was granted."""

    ROTATED = "rotated"
    COALESCED = "coalesced"
    REPLAY_CONCURRENT = "replay_concurrent"
    REPLAY_LOST_RESPONSE = "replay_lost_response"
    DB_ROLLBACK = "db_rollback"
    NOT_ROTATED = "not_rotated"
    LEGACY_ADOPTED = "legacy_adopted"


# The token had been replaced, and was honoured.
REPLAYS = {Granted.REPLAY_CONCURRENT, Granted.REPLAY_LOST_RESPONSE}


class Reason(StrEnum):
    """Why a refresh was refused, for good: the session is over."""

    MISSING = "missing"
    MALFORMED = "malformed"
    BAD_SIGNATURE = "bad_signature"
    WRONG_TYPE = "wrong_type"
    EXPIRED = "expired"
    BLACKLISTED = "blacklisted"
    FAMILY_UNKNOWN = "family_unknown"
    NO_ACTIVE_ACCOUNT = "no_active_account"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a word on the wire, no password
    LOGGED_OUT = "logged_out"
    ABSOLUTE_EXPIRED = "absolute_expired"
    REUSE_DETECTED = "reuse_detected"
    REVOKED_REUSE = "revoked_reuse"


class Trouble(StrEnum):
    """Why a refresh could not be decided now; the session is not over."""

    CONTENTION = "contention"
    ERROR = "error"


class NotTried(StrEnum):
    """Why a request with a cookie may not be about the session that it asks for; no session is over."""

    OTHER_SESSION = "other_session"
    CROSS_ORIGIN = "cross_origin"


SENTENCES: dict[str, str] = {
    Reason.MALFORMED: "Token is malformed",
    Reason.BAD_SIGNATURE: "Token was not signed by this server for this use",
    Reason.WRONG_TYPE: "Token has wrong type",
    Reason.EXPIRED: "Token is expired",
    Reason.BLACKLISTED: "Token is blacklisted",
    Reason.FAMILY_UNKNOWN: "The session of this token is not known",
    Reason.NO_ACTIVE_ACCOUNT: "No active account found for the given token",
    Reason.PASSWORD_CHANGED: "The user's password has been changed",
    Reason.LOGGED_OUT: "The session was signed out",
    Reason.ABSOLUTE_EXPIRED: "The session has reached its greatest age",
    Reason.REUSE_DETECTED: "An old token of this session was used again, so the session was ended",
    Reason.REVOKED_REUSE: "The session was ended because an old token of it was used again",
    Trouble.CONTENTION: "The server is busy, try again",
    Trouble.ERROR: "The server could not reach its database, try again",
}


def sentence(reason: str) -> str:
    """Return the words for people, also for a reason that an administrator made up."""
    return SENTENCES.get(reason, "The session was ended")
