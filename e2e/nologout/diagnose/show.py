"""Shows a diagnosis on the terminal, in 80 columns; colours only where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from nologout.diagnose.finding import duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from nologout.diagnose.checklist import Item
    from nologout.diagnose.diagnosis import Diagnosis
    from nologout.diagnose.finding import Finding
    from nologout.diagnose.observed import Attempt, Observed, Page

_STYLES = {
    "logs out": "bold red",
    "risk": "yellow",
    "done": "green",
    "not done": "bold red",
    "cannot tell": "yellow",
    "nothing found": "green",
}


def show(diagnosis: Diagnosis, console: Console, *, with_checklist: bool = False) -> None:
    """Print what was seen, each finding, what could not be told, perhaps the checklist, and the verdict."""
    observed = diagnosis.observed
    console.print(
        Text(f"{observed.url}, as seen through its API{' and its page' if observed.page else ''}", style="bold")
    )
    _pairs(console, _facts(observed))
    said: dict[str, int] = {}
    for number, finding in enumerate(diagnosis.findings, start=1):
        _finding(console, number, finding, said)
    if with_checklist:
        _headed(console, Text("Production checklist", style="bold"))
        for item in diagnosis.checklist:
            _item(console, item)
    _headed(console, Text("Cannot tell", style="bold"))
    _pairs(console, [("-", reason) for reason in diagnosis.untold])
    _headed(console, Text(_sentence(diagnosis), style=_STYLES[diagnosis.verdict]))
    if observed.left_signed_in:
        console.print(Text(f"Left signed in until they expire: {observed.left_signed_in} sessions of this probe."))


def _headed(console: Console, text: Text) -> None:
    console.print()
    console.print(text)


def _finding(console: Console, number: int, finding: Finding, said: dict[str, int]) -> None:
    """Print a finding; what an earlier one says too is not said again."""
    _headed(console, Text(f"{number}. {finding.title}", style=_STYLES[finding.gravity]))
    pairs = [
        ("finding", f"{finding.name} ({finding.gravity}; {finding.basis})"),
        ("cause", finding.guide_cause),
        ("evidence", finding.evidence),
    ]
    for name, value in (("server", finding.server), ("front end", finding.front_end), ("quick fix", finding.quick_fix)):
        before = said.setdefault(value, number)
        pairs.append((name, value if before == number else f"as in {before}"))
    _pairs(console, pairs)


def _item(console: Console, item: Item) -> None:
    console.print(Text.assemble(f"{item.number}. {item.words}: ", (item.mark, _STYLES[item.mark])))
    _pairs(console, [("", item.evidence)])


def _pairs(console: Console, pairs: Iterable[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2))
    for name, value in pairs:
        table.add_row(Text(f"  {name}"), Text(value))
    console.print(table)


def _sentence(diagnosis: Diagnosis) -> str:
    observed = diagnosis.observed
    in_page = ", and 1 in the page" if observed.page else ""
    asked = f"({observed.requests} requests, {observed.sign_ins} sign-ins{in_page})"
    what = "app" if observed.page else "API"
    worst = sum(finding.gravity == "logs out" for finding in diagnosis.findings)
    risks = len(diagnosis.findings) - worst
    more = f", and {risks} risk{'s' if risks > 1 else ''}" if risks else ""
    if diagnosis.verdict == "logs out":
        return f"This {what} logs users out: {worst} finding{'s' if worst > 1 else ''}{more} {asked}."
    if diagnosis.verdict == "cannot tell":
        return f"It cannot be told whether this {what} logs users out{more} {asked}."
    return f"Nothing was found by which this {what} logs users out{more} {asked}."


def _facts(observed: Observed) -> Iterator[tuple[str, str]]:
    paths = observed.paths
    yield "endpoints", ", ".join(filter(None, (paths.sign_in, paths.refresh, paths.verify, paths.sign_out)))
    sliding = observed.tokens == "sliding"
    places = ["in the body"] if observed.transport == "body" else []
    how = " and ".join([*places, *(f"in a cookie ({each.name})" for each in observed.cookies[:1])])
    yield "tokens", "one sliding token" if sliding else f"access and refresh token, the latter {how}"
    yield "lifetimes", f"access {_time(observed.access_s)}, refresh {_time(observed.refresh_s)}"
    yield "rotation", _rotation(observed)
    yield from (("used token", text) for text in (_replays(observed),) if text)
    yield from (("race", text) for text in (_races(observed),) if text)
    yield from (("old token", text) for text in (_old(observed),) if text)
    yield "forged token", f"refresh {observed.bad_refresh}, API {observed.bad_access or 'not known'}"
    for cookie in observed.cookies:
        flags = [name for name, there in (("HttpOnly", cookie.http_only), ("Secure", cookie.secure)) if there]
        lives = "until the browser closes" if cookie.lives_s is None else duration(cookie.lives_s)
        yield "cookie", f"{', '.join([*flags, f'SameSite={cookie.same_site}', f'Path={cookie.path}', lives])}"
    if observed.clock:
        yield "clock", f"server {observed.clock.ahead_s:+.1f} s of ours (± {observed.clock.within_s:.1f} s)"
    yield "caching", f"Cache-Control: {observed.cache_control or '(none; replies to POST are not kept by default)'}"
    if observed.throttling:
        yield "throttling", ", ".join(observed.throttling)
    if observed.page:
        yield from _page(observed.page)


def _page(page: Page) -> Iterator[tuple[str, str]]:
    yield "page", page.url
    for each in page.kept:
        yield each.token, f"{each} ({each.form})" if each.key else "in memory: in no storage that could be read"
    yield from _signed_in("reload", is_in=page.reload)
    yield from _signed_in("second tab", is_in=page.second_tab)
    if page.second_tab is False:
        yield from _signed_in("opened tab", is_in=page.opened_tab)
    if page.renewal:
        yield "refused token", page.renewal


def _signed_in(what: str, *, is_in: bool | None) -> Iterator[tuple[str, str]]:
    if is_in is not None:
        yield what, "still signed in" if is_in else "asks to sign in"


def _time(seconds: float | None) -> str:
    return "unknown" if seconds is None else duration(seconds)


def _rotation(observed: Observed) -> str:
    if observed.rotates is None:
        return "unknown"
    end = {True: "moves the session's end", False: "leaves the session's end where it is", None: "end unknown"}
    return f"{'on' if observed.rotates else 'off'}; a refresh {end[observed.extends]}"


def _replays(observed: Observed) -> str:
    return "; ".join(f"{duration(each.age_s)} after its use: {_came(each)}" for each in observed.replays)


def _came(attempt: Attempt) -> str:
    if not attempt.granted or attempt.same is None:
        return str(attempt.reply)
    return "answered, the same successor" if attempt.same else "answered, another successor"


def _races(observed: Observed) -> str:
    return "; ".join(
        f"{'+'.join(map(str, race.statuses))} ({race.successors} successor{'' if race.successors == 1 else 's'})"
        for race in observed.races
    )


def _old(observed: Observed) -> str:
    if observed.old is None:
        return ""
    ends = "and its session ended" if observed.old_ended_session else "and its session goes on"
    others = "; the user's OTHER sessions ended too" if observed.others_ended else ""
    return f"two generations old: {observed.old.reply}, {ends}{others}"
