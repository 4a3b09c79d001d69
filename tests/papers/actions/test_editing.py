"""Each change of pages is a version; the ones before stay, and what the carrier was sent is known."""

import json
from typing import Any

import pytest

from megler.accounts.models import User
from megler.cases.actions.papers import add_document
from megler.cases.actions.requirements import record_arrival, send_requirement_to_carrier
from megler.cases.models import Case, CaseDocument
from megler.documents.models import Document
from megler.papers.actions.editing import edit_paper, versions_of
from megler.papers.actions.reading import read_document
from megler.papers.actions.searching import find_pages
from megler.vocabulary.problems import Refused
from tests.cases.cast import a_carrier_person
from tests.documents.files import written
from tests.documents.test_editing import everything, words
from tests.papers.sheets import APS, LABS


@pytest.fixture
def paper(staff: User, case: Case) -> CaseDocument:
    return add_document(staff, case, written(APS, LABS, ("third",)), "batch.pdf")


def plan(*parts: list[tuple[CaseDocument, int, dict[str, Any]]]) -> str:
    told = [
        [{"paper": str(paper.pk), "page": page, **more} for paper, page, more in part]
        for part in parts
    ]
    return json.dumps({"parts": told})


def test_a_change_makes_a_new_version_and_leaves_the_old_one(
    staff: User, paper: CaseDocument
) -> None:
    black = {"black": [[0, 0, 1, 0.2]]}
    [made] = edit_paper(staff, paper, plan([(paper, 3, {"turned": 90}), (paper, 1, black)]))
    paper.refresh_from_db()
    assert (made.version, paper.version, paper.replaced_at is None) == (2, 1, False)
    assert [one["act"] for one in made.changes] == ["moved", "turned", "blackened", "left_out"]
    assert "zyxomellitus" in words(paper.document.read())[0]
    assert "zyxomellitus" not in "".join(words(made.document.read()))
    assert list(versions_of(staff, made)) == [made, paper]


def test_what_is_blackened_is_gone_from_the_bytes_the_search_and_everybody_elses_eyes(
    staff: User, paper: CaseDocument
) -> None:
    agent = paper.case.agent.user
    assert agent is not None
    read_document(paper.document)
    assert [hit.paper for hit in find_pages(agent, "zyxomellitus")] == [paper]
    black = {"black": [[0, 0, 1, 0.2]]}
    [made] = edit_paper(staff, paper, plan([(paper, 1, black), (paper, 2, {})]))
    read_document(made.document)
    content = made.document.read()
    assert not any(b"zyxo" in piece.lower() for piece in everything(content))
    assert "cholesterol" in "".join(words(content)).lower()
    for one in (agent, staff):
        assert find_pages(one, "zyxomellitus") == []
        assert [hit.paper for hit in find_pages(one, "cholesterol")] == [made]
    assert list(versions_of(agent, made)) == [made]
    assert list(versions_of(staff, made)) == [made, paper]
    paper.refresh_from_db()
    assert "zyxomellitus" in words(paper.document.read())[0]


def test_the_one_who_changes_an_old_version_is_refused(staff: User, paper: CaseDocument) -> None:
    turned = plan([(paper, 1, {"turned": 90})])
    edit_paper(staff, paper, turned)
    count = Document.objects.count()
    with pytest.raises(Refused) as refused:
        edit_paper(staff, paper, turned)
    assert refused.value.problems[0].code == "document_replaced"
    assert Document.objects.count() == count


def test_a_document_is_cut_in_two_and_the_parts_say_what_they_are(
    staff: User, paper: CaseDocument
) -> None:
    made = edit_paper(staff, paper, plan([(paper, 1, {})], [(paper, 2, {}), (paper, 3, {})]))
    assert [(one.kind, one.document.pages) for one in made] == [("aps", 1), ("labs", 2)]


def test_documents_are_put_together(staff: User, case: Case, paper: CaseDocument) -> None:
    other = add_document(staff, case, written(("more",)), "more.pdf")
    [made] = edit_paper(staff, paper, plan([(paper, 1, {}), (other, 1, {})]))
    other.refresh_from_db()
    assert made.document.pages == 2
    assert other.replaced_at is not None


def test_what_the_carrier_was_sent_stays_known(
    staff: User, case: Case, paper: CaseDocument
) -> None:
    requirement = case.requirements.get(kind="aps")
    record_arrival(staff, requirement, [paper])
    send_requirement_to_carrier(staff, case.requirements.get(kind="aps"))
    paper.refresh_from_db()
    [made] = edit_paper(staff, paper, plan([(paper, 1, {})]))
    Case.objects.filter(pk=case.pk).update(sent_at=case.opened_at)
    carrier = a_carrier_person(case.carrier)
    seen = CaseDocument.objects.visible_to(carrier).filter(case=case)
    assert paper in seen
    assert made not in seen
    assert set(requirement.documents.all()) == {paper, made}
    agent = case.agent.user
    assert agent is not None
    assert paper not in CaseDocument.objects.visible_to(agent)


def test_an_agent_changes_nothing(case: Case, paper: CaseDocument) -> None:
    agent = case.agent.user
    assert agent is not None
    with pytest.raises(Refused):
        edit_paper(agent, paper, plan([(paper, 1, {})]))
