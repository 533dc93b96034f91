"""An access token is spoiled on its way until the app has refreshed, so that any server refuses it; which is seen."""

from collections.abc import Iterator

import pytest

from nologout.model.history import Exchange
from nologout.stage.faults.clock.access_spoiled import AccessSpoiled
from nologout.stage.network.tokens import spoiled
from tests.histories import exchange, history, refresh
from tests.planted import jwt
from tests.proxied import API, REFRESH, Proxied, proxied

OLD, NEW = jwt(), "an-opaque-token-of-another-kind-42"


@pytest.fixture
def through() -> Iterator[Proxied]:
    """Give a proxy that has seen an access token, and spoils it from now on."""
    with proxied() as made:
        made.ask("GET", API, Authorization=f"Bearer {OLD}")
        made.ledger.spoil()
        made.server.asked.clear()
        yield made


@pytest.mark.parametrize("token", [jwt(), "a", "Z9", "session-of-32-letters-0123456789ab", "0" * 40])
def test_spoiled_token_has_the_same_shape_and_is_another(token: str) -> None:
    """The length, the alphabet, and what a JWT says of itself stay; its signature does not."""
    got = spoiled(token)
    assert got != token
    assert len(got) == len(token)
    assert got.count(".") == token.count(".")
    assert got[: len(token) // 2] == token[: len(token) // 2]


def test_token_in_a_header_is_spoiled_on_its_way(through: Proxied) -> None:
    """The server gets another one, and the history says so."""
    through.ask("GET", API, Authorization=f"Bearer {OLD}")
    assert through.server.asked[0].headers["authorization"] == f"Bearer {spoiled(OLD)}"
    assert [e.spoiled for e in through.exchanges(2)] == [False, True]


def test_token_in_a_cookie_is_spoiled_and_its_neighbours_are_not(through: Proxied) -> None:
    """Only the access token's cookie changes."""
    through.ask("GET", API, Cookie=f"theme=dark; entry={NEW}; renewal=r-1")
    through.ledger.spoil()
    through.ask("GET", API, Cookie=f"theme=dark; entry={NEW}; renewal=r-1")
    assert through.server.asked[1].headers["cookie"] == f"theme=dark; entry={spoiled(NEW)}; renewal=r-1"


def test_new_token_passes(through: Proxied) -> None:
    """Once the app has refreshed, everything is as before."""
    through.ask("GET", API, Authorization=f"Bearer {NEW}")
    assert through.server.asked[0].headers["authorization"] == f"Bearer {NEW}"
    assert not through.exchanges(2)[1].spoiled


def test_refresh_carries_what_it_carries(through: Proxied) -> None:
    """It is the access token that expires: what renews it must still be able to."""
    through.ask("POST", REFRESH, Authorization=f"Bearer {OLD}")
    assert through.server.asked[0].headers["authorization"] == f"Bearer {OLD}"


def effect(*exchanges: Exchange) -> str:
    """Return what the fault's witness says of exchanges, of which those from second 2 on came after it."""
    fault = AccessSpoiled()
    fault._after = 2.0
    return fault.effect(history(*exchanges))


def test_refusal_of_a_spoiled_token_is_its_effect() -> None:
    """The server's own 401, or 403."""
    assert "the server answered 401 to #2 /api/items/" in effect(exchange(2, status=401, spoiled=True))
    assert "answered 403" in effect(exchange(2, status=200), exchange(3, status=403, spoiled=True))


def test_refresh_before_any_use_is_its_effect() -> None:
    """An app that reloads may renew before it asks for anything."""
    assert effect(refresh(2, used="R1", issued="R2")) == "refresh #2 replaced the access token before it was used again"


@pytest.mark.parametrize(
    "exchanges",
    [
        (),
        (exchange(1, status=401, spoiled=True),),
        (exchange(2, status=200, spoiled=True),),
        (exchange(2, status=401),),
        (refresh(2, used="R1", status=401),),
        (exchange(2, status=200, spoiled=True), refresh(3, used="R1", issued="R2")),
    ],
    ids=["nothing", "before", "served all the same", "refused for another reason", "refresh refused", "served, then"],
)
def test_anything_else_is_no_effect(exchanges: tuple[Exchange, ...]) -> None:
    """A server that takes a spoiled token, above all."""
    assert effect(*exchanges) == ""
