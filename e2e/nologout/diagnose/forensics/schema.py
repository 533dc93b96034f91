"""The JSON Schema of a black box's export, made from the types that it is read into.

`python -m nologout.diagnose.forensics.schema` prints it; `docs/black-box.schema.json` holds it, and a test holds that
current.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from nologout.diagnose.forensics.black_box import BlackBox


def schema() -> dict[str, Any]:
    """Return the schema, JSON Schema 2020-12."""
    (root,), parts = msgspec.json.schema_components([BlackBox], ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": parts}


def printed() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(printed(), end="")  # noqa: T201 - a command's output
