"""The OpenAPI description as schemathesis reads it, and what it holds a reply to."""

import copy
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import schemathesis
import yaml
from schemathesis import CheckContext, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.running_server import BACKEND

APIOperation = schemathesis.APIOperation[Any, Any, Any, Any]
Case = schemathesis.Case[Any]
Operations = dict[str, APIOperation]

DOCS = BACKEND.parent / "docs"
FILES = {"family": DOCS / "openapi.yaml", "cookie": DOCS / "openapi.cookie.yaml"}


def cookies_and_caches_conformance(_context: CheckContext, response: Response, case: Case) -> None:
    """Hold a reply to what OpenAPI has no word for: a header that is not there, and one that always is."""
    described = {status: dict(answer.headers.items()) for status, answer in case.operation.responses.items()}
    if "set-cookie" in response.headers:
        assert "Set-Cookie" in described.get(str(response.status_code), {}), "a cookie that is not described"
    if any("Cache-Control" in headers for headers in described.values()):
        assert response.headers.get("cache-control") == ["no-store"], "an answer that a cache may keep"


DESCRIBED = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    cookies_and_caches_conformance,
]
CHECKS = [not_a_server_error, *DESCRIBED]


def generated(profile: str) -> str:
    """Return the description of a profile as `make docs` writes it; raise CalledProcessError for any warning."""
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn"]
    environment = {**os.environ, "NOLOGOUT_PROFILE": profile, "DJANGO_SETTINGS_MODULE": "config.settings.openapi"}
    return subprocess.run(command, cwd=BACKEND, env=environment, check=True, capture_output=True, text=True).stdout


@cache
def _text(profile: str) -> str:
    return FILES[profile].read_text("utf-8") if profile in FILES else generated(profile)


def description(profile: str) -> dict[str, Any]:
    """Return the description of a profile, with objects that hold nothing but what it names."""
    read: dict[str, Any] = yaml.safe_load(_text(profile))
    for schema in list(_objects(read)):
        schema.setdefault("additionalProperties", False)
    return read


def _objects(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "properties" in part:
            yield part
        for inner in part.values():
            yield from _objects(inner)


def operations(described: dict[str, Any]) -> Operations:
    """Return the operations of a description, by id."""
    schema = schemathesis.openapi.from_dict(copy.deepcopy(described))
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return {operation.definition.raw["operationId"]: operation for operation in found}


def statuses(described: dict[str, Any]) -> set[tuple[str, int]]:
    """Return each operation's id with each status that it answers."""
    return {
        (operation["operationId"], int(status))
        for methods in described["paths"].values()
        for operation in methods.values()
        for status in operation["responses"]
    }
