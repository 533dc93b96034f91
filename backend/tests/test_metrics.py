"""What prometheus-client is told of refreshes and forced logouts, in one process and in two."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Q
from django.test import RequestFactory
from prometheus_client import REGISTRY
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.parser import text_string_to_metric_families

from monitoring.forced_logouts import OTHER, REASONS
from tests.people import NOON, at, claims, post, refresh, rotated_hourly, sign_in, signed
from tests.running_server import BACKEND, lab_environment, migrate, running_server
from token_family import families
from token_family.attempts import Attempt, refresh_attempted
from token_family.clients import Client
from token_family.metrics import AGE_BUCKETS, OUTCOMES, SKEWS_S

DAY_S = 24 * 3600
MOST = 200


def value(name: str, **labels: str) -> float:
    """Return what a series of this process says now."""
    found = REGISTRY.get_sample_value(name, labels)
    assert found is not None, (name, labels)
    return found


def counted(act: Callable[[], object]) -> dict[tuple[str, str], float]:
    """Return which attempts are counted while something is done, by outcome and age."""
    pairs = [(outcome, age) for outcome in OUTCOMES for age in AGE_BUCKETS]
    before = {pair: value("refresh_total", outcome=pair[0], age_bucket=pair[1]) for pair in pairs}
    act()
    changes = {pair: value("refresh_total", outcome=pair[0], age_bucket=pair[1]) - before[pair] for pair in pairs}
    return {pair: change for pair, change in changes.items() if change}


def attempts_in(samples: list[Any]) -> float:
    """Return how many attempts the samples of a registry count."""
    return sum(float(sample.value) for sample in samples if sample.name == "refresh_total")


def attempts_of_workers(folder: Path) -> list[float]:
    """Return how many attempts each process has counted, of those that counted any."""
    merge = MultiProcessCollector.merge
    merged = [merge([str(path)]) for path in folder.glob("counter_*.db")]  # type: ignore[no-untyped-call] # it has no types
    totals = [attempts_in([s for metric in metrics for s in metric.samples]) for metrics in merged]
    return [total for total in totals if total]


def view_of_readme() -> Callable[..., Any]:
    """Return the view that backend/README.md tells a project to write."""
    blocks = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", (BACKEND / "README.md").read_text(), re.MULTILINE)
    [block] = [block for block in blocks if "def metrics(" in block]
    names: dict[str, Any] = {}
    exec("\n".join(line.removeprefix("    ") for line in block.splitlines()), names)  # noqa: S102 - it is ours
    view: Callable[..., Any] = names["metrics"]
    return view


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("seconds", "bucket"), [(7 * DAY_S - 1, "within_lifetime"), (7 * DAY_S, "past_lifetime"), (-60, "within_lifetime")]
)
def test_session_is_counted_by_its_age(seconds: int, bucket: str) -> None:
    """It is young while it is younger than a refresh token lives, also where the clock was set back."""
    with at(0):
        token = sign_in()
    with at(6 * DAY_S):
        token = refresh(token).body["refresh"]
    with at(seconds):
        assert counted(lambda: refresh(token)) == {("rotated", bucket): 1}


@pytest.mark.usefixtures("database")
def test_attempt_of_no_known_session_is_counted_too() -> None:
    """Of its age nothing is known."""
    assert counted(lambda: post("/api/token/refresh/", {})) == {("missing", "unknown"): 1}
    assert counted(lambda: refresh("x")) == {("malformed", "unknown"): 1}
    assert counted(lambda: refresh(signed(exp=1))) == {("expired", "unknown"): 1}


@pytest.mark.usefixtures("database")
def test_reason_that_an_administrator_made_up_makes_no_new_series() -> None:
    """It is counted under one word with all of its kind."""
    token = sign_in()
    families.end(Q(sid=claims(token)["sid"]), "spring_cleaning", NOON)
    assert counted(lambda: refresh(token)) == {("revoked_other", "within_lifetime"): 1}
    assert REGISTRY.get_sample_value("refresh_total", {"outcome": "spring_cleaning"}) is None


@pytest.mark.usefixtures("database")
def test_replay_is_observed_with_its_age_and_a_rotation_is_not() -> None:
    """Only what is honoured after it was replaced has such an age; each attempt has a latency."""
    names = ("refresh_replay_age_seconds_count", "refresh_replay_age_seconds_sum", "refresh_seconds_count")
    before = [value(name) for name in names]
    first, _ = rotated_hourly(1)
    with at(20):
        refresh(first)
    with at(600):
        refresh(first)
    assert [value(name) - was for name, was in zip(names, before, strict=True)] == [2, 620, 3]
    assert value("refresh_seconds_sum") > 0


def changes(**words: object) -> dict[str, float]:
    """Return by how much each series of clients and clocks grows with an attempt of these words."""
    buckets = [("refresh_clock_skew_seconds_bucket", {"le": str(float(bound))}) for bound in SKEWS_S]
    series: list[tuple[str, dict[str, str]]] = [
        *(("refresh_replay_changed_client_total", {"what": what}) for what in Client._fields),
        *(("refresh_immature_iat_total", {}), ("refresh_clock_skew_seconds_count", {})),
        *buckets,
    ]
    before = [value(name, **labels) for name, labels in series]
    refresh_attempted.send(sender=Attempt, latency_ms=1.0, **words)
    grown = [value(name, **labels) - was for (name, labels), was in zip(series, before, strict=True)]
    return {
        " ".join([name.removeprefix("refresh_"), *labels.values()]): growth
        for (name, labels), growth in zip(series, grown, strict=True)
        if growth
    }


@pytest.mark.parametrize(
    ("words", "grown"),
    [
        ({"outcome": "replay_concurrent"}, []),
        ({"outcome": "replay_concurrent", "agent_changed": True}, ["agent"]),
        ({"outcome": "replay_lost_response", "address_changed": True}, ["address"]),
        ({"outcome": "replay_lost_response", "agent_changed": True, "address_changed": True}, ["agent", "address"]),
        ({"outcome": "reuse_detected", "agent_changed": True}, []),
    ],
)
def test_honoured_replay_from_another_client_is_counted_by_what_changed(
    words: dict[str, object], grown: list[str]
) -> None:
    """One in each that changed; what was not honoured has ended the session, and is counted as reuse."""
    assert changes(**words) == {f"replay_changed_client_total {what}": 1 for what in grown}


@pytest.mark.parametrize(("skew_s", "holds"), [(0.0, 1), (-3.2, -1), (10.0, 10), (-7200.0, -3600), (90.0, 300)])
def test_skew_is_observed_on_both_sides_of_nothing(skew_s: float, holds: int) -> None:
    """A clock that is behind and one that is ahead are told apart."""
    grown = changes(outcome="rotated", skew_s=skew_s)
    buckets = [f"clock_skew_seconds_bucket {float(bound)}" for bound in SKEWS_S if bound >= holds]
    assert grown == dict.fromkeys(["clock_skew_seconds_count", *buckets], 1)


def test_immature_token_is_counted_whatever_comes_of_it() -> None:
    """And one that is not is not."""
    for outcome in ("rotated", "family_unknown"):
        assert changes(outcome=outcome, immature_iat=True) == {"immature_iat_total": 1}
    assert changes(outcome="rotated") == {}


@pytest.mark.parametrize("app", ["token_family", "monitoring"])
def test_app_without_prometheus_client_loads_no_metrics(monkeypatch: pytest.MonkeyPatch, app: str) -> None:
    """A project that does not count installs nothing for it."""
    monkeypatch.delitem(sys.modules, f"{app}.metrics")
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    apps.get_app_config(app).ready()
    assert f"{app}.metrics" not in sys.modules


def test_every_series_is_there_before_anything_is_counted(tmp_path: Path) -> None:
    """Each at 0: Prometheus sees no increase in a series that begins at 1."""
    shows = "import django, prometheus_client as p; django.setup(); print(p.generate_latest().decode())"
    environment = lab_environment(tmp_path, "family")
    shown = subprocess.run([sys.executable, "-c", shows], cwd=BACKEND, env=environment, check=True, capture_output=True)
    lines = shown.stdout.decode().splitlines()
    expected = {
        "refresh_immature_iat_total 0.0",
        *(f'refresh_replay_changed_client_total{{what="{what}"}} 0.0' for what in ("agent", "address")),
        *(f'refresh_total{{age_bucket="{age}",outcome="{word}"}} 0.0' for age in AGE_BUCKETS for word in OUTCOMES),
        *(f'forced_logout_total{{reason="{reason}"}} 0.0' for reason in (*REASONS, OTHER)),
    }
    assert expected <= set(lines)


@pytest.mark.server
def test_two_workers_of_gunicorn_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's view sums what both counted, no attempt is lost, and what a worker counted outlives it."""
    folder = tmp_path / "metrics"
    folder.mkdir()
    migrate(tmp_path, "family")
    sent = 0
    with running_server(tmp_path, "family", workers=2, PROMETHEUS_MULTIPROC_DIR=str(folder)) as server:
        _, pair = server.sign_in()
        while len(attempts_of_workers(folder)) < 2 and sent < MOST:
            assert server.refresh(pair["refresh"]).status == 200
            sent += 1
    assert len(attempts_of_workers(folder)) == 2
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(folder))
    response = view_of_readme()(RequestFactory().get("/metrics"))
    assert response["Content-Type"].startswith("text/plain")
    read = text_string_to_metric_families(response.content.decode())
    samples = [sample for metric in read for sample in metric.samples]
    assert attempts_in(samples) == sent
    assert {s.labels["outcome"] for s in samples if s.name == "refresh_total" and s.value} == {
        "rotated",
        "replay_concurrent",
    }
    assert [s.value for s in samples if s.name == "refresh_seconds_count"] == [sent]
