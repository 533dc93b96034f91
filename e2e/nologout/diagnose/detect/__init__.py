"""What `nologout.toml` must say about an app, found out by using it once in a real browser.

`browse` uses the app and writes down what it saw; `rules` say what follows from it, and how sure that is.
"""

from __future__ import annotations

from nologout.diagnose.detect.propose import Proposal, propose
from nologout.diagnose.detect.rules.conclude import conclude
from nologout.diagnose.detect.rules.finding import Finding

__all__ = ["Finding", "Proposal", "conclude", "propose"]
