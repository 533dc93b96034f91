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
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, Response
from schemathesis.core.failures import FailureGroup

from tests.asking import WAYS, ask, ask_as_browser, carry, opening, send, tour_of_browser
from tests.described import CHECKS, DESCRIBED, Case, Operations, description, operations, statuses
from tests.fitting import Fields, body_for, refused_body_for
from tests.person import signed_in
from tests.running_server import RunningServer, running_server

pytestmark = pytest.mark.server

OTHERS = ("strict", "stock", "no_rotation", "sliding")  # `long_access` answers as `stock` does
REPORT = "report_forced_logout"
OF_TOKENS, LIMITED = ("sign_in", "refresh", "verify", "sign_out"), ("sign_in", "refresh", REPORT)
API = ("me", "list_items", "add_item")
OPERATIONS = (*OF_TOKENS, *API, REPORT)
EXAMPLES, MANY_EXAMPLES, MOST_ROUNDS = 30, 500, 10
# What every fuzzed operation must have been answered, or the fuzzing was no use.
GRANTED_AND_REFUSED = {
    **{operation: {200, 400, 401} for operation in OF_TOKENS},
    **{operation: {200, 401} for operation in API},
    "add_item": {201, 400, 401},
    REPORT: {204, 400},
}
IN_COOKIE = {"sign_in": {200, 400, 401, 403}, "refresh": {200, 401, 403, 409}, "sign_out": {200, 401, 403, 409}}
# On `cookie`, what takes a cookie; the rest is left to the soak.
EVERY_DAY = [*(("family", operation) for operation in OPERATIONS), ("cookie", "refresh"), ("cookie", "sign_out")]
TOKENS = ("made up", "newest", "rotated", "signed out")
IN_A_COOKIE = st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters='",;\\')
BEARERS = ("access", "made up", "refresh")

described = cache(description)


@cache
def operations_on(profile: str) -> Operations:
    """Return the operations of a profile."""
    return operations(described(profile))


def with_real_token(case: Case, token: str, way: str, server: RunningServer) -> Fields:
    """Put in a token that is real, and in the state that is named; return the headers that go with it."""
    if way == "body" and not isinstance(case.body, dict):
        return {}
    person = signed_in(server)
    if isinstance(case.body, dict):
        case.body = {**case.body, **body_for(case.operation.definition.raw["operationId"], person)}
    headers = carry(case, way, person)
    if token == "rotated":
        person.renew()
    if token == "signed out":
        person.sign_out()
    return headers


def fuzz(operation: str, profile: str, server: RunningServer, examples: int) -> Counter[int]:
    """Send made-up requests in rounds until each wanted status was answered; return how often each was.

    What is made up differs from process to process, for schemathesis goes through sets; one round may miss one.
    """
    answered: Counter[int] = Counter()
    for number in range(MOST_ROUNDS):
        answered += fuzz_once(operation, profile, server, examples, number)
        if answered.keys() >= wanted(operation, profile):
            break
    return answered


def fuzz_once(operation: str, profile: str, server: RunningServer, examples: int, number: int) -> Counter[int]:
    """Send made-up requests, each with or without real tokens; return how often each status was answered."""
    answered: Counter[int] = Counter()
    described_operation = operations_on(profile)[operation]
    person = signed_in(server)
    real = {"access": person.bearer, "refresh": person.credential}

    @seed(number)
    @settings(
        max_examples=examples,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=st.one_of(*(described_operation.as_strategy(mode) for mode in GenerationMode)),
        token=st.sampled_from(TOKENS),
        bearing=st.sampled_from(BEARERS),
        way=st.sampled_from(WAYS if profile == "cookie" else WAYS[:1]),
        text=st.text(IN_A_COOKIE),
    )
    def send_made_up(case: Case, token: str, bearing: str, way: str, text: str) -> None:
        headers = opening(real[bearing]) if bearing in real else {}
        if token != "made up":
            headers |= with_real_token(case, token, way, server)
        elif way != "body":
            case.cookies[f"refresh_{'0' * 32}"] = text
        response = send(case, server, headers)
        answered[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    send_made_up()
    return answered


def wanted(operation: str, profile: str) -> set[int]:
    """Return what the operation must have been answered."""
    return (IN_COOKIE if profile == "cookie" else {}).get(operation, GRANTED_AND_REFUSED[operation])


@pytest.mark.parametrize(("profile", "operation"), EVERY_DAY)
def test_whatever_is_sent_the_reply_is_as_described(
    operation: str, profile: str, server_of: Callable[[str], RunningServer]
) -> None:
    """Known status, type, headers and fields, and no field besides; the well-formed among them are granted."""
    assert set(fuzz(operation, profile, server_of(profile), EXAMPLES)) >= wanted(operation, profile)


@pytest.mark.soak
@pytest.mark.parametrize("profile", ["family", "cookie", *OTHERS])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_sent_for_long_the_reply_is_as_described(
    operation: str, profile: str, server_of: Callable[[str], RunningServer]
) -> None:
    """The same, on every profile that answers in a shape of its own."""
    assert set(fuzz(operation, profile, server_of(profile), MANY_EXAMPLES)) >= wanted(operation, profile)


@pytest.fixture
def refusing_server(tmp_path_factory: pytest.TempPathFactory, profile: str) -> Iterator[RunningServer]:
    """Serve to nobody who signs in or refreshes: the throttles let nothing through."""
    state = tmp_path_factory.mktemp("refusing")
    with running_server(state, profile, DJANGO_SETTINGS_MODULE="tests.refusing_settings") as running:
        yield running


@pytest.fixture
def broken_server(tmp_path_factory: pytest.TempPathFactory, profile: str) -> Iterator[RunningServer]:
    """Serve from a database without a table."""
    with running_server(tmp_path_factory.mktemp("broken"), profile) as running:
        yield running


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
        if profile == "cookie" and name in IN_COOKIE:
            yield from ((name, *asked) for asked in tour_of_browser(operation, person, server))
        yield name, *ask(operation, person, server, None, signed)


def held_to_description(answers: Iterable[tuple[str, Case, Response]]) -> set[tuple[str, int]]:
    """Check each answer; return which operation gave which status."""
    given = set()
    for name, case, response in answers:
        case.validate_response(response, checks=DESCRIBED)
        given.add((name, response.status_code))
    return given


@pytest.mark.parametrize("profile", ["family", "cookie"])
def test_every_answer_that_is_described_comes(
    profile: str,
    server_of: Callable[[str], RunningServer],
    refusing_server: RunningServer,
    broken_server: RunningServer,
) -> None:
    """And looks as described: also 429 and 503, which say how long to wait."""
    server, described_operations = server_of(profile), operations_on(profile)
    person = signed_in(server)
    limited = ((name, *ask(described_operations[name], person, refusing_server)) for name in LIMITED)
    troubled = ((name, *ask(described_operations[name], person, broken_server)) for name in OF_TOKENS)
    answers = chain(tour(profile, server), limited, troubled)
    assert held_to_description(answers) == statuses(described(profile))


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
    "no cache": (["components", "responses", "TokenRefused", "headers"], {"Cache-Control": {"schema": {}}}),
}
WRONG_IN_COOKIE: dict[str, tuple[list[str], object]] = {
    "another cookie": (["components", "headers", "SessionCookie", "schema", "pattern"], "^session="),
    "no cookie": (["components", "responses", "Session", "headers"], {}),
    "a pair": (["components", "schemas", "Session", "required"], ["access", "refresh"]),
}


def misdescribed(profile: str, path: list[str], value: object) -> Operations:
    """Return the operations of a profile after a part of their description is put wrong."""
    changed = copy.deepcopy(described(profile))
    reduce(getitem, path[:-1], changed)[path[-1]] = value
    return operations(changed)


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_description_is_noticed(wrong: str, family_server: RunningServer) -> None:
    """A refused refresh is held to it."""
    refresh = misdescribed("family", *WRONG[wrong])["refresh"]
    case, response = ask(refresh, signed_in(family_server), family_server, {"refresh": "no token"})
    with pytest.raises(FailureGroup):
        case.validate_response(response, checks=DESCRIBED)


@pytest.mark.parametrize("wrong", WRONG_IN_COOKIE)
def test_wrong_description_of_a_cookie_is_noticed(wrong: str, server_of: Callable[[str], RunningServer]) -> None:
    """A refresh that is granted is held to it."""
    server = server_of("cookie")
    refresh = misdescribed("cookie", *WRONG_IN_COOKIE[wrong])["refresh"]
    case, response = ask_as_browser(refresh, signed_in(server), server, {})
    assert response.status_code == 200
    with pytest.raises(FailureGroup):
        case.validate_response(response, checks=DESCRIBED)
