"""Nothing secret passes here: tokens, cookies and passwords are cut out of whatever is kept."""

from __future__ import annotations

from nologout.redact.artefacts import scrub
from nologout.redact.known import learn
from nologout.redact.text import redact, redact_bytes

__all__ = ["learn", "redact", "redact_bytes", "scrub"]
