"""`manage.py families`: what it tells of a user's sessions, and what it never prints."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from tests.people import at, family_of, make_user, refresh, refusal, sign_in, successor
from tests.sessions import DAY, LIFETIME, blacklisted_in_bulk, told, user_with_families
from token_family import families
from token_family.backends import family_backend
from token_family.management.commands import families as families_command
from token_family.telling import log_name

pytestmark = pytest.mark.usefixtures("database")

TABLE = """\
4 families of {user}, newest sign-in first; times are UTC.

family        generation           strikes              state
              signed in            last refresh         ends at the latest

{0}  0                    0                    logged_out
              2030-05-17 11:59:00  -                    2030-11-13 11:59:00

{1}  1                    1                    living
              2030-05-17 11:30:00  2030-05-17 11:40:00  2030-11-13 11:30:00

{2}  2                    0                    revoked_reuse
              2030-05-17 10:00:00  2030-05-17 12:00:00  2030-11-13 10:00:00

{3}  0                    0                    expired
              2030-05-08 12:00:00  -                    2030-11-04 12:00:00
"""


def test_table_shows_each_session_aligned_within_eighty_columns() -> None:
    """Newest sign-in first; times to the second."""
    user, tokens = user_with_families()
    sign_in()
    names = [log_name(family_of(token).sid) for token in tokens]
    assert told(0, "families", user.username) == TABLE.format(*names, user=user.username)
    assert max(map(len, TABLE.splitlines())) <= 80


def test_json_holds_the_same_for_machines() -> None:
    """Times are ISO, with their zone; null where there was no refresh."""
    user, tokens = user_with_families()
    answer = json.loads(told(0, "families", user.username, "--json"))
    assert [row["state"] for row in answer] == ["logged_out", "living", "revoked_reuse", "expired"]
    assert answer[1] == {
        "family": log_name(family_of(tokens[1]).sid),
        "generation": 1,
        "signed_in_at": "2030-05-17T11:30:00+00:00",
        "last_refresh_at": "2030-05-17T11:40:00+00:00",
        "ends_at_latest": "2030-11-13T11:30:00+00:00",
        "strikes": 1,
        "state": "living",
    }
    assert answer[0]["last_refresh_at"] is None


def test_family_is_named_as_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """What the command prints can be searched for."""
    caplog.set_level("INFO", "token_family")
    user = make_user()
    refresh(sign_in(user))
    (row,) = json.loads(told(0, "families", user.username, "--json"))
    assert f"family={row['family']} " in caplog.text


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_nothing_printed_opens_a_session(arguments: list[str]) -> None:
    """No token, no signature, and not the session's id, in either spelling."""
    user, tokens = user_with_families()
    printed = told(0, "families", user.username, *arguments)
    ids = [family_of(token).sid for token in tokens]
    jtis = [families.jti_of(sid, generation) for sid in ids for generation in range(3)]
    secret = [part for token in tokens for part in token.split(".")]
    assert log_name(ids[0]) in printed
    assert not [word for word in [*secret, *jtis, *map(str, ids), *(sid.hex for sid in ids)] if word in printed]


def states(user: User, seconds: float = 0) -> list[str]:
    """Return the states that are told of a user's sessions."""
    return [row["state"] for row in json.loads(told(seconds, "families", user.username, "--json"))]


def test_state_turns_to_expired_as_the_server_begins_to_refuse() -> None:
    """To the second: the leeway still counts as living."""
    user = make_user()
    with at(0):
        token = sign_in(user)
    last = LIFETIME + family_backend().get_leeway().total_seconds()
    assert (states(user, last - 1), states(user, last)) == (["living"], ["expired"])
    with at(last):
        assert refusal(refresh(token))[2] == "expired"
    with at(last - 1):
        assert refresh(token).status == 200


def test_state_at_the_greatest_age_is_expired(settings: LazySettings) -> None:
    """However lately it was refreshed."""
    settings.TOKEN_FAMILY = {"ABSOLUTE_LIFETIME": timedelta(days=1)}
    user = make_user()
    with at(0):
        token = sign_in(user)
    with at(DAY - 60):
        token = successor(token)
    assert (states(user, DAY - 1), states(user, DAY)) == (["living"], ["expired"])
    with at(DAY):
        assert refresh(token).status == 401


def test_state_of_what_was_blacklisted_in_bulk_is_logged_out() -> None:
    """The row was not told; a refresh would find it all the same."""
    token = blacklisted_in_bulk()
    user = family_of(token).outstanding.user
    assert user is not None
    assert states(user) == ["logged_out"]


def test_state_of_an_inactive_user_is_the_reason_of_the_refusal() -> None:
    """It did not end, and lives again with the account."""
    user = make_user()
    with at(0):
        token = sign_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    with at(0):
        assert states(user) == [refusal(refresh(token))[2]] == ["no_active_account"]
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert states(user) == ["living"]


def test_list_takes_one_statement_for_any_number() -> None:
    """And one for the user."""
    user, _ = user_with_families()
    with CaptureQueriesContext(connection) as captured:
        told(0, "families", user.username)
        assert len(captured) == 2


def test_user_without_families_is_told_so() -> None:
    """That is no error; JSON is an empty list."""
    user = make_user()
    assert told(0, "families", user.username).startswith(f"{user.username} has no family: no sign-in yet, or")
    assert json.loads(told(0, "families", user.username, "--json")) == []


def test_unknown_user_is_named_with_a_hint() -> None:
    """manage.py prints the sentence, and exits with 1."""
    said = "There is no user 'nobody'. Write the username as the account has it, capitals too."
    with pytest.raises(CommandError, match=re.escape(said)):
        told(0, "families", "nobody")


def test_custom_user_model_is_asked_by_its_own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """USERNAME_FIELD decides what a user is called by."""
    monkeypatch.setattr(User, "USERNAME_FIELD", "email")
    user = make_user()
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org")
    with at(0):
        sign_in(user)
    assert told(0, "families", f"{user.username}@example.org").startswith(f"1 family of {user.username}@example.org,")
    with pytest.raises(CommandError, match=r"There is no user .* Write the email as"):
        told(0, "families", user.username)


def test_key_that_is_no_value_of_the_field_is_no_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where users go by a number, a word is nobody's."""
    monkeypatch.setattr(User, "USERNAME_FIELD", "id")
    with pytest.raises(CommandError, match="There is no user 'ada'"):
        told(0, "families", "ada")


def test_times_without_a_zone_are_utc(settings: LazySettings) -> None:
    """So SimpleJWT keeps them where USE_TZ is off."""
    settings.USE_TZ = False
    user = make_user()
    with at(0):
        sign_in(user)
    (row,) = json.loads(told(0, "families", user.username, "--json"))
    assert row["signed_in_at"] == "2030-05-17T12:00:00+00:00"


def test_unreadable_database_is_said_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before the first migrate."""

    def fail(*_: object) -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(families, "of_user", fail)
    with pytest.raises(CommandError, match=r"no such table\. Is it up, and has migrate been run\?"):
        told(0, "families", make_user().username)


def test_help_teaches() -> None:
    """The examples keep their lines."""
    parser = families_command.Command().create_parser("manage.py", "families")
    assert "\n    manage.py families ada --json " in parser.format_help()
