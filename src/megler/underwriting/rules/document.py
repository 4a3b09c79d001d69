"""A facts document as it comes: bytes or text, of which `facts` makes sense."""

import json
from datetime import date
from typing import Any

from megler.underwriting.rules.facts import TOO_DEEP, read_facts
from megler.underwriting.rules.people import Facts
from megler.underwriting.rules.shape import shown
from megler.vocabulary.problems import Problem


def facts_from_bytes(content: bytes, on: date) -> tuple[Facts | None, list[Problem]]:
    """The facts in a file or request: UTF-8, with or without a byte order mark."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, [Problem("facts_wrong_encoding", "line 1", "UTF-16", "UTF-8")]
    try:
        return facts_from_text(content.decode("utf-8"), on)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte {content[error.start]:02X}"
        return None, [Problem("facts_wrong_encoding", f"line {line}", found, "UTF-8")]


def facts_from_text(text: str, on: date) -> tuple[Facts | None, list[Problem]]:
    """The facts in a JSON text. Besides `read_facts`: broken JSON and a key given twice.

    A byte order mark, as some editors write it in front, is no part of the text.
    """
    text = text.removeprefix("\ufeff")
    doubled: list[Problem] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: set[str] = set()
        for key, _ in items:
            if key in seen:
                doubled.append(
                    Problem("facts_duplicate_key", shown(key), shown(key), "each key once")
                )
            seen.add(key)
        return dict(items)

    try:
        document = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        return None, [
            Problem("facts_not_json", where, shown(text[error.pos : error.pos + 20]), "JSON")
        ]
    except RecursionError:
        return None, [TOO_DEEP]
    except ValueError:
        return None, [Problem("facts_not_json", "facts", shown(text[:20]), "JSON")]
    facts, problems = read_facts(document, on)
    return (None if doubled else facts), doubled + problems
