"""Requests that a server grants, for each operation of the OpenAPI description."""

from typing import TYPE_CHECKING

from tests.person import Person
from tests.running_server import RunningServer

if TYPE_CHECKING:
    from collections.abc import Callable

Fields = dict[str, str]

PASSWORD_GUESS = {"username": "nobody", "password": "guess"}


def credentials(server: RunningServer) -> Fields:
    """Make a user; return what signs them in."""
    made: Fields = server.ask("POST", "/lab/users/").body
    return made


def body_for(operation: str, person: Person) -> Fields:
    """Return a body that is granted; empty where none is sent."""
    renewing = {person.field: person.credential}
    bodies: dict[str, Callable[[], Fields]] = {
        "sign_in": lambda: credentials(person.server),
        "refresh": lambda: renewing,
        "verify": lambda: {"token": person.credential},
        "sign_out": lambda: renewing,
        "add_item": lambda: {"text": "milk"},
        "report_forced_logout": lambda: {"reason": "expired"},
    }
    return bodies.get(operation, dict)()


def refused_body_for(operation: str, person: Person) -> Fields:
    """Return a body that is well formed, and answered 401 where a body is what is asked for a credential."""
    return PASSWORD_GUESS if operation == "sign_in" else dict.fromkeys(body_for(operation, person), "no token")
