"""An app's server is started, waited for, and always stopped, with all that belongs to it."""

import os
import signal
import sys
import urllib.request
from pathlib import Path

import pytest

from nologout.errors import TargetError
from nologout.stage.server import Server
from nologout.targets import sample
from nologout.targets.target import Launch, Target
from tests.planted import jwt
from tests.processes import ended, living_group

pytestmark = pytest.mark.server
TOKEN = jwt()


class Made(Target):
    """A target that starts what a test wants."""

    name = "made_up"
    capabilities = frozenset()

    def __init__(self, code: str, prepare: str = "") -> None:
        self._launch = (sys.executable, "-c", code, "{fd}")
        self._prepare = ((sys.executable, "-c", prepare),) if prepare else ()

    def launch(self, state: Path) -> Launch:
        """Return the command, which writes a file into its folder."""
        (state / "made").write_text("by the target")
        return Launch(self._launch, str(state), {"SEEN": "by the server"}, self._prepare)


def folder_of(server: Server) -> Path:
    """Return where the server keeps its files."""
    return server._state


def test_server_answers_as_soon_as_it_is_there() -> None:
    """Inside the block the first request is served."""
    with (
        Server(sample("cookie_xhr")) as server,
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(server.base_url) as reply,
    ):
        assert server.alive
        assert reply.status == 200


def test_stopped_server_leaves_nothing() -> None:
    """Neither folder nor process is left; stopping twice is no error."""
    with Server(sample("cookie_xhr")) as server:
        group, folder = server.pid, folder_of(server)
        assert len(living_group(group)) == 2
    assert not server.alive
    assert not folder.exists()
    assert living_group(group) == []
    server.stop()


def test_killed_leash_leaves_nothing_after_the_stop() -> None:
    """A server whose leash was killed is still ended by the one who stops it."""
    with Server(sample("cookie_xhr")) as server:
        group = server.pid
        os.kill(group, signal.SIGKILL)
        assert ended(group)
        orphans = [process.pid for process in living_group(group)]
        assert orphans
    assert ended(*orphans)


def test_server_that_does_not_start_says_why() -> None:
    """The error holds the end of its own output, and nothing is left."""
    server = Server(Made("print('a'); print('the port is haunted'); raise SystemExit(3)"))
    with pytest.raises(TargetError, match=r"'made_up' did not start: a\nthe port is haunted"), server:
        pass
    assert not folder_of(server).exists()
    assert living_group(server.pid) == []


def test_output_of_a_server_is_told_without_secrets() -> None:
    """Tokens that it wrote are cut, and only the last lines are told."""
    server = Server(Made(f"print('first'); print('x\\n' * 30); print('token={TOKEN}'); raise SystemExit(3)"))
    with pytest.raises(TargetError) as caught, server:
        pass
    assert "[cut]" in str(caught.value)
    assert TOKEN[:16] not in str(caught.value)
    assert "first" not in str(caught.value)


def test_preparation_that_fails_says_why() -> None:
    """A server whose database cannot be made is not started."""
    server = Server(Made("", prepare="raise SystemExit('no room for a database')"))
    with pytest.raises(TargetError, match="failed: no room for a database"), server:
        pass
    assert not folder_of(server).exists()


def test_settings_of_the_tests_do_not_reach_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's settings of this very run are not the app's."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "not.the.apps")
    code = "import os; raise SystemExit(str(os.environ.get('DJANGO_SETTINGS_MODULE')) + ' ' + os.environ['SEEN'])"
    with pytest.raises(TargetError, match="None by the server"), Server(Made(code)):
        pass


def test_two_servers_share_nothing() -> None:
    """Each has a port and a folder of its own."""
    with Server(sample("cookie_xhr")) as one, Server(sample("cookie_xhr")) as two:
        assert one.base_url != two.base_url
        assert folder_of(one) != folder_of(two)
