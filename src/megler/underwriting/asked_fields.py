"""A field of a question's facts as the page shows it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from megler.carriers.names import LINE_NAMES
from megler.underwriting.question_words import CHOICES, ENTRY_LABELS, LABELS
from megler.underwriting.rules.question_fields import TOGETHER, Field, Kind
from megler.underwriting.sentences_asking import asking_problem
from megler.underwriting.wording import place_words
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Problem

_PLACEHOLDERS = {
    Kind.AGE: "52, 2/11/1979",
    Kind.HEIGHT: "5'10",
    Kind.WEIGHT: "190",
    Kind.PRESSURE: "128/82",
    Kind.DAY: "May 2019, 4 years ago",
    Kind.AMOUNT: "500k",
}
_IN_WORDS = {
    "nicotine": "quit 3 years ago",
    "family": "father heart attack at 58",
    "cholesterol": "total 210, ratio 4.1",
    "driving": "DUI 2021",
    "conditions": "asthma, sleep apnea",
    "medications": "lisinopril",
    "avocations": "scuba 90 ft",
    "travel": "20 days in Norway",
}
_NUMERIC = {Kind.WHOLE, Kind.NUMBER}


@dataclass(frozen=True)
class Input:
    """A field as the page shows it. `wrong` says what could not be read of what stands in it."""

    place: str
    id: str
    label: str
    kind: str
    value: str
    unit: str
    placeholder: str
    choices: Sequence[tuple[str, str]]
    wrong: str = ""

    @property
    def mode(self) -> str:
        """The keyboard that a phone shows."""
        return "decimal" if self.kind in _NUMERIC else "text"


def input_of(
    one: Field, wrong: Mapping[str, Problem], typed: Mapping[str, str], label: str = ""
) -> Input:
    """A field with what stands in it: where it is `wrong`, what was typed."""
    codes = ("yes", "no") if one.kind is Kind.FLAG else one.choices
    problem = wrong.get(one.place) or next(
        (wrong[key] for key in TOGETHER.get(one.place, ()) if key in wrong), None
    )
    return Input(
        one.place,
        id_of("fact", one.place),
        label or label_of(one),
        one.kind.value,
        typed.get(one.place, one.value) if problem else one.value,
        one.unit,
        _PLACEHOLDERS.get(one.kind, "") or _IN_WORDS.get(one.place, ""),
        [(code, choice_words(one.place, code)) for code in codes],
        asking_problem(replace(problem, where=label or label_of(one))) if problem else "",
    )


def label_of(one: Field) -> str:
    """What a field asks: a guide's own question, otherwise its name."""
    if one.question:
        return one.question
    if one.place in LABELS:
        return str(LABELS[one.place])
    key = one.place.partition("].")[2] or one.place
    return str(ENTRY_LABELS.get(key) or place_words(key))


def choice_words(place: str, code: str) -> str:
    """A code to choose from, as people read it."""
    if place == "jurisdiction":
        return str(JURISDICTIONS.get(code, code))
    if place == "wants.line":
        return str(LINE_NAMES.get(code, code))
    return str(CHOICES.get(code, code.replace("_", " ")))


def id_of(kind: str, place: str) -> str:
    """An id in the page."""
    return f"{kind}-{re.sub(r'[^a-z0-9]+', '-', place.lower()).strip('-')}"
