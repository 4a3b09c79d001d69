"""The specifications themselves, and asking them whether a document is right."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

HERE = Path(__file__).parent
STATUS, PUSH = "appstatus_3.1.0", "push_notifications_1.1.0"


@cache
def spec(name: str) -> dict[str, Any]:
    """A specification as it was published."""
    found: dict[str, Any] = yaml.safe_load((HERE / f"{name}.yaml").read_text())
    return found


@cache
def _validator(name: str, schema: str) -> Draft202012Validator:
    resource = Resource.from_contents(spec(name), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(f"iri:{name}", resource)
    asked = {"$ref": f"iri:{name}#/components/schemas/{schema}"}
    return Draft202012Validator(asked, registry=registry, format_checker=FormatChecker())


def breaches(name: str, schema: str, document: object) -> list[str]:
    """What a document does otherwise than the specification's schema says."""
    found = _validator(name, schema).iter_errors(document)
    return [f"{e.json_path}: {e.message}"[:200] for e in found]
