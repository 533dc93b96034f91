"""The requests of the collection in their order: a session from sign-in to its end, with a token presented twice."""

from dataclasses import dataclass, field

SUCCESSOR = 'pm.expect(pm.response.json().refresh).to.eql(pm.collectionVariables.get("refresh"));'
SIGNED_OUT = 'pm.expect(pm.response.json().reason).to.eql("logged_out");'


@dataclass(frozen=True)
class Step:
    """A request: its operation, the fields of its body, and what comes of it.

    `keeps` are fields of the answer that become variables; `keeps_old` says which variable takes the value that
    another had before.
    `then` is a line of JavaScript that must hold, under the sentence that says so.
    """

    title: str
    operation: str
    status: int
    sends: dict[str, str] = field(default_factory=dict)
    keeps: tuple[str, ...] = ()
    keeps_old: dict[str, str] = field(default_factory=dict)
    then: tuple[str, str] | None = None


STEPS = (
    Step("Sign in", "sign_in", 200, {"username": "{{username}}", "password": "{{password}}"}, ("access", "refresh")),
    Step("Who am I", "me", 200),
    Step("Add an item", "add_item", 201, {"text": "milk"}),
    Step("List items", "list_items", 200),
    Step("Refresh", "refresh", 200, {"refresh": "{{refresh}}"}, ("access", "refresh"), {"refresh": "previous"}),
    Step(
        "Present the old token again",
        "refresh",
        200,
        {"refresh": "{{previous}}"},
        then=("it is answered with the same successor, as if the first answer had been lost", SUCCESSOR),
    ),
    Step("Verify", "verify", 200, {"token": "{{refresh}}"}),
    Step("Sign out", "sign_out", 200, {"refresh": "{{refresh}}"}),
    Step(
        "Refresh after the sign-out",
        "refresh",
        401,
        {"refresh": "{{refresh}}"},
        then=("the reason is given", SIGNED_OUT),
    ),
)
