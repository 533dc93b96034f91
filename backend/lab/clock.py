"""Moves the server's clock: every worker reads one number from a file, at each request."""

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import time_machine
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_http_methods


def read_offset(path: Path) -> float:
    """Return the seconds to add to the time; 0 when the file is absent or empty."""
    try:
        return float(path.read_text() or 0)
    except FileNotFoundError:
        return 0.0


def write_offset(path: Path, offset_s: float) -> None:
    """Replace the file in one step, so that no worker reads half a number."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    draft.write_text(repr(offset_s))
    draft.replace(path)


class MovableClock:
    """The clock of this process, ahead of the real one by what the file says."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset_s = 0.0
        self._lock = threading.Lock()
        # Started before the worker has threads, and only ever shifted: no thread sees it stop.
        self._traveller = time_machine.travel(time.time(), tick=True).start()
        time.time()

    def follow_file(self) -> None:
        """Be ahead by as many seconds as the file says, from now on."""
        # Read inside the lock, or a thread that read earlier could undo a later move.
        with self._lock:
            offset_s = read_offset(self._path)
            self._traveller.shift(offset_s - self._offset_s)
            self._offset_s = offset_s


class ClockMiddleware:
    """Sets the process's clock before each request; the answer's Date header follows it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.CLOCK_FILE is None:
            raise MiddlewareNotUsed("NOLOGOUT_CLOCK_FILE is not set")
        self.get_response = get_response
        self.clock = MovableClock(settings.CLOCK_FILE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer at the time that the file says, also when the request itself has changed it."""
        self.clock.follow_file()
        response = self.get_response(request)
        self.clock.follow_file()
        return response


@require_http_methods(["GET", "PUT"])
def clock(request: HttpRequest) -> HttpResponse:
    """GET or PUT `{"offset_s"}`; answers `{"offset_s", "now"}`, `now` in unix seconds."""
    if settings.CLOCK_FILE is None:
        return JsonResponse({"detail": "Set NOLOGOUT_CLOCK_FILE to have a clock that moves."}, status=409)
    before = after = read_offset(settings.CLOCK_FILE)
    if request.method == "PUT":
        try:
            after = float(json.loads(request.body, parse_constant=_no_number)["offset_s"])
        except (KeyError, TypeError, ValueError):
            return JsonResponse({"detail": 'Send {"offset_s": seconds}.'}, status=400)
        write_offset(settings.CLOCK_FILE, after)
    return JsonResponse({"offset_s": after, "now": time.time() - before + after})


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no offset")
