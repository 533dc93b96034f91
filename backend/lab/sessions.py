"""What the server holds of a user's sessions, in one shape for every profile."""

from importlib import import_module
from typing import TypedDict

from django.apps import apps
from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET


class Session(TypedDict):
    """One sign-in; `alive` tells whether the server would still honour its newest token."""

    sid: str
    generation: int
    alive: bool
    reason: str
    strikes: int
    dirty: bool


@require_GET
def sessions(_request: HttpRequest, username: str) -> JsonResponse:
    """Answer `{"sessions": [...]}` of a user, oldest first."""
    user = get_object_or_404(User, username=username)
    # An app's models can be imported only where it is installed.
    kind = "family" if apps.is_installed("token_family") else "outstanding"
    held: list[Session] = import_module(f"lab.sessions_{kind}").sessions_of(user)
    return JsonResponse({"sessions": held if user.is_active else [_of_nobody(session) for session in held]})


def _of_nobody(session: Session) -> Session:
    return {**session, "alive": False, "reason": session["reason"] or "no_active_account"}
