"""Writes a line for every attempt to refresh, and for every other answer 401 or 403 of the API.

It looks at answers, since SimpleJWT raises where it refuses: a view around it would never see a refusal.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from monitoring.addresses import remote_address
from monitoring.answers import OK, path_for_log, reason_in
from monitoring.lines import Line, now
from monitoring.options import current_options

log = logging.getLogger("monitoring")

REFUSALS = {401, 403}


class MonitoringMiddleware:
    """Logs as `monitoring`; each word of the line is also a field of `record.monitoring`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.options = current_options()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, and write down what came of it."""
        response = self.get_response(request)
        event = self._event(request, response)
        if event:
            self._write(event, request, response)
        return response

    def _event(self, request: HttpRequest, response: HttpResponseBase) -> str:
        if request.method == "POST" and request.path in self.options.refresh_paths:
            return "refresh"
        refused = response.status_code in REFUSALS and request.path.startswith(self.options.api_prefix)
        return "refusal" if refused else ""

    def _write(self, event: str, request: HttpRequest, response: HttpResponseBase) -> None:
        line = Line(
            at=now(),
            event=event,
            reason=reason_in(response),
            status=response.status_code,
            remote=remote_address(request, self.options.trusted_proxies),
            path=path_for_log(request),
        )
        log.log(_level(line), "%s", line, extra={"monitoring": asdict(line)})


def _level(line: Line) -> int:
    """An access token that ran out is everyday; a session that is not renewed is not."""
    if line.status >= 500:
        return logging.ERROR
    return logging.WARNING if line.event == "refresh" and line.reason != OK else logging.INFO
