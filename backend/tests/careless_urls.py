"""URLs of a project that forgot to take its refresh view out of the transaction."""

from django.urls import path
from rest_framework_simplejwt.views import TokenRefreshView

urlpatterns = [path("api/token/refresh/", TokenRefreshView.as_view())]
