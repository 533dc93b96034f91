"""Every URL of the server: SimpleJWT's usual paths, the small API that they protect, and the page's config."""

from django.conf import settings
from django.db import transaction
from django.urls import include, path
from rest_framework_simplejwt.views import (
    TokenBlacklistView,
    TokenObtainPairView,
    TokenObtainSlidingView,
    TokenRefreshSlidingView,
    TokenRefreshView,
    TokenVerifyView,
)

from config.page_config import page_config
from config.throttles import RefreshThrottle, SignInsThrottle, SignInThrottle

SLIDING = settings.SESSION_STRATEGY == "sliding"
ObtainView = TokenObtainSlidingView if SLIDING else TokenObtainPairView
RefreshView = TokenRefreshSlidingView if SLIDING else TokenRefreshView

refresh = RefreshView.as_view(throttle_classes=[RefreshThrottle])

urlpatterns = [
    path("config.js", page_config),
    path("api/token/", ObtainView.as_view(throttle_classes=[SignInThrottle, SignInsThrottle])),
    # Under ATOMIC_REQUESTS a refused refresh would undo the revocation that it has just made.
    path("api/token/refresh/", transaction.non_atomic_requests(refresh)),
    path("api/token/verify/", TokenVerifyView.as_view()),
    path("api/token/blacklist/", TokenBlacklistView.as_view()),
    path("api/", include("api.urls")),
]
