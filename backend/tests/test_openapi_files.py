"""The OpenAPI descriptions and the Postman collection in docs are current, well formed, and can be played."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from config.openapi.collection import FORMAT, collection, printed
from config.openapi.play import STEPS
from tests.described import DOCS, FILES, generated
from tests.fitting import credentials
from tests.running_server import BACKEND, RunningServer, lab_environment

COLLECTION = DOCS / "requests.postman_collection.json"
PLAYER = Path(__file__).with_name("play_collection.mjs")
NODE = Path(sys.executable).with_name("node")

TEXT = {"type": "string", "minLength": 1}
PAIRS = {"type": "array", "items": {"type": "object", "required": ["key", "value"]}}
# What Postman's format v2.1 asks for, of the parts that we use.
STRUCTURE = {
    "type": "object",
    "required": ["info", "item"],
    "additionalProperties": False,
    "properties": {
        "info": {
            "type": "object",
            "required": ["name", "schema"],
            "properties": {"name": TEXT, "description": TEXT, "schema": {"const": FORMAT}},
        },
        "auth": {"$ref": "#/$defs/auth"},
        "variable": PAIRS,
        "item": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/item"}},
    },
    "$defs": {
        "auth": {
            "type": "object",
            "required": ["type"],
            "properties": {"type": {"enum": ["bearer", "noauth"]}, "bearer": PAIRS},
        },
        "script": {
            "type": "object",
            "required": ["exec"],
            "properties": {"type": {"const": "text/javascript"}, "exec": {"type": "array", "items": TEXT}},
        },
        "item": {
            "type": "object",
            "required": ["request"],
            "additionalProperties": False,
            "properties": {
                "name": TEXT,
                "event": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["listen"],
                        "properties": {
                            "listen": {"enum": ["test", "prerequest"]},
                            "script": {"$ref": "#/$defs/script"},
                        },
                    },
                },
                "request": {
                    "type": "object",
                    "required": ["method", "url"],
                    "properties": {
                        "method": {"enum": ["GET", "POST"]},
                        "header": PAIRS,
                        "auth": {"$ref": "#/$defs/auth"},
                        "url": {
                            "type": "object",
                            "required": ["raw", "host", "path"],
                            "properties": {"raw": TEXT, "host": {"type": "array"}, "path": {"type": "array"}},
                        },
                        "body": {
                            "type": "object",
                            "required": ["mode"],
                            "properties": {"mode": {"const": "raw"}, "raw": TEXT},
                        },
                    },
                },
                "response": {"type": "array", "maxItems": 0},
            },
        },
    },
}


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    """Read the description that the collection is made from."""
    read: dict[str, Any] = yaml.safe_load(FILES["family"].read_text("utf-8"))
    return read


@pytest.mark.parametrize("profile", FILES)
def test_description_is_current_and_clean(profile: str) -> None:
    """`make docs` writes it; drf-spectacular finds it valid, and warns of nothing."""
    assert FILES[profile].read_text("utf-8") == generated(profile)


def test_collection_is_current(openapi: dict[str, Any]) -> None:
    """`make docs` writes it too, from the description."""
    assert COLLECTION.read_text("utf-8") == printed(openapi)


def test_collection_has_the_structure_of_its_format() -> None:
    """Where a part is missing, or is of another kind, an import would fail."""
    read = json.loads(COLLECTION.read_text("utf-8"))
    jsonschema.validate(read, STRUCTURE)
    del read["item"][0]["request"]["url"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read, STRUCTURE)


@pytest.mark.parametrize("change", ["operation", "field", "status"])
def test_collection_is_not_made_from_a_description_that_it_does_not_fit(openapi: dict[str, Any], change: str) -> None:
    """An operation, a field or a status that has gone."""
    changed = copy.deepcopy(openapi)
    if change == "operation":
        del changed["paths"]["/api/me/"]
    if change == "field":
        del changed["components"]["schemas"]["RefreshRequest"]["properties"]["refresh"]
    if change == "status":
        del changed["paths"]["/api/token/refresh/"]["post"]["responses"]["401"]
    with pytest.raises(ValueError, match=r"described"):
        collection(changed)


def play(file: Path, server: RunningServer) -> list[dict[str, Any]]:
    """Play a collection with a fresh user; return each request's name, status, and tests with their errors."""
    given = {"base_url": f"http://127.0.0.1:{server.port}", **credentials(server)}
    command = [str(NODE), str(PLAYER), str(file), *(f"{name}={value}" for name, value in given.items())]
    played: list[dict[str, Any]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return played


def errors(played: list[dict[str, Any]]) -> list[str]:
    """Return what the collection's own tests object to."""
    return [f"{request['name']}: {test['error']}" for request in played for test in request["tests"] if test["error"]]


@pytest.mark.server
def test_collection_plays_in_its_order(family_server: RunningServer) -> None:
    """Each request is answered as it awaits, and its tests pass: there are nine, and at least one test in each."""
    played = play(COLLECTION, family_server)
    assert [(request["name"], request["status"]) for request in played] == [(step.title, step.status) for step in STEPS]
    assert all(request["tests"] for request in played)
    assert errors(played) == []


@pytest.mark.server
def test_collection_notices_a_server_without_grace(server_of: Callable[[str], RunningServer]) -> None:
    """On `stock` the old token is refused, and no reason is given for the last refusal: the tests object."""
    played = play(COLLECTION, server_of("stock"))
    [again] = [request for request in played if request["name"] == "Present the old token again"]
    assert again["status"] == 401
    assert {error.partition(":")[0] for error in errors(played)} == {again["name"], "Refresh after the sign-out"}


def test_server_runs_without_the_libraries_of_the_description(tmp_path: Path) -> None:
    """Nothing that a server imports asks for them: they are no dependency of the wheel that the server travels in."""
    asks = "import sys, config.wsgi, config.urls; print({'drf_spectacular', 'schemathesis'} & {*sys.modules})"
    environment = lab_environment(tmp_path, "family")
    found = subprocess.run([sys.executable, "-c", asks], cwd=BACKEND, env=environment, check=True, capture_output=True)
    assert found.stdout.decode() == "set()\n"
