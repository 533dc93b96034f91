"""A run for GitHub Actions: annotations of the job, and its summary.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nologout.redact import redact
from nologout.report.markdown import rendered
from nologout.report.ticket import tickets
from nologout.report.words import (
    EXPECTED,
    PASSED,
    SKIPPED,
    UNKNOWN,
    WORD_STYLES,
    sentence,
    verdict_word,
    what_the_policy_lets_pass,
)

if TYPE_CHECKING:
    from nologout.model.policy import Policy
    from nologout.model.result import Result, Run


def told(run: Run, policy: Policy) -> list[str]:
    """Return a workflow command for each failure and each doubt; what fails the build comes first."""
    lines = [_annotation(result, policy) for result in run.results if result.failed or result.verdict == "unknown"]
    return sorted(lines, key=lambda line: not line.startswith("::error"))


def summary(run: Run, policy: Policy, artefact: str, link: str = "") -> str:
    """Return the job's summary in Markdown; `artefact` is the report's name, `link` leads to the run's artefacts."""
    words = [verdict_word(result) for result in run.results]
    rows = [(word, result) for word, result in zip(words, run.results, strict=True) if word not in {PASSED, SKIPPED}]
    return rendered(
        "summary.md",
        sentence=sentence(run),
        lets_pass=what_the_policy_lets_pass(run, policy),
        counts=[(word, words.count(word)) for word in WORD_STYLES if word in words],
        rows=sorted(rows, key=lambda row: list(WORD_STYLES).index(row[0])),
        fix=_fix,
        tickets=bool(tickets(run)),
        artefact=artefact,
        link=link,
    )


def _annotation(result: Result, policy: Policy) -> str:
    doubt = result.verdict == "unknown"
    grave = not policy.allow_unknown if doubt else policy.blocks(result)
    level = "error" if grave else "warning"
    title = f"{result.cell}: {'unknown' if doubt else result.outcome if result.verdict == 'fail' else 'passes'}"
    return f"::{level} title={_property(title)}::{_data(_message(result, policy))}"


def _message(result: Result, policy: Policy) -> str:
    if result.verdict == "unknown":
        return f"{result.why}\nrepeat: {result.repeat}"
    if result.verdict == "pass":
        return f"passes, and was known to fail: {result.expected}\nTake it out of the list of what may fail."
    spared = f"\nIt does not fail the build: --fail-on {policy.fail_on}" if policy.spares(result) else ""
    side = result.side or "cannot be told"
    return (
        f"{result.why}\ncause: {result.cause}: {result.evidence}\nmust change: {side}\nfix: {result.remedy}"
        f"\nrepeat: {result.repeat}{spared}"
    )


def _fix(result: Result) -> str:
    """Return what to do about a result, in the words of the summary's last column."""
    if result.verdict == "pass":
        return f"passes, and was known to fail ({result.expected}): take it out of the list"
    if verdict_word(result) == UNKNOWN:
        return result.why
    return f"known: {result.expected}" if verdict_word(result) == EXPECTED else result.remedy


def _data(text: str) -> str:
    return redact(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
