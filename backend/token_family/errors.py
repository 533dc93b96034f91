"""The ways a refresh can fail, drawn as a tree.

APIException (Django REST framework)
├── InvalidToken (SimpleJWT)
│   └── RefusedError   401: the session is over, for a named reason
└── ServerBusyError    503: the session is not over, try again
TokenError (SimpleJWT)
└── NamedTokenError    a token that does not hold, with its reason
"""

from collections.abc import Iterator
from contextlib import contextmanager

import jwt
from django.db import Error as DatabaseTrouble
from django.db import OperationalError
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError

from token_family.reasons import Reason, Trouble, sentence

NOT_OURS = (
    jwt.InvalidSignatureError,
    jwt.InvalidAlgorithmError,
    jwt.InvalidAudienceError,
    jwt.InvalidIssuerError,
)


class NamedTokenError(TokenError):
    """A token does not hold; `reason` is the word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(sentence(reason))
        self.reason = reason


class RefusedError(InvalidToken):
    """Answers 401 `{"detail", "code": "token_not_valid", "reason"}`."""

    def __init__(self, reason: str) -> None:
        super().__init__({"detail": sentence(reason), "reason": str(reason)})
        self.reason = reason


class ServerBusyError(APIException):
    """Answers 503 `{"detail", "code": "try_again", "reason"}` with Retry-After."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    wait = 1  # seconds; Django REST framework sends it as Retry-After

    def __init__(self, trouble: Trouble) -> None:
        super().__init__({"detail": sentence(trouble), "code": "try_again", "reason": str(trouble)})
        self.reason = trouble


def reason_of(error: TokenError) -> str:
    """Return the word for a token that did not verify, read from what SimpleJWT and PyJWT raised."""
    if isinstance(error, NamedTokenError):
        return error.reason
    # SimpleJWT 5.4 names no cause, but raises while it handles one; nor has it an error for expiry.
    from_backend = error.__cause__ or error.__context__
    from_pyjwt = from_backend.__cause__ if from_backend else None
    if isinstance(from_pyjwt, jwt.ExpiredSignatureError):
        return Reason.EXPIRED
    return Reason.BAD_SIGNATURE if isinstance(from_pyjwt, NOT_OURS) else Reason.MALFORMED


@contextmanager
def answered_by_name() -> Iterator[None]:
    """Turn a token that does not hold into a refusal, and a database's trouble into "try again"."""
    try:
        yield
    except TokenError as error:
        raise RefusedError(reason_of(error)) from error
    except OperationalError as error:
        raise ServerBusyError(Trouble.CONTENTION) from error
    except DatabaseTrouble as error:
        raise ServerBusyError(Trouble.ERROR) from error
