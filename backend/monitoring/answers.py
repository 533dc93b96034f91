"""What an answer says, in words that are fit for a log: no token, no cookie, no password."""

import re
from collections.abc import Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase

OK = "ok"
LONGEST_PATH = 200
LONGEST_SEGMENT = 40
WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
NOT_FOR_A_LOG = re.compile(r"[^A-Za-z0-9/_.<>:-]")

# Where the answer has no word of its own.
BY_STATUS = {400: "missing", 401: "unauthenticated", 403: "forbidden", 503: "unavailable"}


def reason_in(response: HttpResponseBase) -> str:
    """Return `ok`, or the stable word for why the answer is none; never its sentence, which is translated."""
    if response.status_code < 300:
        return OK
    data = getattr(response, "data", None)
    return _word_in(data) or BY_STATUS.get(response.status_code) or _error(response.status_code)


def path_for_log(request: HttpRequest) -> str:
    """Return the route that matched, which holds nothing a client sent; else the path, made harmless."""
    match = request.resolver_match
    path = f"/{match.route}" if match else request.path
    segments = (_harmless(segment) for segment in path.split("/"))
    return "/".join(segments)[:LONGEST_PATH]


def _word_in(data: object) -> str:
    """Look for `reason`, then `code`; then for the code that REST framework keeps with its sentence."""
    if not isinstance(data, Mapping):
        return ""
    found = (data.get("reason"), data.get("code"), getattr(data.get("detail"), "code", None))
    return next((str(word) for word in found if isinstance(word, str) and WORD.fullmatch(word)), "")


def _error(status: int) -> str:
    return "error" if status >= 500 else "refused"


def _harmless(segment: str) -> str:
    # Nothing readable is this long, and every token is.
    return "..." if len(segment) > LONGEST_SEGMENT else NOT_FOR_A_LOG.sub("?", segment)
