"""Tells whether the claims of a signed token have the shape in which they are issued; nothing is looked up."""

import re
from collections.abc import Mapping
from typing import Any

from rest_framework_simplejwt.settings import api_settings

# The jti of the token of SimpleJWT's own that the family was adopted from.
ORIGIN_CLAIM = "adopted"

SID = re.compile(r"[0-9a-f]{32}")

# What the row's column can hold, with room for the successor.
GREATEST_GENERATION = 2**63 - 2

# What SimpleJWT's column for a jti can hold.
LONGEST_ID = 255

# What SimpleJWT and PyJWT raise where a signed claim is of a type or size that none has.
ODD_CLAIM = (OSError, OverflowError, RecursionError, TypeError, ValueError)


def are_well_formed(claims: Mapping[str, Any]) -> bool:
    """Tell whether a refresh token, also one of SimpleJWT's own, can be looked up and signed again."""
    # PyJWT reads a token with any `iss`, and signs none whose `iss` is no text.
    is_token = is_id(claims.get(api_settings.JTI_CLAIM)) and isinstance(claims.get("iss", ""), str)
    return is_token and ("sid" not in claims or (name_family(claims) and _is_generation(claims.get("gen"))))


def name_family(claims: Mapping[str, Any]) -> bool:
    """Tell whether the claims name a family, spelled as it is in every token, and where it was adopted from."""
    sid = claims.get("sid")
    return isinstance(sid, str) and bool(SID.fullmatch(sid)) and is_id(claims.get(ORIGIN_CLAIM, ""))


def may_name_user(claims: Mapping[str, Any]) -> bool:
    """Tell whether a user of some project could have this id, or whether none is named."""
    user = claims.get(api_settings.USER_ID_CLAIM)
    # SimpleJWT 5.4 leaves a number as it is.
    return user is None or is_id(user) or type(user) is int


def is_id(claim: object) -> bool:
    """Tell whether any database takes this for a text: some refuse a NUL, or half of a surrogate pair."""
    return isinstance(claim, str) and len(claim) <= LONGEST_ID and claim.isprintable()


def _is_generation(claim: object) -> bool:
    # To Python true is a number, too.
    return type(claim) is int and 0 <= claim <= GREATEST_GENERATION
