"""The reference: our Django API and our page, with a client and a server profile of choice."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nologout.errors import UsageError
from nologout.model.history import ServerSession
from nologout.targets.app import App, Marks, NoteForm, Paths, SignInForm, TokenPlaces
from nologout.targets.http import ask_json, ask_status
from nologout.targets.target import Credentials, Launch, Target

if TYPE_CHECKING:
    from typing import Any

# The two that `nologout prove` plays unless told otherwise, and the others.
DEFAULT_PROFILES = ("family", "stock")
PROFILES = (*DEFAULT_PROFILES, "strict", "cookie", "no_rotation", "long_access", "sliding")
OURS = "reference"
# Our client in other clothes: behind axios, and as the one file to copy.
VARIANTS = ("axios", "one_file")
_PACKAGED = Path(__file__).parent.parent / "reference_app"
_CHECKOUT = Path(__file__).parents[3]
_CAPABILITIES = frozenset({"server_clock", "idle", "script_storage", "replay", "accounts", "notes", "restart"})
_FAMILIES = ("family", "strict", "cookie")
_LONG_S = 4 * 3600
_PLACES = {
    "sliding": TokenPlaces(refresh_field="token", access_field="token"),
    "cookie": TokenPlaces(refresh_cookie="refresh_*", access_field="access"),
}


class Reference(Target):
    """The reference app: `client` is ours or a known-broken one, `profile` the server's settings."""

    name = "reference"

    def __init__(self, profile: str = "family", client: str = OURS) -> None:
        _check("profile", profile, PROFILES)
        _check("client", client, (OURS, *VARIANTS, *known_broken()))
        if client == "axios" and not (folder() / "node_modules" / "axios").is_dir():
            raise UsageError("the variant `axios` needs axios from npm", hint="in a checkout: `npm ci`")
        self.profile = profile
        self.client = client
        self.app = _app(_page(client), profile)
        self.capabilities = _CAPABILITIES | _rotation(profile)
        if self.app.renews_late:
            self.capabilities |= {"late_renewal"}

    def launch(self, state: Path) -> Launch:
        """Return how to start gunicorn on the reference backend; all it writes is in `state`."""
        workers = ("--workers", "1", "--threads", "8", "-k", "gthread")
        gunicorn = (sys.executable, "-m", "gunicorn", "config.wsgi:application", *workers)
        return Launch(
            command=(*gunicorn, "--bind", "fd://{fd}", "--no-control-socket", "--log-level", "warning"),
            prepare=((sys.executable, "manage.py", "migrate", "--verbosity", "0"),),
            folder=str(folder() / "backend"),
            environment={
                "DJANGO_SETTINGS_MODULE": "config.settings.lab",
                "NOLOGOUT_PROFILE": self.profile,
                "NOLOGOUT_STATE": str(state),
                "NOLOGOUT_CLOCK_FILE": str(state / "clock"),
                # Nobody edits the page during a scenario: reloads and further tabs need not ask for it again.
                "NOLOGOUT_FRONTEND_MAX_AGE": "3600",
                "DATABASE_URL": f"sqlite:///{state / 'db.sqlite3'}",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            ready_path="/lab/ready/",
        )

    def new_user(self, base_url: str, taken: int = 0) -> Credentials:
        """Return a fresh user of the reference."""
        del taken
        made = ask_json("POST", f"{base_url}/lab/users/", {})
        return Credentials(made["username"], made["password"])

    def move_clock(self, base_url: str, offset_s: float) -> float:
        """Set the server's clock; return its own "now" afterwards."""
        return float(ask_json("PUT", f"{base_url}/lab/clock/", {"offset_s": offset_s})["now"])

    def sessions(self, base_url: str, username: str) -> tuple[ServerSession, ...] | None:
        """Return the user's sessions; their ids are cut to a few characters."""
        told = ask_json("GET", f"{base_url}/lab/sessions/{username}/")["sessions"]
        return tuple(ServerSession(s["sid"][:8], s["alive"], s["generation"], s["reason"]) for s in told)

    def change_password(self, base_url: str, user: Credentials) -> None:
        """Give the user a random password."""
        ask_json("POST", f"{base_url}/lab/users/{user.username}/password/", {})

    def deactivate(self, base_url: str, user: Credentials) -> None:
        """Make the user inactive."""
        ask_json("POST", f"{base_url}/lab/users/{user.username}/deactivate/", {})

    def accepts(self, base_url: str, user: Credentials) -> bool:
        """Try to sign in, beside the browser."""
        body = {"username": user.username, "password": user.password}
        return ask_status("POST", f"{base_url}{self.app.paths.sign_in}", body) == 200

    def expected_failures(self) -> dict[str, str]:
        """Return what our own client is known to fail on this profile, with the reasons."""
        listed: dict[str, str] = expectations()[OURS]["fails"].get(self.profile, {})
        return listed


def folder() -> Path:
    """Return the folder that holds `backend` and `frontend_static`: the wheel's own, or the checkout."""
    found = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
    if not (found / "backend" / "manage.py").is_file():
        raise UsageError("the reference app is missing", hint="reinstall nologout, or run from a checkout")
    return found


def expectations() -> dict[str, Any]:
    """Return the hand-written list of what each client fails (`known_broken/expected.json`)."""
    text = (folder() / "frontend_static" / "known_broken" / "expected.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def known_broken() -> tuple[str, ...]:
    """Return the names of the known-broken clients."""
    return tuple(name for name in expectations() if name != OURS)


def _check(what: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        raise UsageError(f"there is no {what} {name!r}", hint=f"known: {', '.join(known)}")


def _page(client: str) -> str:
    if client == OURS:
        return "/"
    return f"/variants/{client}/" if client in VARIANTS else f"/known_broken/{client}/"


def _rotation(profile: str) -> set[str]:
    if profile in _FAMILIES:
        return {"rotation", "reuse_detection"}
    return set() if profile in {"no_rotation", "sliding"} else {"rotation"}


def _app(page: str, profile: str) -> App:
    sliding = profile == "sliding"
    return App(
        marks=Marks(signed_in="#workspace", signed_out="#sign-in", words="#status"),
        form=SignInForm("input[name=username]", "input[name=password]", "#sign-in button[type=submit]"),
        poke="#refresh-list",
        sign_out="#sign-out",
        paths=Paths(
            page=page,
            sign_in="/api/token/",
            refresh="/api/token/refresh/",
            sign_out="/api/token/blacklist/",
            api="/api/",
            deep="?from=mail#items",
        ),
        places=_PLACES.get(profile, TokenPlaces(refresh_field="refresh", access_field="access")),
        access_lifetime_s=_LONG_S if profile in {"sliding", "long_access"} else 3600,
        renews_late=not sliding,
        transport="cookie" if profile == "cookie" else "body",
        note=NoteForm("#new-item", "#add-item"),
    )
