"""What only somebody signed in sees, and what only somebody signed out sees. A mark must differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nologout.diagnose.detect.rules.finding import Finding, not_found
from nologout.targets.config.patterns import LOOKS_SIGNED_IN, PASSWORD_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nologout.diagnose.detect.rules.finding import Confidence
    from nologout.diagnose.detect.rules.seen import Element, Seen

_KINDS = ("id", "test", "name", "tag", "class", "text")
_FRAMES = ("main", "section", "form", "div", "nav", "header", "aside", "article")
# Not a word among others: "log out", and not "log out of all devices", which ends more than this session.
_SIGNS_OUT = re.compile(r"^(sign|log)[\s-]?(out|off)$|^abmelden$|^ausloggen$|^cerrar sesi[oó]n$|^(se )?d[ée]connexion$")


def marks_of(seen: Seen) -> list[Finding]:
    """Return the two marks."""
    strangers = {each.selector for each in seen.stranger}
    insiders = {each.selector for each in seen.inside}
    only_in = [each for each in seen.inside if each.selector not in strangers and not each.holds_password]
    only_out = [each for each in seen.stranger if each.selector not in insiders]
    return [_signed_in(only_in), _signed_out(seen, only_out)]


def sign_out_button(elements: Iterable[Element]) -> str:
    """Return the selector of what says that it signs out, and nothing beside; empty where there is none."""
    found = [each for each in elements if _SIGNS_OUT.match(each.words.strip().lower())]
    return found[0].selector if found else ""


def _signed_in(only_in: list[Element]) -> Finding:
    key = "marks.signed_in"
    best = _best(only_in)
    if best is None:
        told = "nothing with a stable selector differs; so it is any page without a password field"
        return Finding(key, LOOKS_SIGNED_IN, "guessed", told)
    told = "visible when signed in, also after a reload; not to a stranger"
    return Finding(key, best.selector, _confidence(best), told)


def _signed_out(seen: Seen, only_out: list[Element]) -> Finding:
    key = "marks.signed_out"
    form = _best([each for each in only_out if each.holds_password and each.kind in {"id", "test"}])
    if form is not None:
        return Finding(key, form.selector, "sure", "visible to a stranger, with the password field in it; not inside")
    inside = any(each.holds_password for each in seen.inside)
    if any(each.holds_password for each in seen.stranger) and not inside:
        return Finding(key, PASSWORD_FIELD, "sure", f"a stranger at {seen.page} sees it; not inside")
    best = _best(only_out)
    if best is not None:
        return Finding(key, best.selector, "likely", f"a stranger at {seen.page} sees it; not inside")
    return not_found(key, f"a stranger at {seen.page} sees nothing that the signed-in user does not", needed=True)


def _best(elements: list[Element]) -> Element | None:
    """Return the element whose selector will last longest; among equals the first frame of others."""

    def rank(each: Element) -> tuple[int, bool]:
        return _KINDS.index(each.kind), each.tag not in _FRAMES

    return min(elements, key=rank, default=None)


def _confidence(element: Element) -> Confidence:
    if element.kind in {"id", "test", "name"}:
        return "sure"
    return "likely" if element.kind == "tag" else "guessed"
