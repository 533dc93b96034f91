"""The rehearsal: before anything is played against a foreign app, what its file says of it is tried once.

A wrong selector would make every scenario fail or pass for no reason. So signing in, the marks, the tokens and the
act that needs the session are looked at by themselves, and what is wrong is said in the words of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from nologout.errors import TargetError, Unwelcome
from nologout.judge.wire import is_page
from nologout.stage.network.route import origin_of
from nologout.steps import ScenarioOver, SignIn, Use
from nologout.targets.trust import IN_THE_FILE, UNKNOWN_ISSUER

if TYPE_CHECKING:
    from playwright.sync_api import Request

    from nologout.model.history import Exchange
    from nologout.stage.browser.tab import Tab
    from nologout.stage.stage import Stage

_TAB = "a"
_OPEN_MS = 15_000
_PATIENCE_S = 5.0
_WITHOUT = """(url) => fetch(url, { credentials: "omit", cache: "no-store" }).then(() => {}, () => {})"""


def rehearse(stage: Stage) -> float:
    """Try what the target's file says; return the seconds of the slowest answer to it.

    Raises:
        Unwelcome: Something of it is not so; what is said first is what to mend first.
    """
    try:
        _look_in(stage)
        _sign_in(stage)
        _act(stage)
    except Unwelcome:
        raise
    except (TargetError, PlaywrightError) as error:
        raise Unwelcome(str(error).splitlines()[0]) from error
    return max((e.answered - e.at for e in stage.tape.history().exchanges if e.answered is not None), default=0.0)


def _look_in(stage: Stage) -> None:
    tab = stage.add_tab(_TAB)
    page = stage.app.paths.page
    try:
        tab.page.set_default_timeout(_OPEN_MS)
        _open(stage, tab)
        stage.wait_until(lambda: tab.looks() == "signed_out", _OPEN_MS / 1000)
    except PlaywrightTimeout as error:
        raise Unwelcome(f"{page} did not load within {_OPEN_MS // 1000} s") from error
    stage.settle()
    looks = tab.looks()
    if looks == "blank" and not stage.app.form.path:
        raise Unwelcome(f"{page} shows neither `marks.signed_out` nor `marks.signed_in` before anybody signs in")
    if looks == "signed_in" and not stage.app.form.path:
        raise Unwelcome(f"{page} shows `marks.signed_in` before anybody has signed in: the mark tells nothing")


def _open(stage: Stage, tab: Tab) -> None:
    """Load the page; where the way to it is barred, say by what."""
    went: list[str] = []

    def follow(request: Request) -> None:
        if request.is_navigation_request() and request.frame.parent_frame is None:
            went.append(request.url)

    tab.page.on("request", follow)
    try:
        tab.open()
    except PlaywrightError:
        _check_way(stage, went)
        raise
    # What the proxy refuses outside of TLS is a page to the browser.
    _check_way(stage, went)


def _check_way(stage: Stage, went: list[str]) -> None:
    barred = next((origin_of(url) for url in went if not stage.proxy.reaches(url)), "")
    if barred:
        hint = "is that the `base_url`, or one of `external_hosts`?"
        raise Unwelcome(f"{stage.app.paths.page} leads to {barred}, which is blocked: {hint}")
    if any(UNKNOWN_ISSUER in silence for silence in stage.ledger.silences):
        raise Unwelcome(f"the app's server did not answer {stage.ledger.silences[0]}; {IN_THE_FILE}")
    if stage.ledger.silences:
        stage.check_alive()


def _sign_in(stage: Stage) -> None:
    try:
        SignIn(_TAB).perform(stage)
    except ScenarioOver:
        page = stage.app.paths.page
        raise Unwelcome(f"{_last_sign_in(stage)}, and {page} never showed `marks.signed_in`") from None


def _act(stage: Stage) -> None:
    before = len(stage.tape.history().events)
    try:
        Use(_TAB).perform(stage)
    except ScenarioOver:
        raise Unwelcome("after the sign-in `poke` finds the page signed out") from None
    seen = [e for e in stage.tape.history().exchanges if e.seq > before and e.role != "page"]
    served = [e for e in seen if e.role == "api" and e.served]
    if not served:
        others = ", ".join(dict.fromkeys(f"{e.method} {e.path} ({e.shown})" for e in seen)) or "no request at all"
        raise Unwelcome(f"`poke` brought nothing that `api` covers and the app served; it brought {others}")
    if not any(e.access_issued or e.access_used for e in stage.tape.history().exchanges):
        hint = "neither a Bearer header nor what [tokens] names"
        raise Unwelcome(f"{_last_sign_in(stage)}, but no access token was seen: {hint}")
    _must_need_sign_in(stage, served[-1])


def _must_need_sign_in(stage: Stage, act: Exchange) -> None:
    """See that what the act asked for is refused to somebody who is not signed in."""
    if act.method != "GET":
        return
    before = len(stage.tape.history().events)
    stage.tabs[_TAB].page.evaluate(_WITHOUT, f"{stage.api_origin}{act.path}")
    stage.wait_until(lambda: any(e.seq > before for e in stage.tape.history().exchanges), _PATIENCE_S)
    asked = [e for e in stage.tape.history().exchanges if e.seq > before and e.path == act.path]
    if asked and asked[0].served and not asked[0].access_used:
        page = ", with a page (text/html)" if is_page(asked[0]) else ""
        raise Unwelcome(f"GET {act.path} is served to anybody{page}: choose a `poke` and an `api` that need a sign-in")


def _last_sign_in(stage: Stage) -> str:
    sent = [e for e in stage.tape.history().exchanges if e.role == "sign_in"]
    if not sent:
        return "no sign-in was seen"
    page = " and a page (text/html)" if is_page(sent[-1]) else ""
    return f"the app answered the sign-in ({sent[-1].method} {sent[-1].path}) with {sent[-1].shown}{page}"
