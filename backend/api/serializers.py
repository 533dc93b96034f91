"""How users and items look on the wire."""

from django.contrib.auth.models import User
from rest_framework import serializers

from api.models import Item


class MeSerializer(serializers.ModelSerializer[User]):
    """`{"id", "username"}`."""

    class Meta:
        """Only what the page shows."""

        model = User
        fields = ("id", "username")


class ItemSerializer(serializers.ModelSerializer[Item]):
    """`{"id", "text"}`."""

    class Meta:
        """The owner is implied by the token."""

        model = Item
        fields = ("id", "text")
