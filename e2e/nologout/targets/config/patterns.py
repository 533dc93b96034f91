"""What most sign-in pages look like: the selectors that hold unless a file says otherwise (Playwright's CSS)."""

from __future__ import annotations

EMAIL_OR_NAME = (
    "input[autocomplete=username], input[type=email], input[name*=user i], input[name*=email i], "
    "input[name*=login i], form:has(input[type=password]) input[type=text]"
)
PASSWORD_FIELD = "input[type=password]"  # noqa: S105 - a selector
SUBMIT = "form:has(input[type=password]) :is(button[type=submit], input[type=submit], button:not([type]))"
# A page without a visible password field; whether it is served, the oracle asks anyway.
LOOKS_SIGNED_IN = "body:not(:has(input[type=password]:visible))"
