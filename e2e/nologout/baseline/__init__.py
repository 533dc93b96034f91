"""A baseline: the cells that a team knows to fail today, in a file, each with a reason and perhaps a last day.

It adds to what the target itself is known to fail (`Target.expected_failures`), and is judged in the same way:
a cell that it names must fail, and passing instead is a failure.
"""

from __future__ import annotations

from nologout.baseline.entries import Baseline, Entry, utc_today
from nologout.baseline.read import read_baseline
from nologout.baseline.write import written

__all__ = ["Baseline", "Entry", "read_baseline", "utc_today", "written"]
