"""Verdicts in words, the same in every kind of report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nologout.model.policy import Policy
    from nologout.model.result import Result, Run

FAILED, UNKNOWN, PASSED, EXPECTED, SKIPPED = "FAIL", "unknown", "pass", "known fail", "skipped"
CLIENT_SIDE = "client side only"
# The gravest first.
WORD_STYLES = {FAILED: "bold red", UNKNOWN: "yellow", EXPECTED: "cyan", PASSED: "green", SKIPPED: "dim"}


def verdict_word(result: Result) -> str:
    """Return one word for a result; an unexpected pass is a failure too."""
    if result.verdict in {"unknown", "skipped"}:
        return UNKNOWN if result.verdict == "unknown" else SKIPPED
    if not result.as_expected:
        return FAILED
    return EXPECTED if result.verdict == "fail" else PASSED


def word_with_its_bounds(result: Result) -> str:
    """Return the same word, and what it does not go beyond."""
    return f"{verdict_word(result)}{f' ({CLIENT_SIDE})' if result.client_side_only else ''}"


def what_was_client_side_only(run: Run) -> list[str]:
    """Return what a verdict on the client's side alone means, in one line, if there are any."""
    cells = [result.cell for result in run.results if result.client_side_only]
    if not cells:
        return []
    said = "long times passed for the browser, and the server's clock, which cannot be moved, stood still"
    return [f"{CLIENT_SIDE}: {said} ({len(cells)} of {len(run.results)})."]


def sentence(run: Run) -> str:
    """Return a run's result in one sentence."""
    words = [verdict_word(result) for result in run.results]
    counts = {word: words.count(word) for word in WORD_STYLES}
    played = len(words) - counts[SKIPPED]
    parts = [f"{counts[PASSED]} of {played} pass"]
    parts += [f"{counts[FAILED]} fail"] if counts[FAILED] else []
    parts += [f"{counts[UNKNOWN]} unknown"] if counts[UNKNOWN] else []
    parts += [_known(run)] if counts[EXPECTED] else []
    parts += [f"{counts[SKIPPED]} skipped"] if counts[SKIPPED] else []
    shard = f"shard {run.shard}, " if run.shard else ""
    return f"{_headline(counts, played)} {', '.join(parts)} ({shard}{run.wall_s:.0f} s, {run.browser})."


def _headline(counts: dict[str, int], played: int) -> str:
    if counts[FAILED]:
        return "Sessions are not kept as they should be:"
    if counts[UNKNOWN]:
        return "It cannot be told for sure:"
    if not played:
        return "Nothing was played:"
    if counts[EXPECTED]:
        return (
            "Nobody is logged out, but for what is known:"
            if counts[PASSED]
            else "All that was played is known to fail:"
        )
    return "Nobody is logged out:"


def _known(run: Run) -> str:
    known = [result for result in run.results if verdict_word(result) == EXPECTED]
    fails = f"{len(known)} fail{'s' if len(known) == 1 else ''} as known"
    return f"{fails} ({known[0].scenario}: {known[0].expected})" if len(known) == 1 else fails


def what_the_policy_lets_pass(run: Run, policy: Policy) -> list[str]:
    """Return, in a line each, what would fail a build under no policy and does not under this one."""
    spared = [result for result in run.results if policy.spares(result)]
    unknown = [result for result in run.results if result.verdict == "unknown"]
    lines = []
    if spared:
        sides = " and ".join(sorted({result.side for result in spared}))
        mend = f"{len(spared)} {'fails are' if len(spared) > 1 else 'fail is'} for the {sides} to mend"
        lines.append(f"{mend}, and no reason to stop the build (--fail-on {policy.fail_on}).")
    if unknown and policy.allow_unknown:
        lines.append(f"{len(unknown)} unknown, allowed by --allow-unknown.")
    return lines


def what_only_the_server_can_mend(run: Run) -> list[str]:
    """Return, for each profile on which our own client is known to fail, what it keeps there and what it cannot."""
    ours = [result for result in run.results if result.client == "reference" and result.verdict != "skipped"]
    lines = []
    for profile in dict.fromkeys(result.profile for result in ours):
        here = [result for result in ours if result.profile == profile]
        known = [result for result in here if verdict_word(result) == EXPECTED]
        if known and len(here) > len(known):
            kept = sum(verdict_word(result) == PASSED for result in here)
            lines.append(f"On {profile} a good front end alone keeps {kept} of {len(here)}. What it cannot mend there:")
            lines += [f"  {reason}: {', '.join(cells)}" for reason, cells in _by_reason(known).items()]
    return lines


def _by_reason(known: list[Result]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for result in known:
        grouped.setdefault(result.expected, []).append(
            f"{result.scenario}{f' ({result.variant})' if result.variant else ''}"
        )
    return grouped
