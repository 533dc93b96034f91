"""A history in; verdict, outcome, named cause, evidence, remedy and the side that must change out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nologout.judge.brief import Brief
from nologout.judge.causes import name_cause
from nologout.judge.checkers import first_breach
from nologout.judge.wire import brought_tokens, is_page
from nologout.model.verdict import Judgement

if TYPE_CHECKING:
    from nologout.model.history import History

__all__ = ["Brief", "judge", "one_sided"]


def judge(history: History, brief: Brief) -> Judgement:
    """Say what a history means; where it cannot tell, the verdict is unknown."""
    doubt = _doubt(history)
    if doubt:
        return Judgement(verdict="unknown", why=doubt)
    due = brief.as_far_as(history)
    breach = first_breach(history, due)
    if breach is None and due != brief:
        return Judgement(verdict="unknown", why="the steps did not come to what was to end the session")
    if breach is None:
        ended = "the session ended in every tab, as it must" if brief.must_end else "nobody was logged out"
        return Judgement(verdict="pass", outcome="ok", why=ended)
    return Judgement("fail", breach.outcome, breach.evidence, name_cause(history, breach))


def one_sided(judgement: Judgement) -> Judgement:
    """Return a judgement on a history in which long times passed for the browser alone.

    Then the two clocks are far apart, which no real pair is; an app that minds may be right to.
    """
    why = f"client side only: {judgement.why}"
    verdict = "unknown" if judgement.verdict == "fail" else judgement.verdict
    return msgspec.structs.replace(judgement, verdict=verdict, why=why)


def _doubt(history: History) -> str:
    stopped = any(e.name in {"act_impossible", "stayed_empty"} for e in history.page_events)
    unseen = [e.fault for e in history.effects if not e.effect]
    # A user who is logged out before the fault could strike has been logged out all the same.
    if unseen and not stopped:
        return f"no witness saw an effect of: {', '.join(unseen)}"
    if not history.looks:
        return "the oracle saw no tab"
    return _came_to(history) or _renews_nothing(history)


def _renews_nothing(history: History) -> str:
    """Tell that the server itself answers refreshes with pages: whoever is signed out then, it is not by a fault."""
    heard = [e for e in history.refreshes if e.fate == "delivered"]
    page = next((e for e in heard if is_page(e) and not brought_tokens(e)), None)
    if page is None or any(brought_tokens(e) for e in heard):
        return ""
    return (
        f"the app answers {page.method} {page.path} with a page ({page.status}, {page.media}), not with tokens; "
        "see that `refresh_url` is the refresh, and that it works without nologout"
    )


def _came_to(history: History) -> str:
    """Tell which tab stayed empty until the steps were given up, and was not when the oracle came."""
    empty = {e.tab for e in history.page_events if e.name == "stayed_empty"}
    later = [look.tab for look in history.looks if look.tab in empty and look.looks != "blank"]
    return f"tab {later[0]} stayed empty in the middle of the scenario, and was not at its end" if later else ""
