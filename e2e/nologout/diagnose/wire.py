"""Speaks HTTP with the API: no redirects, no retries, no cookie jar, bounded in time, size and rate."""

from __future__ import annotations

import json
import re
import threading
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import urllib3

from nologout.diagnose.observed import Reply
from nologout.errors import Unwelcome
from nologout.targets.trust import UNKNOWN_ISSUER, distrust, trusting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from nologout.diagnose.observed import Kind

AGENT = "nologout-diagnose"
PATIENCE_S = 10.0
BETWEEN_S = 0.1
_MOST_BYTES = 1_000_000
_WORD = re.compile(r"[\w.:-]{1,60}")
_THROTTLING = ("ratelimit", "x-ratelimit", "retry-after")


class Answer(NamedTuple):
    """An answer as it came; `at` is when it was asked for (unix seconds), `took_s` how long it took."""

    status: int
    headers: urllib3.HTTPHeaderDict
    body: bytes
    at: float
    took_s: float

    def __repr__(self) -> str:
        return f"Answer({self.status})"

    @property
    def data(self) -> Any:  # noqa: ANN401 - JSON of any shape
        """Return the body as JSON, or None."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def reply(self) -> Reply:
        """Return the answer without anything secret."""
        location = urlsplit(self.headers.get("Location", ""))
        where = f"{location.scheme}://{location.netloc}" if location.netloc else ""
        return Reply(self.status, self._kind(), _code(self.data), f"{where}{location.path}")

    @property
    def date(self) -> float | None:
        """Return the Date header in unix seconds, or None."""
        try:
            return parsedate_to_datetime(self.headers.get("Date", "")).timestamp()
        except ValueError:
            return None

    def _kind(self) -> Kind:
        if not self.body.strip():
            return "empty"
        if self.data is not None:
            return "json"
        return "html" if self.body.lstrip()[:1] == b"<" else "other"


class Wire:
    """A connection to one origin.

    `basic` is the secret of HTTP Basic (base64), sent where no bearer token is. One request takes at most
    `patience_s` seconds; they are a tenth of a second apart, but for two that race.
    """

    def __init__(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        basic: str = "",
        ca_file: str = "",
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.url = url.rstrip("/")
        self.throttling: set[str] = set()
        self.requests = 0
        self._headers = {"User-Agent": AGENT, "Accept": "application/json", **(headers or {})}
        self._headers |= {"Authorization": f"Basic {basic}"} if basic else {}
        self._patience_s = patience_s
        timeout = urllib3.Timeout(total=patience_s)
        trust = trusting(ca_file) if self.url.startswith("https:") else None
        self._pool = urllib3.PoolManager(maxsize=2, retries=False, timeout=timeout, ssl_context=trust)
        self._free_at = 0.0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.clear()

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        *,
        now: bool = False,
    ) -> Answer:
        """Return the answer to a request, whatever its status; `now`: without a pause before it.

        Raises:
            Unwelcome: There was no whole answer in time, or the API asks to be left alone (429).
        """
        if not now:
            self._pause()
        at, since = time.time(), time.monotonic()
        try:
            answer = self._exchange(method, path, body, {**self._headers, **(headers or {})})
        except (urllib3.exceptions.HTTPError, OSError) as error:
            why = _why(error, self._patience_s)
            hint = "--ca-file FILE names a private authority's certificate (PEM)" if why == UNKNOWN_ISSUER else ""
            raise Unwelcome(f"{method} {path}: {why}", hint=hint) from error
        answer = answer._replace(at=at, took_s=time.monotonic() - since)
        self._note(answer)
        if answer.status == 429:
            wait = answer.headers.get("Retry-After", "")
            said = f" (Retry-After: {wait})" if wait.isdigit() else ""
            raise Unwelcome(f"{method} {path} was answered 429{said}: too many requests, so nothing more was asked")
        return answer

    def _exchange(self, method: str, path: str, body: object, headers: dict[str, str]) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        headers |= {"Content-Type": "application/json"} if data else {}
        reply = self._pool.request(
            method, f"{self.url}{path}", body=data, headers=headers, redirect=False, preload_content=False
        )
        try:
            return Answer(reply.status, reply.headers, self._read(reply), 0, 0)
        finally:
            reply.release_conn()

    def _read(self, reply: urllib3.BaseHTTPResponse) -> bytes:
        """Return the body; the timeout of a socket knows only its pauses, so that the whole is looked at here."""
        ends, body = time.monotonic() + self._patience_s, b""
        while chunk := reply.read1(65536):
            body += chunk
            if len(body) > _MOST_BYTES or time.monotonic() > ends:
                reply.close()
                raise TimeoutError
        return body

    def _note(self, answer: Answer) -> None:
        names = {name for name in answer.headers if name.lower().startswith(_THROTTLING)}
        with self._lock:
            self.requests += 1
            self.throttling |= names

    def _pause(self) -> None:
        with self._lock:
            time.sleep(max(0.0, self._free_at - time.monotonic()))
            self._free_at = time.monotonic() + BETWEEN_S


def _code(data: object) -> str:
    """Return the word by which a refusal names itself: `reason` where there is one, else `code`, else `error`."""
    if not isinstance(data, dict):
        return ""
    found = (data.get(name) for name in ("reason", "code", "error"))
    return next((word for word in found if isinstance(word, str) and _WORD.fullmatch(word)), "")


def _why(error: Exception, patience_s: float) -> str:
    if isinstance(error, urllib3.exceptions.SSLError):
        return distrust(error.args[0]) or f"TLS failed ({error})"
    if isinstance(error, urllib3.exceptions.NameResolutionError):
        return "no name server knows this host"
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "nothing listens there"
    # A refused connection is a kind of time-out to urllib3: this comes after it.
    if isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError):
        return f"no whole answer within {patience_s:g} s"
    return f"the connection failed ({type(error).__name__})"
