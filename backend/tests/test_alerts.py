"""The alert rules that token_family ships: they fire and keep silent as promtool plays them, on metrics that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from tests.running_server import BACKEND
from token_family.metrics import AGE_BUCKETS, OUTCOMES
from token_family.reasons import Granted, Trouble

RULES = Path("token_family/alerts/token_family.rules.yml")
CASES = Path("tests/token_family.rules.test.yml")
THRESHOLD = re.compile(r"(?<= > )[\d.]+")

needs_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is not installed: apt-get install prometheus"
)


def promtool(*arguments: str, folder: Path = BACKEND) -> subprocess.CompletedProcess[str]:
    """Run promtool in a folder."""
    return subprocess.run(("promtool", *arguments), cwd=folder, capture_output=True, text=True, check=False)


def expressions() -> list[str]:
    """Return the expression of each alert."""
    return re.findall(r"^ +expr: (.*?)^ +labels:", (BACKEND / RULES).read_text(), re.MULTILINE | re.DOTALL)


def words(label: str) -> set[str]:
    """Return every value that the rules ask of a label."""
    asked = re.findall(rf'{label}!?=~?"([^"]*)"', "".join(expressions()))
    return {word for words in asked for word in words.split("|")}


def cases() -> tuple[int, int]:
    """Return in how many cases an alert fires, and in how many none does."""
    firing = ["alertname=" in case for case in (BACKEND / CASES).read_text().split("- name:")[1:]]
    return sum(firing), len(firing) - sum(firing)


def failures(tmp_path: Path, factor: float, instead_of_zero: int) -> int:
    """Return how many cases fail when every threshold is multiplied."""
    for name in (RULES, CASES):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(BACKEND / name, tmp_path / name)
    text = (BACKEND / RULES).read_text()
    (tmp_path / RULES).write_text(THRESHOLD.sub(lambda m: str(float(m[0]) * factor or instead_of_zero), text))
    played = promtool("test", "rules", str(CASES), folder=tmp_path)
    assert played.returncode == 1, played.stdout
    return len(re.findall(r"^ +expr: ", played.stdout + played.stderr, re.MULTILINE))


@needs_promtool
def test_rules_are_rules() -> None:
    """Prometheus would load them."""
    checked = promtool("check", "rules", str(RULES))
    assert checked.returncode == 0, checked.stderr
    assert f"{len(expressions())} rules found" in checked.stdout


@needs_promtool
def test_each_alert_fires_above_its_threshold_and_not_below() -> None:
    """The cases say when, and no other alert fires with it."""
    played = promtool("test", "rules", str(CASES))
    assert played.returncode == 0, played.stdout + played.stderr


@needs_promtool
def test_raised_thresholds_are_noticed(tmp_path: Path) -> None:
    """With each half as high again, every case in which an alert fires fails."""
    firing, _ = cases()
    assert failures(tmp_path, 1.5, instead_of_zero=2) == firing


@needs_promtool
def test_lowered_thresholds_are_noticed(tmp_path: Path) -> None:
    """With each a third lower, every case fails in which none fires, but one where nobody young is refused."""
    _, silent = cases()
    assert failures(tmp_path, 1 / 1.5, instead_of_zero=-1) == silent - 1


def test_each_alert_has_a_case_that_fires_it() -> None:
    """It also says how urgent it is, what has happened and what to do."""
    text = (BACKEND / RULES).read_text()
    alerts = re.findall(r"- alert: (\w+)", text)
    assert set(alerts) == set(re.findall(r'alertname="(\w+)"', (BACKEND / CASES).read_text()))
    for needed in ("severity: (?:page|ticket)\n", "summary: ", "description: "):
        assert len(re.findall(needed, text)) == len(alerts), needed


def test_rules_ask_for_what_is_counted() -> None:
    """Metrics and values of labels are those that exist, and refused is what is neither granted nor in trouble."""
    asked = {name.removesuffix("_bucket") for name in re.findall(r"\brefresh_\w+", "".join(expressions()))}
    exposed = {metric.name if metric.type == "histogram" else f"{metric.name}_total" for metric in REGISTRY.collect()}
    assert asked <= exposed
    assert words("outcome") <= set(OUTCOMES)
    assert words("age_bucket") <= set(AGE_BUCKETS)
    not_refused = re.findall(r'outcome!~"([^"]*)"', "".join(expressions()))
    assert [set(words.split("|")) for words in not_refused] == [{*Granted, *Trouble}] * 2
