"""`manage.py refresh_report`: what it counts, what it passes over, and what it says when it cannot."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from monitoring import stored
from monitoring.management.commands import refresh_report
from tests.people import NOON, at, family_of, post, refresh, rotated_hourly, sign_in
from tests.test_server_settings import PRODUCTION, run_python

OK = "at={at} event=refresh reason=ok status=200 remote=192.0.2.7 path=/api/token/refresh/"
OLD = OK.format(at="2030-05-16T11:59:59Z")
NEW = OK.format(at="2030-05-16T12:00:00Z")
REUSED = "at=2030-05-17T11:00:00Z event=refresh reason=reuse_detected status=401 remote=- path=/api/token/refresh/"
LAPSED = "at=2030-05-17T11:00:00Z event=refusal reason=token_not_valid status=401 remote=2001:db8::7 path=/api/me/"
FORBIDDEN = "at=2030-05-17T11:00:00Z event=refusal reason=forbidden status=403 remote=- path=/api/" + "long/" * 20
LOST = "at=2030-05-17T11:00:00Z event=forced_logout reason={} status=204 remote=- path=/api/forced-logouts/"
FOREIGN = [
    "",
    "2030-05-17 12:00:00,000 WARNING django.request Unauthorized: /api/me/",
    # What a client could write into a log of others.
    f"2030-05-17 12:00:00,000 WARNING django.request Not Found: /x 2030-05-17 12:00:00,000 INFO monitoring {NEW}",
    f'192.0.2.7 "GET / HTTP/1.1" 200 {NEW}',
    f"{NEW} and more",
    OK.format(at="2030-99-99T12:00:00Z"),
    "at=2030-05-17T11:00:00Z event=refresh reason=OK status=200 remote=- path=/",
    "at=2030-05-17T11:00:00Z event=forced_login reason=ok status=200 remote=- path=/",
    "\ufffd\x00binary",
]
REPORT = """\
Refreshes                                                    count    share
  ok                                                             2    66.7%
  reuse_detected                                                 1    33.3%
  total                                                          3   100.0%

Forced logouts, as clients report them                       count    share
  expired                                                        2    66.7%
  other                                                          1    33.3%
  total                                                          3   100.0%

Refusals by the API                                          count    share
  401 token_not_valid    /api/me/                                2    66.7%
  403 forbidden          /api/long/long/long/long/lon...         1    33.3%
  total                                                          3   100.0%
"""

Report = Callable[..., str]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Write a log: three refreshes, three forced logouts and three refusals among lines of others."""
    path = tmp_path / "monitoring.log"
    as_on_stderr = f"2030-05-17 12:00:00,000 WARNING monitoring {LAPSED}"
    lost = [LOST.format(reason) for reason in ("expired", "other", "expired")]
    path.write_text("\n".join([OLD, NEW, REUSED, *FOREIGN, *lost, LAPSED, as_on_stderr, FORBIDDEN]) + "\n", "utf-8")
    return path


def report(*arguments: str) -> str:
    """Run the command at noon, without the database."""
    answer = io.StringIO()
    with at(0):
        call_command("refresh_report", *arguments, "--logs-only", stdout=answer)
    return answer.getvalue()


def test_report_shows_rates_aligned_within_eighty_columns(log: Path) -> None:
    """Success first, then the most frequent; a long path is cut."""
    assert report(str(log)) == REPORT
    assert max(len(line) for line in REPORT.splitlines()) <= 80


def test_json_holds_the_same_for_machines(log: Path) -> None:
    """Shares are between 0 and 1, paths are whole, and lines of others are counted."""
    told: dict[str, Any] = json.loads(report(str(log), "--json"))
    assert told["refreshes"] == {"total": 3, "success_rate": 0.6667, "by_reason": {"ok": 2, "reuse_detected": 1}}
    assert told["forced_logouts"] == {"total": 3, "by_reason": {"expired": 2, "other": 1}}
    assert (told["refusals"]["total"], told["foreign_lines"], told["since"]) == (3, len(FOREIGN), None)
    lapsed = {"status": 401, "reason": "token_not_valid", "path": "/api/me/", "count": 2, "share": 0.6667}
    assert told["refusals"]["rows"][0] == lapsed


@pytest.mark.parametrize(("span", "oks"), [("86400s", 1), ("24h", 1), ("1d", 1), ("2d", 2), ("9w", 2)])
def test_since_counts_young_lines_only(log: Path, span: str, oks: int) -> None:
    """A line as old as the span still counts."""
    assert json.loads(report(str(log), "--json", "--since", span))["refreshes"]["by_reason"]["ok"] == oks


def test_files_and_standard_input_add_up(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several files are one log; - reads what is piped in."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NEW}\n"))
    assert json.loads(report(str(log), "-", str(log), "--json"))["refreshes"]["by_reason"]["ok"] == 5


def test_log_without_refreshes_has_no_rate(tmp_path: Path) -> None:
    """Nothing is divided by nothing."""
    (tmp_path / "log").write_text(LAPSED)
    assert json.loads(report(str(tmp_path / "log"), "--json"))["refreshes"]["success_rate"] is None
    assert report(str(tmp_path / "log")).startswith("No refreshes.\n\nNo forced logouts reported.\n\nRefusals by")


def test_log_of_forced_logouts_alone_is_reported(tmp_path: Path) -> None:
    """They may be all that is left of the sessions."""
    (tmp_path / "log").write_text(LOST.format("bad_signature"))
    assert json.loads(report(str(tmp_path / "log"), "--json"))["forced_logouts"]["by_reason"] == {"bad_signature": 1}
    assert "\n  bad_signature " in report(str(tmp_path / "log"))


def test_rare_refusals_are_summed_up(tmp_path: Path) -> None:
    """Twenty rows are shown, and the rest in one."""
    rows = [LAPSED.replace("/me/", f"/{number}/") for number in range(25)]
    (tmp_path / "log").write_text("\n".join(rows))
    shown = report(str(tmp_path / "log")).splitlines()
    assert shown[-2].split() == ["others", "5", "20.0%"]
    assert len(shown) == 27


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no/such.log"], r"no/such\.log cannot be read: No such file .* is the path right"),
        (["."], "cannot be read: Is a directory"),
        ([], "Name one, or set MONITORING"),
        (["{log}", "--since", "soon"], "'soon' is no span of time. Write a number and s, m, h, d or w, as in 24h"),
        (["{log}", "--since", "1m"], "No line of monitoring of the last 1m in .*Try a longer --since"),
        (["{log}", "--since", "999999w"], "before all time"),
        (["{foreign}"], "All 9 lines are others'. Is monitoring in INSTALLED_APPS"),
        (["{empty}"], "It is empty"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_hint(log: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    """manage.py prints the sentence, and exits with 1."""
    foreign, empty = tmp_path / "foreign.log", tmp_path / "empty.log"
    foreign.write_text("\n".join(FOREIGN) + "\n", "utf-8")
    empty.touch()
    with pytest.raises(CommandError, match=said):
        report(*(word.format(log=log, foreign=foreign, empty=empty) for word in arguments))


def test_help_teaches() -> None:
    """The examples keep their lines."""
    parser = refresh_report.Command().create_parser("manage.py", "refresh_report")
    assert "\n    manage.py refresh_report --since 24h " in parser.format_help()


@pytest.mark.usefixtures("database")
def test_database_is_counted_too(log: Path) -> None:
    """Tokens outstanding, blacklisted, expired; families alive, and ended by reason."""
    before = stored.stored()
    with at(0):
        sign_in()
        post("/api/token/blacklist/", {"refresh": sign_in()})
        in_bulk = family_of(sign_in()).outstanding
        BlacklistedToken.objects.bulk_create([BlacklistedToken(token=in_bulk)])
        OutstandingToken.objects.create(jti=f"old-{log}", expires_at=NOON)
        refresh(rotated_hourly(2)[0])
        answer = io.StringIO()
        call_command("refresh_report", str(log), "--json", stdout=answer)
    told: dict[str, dict[str, int]] = json.loads(answer.getvalue())["database"]
    assert told["tokens"]["outstanding"] - before["tokens"]["outstanding"] == 5
    assert told["tokens"]["blacklisted"] - before["tokens"]["blacklisted"] == 2
    assert told["tokens"]["expired"] >= 1
    ended = {reason: told["families"][reason] - before["families"].get(reason, 0) for reason in told["families"]}
    assert (ended["logged_out"], ended["revoked_reuse"]) == (2, 1)
    assert told["families"]["alive"] >= 1


@pytest.mark.usefixtures("database")
def test_unreadable_database_is_said_with_a_hint(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log alone can still be read."""

    def broken() -> None:
        raise ProgrammingError("no such table")

    monkeypatch.setattr(refresh_report, "stored", broken)
    with pytest.raises(CommandError, match=r"no such table\. Run migrate, .*: --logs-only"):
        call_command("refresh_report", str(log))


PRODUCTION_RUN = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client
Client().post("/api/token/refresh/", {"refresh": "x"}, secure=True)
Client().get("/api/me/", secure=True)
Client().post("/api/forced-logouts/", '{"reason": "expired"}', "text/plain", secure=True)
call_command("refresh_report", "--json", "--logs-only")
"""


def test_production_writes_a_file_that_the_report_reads(tmp_path: Path) -> None:
    """MONITORING_LOG is all it takes; the file holds messages alone, and stderr does not repeat them."""
    path = tmp_path / "monitoring.log"
    done = run_python(PRODUCTION_RUN, **PRODUCTION, MONITORING_LOG=str(path))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["refreshes"]["by_reason"] == {"malformed": 1}
    assert [row["reason"] for row in told["refusals"]["rows"]] == ["not_authenticated"]
    assert told["forced_logouts"]["by_reason"] == {"expired": 1}
    events = [line.split()[1] for line in path.read_text().splitlines()]
    assert events == ["event=refresh", "event=refusal", "event=forced_logout"]
    assert "event=" not in done.stderr


def test_report_with_no_file_yet_makes_none(settings: LazySettings, tmp_path: Path) -> None:
    """Asking before the first refresh is an error, and leaves nothing behind."""
    settings.MONITORING = {"LOG_FILE": str(tmp_path / "monitoring.log")}
    with pytest.raises(CommandError, match="The server writes it with the first refresh"):
        report()
    assert list(tmp_path.iterdir()) == []
