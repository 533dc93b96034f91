"""URLs of a project that has installed Django's admin."""

from django.contrib import admin
from django.urls import path

from config.urls import urlpatterns as server_urlpatterns

urlpatterns = [path("admin/", admin.site.urls), *server_urlpatterns]
