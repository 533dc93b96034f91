"""Gives the tests in this folder the demo app, running, and plays those that are marked so in Firefox too."""

from typing import TYPE_CHECKING, Any

import pytest

from demo_app import DemoApp
from nologout.errors import NoBrowser
from nologout.redact import learn
from nologout.stage.browser.engine import CHROMIUM, FIREFOX
from nologout.targets import Reference

if TYPE_CHECKING:
    from collections.abc import Generator

    from nologout.plugin.fixtures import ServerPool


@pytest.hookimpl(wrapper=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> "Generator[None]":
    """Where the command line chooses no browser, play a test that is marked `firefox` in both, or in its only one."""
    option, item = metafunc.config.option, metafunc.definition
    chosen = option.browser
    if not chosen and item.get_closest_marker("firefox"):
        only = item.get_closest_marker("only_browser")
        option.browser = list(only.args) if only else [CHROMIUM.name, FIREFOX.name]
    try:
        return (yield)
    finally:
        option.browser = chosen


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest, browser_name: str) -> Any:  # noqa: ANN401 - it stands for a browser
    """Return the browser; what is played in Firefox *too* is skipped where there is none that can be driven."""
    try:
        return request.getfixturevalue("browser")
    except NoBrowser as error:
        if browser_name != FIREFOX.name or request.config.option.browser:
            raise
        pytest.skip(str(error))


@pytest.fixture
def app(server_pool: "ServerPool") -> DemoApp:
    """Return the demo app (profile `family`) with a fresh user, and its clock at real time."""
    target = Reference("family")
    url = server_pool.running(target).base_url
    target.move_clock(url, 0)
    return _with_new_user(url)


@pytest.fixture
def app_of_other_user(app: DemoApp) -> DemoApp:
    """Return the same app, for another user."""
    return _with_new_user(app.url)


def _with_new_user(url: str) -> DemoApp:
    user = Reference("family").new_user(url)
    learn(user.password)  # a trace shows what was typed
    return DemoApp(url, user.username, user.password)
