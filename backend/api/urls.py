"""The API's paths, below /api/."""

from django.urls import path

from api.views import ItemsView, MeView

urlpatterns = [
    path("me/", MeView.as_view()),
    path("items/", ItemsView.as_view()),
]
