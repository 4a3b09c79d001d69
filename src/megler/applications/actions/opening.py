"""Opening an uploaded file: which forms it holds, what stands in their fields, who signed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from megler.applications.actions.known_forms import KnownForm, KnownSet
from megler.applications.rules.uploads import (
    PlaceSeen,
    Signed,
    places_seen,
    roles_signed,
    where_to_look,
)
from megler.documents import apart
from megler.documents.rules.pages import FileFacts, Widget
from megler.forms.rules.reading_back import ReadBack, as_on_form, merged, read_back
from megler.forms.rules.recognising import Assigned, Piece, Recognition, recognise


@dataclass(frozen=True, slots=True)
class OpenPiece:
    """One copy of a known form in a file: what was read from it, and who signed it.

    `is_read` is False where the form has fields and the copy has none, as a scan: its answers
    cannot be read. `signed` tells for each role that signs it.
    """

    piece: Piece
    form: KnownForm
    read: ReadBack = field(default_factory=ReadBack)
    is_read: bool = True
    seen: tuple[PlaceSeen, ...] = ()
    signed: Mapping[str, Signed] = field(default_factory=dict)
    is_printed: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was understood with the forms of one set."""

    facts: FileFacts
    recognition: Recognition
    pieces: tuple[OpenPiece, ...]

    @property
    def read(self) -> ReadBack:
        """What all its forms say together."""
        return merged([one.read for one in self.pieces])

    @property
    def foreign(self) -> tuple[Piece, ...]:
        """Forms that bear a number which nobody here knows."""
        return tuple(piece for piece in self.recognition.pieces if not piece.key)


def open_file(
    content: bytes,
    name: str,
    known: KnownSet,
    *,
    facts: FileFacts | None = None,
    assigned: Assigned | None = None,
    printed: Sequence[KnownForm] = (),
) -> Opened:
    """Understand a PDF with the forms of a set. Raises `Refused` when it cannot be looked at.

    `printed` are papers of an application that were printed to be signed by hand.
    """
    facts = facts or apart.look(content, name)
    recognition = recognise(facts, (*(form.marks for form in printed), *known.marks), assigned)
    by_number = {form.marks.number: form for form in (*known.forms, *printed)}
    numbers = {form.marks.number for form in printed}
    pieces = [(p, by_number[p.number]) for p in recognition.pieces if p.key]
    looked = _looked(content, name, facts, pieces)
    opened = []
    for (piece, form), ink in zip(pieces, looked, strict=True):
        at = set(piece.at.values())
        names = frozenset().union(*form.marks.fields)
        widgets = as_on_form((one for one in facts.widgets if one.page in at), names)
        one = _open(known, widgets, piece, form, ink)
        opened.append(replace(one, is_printed=piece.number in numbers))
    return Opened(facts, recognition, tuple(opened))


def _looked(
    content: bytes, name: str, facts: FileFacts, pieces: Sequence[tuple[Piece, KnownForm]]
) -> list[dict[str, float]]:
    """How much darker the places to sign are than on the empty form, of every piece, where found."""
    by_number = {page.number: page for page in facts.pages}
    found: list[dict[str, float]] = []
    for piece, form in pieces:
        on_form = {place.field: place for place in form.places}
        wanted = where_to_look(piece, form.places, by_number)
        places = [
            (page, on_form[named].page, turned, on_form[named].box)
            for named, (page, turned, _box) in wanted.items()
        ]
        empty = form.empty if places else None
        inks = apart.ink_more(content, empty, places, name) if empty else []
        found.append({n: ink for n, ink in zip(wanted, inks, strict=False) if ink is not None})
    return found


def _open(
    known: KnownSet,
    widgets: Sequence[Widget],
    piece: Piece,
    form: KnownForm,
    ink: Mapping[str, float],
) -> OpenPiece:
    has_fields = any(form.marks.fields)
    seen = places_seen(piece, form.places, widgets, ink, {})
    return OpenPiece(
        piece,
        form,
        read_back(known.asked, form.spec, widgets) if widgets else ReadBack(),
        bool(widgets) or not has_fields,
        seen,
        roles_signed(form.spec, seen),
    )
