"""Who sees which case, document and line of the journal."""

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import STAFF, Role
from megler.cases.actions import papers, review
from megler.cases.models import Case, CaseDocument
from megler.cases.timeline import timeline
from megler.licensing.models import Agent
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db


def test_agents_and_their_assistants_see_theirs_and_staff_all(case: Case, agent: Agent) -> None:
    stranger = cast.an_agent("Ola Nes")
    other = cast.a_case(stranger, name="Per Vik")
    assert agent.user is not None
    for person in (agent.user, cast.an_assistant(agent)):
        assert list(Case.objects.visible_to(person)) == [case]
    for role in STAFF:
        person = cast.somebody(role, "Staff Her")
        assert set(Case.objects.visible_to(person)) == {case, other}


def test_a_carrier_sees_what_was_sent_to_it(case: Case, manager: User) -> None:
    una = cast.a_carrier_person(case.carrier)
    rival = cast.a_carrier_person(cast.a_carrier("tundra-life"))
    secret = papers.add_document(manager, case, cast.pdf(), "internal.pdf", at=AT)
    assert not Case.objects.visible_to(una).exists()
    review.confirm_good_order(manager, case, at=AT)
    review.send_to_carrier(manager, case, at=AT)
    assert list(Case.objects.visible_to(una)) == [case]
    assert not Case.objects.visible_to(rival).exists()
    seen = CaseDocument.objects.visible_to(una)
    assert secret not in seen
    assert [paper.kind for paper in seen] == ["application"]


def test_the_agent_is_not_told_what_is_for_the_agency(
    case: Case, manager: User, agent: Agent
) -> None:
    papers.add_note(manager, case, "Internal", at=AT)
    papers.add_document(manager, case, cast.pdf(), "int.pdf", visible_to_agent=False, at=AT)
    papers.add_note(manager, case, "For you", for_agent=True, at=AT)
    assert agent.user is not None
    assert CaseDocument.objects.visible_to(agent.user).count() == 1
    theirs = [line.sentence for line in timeline(case, agent.user).lines]
    assert theirs == ["wrote a note", "opened the case"]
    ours = [line.sentence for line in timeline(case, manager).lines]
    assert len(ours) == 4
    una = cast.a_carrier_person(case.carrier)
    assert [line.sentence for line in timeline(case, una).lines] == ["opened the case"]


def test_a_person_without_the_right_sees_nothing(case: Case) -> None:
    nobody = cast.somebody(Role.AGENT, "Ingen Her")
    assert not Case.objects.visible_to(nobody).exists()
    nobody.is_active = False
    assert not Case.objects.visible_to(nobody).exists()


def test_a_long_timeline_goes_on(case: Case, manager: User) -> None:
    for number in range(20):
        papers.add_note(manager, case, f"Note {number}", at=AT)
    first = timeline(case, manager)
    assert (len(first.lines), first.older is None) == (15, False)
    rest = timeline(case, manager, first.older)
    assert (len(rest.lines), rest.older) == (6, None)
