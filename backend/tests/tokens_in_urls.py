"""URLs of a project that puts tokens where they do not belong, and of one that refuses without words."""

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import path, re_path

from api.views import MeView


def forbid(_request: HttpRequest) -> HttpResponse:
    """Refuse as plain Django does."""
    return HttpResponseForbidden("no")


urlpatterns = [
    path("api/links/<str:token>/", MeView.as_view()),
    re_path(r"^api/anything/.*$", MeView.as_view()),
    path("api/forbidden/", forbid),
    path("elsewhere/", MeView.as_view()),
]
