"""The words in which a session ends: which are right, and what the others mean."""

from __future__ import annotations

# The user's own act, or the server's plain word for something that somebody did or decided.
RIGHT = {
    "signed_out": "its user signed out",
    "logged_out": "it had been signed out at the server",
    "password_changed": "the password had been changed",
    "no_active_account": "the account is not active",
    "user_inactive": "the account is not active",
    "refused": "the account is not active",
    "user_not_found": "the account no longer exists",
    "absolute_expired": "it had reached the greatest age that the server allows",
    "other_session": "somebody had signed in beside it in the same browser",
}
EXPIRED = "expired"
# An old token of the session came back: to this answer, or to one before that somebody else got.
REUSE = frozenset({"reuse_detected", "revoked_reuse"})
# The refresh token is used up, or expired, or ended: SimpleJWT says the same of all.
USED_UP = frozenset({"token_not_valid", "blacklisted", "reuse_detected"})
# SimpleJWT's word for an expired token too.
VAGUE = frozenset({"token_not_valid"})

MEANINGS = {
    "token_not_valid": "SimpleJWT says so of a token that was used up, has expired, or was blacklisted",
    "blacklisted": "the refresh token had been used up, or blacklisted",
    "reuse_detected": "an old token of this session had been used again",
    "revoked_reuse": "the session had been ended because an old token of it was used again",
    "expired": "the refresh token had expired",
    "family_unknown": "the server does not know the session: another database, or its row was deleted",
    "bad_signature": "another key signed the token: the server's key was changed, or the token was spoilt",
    "malformed": "what came was no token: it was spoilt in storage or on its way",
    "wrong_type": "another kind of token was sent than a refresh token",
    "missing": "no refresh token came: its cookie was deleted, or never stored",
}
