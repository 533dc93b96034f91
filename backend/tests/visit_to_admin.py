"""Uses Django's admin as its staff do, and prints as JSON what was seen; test_family_admin.py judges it.

It is a process of its own, for apps cannot be added to a project that runs. Set Django up before importing this.
"""

import json
import re
import sys
from typing import Any

from django.contrib.auth.models import Permission, User
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken

from tests.people import at, family_of, make_user, post, refresh, refusal, rotated_hourly, sign_in
from token_family.telling import log_name

FAMILIES = "/admin/token_family/tokenfamily/"
CELL = re.compile(r'class="field-(\w+)[^"]*">(.*?)</t[hd]>', re.DOTALL)


def rows_at(client: Client, query: str = "") -> list[dict[str, str]]:
    """Return the list's rows, newest sign-in first."""
    page = client.get(FAMILIES + query)
    assert page.status_code == 200
    table = page.content.decode().partition("<tbody>")[2]
    rows = [CELL.findall(row) for row in table.split("<tr")[1:]]
    return [{name: strip_tags(text) for name, text in row} for row in rows]


def statements_for(client: Client, query: str) -> int:
    """Count what a page of the list asks of the database."""
    with CaptureQueriesContext(connection) as captured:
        rows_at(client, query)
        return len(captured)


def staff(*permissions: str) -> Client:
    """Return the browser of a member of staff with these permissions alone."""
    user = make_user()
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def end_through_list(client: Client, *tokens: str) -> int:
    """Choose the tokens' families and their end; return the status."""
    chosen = [str(family_of(token).pk) for token in tokens]
    return client.post(FAMILIES, {"action": "end_sessions", "_selected_action": chosen}).status_code


def seen_in_the_list(viewer: Client) -> dict[str, Any]:
    """Look at one family of each kind, through each filter and a search."""
    user = make_user()
    stolen = rotated_hourly(2, user)
    post("/api/token/blacklist/", {"refresh": sign_in(user)})
    refresh(stolen[0])
    in_bulk = family_of(sign_in(user)).outstanding
    BlacklistedToken.objects.bulk_create([BlacklistedToken(token=in_bulk)])
    sign_in(user)
    sign_in()
    ends = ("-", "logged_out", "revoked_reuse", "never_heard_of")
    his = f"?q={user.username}"
    return {
        "username": user.username,
        "stolen": log_name(family_of(stolen[0]).sid),
        "rows": rows_at(viewer, his),
        "all": len(rows_at(viewer)),
        "by_end": {end: [row["state"] for row in rows_at(viewer, f"{his}&end={end}")] for end in ends},
        "statements": [statements_for(viewer, f"{his}{only}") for only in ("", "&end=revoked_reuse")],
    }


def seen_of_permissions(viewer: Client, changer: Client) -> dict[str, Any]:
    """Try all that must not be done, then end one session of two."""
    user = make_user()
    mine, other = sign_in(user), sign_in(user)
    page = f"{FAMILIES}{family_of(mine).pk}/"
    form = {"strikes": 3, "generation": 9, "_save": "Save"}
    seen: dict[str, Any] = {
        "viewed": viewer.get(f"{page}change/").status_code,
        "stranger": staff().get(FAMILIES).status_code,
        "add": changer.get(f"{FAMILIES}add/").status_code,
        "change": changer.post(f"{page}change/", form).status_code,
        "delete": changer.post(f"{page}delete/", {"post": "yes"}).status_code,
        "deleted_by_action": changer.post(
            FAMILIES, {"action": "delete_selected", "_selected_action": [str(family_of(mine).pk)], "post": "yes"}
        ).status_code,
        "strikes": family_of(mine).strikes,
        "viewer_sees_action": "end_sessions" in viewer.get(FAMILIES).content.decode(),
        "changer_sees_action": "end_sessions" in changer.get(FAMILIES).content.decode(),
    }
    end_through_list(viewer, mine)
    seen["after_viewer"] = refresh(mine).status
    seen["ended"] = end_through_list(changer, mine)
    seen["after_changer"] = [refusal(refresh(mine))[2], refresh(other).status]
    return seen


def seen_of_reasons(changer: Client) -> str:
    """End what had ended by itself; return the reason that is kept."""
    first, *_ = rotated_hourly(2)
    refresh(first)
    end_through_list(changer, first)
    return family_of(first).revoked_reason


def seen_of_simplejwts_admin(root: Client) -> dict[str, Any]:
    """Add an entry to SimpleJWT's blacklist by hand, and take it away again."""
    token = sign_in()
    outstanding = family_of(token).outstanding_id
    added = root.post("/admin/token_blacklist/blacklistedtoken/add/", {"token": outstanding})
    ended = [family_of(token).revoked_reason, refusal(refresh(token))[2]]
    entry = BlacklistedToken.objects.get(token=outstanding)
    root.post(f"/admin/token_blacklist/blacklistedtoken/{entry.pk}/delete/", {"post": "yes"})
    left = BlacklistedToken.objects.filter(token=outstanding).exists()
    return {"added": added.status_code, "ended": ended, "entry_left": left, "after": refusal(refresh(token))[2]}


def visit() -> dict[str, Any]:
    """Return all that was seen."""
    call_command("migrate", verbosity=0)
    # Staff signs in at that hour too: the sessions of the admin expire as others do.
    with at(0):
        viewer, changer = staff("view_tokenfamily"), staff("view_tokenfamily", "change_tokenfamily")
        root = Client()
        root.force_login(User.objects.create_superuser("root"))
        return {
            "checks": [str(message) for message in run_checks()],
            "list": seen_in_the_list(viewer),
            "permissions": seen_of_permissions(viewer, changer),
            "kept_reason": seen_of_reasons(changer),
            "simplejwt": seen_of_simplejwts_admin(root),
        }


def main() -> None:
    """Print what was seen."""
    sys.stdout.write(json.dumps(visit()))
