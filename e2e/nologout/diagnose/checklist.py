"""The guide's production checklist: its seven items, as far as an API, its page and a run of scenarios show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from nologout.diagnose.finding import duration
from nologout.diagnose.observed import TOKENS

if TYPE_CHECKING:
    from collections.abc import Callable

    from nologout.diagnose.finding import Finding
    from nologout.diagnose.observed import Observed
    from nologout.diagnose.played import Played

Mark = Literal["done", "not done", "cannot tell"]
_PROVE = "`nologout prove --target FILE` plays it, and --report reads what came of it"

_UNPROVOKED = "was shown no refresh that fails"
_UNSEEN = "was not seen to be signed in after a reload and in a second tab"
# What a lone tab never meets is no fault of how it refreshes.
_SECOND_TAB = frozenset({"second_tab_is_refused", "second_tab_is_signed_out"})


class Item(msgspec.Struct, frozen=True):
    """One item of the checklist: the guide's number and words, whether it is done, and what shows it."""

    number: int
    words: str
    mark: Mark
    evidence: str


def checklist(observed: Observed, found: tuple[Finding, ...], played: Played | None = None) -> tuple[Item, ...]:
    """Return the seven items, in the guide's order; `played` is what a run of scenarios shows of them."""
    looked = [(number, words, look(observed, found)) for number, (words, look) in enumerate(_ITEMS, start=1)]
    return tuple(Item(number, words, *_with(told, played, number)) for number, words, told in looked)


def _with(told: tuple[Mark, str], played: Played | None, number: int) -> tuple[Mark, str]:
    """Return mark and evidence with what a run adds: whoever shows that it is not done is right."""
    more = played.told(number) if played else None
    if more is None:
        return told
    marks = {told[0], more[0]}
    mark: Mark = "not done" if "not done" in marks else "done" if "done" in marks else "cannot tell"
    return mark, f"{told[1]}; {more[1]}"


def _refresh_logic(observed: Observed, found: tuple[Finding, ...]) -> tuple[Mark, str]:
    wrong = [each for each in found if each.gravity == "logs out" and each.name not in _SECOND_TAB]
    if wrong:
        return "not done", "; ".join(f"{each.title} ({each.name})" for each in wrong)
    said = _page(observed, "does its part: {0.renewal}" if observed.page and observed.page.renews else "")
    if observed.reuse_is_told and observed.rotates:
        last = observed.replays[-1]
        said = f"the server does its part: a used token was {_after(last.age_s)}; {said}"
    return "cannot tell", said


def _failed_refreshes(observed: Observed, found: tuple[Finding, ...]) -> tuple[Mark, str]:
    wrong = [each for each in found if each.name.startswith(("api_refuses", "refresh_refuses", "refusal_has"))]
    if wrong:
        return "not done", "; ".join(each.evidence for each in wrong)
    return (
        "cannot tell",
        f"a spoiled refresh token is answered {observed.bad_refresh}, as it should be; {_page(observed, _UNPROVOKED)}",
    )


def _tabs(observed: Observed, found: tuple[Finding, ...]) -> tuple[Mark, str]:
    wrong = [each for each in found if each.cause == 2 or each.name in {*_SECOND_TAB, "retry_ends_every_tab"}]
    if wrong:
        return "not done", "; ".join(each.evidence for each in wrong)
    if not observed.has_raced:
        return "cannot tell", "no two refreshes were seen at once"
    rounds = ", ".join("+".join(map(str, race.statuses)) for race in observed.races)
    if any(status >= 300 for race in observed.races for status in race.statuses):
        return "cannot tell", f"two refreshes at once: {rounds}"
    return "done", f"two refreshes at once with one token: {rounds}, and no tab loses its session whatever it does"


def _storage(observed: Observed, found: tuple[Finding, ...]) -> tuple[Mark, str]:
    wrong = [each for each in found if each.cause == 4 and each.gravity == "logs out"]
    if wrong:
        return "not done", "; ".join(each.evidence for each in wrong)
    page = observed.page
    if page and page.reload and page.second_tab:
        return "done", f"after a reload and in a second tab {page.url} was signed in; {page.kept_in(*TOKENS)}"
    if observed.transport == "cookie" and observed.cookies:
        cookie = observed.cookies[0]
        return "done", f"cookie {cookie.name} lives for {duration(cookie.lives_s or 0)}, as long as its token"
    return "cannot tell", f"the refresh token travels in the body, and a script stores it; {_page(observed, _UNSEEN)}"


def _messages(observed: Observed, found: tuple[Finding, ...]) -> tuple[Mark, str]:
    del found
    code = observed.bad_refresh.code if observed.bad_refresh else ""
    word = f"a refusal names itself `{code}`, from which a page can make words" if code else "a refusal has no `code`"
    return "cannot tell", f"{word}; {_page(observed, 'was shown no refusal')}"


def _page(observed: Observed, seen: str) -> str:
    """Return what was `seen` of the page, or how it could be; and who would tell more."""
    if observed.page is None:
        return f"the page is not seen here (--page URL looks; {_PROVE})"
    what = seen.format(observed.page) or "was not seen to renew a token"
    return f"the page {what} ({_PROVE})"


def _monitoring(observed: Observed, found: tuple[Finding, ...]) -> tuple[Mark, str]:
    del found
    metrics = observed.metrics
    if metrics is None:
        asked = "Do your figures count them? (--metrics URL reads them)"
        return "cannot tell", f"an API does not show it; {_trace(observed)}. {asked}"
    if metrics.why:
        return "cannot tell", f"{metrics.url}: {metrics.why}; {_trace(observed)}"
    refused, granted = (", ".join(each) or "nothing" for each in (metrics.refused, metrics.granted))
    said = f"{metrics.url}: a refused refresh moved {refused}; a granted one {granted}"
    if metrics.tells_apart:
        return "done", said
    if metrics.moved:
        return "cannot tell", f"{said}: no counter of refreshes tells the two apart"
    return "not done", f"{metrics.url}: no counter of refreshes or tokens moved, and {_trace(observed)}"


def _alerting(observed: Observed, found: tuple[Finding, ...]) -> tuple[Mark, str]:
    del found
    return "cannot tell", f"an API does not show it; {_trace(observed)}. Does your log have them, with a reason?"


def _trace(observed: Observed) -> str:
    times = observed.refused_at
    when = " and ".join(dict.fromkeys((times[0], times[-1]))) if times else ""
    when = f" ({'between' if ' ' in when else 'at'} {when} UTC)" if when else ""
    many = f"{len(times)} refresh{'' if len(times) == 1 else 'es'}"
    return f"this probe failed at {many}{when}, as user agent nologout-diagnose"


def _after(age_s: float) -> str:
    return "answered at once" if age_s < 1 else f"still answered {duration(age_s)} after its use"


_ITEMS: tuple[tuple[str, Callable[[Observed, tuple[Finding, ...]], tuple[Mark, str]]], ...] = (
    ("Implement proper token refresh logic", _refresh_logic),
    ("Add error handling for failed refreshes", _failed_refreshes),
    ("Test with multiple browser tabs", _tabs),
    ("Verify token storage persistence", _storage),
    ("Add user-friendly error messages", _messages),
    ("Monitor token refresh success rates", _monitoring),
    ("Set up proper logging and alerting", _alerting),
)
