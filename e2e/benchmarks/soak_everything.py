"""Plays every cell of our own client over and over, every second round with all cores busy, and compares the verdicts.

Run as `python e2e/benchmarks/soak_everything.py --rounds 20`. Each round is a `nologout prove`. Ends with 1 when the
verdict of any cell differed between rounds, or was not the expected one, and says in which rounds.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from cores import busy_cores
from nologout.model.result import Result, Run
from nologout.targets import DEFAULT_PROFILES, PROFILES

Verdicts = dict[str, collections.Counter[str]]


def main() -> int:
    """Return 0 when no verdict ever differed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help="default: 20")
    parser.add_argument("--profile", action="append", choices=PROFILES, help="repeatable; default: family and stock")
    parser.add_argument("--only", default="*", help="scenarios to play, by name")
    given = parser.parse_args()
    verdicts: Verdicts = collections.defaultdict(collections.Counter)
    wrong = 0
    for number in range(1, given.rounds + 1):
        busy = number % 2 == 0
        began = time.monotonic()
        with busy_cores() if busy else contextlib.nullcontext():
            results = _prove(given.profile or DEFAULT_PROFILES, given.only)
        odd = [result for result in results if not result.as_expected]
        wrong += len(odd)
        for result in results:
            verdicts[result.cell][result.verdict] += 1
        told = f"round {number} of {given.rounds}{' (all cores busy)' if busy else ''}: {len(results)} cells"
        print(f"{told}, {len(odd)} not as expected, {time.monotonic() - began:.0f} s", flush=True)
        for result in odd:
            print(f"  {result.cell}: {result.verdict}: {result.why}", flush=True)
    return _tell(verdicts, wrong)


def _prove(profiles: list[str] | tuple[str, ...], only: str) -> tuple[Result, ...]:
    with tempfile.TemporaryDirectory() as folder:
        chosen = [word for profile in profiles for word in ("--profile", profile)]
        command = [sys.executable, "-m", "nologout", "prove", "--report", folder, "--only", only, *chosen]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        report = Path(folder) / "report.json"
        if not report.is_file():
            raise SystemExit(f"nothing was played:\n{done.stdout}{done.stderr}")
        return msgspec.json.decode(report.read_bytes(), type=Run).results


def _tell(verdicts: Verdicts, wrong: int) -> int:
    differing = {cell: counts for cell, counts in verdicts.items() if len(counts) > 1}
    for cell, counts in differing.items():
        print(f"{cell} differed: {', '.join(f'{count} x {verdict}' for verdict, count in counts.items())}")
    played = sum(counts.total() for counts in verdicts.values())
    print(f"{len(verdicts)} cells, {played} plays: {len(differing)} cells differed, {wrong} plays were not as expected")
    return 1 if differing or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
