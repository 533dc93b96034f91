"""Tells a password that was hashed anew from one that was changed: only the second ends sessions.

Each release of Django hashes harder, and each user's next sign-in stores the harder hash. To SimpleJWT's
CHECK_REVOKE_TOKEN that is another password, and it would sign out all the user's other browsers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.utils import get_md5_hash_password

from token_family import families

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping

    from django.contrib.auth.base_user import AbstractBaseUser


def stored_hash(given: Mapping[str, Any]) -> str:
    """Return the hash that a sign-in is about to be checked against, or an empty text where it does not matter."""
    if not api_settings.CHECK_REVOKE_TOKEN:
        return ""
    users = get_user_model()
    try:
        return users._default_manager.get_by_natural_key(given.get(users.USERNAME_FIELD)).password  # noqa: SLF001 - Django's documented name
    except users.DoesNotExist:
        return ""


def follow_rehash(user: AbstractBaseUser, password: str, before: str, signed_in: uuid.UUID) -> None:
    """Let the user's other sessions go on if the sign-in has stored the same password under another hash."""
    # The same words open both hashes, so it is the same password, whoever wrote the second one.
    if before and user.password != before and check_password(password, before):
        was, is_now = get_md5_hash_password(before), get_md5_hash_password(user.password)
        families.follow_rehash(user.pk, was, is_now, signed_in)
