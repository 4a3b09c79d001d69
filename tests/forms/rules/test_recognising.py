"""A file is split into the forms it holds: whole, incomplete, stale, doubled, turned, out of order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.documents.rules.pages import Code, FileFacts, PageFacts, Widget
from megler.forms.rules.marks import FormMarks, Mark, bar_code, footer
from megler.forms.rules.recognising import By, form_marks, recognise

TL100 = FormMarks("application", "TL-100", "2026-01", 3)
TL200 = FormMarks("hipaa", "TL-200", "2025-06", 1)
KNOWN = (TL100, TL200)


def marked(
    number: int, page: int, of: FormMarks = TL100, turned: int = 0, edition: str = ""
) -> PageFacts:
    """A scanned page with a bar code."""
    code = bar_code(Mark(of.number, edition or of.edition, page, of.pages))
    return PageFacts(number, 612, 792, codes=(Code(code, turned),), is_picture=True, ink=0.05)


def footed(number: int, page: int, of: FormMarks = TL100) -> PageFacts:
    lines = (
        "Proposed insured",
        "Tundra Life · " + footer(Mark(of.number, of.edition, page, of.pages)),
    )
    return PageFacts(number, 612, 792, lines)


def file(*pages: PageFacts) -> FileFacts:
    return FileFacts(pages)


def test_a_whole_packet_is_split_into_its_forms() -> None:
    found = recognise(file(footed(1, 1), footed(2, 2), footed(3, 3), marked(4, 1, TL200)), KNOWN)
    assert [(p.key, dict(p.at), p.is_whole, p.is_stale) for p in found.pieces] == [
        ("application", {1: 1, 2: 2, 3: 3}, True, False),
        ("hipaa", {1: 4}, True, False),
    ]
    assert [one.by for one in found.found] == [By.FOOTER] * 3 + [By.BAR_CODE]
    assert (found.unknown, found.blank, found.unread) == ((), (), ())


def test_missing_doubled_turned_and_misplaced_pages_are_told() -> None:
    (piece,) = recognise(file(marked(1, 3), marked(2, 1, turned=180), marked(3, 1)), KNOWN).pieces
    assert (piece.missing, piece.doubled, piece.turned) == ((2,), (3,), (2,))
    assert piece.is_out_of_order
    assert not piece.is_whole


def test_two_whole_copies_are_two_pieces() -> None:
    pages = [marked(i, i if i < 4 else i - 3) for i in range(1, 7)]
    one, other = recognise(file(*pages), KNOWN).pieces
    assert (dict(one.at), dict(other.at)) == ({1: 1, 2: 2, 3: 3}, {1: 4, 2: 5, 3: 6})
    assert not one.doubled
    assert not other.doubled


def test_an_edition_that_is_not_the_one_in_use_is_stale() -> None:
    (piece,) = recognise(file(marked(1, 1, TL200, edition="2019-01")), KNOWN).pieces
    assert (piece.key, piece.edition, piece.known, piece.is_stale) == (
        "hipaa", "2019-01", "2025-06", True,
    )  # fmt: skip
    older = FormMarks("hipaa", "TL-200", "2019-01", 1)
    (piece,) = recognise(file(marked(1, 1, TL200, edition="2019-01")), (*KNOWN, older)).pieces
    assert not piece.is_stale


def test_a_form_of_somebody_else_is_told_by_its_number() -> None:
    foreign = FormMarks("", "ZZ-9", "2020", 2)
    (piece,) = recognise(file(marked(1, 1, foreign)), KNOWN).pieces
    assert (piece.key, piece.number, piece.missing, piece.is_stale) == ("", "ZZ-9", (2,), False)


def test_pages_that_tell_nothing_are_told_apart() -> None:
    found = recognise(
        file(
            PageFacts(1, 612, 792, is_picture=True, ink=0.04),
            PageFacts(2, 612, 792, is_picture=True, ink=0.0001),
            PageFacts(3, 0, 0, is_read=False),
            PageFacts(4, 612, 792, ("a letter of the client",)),
            PageFacts(5, 612, 792, codes=(Code("https://example.com"),), is_picture=True),
        ),
        KNOWN,
    )
    assert (found.unknown, found.blank, found.unread) == ((1, 4, 5), (2,), (3,))
    assert found.pieces == ()


def test_what_a_person_assigned_counts() -> None:
    pages = file(
        PageFacts(1, 612, 792, is_picture=True, ink=0.04), marked(2, 1, TL200), marked(3, 2)
    )
    by_hand = {1: Mark("TL-100", "2026-01", 1, 3), 2: None}
    found = recognise(pages, KNOWN, by_hand)
    (piece,) = found.pieces
    assert (piece.key, dict(piece.at), piece.missing) == ("application", {1: 1, 2: 3}, (3,))
    assert found.blank == (2,)


def empty(*lines: str, fields: tuple[str, ...] = ()) -> FileFacts:
    """An empty form of one page as its carrier drew it, without marks of ours."""
    box = (0.0, 0.0, 1.0, 1.0)
    widgets = tuple(Widget(1, name, "text", "", box) for name in fields)
    return FileFacts((PageFacts(1, 612, 792, lines),), widgets)


LINES = ("Statement of health", "Have you ever been treated", "Sign here, in ink", "page one")
HEALTH = form_marks("health", "HS-1", "2024", empty(*LINES, fields=("q1", "q2", "q3")))
TRUST = form_marks("trust", "TR-1", "2024", empty("Certification of trust", "Trustees", "Law of"))


def test_a_form_without_marks_is_known_by_its_fields_or_words() -> None:
    by_fields = recognise(empty("x", fields=("q1", "q2", "q3", "added")), (HEALTH, TRUST))
    assert [(p.key, p.edition, p.is_whole) for p in by_fields.pieces] == [("health", "2024", True)]
    assert by_fields.found[0].by is By.FIELDS
    by_words = recognise(empty(*LINES, "Kari Hope", "no, never"), (HEALTH, TRUST))
    assert (by_words.pieces[0].key, by_words.found[0].by) == ("health", By.WORDS)
    assert recognise(empty(LINES[0], "Kari Hope"), (HEALTH, TRUST)).unknown == (1,)


def test_of_two_forms_that_look_alike_none_is_chosen() -> None:
    twin = form_marks("twin", "HS-2", "2024", empty(*LINES))
    assert recognise(empty(*LINES), (HEALTH, twin)).unknown == (1,)


PAGES = st.one_of(
    st.tuples(st.integers(1, 3), st.sampled_from([TL100])),
    st.tuples(st.just(1), st.sampled_from([TL200])),
    st.none(),
)


@given(st.lists(PAGES, max_size=12))
def test_every_page_is_accounted_for_once(pages: list[tuple[int, FormMarks] | None]) -> None:
    made = [
        marked(i, page[0], page[1]) if page else PageFacts(i, 612, 792, ("letter",))
        for i, page in enumerate(pages, start=1)
    ]
    found = recognise(file(*made), KNOWN)
    told = [n for piece in found.pieces for n in (*piece.at.values(), *piece.doubled)]
    told += [*found.unknown, *found.blank, *found.unread]
    assert sorted(told) == list(range(1, len(pages) + 1))
    for piece in found.pieces:
        assert set(piece.at) | set(piece.missing) == set(range(1, piece.pages + 1))


@pytest.mark.parametrize("text", ["TL-100 (2026-01) page 4 of 3", "TL-100 page 1 of 3"])
def test_a_footer_that_cannot_be_is_none(text: str) -> None:
    assert recognise(FileFacts((PageFacts(1, 612, 792, (text,)),)), KNOWN).unknown == (1,)
