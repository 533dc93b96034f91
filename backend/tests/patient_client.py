"""A client that asks again until the server has decided, as the browser's client does."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle

from tests.running_server import Reply, RunningServer

PATIENCE_S = 60
PAUSE_S = 0.05


@dataclass
class PatientClient:
    """One signed-in browser that any of the servers may answer; `troubles` counts what it had to ask again for."""

    servers: Sequence[RunningServer]
    username: str = ""
    token: str = ""
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ask_only(*self.servers)
        if not self.token:
            self.username, pair = self.servers[0].sign_in()
            self.token = pair["refresh"]

    def ask_only(self, *servers: RunningServer) -> None:
        """Ask these from now on, in turns."""
        self._turns = cycle(servers)

    def refresh(self) -> Reply:
        """Present the token until an answer comes that is neither lost nor "try again"; keep what it brings."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                reply = next(self._turns).refresh(self.token)
            except (OSError, HTTPException) as lost:
                self.troubles.append(type(lost).__name__)
            else:
                if reply.status < 500:
                    assert reply.status == 200, (reply.status, reply.body)
                    self.token = reply.body["refresh"]
                    return reply
                assert reply.status in {502, 503}, reply.body
                self.troubles.append(reply.body["reason"])
            time.sleep(PAUSE_S)
        raise AssertionError(f"no answer for {PATIENCE_S} s: {self.troubles[-10:]}")


def storm(clients: Sequence[PatientClient], refreshes: int, meanwhile: Callable[[float], None]) -> None:
    """Let all clients refresh so many times at once; `meanwhile` is called with the share that is done, 0 to 1."""

    def act(client: PatientClient) -> None:
        for _ in range(refreshes):
            client.refresh()
            done.append(client)

    done: list[PatientClient] = []
    with ThreadPoolExecutor(len(clients)) as threads:
        running = [threads.submit(act, client) for client in clients]
        while not all(future.done() for future in running):
            meanwhile(len(done) / (refreshes * len(clients)))
            time.sleep(PAUSE_S)
        for future in as_completed(running):
            future.result()
