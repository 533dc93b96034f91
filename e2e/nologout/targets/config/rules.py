"""What a value must be beyond its type; each rule yields what is wrong, as key, sentence and hint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from nologout.errors import UsageError
from nologout.targets.trust import trusting

if TYPE_CHECKING:
    from pathlib import Path

KeyPath = tuple[str | int, ...]
Problems = Iterator[tuple[KeyPath, str, str]]
_HOST = re.compile(r"^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:]+\](:\d{1,5})?$")
_HEADER = re.compile(r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})


def exactly_one(table: object, *names: str) -> Problems:
    """Exactly one of these keys is given."""
    given = [name for name in names if getattr(table, name)]
    if len(given) != 1:
        yield (given[0] if given else names[0],), f"exactly one of {', '.join(names)} is needed", ""


def an_origin(url: str, folder: Path) -> Problems:
    """A URL of scheme, host and perhaps port, and nothing else; least of all a password."""
    yield from _origin(url, ("http", "https"), "a path goes into `protected_path`")
    del folder


def a_proxy(url: str, folder: Path) -> Problems:
    """The address of an HTTP proxy, or nothing."""
    if url:
        yield from _origin(url, ("http",), "")
    del folder


def an_address(address: str, folder: Path) -> Problems:
    """A path, a URL, or either with `*` in it; or empty."""
    del folder
    if address and not address.startswith(("/", "http://", "https://", "*")):
        yield (), "is neither a path nor a URL", "begin with / or http:// or https:// or *"


def a_path(path: str, folder: Path) -> Problems:
    """A path, or empty."""
    del folder
    if path and not path.startswith("/"):
        yield (), "is no path", "a path begins with /"


def hosts(names: tuple[str, ...], folder: Path) -> Problems:
    """Hosts, perhaps with ports."""
    del folder
    for index, host in enumerate(names):
        if not _HOST.match(host):
            yield (index,), "is no host", "write `host` or `host:port`, without http://"


def headers(named: dict[str, str], folder: Path) -> Problems:
    """Headers that hold no secret."""
    del folder
    for name, value in named.items():
        if not _HEADER.match(name) or not value.isprintable():
            yield (name,), "is no header", 'e.g. "X-Tenant" = "acme"'
        elif name.lower() in _SECRET:
            yield (name,), "would put a secret into the file", "see `basic_auth`, which names environment variables"


def a_file(name: str, folder: Path) -> Problems:
    """A file that is there; or nothing."""
    if name and not (folder / name).is_file():
        yield (), f"there is no file {name!r}", f"it is looked for in {folder}"


def a_certificate(name: str, folder: Path) -> Problems:
    """A file that is there and holds an authority's certificate; or nothing."""
    yield from a_file(name, folder)
    if name and (folder / name).is_file():
        try:
            trusting(str(folder / name))
        except UsageError as error:
            yield (), "holds no certificate", error.hint


def a_folder(name: str, folder: Path) -> Problems:
    """A folder that is there."""
    if not (folder / name).is_dir():
        yield (), f"there is no folder {name!r}", f"it is looked for in {folder}"


def _origin(url: str, schemes: tuple[str, ...], where_paths_go: str) -> Problems:
    try:
        split = urlsplit(url)
        whole = split.scheme in schemes and bool(split.hostname) and split.port != 0
    except ValueError:
        whole = False
    if "@" in url:
        yield (), "holds a name or a password", "secrets go into environment variables: see `basic_auth`"
    elif not whole:
        yield (), "is no address", f"e.g. {schemes[0]}://127.0.0.1:8000"
    elif split.path not in {"", "/"} or split.query or split.fragment:
        yield (), "is more than scheme, host and port", where_paths_go
