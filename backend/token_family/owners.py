"""Looks up whom a token names; a signed token may name anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from rest_framework_simplejwt.settings import api_settings

from token_family.claims import may_name_user

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.base_user import AbstractBaseUser

# SQLite fails at a greater one, and Django before 5.0 asks it.
GREATEST_NUMBER = 2**63 - 1


def find_user(claims: Mapping[str, Any]) -> AbstractBaseUser | None:
    """Return the user that is named, if there is one."""
    if not name_possible_user(claims):
        return None
    users = get_user_model()._default_manager  # noqa: SLF001 - Django's documented name
    return users.filter(**{api_settings.USER_ID_FIELD: claims.get(api_settings.USER_ID_CLAIM)}).first()


def name_possible_user(claims: Mapping[str, Any]) -> bool:
    """Tell whether Django can look the named user up; if not, no user of the project has such an id."""
    if not may_name_user(claims):
        return False
    options = get_user_model()._meta  # noqa: SLF001 - Django's documented name
    field = options.pk if api_settings.USER_ID_FIELD == "pk" else options.get_field(api_settings.USER_ID_FIELD)
    try:
        prepared = field.get_prep_value(claims.get(api_settings.USER_ID_CLAIM))  # type: ignore[union-attr] # no relation
    except (OverflowError, TypeError, ValidationError, ValueError):
        return False
    return not isinstance(prepared, int) or abs(prepared) <= GREATEST_NUMBER
