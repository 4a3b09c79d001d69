"""What comes in waits, says whose it seems to be, and is filed once, by a person."""

import threading

import pytest
from django.db import connection

from megler.accounts.models import User
from megler.cases.models import Case, CaseDocument, Requirement
from megler.documents.models import Document
from megler.papers.actions.arriving import cut, file_paper, set_aside, take_back, take_in
from megler.papers.actions.numbers import call
from megler.papers.actions.proposing import proposals_for
from megler.papers.models import Arrival, State
from megler.papers.rules.matching import Certainty, Why
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from tests.cases.cast import a_case, an_agent
from tests.papers.sheets import APS, LABS, NAMELESS, NAMESAKE, sent


def arrived(staff: User, name: str, *pages: tuple[str, ...]) -> Arrival:
    [one], problems = take_in(staff, [sent(name, *pages)])
    assert problems == []
    return one


def needed(case: Case, kind: RequirementKind) -> Requirement:
    return case.requirements.get(kind=kind.value)


def test_a_paper_proposes_its_case_and_requirement_and_is_filed(staff: User, case: Case) -> None:
    one = arrived(staff, "scan0001.pdf", APS)
    [proposed] = proposals_for([one])[one.pk]
    assert proposed.case == case
    assert proposed.proposal.certainty is Certainty.SURE
    assert [r.kind for r in proposed.requirements] == ["aps"]
    assert not CaseDocument.objects.filter(document=one.document).exists()
    paper = file_paper(staff, one, case, proposed.requirements)
    assert paper.kind == "aps"
    requirement = needed(case, RequirementKind.APS)
    assert (requirement.state, list(requirement.documents.all())) == ("received", [paper])


def test_another_persons_paper_of_the_same_name_is_barred_and_refused(
    staff: User, case: Case
) -> None:
    one = arrived(staff, "Kari Hope APS.pdf", NAMESAKE)
    [proposed] = proposals_for([one])[one.pk]
    assert proposed.proposal.certainty is Certainty.BARRED
    with pytest.raises(Refused) as refused:
        file_paper(staff, one, case, [needed(case, RequirementKind.APS)])
    assert refused.value.problems[0].code == "paper_other_birth_date"
    one.refresh_from_db()
    assert one.state == State.WAITING
    assert needed(case, RequirementKind.APS).state != "received"


def test_of_two_namesakes_neither_is_filed_by_itself(staff: User, case: Case) -> None:
    other = a_case(an_agent("Liv Dahl"))
    one = arrived(staff, "Hope Kari.pdf", ("LABORATORY REPORT", "Patient: Kari Hope"))
    found = proposals_for([one])[one.pk]
    assert {each.case for each in found} == {case, other}
    assert {each.proposal.certainty for each in found} == {Certainty.LIKELY}
    assert all(Why.SAME_NAME in each.proposal.reasons for each in found)


def test_a_vendors_number_leads_to_the_case(staff: User, case: Case) -> None:
    call("EX-8812-4", case)
    one = arrived(staff, "x.pdf", ("Order number: EX-8812-4", "results"))
    [proposed] = proposals_for([one])[one.pk]
    assert proposed.proposal.reasons[0] is Why.CALLED


def test_the_second_to_file_it_is_told_who_was_first(
    staff: User, other_staff: User, case: Case
) -> None:
    one = arrived(staff, "a.pdf", APS)
    file_paper(staff, one, case)
    with pytest.raises(Refused) as refused:
        file_paper(other_staff, one, case)
    [problem] = refused.value.problems
    assert problem.code == "paper_settled"
    assert (case.reference in problem.found, problem.expected) == (True, staff.name)


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_the_same_requirement_at_once_have_one_effect(
    staff: User, other_staff: User, case: Case
) -> None:
    first, second = arrived(staff, "a.pdf", APS), arrived(staff, "b.pdf", (*APS, "again"))
    answers: list[str] = []

    def files(person: User, one: Arrival) -> None:
        try:
            file_paper(person, one, case, [needed(case, RequirementKind.APS)])
            answers.append("filed")
        except Refused as refused:
            answers.append(refused.problems[0].code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=files, args=both)
        for both in ((staff, first), (other_staff, second))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) in (["filed", "requirement_already"], ["changed_meanwhile", "filed"])
    assert needed(case, RequirementKind.APS).documents.count() == 1
    assert Arrival.objects.filter(state=State.WAITING).count() == 1


def test_a_scan_of_two_papers_is_cut_where_the_second_begins(staff: User, case: Case) -> None:
    one = arrived(staff, "batch.pdf", APS, ("more of it",), LABS)
    parts = cut(staff, one, [3])
    assert [(part.first_page, part.last_page) for part in parts] == [(1, 2), (3, 3)]
    found = proposals_for(parts)
    assert [[r.kind for r in found[part.pk][0].requirements] for part in parts] == [
        ["aps"],
        ["blood_profile"],
    ]
    one.refresh_from_db()
    assert one.state == State.SPLIT
    assert Document.objects.filter(pk=one.document_id).exists()
    with pytest.raises(Refused):
        cut(staff, one, [2])


def test_what_belongs_to_nobody_is_set_aside_with_a_reason_and_can_be_taken_back(
    staff: User, case: Case
) -> None:
    one = arrived(staff, "menu.pdf", NAMELESS)
    assert proposals_for([one])[one.pk] == []
    with pytest.raises(Refused):
        set_aside(staff, one, " ")
    set_aside(staff, one, "an advertisement")
    take_back(staff, one)
    one.refresh_from_db()
    assert one.state == State.WAITING


def test_a_file_that_cannot_be_taken_hinders_no_other(staff: User, case: Case) -> None:
    from megler.documents.actions import Sent

    made, problems = take_in(staff, [Sent("x.exe", b"MZ" * 99), sent("a.pdf", APS)])
    assert (len(made), [one.code for one in problems]) == (1, ["document_wrong_type"])
    again, _none = take_in(staff, [sent("a.pdf", APS)])
    assert again == made


def test_an_agent_has_no_tray(case: Case) -> None:
    agent = case.agent.user
    assert agent is not None
    with pytest.raises(Refused):
        take_in(agent, [sent("a.pdf", APS)])
    assert not Arrival.objects.visible_to(agent).exists()
