"""A browser's cookie jar, asking the server in this process; replies reach it when, and if, a test says so."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import Morsel, SimpleCookie
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from tests.people import claims, make_user

REFRESH, SIGN_IN, SIGN_OUT = "/api/token/refresh/", "/api/token/", "/api/token/blacklist/"


@dataclass(frozen=True)
class CookieReply:
    """A reply that has not reached the browser: its status and body, and the cookies that it would set."""

    status: int
    body: Any
    cookies: SimpleCookie
    headers: Mapping[str, str]


@dataclass
class CookieBrowser:
    """Holds cookies by name, and sends them all; `sid` is the session that the page goes on with."""

    jar: dict[str, str] = field(default_factory=dict)
    sid: str = ""

    def ask(self, path: str, body: object = None, **headers: str) -> CookieReply:
        """Send JSON with the cookies of now; nothing of the reply is kept yet."""
        client = Client()
        client.cookies.load(self.jar)
        named = {"X-Session-Id": self.sid} if self.sid else {}
        response = client.post(path, json.dumps(body or {}), "application/json", headers={**named, **headers})
        return _reply(response)

    def receive(self, reply: CookieReply) -> CookieReply:
        """Keep and delete the cookies that a reply says."""
        for name, morsel in reply.cookies.items():
            if _lives_for_s(morsel) > 0:
                self.jar[name] = morsel.value
            else:
                self.jar.pop(name, None)
        return reply

    def sign_in(self, user: User | None = None) -> CookieReply:
        """Begin a session, and go on with it."""
        credentials = {"username": (user or make_user()).username, "password": "secret"}
        reply = self.receive(self.ask(SIGN_IN, credentials))
        self.sid = reply.body["sid"]
        return reply

    def refresh(self, **headers: str) -> CookieReply:
        """Refresh, and keep what is answered."""
        return self.receive(self.ask(REFRESH, **headers))

    def sign_out(self) -> CookieReply:
        """End the session, and keep what is answered."""
        return self.receive(self.ask(SIGN_OUT))

    @property
    def token(self) -> str:
        """The token of the session that the page goes on with."""
        return self.jar[f"refresh_{self.sid}"]

    @property
    def generation(self) -> int:
        """The generation of that token."""
        generation: int = claims(self.token)["gen"]
        return generation


def _reply(response: Any) -> CookieReply:  # noqa: ANN401 - the type is a stub's own
    return CookieReply(response.status_code, json.loads(response.content), response.cookies, response.headers)


def _lives_for_s(morsel: "Morsel[str]") -> float:
    return float(morsel["max-age"])
