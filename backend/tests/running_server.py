"""Starts the real server as a process of its own, and speaks JSON with it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

BACKEND = Path(__file__).resolve().parents[1]
PATIENCE_S = 30
GUNICORN = [
    *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
    *("-k", "gthread", "--threads", "8"),
    *("--no-control-socket", "--log-level", "warning"),
]


@dataclass(frozen=True)
class Reply:
    """A status, the headers in lower case, and the body read as JSON where it is that."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def tokens(self) -> dict[str, str]:
        """What the body brings, with the refresh token that comes in a cookie instead."""
        found: dict[str, str] = {**self.body}
        for name, cookie in SimpleCookie(self.headers.get("set-cookie", "")).items():
            if name.startswith("refresh_"):
                found["refresh"] = cookie.value
        return found


@dataclass(frozen=True)
class RunningServer:
    """A server that listens on a port of this machine."""

    port: int
    pid: int

    def ask(self, method: str, path: str, body: object = None, access: str = "") -> Reply:
        """Send JSON, with an access token if one is given."""
        headers: dict[str, str | bytes] = {"Content-Type": "application/json"}
        if access:
            headers["Authorization"] = f"Bearer {access}".encode()
        return self.send(method, path, headers, json.dumps(body).encode() if body is not None else None)

    def send(self, method: str, path: str, headers: Mapping[str, str | bytes], content: bytes | None = None) -> Reply:
        """Send one request on a connection of its own, as it is given."""
        with closing(self.connect()) as connection:
            return exchange(connection, method, path, headers, content)

    def connect(self) -> HTTPConnection:
        """Return a connection, for more than one request."""
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)

    def sign_in(self) -> tuple[str, dict[str, str]]:
        """Make a fresh user; return the name and the first tokens."""
        user = self.ask("POST", "/lab/users/").body
        return user["username"], self.ask("POST", "/api/token/", user).tokens

    def refresh(self, token: str) -> Reply:
        """Present a refresh token."""
        return self.ask("POST", "/api/token/refresh/", {"refresh": token})

    def sessions(self, username: str) -> list[dict[str, Any]]:
        """Return what the server holds of the user's sessions."""
        held: list[dict[str, Any]] = self.ask("GET", f"/lab/sessions/{username}/").body["sessions"]
        return held

    def move_clock(self, offset_s: float) -> Reply:
        """Set the server's clock ahead of the real one."""
        return self.ask("PUT", "/lab/clock/", {"offset_s": offset_s})


def exchange(
    connection: HTTPConnection, method: str, path: str, headers: Mapping[str, str | bytes], content: bytes | None
) -> Reply:
    """Send one request as it is given, and read what is answered."""
    connection.request(method, path, content, headers)
    response = connection.getresponse()
    text = response.read().decode()
    names = {name.lower(): value for name, value in response.getheaders()}
    is_json = names.get("content-type") == "application/json"
    return Reply(response.status, names, json.loads(text) if is_json else text)


def lab_environment(state: Path, profile: str, **more: str) -> dict[str, str]:
    """Return the environment of a lab server that keeps everything in the folder `state`."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "config.settings.lab",
        "NOLOGOUT_PROFILE": profile,
        "NOLOGOUT_STATE": str(state),
        "NOLOGOUT_CLOCK_FILE": str(state / "clock"),
        **more,
    }


def migrate(state: Path, profile: str, **more: str) -> Path:
    """Make the tables; return the SQLite file that holds them if no other database is named."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=BACKEND,
        env=lab_environment(state, profile, **more),
        check=True,
    )
    return state / "lab.sqlite3"


@contextmanager
def running_server(state: Path, profile: str, workers: int = 1, **more: str) -> Iterator[RunningServer]:
    """Serve a migrated database while the block runs, then stop; the socket listens before the server does."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    with (state / f"server-{port}.log").open("wb") as log:
        process = subprocess.Popen(
            [*GUNICORN, "--workers", str(workers), "--bind", f"fd://{listener.fileno()}"],
            cwd=BACKEND,
            env=lab_environment(state, profile, **more),
            pass_fds=[listener.fileno()],
            stderr=log,
        )
    # Only the server may hold it open: if it dies, requests must fail rather than wait.
    listener.close()
    try:
        yield RunningServer(port, process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
