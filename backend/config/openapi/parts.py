"""What descriptions of answers are put together from, as OpenAPI writes it."""

from collections.abc import Mapping
from typing import Any

JSON = dict[str, Any]

TEXT: JSON = {"type": "string"}
TEXTS: JSON = {"type": "array", "items": TEXT}


def object_of(*required: str, **properties: JSON) -> JSON:
    """Return the schema of an object."""
    return {"type": "object", "properties": properties, "required": [*required]}


def one_of(*words: str) -> JSON:
    """Return the schema of a text that is one of these words."""
    return {**TEXT, "enum": [str(word) for word in words]}


def response(description: str, schema: str, headers: Mapping[str, str] | None = None) -> JSON:
    """Return a response whose schema is a component, and so is each of its headers: `{"Retry-After": "RetryAfter"}`."""
    named = {name: {"$ref": f"#/components/headers/{part}"} for name, part in (headers or {}).items()}
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, **({"headers": named} if named else {}), "content": content}
