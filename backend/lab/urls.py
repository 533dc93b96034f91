"""The lab's paths, below /lab/."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path

from lab.clock import clock
from lab.sessions import sessions
from lab.users import create_user, deactivate, set_new_password


def ready(_request: HttpRequest) -> JsonResponse:
    """Answer which profile is served, once anything is."""
    return JsonResponse({"profile": settings.NOLOGOUT_PROFILE})


urlpatterns = [
    path("ready/", ready),
    path("clock/", clock),
    path("users/", create_user),
    path("users/<str:username>/password/", set_new_password),
    path("users/<str:username>/deactivate/", deactivate),
    path("sessions/<str:username>/", sessions),
]
