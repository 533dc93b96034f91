"""URLs of a project that keeps the refresh token in a cookie, under the reference server's own paths."""

from django.urls import include, path
from rest_framework_simplejwt.views import TokenVerifyView

from token_family.cookies.views import CookieBlacklistView, CookieObtainView, CookieRefreshView

urlpatterns = [
    path("api/token/", CookieObtainView.as_view()),
    path("api/token/refresh/", CookieRefreshView.as_view()),
    path("api/token/verify/", TokenVerifyView.as_view()),
    path("api/token/blacklist/", CookieBlacklistView.as_view()),
    path("api/", include("api.urls")),
]
