"""`manage.py prune_families`: removes the sessions that nobody can go on with."""

import re
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from token_family import families

# A century; further back there may be no date.
MOST_DAYS = 36_500
LARGEST_BATCH = 100_000
HELP = """\
Deletes token families all of whose tokens have expired, with SimpleJWT's rows
for them. Run it daily. A family that was ended is kept until then, too: its row
is what tells a thief's token from an unknown one.

    manage.py prune_families                  delete what is over
    manage.py prune_families --dry-run        count it, and delete nothing
    manage.py prune_families --keep-days 90   keep it 90 days longer, for an audit

It deletes in batches, each in a transaction of its own; stopped half-way, it
has deleted whole batches. SimpleJWT's flushexpiredtokens still removes the rows
of tokens that belong to no family.

What has expired is reckoned from the row and from today's settings. So keep as
many days as a backup was old that you restored, or as you shortened
REFRESH_TOKEN_LIFETIME by, until that many days have passed. Do not run it while
servers without this app still answer beside those that have it.
"""


class Command(BaseCommand):
    """Deletes families that can never be used again."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Keep the lines of the help as they are."""
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what to keep, and how much to delete at once."""
        parser.add_argument("--keep-days", default="0", metavar="N", help="keep what is over N days longer (default 0)")
        parser.add_argument("--batch", default="1000", metavar="N", help="delete N in a transaction (default 1000)")
        parser.add_argument("--dry-run", action="store_true", help="delete nothing, and tell how many it would be")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Delete or count, and tell."""
        kept = timedelta(days=_whole_number("--keep-days", options["keep_days"], 0, MOST_DAYS))
        batch = _whole_number("--batch", options["batch"], 1, LARGEST_BATCH)
        at = families.now_in_whole_seconds() - kept
        if options["dry_run"]:
            self.stdout.write(f"Would delete {_counted(_count(at))}.")
        else:
            self.stdout.write(f"Deleted {_counted(_delete(at, batch))}.")


def _whole_number(option: str, value: object, least: int, most: int) -> int:
    """Check it here: `call_command(..., batch=0)` goes past the parser."""
    if re.fullmatch(r"\d{1,9}", str(value), re.ASCII) and least <= int(str(value)) <= most:
        return int(str(value))
    raise CommandError(f"{option} {value} will not do. Write a whole number from {least} to {most}.")


def _count(at: datetime) -> int:
    try:
        return families.count_dead(at)
    except DatabaseError as error:
        raise CommandError(f"The database cannot be read: {error}. Is it up, and has migrate been run?") from error


def _delete(at: datetime, batch: int) -> int:
    deleted = 0
    try:
        for count in families.delete_dead(at, batch):
            deleted += count
    except DatabaseError as error:
        raise CommandError(
            f"Deleted {_counted(deleted)}, then the database failed: {error}. Run it again for the rest, "
            "with a smaller --batch if it was busy. Has migrate been run?"
        ) from error
    return deleted


def _counted(number: int) -> str:
    return "1 family" if number == 1 else f"{number} families"
