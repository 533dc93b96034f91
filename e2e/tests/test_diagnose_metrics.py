"""Whether an API's monitoring counts refreshes: by what moves when one is refused, and when one is granted."""

from __future__ import annotations

import importlib
import itertools
import json
import sys
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from nologout import cli
from nologout.diagnose.diagnosis import diagnosed
from nologout.diagnose.metrics import Meter, counters
from nologout.errors import Unwelcome
from nologout.targets import Reference
from tests.metrics_server import metrics_server
from tests.observations import seen
from tests.rotating_server import PASSWORD, Habits, RotatingServer, rotating_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from nologout.diagnose.observed import Metrics
    from nologout.plugin.fixtures import ServerPool
    from nologout.targets.target import Launch

URL = "http://127.0.0.1:9/metrics"
BY_LABEL = '# TYPE refresh counter\nrefresh_total{{outcome="ok"}} {ok}\nrefresh_total{{outcome="refused"}} {bad}\n'
BY_METRIC = "# TYPE a counter\nrefresh_tries_total {all}\n# TYPE b counter\nrefresh_failures_total {bad}\n"
BY_STATUS = """# TYPE http_requests_total counter
http_requests_total{{view="token_refresh",status="200"}} {ok}
http_requests_total{{view="token_refresh",status="401"}} {bad}
http_requests_total{{view="me",status="401"}} 7
"""
ALIKE = "# TYPE refresh_total counter\nrefresh_total {all}\n"
ONLY_GOOD = "# TYPE refresh_ok_total counter\nrefresh_ok_total {ok}\n"
ISSUED = "# TYPE tokens_issued_total counter\ntokens_issued_total {ok}\n" + ALIKE
OTHERS = "# TYPE logins_total counter\nlogins_total {all}\n"
GAUGE = "# TYPE refresh_sessions gauge\nrefresh_sessions {all}\n"
STILL = '# TYPE refresh_total counter\nrefresh_total{{outcome="ok"}} 5\n'


class Figures:
    """Counts what a server does with refresh tokens."""

    def __init__(self, server: RotatingServer, style: str) -> None:
        self._style, self._renew = style, server.renew
        self.ok = self.bad = 0
        server.renew = self._counted  # type: ignore[method-assign] # it is what this is for

    def text(self) -> str:
        """Return the metrics."""
        return self._style.format(ok=self.ok, bad=self.bad, all=self.ok + self.bad)

    def _counted(self, token: str) -> str:
        successor = self._renew(token)
        self.ok, self.bad = self.ok + bool(successor), self.bad + (not successor)
        return successor


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the account into the environment; small servers need no rest between requests."""
    monkeypatch.setattr("nologout.diagnose.wire.BETWEEN_S", 0)
    monkeypatch.setenv("NOLOGOUT_USERNAME", "ann")
    monkeypatch.setenv("NOLOGOUT_PASSWORD", PASSWORD)


def told_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """Return mark and evidence of item 6."""
    cli.run(["diagnose", *arguments, "--wait", "0", "--json"])
    item = json.loads(capsys.readouterr().out)["checklist"][5]
    return item["mark"], item["evidence"]


@pytest.mark.parametrize(
    ("style", "mark", "says"),
    [
        (BY_LABEL, "done", 'a refused refresh moved refresh_total{outcome="refused"}; a granted one refresh_total'),
        (BY_METRIC, "done", "moved refresh_failures_total, refresh_tries_total; a granted one refresh_tries_total"),
        (BY_STATUS, "done", 'http_requests_total{status="401",view="token_refresh"}; a granted one'),
        (ALIKE, "cannot tell", "no counter of refreshes tells the two apart"),
        (ONLY_GOOD, "cannot tell", "a refused refresh moved nothing; a granted one refresh_ok_total"),
        # Tokens are issued to whoever signs in, too.
        (ISSUED, "cannot tell", "no counter of refreshes tells the two apart"),
        (OTHERS, "not done", "no counter of refreshes or tokens moved, and this probe failed at"),
        (GAUGE, "not done", "no counter of refreshes or tokens moved"),
        (STILL, "not done", "no counter of refreshes or tokens moved"),
        ("<p>Hello {{}}", "cannot tell", "brought no metrics in Prometheus's text format"),
    ],
    ids=["label", "metric", "status", "alike", "only_good", "issued", "others", "gauge", "still", "html"],
)
def test_refreshes_are_monitored_where_success_and_failure_are_told_apart(
    capsys: pytest.CaptureFixture[str], style: str, mark: str, says: str
) -> None:
    """By a label or by a metric, whatever they are called."""
    with rotating_server(Habits(reuse="grant")) as server, metrics_server(Figures(server, style).text) as metrics:
        told = told_by(capsys, server.origin, "--metrics", metrics.url)
    assert told[0] == mark, told
    assert says in told[1], told


def test_metrics_that_are_not_there_leave_the_diagnosis_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """The rest is told; the checklist is shown without being asked for."""
    with rotating_server(Habits(reuse="grant")) as server, metrics_server(str) as metrics:
        assert cli.run(["diagnose", server.origin, "--wait", "0", "--metrics", metrics.url + "s"]) == 0
    output = " ".join(capsys.readouterr().out.split())
    assert "6. Monitor token refresh success rates: cannot tell" in output
    assert "GET /metricss was answered 404" in output


def meter_of(*readings: Any) -> Metrics:  # noqa: ANN401 - counters, or what reading them raises
    """Return what a meter tells that reads these one after another, and then the last for ever."""
    left = itertools.chain(readings, itertools.repeat(readings[-1]))

    def read() -> dict[Any, float]:
        found = next(left)
        if isinstance(found, Exception):
            raise found
        return {(name, ()): value for name, value in found.items()}

    meter = Meter(read, sleep=lambda _: None)
    assert meter.over("refused", lambda: 1) == 1
    assert meter.over("granted", lambda: 2) == 2
    return meter.told(URL)


@pytest.mark.parametrize(
    ("readings", "why"),
    [
        (({"refresh_a": 3}, {"refresh_a": 1}), "does each process of the server count for itself?"),
        (({"refresh_a": 3, "refresh_b": 1}, {"refresh_a": 4}), "does each process of the server count for itself?"),
        (({"refresh_a": 3}, {"refresh_a": 9}), "others refresh meanwhile"),
        ((Unwelcome("gone"),), "gone"),
        (({"refresh_a": 3}, Unwelcome("gone")), "gone"),
    ],
)
def test_counters_that_others_move_tell_nothing(readings: tuple[Any, ...], why: str) -> None:
    """It is said why; the probe itself goes on."""
    metrics = meter_of(*readings)
    assert why in metrics.why
    item = diagnosed(seen(metrics=metrics)).checklist[5]
    assert (item.mark, why in item.evidence) == ("cannot tell", True)


def test_counter_that_moves_late_is_waited_for() -> None:
    """Some count when the answer is out already."""
    still, bad, good = (
        {"refresh_a": 0, "refresh_b": 0},
        {"refresh_a": 1, "refresh_b": 0},
        {"refresh_a": 1, "refresh_b": 1},
    )
    metrics = meter_of(still, still, bad, bad, bad, bad, good)
    assert (metrics.refused, metrics.granted, metrics.why) == (("refresh_a",), ("refresh_b",), "")
    assert metrics.tells_apart


def test_probe_that_broke_off_is_no_proof() -> None:
    """Neither that it is done, nor that it is not."""
    told = Meter(dict).told(URL)
    assert told.why
    assert diagnosed(seen(metrics=told)).checklist[5].mark == "cannot tell"


def test_labels_show_no_user() -> None:
    """What may be an id in a label is a star; words and statuses stay."""
    text = (
        '# TYPE refresh_total counter\nrefresh_total{user="mia@example.org",status="401",id="4f9a01c7d2e84b1aa0c3"} 1\n'
    )
    meter = Meter(iter([{}, dict(counters(text))] + [dict(counters(text))] * 9).__next__, sleep=lambda _: None)
    meter.over("refused", lambda: None)
    told = msgspec.json.encode(meter.told(URL)).decode()
    assert "refresh_total" in told
    assert "401" in told
    assert "mia" not in told
    assert "4f9a" not in told


def test_missing_parser_is_named_with_its_package(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked of anybody before."""
    for name in [each for each in sys.modules if each.startswith("prometheus_client")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(ImportError):
        importlib.import_module("prometheus_client.parser")
    assert cli.run(["diagnose", "http://127.0.0.1:9", "--metrics", URL]) == 2
    assert "hint: pip install prometheus-client" in capsys.readouterr().err


class Metered(Reference):
    """The reference, which has each of its processes count into a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__("family")
        self.name = "metered"
        self._folder = folder

    def launch(self, state: Path) -> Launch:
        """Return how to start it."""
        launch = super().launch(state)
        return msgspec.structs.replace(
            launch, environment={**launch.environment, "PROMETHEUS_MULTIPROC_DIR": str(self._folder)}
        )


@pytest.fixture
def metered(tmp_path: Path, server_pool: ServerPool) -> Iterator[tuple[str, Callable[[], str]]]:
    """Start the reference with metrics; return its address, and what a view for Prometheus would say."""
    target = Metered(tmp_path)
    server = server_pool.running(target)
    target.move_clock(server.base_url, 0)
    user = target.new_user(server.base_url)

    def text() -> str:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, path=str(tmp_path))  # type: ignore[no-untyped-call] # it has no types
        return generate_latest(registry).decode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOLOGOUT_USERNAME", user.username)
        patch.setenv("NOLOGOUT_PASSWORD", user.password)
        yield server.base_url, text
    server.stop()


@pytest.mark.server
def test_reference_monitors_its_refreshes(
    metered: tuple[str, Callable[[], str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """`token_family` counts each attempt under the word for how it ended."""
    url, text = metered
    with metrics_server(text) as metrics:
        mark, evidence = told_by(capsys, url, "--metrics", metrics.url)
    assert mark == "done", evidence
    assert 'refresh_total{age_bucket="unknown",outcome="bad_signature"}' in evidence
    assert 'refresh_total{age_bucket="within_lifetime",outcome="rotated"}' in evidence
