"""The OpenAPI description against the real server: each reply is described, and each described reply comes.

schemathesis makes up requests, well formed and not; real tokens are put among them, so that much is granted.
"""

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, reduce
from itertools import chain
from operator import getitem

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, Response
from schemathesis.core.failures import FailureGroup

from tests.described import CHECKS, DESCRIBED, APIOperation, Case, Operations, description, operations, statuses
from tests.fitting import Fields, body_for, refused_body_for
from tests.person import Person, signed_in
from tests.running_server import RunningServer, running_server

pytestmark = pytest.mark.server

OTHERS = ("strict", "stock", "no_rotation", "sliding")  # `long_access` answers as `stock` does
REPORT = "report_forced_logout"
OF_TOKENS, LIMITED = ("sign_in", "refresh", "verify", "sign_out"), ("sign_in", "refresh", REPORT)
API = ("me", "list_items", "add_item")
OPERATIONS = (*OF_TOKENS, *API, REPORT)
EXAMPLES, MANY_EXAMPLES = 30, 500
# What every fuzzed operation must have been answered, or the fuzzing was no use.
GRANTED_AND_REFUSED = {
    **{operation: {200, 400, 401} for operation in OF_TOKENS},
    **{operation: {200, 401} for operation in API},
    "add_item": {201, 400, 401},
    REPORT: {204, 400},
}
TOKENS = ("made up", "newest", "rotated", "signed out")
BEARERS = ("access", "made up", "refresh")

described = cache(description)


@cache
def operations_on(profile: str) -> Operations:
    """Return the operations of a profile."""
    return operations(described(profile))


def send(case: Case, server: RunningServer, headers: Fields) -> Response:
    """Send the request with these headers in the place of its own."""
    case.headers.update(headers)
    return case.call(base_url=f"http://127.0.0.1:{server.port}")


def opening(token: str) -> Fields:
    """Return the header that opens the API."""
    return {"Authorization": f"Bearer {token}"}


def body_with(token: str, operation: str, server: RunningServer) -> Fields:
    """Return a body whose token is real, and in the state that is named."""
    person = signed_in(server)
    body = body_for(operation, person)
    if token == "rotated":
        person.renew()
    if token == "signed out":
        person.sign_out()
    return body


def fuzz(operation: str, profile: str, server: RunningServer, examples: int) -> Counter[int]:
    """Send made-up requests, each with or without real tokens; return how often each status was answered."""
    answered: Counter[int] = Counter()
    described_operation = operations_on(profile)[operation]
    person = signed_in(server)
    real = {"access": person.bearer, "refresh": person.credential}

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=st.one_of(*(described_operation.as_strategy(mode) for mode in GenerationMode)),
        token=st.sampled_from(TOKENS),
        bearing=st.sampled_from(BEARERS),
    )
    def send_made_up(case: Case, token: str, bearing: str) -> None:
        if token != "made up" and isinstance(case.body, dict):
            case.body = {**case.body, **body_with(token, operation, server)}
        response = send(case, server, opening(real[bearing]) if bearing in real else {})
        answered[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    send_made_up()
    return answered


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_sent_the_reply_is_as_described(operation: str, family_server: RunningServer) -> None:
    """Known status, type, headers and fields, and no field besides; the well-formed among them are granted."""
    assert set(fuzz(operation, "family", family_server, EXAMPLES)) >= GRANTED_AND_REFUSED[operation]


@pytest.mark.soak
@pytest.mark.parametrize("profile", ["family", *OTHERS])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_sent_for_long_the_reply_is_as_described(
    operation: str, profile: str, server_of: Callable[[str], RunningServer]
) -> None:
    """The same, on every profile that answers in a shape of its own."""
    assert set(fuzz(operation, profile, server_of(profile), MANY_EXAMPLES)) >= GRANTED_AND_REFUSED[operation]


@pytest.fixture(scope="module")
def refusing_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Serve to nobody who signs in or refreshes: the throttles let nothing through."""
    state = tmp_path_factory.mktemp("refusing")
    with running_server(state, "family", DJANGO_SETTINGS_MODULE="tests.refusing_settings") as running:
        yield running


@pytest.fixture(scope="module")
def broken_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Serve from a database without a table."""
    with running_server(tmp_path_factory.mktemp("broken"), "family") as running:
        yield running


def ask(
    operation: APIOperation,
    person: Person,
    server: RunningServer,
    body: Fields | None = None,
    headers: Fields | None = None,
) -> tuple[Case, Response]:
    """Send a request that fits but for what is given."""
    fitting = body_for(operation.definition.raw["operationId"], person)
    case = operation.Case()
    if fitting:
        case.media_type = "application/json"
        case.body = {**(fitting if body is None else body)}
    return case, send(case, server, headers or {})


def tour(profile: str, server: RunningServer) -> Iterator[tuple[str, Case, Response]]:
    """Ask each operation for everything that a server in good health answers; the last ends the session."""
    for name, operation in operations_on(profile).items():
        person = signed_in(server)
        signed = opening(person.bearer)
        refused = refused_body_for(name, person) if name not in API else None
        yield name, *ask(operation, person, server, refused)
        yield name, *ask(operation, person, server, None, {**signed, "Accept": "text/html"})
        if operation.body:
            yield name, *ask(operation, person, server, {}, signed)
            yield name, *ask(operation, person, server, None, {**signed, "Content-Type": "text/csv"})
        if name == REPORT:
            yield name, *ask(operation, person, server, {"reason": "x" * 2000})
        yield name, *ask(operation, person, server, None, signed)


def held_to_description(answers: Iterable[tuple[str, Case, Response]]) -> set[tuple[str, int]]:
    """Check each answer; return which operation gave which status."""
    given = set()
    for name, case, response in answers:
        case.validate_response(response, checks=DESCRIBED)
        given.add((name, response.status_code))
    return given


def test_every_answer_that_is_described_comes(
    family_server: RunningServer, refusing_server: RunningServer, broken_server: RunningServer
) -> None:
    """And looks as described: also 429 and 503, which say how long to wait."""
    described_operations, person = operations_on("family"), signed_in(family_server)
    limited = ((name, *ask(described_operations[name], person, refusing_server)) for name in LIMITED)
    troubled = ((name, *ask(described_operations[name], person, broken_server)) for name in OF_TOKENS)
    answers = chain(tour("family", family_server), limited, troubled)
    assert held_to_description(answers) == statuses(described("family"))


@pytest.mark.parametrize("profile", OTHERS)
def test_other_profiles_answer_as_described(profile: str, server_of: Callable[[str], RunningServer]) -> None:
    """Each in its own shape; 429 and 503 look as on `family`."""
    in_trouble = {(name, status) for name in OPERATIONS for status in (429, 503)}
    assert held_to_description(tour(profile, server_of(profile))) == statuses(described(profile)) - in_trouble


NO_REASON = {"type": "object", "properties": {"detail": {}, "code": {}}, "additionalProperties": False}
WRONG: dict[str, tuple[list[str], object]] = {
    "a status too few": (["paths", "/api/token/refresh/", "post", "responses"], {"200": {"description": "OK"}}),
    "another field": (["components", "schemas", "TokenRefused", "required"], ["detail", "cause"]),
    "a field too few": (["components", "schemas", "TokenRefused"], NO_REASON),
    "a reason too few": (["components", "schemas", "Reason", "enum"], ["expired"]),
    "another type": (["components", "schemas", "TokenRefused", "properties", "detail", "type"], "integer"),
    "another content": (["components", "responses", "TokenRefused", "content"], {"text/html": {}}),
    "another header": (["components", "responses", "TokenRefused", "headers"], {"Retry-After": {"required": True}}),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_description_is_noticed(wrong: str, family_server: RunningServer) -> None:
    """A refused refresh is held to it."""
    (*path, last), value = WRONG[wrong]
    changed = copy.deepcopy(described("family"))
    reduce(getitem, path, changed)[last] = value
    case, response = ask(
        operations(changed)["refresh"], signed_in(family_server), family_server, {"refresh": "no token"}
    )
    with pytest.raises(FailureGroup):
        case.validate_response(response, checks=DESCRIBED)
