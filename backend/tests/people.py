"""Users and tokens for tests that use the database in this process."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from rest_framework_simplejwt.tokens import RefreshToken

from tests.running_server import Reply
from token_family.models import TokenFamily
from token_family.tokens import FamilyRefreshToken

NOON = datetime(2030, 5, 17, 12, tzinfo=UTC)


def at(seconds: float) -> time_machine.travel:
    """Stop the clock so many seconds after noon of an arbitrary day."""
    return time_machine.travel(NOON + timedelta(seconds=seconds), tick=False)


def make_user() -> User:
    """Return a fresh user whose password is "secret"."""
    return User.objects.create_user(f"user-{secrets.token_hex(6)}", password="secret")


def sign_in(user: User | None = None) -> str:
    """Return the first refresh token of a session."""
    return str(FamilyRefreshToken.for_user(user or make_user()))


def stock_token(text: str) -> RefreshToken:
    """Read a token with SimpleJWT's own class, as others' code does."""
    return RefreshToken(text)  # type: ignore[arg-type] # SimpleJWT's annotation asks for a token


def post(path: str, body: dict[str, Any]) -> Reply:
    """Send JSON to the server in this process."""
    response = Client().post(path, json.dumps(body), content_type="application/json")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return Reply(response.status_code, headers, json.loads(response.content))


def refresh(token: str) -> Reply:
    """Present a refresh token."""
    return post("/api/token/refresh/", {"refresh": token})


def successor(token: str) -> str:
    """Present a refresh token, and return the one it is answered with."""
    reply = refresh(token)
    assert reply.status == 200, reply.body
    answered: str = reply.body["refresh"]
    return answered


def rotated_hourly(rotations: int, user: User | None = None) -> list[str]:
    """Return a session's tokens, oldest first; the newest is made at noon, each other an hour earlier."""
    with at(-3600 * rotations):
        tokens = [sign_in(user)]
    for hours_to_noon in reversed(range(rotations)):
        with at(-3600 * hours_to_noon):
            tokens.append(successor(tokens[-1]))
    return tokens


def refusal(reply: Reply) -> tuple[int, str, str]:
    """Return status, code and reason of a refusal."""
    return reply.status, reply.body["code"], reply.body["reason"]


def refused_for(reason: str) -> tuple[int, str, str]:
    """Return what a refusal for this reason looks like."""
    return 401, "token_not_valid", reason


def me(access: str) -> Reply:
    """Use the API."""
    response = Client().get("/api/me/", headers={"Authorization": f"Bearer {access}"})
    return Reply(response.status_code, {}, response.json())


def claims(token: str) -> dict[str, Any]:
    """Read a token without checking it."""
    return jwt.decode(token, options={"verify_signature": False})


def family_of(token: str) -> TokenFamily:
    """Return the row of the token's family."""
    return TokenFamily.objects.get(sid=claims(token)["sid"])


def signed(**changed: object) -> str:
    """Return a new session's refresh token with other claims (None drops one), validly signed."""
    token = FamilyRefreshToken.for_user(make_user())
    token.payload = {name: value for name, value in {**token.payload, **changed}.items() if value is not None}
    return str(token)
