"""`--fail-on frontend` on a stock backend: a good front end passes the build, a bad one stops it with a ticket."""

import json
from pathlib import Path

import pytest

from nologout.plugin.fixtures import ServerPool
from nologout.targets import Reference
from tests.commands import Command

pytestmark = pytest.mark.browser
FILE = """\
base_url = "{origin}"
poke = "#refresh-list"
[credentials]
username = "OUR_USER"
password = "OUR_PASSWORD"
[expire]
how = "header"
"""


def test_good_front_end_passes_although_its_server_loses_a_session(tmp_path: Path, server_pool: ServerPool) -> None:
    """Our client, known by a file alone: what a lost reply costs is the server's to mend; the default stops for it."""
    known = Reference("stock")
    origin = server_pool.running(known).base_url
    user = known.new_user(origin)
    (tmp_path / "nologout.toml").write_text(FILE.format(origin=origin), "utf-8")
    arguments = ("prove", "--target", "nologout.toml", "--only", "lost_response", "--only", "request_lost", "-n", "1")
    account = {"OUR_USER": user.username, "OUR_PASSWORD": user.password}
    code, output, errors = Command(tmp_path).run(*arguments, "--fail-on", "frontend", **account)
    assert code == 0, output + errors
    assert "1 fail is for the server to mend, and no reason to stop the build (--fail-on frontend)." in output
    told = json.loads((tmp_path / "nologout-report" / "report.json").read_bytes())["results"]
    assert {each["scenario"]: (each["verdict"], each["side"]) for each in told} == {
        "lost_response": ("fail", "server"),
        "request_lost": ("pass", ""),
    }
    assert Command(tmp_path).run(*arguments, **account)[0] == 1


def test_bad_front_end_stops_the_build_with_a_ticket(tmp_path: Path) -> None:
    """Who has never seen nologout reads what is wrong, how to see it, who must change what, and how to check that."""
    broken = ("--client", "signs_out_on_any_failed_refresh", "--profile", "stock")
    arguments = ("prove", *broken, "--only", "request_lost", "--fail-on", "frontend", "-n", "1")
    code, output, errors = Command(tmp_path).run(*arguments)
    assert code == 1, output + errors
    (path,) = (tmp_path / "nologout-report" / "tickets").iterdir()
    ticket = path.read_text("utf-8")
    assert ticket.strip() in output
    for said in (
        "# Users are signed out: ",
        "| who must change something | the front end |",
        "| cause | `cleared_on_transient_answer`: see Evidence |",
        "A *refresh* is the request `POST /api/token/refresh/`.",
        "The bug is there if one of them is as nologout saw it: once the network had healed tab a shows the sign-in",
        "The front end must change. The fix: ",
        "nologout is a program that plays such situations in a real browser",
        "\n    nologout prove --only request_lost --client signs_out_on_any_failed_refresh --profile stock\n",
    ):
        assert said in ticket
    assert "see above" not in ticket.partition("## See it by hand")[0]
