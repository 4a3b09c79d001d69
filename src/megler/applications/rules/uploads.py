"""What an uploaded form says beside what the application knows: answers to take over, signatures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from megler.documents.rules.pages import Box, FileFacts, PageFacts, Widget
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import (
    Answer,
    Answers,
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
)
from megler.forms.rules.recognising import Piece

SIGNED_INK = 0.008
"""Share of dark dots that a place to sign has more than on the empty form once somebody signed."""


class Signed(StrEnum):
    """What a place to sign shows."""

    SIGNED = "signed"
    EMPTY = "empty"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody in `role` signs: page `page` (from 1) of the form, of that size in points."""

    role: str
    field: str
    page: int
    box: Box
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """A place to sign as it was found: the page of the file (0: not there) and what it shows."""

    role: str
    field: str
    page: int
    shows: Signed


def places_to_sign(form: FormSpec, empty: FileFacts) -> tuple[Place, ...]:
    """The places of a form's signature fields, as its empty PDF has them."""
    roles = {name: role.value for role, names in form.signature_fields.items() for name in names}
    sizes = {page.number: (page.width, page.height) for page in empty.pages}
    return tuple(
        Place(roles[widget.name], widget.name, widget.page, widget.box, *sizes[widget.page])
        for widget in empty.widgets
        if widget.name in roles
    )


def where_to_look(
    piece: Piece, places: Sequence[Place], pages: Mapping[int, PageFacts]
) -> dict[str, tuple[int, int, Box]]:
    """For each field whose page is there: the page of the file, how it is turned, and the box there.

    A scan may be a little larger or smaller than the form: the box grows with it.
    """
    found = {}
    for place in places:
        if place.page not in piece.at:
            continue
        page = pages[piece.at[place.page]]
        turned = next((code.turned for code in page.codes), 0)
        width, height = (page.height, page.width) if turned % 180 else (page.width, page.height)
        across, down = width / max(place.width, 1), height / max(place.height, 1)
        left, bottom, right, top = place.box
        box = (left * across, bottom * down, right * across, top * down)
        found[place.field] = (page.number, turned, box)
    return found


def places_seen(
    piece: Piece,
    places: Sequence[Place],
    widgets: Iterable[Widget],
    ink: Mapping[str, float],
    empty_ink: Mapping[str, float],
) -> tuple[PlaceSeen, ...]:
    """What each place shows: signed when its field is, or when it is darker than on the empty form."""
    filled = {widget.name for widget in widgets if widget.value.strip()}
    found = []
    for place in places:
        page = piece.at.get(place.page, 0)
        if place.field in filled:
            shows = Signed.SIGNED
        elif not page or place.field not in ink:
            shows = Signed.UNJUDGED
        else:
            more = ink[place.field] - empty_ink.get(place.field, 0)
            shows = Signed.SIGNED if more > SIGNED_INK else Signed.EMPTY
        found.append(PlaceSeen(place.role, place.field, page, shows))
    return tuple(found)


def roles_signed(form: FormSpec, seen: Sequence[PlaceSeen]) -> dict[str, Signed]:
    """For each role that signs the form: signed when every place of it is, else what lacks."""
    found = {}
    for role in form.signers:
        shows = {place.shows for place in seen if place.role == role.value}
        if not shows or Signed.UNJUDGED in shows:
            found[role.value] = Signed.UNJUDGED
        else:
            found[role.value] = Signed.EMPTY if Signed.EMPTY in shows else Signed.SIGNED
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that stands otherwise on paper. `value` is the paper's, None when not readable."""

    question: str
    here: Any
    value: Any
    raw: Any
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """Raw answers that the application lacks, those that differ, and how many agree."""

    new: Mapping[str, Any]
    differ: tuple[Difference, ...]
    same: int


def compared(questionnaire: Questionnaire, given: Answers, raws: Mapping[str, Any]) -> Compared:
    """What was read from paper beside what the application knows. Nothing is overwritten by this."""
    new: dict[str, Any] = {}
    differ: list[Difference] = []
    same = 0
    for key, raw in raws.items():
        question = questionnaire.by_key.get(key)
        if question is None:
            continue
        value, problems = read_answer(question, raw)
        here = given.get(key, Answer(None))
        if value is None and not problems:
            continue
        if here.value is None and not here.raw and not question.locked:
            new[key] = raw
        elif value is not None and _alike(question, here.value, value):
            same += 1
        else:
            differ.append(Difference(key, here.value, value, raw, question.locked))
    return Compared(new, tuple(differ), same)


def _alike(question: Question, here: Any, there: Any) -> bool:
    """Whether two answers say the same; forms write in capitals, and have no room for all parts."""
    if question.type is AnswerType.LIST and isinstance(here, list) and isinstance(there, list):
        return len(here) == len(there) and all(
            _same_parts(one, other) for one, other in zip(here, there, strict=True)
        )
    if isinstance(here, Mapping) and isinstance(there, Mapping):
        return _same_parts(here, there)
    return _folded(here) == _folded(there)


def _same_parts(here: Any, there: Any) -> bool:
    """Whether what the paper has of an item stands here just so."""
    return all(
        _same_parts(here.get(part) or {}, value)
        if isinstance(value, Mapping)
        else _folded(here.get(part)) == _folded(value)
        for part, value in there.items()
    )


def _folded(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(sorted(_folded(one) for one in value))
    return " ".join(str(value).casefold().split())
