"""The one row that a sign-in costs, however often it is refreshed."""

import uuid
from datetime import datetime

from django.db import models
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

from token_family.decide import FamilyState
from token_family.reasons import Reason


class TokenFamily(models.Model):
    """All refresh tokens that descend from one sign-in; none of them is stored.

    `outstanding` is SimpleJWT's own row for the sign-in (its jti is the sid): it holds the user and the
    absolute expiry, and lets SimpleJWT's commands and idioms go on working.
    """

    sid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outstanding = models.OneToOneField(OutstandingToken, on_delete=models.CASCADE, related_name="family")
    generation = models.BigIntegerField(default=0)
    rotated_at = models.DateTimeField(help_text="When this generation began, in whole seconds.")
    dirty = models.BooleanField(default=False, help_text="This generation has had its strike.")
    strikes = models.PositiveSmallIntegerField(default=0, help_text="Late replays in a row of generations.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=32, blank=True, default="")

    # SimpleJWT's fingerprints of the user's password: tokens made under the first hold while it is now the second.
    password_was = models.CharField(max_length=64, blank=True, default="", editable=False)
    password_is = models.CharField(max_length=64, blank=True, default="", editable=False)

    # What clients.py notes of the client for whom this generation was begun. A server of before leaves it out.
    rotated_for = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 - see above

    class Meta:
        """Named for people."""

        verbose_name_plural = "token families"

    # Set by families.find(): a jti of the family is on SimpleJWT's blacklist.
    blacklisted: bool = False

    def __str__(self) -> str:
        return f"{self.sid} at generation {self.generation}"

    @property
    def expires_at(self) -> datetime:
        """When the session ends however active it is."""
        return self.outstanding.expires_at

    @property
    def ended(self) -> str:
        """Why the family ended, or an empty text."""
        if self.revoked_at is not None:
            return self.revoked_reason
        return Reason.LOGGED_OUT if self.blacklisted else ""

    def state(self) -> FamilyState:
        """Return what the rule needs to know of this row."""
        return FamilyState(
            generation=self.generation,
            rotated_at=self.rotated_at,
            expires_at=self.expires_at,
            dirty=self.dirty,
            strikes=self.strikes,
            ended=self.ended,
        )
