"""Makes docs/requests.postman_collection.json from docs/openapi.yaml, in Postman's format v2.1.

`python -m config.openapi.collection docs/openapi.yaml` prints it; a test holds it current, and plays it.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from config.openapi.play import STEPS, Step

JSON = dict[str, Any]

FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
VARIABLES = {
    "base_url": "http://127.0.0.1:8000",
    "username": "",
    "password": "",
    "access": "",
    "refresh": "",
    "previous": "",
}
ABOUT = (
    "Set `base_url`, `username` and `password` (`nologout demo --port 8000` prints a fresh user), then send the "
    "requests in their order. `access`, `refresh` and `previous` are kept from the answers. For the profile `family`."
)


def collection(openapi: JSON) -> JSON:
    """Return the collection; raise ValueError where the play does not fit the description."""
    return {
        "info": {"name": openapi["info"]["title"], "description": ABOUT, "schema": FORMAT},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{access}}", "type": "string"}]},
        "variable": [{"key": name, "value": value, "type": "string"} for name, value in VARIABLES.items()],
        "item": [_item(step, openapi) for step in STEPS],
    }


def printed(openapi: JSON) -> str:
    """Return the collection as the text of its file."""
    return json.dumps(collection(openapi), indent=2, ensure_ascii=False) + "\n"


def _item(step: Step, openapi: JSON) -> JSON:
    path, method, operation = _found(step.operation, openapi)
    _check(step, operation, openapi)
    request: JSON = {
        "method": method.upper(),
        "header": [{"key": "Accept", "value": "application/json"}],
        "url": {"raw": "{{base_url}}" + path, "host": ["{{base_url}}"], "path": [*path.strip("/").split("/"), ""]},
        "description": operation["description"],
    }
    if "security" not in operation:
        request["auth"] = {"type": "noauth"}
    if step.sends:
        request["header"].append({"key": "Content-Type", "value": "application/json"})
        request["body"] = {"mode": "raw", "raw": json.dumps(step.sends), "options": {"raw": {"language": "json"}}}
    script = {"type": "text/javascript", "exec": _script(step)}
    return {"name": step.title, "event": [{"listen": "test", "script": script}], "request": request, "response": []}


def _found(operation_id: str, openapi: JSON) -> tuple[str, str, JSON]:
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] == operation_id:
                return path, method, operation
    raise ValueError(f"{operation_id} is not described")


def _check(step: Step, operation: JSON, openapi: JSON) -> None:
    content = operation.get("requestBody", {}).get("content", {})
    name = content["application/json"]["schema"]["$ref"].rpartition("/")[2] if content else ""
    fields = openapi["components"]["schemas"][name]["properties"] if content else {}
    if {*fields} != {*step.sends} or str(step.status) not in operation["responses"]:
        raise ValueError(f"{step.title!r} sends other fields, or awaits another status, than is described")


def _script(step: Step) -> list[str]:
    kept = [(new, f'pm.collectionVariables.get("{name}")') for name, new in step.keeps_old.items()]
    kept += [(name, f"pm.response.json().{name}") for name in step.keeps]
    lines = [f'    pm.collectionVariables.set("{name}", {value});' for name, value in kept]
    return [
        f'pm.test("{step.status}", () => pm.response.to.have.status({step.status}));',
        *([f"if (pm.response.code === {step.status}) {{", *lines, "}"] if lines else []),
        *([f'pm.test("{step.then[0]}", () => {{', f"    {step.then[1]}", "});"] if step.then else []),
    ]


if __name__ == "__main__":
    print(printed(yaml.safe_load(Path(sys.argv[1]).read_text("utf-8"))), end="")  # noqa: T201 - a command's output
