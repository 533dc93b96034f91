"""`manage.py families`: the sessions of one user, and why those ended that did."""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from token_family import families
from token_family.models import TokenFamily
from token_family.tables import table
from token_family.telling import last_refresh, log_name, state_of

HELP = """\
Lists the token families of a user, newest sign-in first. A family is one
sign-in with all refresh tokens that descend from it.

    manage.py families ada           a table; times are UTC
    manage.py families ada --json    the same for machines

`family` is the name under which the log tells of its refreshes
(`grep family=5d41402abc4b`). `generation` counts rotations, `strikes` late
replays in a row. `state` is `living`, or the reason why the next refresh would
be refused: `logged_out`, `revoked_reuse`, `expired`, `no_active_account`.

Nobody can sign in with what is printed: it holds no token and no session's id.
"""


class Command(BaseCommand):
    """Lists a user's families."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Keep the lines of the help as they are."""
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the user, and how to answer."""
        parser.add_argument("username", help="what the user signs in with")
        parser.add_argument("--json", action="store_true", help="answer in JSON, with ISO times")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Read and answer."""
        try:
            user = _user(options["username"])
            rows = _rows(user)
        except DatabaseError as error:
            raise CommandError(f"The database cannot be read: {error}. Is it up, and has migrate been run?") from error
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=2, default=datetime.isoformat))
        elif rows:
            counted = f"{len(rows)} families" if len(rows) > 1 else "1 family"
            self.stdout.write(
                f"{counted} of {user.get_username()}, newest sign-in first; times are UTC.\n\n{table(rows)}"
            )
        else:
            self.stdout.write(
                f"{user.get_username()} has no family: no sign-in yet, or prune_families has removed what was over."
            )


def _user(username: str) -> AbstractBaseUser:
    model = get_user_model()
    try:
        return model._default_manager.get_by_natural_key(username)  # noqa: SLF001 - Django's documented name
    except (model.DoesNotExist, ValidationError, ValueError) as error:
        raise CommandError(
            f"There is no user {username!r}. Write the {model.USERNAME_FIELD} as the account has it, capitals too."
        ) from error


def _rows(user: AbstractBaseUser) -> list[dict[str, Any]]:
    now = families.now_in_whole_seconds()
    return [_row(family, now) for family in families.of_user(user.pk)]


def _row(family: TokenFamily, now: datetime) -> dict[str, Any]:
    return {
        "family": log_name(family.sid),
        "generation": family.generation,
        "signed_in_at": _in_utc(family.outstanding.created_at),
        "last_refresh_at": _in_utc(last_refresh(family)),
        "ends_at_latest": _in_utc(family.expires_at),
        "strikes": family.strikes,
        "state": state_of(family, now),
    }


def _in_utc(moment: datetime | None) -> datetime | None:
    # Without USE_TZ, SimpleJWT keeps UTC and does not say so.
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)
