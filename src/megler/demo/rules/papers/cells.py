"""Boxes for single answers: how wide, how high, with which fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from megler.demo.rules.papers.fields import Fields, Place, Widget
from megler.forms.rules.questionnaire import AnswerType, FieldFill, Question
from megler.vocabulary.codes import JURISDICTIONS

Drawn = dict[str, Any]
ACROSS = 12
"""Parts into which the width of a paper is divided."""
LINE = 14.5
"""Height in points of a field for one line."""
SPANS: dict[AnswerType, int] = {
    AnswerType.DATE: 3, AnswerType.MONEY: 3, AnswerType.WHOLE: 3, AnswerType.PERCENT: 2,
    AnswerType.SSN: 4, AnswerType.PHONE: 3, AnswerType.EMAIL: 6, AnswerType.STATE: 3,
    AnswerType.ROUTING: 4, AnswerType.ACCOUNT: 4, AnswerType.TAX_ID: 4, AnswerType.HEIGHT: 3,
    AnswerType.DRUG: 6, AnswerType.CONDITION: 6,
}  # fmt: skip
BOXED = frozenset({AnswerType.YES_NO, AnswerType.CHOICE, AnswerType.MANY})
ADDRESS = (
    ("street", "Street", 5, 0),
    ("unit", "Apt.", 1, 0),
    ("city", "City", 3, 0),
    ("state", "State", 1, 2),
    ("zip", "ZIP", 2, 10),
)
"""Parts of an address: key, caption, span, longest."""
SSN_PARTS = (("area", "1-3", 3), ("group", "4-5", 2), ("serial", "6-9", 4))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer stands: the question, or one field of an item of a list.

    `name` starts its fields' names, `question`, `part` and `item` say what fills them.
    """

    asked: Question
    name: str
    question: str
    part: str = ""
    item: int = 0

    def fill(self, name: str, *, inner: str = "", value: str = "", how: str = "") -> FieldFill:
        """What fills the field `name`; `inner` is the part of an address."""
        part = ".".join(one for one in (self.part, inner) if one)
        return FieldFill(name, self.question, part, self.item, value, how)


def spot(question: Question) -> Spot:
    """The place of a question's own answer."""
    return Spot(question, question.key, question.key)


def item_spot(listed: Question, field: Question, item: int) -> Spot:
    """The place of a field of item `item` (from 1) of a list."""
    return Spot(field, f"{listed.key}.{item}.{field.key}", listed.key, field.key, item)


def span_of(question: Question) -> int:
    """How many of the twelve parts of the width the answer's box takes."""
    if question.type in SPANS:
        return max(SPANS[question.type], 4 if len(question.text) > 42 else 0)
    if question.type is AnswerType.TEXT:
        return 6 if question.half and len(question.text) < 70 else ACROSS
    return ACROSS


def cells(at: Spot, fields: Fields, caption: str) -> list[Drawn]:
    """The boxes of an answer that is written; those of an address are several."""
    kind = at.asked.type
    if kind is AnswerType.ADDRESS:
        return [_address(at, fields, caption, n) for n in range(len(ADDRESS))]
    if kind is AnswerType.SSN and not at.item:
        return [_ssn(at, fields, caption)]
    if kind is AnswerType.HEIGHT:
        return [_feet(at, fields, caption, how) for how in ("feet", "inches")]
    if kind is AnswerType.STATE and not at.item:
        return [_state(at, fields, caption)]
    lines = 3 if kind is AnswerType.LONG_TEXT else 1
    if lines > 1 and at.asked.key.endswith("_details"):
        lines = 2
    size = 8.5 if lines > 1 else 9.0
    how = "full" if kind in {AnswerType.ACCOUNT, AnswerType.TAX_ID} else ""
    number = fields.text(at.name, at.asked.short, at.fill(at.name, how=how), lines=lines, size=size)
    height = LINE if lines == 1 else lines * size * 1.4 + 5
    return [_cell(caption, span_of(at.asked), number, height)]


def _cell(caption: str, span: float, field: int, height: float = LINE) -> Drawn:
    return {
        "kind": "field",
        "caption": caption,
        "span": span,
        "field": field,
        "height": round(height, 1),
    }


def _address(at: Spot, fields: Fields, caption: str, n: int) -> Drawn:
    key, words, span, longest = ADDRESS[n]
    name = f"{at.name}.{key}"
    fill = at.fill(name, inner=key)
    number = fields.text(name, f"{at.asked.short}: {words}", fill, longest=longest)
    return _cell(f"{caption}: {words.lower()}" if n == 0 else words, span, number)


def _ssn(at: Spot, fields: Fields, caption: str) -> Drawn:
    boxes = []
    for key, digits, chars in SSN_PARTS:
        name = f"{at.name}.{key}"
        fill = at.fill(name, how=f"digits {digits}")
        number = fields.text(name, at.asked.short, fill, longest=chars, is_comb=True)
        boxes.append({"field": number, "chars": chars})
    return {"kind": "combs", "caption": caption, "span": 4, "fields": boxes}


def _feet(at: Spot, fields: Fields, caption: str, how: str) -> Drawn:
    name = f"{at.name}.{how}"
    number = fields.text(name, f"{at.asked.short}: {how}", at.fill(name, how=how), longest=2)
    words = f"{caption}: feet" if how == "feet" else "Inches"
    return _cell(words, 2, number)


def _state(at: Spot, fields: Fields, caption: str) -> Drawn:
    place = Place(
        at.name, Widget.CHOICE, at.asked.short, options=("", *sorted(JURISDICTIONS.values()))
    )
    return _cell(caption, span_of(at.asked), fields.add(place, at.fill(at.name)))


def boxes(at: Spot, fields: Fields, short: bool = False) -> list[Drawn]:
    """The boxes to tick of an answer: one field for yes or no and one choice, one each for several."""
    made = []
    for state, label in _states(at.asked):
        told = f"{at.asked.short}: {label}"
        if at.asked.type is AnswerType.MANY:
            name = f"{at.name}.{state}"
            place = Place(name, Widget.TICK, told, "Yes")
            fill = at.fill(name, value=state)
        else:
            place = Place(at.name, Widget.RADIO, told, state)
            fill = at.fill(at.name, value=state)
        words = label[:1] if short and at.asked.type is AnswerType.YES_NO else label
        made.append({"field": fields.add(place, fill), "label": words})
    return made


def boxed_cell(at: Spot, fields: Fields, caption: str) -> Drawn:
    """Boxes to tick beside other answers in a row."""
    drawn = boxes(at, fields)
    span = min(ACROSS, max(3, -(-sum(len(box["label"]) + 5 for box in drawn) // 8)))
    return {"kind": "boxes", "caption": caption, "span": span, "boxes": drawn}


def _states(question: Question) -> Iterable[tuple[str, str]]:
    if question.type is AnswerType.YES_NO:
        return (("yes", "Yes"), ("no", "No"))
    return question.choices
