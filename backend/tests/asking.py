"""Asks a server what its OpenAPI description says can be asked, as an API's client and as a browser does."""

from collections.abc import Iterator

from schemathesis import Response

from tests.described import APIOperation, Case
from tests.fitting import Fields, body_for
from tests.person import Person
from tests.running_server import RunningServer

Asked = tuple[Case, Response]

SID = "X-Session-Id"
ANOTHER_SITE = {"Origin": "https://evil.example"}
# How a token travels on the profile `cookie`; with a cookie alone, another session may be named.
WAYS = ("body", "cookie", "named cookie", "cookie of another session", "cookie, from another site")


def send(case: Case, server: RunningServer, headers: Fields) -> Response:
    """Send the request with these headers in the place of its own."""
    case.headers.update(headers)
    return case.call(base_url=f"http://127.0.0.1:{server.port}")


def opening(token: str) -> Fields:
    """Return the header that opens the API."""
    return {"Authorization": f"Bearer {token}"}


def ask(
    operation: APIOperation,
    person: Person,
    server: RunningServer,
    body: Fields | None = None,
    headers: Fields | None = None,
) -> Asked:
    """Send a request that fits but for what is given."""
    case = operation.Case()
    _fill(case, body_for(_name_of(operation), person), body)
    return case, send(case, server, headers or {})


def ask_as_browser(operation: APIOperation, person: Person, server: RunningServer, headers: Fields) -> Asked:
    """Send what a browser sends that holds the person's cookie: only a sign-in needs a body."""
    case = operation.Case(cookies=person.cookie)
    if _name_of(operation) == "sign_in":
        _fill(case, body_for("sign_in", person))
    return case, send(case, server, headers)


def carry(case: Case, way: str, person: Person) -> Fields:
    """Put the person's cookie into the request, if that is the way; return the headers that go with it."""
    if way == "body":
        return {}
    case.cookies.update(person.cookie)
    headers = {
        "named cookie": {SID: person.sid},
        "cookie of another session": {SID: "0" * 32},
        "cookie, from another site": ANOTHER_SITE,
    }
    return headers.get(way, {})


def tour_of_browser(operation: APIOperation, person: Person, server: RunningServer) -> Iterator[Asked]:
    """Ask for what only the profile `cookie` answers, and then for what it grants, with its cookie alone."""
    if _name_of(operation) != "sign_in":
        yield ask(operation, person, server, {"refresh": "\0"})
    for headers in (ANOTHER_SITE, {SID: "0" * 32}, {}, {SID: person.sid}):
        yield ask_as_browser(operation, person, server, headers)


def _name_of(operation: APIOperation) -> str:
    name: str = operation.definition.raw["operationId"]
    return name


def _fill(case: Case, fitting: Fields, body: Fields | None = None) -> None:
    if fitting:
        case.media_type = "application/json"
        case.body = {**(fitting if body is None else body)}
