"""What the API's description says of every operation alike: its key, its refusals, its documents."""

from collections.abc import Collection, Mapping
from typing import Any

UNSAFE = frozenset({"post", "put", "patch", "delete"})
KEY_MAX = 255

_TEXT = {"type": "string"}
PROBLEMS: dict[str, Any] = {
    "type": "object",
    "description": "Why nothing was done: every problem at once, each with its place.",
    "additionalProperties": False,
    "required": ["problems"],
    "properties": {
        "problems": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["code", "where", "found", "expected", "severity", "text"],
                "properties": {
                    "code": {**_TEXT, "description": "for programs; never changes its meaning"},
                    "where": {**_TEXT, "description": "the field, row or thing"},
                    "found": _TEXT,
                    "expected": _TEXT,
                    "severity": {"enum": ["error", "warning"]},
                    "text": {**_TEXT, "description": "the sentence, in the reader's language"},
                },
            },
        }
    },
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for each write. The same key again has no second effect and gets the first "
    "answer, with the header Idempotent-Replay: true.",
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_MAX, "pattern": "^[!-~]+$"},
}
_REFUSALS = {
    400: "The Idempotency-Key is missing, the body is not JSON, or a text holds a NUL.",
    401: "Not signed in: no key, or one that does not work any more.",
    404: "There is nothing here that you may see.",
    413: "The body is too large.",
    422: "Nothing was done; each problem is told with its place.",
}


def honest(
    description: dict[str, Any],
    read_only: Collection[str],
    documents: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Complete an OpenAPI description in place.

    `read_only` are paths asked by POST that change nothing, `documents` JSON Schemas by the name
    under which operations refer to them (`#/components/schemas/<name>`).
    """
    schemas = description["components"].setdefault("schemas", {})
    schemas["Problems"] = PROBLEMS
    schemas |= {name: _at(name, schema) for name, schema in documents.items()}
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            is_write = method in UNSAFE and path not in read_only
            if is_write:
                operation["parameters"] = [*operation.get("parameters", []), _IDEMPOTENCY_KEY]
            for status in _statuses(operation, method in UNSAFE):
                operation["responses"].setdefault(status, _refusal(status))
    return description


def _statuses(operation: Mapping[str, Any], has_body: bool) -> list[int]:
    is_told_something = has_body or bool(operation.get("parameters"))
    return [400, 401, 404, *[413] * has_body, *[422] * is_told_something]


def _refusal(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problems"}
    return {
        "description": _REFUSALS[status],
        "content": {"application/json": {"schema": schema}},
    }


def _at(name: str, part: Any) -> Any:
    """A JSON Schema whose references lead to its place among the components."""
    if isinstance(part, Mapping):
        return {
            key: value.replace("#/", f"#/components/schemas/{name}/", 1)
            if key == "$ref" and isinstance(value, str)
            else _at(name, value)
            for key, value in part.items()
            if key not in {"$schema", "$id"}
        }
    return [_at(name, one) for one in part] if isinstance(part, list | tuple) else part
