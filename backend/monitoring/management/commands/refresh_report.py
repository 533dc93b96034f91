"""`manage.py refresh_report`: how many refreshes succeed, and why the others do not."""

import json
import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from monitoring.options import current_options
from monitoring.stored import Counts, stored
from monitoring.tables import report
from monitoring.tally import Tally, tally

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
SPAN = re.compile(r"(?P<count>\d{1,6})(?P<unit>[smhdw])")
HELP = """\
Counts what the app `monitoring` has logged: the share of refreshes that
succeeded, by reason, the forced logouts that clients report, by reason, and the
refusals (401, 403) of the API by status, reason and path. Then what the
database holds of sessions.

Lines of others are passed over, so a whole server log will do:

    manage.py refresh_report                  what MONITORING["LOG_FILE"] names
    manage.py refresh_report --since 24h      its last day (s, m, h, d, w)
    manage.py refresh_report old.log new.log  several files
    zcat server.log.*.gz | manage.py refresh_report -
    manage.py refresh_report --json --logs-only

A healthy site: `ok` near 100 %. Many `token_not_valid`: tabs that race, or
replies that were lost, on a server without a grace period. Refusals of the API
alone are everyday: access tokens run out, and are refreshed. A forced logout is
not, unless `expired`; but anybody can report one.
"""


class Command(BaseCommand):
    """Reports on refreshes."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Keep the lines of the help as they are."""
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name files, a span, and how to answer."""
        parser.add_argument("files", nargs="*", metavar="FILE", help="a log to read; - is the standard input")
        parser.add_argument("--since", metavar="SPAN", help="count only lines as young as this: 90s, 30m, 24h, 7d, 2w")
        parser.add_argument("--json", action="store_true", help="answer in JSON; shares are between 0 and 1")
        parser.add_argument("--logs-only", action="store_true", help="ask nothing of the database")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Read, count, answer."""
        since = _moment(options["since"])
        files = options["files"] or [_configured_file()]
        tallied = tally(_lines(files), since)
        if not tallied.lines:
            raise CommandError(_nothing_in(files, options["since"], tallied))
        counted = {} if options["logs_only"] else _stored()
        if options["json"]:
            data = {"since": since and since.isoformat(), **tallied.as_data(), "database": counted}
            self.stdout.write(json.dumps(data, indent=2))
        else:
            self.stdout.write(report(tallied, counted))


def _moment(span: str | None) -> datetime | None:
    if span is None:
        return None
    found = SPAN.fullmatch(span)
    if found is None:
        raise CommandError(f"--since {span!r} is no span of time. Write a number and s, m, h, d or w, as in 24h.")
    # Lines are dated in whole seconds.
    now = timezone.now().replace(microsecond=0)
    try:
        return now - timedelta(**{UNITS[found["unit"]]: int(found["count"])})
    except OverflowError as error:
        raise CommandError(f"--since {span} is before all time. Leave it out to count everything.") from error


def _configured_file() -> str:
    name = current_options().log_file
    if not name:
        raise CommandError(
            'No file to read. Name one, or set MONITORING["LOG_FILE"] (in this project: the environment variable '
            "MONITORING_LOG) for the server and for this command."
        )
    return name


def _lines(files: list[str]) -> Iterator[str]:
    for name in files:
        if name == "-":
            yield from sys.stdin
            continue
        try:
            with Path(name).open(encoding="utf-8", errors="replace") as file:
                yield from file
        except OSError as error:
            raise CommandError(
                f"{name} cannot be read: {error.strerror}. The server writes it with the first refresh; "
                "is the path right, and may you read it?"
            ) from error


def _nothing_in(files: list[str], span: str | None, tallied: Tally) -> str:
    where, when = ", ".join(files), f" of the last {span}" if span else ""
    if span:
        hint = "Try a longer --since."
    elif tallied.foreign:
        hint = (
            f"All {tallied.foreign} lines are others'. Is monitoring in INSTALLED_APPS and MIDDLEWARE, at level INFO?"
        )
    else:
        hint = "It is empty: has anybody refreshed yet?"
    return f"No line of monitoring{when} in {where}. {hint}"


def _stored() -> dict[str, Counts]:
    try:
        return stored()
    except DatabaseError as error:
        raise CommandError(
            f"The database cannot be read: {error}. Run migrate, or leave the database out: --logs-only."
        ) from error
