"""System checks: settings that would log people out, or keep a thief in."""

from token_family.checks import limits, requests, simplejwt

__all__ = ["limits", "requests", "simplejwt"]
