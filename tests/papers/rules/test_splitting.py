"""One scan of several papers is cut where a new one begins."""

from hypothesis import given
from hypothesis import strategies as st

from megler.documents.rules.pages import PageFacts
from megler.papers.rules.kinds import PaperKind
from megler.papers.rules.splitting import pieces

LABS = ("LABORATORY REPORT", "Specimen", "cholesterol 180")
APS = ("ATTENDING PHYSICIAN STATEMENT", "office visit", "chief complaint: cough")
MORE = ("and more of it",)


def pages(*lines: tuple[str, ...]) -> list[PageFacts]:
    return [PageFacts(number, 612, 792, one) for number, one in enumerate(lines, start=1)]


def test_a_new_title_begins_a_new_paper_and_other_pages_go_on() -> None:
    found = pieces(pages(APS, MORE, (), LABS, MORE))
    assert [(one.first, one.last, one.sorted.kind) for one in found] == [
        (1, 3, PaperKind.APS),
        (4, 5, PaperKind.LABS),
    ]


def test_pages_that_count_themselves_are_believed() -> None:
    first, second = (*LABS, "page 1 of 2"), ("ECG of the same", *APS[:1], "page 2 of 2")
    assert [(one.first, one.last) for one in pieces(pages(first, second, first, second))] == [
        (1, 2),
        (3, 4),
    ]


def test_one_paper_stays_whole() -> None:
    assert len(pieces(pages(APS, APS, MORE))) == 1
    assert pieces([]) == []


@given(st.lists(st.sampled_from([APS, LABS, MORE, ()]), min_size=1, max_size=12))
def test_every_page_is_in_exactly_one_part(which: list[tuple[str, ...]]) -> None:
    found = pieces(pages(*which))
    assert [number for one in found for number in one.pages] == list(range(1, len(which) + 1))
