"""Who may ask: a table of what browsers, and others, say of where a request comes from."""

import pytest
from django.conf import LazySettings
from django.http import HttpRequest
from django.test import RequestFactory

from token_family.cookies.errors import NotTriedError
from token_family.cookies.origins import refuse_cross_origin

HERE = "https://app.example.org"


def post(**headers: str) -> HttpRequest:
    """Return a request to app.example.org."""
    return RequestFactory().post("/", headers={"Host": "app.example.org", **headers})


@pytest.fixture(autouse=True)
def hosts(settings: LazySettings) -> None:
    """Serve one host, and trust the page on another."""
    settings.ALLOWED_HOSTS = ["app.example.org"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://www.example.org", "https://*.example.net"]


@pytest.mark.parametrize(
    "headers",
    [
        {},  # no browser
        {"Origin": HERE, "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": HERE},  # a browser of before 2023
        {"Origin": "http://app.example.org"},  # a proxy that says nothing of TLS must not sign everybody out
        {"Origin": "https://www.example.org", "Sec-Fetch-Site": "same-site"},
        {"Origin": "https://www.example.org"},
        {"Origin": "https://a.b.example.net", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_own_pages_may_ask(headers: dict[str, str]) -> None:
    """So may what is trusted by name."""
    refuse_cross_origin(post(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://app.example.org:8443", "Sec-Fetch-Site": "same-site"},
        {"Origin": "https://app.example.org:8443"},
        {"Origin": "https://blog.example.org", "Sec-Fetch-Site": "same-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Origin": "http://www.example.org"},
        {"Origin": "https://www.example.org:8443"},
        {"Origin": "https://evil-example.net", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "app.example.org"},
        {"Origin": "https://app.example.org.evil.example"},
        {"Origin": "https://evil.example/https://app.example.org"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "what is this"},
    ],
)
def test_others_may_not(headers: dict[str, str]) -> None:
    """Another port or subdomain is somebody else, although the cookie comes along."""
    with pytest.raises(NotTriedError, match="cross_origin"):
        refuse_cross_origin(post(**headers))
