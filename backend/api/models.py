"""A user's items."""

from django.conf import settings
from django.db import models


class Item(models.Model):
    """A line of text that belongs to one user."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="items")
    text = models.CharField(max_length=200)

    class Meta:
        """Oldest first."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.text
