"""Django's admin: families can be seen and ended there, and not changed otherwise."""

import json
from typing import Any

import pytest

from tests.test_server_settings import run_python

VISIT = """
import django
django.setup()
from tests import visit_to_admin
visit_to_admin.main()
"""
LOADED = """
import sys
import django
django.setup()
print(sorted(name for name in sys.modules if name in {"token_family.models", "token_family.admin"}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Visit the admin of a project that has installed it."""
    state = str(tmp_path_factory.mktemp("state"))
    done = run_python(VISIT, DJANGO_SETTINGS_MODULE="tests.settings_with_admin", NOLOGOUT_STATE=state)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_project_with_the_admin_passes_the_system_checks(seen: dict[str, Any]) -> None:
    """What is configured names fields that exist."""
    assert seen["checks"] == []


def test_list_tells_whose_and_how_each_stands(seen: dict[str, Any]) -> None:
    """User, the log's name, generation, last refresh, strikes and state; newest sign-in first."""
    found = seen["list"]
    states = [row["state"] for row in found["rows"]]
    assert states == ["living", "logged_out", "logged_out", "revoked_reuse"]
    assert found["rows"][-1] == {
        "user": found["username"],
        "family": found["stolen"],
        "generation": "2",
        "last_refresh": "May 17, 2030, noon",
        "strikes": "0",
        "state": "revoked_reuse",
    }


def test_search_by_username_leaves_others_out(seen: dict[str, Any]) -> None:
    """The list holds another user's session as well."""
    assert (len(seen["list"]["rows"]), seen["list"]["all"]) == (4, 5)


def test_filter_by_end_agrees_with_the_state(seen: dict[str, Any]) -> None:
    """What was blacklisted in bulk, which the row was not told of, is found as signed out."""
    assert seen["list"]["by_end"] == {
        "-": ["living"],
        "logged_out": ["logged_out"] * 2,
        "revoked_reuse": ["revoked_reuse"],
        "never_heard_of": [],
    }


def test_longer_list_takes_no_more_statements(seen: dict[str, Any]) -> None:
    """Four rows cost what one costs."""
    of_four, of_one = seen["list"]["statements"]
    assert of_four == of_one


def test_nobody_adds_changes_or_deletes(seen: dict[str, Any]) -> None:
    """Not even who has the permission to change; the page of one family is there to be read."""
    permissions = seen["permissions"]
    assert [permissions[name] for name in ("viewed", "stranger", "add", "change", "delete")] == [200, *[403] * 4]
    assert (permissions["strikes"], permissions["after_viewer"]) == (0, 200)


def test_action_ends_the_chosen_session_alone(seen: dict[str, Any]) -> None:
    """Its tokens are refused by name; the user's other session goes on."""
    assert seen["permissions"]["after_changer"] == ["logged_out", 200]


def test_action_needs_the_permission_to_change(seen: dict[str, Any]) -> None:
    """Who may only look is not offered it, and is not served who sends it all the same."""
    permissions = seen["permissions"]
    assert (permissions["viewer_sees_action"], permissions["changer_sees_action"]) == (False, True)
    assert permissions["after_viewer"] == 200


def test_action_keeps_the_reason_of_what_had_ended(seen: dict[str, Any]) -> None:
    """A theft is not made a sign-out."""
    assert seen["kept_reason"] == "revoked_reuse"


def test_blacklisting_in_simplejwts_admin_ends_the_family(seen: dict[str, Any]) -> None:
    """A BlacklistedToken added there by hand; taking it away again revives nothing."""
    assert seen["simplejwt"] == {
        "added": 302,
        "ended": ["logged_out", "logged_out"],
        "entry_left": False,
        "after": "logged_out",
    }


def test_project_without_the_admin_loads_nothing_of_it() -> None:
    """The reference project is one."""
    done = run_python(LOADED, DJANGO_SETTINGS_MODULE="config.settings.lab")
    assert (done.stdout.strip(), done.returncode) == ("['token_family.models']", 0), done.stderr
