"""The server's URLs, and the lab's controls beside them."""

from django.urls import include, path

from config.urls import urlpatterns as server_urlpatterns

urlpatterns = [path("lab/", include("lab.urls")), *server_urlpatterns]
