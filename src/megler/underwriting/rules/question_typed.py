"""What is typed in a field of a question's facts, read as it is meant."""

import re
from datetime import date

from megler.underwriting.rules import typed
from megler.underwriting.rules.asking.dates import when_in
from megler.underwriting.rules.asking.reading import understand
from megler.underwriting.rules.question_fields import Field, Kind
from megler.underwriting.rules.typed import Unread


def read(field: Field, text: str, on: date, age: int | None) -> dict[str, object]:
    """What is typed in a field, by the keys of the document. Raises `Unread` with what was expected."""
    text = text.strip()
    match field.kind:
        case Kind.AGE:
            return (
                {"age": int(text)}
                if re.fullmatch(r"\d{1,3}", text)
                else {"born": day(text, on, age)}
            )
        case Kind.HEIGHT:
            return dict(typed.height(text))
        case Kind.WEIGHT:
            return dict(typed.weight(text))
        case Kind.PRESSURE:
            return {f"blood_pressure.{key}": value for key, value in typed.pressure(text).items()}
        case Kind.WORDS:
            return {field.place: _words(field.place, text, on)}
        case _:
            return {field.place: _value(field, text, on, age)}


_FIGURES = {
    Kind.WHOLE: typed.whole_number,
    Kind.NUMBER: typed.figure,
    Kind.AMOUNT: typed.amount,
}


def _value(field: Field, text: str, on: date, age: int | None) -> object:
    if field.kind in _FIGURES:
        return _FIGURES[field.kind](text)
    if field.kind is Kind.DAY:
        return day(text, on, age)
    choices = ("yes", "no") if field.kind is Kind.FLAG else field.choices
    if choices and text not in choices:
        raise Unread(", ".join(choices))
    return text == "yes" if field.kind is Kind.FLAG else text[:200]


def day(text: str, on: date, age: int | None = None) -> str:
    """A day or month as people tell it; `age` is needed for "at age 40".

    >>> day("May 2019", date(2026, 3, 2)), day("4 years ago", date(2026, 3, 2))
    ('2019-05', '2022-03-02')
    """
    if text.casefold() in {"today", "now"}:
        return on.isoformat()
    found = when_in(text.casefold(), on, age)
    if found is None:
        raise Unread("a day such as 2019, May 2019 or 4 years ago")
    return found[1]


_NOTHING = {"none", "no", "never", "nothing", "clean", "nothing to tell", "ingen", "aldri"}


def _words(place: str, text: str, on: date) -> object:
    """A list told in words, such as `quit 3 years ago` or `father heart attack at 58`."""
    if text.casefold() in _NOTHING:
        return []
    facts = understand(text, on).facts
    if facts.get(place) in (None, []):
        raise Unread("words such as in a question, or none")
    return facts[place]
