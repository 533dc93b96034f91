"""The JSON Schema of `nologout.toml`, made from the model; editors complete and check the file by it.

`python -m nologout.targets.config.schema` prints it; `docs/nologout.schema.json` holds it, which a test holds current.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from nologout.targets.config.model import Config


def schema() -> dict[str, Any]:
    """Return the schema, JSON Schema 2020-12."""
    (root,), parts = msgspec.json.schema_components([Config], ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": parts}


def printed() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(printed(), end="")  # noqa: T201 - a command's output
