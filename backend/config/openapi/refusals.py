"""How the server refuses: what drf-spectacular cannot read from the views, as OpenAPI's components."""

from typing import Any

from config.profiles import PROFILES, Profile
from token_family.reasons import SENTENCES, Reason, Trouble

JSON = dict[str, Any]

TEXT: JSON = {"type": "string"}
TEXTS: JSON = {"type": "array", "items": TEXT}
# SimpleJWT's codes at the API; no setting lists them.
API_CODES = ("token_not_valid", "bad_authorization_header", "user_not_found", "user_inactive", "password_changed")

# The only one whose refusals have a reason.
ASKS_THE_FAMILY = "token_family.authentication.FamilyJWTAuthentication"

HEADERS: JSON = {
    "RetryAfter": {
        "description": "Seconds to wait before the same request is sent again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
    },
    "WwwAuthenticate": {
        "description": "The scheme of the access token.",
        "required": True,
        "schema": {**TEXT, "pattern": "^Bearer "},
    },
}


def components(profile_name: str) -> JSON:
    """Return the headers, schemas and responses of the refusals on a profile."""
    profile = PROFILES[profile_name]
    return {"headers": HEADERS, "schemas": _schemas(profile), "responses": _responses()}


def has_families(profile: Profile) -> bool:
    """Tell whether refusals on the profile have a reason, and a database in trouble is answered 503."""
    return "token_family" in profile.apps


def _object(*required: str, **properties: JSON) -> JSON:
    return {"type": "object", "properties": properties, "required": [*required]}


def _one_of(*words: str) -> JSON:
    return {**TEXT, "enum": [str(word) for word in words]}


def _words() -> JSON:
    """Only what has a sentence is answered: to a client that sends no token the answer is 400."""
    known = {"Reason": [word for word in Reason if word in SENTENCES], "Trouble": [*Trouble]}
    return {
        name: {**_one_of(*words), "description": "\n".join(f"* `{word}` - {SENTENCES[word]}" for word in words)}
        for name, words in known.items()
    }


def _schemas(profile: Profile) -> JSON:
    reason = {"reason": {"$ref": "#/components/schemas/Reason"}} if has_families(profile) else {}
    not_valid = {"detail": TEXT, "code": _one_of("token_not_valid"), **reason}
    try_again = {"detail": TEXT, "code": _one_of("try_again"), "reason": {"$ref": "#/components/schemas/Trouble"}}
    return {
        "Done": {"type": "object", "maxProperties": 0},
        "Refused": _object("detail", detail=TEXT),
        "ReportRefused": _object("detail", "code", detail=TEXT, code=_one_of("no_report", "too_long")),
        "BadRequest": {
            "type": "object",
            "properties": {"detail": TEXT},
            "additionalProperties": TEXTS,
            "minProperties": 1,
        },
        # Only families give every refusal a code.
        "TokenRefused": _object(*(not_valid if reason else ["detail"]), **not_valid),
        "AccessRefused": _access_refused(reason if profile.authentication == ASKS_THE_FAMILY else {}),
        **({"TryAgain": _object(*try_again, **try_again), **_words()} if has_families(profile) else {}),
    }


def _access_refused(reason: JSON) -> JSON:
    message = _object("message", token_class=TEXT, token_type=TEXT, message=TEXT)
    messages = {
        "type": "array",
        "items": message,
        "description": "What is wrong, for each kind of token that is taken.",
    }
    return _object("detail", detail=TEXT, code=_one_of(*API_CODES), messages=messages, **reason)


def _responses() -> JSON:
    authenticate = {"WWW-Authenticate": {"$ref": "#/components/headers/WwwAuthenticate"}}
    wait = {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}}
    return {
        "Done": _response("Done.", "Done"),
        "BadRequest": _response(
            "The body cannot be read (`detail`), or fields are missing or wrong (a list for each).", "BadRequest"
        ),
        "NoReport": _response("The body is no JSON object with a `reason`.", "ReportRefused"),
        "TooLong": _response("The body is longer than a report.", "ReportRefused"),
        "WrongCredentials": _response("No active account has this name and password.", "Refused", authenticate),
        "TokenRefused": _response("The token does not hold: the session is over.", "TokenRefused", authenticate),
        "AccessRefused": _response("No access token, or one that does not hold.", "AccessRefused", authenticate),
        "NotAcceptable": _response("The client takes no JSON.", "Refused"),
        "UnsupportedMediaType": _response("The body is of a type that is not read.", "Refused"),
        "TooManyRequests": _response("Too often from this address; the session is not over.", "Refused", wait),
        "TryAgain": _response("The database is in trouble; the session is not over.", "TryAgain", wait),
    }


def _response(description: str, schema: str, headers: JSON | None = None) -> JSON:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, **({"headers": headers} if headers else {}), "content": content}
