"""Somebody who is signed in to a server of any profile, over HTTP."""

from dataclasses import dataclass

from tests.running_server import Reply, RunningServer


@dataclass
class Person:
    """A fresh user and the newest tokens that they were answered with."""

    server: RunningServer
    username: str
    tokens: dict[str, str]

    @property
    def field(self) -> str:
        """The name under which the token that renews the session travels."""
        return "token" if "token" in self.tokens else "refresh"

    @property
    def credential(self) -> str:
        """The token that renews the session."""
        return self.tokens[self.field]

    @property
    def bearer(self) -> str:
        """The token that opens the API."""
        return self.tokens.get("access") or self.credential

    @property
    def sid(self) -> str:
        """The session's id, which only the profile `cookie` tells."""
        return self.tokens["sid"]

    @property
    def cookie(self) -> dict[str, str]:
        """The cookie in which a browser holds the token, on the profile `cookie`."""
        return {f"refresh_{self.sid}": self.credential}

    def renew(self, token: str = "") -> Reply:
        """Refresh, with an older token if one is given; keep what is answered."""
        reply = self.server.ask("POST", "/api/token/refresh/", {self.field: token or self.credential})
        if reply.status == 200:
            self.tokens |= reply.tokens
        return reply

    def me(self) -> Reply:
        """Use the API."""
        return self.server.ask("GET", "/api/me/", access=self.bearer)

    def sign_out(self) -> Reply:
        """End the session."""
        return self.server.ask("POST", "/api/token/blacklist/", {self.field: self.credential})

    def verify(self) -> Reply:
        """Ask whether the token that renews the session holds."""
        return self.server.ask("POST", "/api/token/verify/", {"token": self.credential})

    def account(self, control: str) -> None:
        """Change the password, or deactivate the account."""
        assert self.server.ask("POST", f"/lab/users/{self.username}/{control}/").status == 200


def signed_in(server: RunningServer) -> Person:
    """Return a fresh user who has just signed in."""
    return Person(server, *server.sign_in())
