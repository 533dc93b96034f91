"""A foreign app without a browser: what its requests are for, who signs in, how hard it is pressed, if it is there."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from nologout.errors import Unsupported, Unwelcome, UsageError
from nologout.model.history import ClockMoved, Role
from nologout.stage.network.breaker import StormBreaker
from nologout.stage.network.ledger import Ledger
from nologout.stage.network.live import Answer, Live, Pass
from nologout.stage.network.messages import TAB_HEADER, Reply, Request
from nologout.stage.network.tokens import TokenVault
from nologout.stage.standing import Standing, listener_at
from nologout.stage.tape import Tape
from nologout.targets.app import TokenPlaces
from nologout.targets.config.tables import Limits
from nologout.targets.foreign import ForeignTarget
from nologout.targets.foreign.pace import Pace
from nologout.targets.foreign.people import People
from nologout.targets.target import Credentials
from tests.moody_app import PASSWORD, USER, moody_app, written

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the account where the file says."""
    monkeypatch.setenv("MOODY_USER", USER)
    monkeypatch.setenv("MOODY_PASSWORD", PASSWORD)


def target_at(folder: Path, origin: str = "http://127.0.0.1:9", more: str = "", **given: str) -> ForeignTarget:
    """Return the target of a written file; `given` stands before its tables."""
    path = Path(written(folder, origin, more))
    keys = "".join(f"{key} = {value!r}\n" for key, value in given.items())
    path.write_text(keys + path.read_text("utf-8"), "utf-8")
    return ForeignTarget(str(path))


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [
        ("POST", "/auth/refresh-token", "refresh"),
        ("GET", "/img/refresh.svg", "page"),
        ("OPTIONS", "/auth/refresh-token", "other"),
        ("GET", "/api/items?page=2", "api"),
        ("DELETE", "/api/items/3", "api"),
        ("OPTIONS", "/api/items", "other"),
        ("GET", "/about", "page"),
        ("POST", "/track", "other"),
    ],
)
def test_defaults_tell_what_most_requests_are_for(tmp_path: Path, method: str, path: str, role: Role) -> None:
    """Whatever is called a refresh and is sent, and what lies under /api/."""
    assert target_at(tmp_path).app.role_of(method, f"http://127.0.0.1:9{path}") == role


@pytest.mark.parametrize(
    ("method", "url", "role"),
    [
        ("GET", "http://localhost:1/auth/renew", "refresh"),
        ("POST", "http://127.0.0.1:9/auth/renew", "other"),
        ("GET", "http://localhost:1/v2/items", "api"),
        ("GET", "http://127.0.0.1:9/v2/items", "page"),
        ("POST", "http://127.0.0.1:9/out", "sign_out"),
        ("POST", "http://127.0.0.1:9/door/in", "sign_in"),
    ],
)
def test_addresses_of_the_file_tell_origins_apart(tmp_path: Path, method: str, url: str, role: Role) -> None:
    """A URL means that host, a path any; the app's further origins are known from them."""
    more = "[sign_in]\nurl = '/door/*'\n[sign_out]\nclick = '#out'\nurl = '/out'\n"
    target = target_at(tmp_path, more=more, refresh_url="http://localhost:1/auth/renew", api="http://localhost:1/v2/")
    assert target.app.role_of(method, url) == role
    assert target.reach.origins == ("http://127.0.0.1:9", "http://localhost:1")


@pytest.mark.parametrize("body", [f'{{"password": "{PASSWORD}"}}', f"p={PASSWORD.replace(' ', '%20')}"])
def test_sign_in_is_known_by_the_password(body: str) -> None:
    """As JSON and as a form; nobody has to say where it is sent."""
    ledger = Ledger(Tape(), TokenVault(TokenPlaces()), lambda _method, _url: "other")
    ledger.know_sign_in_by(PASSWORD)
    assert ledger.open(request("POST", "/anywhere", body)).role == "sign_in"
    assert ledger.open(request("POST", "/anywhere", "else")).role == "other"


def request(method: str, path: str, body: str = "", tab: str = "a") -> Request:
    """Return a request of a tab."""
    return Request(headers=((TAB_HEADER, tab),), body=body.encode(), method=method, target=f"http://x.test{path}")


def test_tokens_are_found_by_their_usual_names_and_by_paths() -> None:
    """The first name that is there counts."""
    vault = TokenVault(TokenPlaces("refresh|data.refreshToken", "access|data.accessToken"))
    nested = b'{"data": {"refreshToken": "rrrrrrrr", "accessToken": "aaaaaaaa"}, "access": 3}'
    assert vault.in_reply(Reply(headers=(), body=nested, status=200)).refresh == "R1"
    assert vault.in_reply(Reply(headers=(), body=b'{"access": "bbbbbbbb"}', status=200)).access == "A2"
    assert vault.in_reply(Reply(headers=(), body=b"[1]", status=200)).access == ""


def test_basic_authentication_is_no_access_token() -> None:
    """It stands in the same header."""
    basic = Request(headers=(("authorization", "Basic bWlhOm1vb2R5"),), body=b"", method="GET", target="http://x.test/")
    assert TokenVault(TokenPlaces()).in_request(basic).access == ""


@pytest.mark.parametrize(
    ("header", "access", "scheme"), [("JWT aaaaaaaa", "A1", "JWT"), ("aaaaaaaa", "", ""), ("Basic bWlh", "", "")]
)
def test_scheme_is_the_word_before_an_access_token(header: str, access: str, scheme: str) -> None:
    """It is never the token itself, which may stand there alone."""
    sent = Request(headers=(("authorization", header),), body=b"", method="GET", target="http://x.test/")
    seen = TokenVault(TokenPlaces()).in_request(sent)
    assert (seen.access, seen.scheme) == (access, scheme)


def test_host_beyond_this_machine_needs_leave(tmp_path: Path) -> None:
    """For the page, and for each origin that the file names by URL; the hint says how."""
    for key, origin in (("base_url", "https://shop.test"), ("api", "http://127.0.0.1:9")):
        more = {"api": "https://api.shop.test/"} if key == "api" else {}
        with pytest.raises(UsageError, match=r"shop\.test is not this machine") as wrong:
            target_at(tmp_path, origin, **more)
        assert "--allow-host " in wrong.value.hint
    path = written(tmp_path, "https://shop.test")
    assert ForeignTarget(path, frozenset({"shop.test"})).reach.allowed == ("shop.test",)


def test_variables_that_are_not_set_are_told_without_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody may have put the password itself into the file."""
    monkeypatch.delenv("MOODY_PASSWORD")
    with pytest.raises(UsageError, match="the environment variables that `password` name are not set") as wrong:
        target_at(tmp_path)
    assert "MOODY_PASSWORD" not in str(wrong.value)


def test_capabilities_follow_from_the_file(tmp_path: Path) -> None:
    """What it does not say, scenarios are skipped for."""
    assert target_at(tmp_path).capabilities == {"rotation", "late_renewal"}
    more = "[tokens]\nstored_in = ['localStorage']\nrotates = false\n[server]\ncommand = ['x']\n"
    assert target_at(tmp_path, more=more).capabilities == {"script_storage", "restart", "late_renewal"}


def test_time_is_told_in_the_words_of_the_file(tmp_path: Path) -> None:
    """A reader of the report must know what kind of expiry it was."""
    assert "clients that trust `exp` behave differently" in target_at(tmp_path).time_words


def test_each_process_needs_two_accounts_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And an app that its file starts is started once."""
    monkeypatch.setenv("A", "a password")
    account = "[[accounts]]\nusername = 'A'\npassword = 'A'\n"
    path = Path(written(tmp_path, "http://127.0.0.1:9"))
    one = path.read_text("utf-8")
    four = one.replace('[credentials]\nusername = "MOODY_USER"\npassword = "MOODY_PASSWORD"\n', account * 4)
    counts = []
    for text in (one, four, f"{four}[server]\ncommand = ['x']\n"):
        path.write_text(text, "utf-8")
        counts.append(ForeignTarget(str(path)).processes)
    assert counts == [1, 2, 1]


def people(count: int, worker: int = 0, workers: int = 1) -> People:
    """Return the accounts of one process."""
    return People(tuple(Credentials(f"user{n}", "p") for n in range(count)), worker, workers)


def test_accounts_are_taken_in_turn_and_no_scenario_gets_one_twice() -> None:
    """Two people of a scenario are two accounts."""
    three = people(3)
    assert [three.next(0).username, three.next(1).username, three.next(0).username] == ["user0", "user1", "user2"]


def test_second_person_is_missing_where_there_is_one_account() -> None:
    """Such a scenario is skipped by name."""
    with pytest.raises(Unsupported, match="second account"):
        people(1).next(1)


def test_processes_share_no_account() -> None:
    """Nobody signs anybody out in another process."""
    one, two = people(4, 0, 2), people(4, 1, 2)
    names = [{one.next(0).username, one.next(1).username}, {two.next(0).username, two.next(1).username}]
    assert names == [{"user0", "user2"}, {"user1", "user3"}]


class Watch:
    """A clock that goes on by what is slept."""

    def __init__(self) -> None:
        self.at = 100.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Return the time."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(round(seconds, 3))
        self.at += seconds


def test_acts_keep_their_distance() -> None:
    """The first goes at once, the next ones wait their turn; processes share the rate."""
    watch = Watch()
    pace = Pace(Limits(acts_per_second=4), 2, watch.now, watch.sleep)
    for _ in range(3):
        pace.before_act()
    watch.at += 9
    pace.before_act()
    assert watch.slept == [0.5, 0.5]


def test_sign_ins_are_numbered_and_rated() -> None:
    """A spent budget ends the run."""
    watch = Watch()
    pace = Pace(Limits(sign_ins=2, sign_ins_per_minute=6), 1, watch.now, watch.sleep)
    pace.before_sign_in()
    pace.before_sign_in()
    assert watch.slept == [10]
    with pytest.raises(Unwelcome, match="budget of sign-ins is spent"):
        pace.before_sign_in()


def test_storm_is_stopped_and_a_busy_app_is_not() -> None:
    """Thirty refreshes of a tab within 3 s pass, the next is answered 429; unless time has passed, or was moved."""
    tape = Tape()
    ledger = Ledger(tape, TokenVault(TokenPlaces()), lambda _method, _url: "refresh")
    breaker = StormBreaker(ledger, tape)

    def ask(at: float, role: Role = "refresh", tab: str = "a") -> type:
        return type(breaker.at_door(Live(request("POST", "/", tab=tab), role, at)))

    assert [ask(1 + n / 100) for n in range(30)] == [Pass] * 30
    assert [ledger.has_stormed, ask(1.3), ledger.has_stormed] == [False, Answer, True]
    assert ask(1.4, "api") is Pass
    assert ask(9) is Pass
    assert [ask(20 + n / 100) for n in range(30)] == [Pass] * 30
    tape.add(ClockMoved(at=20.5, browser_offset=240, server_offset=0))
    assert [ask(21 + n / 100) for n in range(31)] == [Pass] * 30 + [Answer]
    crowd = [ask(30 + n / 100, tab=f"t{n % 50}") for n in range(151)]
    assert crowd == [Pass] * 150 + [Answer]


def lives(standing: Standing) -> bool:
    """Tell whether the app is (still) there."""
    return standing.alive


@pytest.mark.server
def test_app_that_runs_is_used_where_it_is(tmp_path: Path) -> None:
    """Nothing is started; once something else listens in its place, it is gone."""
    with moody_app() as app, Standing(target_at(tmp_path, app.origin)) as standing:
        assert (standing.base_url, lives(standing)) == (app.origin, True)
        port = app.server_address[1]
        app.shutdown()
        app.server_close()
        assert not lives(standing)
        with moody_app(port=port):
            if listener_at(app.origin):  # only Linux tells one listener from the next
                assert not lives(standing)


@pytest.mark.server
def test_app_that_is_down_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the address and the reason."""
    monkeypatch.setattr("nologout.stage.standing._ANSWER_S", 0.3)
    with moody_app() as app:
        origin = app.origin
    standing = Standing(target_at(tmp_path, origin))
    with pytest.raises(Unwelcome, match=rf"nothing answers at {origin} \(Connection refused\)"), standing:
        pass


@pytest.mark.server
def test_app_that_is_slow_is_told_in_bounded_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the time that it took."""
    monkeypatch.setattr("nologout.stage.standing._ANSWER_S", 0.3)
    with moody_app("slow") as app, pytest.raises(Unwelcome, match="no answer within 0 s"):
        Standing(target_at(tmp_path, app.origin)).__enter__()


@pytest.fixture
def started(tmp_path: Path) -> Callable[[], tuple[ForeignTarget, str]]:
    """Return a function that describes an app which its file starts, on a port that is free."""

    def describe() -> tuple[ForeignTarget, str]:
        with moody_app() as app:
            origin, port = app.origin, app.server_address[1]
        command = [sys.executable, "-m", "tests.moody_app", str(port)]
        environment = f"[server.environment]\nPYTHONPATH = {str(ROOT)!r}\n"
        return target_at(tmp_path, origin, f"[server]\ncommand = {command}\n{environment}"), origin

    return describe


@pytest.mark.server
def test_app_is_started_and_stopped_by_its_file(started: Callable[[], tuple[ForeignTarget, str]]) -> None:
    """It listens by itself; halted and resumed it is another process at the same address."""
    target, origin = started()
    with Standing(target) as standing:
        assert lives(standing)
        standing.halt()
        assert not lives(standing)
        standing.resume()
        assert lives(standing)
        assert standing.base_url == origin
    assert not listener_at(origin)


@pytest.mark.server
def test_port_of_somebody_else_is_not_taken_for_the_app(started: Callable[[], tuple[ForeignTarget, str]]) -> None:
    """Else a forgotten process would be judged in the place of the one that was to be started."""
    target, origin = started()
    with moody_app(port=int(origin.rpartition(":")[2])), pytest.raises(Unwelcome, match="something answers at"):
        Standing(target).__enter__()


@pytest.mark.server
def test_app_that_does_not_start_says_why(tmp_path: Path) -> None:
    """The end of its own output is told."""
    code = "raise SystemExit('the port is haunted')"
    more = f"[server]\ncommand = {[sys.executable, '-c', code]}\n"
    with moody_app() as app:
        origin = app.origin
    with pytest.raises(Unwelcome, match="it said: the port is haunted"):
        Standing(target_at(tmp_path, origin, more)).__enter__()
    assert threading.active_count() < 10
