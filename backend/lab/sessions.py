"""What the server holds of a user's sessions, in one shape for each profile."""

from importlib import import_module
from typing import TypedDict

from django.conf import settings
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
    # A profile's models can be imported only where its app is installed.
    profile = import_module(f"lab.sessions_{settings.NOLOGOUT_PROFILE}")
    return JsonResponse({"sessions": profile.sessions_of(user)})
