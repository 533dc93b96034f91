"""The answers that a request with a cookie can get before its session is looked at."""

from rest_framework import status
from rest_framework.exceptions import APIException

from token_family.reasons import NotTried, Reason

ANSWERS = {
    Reason.MISSING: (status.HTTP_401_UNAUTHORIZED, "This browser holds no session"),
    NotTried.OTHER_SESSION: (status.HTTP_409_CONFLICT, "Another session has begun in this browser"),
    NotTried.CROSS_ORIGIN: (status.HTTP_403_FORBIDDEN, "A page of another origin may not ask this"),
}


class NotTriedError(APIException):
    """Answers `{"detail", "code", "reason"}`; nothing was read from the database, and nothing changed.

    401 `missing`: no session is left in this browser. 409 `other_session`: another session is, and this one may
    not use it. 403 `cross_origin`: another site asks.
    """

    # What Django REST framework puts into WWW-Authenticate.
    auth_header = ""

    def __init__(self, reason: Reason | NotTried) -> None:
        self.reason = reason
        self.status_code, sentence = ANSWERS[reason]
        code = "token_not_valid" if reason is Reason.MISSING else str(reason)
        super().__init__({"detail": sentence, "code": code, "reason": str(reason)})
