"""A foreign app as a target: all that the harness knows of it stands in its file."""

from __future__ import annotations

import base64
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from nologout.errors import Unwelcome
from nologout.redact import learn
from nologout.targets.config import read_config
from nologout.targets.foreign.app import app_of
from nologout.targets.foreign.pace import Pace
from nologout.targets.foreign.people import FOR_EACH_PROCESS, People, accounts_of, from_environment
from nologout.targets.hosts import check_allowed
from nologout.targets.target import Launch, Reach, Target

if TYPE_CHECKING:
    from nologout.targets.config import Config
    from nologout.targets.target import Credentials

_TIME = {
    "header": "the proxy made access tokens invalid on their way; clients that trust `exp` behave differently then: "
    "they do not renew ahead of time, but when they are refused",
    "server": "nologout waited until access tokens had really expired",
    "clock": "the browser's clock and cookies were moved, the server's clock was not",
}


@cache
def foreign(path: str, allowed: frozenset[str] = frozenset()) -> ForeignTarget:
    """Return the app that a file describes; in one process it is the same for all scenarios."""
    return ForeignTarget(path, allowed)


class ForeignTarget(Target):
    """An app of other hands: it runs already, or its file says how to start it."""

    client = "its own"
    is_known = False

    def __init__(self, path: str, allowed: frozenset[str] = frozenset()) -> None:
        folder = Path(path).absolute().parent
        self.config = read_config(Path(path))
        self.name = path
        self.profile = Path(path).stem
        self.app = app_of(self.config, folder)
        self.capabilities = _capabilities(self.config)
        self.time_words = _time_words(self.config)
        _allow(self.config, path, allowed)
        self.reach = msgspec.structs.replace(_reach(self.config, folder, path), allowed=tuple(sorted(allowed)))
        accounts = accounts_of(self.config, path)
        self.processes = 1 if self.config.server else max(1, len(accounts) // FOR_EACH_PROCESS)
        worker, workers = _worker()
        self._people = People(accounts, worker, workers)
        self.pace = Pace(self.config.limits, workers)
        self._folder = folder
        self._over = ""

    def launch(self, state: Path) -> Launch:
        """Return where the app is, and how to start it if it is not to be running already."""
        del state
        server = self.config.server
        base_url = self.config.base_url.rstrip("/")
        if server is None:
            return Launch((), str(self._folder), {}, base_url=base_url)
        return Launch(
            command=server.command,
            folder=str(self._folder / server.folder),
            environment=server.environment,
            ready_path=server.ready_path,
            base_url=base_url,
            ready_within_s=server.ready_within_s,
        )

    def new_user(self, base_url: str, taken: int = 0) -> Credentials:
        """Return an account that no other scenario uses at this time."""
        del base_url
        return self._people.next(taken)

    def welcome(self) -> None:
        """Return if the app may be played against.

        Raises:
            Unwelcome: It has turned the harness away, or is gone.
        """
        if self._over:
            raise Unwelcome(self._over)

    def give_up(self, reason: str) -> None:
        """Play nothing more against it."""
        self._over = self._over or reason


def _time_words(config: Config) -> str:
    how = _TIME[config.expire.how]
    if not config.timers:
        return how
    return f"{how}; while somebody was away it went on by {min(config.timers):g} s at a time, so that timers ticked"


def _capabilities(config: Config) -> frozenset[str]:
    tokens = config.tokens
    has = {
        "rotation": tokens.rotates,
        "reuse_detection": tokens.reuse_detection,
        "script_storage": bool({"localStorage", "indexedDB"} & set(tokens.stored_in)),
        "restart": config.server is not None,
        "late_renewal": True,
        "idle": config.expire.how == "clock",
    }
    return frozenset(name for name, there in has.items() if there)


def _reach(config: Config, folder: Path, name: str) -> Reach:
    basic = ""
    if config.basic_auth is not None:
        known = from_environment(config.basic_auth, name)
        basic = base64.b64encode(f"{known.username}:{known.password}".encode()).decode()
        learn(basic)
    return Reach(
        origins=tuple(_origins(config)),
        hosts=config.external_hosts,
        ca_file=str(folder / config.ca_file) if config.ca_file else "",
        upstream_proxy=config.upstream_proxy,
        headers=tuple(config.headers.items()),
        basic=basic,
    )


def _origins(config: Config) -> list[str]:
    """Return the origins that are the app's own: of its page, and of what its file names by URL."""
    urls = [config.base_url, config.api, config.refresh_url, config.sign_in.url]
    urls += [config.sign_out.url] if config.sign_out else []
    split = [urlsplit(url) for url in urls if url.startswith(("http://", "https://"))]
    return list(dict.fromkeys(f"{each.scheme}://{each.netloc}" for each in split))


def _allow(config: Config, path: str, allowed: frozenset[str]) -> None:
    for origin in _origins(config):
        check_allowed(origin, allowed, path)


def _worker() -> tuple[int, int]:
    """Return which process of the run this is, and how many there are (pytest-xdist tells)."""
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return int(number), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
