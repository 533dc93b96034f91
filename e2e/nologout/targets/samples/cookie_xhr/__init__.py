"""A small app that shares nothing with the reference: cookies, XMLHttpRequest, other URLs, no library of ours."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nologout.targets.app import App, Marks, Paths, SignInForm, TokenPlaces
from nologout.targets.target import Credentials, Launch, Target

if TYPE_CHECKING:
    from typing import Any

_HERE = Path(__file__).parent


class CookieXhr(Target):
    """The app as a target; `truth.json` beside it says what it fails, written before it was ever judged."""

    name = "cookie_xhr"
    profile = "strict"
    client = "its own"
    capabilities = frozenset({"rotation", "idle"})
    app = App(
        marks=Marks(signed_in="#desk", signed_out="#door", words="#note"),
        form=SignInForm(username="#user", password="#pass", submit="#enter"),  # noqa: S106 - a selector
        poke="#again",
        sign_out="#leave",
        paths=Paths(page="/", sign_in="/session/open", refresh="/session/renew", sign_out="/session/close", api="/v1/"),
        places=TokenPlaces(refresh_cookie="renewal", access_cookie="entry"),
        access_lifetime_s=600,
        transport="cookie",
    )

    def launch(self, state: Path) -> Launch:
        """Return how to start it."""
        del state
        return Launch(command=(sys.executable, str(_HERE / "server.py"), "{fd}"), folder=str(_HERE), environment={})

    def new_user(self, base_url: str, taken: int = 0) -> Credentials:
        """Return its only user, whose password stands in its source."""
        del base_url, taken
        return Credentials("ada", "lovelace")

    def expected_failures(self) -> dict[str, str]:
        """Return the truth about the app, by hand."""
        truth: dict[str, Any] = json.loads((_HERE / "truth.json").read_text("utf-8"))
        fails: dict[str, str] = truth["fails"]
        return fails
