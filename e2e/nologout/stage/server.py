"""Starts an app's server for the stage, waits until it answers, and always stops it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from nologout.errors import TargetError, UsageError
from nologout.redact import redact

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from nologout.targets.target import Launch, Target

_READY_S = 30
_STOP_S = 8
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server:
    """One running server of a target, on a free loopback port (or the one asked for).

    `loss` says what has become of one that is not alive any more.
    """

    loss = "died"

    def __init__(self, target: Target, *, port: int = 0) -> None:
        self.target = target
        self._port = port
        self._state = Path(tempfile.mkdtemp(prefix="nologout-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.base_url = ""

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()

    @property
    def alive(self) -> bool:
        """Tell whether the server's process still runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Return the process id of the leash that holds the server."""
        if self._process is None:
            raise TargetError("the server was not started")
        return self._process.pid

    def wait(self) -> None:
        """Wait until the server ends by itself."""
        if self._process is not None:
            self._process.wait()

    def stop(self) -> None:
        """End the server and remove its files; a stopped server may be stopped again."""
        self.halt()
        shutil.rmtree(self._state, ignore_errors=True)

    def halt(self) -> None:
        """End the server and keep its files, so that it can be started again; a halted one may be halted again."""
        if self._process is not None:
            self._end(self._process)

    def resume(self) -> None:
        """Start a halted server again, at the same address and on the same files."""
        if not self.alive:
            self._boot(self.target.launch(self._state))

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_S)
        # Whatever is left of the group, also when the leash itself was killed.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _start(self) -> None:
        launch = self.target.launch(self._state)
        for command in launch.prepare:
            self._prepare(command, launch)
        self._boot(launch)

    def _boot(self, launch: Launch) -> None:
        with self._listen() as listener:
            self._port = listener.getsockname()[1]
            self.base_url = f"http://127.0.0.1:{self._port}"
            self._process = self._spawn(launch, (listener.fileno(),))
        self._await_ready(launch)

    def _listen(self) -> socket.socket:
        try:
            return socket.create_server(("127.0.0.1", self._port), backlog=512)
        except OSError as error:
            hint = "choose another port, or 0 for any free one"
            raise UsageError(f"port {self._port} cannot be used: {error.strerror}", hint=hint) from error

    def _environment(self, launch: Launch) -> dict[str, str]:
        # The server must not inherit the pytest run's own settings.
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "DJANGO_", "COV_"))}
        return inherited | launch.environment

    def _prepare(self, command: tuple[str, ...], launch: Launch) -> None:
        done = subprocess.run(  # noqa: S603 - the target's own command
            command, cwd=launch.folder, env=self._environment(launch), capture_output=True, check=False
        )
        if done.returncode:
            raise TargetError(f"{' '.join(command[1:])} failed: {_tail(done.stderr)}")

    def _spawn(self, launch: Launch, fds: tuple[int, ...]) -> subprocess.Popen[bytes]:
        leash = (sys.executable, "-m", "nologout.stage.leash")
        package_root = str(Path(__file__).parents[2])
        environment = self._environment(launch) | {"NOLOGOUT_PASS_FDS": ",".join(map(str, fds))}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [package_root, environment.get("PYTHONPATH")]))
        with (self._state / "server.log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - the target's own command
                [*leash, *(part.replace("{fd}", "".join(map(str, fds))) for part in launch.command)],
                cwd=launch.folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=fds,
                start_new_session=True,
            )

    def _await_ready(self, launch: Launch) -> None:
        url = f"{self.base_url}{launch.ready_path}"
        deadline = time.monotonic() + _READY_S
        while time.monotonic() < deadline and self.alive:
            # The socket listens already, so a request waits in its queue until the server takes it.
            with contextlib.suppress(urllib.error.URLError, OSError), _DIRECT.open(url, timeout=_READY_S):
                return
        raise TargetError(f"the server of {self.target.name!r} did not start: {self.log_tail()}")

    def log_tail(self) -> str:
        """Return the end of the server's own output, without secrets."""
        log = self._state / "server.log"
        return _tail(log.read_bytes()) if log.exists() else "(no output)"


def _tail(output: bytes, lines: int = 12) -> str:
    return redact("\n".join(output.decode(errors="replace").strip().splitlines()[-lines:]))
