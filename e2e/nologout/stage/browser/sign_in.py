"""Signs a person in: by the form, by steps of the app's file, or by a script of its own."""

from __future__ import annotations

import os
import re
import runpy
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from playwright.sync_api import Error as PlaywrightError

from nologout.errors import TargetError

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from nologout.targets.app import FormStep, SignInForm
    from nologout.targets.target import Credentials

_FROM_ENVIRONMENT = re.compile(r"\{env:([A-Za-z_][A-Za-z0-9_]*)\}")


def sign_in(page: Page, form: SignInForm, user: Credentials, origin: str) -> None:
    """Do what a person does to sign in; do not wait for what comes of it.

    Raises:
        TargetError: The script failed, or an environment variable that a step names is not set.
    """
    if form.script:
        _by_script(page, form.script, user)
    elif form.steps:
        for step in form.steps:
            _do(page, step, user, origin)
    else:
        _by_form(page, form, user, origin)


def _by_form(page: Page, form: SignInForm, user: Credentials, origin: str) -> None:
    if form.path and not page.locator(form.password).first.is_visible():
        page.goto(urljoin(origin, form.path))
    page.locator(form.username).first.fill(user.username)
    page.locator(form.password).first.fill(user.password)
    if form.submit and page.locator(form.submit).count():
        page.locator(form.submit).first.click()
    else:
        page.locator(form.password).first.press("Enter")


def _do(page: Page, step: FormStep, user: Credentials, origin: str) -> None:
    if step.goto:
        page.goto(urljoin(origin, step.goto))
    elif step.wait:
        page.locator(step.wait).first.wait_for(state="visible")
    elif step.click:
        page.locator(step.click).first.click()
    else:
        page.locator(step.fill).first.fill(_filled_in(step.value, user))


def _filled_in(value: str, user: Credentials) -> str:
    def of_environment(found: re.Match[str]) -> str:
        if found[1] not in os.environ:
            raise TargetError(f"a step of signing in names {found[0]}, which is not set")
        return os.environ[found[1]]

    said = {"{username}": user.username, "{password}": user.password}
    return said[value] if value in said else _FROM_ENVIRONMENT.sub(of_environment, value)


def _by_script(page: Page, script: str, user: Credentials) -> None:
    try:
        act: Any = runpy.run_path(script)["sign_in"]
        act(page, user)
    except PlaywrightError:
        raise
    except Exception as error:
        raise TargetError(f"{script}: sign_in(page, account) failed: {type(error).__name__}: {error}") from error
