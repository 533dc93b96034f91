"""Every URL of the server: SimpleJWT's usual paths, the small API that they protect, and the page's config."""

from django.conf import settings
from django.db import transaction
from django.urls import include, path
from rest_framework_simplejwt.views import TokenVerifyView

from config.page_config import page_config
from config.session_views import session_views
from config.throttles import RefreshThrottle, ReportThrottle, SignInsThrottle, SignInThrottle
from monitoring.intake import ForcedLogoutView

views = session_views(settings.SESSION_STRATEGY)
refresh = views.refresh.as_view(throttle_classes=[RefreshThrottle])

urlpatterns = [
    path("config.js", page_config),
    path("api/token/", views.obtain.as_view(throttle_classes=[SignInThrottle, SignInsThrottle])),
    # Under ATOMIC_REQUESTS a refused refresh would undo the revocation that it has just made.
    path("api/token/refresh/", transaction.non_atomic_requests(refresh)),
    path("api/token/verify/", TokenVerifyView.as_view()),
    path("api/token/blacklist/", views.blacklist.as_view()),
    path("api/forced-logouts/", ForcedLogoutView.as_view(throttle_classes=[ReportThrottle])),
    path("api/", include("api.urls")),
]
