"""Canned texts with fields: `Dear {agent}, {client}'s case {case} is with {carrier}.`"""

import re
from collections.abc import Mapping

from megler.vocabulary.problems import Problem

FIELDS = (
    "agent",
    "amount",
    "carrier",
    "case",
    "client",
    "link",
    "next_step",
    "policy_number",
    "product",
    "requirement",
    "status",
    "who",
)
"""What a text may be filled with: words that stand in the case, never health."""

_FIELD = re.compile(r"\{([^{}]*)\}")


def unknown_fields(text: str, where: str) -> list[Problem]:
    """A problem for each field that does not exist.

    >>> [problem.found for problem in unknown_fields("Dear {agnet}, {case}", "text")]
    ['{agnet}']
    """
    named = [name.strip() for name in _FIELD.findall(text)]
    expected = ", ".join(f"{{{name}}}" for name in FIELDS)
    return [
        Problem("routine_field_unknown", where, f"{{{name}}}", expected)
        for name in dict.fromkeys(named)
        if name not in FIELDS
    ]


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text with its fields filled; what is not known stays empty.

    >>> fill("{case}: {status}", {"case": "C-1", "status": "Issued"})
    'C-1: Issued'
    """
    return _FIELD.sub(lambda found: values.get(found[1].strip(), ""), text)
