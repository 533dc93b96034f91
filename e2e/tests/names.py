"""Names of other machines that lead to this one: what a name server, or /etc/hosts, would say of a staging server."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

NAME, API_NAME = "app.example.test", "api.example.test"
_ROOT = Path(__file__).parents[1]
_asked = socket.getaddrinfo


def resolve(host: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever `socket.getaddrinfo` takes
    """Return what `socket.getaddrinfo` does, but for the two names."""
    return _asked("127.0.0.1" if host in {NAME, API_NAME} else host, *rest, **more)


def for_a_process(folder: Path) -> str:
    """Return the PYTHONPATH with which another process resolves them too; a file in `folder` makes it so."""
    (folder / "sitecustomize.py").write_text(
        "import socket\n\nfrom tests.names import resolve\n\nsocket.getaddrinfo = resolve\n", "utf-8"
    )
    return f"{folder}:{_ROOT}"
