"""Values that a JSON Schema allows, for hypothesis: as much of it as the tools' schemas use.

hypothesis-jsonschema would do it, but its last release does not run with the hypothesis of today.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Schema = dict[str, Any]


def allowed(schema: Schema, definitions: Schema | None = None) -> st.SearchStrategy[Any]:
    """Values that fit the schema. Raises NotImplementedError for a form that no tool has used so far."""
    definitions = schema.get("$defs", {}) if definitions is None else definitions
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return st.deferred(lambda: allowed(definitions[name], definitions))
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return st.one_of([allowed(one, definitions) for one in schema[several]])
    match schema.get("type"):
        case "null":
            return st.none()
        case "boolean":
            return st.booleans()
        case "string" if "pattern" in schema:
            return st.from_regex(schema["pattern"])
        case "string":
            return st.text(min_size=schema.get("minLength", 0), max_size=schema.get("maxLength", 60))
        case "integer":
            return st.integers(*_range(schema, 1))
        case "number":
            return st.floats(*_range(schema, 0), allow_nan=False, allow_infinity=False)
        case "array":
            least = schema.get("minItems", 0)
            most = max(least, min(schema.get("maxItems", 5), 5))
            return st.lists(allowed(schema.get("items", {"type": "null"}), definitions), min_size=least, max_size=most)
        case "object":
            return _object(schema, definitions)
    raise NotImplementedError(schema)


def _range(schema: Schema, step: int) -> tuple[Any, Any]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if (above := schema.get("exclusiveMinimum")) is not None:
        least = above + (step or 1e-6)
    if (below := schema.get("exclusiveMaximum")) is not None:
        most = below - (step or 1e-6)
    return least, most


def _object(schema: Schema, definitions: Schema) -> st.SearchStrategy[Any]:
    fields = {name: allowed(part, definitions) for name, part in schema.get("properties", {}).items()}
    needed = {name: fields.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional=fields)
