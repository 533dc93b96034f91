"""How the server refuses: what drf-spectacular cannot read from the views, as OpenAPI's components."""

from config.openapi.cookie_answers import cookie_components
from config.openapi.parts import JSON, TEXT, TEXTS, object_of, one_of, response
from config.profiles import PROFILES, Profile
from token_family.reasons import SENTENCES, Reason, Trouble

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
AUTHENTICATE, WAIT = {"WWW-Authenticate": "WwwAuthenticate"}, {"Retry-After": "RetryAfter"}


def components(profile_name: str) -> JSON:
    """Return the headers, schemas and responses of a profile that no serializer tells."""
    profile = PROFILES[profile_name]
    shared = {"headers": HEADERS, "schemas": _schemas(profile), "responses": _responses()}
    more = cookie_components() if profile.strategy == "cookie" else {}
    return {kind: {**shared.get(kind, {}), **more.get(kind, {})} for kind in {**shared, **more}}


def has_families(profile: Profile) -> bool:
    """Tell whether refusals on the profile have a reason, and a database in trouble is answered 503."""
    return "token_family" in profile.apps


def _words() -> JSON:
    """Only what has a sentence is answered: to a client that sends no token the answer is 400."""
    known = {"Reason": [word for word in Reason if word in SENTENCES], "Trouble": [*Trouble]}
    return {
        name: {**one_of(*words), "description": "\n".join(f"* `{word}` - {SENTENCES[word]}" for word in words)}
        for name, words in known.items()
    }


def _schemas(profile: Profile) -> JSON:
    reason = {"reason": {"$ref": "#/components/schemas/Reason"}} if has_families(profile) else {}
    not_valid = {"detail": TEXT, "code": one_of("token_not_valid"), **reason}
    try_again = {"detail": TEXT, "code": one_of("try_again"), "reason": {"$ref": "#/components/schemas/Trouble"}}
    return {
        "Done": {"type": "object", "maxProperties": 0},
        "Refused": object_of("detail", detail=TEXT),
        "ReportRefused": object_of("detail", "code", detail=TEXT, code=one_of("no_report", "too_long")),
        "BadRequest": {
            "type": "object",
            "properties": {"detail": TEXT},
            "additionalProperties": TEXTS,
            "minProperties": 1,
        },
        # Only families give every refusal a code.
        "TokenRefused": object_of(*(not_valid if reason else ["detail"]), **not_valid),
        "AccessRefused": _access_refused(reason if profile.authentication == ASKS_THE_FAMILY else {}),
        **({"TryAgain": object_of(*try_again, **try_again), **_words()} if has_families(profile) else {}),
    }


def _access_refused(reason: JSON) -> JSON:
    message = object_of("message", token_class=TEXT, token_type=TEXT, message=TEXT)
    messages = {
        "type": "array",
        "items": message,
        "description": "What is wrong, for each kind of token that is taken.",
    }
    return object_of("detail", detail=TEXT, code=one_of(*API_CODES), messages=messages, **reason)


def _responses() -> JSON:
    return {
        "Done": response("Done.", "Done"),
        "BadRequest": response(
            "The body cannot be read (`detail`), or fields are missing or wrong (a list for each).", "BadRequest"
        ),
        "NoReport": response("The body is no JSON object with a `reason`.", "ReportRefused"),
        "TooLong": response("The body is longer than a report.", "ReportRefused"),
        "WrongCredentials": response("No active account has this name and password.", "Refused", AUTHENTICATE),
        "TokenRefused": response("The token does not hold: the session is over.", "TokenRefused", AUTHENTICATE),
        "AccessRefused": response("No access token, or one that does not hold.", "AccessRefused", AUTHENTICATE),
        "NotAcceptable": response("The client takes no JSON.", "Refused"),
        "UnsupportedMediaType": response("The body is of a type that is not read.", "Refused"),
        "TooManyRequests": response("Too often from this address; the session is not over.", "Refused", WAIT),
        "TryAgain": response("The database is in trouble; the session is not over.", "TryAgain", WAIT),
    }
