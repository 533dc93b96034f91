"""Fresh users, so that no test meets another's."""

import secrets

from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST


@require_POST
def create_user(_request: HttpRequest) -> JsonResponse:
    """Answer 201 `{"username", "password"}` of a user made just now."""
    username, password = f"user-{secrets.token_hex(6)}", secrets.token_urlsafe(12)
    User.objects.create_user(username, password=password)
    return JsonResponse({"username": username, "password": password}, status=201)
