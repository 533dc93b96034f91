"""What the proxy tells of an exchange beyond its fate: half a reply, whose text it carried, how long to wait."""

import contextlib
from collections.abc import Iterator
from http.client import IncompleteRead

import pytest

from nologout.stage.network.live import Answer, CutShort, Hold
from nologout.stage.network.messages import Reply
from tests.proxied import API, PATIENCE_S, REFRESH, At, Proxied, proxied

DATE = "Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.fixture
def through() -> Iterator[Proxied]:
    """Give a proxy in front of a server."""
    with proxied() as made:
        yield made


def test_reply_cut_short_breaks_off_in_the_middle_of_its_body(through: Proxied) -> None:
    """The browser sees the first half and an end that comes too early."""
    through.server.replies[REFRESH] = (200, {}, b"0123456789")
    through.ledger.rules.append(At("reply", CutShort()))
    with pytest.raises(IncompleteRead) as broken:
        through.ask("POST", REFRESH)
    assert (broken.value.partial, broken.value.expected) == (b"01234", 5)


def test_reply_of_one_byte_is_cut_too(through: Proxied) -> None:
    """Half of it is none."""
    through.server.replies[REFRESH] = (200, {}, b"0")
    through.ledger.rules.append(At("reply", CutShort()))
    with pytest.raises(IncompleteRead):
        through.ask("POST", REFRESH)


def test_reply_without_a_body_is_cut_in_its_head(through: Proxied) -> None:
    """What is told as cut did not arrive whole."""
    through.server.replies[REFRESH] = (200, {}, b"")
    through.ledger.rules.append(At("reply", CutShort()))
    with contextlib.closing(through.connect()) as connection:
        connection.request("POST", f"{through.server.origin}{REFRESH}")
        got = connection.sock.makefile("rb").read()
    assert got.startswith(b"HTTP/1.1 200")
    assert not got.endswith(b"\r\n\r\n")


def test_reply_cut_short_is_told_as_one_that_reached_nobody(through: Proxied) -> None:
    """The server has acted, its tokens are known, and the browser has none of them."""
    through.server.will_issue(REFRESH, refresh="new-renewal", access="new-entry")
    through.ledger.rules.append(At("reply", CutShort()))
    with pytest.raises(IncompleteRead):
        through.ask("POST", REFRESH)
    (told,) = through.exchanges()
    assert (told.fate, told.status, told.shown) == ("cut_short", 200, None)
    assert (told.refresh_issued, told.access_issued) == ("R1", "A1")
    assert len(through.server.asked) == 1


def test_held_reply_may_be_cut_short(through: Proxied) -> None:
    """A hold may end so."""
    through.ledger.rules.append(At("reply", Hold()))
    asking = through.asking("POST", REFRESH)
    through.proxy.release(through.await_held("reply")[0], CutShort())
    with pytest.raises(IncompleteRead):
        asking.result(PATIENCE_S)
    assert through.exchanges()[0].fate == "cut_short"


@pytest.mark.parametrize(
    ("body", "carries"),
    [("ada", "U1"), ('{"text": "a note of ada"}', "note:U1"), ("bob", "U2"), ("nobody", ""), ("", "")],
)
def test_request_that_carries_a_marked_text_says_whose_it_is(through: Proxied, body: str, carries: str) -> None:
    """The latest mark is looked for first: a note holds its user's name too."""
    for text, name in [("ada", "U1"), ("bob", "U2"), ("a note of ada", "note:U1")]:
        through.ledger.mark(text, name)
    through.ask("POST", API, body)
    assert through.exchanges()[0].carries == carries


def test_mark_is_looked_for_from_then_on(through: Proxied) -> None:
    """What went before is as it was told."""
    through.ask("POST", API, "ada")
    through.ledger.mark("ada", "U1")
    through.ask("POST", API, "ada")
    assert [told.carries for told in through.exchanges(2)] == ["", "U1"]


def test_text_that_is_marked_again_has_the_later_name(through: Proxied) -> None:
    """It is looked for first, too."""
    for text, name in [("ada", "U1"), ("a note", "note:U1"), ("ada", "U2")]:
        through.ledger.mark(text, name)
    through.ask("POST", API, "a note of ada")
    assert through.exchanges()[0].carries == "U2"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("3", 3.0), ("0", 0.0), ("", None), ("soon", None), ("-1", None), ("²", None), (DATE, None)],
)
def test_wait_is_what_retry_after_says_in_seconds(header: str, seconds: float | None) -> None:
    """A date, or nonsense, is no number of seconds."""
    assert Reply(headers=(("retry-after", header),), body=b"", status=429).wait_s == seconds


def test_reply_without_retry_after_asks_for_no_wait() -> None:
    """None is not zero."""
    assert Reply(headers=(), body=b"", status=429).wait_s is None


def test_wait_is_told_whoever_asked_for_it(through: Proxied) -> None:
    """The server's own wish and a gateway's are told alike."""
    through.server.replies[API] = (503, {"Retry-After": "7"}, b"")
    through.ask("GET", API)
    through.ledger.rules.append(At("door", Answer(Reply(headers=(("retry-after", "3"),), body=b"", status=429))))
    through.ask("POST", REFRESH)
    assert [(told.shown, told.wait_s) for told in through.exchanges(2)] == [(503, 7.0), (429, 3.0)]


def test_wait_that_reached_nobody_is_not_told(through: Proxied) -> None:
    """A browser that did not get the reply was told nothing."""
    through.server.replies[REFRESH] = (503, {"Retry-After": "7"}, b"later")
    through.ledger.rules.append(At("reply", CutShort()))
    with pytest.raises(IncompleteRead):
        through.ask("POST", REFRESH)
    assert through.exchanges()[0].wait_s is None
