"""Reads a short JSON object from whoever sends it: what is longer is not read, and what is none is a 4xx."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import IO, Any

from rest_framework.exceptions import APIException
from rest_framework.parsers import BaseParser

LONGEST = 1024


class NotShortError(APIException):
    """Answers 413 `{"detail", "code": "too_long"}`."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self) -> None:
        super().__init__({"detail": f"The body is longer than {LONGEST} bytes.", "code": "too_long"})


class NoReportError(APIException):
    """Answers 400 `{"detail", "code": "no_report"}`."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self) -> None:
        super().__init__({"detail": 'The body is no JSON object with a "reason".', "code": "no_report"})


class SmallJSONParser(BaseParser):
    """Reads what `fetch` sends, and `navigator.sendBeacon` from a Blob of this type."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the object; raise NotShortError before a long body is read, NoReportError if it is none."""
        del media_type
        declared = parser_context["request"].META.get("CONTENT_LENGTH") if parser_context else None
        if int(declared or 0) > LONGEST:
            raise NotShortError
        return _object_in(_bounded(stream))


class SmallTextParser(SmallJSONParser):
    """Reads what `navigator.sendBeacon` makes of a text: JSON all the same."""

    media_type = "text/plain"


def _bounded(stream: IO[bytes]) -> bytes:
    try:
        content = stream.read(LONGEST + 1)
    except OSError as error:  # the client has gone
        raise NoReportError from error
    if len(content) > LONGEST:
        raise NotShortError
    return content


def _object_in(content: bytes) -> dict[str, Any]:
    try:
        read = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoReportError from error
    if not isinstance(read, dict):
        raise NoReportError
    return read
