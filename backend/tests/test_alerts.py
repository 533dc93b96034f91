"""The alert rules that we ship: they fire and keep silent as promtool plays them, on metrics that exist."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from monitoring.forced_logouts import OTHER, REASONS
from tests.running_server import BACKEND
from token_family.metrics import AGE_BUCKETS, OUTCOMES
from token_family.reasons import Granted, Trouble

THRESHOLD = re.compile(r"(?<= > )[\d.]+")
VALUES = {"outcome": OUTCOMES, "age_bucket": AGE_BUCKETS, "reason": (*REASONS, OTHER)}


@dataclass(frozen=True)
class Shipped:
    """The rules of an app, and the cases in which promtool plays them.

    With every threshold lowered `still_silent` cases stay silent, and with every one raised `still_firing` fire: for
    want of what is counted, or of what it is divided by.
    """

    app: str
    still_silent: int = 0
    still_firing: int = 0

    @property
    def rules(self) -> Path:
        """The file of the rules, from the backend's folder."""
        return Path(self.app) / "alerts" / f"{self.app}.rules.yml"

    @property
    def cases(self) -> Path:
        """The file of the cases."""
        return Path("tests") / f"{self.app}.rules.test.yml"

    @property
    def expressions(self) -> list[str]:
        """The expression of each alert."""
        return re.findall(r"^ +expr: (.*?)^ +labels:", (BACKEND / self.rules).read_text(), re.MULTILINE | re.DOTALL)

    @property
    def fires(self) -> list[bool]:
        """Whether an alert fires, for each case."""
        return ["alertname=" in case for case in (BACKEND / self.cases).read_text().split("- name:")[1:]]

    def words(self, label: str) -> set[str]:
        """Return every value that the rules ask of a label."""
        asked = re.findall(rf'\b{label}!?=~?"([^"]*)"', "".join(self.expressions))
        return {word for words in asked for word in words.split("|")}


# Where nobody young is refused, no threshold matters; nor where nothing is rotated, and anything is infinitely more.
SHIPPED = [Shipped("token_family", still_silent=1), Shipped("monitoring", still_firing=1)]

of_each_app = pytest.mark.parametrize("shipped", SHIPPED, ids=lambda shipped: shipped.app)
needs_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool is not installed: apt-get install prometheus"
)


def promtool(*arguments: str, folder: Path = BACKEND) -> subprocess.CompletedProcess[str]:
    """Run promtool in a folder."""
    return subprocess.run(("promtool", *arguments), cwd=folder, capture_output=True, text=True, check=False)


def failures(shipped: Shipped, tmp_path: Path, factor: float, instead_of_zero: int) -> int:
    """Return how many cases fail when every threshold is multiplied."""
    for name in (shipped.rules, shipped.cases):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(BACKEND / name, tmp_path / name)
    text = (BACKEND / shipped.rules).read_text()
    (tmp_path / shipped.rules).write_text(THRESHOLD.sub(lambda m: str(float(m[0]) * factor or instead_of_zero), text))
    played = promtool("test", "rules", str(shipped.cases), folder=tmp_path)
    assert played.returncode == 1, played.stdout
    return len(re.findall(r"^ +expr: ", played.stdout + played.stderr, re.MULTILINE))


@needs_promtool
@of_each_app
def test_rules_are_rules(shipped: Shipped) -> None:
    """Prometheus would load them."""
    checked = promtool("check", "rules", str(shipped.rules))
    assert checked.returncode == 0, checked.stderr
    assert f"{len(shipped.expressions)} rules found" in checked.stdout


@needs_promtool
@of_each_app
def test_each_alert_fires_above_its_threshold_and_not_below(shipped: Shipped) -> None:
    """The cases say when, and no other alert fires with it."""
    played = promtool("test", "rules", str(shipped.cases))
    assert played.returncode == 0, played.stdout + played.stderr


@needs_promtool
@of_each_app
def test_raised_thresholds_are_noticed(shipped: Shipped, tmp_path: Path) -> None:
    """With each half as high again, the cases fail in which an alert fires."""
    firing = sum(shipped.fires)
    assert failures(shipped, tmp_path, 1.5, instead_of_zero=2) == firing - shipped.still_firing


@needs_promtool
@of_each_app
def test_lowered_thresholds_are_noticed(shipped: Shipped, tmp_path: Path) -> None:
    """With each a third lower, the cases fail in which none fires."""
    silent = shipped.fires.count(False)
    assert failures(shipped, tmp_path, 1 / 1.5, instead_of_zero=-1) == silent - shipped.still_silent


@of_each_app
def test_each_alert_has_a_case_that_fires_it(shipped: Shipped) -> None:
    """It also says how urgent it is, what has happened and what to do."""
    text = (BACKEND / shipped.rules).read_text()
    alerts = re.findall(r"- alert: (\w+)", text)
    assert set(alerts) == set(re.findall(r'alertname="(\w+)"', (BACKEND / shipped.cases).read_text()))
    for needed in ("severity: (?:page|ticket)\n", "summary: ", "description: "):
        assert len(re.findall(needed, text)) == len(alerts), needed


@of_each_app
def test_rules_ask_for_what_is_counted(shipped: Shipped) -> None:
    """Metrics and values of labels are those that exist."""
    names = re.findall(r"\b(?:refresh|forced)_\w+", "".join(shipped.expressions))
    exposed = {metric.name if metric.type == "histogram" else f"{metric.name}_total" for metric in REGISTRY.collect()}
    assert {name.removesuffix("_bucket") for name in names} <= exposed
    assert all(shipped.words(label) <= set(values) for label, values in VALUES.items())


def test_refused_is_what_is_neither_granted_nor_in_trouble() -> None:
    """The page on refused refreshes leaves out each of these words, and no other."""
    not_refused = re.findall(r'outcome!~"([^"]*)"', "".join(SHIPPED[0].expressions))
    assert [set(words.split("|")) for words in not_refused] == [{*Granted, *Trouble}] * 2
