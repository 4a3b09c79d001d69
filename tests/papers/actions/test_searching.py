"""Pages are found by whoever may see them, and a dump of the database tells nobody their words."""

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions.papers import add_document
from megler.cases.models import Case
from megler.papers.actions.reading import digests, read_document, read_what_is_left
from megler.papers.actions.searching import find_pages
from megler.papers.models import PageWords, Reading
from megler.papers.rules.searching import stem
from tests.cases.cast import an_agent, somebody
from tests.documents.files import written
from tests.papers.sheets import APS, LABS


@pytest.fixture
def read(staff: User, case: Case) -> Case:
    for visible, page in ((True, LABS), (False, APS)):
        paper = add_document(
            staff, case, written(("cover",), page), "x.pdf", visible_to_agent=visible
        )
        read_document(paper.document)
    return case


def test_all_words_must_stand_on_one_page_and_the_page_is_told(staff: User, read: Case) -> None:
    [hit] = find_pages(staff, "Zyxomellitus diagnoses")
    assert (hit.paper.case, hit.pages) == (read, (2,))
    assert find_pages(staff, "zyxomellitus cholesterol") == []
    assert find_pages(staff, "the") == []


def test_nobody_finds_what_they_may_not_see(read: Case) -> None:
    agent, stranger = read.agent.user, an_agent("Stig Falk").user
    assert agent is not None
    assert stranger is not None
    assert len(find_pages(agent, "cholesterol")) == 1
    assert find_pages(agent, "zyxomellitus") == []
    assert find_pages(stranger, "cholesterol") == []
    assert find_pages(somebody(Role.CARRIER, "Una Under"), "cholesterol") == []


def test_what_is_kept_is_not_readable(read: Case) -> None:
    rows = PageWords.objects.values_list("words", flat=True)
    kept = " ".join(map(str, rows))
    assert digests([stem("zyxomellitus")])[0] in kept
    assert "zyxo" not in kept
    raw = Reading.objects.extra(select={"raw": "found::text"}).values_list("raw", flat=True)
    assert all("physician" not in str(one) for one in raw)


def test_a_document_is_read_once(staff: User, read: Case) -> None:
    count = PageWords.objects.count()
    for reading in Reading.objects.select_related("document"):
        assert read_document(reading.document) == reading
    assert PageWords.objects.count() == count
    assert read_what_is_left() == 0
