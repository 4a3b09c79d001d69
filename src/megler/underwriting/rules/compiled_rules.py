"""A guide's compound class rules as boxes of figures: who is inside one is ruled out of a class.

A rule rules a class out where its `when` surely holds and what it `requires` surely does not. Both
are made of comparisons; joined by and, or, not they come to a list of boxes, each with bounds of some
figures. A figure that is not known (-1) is inside no bounds, so that it rules nothing out.

Facts that are the same of everybody of whom only figures are known (`figures.is_figures`) count as
they are for such a person; a rule of other facts than these makes no boxes.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from megler.carriers.rules.guide import Guide, Nicotine
from megler.carriers.rules.ratings import PRODUCTS, ClassRule, QuestionType
from megler.carriers.rules.when.tree import Among, Any, Compare, Fact, Not, Sign, When
from megler.underwriting.rules.compiled_facts import BIG, SEX_PLACES
from megler.underwriting.rules.figures import BEYOND
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.verdicts import State
from megler.underwriting.rules.whens import state_of

Box = Mapping[str, tuple[int, int]]
"""Least and most of figures by their names: those of `ClassFacts`, and `age`."""
MOST_BOXES = 100
"""Of one rule; more are left to the assessment."""
_WHOLE = {"age": ("age", 1), "systolic": ("systolic", 1), "diastolic": ("diastolic", 1)}
_WHOLE |= {"bmi": ("bmi_tenths", 10)}
_FLAGS = {"pressure_treated", "cholesterol_treated"}
_SEXES = {sex.value: place for sex, place in SEX_PLACES.items() if sex is not None}
_CALLS = {"has", "count", "takes", "months_since", "years_since"}
_CONSTANT = BEYOND | {"occupation"}
_USED = frozenset(PRODUCTS) - {"marijuana"}
_OTHERWISE = {
    Sign.BELOW: Sign.AT_LEAST, Sign.AT_MOST: Sign.ABOVE, Sign.IS: Sign.IS_NOT,
    Sign.AT_LEAST: Sign.BELOW, Sign.ABOVE: Sign.AT_MOST, Sign.IS_NOT: Sign.IS,
}  # fmt: skip
_ANY_DAY = date(2000, 1, 1)


class NotBoxed(Exception):
    """A rule of facts that no figure stands for, or of too many cases."""


def makes_boxes(guide: Guide) -> bool:
    """Whether every compound rule of a guide comes to boxes."""
    try:
        boxes_of(guide)
    except NotBoxed:
        return False
    return True


def boxes_of(guide: Guide) -> Sequence[tuple[frozenset[str], Box]]:
    """Each box, and the codes of the classes that it rules out. Raises `NotBoxed`."""
    return [
        (_classes(guide, rule), box)
        for rule in guide.rules
        for box in _joined(_ways(guide, rule.when, True), _ways(guide, rule.requires, False))
    ]


def _classes(guide: Guide, rule: ClassRule) -> frozenset[str]:
    """The classes that a rule is of: its own, or every one."""
    if rule.class_code is not None:
        return frozenset({rule.class_code})
    return frozenset(one.code for one in guide.classes)


def _ways(guide: Guide, when: When | None, holds: bool) -> list[Box]:
    """The boxes in which a condition surely holds, or surely does not."""
    match when:
        case None:
            return [{}] if holds else []
        case Not():
            return _ways(guide, when.part, not holds)
        case Among():
            each = tuple(Compare(when.fact, Sign.IS, value) for value in when.values)
            return _ways(guide, Any(each), holds)
        case Compare():
            return _compared(guide, when, holds)
    found = [_ways(guide, part, holds) for part in when.parts]
    if isinstance(when, Any) is holds:
        return _few([box for boxes in found for box in boxes])
    every: list[Box] = [{}]
    for boxes in found:
        every = _joined(every, boxes)
    return every


def _joined(left: Sequence[Box], right: Sequence[Box]) -> list[Box]:
    """What lies in a box of either side."""
    found: list[Box] = []
    for one, other in product(left, right):
        both = dict(one)
        for name, (low, high) in other.items():
            before = both.get(name, (0, BIG))
            both[name] = max(before[0], low), min(before[1], high)
        if all(low <= high for low, high in both.values()):
            found.append(both)
    return _few(found)


def _few(boxes: list[Box]) -> list[Box]:
    if len(boxes) > MOST_BOXES:
        raise NotBoxed
    return boxes


def _compared(guide: Guide, when: Compare, holds: bool) -> list[Box]:
    name, value = when.fact.name, when.value
    if _is_constant(guide, when.fact):
        wanted = State.MET if holds else State.FAILED
        return [{}] if state_of(when, _of_nobody(guide)) is wanted else []
    same = (when.sign is Sign.IS) is holds
    if name in _FLAGS and isinstance(value, bool):
        code = int(value is same)
        return [{name: (code, code)}]
    if name == "sex" and isinstance(value, str):
        return [{"sex": (n, n)} for told, n in _SEXES.items() if (told == value) is same]
    if not isinstance(value, Decimal) or name not in _FIGURES:
        raise NotBoxed
    sign = when.sign if holds else _OTHERWISE[when.sign]
    boxes: list[Box] = _FIGURES[name](sign, value)
    return [box for box in boxes if all(low <= high for low, high in box.values())]


def _is_constant(guide: Guide, fact: Fact) -> bool:
    """Whether a fact is the same of everybody of whom only figures are known."""
    if fact.arguments:
        return fact.name in _CALLS and fact.arguments[0] not in _USED
    for one in guide.questions:
        if one.impairment is None and one.key == fact.name:
            return one.type is not QuestionType.DATE
    return fact.name in _CONSTANT


def _of_nobody(guide: Guide) -> Knowledge:
    nobody = Life(guide, Person(), _ANY_DAY, None, None, frozenset({Nicotine.NONE}), ())
    return Knowledge(nobody)


def _whole(name: str, parts: int) -> Callable[[Sign, Decimal], list[Box]]:
    """Bounds of a figure that is a whole number of such parts of its unit."""

    def bounds(sign: Sign, value: Decimal) -> list[Box]:
        scaled = value * parts
        below, above = math.ceil(scaled) - 1, math.floor(scaled) + 1
        under: Box = {name: (0, below)}
        over: Box = {name: (max(above, 0), BIG)}
        match sign:
            case Sign.AT_MOST:
                return [{name: (0, above - 1)}]
            case Sign.AT_LEAST:
                return [{name: (max(below + 1, 0), BIG)}]
            case Sign.BELOW:
                return [under]
            case Sign.ABOVE:
                return [over]
            case Sign.IS:
                return [{name: (below + 1, above - 1)}]
            case Sign.IS_NOT:
                return [under, over]

    return bounds


def _rounded(up: str, down: str | None, parts: int) -> Callable[[Sign, Decimal], list[Box]]:
    """Bounds of a figure known rounded up and, where `down` is given, also rounded down."""

    def bounds(sign: Sign, value: Decimal) -> list[Box]:
        scaled = value * parts
        if scaled % 1 or (down is None and sign not in {Sign.AT_MOST, Sign.ABOVE}):
            raise NotBoxed
        place, lower = int(scaled), down or up
        match sign:
            case Sign.AT_MOST:
                return [{up: (0, place)}]
            case Sign.ABOVE:
                return [{up: (place + 1, BIG)}]
            case Sign.BELOW:
                return [{lower: (0, place - 1)}]
            case Sign.AT_LEAST:
                return [{lower: (place, BIG)}]
            case Sign.IS:
                return [{up: (0, place), lower: (place, BIG)}]
            case Sign.IS_NOT:
                return [{lower: (0, place - 1)}, {up: (place + 1, BIG)}]

    return bounds


_FIGURES = {name: _whole(*held) for name, held in _WHOLE.items()} | {
    "cholesterol_total": _rounded("total_up", "total_down", 100),
    "cholesterol_ratio": _rounded("ratio_up", None, 1000),
}
