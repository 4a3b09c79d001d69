"""Writing a form set's texts as docs/forms.md shows them: headings for questions, values in line."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


def section_file(section: Mapping[str, Any]) -> bytes:
    """A section: its own keys, then every question under a heading of its own."""
    lines = [_line(key, value) for key, value in section.items() if key != "questions"]
    for question in section["questions"]:
        lines += ["", "[[questions]]", *_plain(question, "fields")]
        for field in question.get("fields", ()):
            lines += ["", "[[questions.fields]]", *_plain(field)]
    return _text(lines)


def questionnaire_file(top: Mapping[str, Any]) -> bytes:
    """The questionnaire: its own keys, then forms, derived answers, rules, and the receipt last."""
    lines = [_line(key, value) for key, value in top.items() if key not in _TABLES]
    for name in _TABLES[:3]:
        for table in top.get(name, ()):
            lines += ["", f"[[{name}]]", *_plain(table)]
    if top.get("receipt"):
        lines += ["", "[receipt]", *_plain(top["receipt"])]
    return _text(lines)


_TABLES = ("forms", "derived", "rules", "receipt")


def _plain(table: Mapping[str, Any], *without: str) -> Iterable[str]:
    return [_line(key, value) for key, value in table.items() if key not in without]


def _text(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _line(key: str, value: Any) -> str:
    if isinstance(value, list | tuple) and sum(len(str(one)) for one in value) > 90:
        inside = "".join(f"  {_inline(one)},\n" for one in value)
        return f"{key} = [\n{inside}]"
    return f"{key} = {_inline(value)}"


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{k} = {_inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_inline(one) for one in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)
