"""Which pages of a file are which form's which page, by what stands on them.

A bar code says most; then the footer; then the names of the fields; then the printed words. What
a person assigned counts more than all of these.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from megler.documents.rules.pages import FileFacts, PageFacts
from megler.forms.rules.marks import FormMarks, Mark, read_bar_code, read_footer

_FIELDS_MIN, _FIELDS_SHARE = 2, 0.7
_LINES_MIN, _LINES_SHARE = 3, 0.6
LINE_MIN = 8
"""Letters below which a printed line tells nothing of the form."""


class By(StrEnum):
    """What told which page it is."""

    HAND = "hand"
    BAR_CODE = "bar_code"
    FOOTER = "footer"
    FIELDS = "fields"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the file, from 1, and which page of which form it is."""

    page: int
    mark: Mark
    by: By
    turned: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One copy of a form among the pages. `key` is empty when no known form has that number.

    `at` says for each of the form's pages where in the file it stands; `missing` are the form's
    pages that are not there, `doubled` pages of the file that show one of them again. `known` is
    the edition that should be used; another one than `edition` makes it stale.
    """

    key: str
    number: str
    edition: str
    pages: int
    at: Mapping[int, int]
    missing: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()
    turned: tuple[int, ...] = ()
    known: str = ""

    @property
    def is_stale(self) -> bool:
        return bool(self.known) and self.known != self.edition

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def is_out_of_order(self) -> bool:
        places = [self.at[page] for page in sorted(self.at)]
        return places != sorted(places)


@dataclass(frozen=True, slots=True)
class Recognition:
    """A file split into pieces, and its pages that belong to none.

    `unknown` pages show something that nobody knows; `blank` ones nothing; `unread` ones were not
    looked at, for want of time.
    """

    pieces: tuple[Piece, ...]
    found: tuple[Found, ...] = ()
    unknown: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


Assigned = Mapping[int, Mark | None]
"""What a person said: the page of the file, and the form's page; None: it belongs to no form."""


def recognise(
    facts: FileFacts, known: Sequence[FormMarks], assigned: Assigned | None = None
) -> Recognition:
    """Split a file into the forms it holds.

    Where a page bears the codes of several, the form that stands first in `known` counts.
    """
    fields: dict[int, set[str]] = {}
    for widget in facts.widgets:
        fields.setdefault(widget.page, set()).add(widget.name)
    found, unknown, blank, unread = [], [], [], []
    for page in facts.pages:
        told = _assigned(page, assigned or {}) or _marked(
            page, known, fields.get(page.number, set())
        )
        if page.number in (assigned or {}) and (assigned or {})[page.number] is None:
            blank.append(page.number)
        elif told:
            found.append(told)
        elif not page.is_read:
            unread.append(page.number)
        elif page.is_blank or not (page.is_picture or page.lines):
            blank.append(page.number)
        else:
            unknown.append(page.number)
    return Recognition(
        tuple(_pieces(found, known)), tuple(found), tuple(unknown), tuple(blank), tuple(unread)
    )


def _assigned(page: PageFacts, assigned: Assigned) -> Found | None:
    mark = assigned.get(page.number)
    turned = page.codes[0].turned if page.codes else 0
    return Found(page.number, mark, By.HAND, turned) if mark else None


def _marked(page: PageFacts, known: Sequence[FormMarks], fields: set[str]) -> Found | None:
    told = [(mark, code.turned) for code in page.codes if (mark := read_bar_code(code.text))]
    numbers = [form.number.casefold() for form in known]
    told.sort(key=lambda one: _place_in(numbers, one[0].number.casefold()))
    if told:
        return Found(page.number, told[0][0], By.BAR_CODE, told[0][1])
    if mark := _by_footer(page.lines, known):
        return Found(page.number, mark, By.FOOTER)
    if mark := _alike(fields, [(form, form.fields) for form in known], _FIELDS_MIN, _FIELDS_SHARE):
        return Found(page.number, mark, By.FIELDS)
    lines = {line for line in page.lines if len(line) >= LINE_MIN}
    if mark := _alike(lines, [(form, form.lines) for form in known], _LINES_MIN, _LINES_SHARE):
        return Found(page.number, mark, By.WORDS)
    return None


def _place_in(numbers: Sequence[str], number: str) -> int:
    return numbers.index(number) if number in numbers else len(numbers)


def _by_footer(lines: Iterable[str], known: Sequence[FormMarks]) -> Mark | None:
    """The footer that a line holds; of a known form's number when words stand before it."""
    marks = [mark for line in lines if (mark := read_footer(line))]
    for form in known:
        for mark in marks:
            if form.number and f" {mark.number}".casefold().endswith(f" {form.number}".casefold()):
                return Mark(form.number, mark.edition, mark.page, mark.pages)
    if not marks:
        return None
    first = marks[0]
    return Mark(first.number.rsplit(" ", 1)[-1], first.edition, first.page, first.pages)


def _alike(
    here: set[str],
    forms: Iterable[tuple[FormMarks, Sequence[frozenset[str]]]],
    least: int,
    share: float,
) -> Mark | None:
    """The one page of a known form of which most stands here; None when none or several do."""
    best: list[tuple[float, Mark]] = []
    for form, pages in forms:
        for number, there in enumerate(pages, start=1):
            common = len(here & there)
            if common >= least and common >= share * len(there):
                pages_of = max(form.pages, len(pages))
                mark = Mark(form.number, form.edition, number, pages_of)
                best.append((common / len(there), mark))
    best.sort(key=lambda one: -one[0])
    if not best or (len(best) > 1 and best[1][0] == best[0][0] and best[1][1] != best[0][1]):
        return None
    return best[0][1]


def _pieces(found: Sequence[Found], known: Sequence[FormMarks]) -> Iterable[Piece]:
    """The copies of each form, in the order in which they begin."""
    groups: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        groups.setdefault((one.mark.number.casefold(), one.mark.edition), []).append(one)
    pieces = [piece for group in groups.values() for piece in _copies(group, known)]
    return sorted(pieces, key=lambda piece: min(piece.at.values()))


def _copies(group: Sequence[Found], known: Sequence[FormMarks]) -> Iterable[Piece]:
    """As many whole copies as there are; a page that is there once too often is doubled."""
    form = _known(group[0].mark, known)
    said = max(max(one.mark.pages, one.mark.page) for one in group)
    pages = (form.pages if form and form.edition == group[0].mark.edition else 0) or said
    places: dict[int, list[Found]] = {}
    for one in group:
        places.setdefault(one.mark.page, []).append(one)
    whole = min(len(places.get(page, ())) for page in range(1, pages + 1))
    for copy in range(max(whole, 1)):
        is_last = copy == max(whole, 1) - 1
        mine = {page: ones[copy] for page, ones in sorted(places.items()) if len(ones) > copy}
        extra = [one.page for ones in places.values() for one in ones[copy + 1 :]]
        yield Piece(
            key=form.key if form else "",
            number=form.number if form else group[0].mark.number,
            edition=group[0].mark.edition,
            pages=pages,
            at={page: one.page for page, one in mine.items()},
            missing=tuple(page for page in range(1, pages + 1) if page not in mine),
            doubled=tuple(sorted(extra)) if is_last else (),
            turned=tuple(one.page for one in mine.values() if one.turned),
            known=form.edition if form else "",
        )


def _known(mark: Mark, known: Sequence[FormMarks]) -> FormMarks | None:
    """The form of that number, of that edition if there is one, otherwise the newest."""
    same = [form for form in known if form.number.casefold() == mark.number.casefold()]
    exact = [form for form in same if form.edition == mark.edition]
    return exact[0] if exact else max(same, key=lambda form: form.edition, default=None)


def form_marks(key: str, number: str, edition: str, empty: FileFacts) -> FormMarks:
    """What a form is known by, learnt from its empty PDF."""
    fields = [
        frozenset(w.name for w in empty.widgets if w.page == page.number) for page in empty.pages
    ]
    lines = [
        frozenset(line for line in page.lines if len(line) >= LINE_MIN and not read_footer(line))
        for page in empty.pages
    ]
    return FormMarks(key, number, edition, len(empty.pages), tuple(fields), tuple(lines))
