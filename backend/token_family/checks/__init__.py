"""System checks: settings that would log people out, or keep a thief in."""

from token_family.checks import cookies, keys, limits, requests, simplejwt

__all__ = ["cookies", "keys", "limits", "requests", "simplejwt"]
