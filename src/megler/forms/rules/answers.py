"""Reads what was typed as an answer: (value, problems). Values are plain JSON.

Dates are `2026-03-01`, money and percent decimal texts, yes/no `yes` or `no`, an SSN nine digits,
a telephone number ten digits or `+` and digits, a height whole inches, several choices a list of
their keys, an address a table of `street`, `unit`, `city`, `state` and `zip`, a list a list of tables.
None is no answer.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from megler.forms.rules.heights import inches_of
from megler.forms.rules.questionnaire import MASKED, AnswerType, Question
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Problem

Read = tuple[Any, list[Problem]]

ADDRESS_PARTS = ("street", "unit", "city", "state", "zip")
_TEXT_MAX, _LONG_MAX, _MONEY_MAX = 200, 4000, Decimal(10) ** 12
_DIGITS_MAX = 24
"""Characters of a number: what is longer is no amount, and decimal arithmetic stays exact."""
_DATE_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y")


def read_answer(question: Question, raw: object) -> Read:
    """The value of what was typed for `question`, normalised, and everything wrong with it.

    >>> from megler.forms.rules.questionnaire import AnswerType, Question
    >>> read_answer(Question("n", AnswerType.PHONE, "Telephone", "Telephone"), "(512) 555-0142")
    ('5125550142', [])
    """
    if question.type is AnswerType.LIST:
        return _list(question, raw)
    if question.type is AnswerType.ADDRESS:
        return _address(question, raw)
    if question.type is AnswerType.MANY:
        return _many(question, raw)
    return _simple(question, raw)


def _simple(question: Question, raw: object) -> Read:
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    if isinstance(raw, int | float | Decimal):
        raw = str(raw) if abs(raw) < 10**_DIGITS_MAX else "…"
    if raw is None:
        return None, []
    if not isinstance(raw, str):
        return None, [Problem("wrong_type", question.key, _shown(raw), "text")]
    text = _plain(raw, keep_lines=question.type is AnswerType.LONG_TEXT)
    if not text:
        return None, []
    value, code, expected = _READERS[question.type](question, text)
    if code:
        found = "" if question.type in MASKED else _shown(text)
        return None, [Problem(code, question.key, found, expected)]
    return value, []


def _plain(text: str, keep_lines: bool) -> str:
    """Without control characters and outer blanks; inner blanks single."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    if keep_lines:
        return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()
    return " ".join(kept.split())


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


_Answered = tuple[Any, str, str]


def _text(question: Question, text: str) -> _Answered:
    most = _LONG_MAX if question.type is AnswerType.LONG_TEXT else _TEXT_MAX
    return (text, "", "") if len(text) <= most else (None, "too_long", str(most))


def _date(question: Question, text: str) -> _Answered:
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text, form).date().isoformat(), "", ""  # noqa: DTZ007
        except ValueError:
            continue
    return None, "not_a_date", "MM/DD/YYYY"


_NUMBER = re.compile(r"-?([0-9]+|[0-9]{1,3}([,\s][0-9]{3})+)(\.[0-9]+)?")
"""Commas and blanks part thousands: `12,34` is no number, it may be 12.34 as others write it."""


def _number(text: str, strip: str) -> Decimal | None:
    bare = text.replace(strip, "").strip() if strip else text
    bare = re.sub(r"^-\s+", "-", bare)
    if not _NUMBER.fullmatch(bare):
        return None
    digits = re.sub(r"[\s,]", "", bare)
    return Decimal(digits) + 0 if len(digits) <= _DIGITS_MAX else None


def _bounded(question: Question, number: Decimal) -> str:
    """What was expected, when the number is out of bounds; otherwise nothing."""
    low, high = question.min, question.max
    if (low is not None and number < low) or (high is not None and number > high):
        if high is None:
            return f"≥ {low:,}"
        return f"{low:,}–{high:,}" if low is not None else f"≤ {high:,}"
    return ""


def _money(question: Question, text: str) -> _Answered:
    number = _number(text, "$")
    if number is None or number != number.quantize(Decimal("0.01")):
        return None, "not_an_amount", "250,000"
    if not 0 <= number < _MONEY_MAX:
        return None, "out_of_range", "≥ 0"
    if expected := _bounded(question, number):
        return None, "out_of_range", expected
    return f"{number.normalize():f}", "", ""


def _whole(question: Question, text: str) -> _Answered:
    number = _number(text, "")
    if number is None or number != number.to_integral_value() or abs(number) > 10**9:
        return None, "not_a_whole_number", "12"
    if expected := _bounded(question, number):
        return None, "out_of_range", expected
    return int(number), "", ""


def _percent(question: Question, text: str) -> _Answered:
    number = _number(text, "%")
    if number is None or number != round(number, 4):
        return None, "not_a_percentage", "50"
    if not 0 <= number <= 100 or _bounded(question, number):
        return None, "out_of_range", "0–100"
    return f"{number.normalize():f}", "", ""


def _choice(question: Question, text: str) -> _Answered:
    for value, label in question.choices:
        if text.casefold() in {value.casefold(), label.casefold()}:
            return value, "", ""
    return None, "not_a_choice", ", ".join(value for value, _ in question.choices)


def _yes_no(question: Question, text: str) -> _Answered:
    said = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
    value = said.get(text.casefold())
    return (value, "", "") if value else (None, "not_yes_or_no", "yes, no")


def ssn_possible(digits: str) -> bool:
    """Whether nine digits can be a social-security number.

    Never issued: area 000, 666 and 900-999, group 00, serial 0000. Source: Social Security
    Administration, number randomization, 2011.

    >>> ssn_possible("078051121"), ssn_possible("666051121"), ssn_possible("987654321")
    (True, False, False)
    """
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    fits = re.fullmatch(r"[0-9]{9}", digits) is not None
    return (
        fits and area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"
    )


def _ssn(question: Question, text: str) -> _Answered:
    digits = re.sub(r"[\s-]", "", text)
    return (digits, "", "") if ssn_possible(digits) else (None, "not_an_ssn", "123-45-6789")


def _phone(question: Question, text: str) -> _Answered:
    bare = re.sub(r"[\s().\-/]", "", text)
    national = bare.removeprefix("+1") if bare.startswith("+1") else bare
    if len(national) == 11 and national.startswith("1"):
        national = national[1:]
    if re.fullmatch(r"[2-9][0-9]{2}[2-9][0-9]{6}", national):
        return national, "", ""
    if re.fullmatch(r"\+[2-9][0-9]{6,14}", bare):
        return bare, "", ""
    return None, "not_a_phone", "512-555-0142"


def _email(question: Question, text: str) -> _Answered:
    shape = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
    fits = re.fullmatch(shape, text) and len(text) <= 254 and ".." not in text
    return (text.lower(), "", "") if fits else (None, "not_an_email", "kari@example.com")


def _state(question: Question, text: str) -> _Answered:
    code = text.upper()
    if code in JURISDICTIONS:
        return code, "", ""
    for short, name in JURISDICTIONS.items():
        if name.casefold() == text.casefold():
            return short, "", ""
    return None, "not_a_state", "TX"


def routing_possible(digits: str) -> bool:
    """Whether nine digits can be a bank's routing number: weights 3, 7, 1 sum to a multiple of ten.

    Source: American Bankers Association, routing number policy, check digit.

    >>> routing_possible("021000021"), routing_possible("021000022")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{9}", digits) or digits == "000000000":
        return False
    weights = (3, 7, 1) * 3
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 10 == 0


def _routing(question: Question, text: str) -> _Answered:
    digits = re.sub(r"[\s-]", "", text)
    return (
        (digits, "", "")
        if routing_possible(digits)
        else (None, "not_a_routing_number", "021000021")
    )


def _account(question: Question, text: str) -> _Answered:
    digits = re.sub(r"[\s-]", "", text)
    fits = re.fullmatch(r"[0-9]{4,17}", digits)
    return (digits, "", "") if fits else (None, "not_an_account_number", "4–17 digits")


def _tax_id(question: Question, text: str) -> _Answered:
    """An employer identification number, or the social-security number of a grantor trust."""
    digits = re.sub(r"[\s-]", "", text)
    fits = re.fullmatch(r"[0-9]{9}", digits) is not None and digits[:2] not in {"00", "07", "08"}
    return (digits, "", "") if fits else (None, "not_a_tax_id", "12-3456789")


def _height(question: Question, text: str) -> _Answered:
    inches = inches_of(text)
    if inches is None:
        return None, "not_a_height", "5'4\""
    expected = _bounded(question, Decimal(inches))
    return (None, "out_of_range", expected) if expected else (inches, "", "")


_READERS: dict[AnswerType, Callable[[Question, str], _Answered]] = {
    AnswerType.TEXT: _text,
    AnswerType.LONG_TEXT: _text,
    AnswerType.DATE: _date,
    AnswerType.MONEY: _money,
    AnswerType.WHOLE: _whole,
    AnswerType.CHOICE: _choice,
    AnswerType.YES_NO: _yes_no,
    AnswerType.SSN: _ssn,
    AnswerType.PHONE: _phone,
    AnswerType.EMAIL: _email,
    AnswerType.PERCENT: _percent,
    AnswerType.STATE: _state,
    AnswerType.ROUTING: _routing,
    AnswerType.ACCOUNT: _account,
    AnswerType.TAX_ID: _tax_id,
    AnswerType.HEIGHT: _height,
    AnswerType.DRUG: _text,
    AnswerType.CONDITION: _text,
}


def _many(question: Question, raw: object) -> Read:
    """Several of the choices, each once, in the order in which they are offered."""
    if raw is None or raw == "":
        return None, []
    if isinstance(raw, str):
        raw = raw.split(",")
    if not isinstance(raw, list):
        return None, [Problem("wrong_type", question.key, _shown(raw), "a list")]
    if len(raw) > len(question.choices) + question.items_max:
        return None, [Problem("too_many", question.key, str(len(raw)), str(len(question.choices)))]
    found, problems = set(), []
    for one in raw:
        text = _plain(one, keep_lines=False) if isinstance(one, str) else None
        if text == "":
            continue
        value, code, expected = (
            (None, "wrong_type", "text") if text is None else _choice(question, text)
        )
        if code:
            problems.append(Problem(code, question.key, _shown(one), expected))
        found.add(value)
    if problems:
        return None, problems
    return [key for key, _ in question.choices if key in found] or None, []


def _address(question: Question, raw: object) -> Read:
    """An address; a part that is missing is good order's concern, a part misshapen is ours."""
    if raw is None or raw == "":
        return None, []
    if not isinstance(raw, Mapping):
        return None, [Problem("wrong_type", question.key, _shown(raw), ", ".join(ADDRESS_PARTS))]
    problems = [
        Problem("unknown_key", question.key, str(key), ", ".join(ADDRESS_PARTS))
        for key in raw
        if key not in ADDRESS_PARTS
    ]
    given = {p: _plain(str(raw.get(p) or ""), keep_lines=False)[:_TEXT_MAX] for p in ADDRESS_PARTS}
    value = {part: text for part, text in given.items() if text}
    if state := value.get("state"):
        code, wrong, expected = _state(question, state)
        if wrong:
            problems.append(Problem(wrong, f"{question.key}.state", _shown(state), expected))
        else:
            value["state"] = code
    if "zip" in value and not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", value["zip"]):
        problems.append(Problem("not_a_zip", f"{question.key}.zip", _shown(value["zip"]), "75001"))
    return (None if problems else value or None), problems


def _list(question: Question, raw: object) -> Read:
    """A list of items; items with nothing in them are left out."""
    if raw is None or raw == "":
        return None, []
    if not isinstance(raw, list):
        return None, [Problem("wrong_type", question.key, _shown(raw), "a list")]
    if len(raw) > question.items_max:
        return None, [Problem("too_many", question.key, str(len(raw)), str(question.items_max))]
    items: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for i, given in enumerate(raw):
        if not isinstance(given, Mapping):
            problems.append(Problem("wrong_type", f"{question.key}[{i}]", _shown(given), "a table"))
            continue
        item, wrong = _item(question, f"{question.key}[{i}]", given)
        problems += wrong
        if item or wrong:
            items.append(item)
    return (None if problems else items), problems


def _item(
    question: Question, where: str, given: Mapping[str, object]
) -> tuple[dict[str, Any], list[Problem]]:
    known = {field.key for field in question.fields}
    problems = [
        Problem("unknown_key", where, str(key), ", ".join(sorted(known)))
        for key in given
        if key not in known
    ]
    item = {}
    for field in question.fields:
        value, wrong = read_answer(field, given.get(field.key))
        problems += [Problem(p.code, f"{where}.{p.where}", p.found, p.expected) for p in wrong]
        if value is not None:
            item[field.key] = value
    return item, problems
