"""Hypothesis strategies made from the published schema of the facts document."""

from typing import Any

from hypothesis import strategies as st

from megler.underwriting.rules.shape import facts_schema


def documents(most_keys: int = 12) -> st.SearchStrategy[dict[str, Any]]:
    """Documents that the schema allows, sensible or not."""
    return _object(facts_schema(), most_keys)


def _object(schema: dict[str, Any], most_keys: int = 5) -> st.SearchStrategy[dict[str, Any]]:
    properties = schema["properties"]
    required = schema.get("required", [])
    optional = [key for key in properties if key not in required]
    return st.lists(st.sampled_from(optional), max_size=most_keys, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries(
            {key: _value(properties[key]) for key in [*required, *keys]}
        )
    )


def _value(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    schema = _resolved(schema)
    if "if" in schema:
        one, other = _value(schema["else"]), schema["then"]
        if "properties" in other:
            return one | _value(other)
        return one | st.lists(one, min_size=1, max_size=2)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of([_typed(name, schema) for name in types])


def _typed(name: str, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if name == "string" and "pattern" in schema:
        texts = st.from_regex(schema["pattern"], fullmatch=True)
        return texts | st.just(schema["examples"][0]) if "examples" in schema else texts
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "null": st.none(),
        "boolean": st.booleans(),
        "string": st.text(min_size=schema.get("minLength", 0), max_size=9),
        "integer": st.integers(schema.get("minimum"), schema.get("maximum")),
        "number": st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False),
    }
    if name in strategies:
        return strategies[name]
    if name == "array":
        low = schema.get("minItems", 0)
        unlike = repr if schema.get("uniqueItems") else None
        return st.lists(_value(schema["items"]), min_size=low, max_size=3, unique_by=unlike)
    return _object(schema) if "properties" in schema else st.just({})


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        target: Any = facts_schema()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        schema = {**target, **{k: v for k, v in schema.items() if k != "$ref"}}
    return schema
