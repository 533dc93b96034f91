"""Uses an app once, from its sign-in to its sign-out, and writes down everything that it shows."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace
from playwright.sync_api import Error as PlaywrightError

from nologout.diagnose.detect.browse.idle import idle
from nologout.diagnose.detect.browse.out_of_reach import api_may_be_blocked
from nologout.diagnose.detect.browse.reading import message_of
from nologout.diagnose.detect.browse.sign_in import find_form, sign_in
from nologout.diagnose.detect.browse.visit import Deadline, Visit
from nologout.diagnose.detect.browse.watch import AnyOwn, Watch
from nologout.diagnose.detect.rules.marks import marks_of, sign_out_button
from nologout.diagnose.detect.rules.requests import ends_session, guarded
from nologout.diagnose.detect.rules.seen import Seen, Tried
from nologout.diagnose.detect.rules.tokens import in_reply, tokens_of, values
from nologout.errors import TargetError
from nologout.redact import learn
from nologout.stage.network.proxy import FaultProxy
from nologout.stage.network.route import origin_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from nologout.diagnose.detect.rules.seen import Act, Element, Message
    from nologout.targets.target import Credentials

# What a click does that says no more than this can be done again, and harms nobody.
_HARMLESS = re.compile(r"\b(refresh|reload|load)\b", re.IGNORECASE)
_LEAVES = re.compile(r"(log|sign)[-_]?(out|off)|delete|remove|admin", re.IGNORECASE)
_MOST_CLICKS, _MOST_PATHS = 3, 4
_DECIDED_S = 5.0
_ENOUGH_S = 1.0


class Explorer:
    """One exploration. `has_signed_in`: it has begun a session; `ca_file`: certificates to trust, too."""

    def __init__(
        self, browser: Browser, base_url: str, allowed: frozenset[str], within_s: float, ca_file: str = ""
    ) -> None:
        self.has_signed_in = False
        self._browser = browser
        self._base_url = base_url
        self._deadline = Deadline(within_s)
        self._watch = Watch()
        self._asked = set[str]()
        self._route = AnyOwn(frozenset({origin_of(base_url)}), ca_file=ca_file, allowed=allowed)
        self._proxy = FaultProxy(self._watch, self._route)

    def explore(self, path: str, account: Credentials) -> Seen:
        """Return what was seen of the app, whose form is at `path` or leads from there.

        Raises:
            TargetError: The app is down, has no form, refuses the account, or brings no token.
        """
        self._proxy.start()
        try:
            return self._explore(path, account)
        except PlaywrightError as error:
            if not self._deadline.left:
                raise TargetError("the app took too long", hint="--within gives it more seconds") from error
            raise TargetError(error.message.splitlines()[0]) from error
        finally:
            self._proxy.stop()

    def _explore(self, path: str, account: Credentials) -> Seen:
        learn(account.password)
        self._watch.know_sign_in_by(account.password)
        with self._visitor() as person, self._visitor() as stranger:
            seen = self._enter(person, path, account)
            stranger.open(seen.page)
            seen = replace(seen, stranger=stranger.elements())
            looks = {"a reload": self._reload, "acts": self._acts(stranger), "a second tab": self._tabs}
            looks |= {"an expired token": self._expire, "timers": idle}
            looks |= {"the sign-out": self._leave, "what is left": self._left}
            for name, look in looks.items():
                seen = self._tried(name, look, seen, person)
        return replace(seen, blocked=self._route.blocked_of(self._asked))

    def _tried(self, name: str, look: Callable[[Seen, Visit], Seen], seen: Seen, person: Visit) -> Seen:
        """Return what one more look shows; where it fails, the others may still tell something."""
        if self._deadline.left < _ENOUGH_S:
            return replace(seen, left_out=(*seen.left_out, f"{name}: time was over, --within gives more"))
        try:
            return look(seen, person)
        except (PlaywrightError, TargetError) as error:
            return replace(seen, left_out=(*seen.left_out, f"{name}: {str(error).splitlines()[0]}"))

    @contextmanager
    def _visitor(self) -> Iterator[Visit]:
        """Open a browser of somebody else."""
        proxy = {"server": self._proxy.address}
        # The proxy verifies the app's certificate; its own is of a moment ago.
        context = self._browser.new_context(proxy=proxy, ignore_https_errors=True)  # type: ignore[arg-type] # a dict
        context.on("request", lambda request: self._asked.add(urlsplit(request.url).hostname or ""))
        try:
            yield Visit(context.new_page(), self._watch, self._base_url, self._deadline)
        finally:
            context.close()

    def _enter(self, person: Visit, path: str, account: Credentials) -> Seen:
        form = find_form(person, path)
        earlier = frozenset(cookie["name"] for cookie in person.page.context.cookies())
        try:
            messages = sign_in(person, account)
        except TargetError as error:
            raise api_may_be_blocked(error, self._route.blocked_of(self._asked)) from error
        self.has_signed_in = True
        seen = Seen(
            base_url=self._base_url,
            page=person.place,
            form=form,
            earlier=earlier,
            signing_in=messages,
            inside=person.elements(),
        )
        held = tuple(token.held.value for token in tokens_of(seen).values())
        for token in held:
            learn(token)
        if "access" not in tokens_of(seen):
            sent = next(m for m in messages if m.has_password)
            told = f"the sign-in ({sent.method} {sent.path}, {sent.status}) brought no token"
            raise TargetError(f"{told}: neither in JSON nor in a cookie", hint="does the app use tokens at all?")
        return replace(seen, rests=person.rests_of(held), jar=person.jar())

    def _reload(self, seen: Seen, person: Visit) -> Seen:
        messages = person.during(person.page.reload, lambda _: True)
        kept = self._is_in(seen, person)
        again = {each.selector for each in person.elements()}
        inside = tuple(each for each in seen.inside if each.selector in again) if kept else seen.inside
        return replace(seen, reloaded=messages, kept_by_reload=kept, inside=inside)

    def _acts(self, stranger: Visit) -> Callable[[Seen, Visit], Seen]:
        """Return what looks for an act that needs the session, and has a stranger ask for the same."""

        def look(seen: Seen, person: Visit) -> Seen:
            for act in _possible(seen):
                messages = person.during(lambda act=act: person.do(act), lambda _: True)  # type: ignore[misc] # bound now
                seen = replace(seen, tried=(*seen.tried, Tried(act, messages)))
                found = guarded(seen, tokens_of(seen), messages)
                seen = self._ask_without(seen, stranger, found)
                if any(m.url in seen.refused for m in found):
                    break
                if not self._is_in(seen, person):
                    person.open(seen.page)
            return seen

        return look

    def _ask_without(self, seen: Seen, stranger: Visit, found: list[Message]) -> Seen:
        for url in dict.fromkeys(m.url for m in found if m.method == "GET"):
            status = stranger.ask_without(url)
            if status in {401, 403}:
                seen = replace(seen, refused=seen.refused | {url})
            elif status is not None and status < 300:
                seen = replace(seen, free=seen.free | {url})
        return seen

    def _tabs(self, seen: Seen, person: Visit) -> Seen:
        context = person.page.context
        seen = replace(seen, kept_by_new_tab=self._is_in(seen, self._tab(context.new_page(), seen)))
        if not seen.kept_by_new_tab:
            with context.expect_page() as opened:
                person.page.evaluate("() => { window.open('about:blank'); }")
            seen = replace(seen, kept_by_opened_tab=self._is_in(seen, self._tab(opened.value, seen)))
        for page in context.pages[1:]:
            page.close()
        return seen

    def _tab(self, page: Page, seen: Seen) -> Visit:
        tab = Visit(page, self._watch, self._base_url, self._deadline)
        tab.open(seen.page)
        return tab

    def _expire(self, seen: Seen, person: Visit) -> Seen:
        """Make the access tokens invalid on their way, act, and see what the app does about it."""
        if not self._is_in(seen, person):
            person.open(seen.page)
        tokens = tokens_of(seen)
        access = tokens.get("access")
        everything = tuple(self._messages())
        bad = values(everything, access) | ({m.bearer for m in everything} - {""})
        self._watch.expire(bad, values(everything, tokens.get("refresh")))
        act, (_, signed_out) = _best_act(seen), (finding.value for finding in marks_of(seen))

        def decided(brought: tuple[Message, ...]) -> bool:
            return any(in_reply(m, access) for m in brought) or _is_out(person, signed_out)

        messages = person.during(lambda: person.do(act), decided)
        self._watch.expire(frozenset())
        return replace(seen, expired=messages, kept_by_expiry=self._is_in(seen, person))

    def _leave(self, seen: Seen, person: Visit) -> Seen:
        button = sign_out_button(seen.inside)
        seen = replace(seen, sign_out=button)
        if not button or not self._is_in(seen, person):
            return seen
        messages = person.during(lambda: person.do(button), lambda brought: any(map(ends_session, brought)))
        signed_in, signed_out = (finding.value for finding in marks_of(seen))
        out = person.wait_until(lambda: not person.shows(signed_in) and _is_out(person, signed_out), _DECIDED_S)
        return replace(seen, signing_out=messages, signed_out=out)

    def _left(self, seen: Seen, person: Visit) -> Seen:
        """Write down what a session that goes on could be ended with."""
        return replace(seen, left_jar=person.jar(), everything=tuple(self._messages()))

    def _is_in(self, seen: Seen, visit: Visit) -> bool | None:
        """Tell whether a page shows its visitor as signed in; None where it shows neither."""
        signed_in, signed_out = (finding.value for finding in marks_of(seen))

        def decided() -> bool:
            return visit.shows(signed_in) or _is_out(visit, signed_out)

        visit.wait_until(decided, _DECIDED_S)
        return True if visit.shows(signed_in) else False if _is_out(visit, signed_out) else None

    def _messages(self) -> Iterator[Message]:
        return map(message_of, list(self._watch.lives))


def _is_out(visit: Visit, signed_out: str | None) -> bool:
    return bool(signed_out) and visit.shows(str(signed_out))


def _possible(seen: Seen) -> Iterator[Act]:
    """Yield acts that may need the session and harm nobody, the most telling first."""
    clicks = [each for each in seen.inside if _HARMLESS.search(each.words) and _is_harmless(each)]
    yield from [each.selector for each in clicks][:_MOST_CLICKS]
    paths = [each.href for each in seen.inside if each.href and not _LEAVES.search(f"{each.href} {each.words}")]
    for path in list(dict.fromkeys(["/", *paths]))[:_MOST_PATHS]:
        yield ("navigate", path)
    yield ("link", seen.page)


def _is_harmless(element: Element) -> bool:
    return not element.in_form and not element.href and not _LEAVES.search(element.words)


def _best_act(seen: Seen) -> Act:
    """Return the act that was found to need the session, or to load the page anew."""
    tokens = tokens_of(seen)
    return next((t.act for t in seen.tried if guarded(seen, tokens, t.messages)), ("link", seen.page))
