"""Writes lines: the logger is `monitoring`, and each word of a line is also a field of `record.monitoring`."""

import logging
from dataclasses import asdict

from django.http import HttpRequest

from monitoring.addresses import remote_address
from monitoring.answers import OK, path_for_log
from monitoring.lines import Line, now

log = logging.getLogger("monitoring")


def write(event: str, reason: str, status: int, request: HttpRequest, trusted_proxies: int) -> None:
    """Write what came of a request; `reason` is a word that no client made up."""
    line = Line(
        at=now(),
        event=event,
        reason=reason,
        status=status,
        remote=remote_address(request, trusted_proxies),
        path=path_for_log(request),
    )
    log.log(_level(line), "%s", line, extra={"monitoring": asdict(line)})


def _level(line: Line) -> int:
    """An access token that ran out is everyday; a session that is not renewed is not."""
    if line.status >= 500:
        return logging.ERROR
    is_loss = line.event == "forced_logout" or (line.event == "refresh" and line.reason != OK)
    return logging.WARNING if is_loss else logging.INFO
