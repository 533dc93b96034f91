"""Fresh users, so that no test meets another's, and what may happen to their accounts."""

import secrets

from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST


@require_POST
def create_user(_request: HttpRequest) -> JsonResponse:
    """Answer 201 `{"username", "password"}` of a user made just now."""
    username, password = f"user-{secrets.token_hex(6)}", secrets.token_urlsafe(12)
    User.objects.create_user(username, password=password)
    return JsonResponse({"username": username, "password": password}, status=201)


@require_POST
def set_new_password(_request: HttpRequest, username: str) -> JsonResponse:
    """Give the user another password, and answer `{"password"}`."""
    user, password = get_object_or_404(User, username=username), secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    return JsonResponse({"password": password})


@require_POST
def deactivate(_request: HttpRequest, username: str) -> JsonResponse:
    """Disable the account, and answer `{"active": false}`."""
    user = get_object_or_404(User, username=username)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return JsonResponse({"active": False})
