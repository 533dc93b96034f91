"""The words in which clients report that somebody was signed out against their will, and the signal of a report."""

from django.dispatch import Signal

# The reasons of token_family and of SimpleJWT, as clients pass them on, and `refused`, where there is none.
# Written out rather than imported: this app works without the other.
REASONS = (
    "absolute_expired",
    "bad_signature",
    "blacklisted",
    "expired",
    "family_unknown",
    "logged_out",
    "malformed",
    "missing",
    "no_active_account",
    "other_session",
    "password_changed",
    "refused",
    "reuse_detected",
    "revoked_reuse",
    "token_not_valid",
    "user_inactive",
    "user_not_found",
    "wrong_type",
)
OTHER = "other"

# Sent with the keyword `reason`, one of the words above, for each report that was taken.
forced_logout_reported = Signal()


def kept(reason: object) -> str:
    """Return the word of the list that this is, or `other`; nothing else that a client sends is ever kept."""
    return next((word for word in REASONS if word == reason), OTHER)
