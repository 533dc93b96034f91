"""Finds the sign-in form, and signs in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nologout.diagnose.detect.browse.out_of_reach import BY_OTHERS, check_frames, check_origin, no_form
from nologout.diagnose.detect.rules.seen import Form
from nologout.errors import TargetError
from nologout.targets.config.patterns import EMAIL_OR_NAME, PASSWORD_FIELD, SUBMIT

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from nologout.diagnose.detect.browse.visit import Visit
    from nologout.diagnose.detect.rules.seen import Message
    from nologout.targets.target import Credentials

_USUAL = ("/login", "/login/", "/signin", "/sign-in", "/auth/login", "/accounts/login/", "/users/sign_in", "/#/login")
_LEADS_THERE = re.compile(r"^(log|sign)[\s-]?in$|^anmelden$|^einloggen$|^iniciar sesi[oó]n$|^(se )?connexion$")
# A field beside the password that one can type into, whatever it is called.
_TYPED = "[type=text], [type=email], [type=tel], :not([type])"
_ANY_NAME = f"form:has(input[type=password]) input:is({_TYPED}), input:is({_TYPED})"
_LATER = frozenset({423, 429})
_SIGN_IN_S = 10.0
_FORM_S = 2.0


def find_form(visit: Visit, path: str) -> Form:
    """Bring a visitor to the sign-in form: at this path, behind a link that says so, or where most apps have it.

    Raises:
        TargetError: There is none.
    """
    visit.open(path)
    offered = [each.words for each in visit.elements() if BY_OTHERS.search(each.words)]
    if not _there(visit):
        _follow_link(visit)
    looked = [path]
    for usual in _USUAL:
        check_origin(visit)
        if visit.shows_password:
            return _described(visit)
        check_frames(visit)
        looked.append(usual)
        visit.open(usual)
        _there(visit)
    raise no_form(looked, offered)


def sign_in(visit: Visit, account: Credentials) -> tuple[Message, ...]:
    """Fill in the form; return what went to and fro.

    Raises:
        TargetError: The app does not let the account in.
    """
    name, password = _name_field(visit), visit.page.locator(PASSWORD_FIELD).filter(visible=True).first
    button = visit.page.locator(SUBMIT).filter(visible=True)

    def submit() -> None:
        name.fill(account.username)
        password.fill(account.password)
        if button.count():
            button.first.click()
        else:
            password.press("Enter")

    messages = visit.during(submit, lambda seen: any(m.has_password and m.status for m in seen))
    sent = [m for m in messages if m.has_password]
    if not sent:
        hint = "is it the sign-in form? name its page with --sign-in-path"
        raise TargetError(f"no request carried the password from the form at {visit.place}", hint=hint)
    status = sent[-1].status or 0
    if status in _LATER:
        raise TargetError(f"the app takes no more sign-ins for now ({status} at {sent[-1].path})")
    if status >= 400:
        hint = "are user name and password right?"
        raise TargetError(f"the app refuses the account ({status} at {sent[-1].path})", hint=hint)
    if not visit.wait_until(lambda: not visit.shows_password, _SIGN_IN_S):
        told = f"the app answered the sign-in ({sent[-1].method} {sent[-1].path}) with {status}"
        raise TargetError(f"{told}, and the page still asks for a password", hint="are user name and password right?")
    visit.rest()
    check_origin(visit)
    return messages


def _name_field(visit: Visit) -> Locator:
    """Return the field for the user's name: one that is called so, or any that one can type into."""
    called_so = visit.page.locator(EMAIL_OR_NAME).filter(visible=True)
    return (called_so if called_so.count() else visit.page.locator(_ANY_NAME).filter(visible=True)).first


def _there(visit: Visit) -> bool:
    """Wait for a password field, or for what shows that there will be none."""

    def decided() -> bool:
        return visit.shows_password or bool(visit.elsewhere or visit.frame_with_password)

    return visit.wait_until(decided, _FORM_S)


def _follow_link(visit: Visit) -> None:
    found = [each for each in visit.elements() if _LEADS_THERE.match(each.words.lower())]
    if found:
        visit.do(found[0].selector)
        visit.rest()
        _there(visit)


def _described(visit: Visit) -> Form:
    name, password = _name_field(visit), visit.page.locator(PASSWORD_FIELD).filter(visible=True).first
    if not name.count():
        hint = "for a form in steps write the file by hand (sign_in.steps)"
        raise TargetError(f"the form at {visit.place} has a password field, and none for a name", hint=hint)
    button = visit.page.locator(SUBMIT).filter(visible=True)
    has_button = button.count() > 0
    return Form(
        path=visit.place,
        username=visit.selector_of(name),
        password=visit.selector_of(password),
        submit=visit.selector_of(button.first) if has_button else "",
        has_button=has_button,
    )
