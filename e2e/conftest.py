"""Gives the tests in this folder the demo app, running."""

from typing import TYPE_CHECKING

import pytest

from demo_app import DemoApp
from nologout.redact import learn
from nologout.targets import Reference

if TYPE_CHECKING:
    from nologout.plugin.fixtures import ServerPool


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
