"""What a cause by hand is: a history that shows it, and its nearest neighbour that does not."""

from typing import NamedTuple

from nologout.model.history import History
from nologout.model.verdict import Breach

LOST = Breach("fatal_logout", "tab a shows the sign-in form")
ON = Breach("still_signed_in", "tab b goes on")
LEFT = Breach("session_left_alive", "the server would still renew session sid0")
SILENT = Breach("no_reason", "tab a shows the sign-in form, and does not say why")
NEEDLESS = Breach("needless_refresh", "tab a refreshed")
UNSERVED = Breach("lost_request", "in tab a nothing was served")
BLANK = Breach("blank", "tab a is empty")
ZOMBIE = Breach("zombie", "tab a looks signed in, but every request is refused")
LEAK = Breach("leak", "tab a sent a text of user U1 with user U2's token (#3)")
IMPATIENT = Breach("impatient", "tab a was told to wait 3 s (#2), and refreshed again after 1.0 s (#3)")
STORM = Breach("refresh_storm", "tab a sent 6 refreshes within 3 s")


class Case(NamedTuple):
    """One sentence on both histories; side and guide's number as reported; `otherwise`: the neighbour's own breach."""

    sentence: str
    side: str
    guide_cause: int
    shown: History
    not_shown: History
    breach: Breach = LOST
    otherwise: Breach | None = None
