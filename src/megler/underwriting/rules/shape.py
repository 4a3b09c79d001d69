"""Whether a facts document has the published shape (facts.schema.json), problem by problem."""

import copy
import difflib
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Problem

_SHOWN = 80
_FEW = 15
_RANGES = ("minimum", "maximum")
_SIZES = {
    "minItems": ("at least", "entry"),
    "maxItems": ("at most", "entries"),
    "minLength": ("at least", "character"),
    "maxLength": ("at most", "characters"),
    "maxProperties": ("at most", "keys"),
}
_CODES = {
    "type": "facts_wrong_type",
    "enum": "facts_not_in_list",
    "format": "facts_impossible_date",
    "required": "facts_missing_key",
    "uniqueItems": "facts_given_twice",
    **dict.fromkeys(_RANGES, "facts_out_of_range"),
    **dict.fromkeys(_SIZES, "facts_wrong_size"),
}


_MEANT = {
    **dict.fromkeys(("dob", "birth_date", "birthdate", "birthday", "date_of_birth"), "born"),
    **dict.fromkeys(("smoker", "smoking", "tobacco"), "nicotine"),
    **dict.fromkeys(("amount", "coverage", "face"), "face_amount"),
    "gender": "sex",
    "state": "jurisdiction",
}
"""Keys that other systems use, and ours."""


@cache
def facts_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the facts document, as published."""
    text = resources.files(__package__).joinpath("facts.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def shape_problems(document: object) -> tuple[list[Problem], object]:
    """Everything in `document` that the schema forbids, and a copy without those parts."""
    problems: list[Problem] = []
    clean = copy.deepcopy(document)
    for error in sorted(_validator().iter_errors(document), key=lambda e: list(map(str, e.path))):
        path = list(error.absolute_path)
        if error.validator == "additionalProperties":
            for key in _unknown_keys(error):
                problems.append(_unknown(key, path, error))
                _remove(clean, [*path, key])
        else:
            problems.append(_problem(error, path))
            _remove(clean, path, _empty(error))
    for path, value in _unfit_texts(clean, []):
        code = "facts_not_a_number" if isinstance(value, float) else "facts_control_character"
        problems.append(Problem(code, path_text(path), shown(value)))
    for problem_path in [p for p, _ in _unfit_texts(clean, [])]:
        _remove(clean, problem_path)
    return problems, _with_whole_numbers(clean)


def path_text(path: Iterable[str | int]) -> str:
    """A path as a person reads it.

    >>> path_text(["people", 0, "nicotine", 1, "last_used"])
    'people[0].nicotine[1].last_used'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "facts"


def shown(value: object) -> str:
    """`value` as found, short enough to show."""
    if isinstance(value, str):
        text = "".join(c if c.isprintable() else "\ufffd" for c in value)
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def days_of(text: str) -> tuple[date, date]:
    """First and last day that `text` (2015-06-12 or 2015-06) may mean; ValueError when none.

    >>> days_of("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if len(text) == len("2015-06"):
        first = date.fromisoformat(text + "-01")
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return first, date.fromordinal(following.toordinal() - 1)
    day = date.fromisoformat(text)
    return day, day


@cache
def _validator() -> Draft202012Validator:
    formats = FormatChecker(formats=())

    def is_day(value: object) -> bool:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value):
            days_of(value)
        return True

    formats.checkers["calendar-day"] = (is_day, ValueError)
    return Draft202012Validator(facts_schema(), format_checker=formats)


def _unknown_keys(error: Any) -> list[str]:
    known = error.schema.get("properties", {})
    return [key for key in error.instance if key not in known]


def _unknown(key: str, path: list[str | int], error: Any) -> Problem:
    known = sorted(error.schema.get("properties", {}))
    meant = [_MEANT[key]] if _MEANT.get(key) in known else []
    near = meant or difflib.get_close_matches(str(key), known, n=1)
    few = ", ".join(known) if len(known) <= 20 else "a key of the facts document"
    expected = near[0] if near else few
    return Problem("facts_unknown_key", path_text([*path, shown(key)]), shown(key), expected)


def _problem(error: Any, path: list[str | int]) -> Problem:
    code, expected = _code_and_expected(error)
    return Problem(code, path_text(path), shown(error.instance), expected)


def _code_and_expected(error: Any) -> tuple[str, str]:
    rule, value = str(error.validator), error.validator_value
    if rule == "pattern":
        negative = str(error.instance).startswith("-") and str(value).startswith("^[0-9]")
        return "facts_negative" if negative else "facts_malformed", _example(error) or str(value)
    expected: dict[str, Callable[[], str]] = {
        "type": lambda: _types(error),
        "enum": lambda: _allowed(error),
        "format": lambda: "a day of the calendar",
        "required": lambda: ", ".join(k for k in value if k not in error.instance),
        **dict.fromkeys(_RANGES, lambda: f"{error.schema['minimum']} to {error.schema['maximum']}"),
    }
    if rule in _SIZES:
        side, counted = _SIZES[rule]
        return _CODES[rule], f"{side} {value} {counted}"
    return _CODES.get(rule, "facts_malformed"), expected.get(rule, lambda: f"{rule} {value}")()


def _types(error: Any) -> str:
    value = error.validator_value
    names = [value] if isinstance(value, str) else [n for n in value if n != "null"]
    example = _example(error)
    quoted = f' such as "{example}"' if example and names == ["string"] else ""
    return " or ".join(names) + quoted


def _example(error: Any) -> str:
    return str((error.schema.get("examples") or [""])[0])


def _allowed(error: Any) -> str:
    values = [str(v) for v in error.validator_value if v is not None]
    found = str(error.instance).casefold()
    named = {name.casefold(): code for code, name in JURISDICTIONS.items()}
    same = [v for v in values if v.casefold() == found or v == named.get(found)]
    near = difflib.get_close_matches(str(error.instance), values, n=3, cutoff=0.5)
    return ", ".join(same or (values if len(values) <= _FEW else near or values[:20]))


def _unfit_texts(value: object, path: list[str | int]) -> Iterator[tuple[list[str | int], object]]:
    """Strings with control characters and numbers that are none (NaN), with their paths."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _unfit_texts(part, [*path, key])
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _unfit_texts(part, [*path, i])
    elif (isinstance(value, str) and re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", value)) or (
        isinstance(value, float) and not math.isfinite(value)
    ):
        yield path, value


def _with_whole_numbers(value: Any) -> Any:
    """47.0, as some writers of JSON say it, as 47."""
    if isinstance(value, dict):
        return {key: _with_whole_numbers(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_whole_numbers(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _empty(error: Any) -> object:
    """What says nothing in a list where the schema wants an object, or a text."""
    wants_object = error.validator == "type" and "object" in error.validator_value
    return {} if wants_object or isinstance(error.instance, dict) else ""


def _remove(document: object, path: list[str | int], empty: object = "") -> None:
    """Makes the part at `path` unknown, so that the rest can still be checked.

    An entry of a list becomes `empty`, so that the places of the others stay.
    """
    part: Any = document
    for key in path[:-1]:
        try:
            part = part[key]
        except (KeyError, IndexError, TypeError):
            return
    if path and isinstance(part, dict):
        part.pop(path[-1], None)
    elif path and isinstance(part, list) and isinstance(path[-1], int) and path[-1] < len(part):
        part[path[-1]] = empty
