"""What stands in the fields of a filled form, as raw answers: `filling` the other way round.

The form's fills say which field holds which answer. What they cannot say is left over: a field
that the set does not know, a text that went onto a continuation, a number that is masked.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from megler.documents.rules.pages import Widget
from megler.forms.rules.filling import CONTINUED, DIGITS, HEAD, SIGNING, STATE
from megler.forms.rules.questionnaire import (
    AnswerType,
    FieldFill,
    FormSpec,
    Questionnaire,
)

_NUMBERED = re.compile(r"[_#.][0-9]{1,3}$")
_TICKED = frozenset({"x", "✓", "✔", "✗", "yes", "on", "1", "/yes"})
_PLACE = re.compile(r"(?P<state>[A-Za-z]{2})?\s*(?P<zip>[0-9]{5}(?:-[0-9]{4})?)?")
_DATE_PARTS = ("month", "day", "year")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A field whose text is no answer: `why` is `unknown_field`, `continued` or `masked`."""

    field: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was read: raw answers by question, what stands of the agent and product, and the rest.

    `differ` are questions that two fields of the file answer otherwise, with both texts.
    """

    raws: Mapping[str, Any] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)
    leftovers: tuple[Leftover, ...] = ()
    differ: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def as_on_form(widgets: Iterable[Widget], names: Collection[str]) -> list[Widget]:
    """Fields under the names that the form has for them, though another program gave them others.

    Programs that put files together lay a name before, or a number behind: `form1[0].first[0]`,
    `packet.first`, `first_2`.

    >>> box = (0, 0, 1, 1)
    >>> kept = as_on_form([Widget(1, "form1[0].first[0]", "text", "Kari", box)], {"first", "last"})
    >>> [widget.name for widget in kept]
    ['first']
    """
    return [replace(one, name=_own_name(one.name, names)) for one in widgets]


def _own_name(name: str, names: Collection[str]) -> str:
    if name in names:
        return name
    parts = re.sub(r"\[[0-9]+\]", "", name).split(".")
    endings = [".".join(parts[i:]) for i in range(len(parts))]
    endings += [shorter for one in endings if (shorter := _NUMBERED.sub("", one)) != one]
    return next((one for one in endings if one in names), name)


def read_back(questionnaire: Questionnaire, form: FormSpec, widgets: Iterable[Widget]) -> ReadBack:
    """The answers that stand in the fields of one copy of a form."""
    shown: dict[str, str] = {}
    for widget in widgets:
        if widget.kind != "button" and (widget.value or widget.name not in shown):
            shown[widget.name] = widget.value.strip()
    reading = _Reading(questionnaire)
    fills: dict[str, list[FieldFill]] = {}
    for fill in form.fills:
        fills.setdefault(fill.field, []).append(fill)
    for name, text in shown.items():
        if not text:
            continue
        if name not in fills:
            reading.leftovers.append(Leftover(name, text, "unknown_field"))
        elif text in {CONTINUED, "*"}:
            reading.leftovers.append(Leftover(name, text, "continued"))
        else:
            reading.take(name, text, fills[name])
    return reading.done()


def merged(readings: Sequence[ReadBack]) -> ReadBack:
    """What several forms of a packet say together; of two that differ the first counts."""
    raws: dict[str, Any] = {}
    head: dict[str, str] = {}
    differ: dict[str, tuple[str, str]] = {}
    for one in readings:
        differ |= one.differ
        for key, raw in one.raws.items():
            if isinstance(raw, dict) and isinstance(raws.get(key), dict):
                raws[key] = {**raw, **raws[key]}
            elif key in raws and _plain(raws[key]) != _plain(raw):
                differ.setdefault(key, (str(raws[key]), str(raw)))
            else:
                raws.setdefault(key, raw)
        head = {**one.head, **head}
    return ReadBack(raws, head, tuple(left for one in readings for left in one.leftovers), differ)


def _plain(raw: Any) -> str:
    """Two writings of the same answer are alike in this: letters and digits alone."""
    return re.sub(r"[\W_]", "", str(raw)).casefold()


class _Reading:
    """Puts the parts of answers together, field by field."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.raws: dict[str, Any] = {}
        self.head: dict[str, str] = {}
        self.parts: dict[tuple[Any, ...], dict[str, str]] = {}
        self.leftovers: list[Leftover] = []
        self.differ: dict[str, tuple[str, str]] = {}

    def take(self, name: str, text: str, fills: Sequence[FieldFill]) -> None:
        ticked = _ticked(text, fills)
        for fill in fills if ticked is None else ticked:
            if fill.question in HEAD:
                self.head.setdefault(fill.question, text)
            elif fill.question.partition(".")[0] in SIGNING:
                continue
            elif fill.question not in self.questionnaire.by_key:
                self.leftovers.append(Leftover(name, text, "unknown_field"))
            elif "•" in text:
                self.leftovers.append(Leftover(name, text, "masked"))
            else:
                self._answer(fill, text)
        if ticked == []:
            self.leftovers.append(Leftover(name, text, "unknown_field"))

    def _answer(self, fill: FieldFill, text: str) -> None:
        question = self.questionnaire.by_key[fill.question]
        place: tuple[Any, ...] = (fill.question,)
        if question.type is AnswerType.LIST:
            key, _, inner = fill.part.partition(".")
            place += (fill.item or 1, key, *([inner] if inner else []))
            question = next((f for f in question.fields if f.key == key), question)
        elif fill.part:
            place += (fill.part,)
        if fill.value and question.type is AnswerType.MANY:
            self.parts.setdefault((*place, "many"), {})[fill.value] = fill.value
        elif fill.value:
            self._put(place, fill.value)
        elif fill.format in {*_DATE_PARTS, "feet", "inches"} or DIGITS.fullmatch(fill.format):
            self.parts.setdefault(place, {})[fill.format] = text
        elif question.type is AnswerType.ADDRESS and len(place) in {1, 3}:
            self._put(place, address_in(text))
        else:
            self._put(place, text)

    def _put(self, place: tuple[Any, ...], raw: Any) -> None:
        """Lay an answer in its place; the first one counts, and another is told."""
        key, *inner = place
        if not inner:
            if key in self.raws and _plain(self.raws[key]) != _plain(raw):
                self.differ.setdefault(key, (str(self.raws[key]), str(raw)))
            self.raws.setdefault(key, raw)
            return
        if isinstance(inner[0], int):
            items = self.raws.setdefault(key, [])
            while len(items) < inner[0]:
                items.append({})
            into, inner = items[inner[0] - 1], inner[1:]
        else:
            into = self.raws.setdefault(key, {})
        while len(inner) > 1:
            into, inner = into.setdefault(inner[0], {}), inner[1:]
        if isinstance(into, dict):
            into.setdefault(inner[0], raw)

    def done(self) -> ReadBack:
        for place, parts in self.parts.items():
            if place[-1] == "many":
                self._put(place[:-1], sorted(parts))
            elif text := _together(parts):
                self._put(place, text)
        raws = {
            key: [item for item in raw if item] if isinstance(raw, list) and _items(raw) else raw
            for key, raw in self.raws.items()
        }
        return ReadBack(raws, self.head, tuple(self.leftovers), self.differ)


def _items(raw: Sequence[Any]) -> bool:
    return any(isinstance(item, dict) for item in raw)


def _ticked(text: str, fills: Sequence[FieldFill]) -> list[FieldFill] | None:
    """The fills that a ticked box stands for; None when the field is no box."""
    boxes = [fill for fill in fills if fill.value]
    if not boxes:
        return None
    mine = [fill for fill in boxes if text in {fill.format.removeprefix(STATE), fill.value}]
    if mine:
        return mine
    is_one = len({fill.value for fill in boxes}) == 1
    return boxes if is_one and (len(text) <= 5 or text.casefold() in _TICKED) else []


def _together(parts: Mapping[str, str]) -> str:
    """One answer of its parts: digits by their places, a day of month, day and year, a height."""
    if set(parts) & set(_DATE_PARTS):
        given = [parts.get(part, "").zfill(2) for part in _DATE_PARTS]
        return "/".join(given) if all(part in parts for part in _DATE_PARTS) else ""
    if set(parts) & {"feet", "inches"}:
        feet, inches = parts.get("feet", "0"), parts.get("inches", "0")
        whole = feet.isdecimal() and inches.isdecimal() and len(feet + inches) < 6
        return str(int(feet) * 12 + int(inches)) if whole else f"{feet}' {inches}\""
    found = ""
    for how in sorted(parts, key=lambda how: int(_digits(how)[1])):
        found += parts[how]
    return found


def _digits(how: str) -> re.Match[str]:
    match = DIGITS.fullmatch(how)
    if match is None:
        raise ValueError(how)
    return match


def address_in(text: str) -> dict[str, str] | str:
    """An address written on one line, in its parts; the text itself when it is none.

    >>> address_in("1 Oak St, Apt 4, Addison, TX 75001")
    {'street': '1 Oak St', 'unit': 'Apt 4', 'city': 'Addison', 'state': 'TX', 'zip': '75001'}
    """
    parts = [part.strip() for part in re.split(r"[,\n]", text) if part.strip()]
    if len(parts) < 2 or len(parts) > 5:
        return text
    place = _PLACE.fullmatch(parts[-1])
    if place is None or not (place["state"] or place["zip"]):
        return text
    found = {"street": parts[0]}
    if len(parts) > 3:
        found["unit"] = ", ".join(parts[1:-2])
    if len(parts) > 2:
        found["city"] = parts[-2]
    return found | {key: value for key, value in place.groupdict().items() if value}


def empty_signatures(form: FormSpec, widgets: Iterable[Widget]) -> dict[str, tuple[str, ...]]:
    """The signature fields in which nothing stands, by the role that signs there."""
    filled = {widget.name for widget in widgets if widget.value.strip()}
    found = {
        role.value: tuple(name for name in names if name not in filled)
        for role, names in form.signature_fields.items()
    }
    return {role: names for role, names in found.items() if names}
