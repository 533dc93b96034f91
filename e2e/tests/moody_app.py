"""A foreign app of a few lines: a page, a sign-in, an API. Its mood says what it does wrong."""

import json
import os
import secrets
import sys
import threading
import time
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.planted import jwt
from tests.serving import serving

USER, PASSWORD = "mia", "a moody password"
PAGE = b"""<!doctype html><title>Moody</title>
<form id="door"><input autocomplete="username"><input type="password"><button>In</button></form>
<div id="desk" hidden><button id="load">Load</button></div>
<script>
const $ = (id) => document.getElementById(id);
const show = (signedIn) => { $("desk").hidden = !signedIn; $("door").hidden = signedIn; };
const [name, password] = document.querySelectorAll("input");
const send = (path, body) => fetch(path, { method: "POST", body: JSON.stringify(body) });
async function load(again) {
  const headers = localStorage.access ? { Authorization: `Bearer ${localStorage.access}` } : {};
  const reply = await fetch("/api/items", { headers });
  if (reply.status !== 401) return;
  const renewed = again ? null : await send("/auth/refresh", { refresh: localStorage.refresh });
  if (!renewed || renewed.status !== 200) return show(false);
  Object.assign(localStorage, await renewed.json());
  await load(true);
}
$("door").onsubmit = async (event) => {
  event.preventDefault();
  const reply = await send("/auth/in", { name: name.value, password: password.value });
  if (reply.status !== 200) return;
  Object.assign(localStorage, await reply.json());
  show(true);
};
$("load").onclick = () => load(false);
show(Boolean(localStorage.access));
</script>"""
FILE = """\
base_url = "{origin}"
poke = "#load"
[credentials]
username = "MOODY_USER"
password = "MOODY_PASSWORD"
[expire]
how = "header"
[marks]
signed_in = "#desk"
signed_out = "#door"
"""


def once_signed_in(script: bytes) -> bytes:
    """Return the page with a line of script that runs as it starts, if somebody is signed in."""
    return PAGE.replace(b"show(Boolean", b"if (localStorage.access) { %s }\nshow(Boolean" % script)


class MoodyApp(ThreadingHTTPServer):
    """Serves the page; `signed_in_by` counts the sign-ins that were tried."""

    daemon_threads = True

    def __init__(self, mood: str, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.mood = mood
        self.tried = 0
        self.lifetime_s = float(os.environ.get("MOODY_LIFETIME", "inf"))
        self.good: dict[str, float] = {}
        self.renewals: set[str] = set()

    @property
    def origin(self) -> str:
        """Return the app's URL, without a path."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent when a client breaks off."""

    def tokens(self) -> dict[str, str]:
        """Return a fresh pair."""
        pair = {"access": jwt(), "refresh": secrets.token_hex(16)}
        self.good[pair["access"]] = time.monotonic() + self.lifetime_s
        self.renewals.add(pair["refresh"])
        return pair


class _Handler(BaseHTTPRequestHandler):
    server: MoodyApp

    def do_GET(self) -> None:
        if self.server.mood == "slow":
            time.sleep(3)
        if self.path != "/api/items":
            pages = {
                "tab": PAGE.replace(b"localStorage", b"sessionStorage"),
                "memory": PAGE.replace(b"<script>", b"<script>const kept = {};").replace(b"localStorage", b"kept"),
                "bare": b"<!doctype html><p>Nothing here.",
                "white": once_signed_in(b"document.body.replaceChildren(); throw new TypeError('no chunk');"),
                "loading": once_signed_in(b"document.body.textContent = 'Loading'; throw 0;"),
            }
            self.answer(200, pages.get(self.server.mood, PAGE), "text/html")
            return
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.server.mood == "html_api":
            self.answer(200, PAGE, "text/html")
            return
        free = self.server.mood in {"open", "no_token"}
        good = self.server.good.get(bearer, 0) > time.monotonic()
        self.answer(200 if free or good else 401, b"{}")

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        if self.path == "/auth/refresh":
            if self.server.mood == "html_refresh":
                self.answer(200, PAGE, "text/html")
                return
            known = given.get("refresh") in self.server.renewals
            self.server.renewals.discard(given.get("refresh"))
            self.answer(200 if known else 401, json.dumps(self.server.tokens() if known else {}).encode())
            return
        self.server.tried += 1
        right = given == {"name": USER, "password": PASSWORD}
        wrong = {"refuses": (401, b"{}"), "throttles": (429, b"{}"), "html": (200, PAGE), "no_token": (200, b"{}")}
        status, body = wrong.get(self.server.mood, (200, b"") if right else (401, b"{}"))
        kind = "text/html" if body == PAGE else "application/json"
        self.answer(status, body or json.dumps(self.server.tokens()).encode(), kind)

    def answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 429:
            self.send_header("Retry-After", "30")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def moody_app(mood: str = "good", port: int = 0) -> AbstractContextManager[MoodyApp]:
    """Run the app until the block ends."""
    return serving(MoodyApp(mood, port))


def written(folder: Path, origin: str, more: str = "") -> str:
    """Write the app's file into a folder and return where it is."""
    path = folder / "moody.toml"
    path.write_text(FILE.format(origin=origin) + more, "utf-8")
    return str(path)


if __name__ == "__main__":
    with moody_app(port=int(sys.argv[1])):
        threading.Event().wait()
