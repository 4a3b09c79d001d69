"""What is not in good order with the pages of a stranger's application, form by form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from megler.applications.rules.uploads import Signed
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import FormSpec, Questionnaire
from megler.forms.rules.reading_back import ReadBack
from megler.forms.rules.recognising import Piece, Recognition
from megler.vocabulary.problems import Problem, Severity

_MISSING = "answer_missing"


@dataclass(frozen=True, slots=True)
class PieceSeen:
    """One copy of a form, whether its answers could be read, and what each role's place shows."""

    piece: Piece
    form: FormSpec
    is_read: bool
    signed: Mapping[str, Signed]


def pieces_problems(pieces: Iterable[PieceSeen], on: date) -> list[Problem]:
    """Editions, missing and doubled pages, and their order."""
    found = []
    for one in pieces:
        piece, name = one.piece, one.form.name
        if piece.is_stale:
            found.append(_stale(piece, one.form, on))
        of = str(piece.pages)
        found += [Problem("scrub_pages_missing", name, str(page), of) for page in piece.missing]
        if piece.doubled:
            found.append(_warning("scrub_pages_doubled", name, listed(piece.doubled)))
        if piece.turned:
            found.append(_warning("scrub_pages_turned", name, listed(piece.turned)))
        if piece.is_out_of_order:
            order = listed(piece.at[page] for page in sorted(piece.at))
            found.append(_warning("scrub_out_of_order", name, order))
    return found


def _stale(piece: Piece, form: FormSpec, on: date) -> Problem:
    """An edition other than the one in use: an error, unless the older is taken for some time still."""
    is_older = piece.edition < piece.known
    if is_older and form.earlier_until is not None and on <= form.earlier_until:
        return _warning("scrub_form_older", form.name, piece.edition, piece.known)
    return Problem("scrub_form_stale", form.name, piece.edition, piece.known)


def forms_missing(needed: Iterable[FormSpec], pieces: Sequence[PieceSeen]) -> list[Problem]:
    """Forms that the packet needs and that are not among its pages."""
    there = {one.form.key for one in pieces}
    return [
        Problem("scrub_form_missing", form.name, form.number or form.key)
        for form in needed
        if form.key not in there
    ]


def signatures_lacking(
    pieces: Iterable[PieceSeen], roles: Iterable[str]
) -> tuple[list[Problem], list[Problem]]:
    """Places where somebody has not signed, and those that must be seen by eye.

    `roles` are those who sign here: an owner who is the insured signs once.
    """
    wanted = set(roles)
    empty, unjudged = [], []
    for one in pieces:
        for role, shows in one.signed.items():
            if role not in wanted:
                continue
            if shows is Signed.EMPTY:
                empty.append(Problem("scrub_unsigned", one.form.name, role))
            elif shows is Signed.UNJUDGED:
                unjudged.append(_warning("scrub_signature_unjudged", one.form.name, role))
    return empty, unjudged


def judged(
    asked: Questionnaire, wrong: Iterable[Missing], pieces: Sequence[PieceSeen]
) -> tuple[list[Missing], list[Problem]]:
    """What of the answers is wrong for certain, and what the file cannot tell.

    A question is missing for certain when a form that was read has a field for it. Others, on scans
    or without a field, are counted by form.
    """
    fields = {fill.question for one in pieces if one.is_read for fill in one.form.fills}
    certain: list[Missing] = []
    uncertain: dict[str, int] = {}
    there = {one.form.key: one for one in pieces}
    for one in wrong:
        if one.problem.code != _MISSING or one.question in fields:
            certain.append(one)
        elif one.form in there:
            uncertain[one.form] = uncertain.get(one.form, 0) + 1
    told = []
    for key, count in uncertain.items():
        form, code = there[key].form, "scrub_not_on_paper"
        told.append(
            _warning(code, form.name, str(count))
            if there[key].is_read
            else _warning("scrub_unreadable", form.name)
        )
    return certain, told


def not_judged(recognition: Recognition, read: ReadBack) -> list[Problem]:
    """Pages and fields that nobody here can say anything about."""
    found = []
    for code, pages in (
        ("scrub_pages_unknown", recognition.unknown),
        ("scrub_pages_unread", recognition.unread),
    ):
        if pages:
            found.append(_warning(code, "", listed(pages)))
    for piece in recognition.pieces:
        if not piece.key:
            found.append(_warning("scrub_form_foreign", piece.number, piece.edition))
    for code, why in (
        ("scrub_leftover", {"unknown_field", "masked"}),
        ("scrub_continued", {"continued"}),
    ):
        if count := sum(1 for one in read.leftovers if one.why in why):
            found.append(_warning(code, "", str(count)))
    return found


def listed(pages: Iterable[int]) -> str:
    """Pages as people write them, runs together.

    >>> listed([1, 2, 3, 5])
    '1–3, 5'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _warning(code: str, where: str, found: str = "", expected: str = "") -> Problem:
    return Problem(code, where, found, expected, Severity.WARNING)
