"""The runner: one cell from an empty stage to a judged result."""

from __future__ import annotations

import shlex
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from playwright.sync_api import Error as PlaywrightError

from nologout import oracle
from nologout.errors import HarnessError, NologoutError, TargetError, Unsupported, Unwelcome
from nologout.judge import Brief, judge, one_sided
from nologout.model.capabilities import lacking
from nologout.model.history import History, StepBegan
from nologout.model.result import Result
from nologout.model.verdict import Judgement
from nologout.redact import redact
from nologout.rehearsal import rehearse
from nologout.stage.browser.engine import CHROMIUM, Engine
from nologout.stage.stage import set_stage
from nologout.steps import ScenarioOver
from nologout.steps.step import see_all_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import BrowserContext

    from nologout.stage.server import Server
    from nologout.stage.stage import Stage
    from nologout.steps import Scenario, Step
    from nologout.targets.app import App
    from nologout.targets.target import Target

_SLOW_S = 1.0


@dataclass(frozen=True)
class Cell:
    """What is played: one variant of a scenario against a target, in a browser of one engine.

    `excused` is what a baseline says of the target.
    """

    scenario: Scenario
    variant: str
    target: Target
    engine: Engine = CHROMIUM
    excused: Mapping[str, str] = field(default_factory=dict)

    @property
    def expected(self) -> str:
        """Return why this cell is known to fail, or nothing where it must pass."""
        known = {**self.target.expected_failures(), **self.excused}
        named = f"{self.scenario.info.id}[{self.variant}]"
        return known.get(named, "") or known.get(self.scenario.info.id, "")

    @property
    def one_sided(self) -> bool:
        """Tell whether long times pass for the browser alone, and not for the server."""
        return "idle" in self.scenario.info.needs and "server_clock" not in self.target.capabilities

    def missing(self) -> str:
        """Return why this cell is skipped: what it needs, and the target or the browser lacks; or nothing."""
        needed = {step.needs for step in self.scenario.variants[self.variant]} - {""}
        reasons = [lacking(need) for need in self.scenario.info.needs if need not in self.target.capabilities]
        reasons += [f"needs {need}: not in {self.engine.title}" for need in needed - self.engine.capabilities]
        return next(iter(reasons), "")


def play(cell: Cell, server: Callable[[], Server], new_context: Callable[..., BrowserContext]) -> Result:
    """Play one cell; whatever goes wrong, there is a result, and nothing of the stage is left.

    `server` returns the target's running server; `new_context` takes Playwright's keyword arguments.
    """
    began = time.monotonic()
    missing = cell.missing()
    if missing:
        judgement, history = Judgement("skipped", why=missing), History()
    else:
        judgement, history = _witness(cell, server, new_context)
    return _result(cell, judgement, history, time.monotonic() - began)


def _witness(
    cell: Cell, server: Callable[[], Server], new_context: Callable[..., BrowserContext]
) -> tuple[Judgement, History]:
    history = History()
    info = cell.scenario.info
    brief = Brief.of(info, cell.target.capabilities)
    try:
        cell.target.welcome()
        running = server()
        _rehearsed(cell.target, running, new_context)
        with set_stage(cell.target, running, new_context) as stage:
            try:
                _perform(cell.scenario.variants[cell.variant], stage)
                oracle.question(stage, must_end=brief.as_far_as(stage.tape.history()).must_end)
                stage.check_alive()
            except (NologoutError, PlaywrightError, OSError):
                stage.check_alive()  # a dead part explains whatever else went wrong
                raise
            finally:
                history = stage.tape.history()
    except Unsupported as error:
        return Judgement("skipped", why=lacking(str(error))), history
    except Unwelcome as error:
        cell.target.give_up(str(error))
        return Judgement("unknown", why=_reason(error)), history
    except (NologoutError, PlaywrightError, OSError) as error:
        return Judgement("unknown", why=_reason(error)), history
    judgement = _considering_pace(judge(history, brief), cell.target)
    return (one_sided(judgement) if cell.one_sided else judgement), history


def _considering_pace(judgement: Judgement, target: Target) -> Judgement:
    """Say of a slow app that it is slow where nothing could be told: what is to happen together does not, then."""
    if judgement.verdict != "unknown" or target.slowest_s < _SLOW_S:
        return judgement
    slow = f"the app is slow (an answer took {target.slowest_s:.1f} s), and what is to happen at one time may not"
    return msgspec.structs.replace(judgement, why=f"{judgement.why}; {slow}")


def _rehearsed(target: Target, server: Server, new_context: Callable[..., BrowserContext]) -> None:
    if target.is_known:
        return
    with set_stage(target, server, new_context) as stage:
        target.slowest_s = rehearse(stage)
    target.is_known = True


def _perform(steps: tuple[Step, ...], stage: Stage) -> None:
    try:
        for index, step in enumerate(steps):
            if step.ends:
                see_all_in(stage)
            stage.tape.add(_began(index, step, stage.app))
            _do(step, stage)
    except ScenarioOver:
        pass  # the oracle will tell how it looks
    stage.await_effects()
    stage.note_effects()


def _began(index: int, step: Step, app: App) -> StepBegan:
    by_hand = step.by_hand(app)
    return StepBegan(index=index, text=str(step), tabs=step.tabs_meant(), by_hand=by_hand, ends=step.ends)


def _do(step: Step, stage: Stage) -> None:
    try:
        step.perform(stage)
    except PlaywrightError as error:
        stage.check_alive()
        raise HarnessError(f"{step}: {error.message.splitlines()[0]}") from error


def _reason(error: Exception) -> str:
    whose = "the app" if isinstance(error, TargetError) else "the harness"
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return redact(first if first.startswith(whose) else f"{whose}: {first}")


def _result(cell: Cell, judgement: Judgement, history: History, seconds: float) -> Result:
    finding, info = judgement.finding, cell.scenario.info
    return Result(
        scenario=info.id,
        summary=info.summary,
        group=info.group,
        client=cell.target.client,
        profile=cell.target.profile,
        transport=cell.target.app.transport,
        variant=cell.variant,
        verdict=judgement.verdict,
        expected=cell.expected,
        outcome=judgement.outcome,
        cause=finding.cause if finding else "",
        side=finding.side if finding else "",
        remedy=finding.remedy if finding else "",
        seconds=round(seconds, 2),
        why=judgement.why,
        evidence=finding.evidence if finding else "",
        repeat=_repeat(cell),
        client_side_only=cell.one_sided and judgement.verdict != "skipped",
        history=history.events,
    )


def _repeat(cell: Cell) -> str:
    words = ["nologout", "replay", cell.scenario.info.id]
    words += ["--variant", cell.variant] if cell.variant else []
    words += ["--browser", cell.engine.name] if cell.engine is not CHROMIUM else []
    if cell.target.name != "reference":
        allowed = [word for host in cell.target.reach.allowed for word in ("--allow-host", host)]
        return shlex.join([*words, "--target", cell.target.name, *allowed])
    words += ["--client", cell.target.client] if cell.target.client != "reference" else []
    return " ".join([*words, "--profile", cell.target.profile])
