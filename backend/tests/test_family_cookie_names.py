"""The names of cookies: only those that a server has set are looked at."""

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.cookie_browser import REFRESH, SIGN_IN
from tests.people import make_user


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("name", ["refresh_(x)", "refresh_", "refresh_é", f"refresh_{'0' * 33}"])
def test_a_cookie_that_no_server_has_set_is_not_looked_at(name: str, settings: LazySettings) -> None:
    """A page of a subdomain can set it, under a name that cannot be written: everybody signs in all the same."""
    settings.ROOT_URLCONF = "tests.cookie_urls"
    browser = Client(headers={"Cookie": f"{name}=1"})
    signed_in = browser.post(SIGN_IN, {"username": make_user().username, "password": "secret"})
    assert (signed_in.status_code, list(signed_in.cookies)) == (200, [f"refresh_{signed_in.json()['sid']}"])
    refused = Client(headers={"Cookie": f"{name}=1"}).post(REFRESH)
    assert (refused.status_code, refused.json()["reason"]) == (401, "missing")
