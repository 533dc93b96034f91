"""Shows a run on the terminal: progress while it goes on, then a table, a sentence, and each failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from nologout.model.policy import STRICT
from nologout.report.ticket import tickets
from nologout.report.words import (
    FAILED,
    UNKNOWN,
    WORD_STYLES,
    sentence,
    verdict_word,
    what_only_the_server_can_mend,
    what_the_policy_lets_pass,
    what_was_client_side_only,
    word_with_its_bounds,
)
from nologout.stage.clock.clocks import BACKEND

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nologout.model.policy import Policy
    from nologout.model.result import Result, Run

# The room for a cell's name, in characters, so that a line is no longer than 80.
_CELL = 52


class TerminalReporter:
    """A listener that writes to standard output; colours and a moving bar only on a terminal."""

    def __init__(
        self,
        folder: Path | None = None,
        console: Console | None = None,
        policy: Policy = STRICT,
        notes: Sequence[str] = (),
    ) -> None:
        self.run: Run | None = None
        self._policy = policy
        self._notes = notes
        self._folder = folder
        self._console = console or Console(highlight=False)
        self._done = 0
        self._total = 0
        cell = TextColumn("{task.description}", markup=False)
        columns = (BarColumn(20), MofNCompleteColumn(), TimeElapsedColumn(), cell)
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("starting browser and server", total=None)

    def planned(self, total: int) -> None:
        """Start the progress."""
        self._total = total
        self._bar.update(self._task, total=total)
        self._bar.start()

    def finished(self, result: Result) -> None:
        """Show that one more cell is done."""
        self._done += 1
        self._bar.update(self._task, advance=1, description=result.cell)
        if not self._console.is_terminal:
            word = word_with_its_bounds(result)
            room = _CELL - len(word) + len(verdict_word(result))
            self._line(f"[{self._done:>2}/{self._total}] {result.cell:<{room}} {word} {result.seconds:.1f}s")

    def ended(self, run: Run) -> None:
        """Show the table, the failures and the sentence."""
        self._bar.stop()
        self.run = run
        if not run.results:
            return
        self._console.print("", _table(run.results))
        for result in run.results:
            self._explain(result)
        self._skips(run)
        self._console.print()
        if self._done < self._total:
            self._line(f"Interrupted after {self._done} of {self._total}; no report is written.")
            return
        self._line(sentence(run))
        for line in (
            *what_was_client_side_only(run),
            *self._notes,
            *what_the_policy_lets_pass(run, self._policy),
            *what_only_the_server_can_mend(run),
        ):
            self._line(line)
        if run.clock != BACKEND:
            self._line(f"time: {run.clock}.")
        if self._folder is not None:
            self._line(f"report: {self._folder / 'timeline.html'}")
            self._tickets(run, self._folder / "tickets")

    def _tickets(self, run: Run, folder: Path) -> None:
        """Say where the tickets are; print one that is alone."""
        written = tickets(run)
        for name in written:
            self._line(f"ticket: {folder / name}")
        if len(written) == 1:
            self._to_copy("\n" + next(iter(written.values())))

    def _explain(self, result: Result) -> None:
        word = verdict_word(result)
        if word in {FAILED, UNKNOWN}:
            self._console.print()
        if word == FAILED:
            self._failure(result)
        elif word == UNKNOWN:
            self._line(f"unknown: {result.cell}: {result.why}", style="yellow")
            self._to_copy(f"  repeat   {result.repeat}")
        elif result.verdict == "fail":
            self._console.print()
            self._line(f"expected: {result.cell}: {result.expected}")
            self._pairs(("cause", result.cause), ("because", result.evidence))

    def _skips(self, run: Run) -> None:
        """Say together what was not played, after what was."""
        skipped = [result for result in run.results if result.verdict == "skipped"]
        if skipped:
            self._console.print()
        for result in skipped:
            self._line(f"skipped: {result.cell}: {result.why}", style="dim")

    def _failure(self, result: Result) -> None:
        if result.verdict == "pass":
            self._line(f"{result.cell} passes, and was known to fail: {result.expected}", style="bold red")
            return
        self._line(f"{result.cell}: {result.outcome}", style="bold red")
        self._pairs(
            ("saw", result.why),
            ("cause", result.cause),
            ("evidence", result.evidence),
            ("change", result.side or "cannot tell"),
            ("remedy", result.remedy),
            *self._spared(result),
        )
        self._to_copy(f"  repeat    {result.repeat}")

    def _pairs(self, *pairs: tuple[str, str]) -> None:
        """Write names and values; a value that needs more than one line stays in its column."""
        table = Table.grid(padding=(0, 2))
        for name, value in pairs:
            table.add_row(Text(f"  {name}"), Text(value))
        self._console.print(table)

    def _spared(self, result: Result) -> list[tuple[str, str]]:
        spared = self._policy.spares(result)
        return [("build", f"this alone does not fail it: --fail-on {self._policy.fail_on}")] if spared else []

    def _to_copy(self, text: str) -> None:
        """Write what people copy: the terminal may wrap it, and no line is broken in two."""
        self._console.print(Text(text), soft_wrap=True)

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=not self._console.is_terminal)


def _table(results: Sequence[Result]) -> Table:
    profiles = sorted({result.profile for result in results})
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("scenario", no_wrap=True)
    table.add_column("group")
    for profile in profiles:
        table.add_column(f"on {profile}")
    table.add_column("seconds", justify="right")
    for group, scenario in dict.fromkeys((result.group, result.scenario) for result in results):
        mine = [result for result in results if result.scenario == scenario]
        words = [_worst([result for result in mine if result.profile == profile]) for profile in profiles]
        table.add_row(scenario, group, *words, f"{sum(result.seconds for result in mine):.1f}")
    return table


def _worst(results: Sequence[Result]) -> Text:
    words = {verdict_word(result): word_with_its_bounds(result) for result in results}
    worst = next((word for word in WORD_STYLES if word in words), "")
    return Text(words.get(worst, ""), style=WORD_STYLES.get(worst, ""))
