"""Tests of the database run although Playwright's event loop runs in the main thread."""

import asyncio

import pytest
from django.core.exceptions import SynchronousOnlyOperation
from django.db import connection
from playwright.sync_api import Playwright

from tests.people import refresh, sign_in


@pytest.fixture
def main_thread_refuses_databases(playwright: Playwright) -> bool:  # noqa: ARG001 - its event loop is what matters
    """Tell whether Django refuses databases in the main thread while Playwright's session lives."""
    asyncio.get_running_loop()
    try:
        connection.cursor()
    except SynchronousOnlyOperation:
        return True
    return False


@pytest.mark.usefixtures("database")
def test_database_is_usable_beside_playwright(*, main_thread_refuses_databases: bool) -> None:
    """What the main thread may not do, the database's thread does."""
    assert main_thread_refuses_databases
    assert refresh(sign_in()).status == 200
