"""What is drawn on a paper for each signature, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from megler.forms.rules.questionnaire import FormSpec, SignerRole

_HEADING, _BOX, _WIDTH = 9.0, 34.0, 150.0
_ABOVE_LINE = 1.5
_SHIFT = 10.0
"""Typst puts a named place so many points above the heading, so that it is not at the very edge."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on page `page` (from 0), in points from the lower left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn at a place: a signature, typed or in strokes, with a small note; or plain text."""

    text: str
    is_signature: bool = False
    strokes: Sequence[Sequence[Sequence[int]]] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A signature as it is shown on papers. `day` is as people write it, `note` tells when and which."""

    role: SignerRole
    name: str
    day: str
    note: str
    signed_in: str = ""
    strokes: Sequence[Sequence[Sequence[int]]] = ()


def place_below(page: int, left: float, top: float) -> Place:
    """Where to sign on a paper of ours: the space between the small heading and the line.

    >>> place_below(0, 72.0, 300.0)
    Place(page=0, x=72.0, y=248.5, width=150.0, height=32.5)
    """
    bottom = top - _SHIFT - _HEADING - _BOX + _ABOVE_LINE
    return Place(page, left, bottom, _WIDTH, _BOX - _ABOVE_LINE)


def marks_on(form: FormSpec, given: Sequence[Given]) -> dict[str, Mark]:
    """What is drawn on the paper of `form`, by the names of places and fields."""
    marks: dict[str, Mark] = {}
    by_role = {one.role: one for one in given if one.role in form.signers}
    for role, one in by_role.items():
        marks[f"signature.{role.value}"] = _signature(one)
    for fill in form.fills:
        word, _, role_name = fill.question.partition(".")
        signer = by_role.get(SignerRole(role_name)) if role_name in set(SignerRole) else None
        if signer and (mark := _of_word(word, signer)):
            marks[fill.field] = mark
    return marks


def _signature(one: Given) -> Mark:
    return Mark(one.name, True, one.strokes, one.note)


def _of_word(word: str, one: Given) -> Mark | None:
    texts: Mapping[str, str] = {
        "signed_on": one.day,
        "signed_name": one.name,
        "signed_at": one.signed_in,
    }
    if word == "signature":
        return _signature(one)
    return Mark(texts[word]) if texts.get(word) else None
