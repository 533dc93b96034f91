"""An app that listens at an address of its own: it runs already, or its own command starts it there."""

from __future__ import annotations

import http.client
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nologout.errors import Unwelcome
from nologout.stage.network.route import PORTS
from nologout.stage.server import Server
from nologout.targets.hosts import is_this_machine
from nologout.targets.trust import IN_THE_FILE, UNKNOWN_ISSUER, distrust, trusting

if TYPE_CHECKING:
    from nologout.targets.target import Launch, Target

_ANSWER_S = 10.0
_TURN_S = 0.1
_LISTENS = "0A"


class Standing(Server):
    """The running server of a foreign app; it counts as dead once another process listens in its place."""

    loss = "was stopped or restarted in the middle of the run, or answers no more"

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._first = ""

    def _boot(self, launch: Launch) -> None:
        self.base_url = launch.base_url
        if launch.command:
            if not self._why_silent("/", _TURN_S):
                raise Unwelcome(f"something answers at {self.base_url} already: stop it, or leave [server] out")
            self._process = self._spawn(launch, ())
        self._await_ready(launch)
        self._first = listener_at(self.base_url)

    @property
    def alive(self) -> bool:
        """Tell whether the app still runs, and is the one that ran at the beginning."""
        own = self._process is None or self._process.poll() is None
        return own and listener_at(self.base_url) == self._first and not self._why_silent("/", _ANSWER_S)

    def _await_ready(self, launch: Launch) -> None:
        ends = time.monotonic() + (launch.ready_within_s if launch.command else _ANSWER_S)
        reason = ""
        while time.monotonic() < ends and (self._process is None or self._process.poll() is None):
            reason = self._why_silent(launch.ready_path, ends - time.monotonic())
            if not reason:
                return
            time.sleep(_TURN_S)
        said = f"; it said: {self.log_tail()}" if launch.command else ""
        raise Unwelcome(f"nothing answers at {launch.base_url} ({reason or 'it ended'}){said}")

    def _why_silent(self, path: str, patience: float) -> str:
        """Return why the app does not answer, or nothing where it does, whatever its answer is.

        Raises:
            Unwelcome: Something answers that is not to be trusted.
        """
        reach = self.target.reach
        split = urlsplit(reach.upstream_proxy or self.base_url)
        host, port = split.hostname or "", split.port or PORTS[split.scheme]
        try:
            if reach.upstream_proxy:
                socket.create_connection((host, port), timeout=patience).close()
                return ""
            connection = (
                http.client.HTTPSConnection(host, port, timeout=patience, context=trusting(reach.ca_file))
                if split.scheme == "https"
                else http.client.HTTPConnection(host, port, timeout=patience)
            )
            try:
                connection.request("GET", path)
                connection.getresponse()
            finally:
                connection.close()
        except TimeoutError:
            return f"no answer within {patience:.0f} s"
        except (OSError, http.client.HTTPException) as error:
            self._check_trust(error)
            return getattr(error, "strerror", None) or str(error) or type(error).__name__
        return ""

    def _check_trust(self, error: Exception) -> None:
        why = distrust(error)
        helps = f"; {IN_THE_FILE}" if why == UNKNOWN_ISSUER else ""
        if why:  # waiting does not change it
            raise Unwelcome(f"{self.base_url}: {why}{helps}") from error


def listener_at(base_url: str) -> str:
    """Return what tells a process that listens here on a port from the next one (Linux), or nothing elsewhere."""
    split = urlsplit(base_url)
    # Whoever listens on the same port of this machine says nothing of another one.
    if not is_this_machine(split.hostname or ""):
        return ""
    port = f":{split.port or PORTS[split.scheme]:04X}"
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = [line.split() for line in Path(table).read_text("ascii").splitlines()[1:]]
        except OSError:
            continue
        found += [row[9] for row in rows if row[3] == _LISTENS and row[1].endswith(port)]
    return " ".join(sorted(found))
