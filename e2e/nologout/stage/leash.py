"""Runs a command on a leash: it ends when the harness does, however the harness ends.

Started as `python -m nologout.stage.leash COMMAND...` with a pipe as standard input; when that pipe
closes (even because the harness was killed) the command and all its children are ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

_PATIENCE_S = 5


def main(command: list[str]) -> int:
    """Run the command until it ends or standard input closes; return its exit code."""
    inherited = [int(name) for name in os.environ.pop("NOLOGOUT_PASS_FDS", "").split(",") if name]
    # The terminal's Ctrl-C is for the harness, which then closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=inherited)  # noqa: S603 - the harness's own
    signal.signal(signal.SIGTERM, lambda *_: None)
    threading.Thread(target=_watch, daemon=True).start()
    return child.wait()


def _watch() -> None:
    # Not sys.stdin, whose lock this thread would still hold when the interpreter ends.
    while os.read(0, 4096):
        pass
    # The leash leads a process group of its own: command, workers and itself.
    threading.Timer(_PATIENCE_S, os.killpg, (0, signal.SIGKILL)).start()
    os.killpg(0, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
