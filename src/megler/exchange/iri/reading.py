"""Reading JSON, decoded, into records. Every problem at once; a word nobody knows is told and left out."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast

from megler.exchange.iri.layout import PLAIN, Place, is_word, places
from megler.exchange.iri.records import (
    NEWS_OF,
    ApplicationStatus,
    Notification,
    Reconciliation,
    StatusPage,
)
from megler.exchange.iri.words import CAN_SELL_IN_STATUS, AppStatus, Event, Section
from megler.vocabulary.problems import Problem, Severity, errors

T = TypeVar("T")
Found = tuple[T | None, tuple[Problem, ...]]
_MUST_BE_KNOWN = (AppStatus, Event)
"""Words without which a message says nothing: not knowing one is an error, of others a warning."""
_SPELLED = {CAN_SELL_IN_STATUS: Section.CAN_SELL.value}
_SHOWN_MAX = 60


def read_status(document: object) -> Found[ApplicationStatus]:
    """The answer about one application, summary or whole. None when a problem is an error."""
    return _read(ApplicationStatus, document, "")


def read_page(document: object) -> Found[StatusPage]:
    """A part of a search: the statuses that could be read, and what is wrong with the others.

    None only when the answer as a whole is no such part.
    """
    if not isinstance(document, dict):
        return None, (_wrong("body", document, "an object"),)
    lists = {name: document.get(name, []) for name in ("applicationStatuses", "policies")}
    rest = {key: value for key, value in document.items() if key not in lists}
    problems: list[Problem] = []
    page = _record(StatusPage, rest, "", problems)
    read: dict[str, tuple[ApplicationStatus, ...]] = {}
    for name, given in lists.items():
        if not isinstance(given, list):
            problems.append(_wrong(name, given, "a list"))
        listed = given if isinstance(given, list) else []
        read[name] = tuple(_each_status(listed, name, problems))
    if page is None:
        return None, tuple(problems)
    whole = StatusPage(
        page.correlation_id,
        page.start_index,
        page.items_count,
        page.total_items_count,
        read["applicationStatuses"],
        read["policies"],
    )
    return whole, tuple(problems)


def _each_status(
    given: list[Any], name: str, problems: list[Problem]
) -> Iterator[ApplicationStatus]:
    for position, one in enumerate(given):
        status, wrong = _read(ApplicationStatus, one, f"{name}[{position}]")
        problems.extend(wrong)
        if status is not None:
            yield status


def read_notification(document: object) -> Found[Notification]:
    """One piece of news that was pushed. None when a problem is an error."""
    if not isinstance(document, dict):
        return None, (_wrong("body", document, "an object"),)
    problems: list[Problem] = []
    known = {"notification", "cusip", "endDate", "isApproved"}
    outer = {key: value for key, value in document.items() if key not in known}
    found = _record(Notification, outer, "", problems)
    news = None
    if found is not None and found.event_type is not None:
        kind = NEWS_OF[found.event_type]
        inner = document.get("notification")
        if inner is None:
            problems.append(Problem("missing", "notification", "", "an object"))
        else:
            news = _record(kind, inner, "notification", problems)
    if found is None or errors(problems):
        return None, tuple(problems)
    told = {place.attribute: getattr(found, place.attribute) for place in places(Notification)}
    return Notification(**told, news=news), tuple(problems)


def read_reconciliation(document: object) -> Found[Reconciliation]:
    """The events that a sender says it published. None when a problem is an error."""
    return _read(Reconciliation, document, "")


def _read(kind: type[T], document: object, where: str) -> Found[T]:
    problems: list[Problem] = []
    found = _record(kind, document, where, problems)
    return (None if errors(problems) else found), tuple(problems)


def _record(kind: type[T], document: object, where: str, problems: list[Problem]) -> T | None:
    """A record from an object; what is wrong goes to `problems`."""
    if not isinstance(document, dict):
        problems.append(_wrong(where or "body", document, "an object"))
        return None
    laid = {place.name: place for place in places(cast(Any, kind))}
    for key in document:
        if key not in laid:
            at = _at(where, str(key))
            problems.append(Problem("iri_not_known", at, "", "", Severity.WARNING))
    before = len(errors(problems))
    values = {}
    for place in laid.values():
        given = document.get(place.name)
        at = _at(where, place.name)
        if given is None or given == "":
            if place.rules.required:
                problems.append(Problem("missing", at, "", _expected(place)))
            continue
        value = _value(place, given, at, problems)
        if value is not None:
            values[place.attribute] = value
    return kind(**values) if len(errors(problems)) == before else None


def _at(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _value(place: Place, given: Any, at: str, problems: list[Problem]) -> Any:
    """What a field holds, one or many; None when it cannot be read."""
    if not place.many:
        return _one(place, given, at, problems)
    if not isinstance(given, list):
        problems.append(_wrong(at, given, "a list"))
        return None
    if len(given) < place.rules.least or (place.rules.most and len(given) > place.rules.most):
        problems.append(_wrong(at, len(given), f"{place.rules.least} to {place.rules.most}"))
    each = (_one(place, one, f"{at}[{n}]", problems) for n, one in enumerate(given))
    return tuple(one for one in each if one is not None)


def _one(place: Place, given: Any, at: str, problems: list[Problem]) -> Any:
    if place.holds not in PLAIN and not is_word(place.holds):
        return _record(place.holds, given, at, problems)
    if is_word(place.holds):
        return _word(place, given, at, problems)
    try:
        value: Any = _READ[place.holds](given)
    except (ValueError, TypeError, ArithmeticError):
        problems.append(_wrong(at, given, _expected(place)))
        return None
    if place.holds is str:
        return _text(place, value, at, problems)
    return value


def _word(place: Place, given: Any, at: str, problems: list[Problem]) -> Any:
    known = {str(word): word for word in place.holds}  # type: ignore[attr-defined]
    word = known.get(_SPELLED.get(given, given) if isinstance(given, str) else "")
    if word is None:
        is_error = place.holds in _MUST_BE_KNOWN
        severity = Severity.ERROR if is_error else Severity.WARNING
        problems.append(_wrong(at, given, ", ".join(known), severity))
    return word


def _text(place: Place, value: str, at: str, problems: list[Problem]) -> str:
    """A text; one of another length or with other letters is taken, and told."""
    too_long = bool(place.rules.most) and len(value) > place.rules.most
    if too_long or len(value) < place.rules.least:
        expected = f"{place.rules.least} to {place.rules.most}"
        problems.append(_wrong(at, len(value), expected, Severity.WARNING))
    elif place.rules.pattern and not re.fullmatch(place.rules.pattern, value):
        problems.append(_wrong(at, value, place.rules.pattern[:_SHOWN_MAX], Severity.WARNING))
    return value


def _str(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError
    return given.strip()


def _bool(given: Any) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


def _int(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise TypeError
    return given


def _decimal(given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise TypeError
    amount = Decimal(str(given))
    if not amount.is_finite():
        raise ValueError
    return amount


def _date(given: Any) -> date:
    """A day; a time beside it is left out, as senders put it there."""
    if not isinstance(given, str) or not re.match(r"\d{4}-\d{2}-\d{2}(T|$)", given):
        raise TypeError
    return date.fromisoformat(given[:10])


_READ = {str: _str, bool: _bool, int: _int, Decimal: _decimal, date: _date}
_WORDS = {str: "text", bool: "true or false", int: "a whole number", Decimal: "a number"}


def _expected(place: Place) -> str:
    if is_word(place.holds):
        return ", ".join(str(word) for word in place.holds)  # type: ignore[attr-defined]
    if place.many or place.holds not in PLAIN:
        return "a list" if place.many else "an object"
    return _WORDS.get(place.holds, "YYYY-MM-DD")


def _wrong(
    where: str, found: object, expected: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem("wrong_value", where, str(found)[:_SHOWN_MAX], expected, severity)
