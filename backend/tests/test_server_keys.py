"""Pairs of keys, over HTTP: what is forged with the public one is refused, and a new pair signs nobody out."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import jwt
import pytest

from tests.confusions import CONFUSIONS, with_key
from tests.forging import Forgery
from tests.key_pairs import KeyPair, key_pair
from tests.people import claims, refusal, refused_for
from tests.person import Person, signed_in
from tests.presenting import BLACKLIST, FIELDS, REFRESH, VERIFY, is_unharmed, present, use
from tests.released import released_together
from tests.running_server import RunningServer, migrate, running_server

pytestmark = pytest.mark.server

Serve = Callable[..., AbstractContextManager[RunningServer]]


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Serve one database with these keys (none: the lab's own) as long as a block runs."""
    state = tmp_path_factory.mktemp("keys")
    migrate(state, "family")

    @contextmanager
    def serving(
        keys: KeyPair | None = None, previous: list[str] | None = None, workers: int = 1
    ) -> Iterator[RunningServer]:
        path = tmp_path_factory.mktemp("settings") / "keys.json"
        path.write_text(json.dumps({"SIMPLE_JWT": keys.simple_jwt if keys else {}, "PREVIOUS_KEYS": previous or []}))
        more = {"DJANGO_SETTINGS_MODULE": "tests.keyed_settings", "LAB_KEYS": str(path)}
        with running_server(state, "family", workers, **more) as server:
            yield server

    return serving


@pytest.fixture(scope="module")
def of_rsa(serve: Serve) -> Iterator[RunningServer]:
    """Serve by two workers, with an RSA key that followed another."""
    with serve(key_pair("RS256", "ours"), [key_pair("RS256", "former").public], workers=2) as server:
        yield server


@pytest.fixture
def victim(of_rsa: RunningServer) -> Person:
    """Sign somebody in."""
    return signed_in(of_rsa)


@pytest.mark.parametrize("forgery", CONFUSIONS.values(), ids=CONFUSIONS)
def test_token_forged_with_what_is_public_is_refused(victim: Person, forgery: Forgery) -> None:
    """By HMAC with the public key however written, by no key, by a key it brings along: by name, wherever sent."""
    for path in FIELDS:
        assert refusal(present(victim.server, path, forgery(victim.credential))) == refused_for("bad_signature")
    reply = use(victim.server, forgery(victim.tokens["access"]))
    assert (reply.status, reply.body["code"]) == (401, "token_not_valid")
    assert is_unharmed(victim)


@pytest.mark.parametrize("whose", ["ours", "former"])
def test_token_written_as_the_forgeries_are_is_honoured_with_a_key_of_ours(victim: Person, whose: str) -> None:
    """It is the key for which they are refused; a former key is one for refresh tokens alone."""
    signed = with_key(whose)
    assert [present(victim.server, path, signed(victim.credential)).status for path in (VERIFY, REFRESH)] == [200, 200]
    assert use(victim.server, signed(victim.tokens["access"])).status == (200 if whose == "ours" else 401)
    assert present(victim.server, BLACKLIST, signed(victim.credential)).status == 200


def test_every_worker_answers_a_generation_with_the_same_bytes(victim: Person) -> None:
    """Ten tabs at once, on two processes."""
    replies = released_together([lambda: present(victim.server, REFRESH, victim.credential)] * 10)
    assert [reply.status for reply in replies] == [200] * 10
    assert len({reply.body["refresh"] for reply in replies}) == 1


def test_new_pair_of_keys_signs_nobody_out(serve: Serve) -> None:
    """Where the former public key is listed: the access token is refused, and renewed, and the session goes on."""
    former, current = key_pair("RS256", "former"), key_pair("RS256", "ours")
    with serve(former) as server:
        person = signed_in(server)
        assert person.me().status == 200
    with serve(current, [former.public]) as person.server:
        assert person.me().status == 401
        assert person.verify().status == 200
        assert person.renew().status == 200
        assert person.me().status == 200
        jwt.decode(person.credential, current.public, ["RS256"])


def test_new_pair_of_keys_ends_sessions_where_the_former_is_not_listed(serve: Serve) -> None:
    """As when a key has leaked."""
    with serve(key_pair("RS256", "former")) as server:
        person = signed_in(server)
    with serve(key_pair("RS256", "ours")) as person.server:
        assert refusal(person.renew()) == refused_for("bad_signature")


def test_other_algorithm_refuses_every_token_of_before_and_ends_no_family(serve: Serve) -> None:
    """A documented end: no key of the former algorithm can be listed. On the way back the sessions go on."""
    with serve() as server:
        person = signed_in(server)
    with serve(key_pair("RS256", "ours")) as person.server:
        for path in FIELDS:
            assert refusal(present(person.server, path, person.credential)) == refused_for("bad_signature")
        assert (person.me().status, person.me().body["code"]) == (401, "token_not_valid")
        assert person.server.sessions(person.username)[0]["alive"]
    with serve() as person.server:
        assert is_unharmed(person)
        assert claims(person.credential)["gen"] == 1
