"""Presents tokens to a running server wherever one is taken, and looks at what that did to a session."""

from tests.person import Person
from tests.running_server import Reply, RunningServer

FIELDS = {"/api/token/refresh/": "refresh", "/api/token/verify/": "token", "/api/token/blacklist/": "refresh"}
REFRESH, VERIFY, BLACKLIST = FIELDS


def present(to: RunningServer, path: str, token: str) -> Reply:
    """Send a token where one is taken."""
    return to.ask("POST", path, {FIELDS[path]: token})


def use(server: RunningServer, access: str) -> Reply:
    """Use the API with whatever bytes."""
    return server.send("GET", "/api/me/", {"Authorization": b"Bearer " + access.encode()})


def is_unharmed(victim: Person) -> bool:
    """Tell whether the session lives as it did after sign-in, and its newest token is still honoured."""
    [held] = victim.server.sessions(victim.username)
    state = held["alive"], held["generation"], held["strikes"], held["dirty"]
    return state == (True, 0, 0, False) and victim.renew().status == 200
