"""What a rotation notes of its client, and how a later request is told from it: by tables, without a server."""

import uuid

import pytest
from django.conf import LazySettings
from django.test import RequestFactory
from rest_framework.request import Request
from rest_framework.settings import api_settings

from token_family.clients import Client, changes, client_of, noted
from token_family.models import TokenFamily

FIREFOX, CHROMIUM = "Mozilla/5.0 Gecko/20100101 Firefox/140.0", "Mozilla/5.0 Chrome/140.0.0.0"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"
SOMEBODY = Client(FIREFOX, HOME)
SID = uuid.UUID(int=7)


@pytest.mark.parametrize("generation", [0, 7, 2**63 - 2])
def test_what_is_noted_fits_its_column_and_is_recognised(generation: int) -> None:
    """Also of a family that is older than the hills."""
    note = noted(SOMEBODY, SID, generation)
    assert note is not None
    assert len(note) <= (TokenFamily._meta.get_field("rotated_for").max_length or 0)
    family = TokenFamily(sid=SID, generation=generation, rotated_for=note)
    assert changes(family, SOMEBODY) == set()
    assert changes(family, Client(SOMEBODY.agent, ELSEWHERE)) == {"address"}


@pytest.mark.parametrize("note", [None, "", noted(SOMEBODY, SID, 6)])
def test_what_is_not_known_has_not_changed(note: str | None) -> None:
    """Nothing was noted, or it was of another generation, or nobody asks."""
    assert changes(TokenFamily(sid=SID, generation=7, rotated_for=note), Client(CHROMIUM, ELSEWHERE)) == set()
    assert changes(TokenFamily(sid=SID, generation=7, rotated_for=noted(SOMEBODY, SID, 7)), None) == set()


def test_new_secret_key_changes_no_client(settings: LazySettings) -> None:
    """While the old key stands among the fallbacks, what it hashed is recognised; then everything has changed."""
    family = TokenFamily(sid=SID, generation=7, rotated_for=noted(SOMEBODY, SID, 7))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]
    assert changes(family, SOMEBODY) == set()
    assert changes(family, Client(CHROMIUM, HOME)) == {"agent"}
    settings.SECRET_KEY_FALLBACKS = []
    assert changes(family, SOMEBODY) == {"agent", "address"}


@pytest.mark.parametrize("odd", ["", "\ud800", "\x00\n", "é" * 10_000])
def test_odd_user_agent_is_hashed_like_any(odd: str) -> None:
    """Nothing that a client sends can fail its refresh."""
    family = TokenFamily(sid=SID, generation=7, rotated_for=noted(Client(odd, HOME), SID, 7))
    assert changes(family, Client(odd, HOME)) == set()
    assert changes(family, SOMEBODY) == {"agent"}


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [(0, ELSEWHERE, HOME), (1, f"10.9.9.9, {ELSEWHERE}", ELSEWHERE), (1, None, HOME), (None, ELSEWHERE, ELSEWHERE)],
)
def test_address_is_the_one_that_rest_framework_throttles(
    monkeypatch: pytest.MonkeyPatch, proxies: int | None, forwarded: str | None, address: str
) -> None:
    """NUM_PROXIES decides how far X-Forwarded-For is believed."""
    monkeypatch.setattr(api_settings, "NUM_PROXIES", proxies)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    asked = RequestFactory(headers=headers, REMOTE_ADDR=HOME).post("/")
    assert client_of(Request(asked)) == Client("", address)


def test_connection_without_an_address_is_a_client_too() -> None:
    """A Unix socket has none."""
    asked = RequestFactory().post("/", headers={"User-Agent": FIREFOX})
    del asked.META["REMOTE_ADDR"]
    assert client_of(Request(asked)) == Client(FIREFOX, "")
