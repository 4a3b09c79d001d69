"""Questions, requests, delegates, the client's page and the digest: each once, and by whom it may."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions.letters import tell_agent
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case, Notice
from megler.cases.rules.notices import How
from megler.journal.models import Entry
from megler.licensing.models import Agent
from megler.portal import deadlines
from megler.portal.actions import asking, bringing, choosing, delegating, digests, letting, wanting
from megler.portal.models import Digest
from megler.portal.rules.wanted import Wanted
from megler.post.models import Message
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases.cast import AT, a_case, an_agent, pdf, signed_in, somebody

pytestmark = pytest.mark.django_db
WEEK = date(2026, 3, 2)
MONDAY = AT + timedelta(days=7)


@pytest.fixture
def person(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_question_is_a_task_until_it_is_answered_once(
    manager: User, person: User, case: Case
) -> None:
    question = asking.ask(person, case, "When is the exam?", AT)
    task = Task.objects.get(about_type="question")
    assert task.done_at is None
    asking.answer(manager, question, "On Friday.", AT)
    task.refresh_from_db()
    assert task.done_at == AT
    assert [note.text for note in case.notes.visible_to(person).order_by("written_at", "pk")]
    with pytest.raises(Refused) as refused:
        asking.answer(manager, question, "On Monday.", AT)
    assert codes(refused) == ["question_answered"]
    assert Message.objects.filter(to=case.agent.email).count() == 1


def test_only_staff_answer(person: User, case: Case) -> None:
    question = asking.ask(person, case, "When?", AT)
    with pytest.raises(Refused) as refused:
        asking.answer(person, question, "Soon.", AT)
    assert codes(refused) == ["not_allowed"]


def test_a_requirement_is_answered_in_words_and_files_or_not_at_all(
    manager: User, person: User, case: Case
) -> None:
    asked = add_requirement(manager, case, RequirementKind.TRUST_PAPERS, at=AT)
    with pytest.raises(Refused) as refused:
        bringing.bring(person, asked)
    assert codes(refused) == ["answer_empty"]
    broken = SimpleUploadedFile("a.exe", b"MZ\x90\x00")
    with pytest.raises(Refused):
        bringing.bring(person, asked, [broken], "and words")
    assert case.documents.count() == 1
    came = bringing.bring(
        person, asked, [SimpleUploadedFile("t.pdf", pdf())], "Page 2 is ours.", at=AT
    )
    assert came.state == "received"
    names = sorted(paper.document.name for paper in came.documents.all())
    assert names == ["t.pdf", "trust_papers-2026-03-02.pdf"]


def test_a_change_asked_for_is_made_by_the_action_that_staff_use(
    manager: User, person: User, case: Case
) -> None:
    asked = wanting.ask_for_change(
        person, case, Wanted.AMOUNT, {"face_amount": "750,000"}, because="New mortgage", at=AT
    )
    with pytest.raises(Refused):
        wanting.make_change(person, asked, AT)
    made = wanting.make_change(manager, asked, AT)
    case.refresh_from_db()
    assert case.face_amount_applied == Decimal(750_000)
    assert case.changes.get().pk == made.made
    with pytest.raises(Refused) as refused:
        wanting.make_change(manager, asked, AT)
    assert codes(refused) == ["request_settled"]
    assert not Task.objects.filter(about_type="changerequest", done_at=None).exists()
    told = Message.objects.filter(to=case.agent.email)
    assert told.count() == 1


def test_why_a_change_is_not_made_reaches_the_agent(
    manager: User, person: User, case: Case
) -> None:
    asked = wanting.ask_for_change(person, case, Wanted.OTHER, {"words": "Hurry"}, at=AT)
    with pytest.raises(Refused) as refused:
        wanting.refuse_change(manager, asked, " ", AT)
    assert codes(refused) == ["case_reason_missing"]
    wanting.refuse_change(manager, asked, "The carrier does not hurry.", AT)
    assert case.notes.visible_to(person).get().text == "The carrier does not hurry."


def test_a_delegation_shares_the_clients_for_its_days_and_ends(
    agent: Agent, person: User, case: Case
) -> None:
    other = an_agent("Dag Delegate").user
    assert other is not None
    today = timezone.localdate()
    made = delegating.delegate(person, agent, other.email, today + timedelta(days=5))
    assert case.client in case.client.__class__.objects.visible_to(other)
    with pytest.raises(Refused):
        delegating.delegate(other, agent, person.email, today)
    delegating.end_delegation(person, made)
    assert not Case.objects.visible_to(other).exists()
    assert case.client not in case.client.__class__.objects.visible_to(other)
    verbs = Entry.objects.filter(subject_type="agent").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["delegation.made", "delegation.ended"]


def test_a_delegation_that_makes_no_sense_is_refused(agent: Agent, person: User) -> None:
    today = timezone.localdate()
    for to, until, code in (
        ("nobody@example.com", today, "delegate_unknown"),
        (person.email, today, "delegate_oneself"),
        (an_agent("Dag D").user.email, today - timedelta(days=1), "delegate_days"),  # type: ignore[union-attr]
    ):
        with pytest.raises(Refused) as refused:
            delegating.delegate(person, agent, to, until)
        assert codes(refused) == [code]


def test_the_clients_page_opens_until_it_is_closed_and_tells_no_health(
    manager: User, person: User, case: Case
) -> None:
    add_requirement(manager, case, RequirementKind.ECG, detail="heart murmur", at=AT)
    add_requirement(manager, case, RequirementKind.HIPAA_AUTHORISATION, at=AT)
    link = letting.let_client_see(person, case, to="kari@example.com", language="en")
    address = letting.address_of(link)
    page = Browser().get(address).content.decode()
    assert "Kari Hope" in page
    assert "something to sign" in page
    assert not {"heart", "ECG", "HIPAA", "underwrit"} & set(page.replace(",", " ").split())
    link.refresh_from_db()
    assert link.times_opened == 1
    letting.stop_letting(person, link)
    assert Browser().get(address).status_code == 404
    newer = letting.let_client_see(person, case)
    assert letting.find_client_link(newer.token, timezone.now() + timedelta(days=91)) is None


def test_the_digest_tells_what_waited_once(agent: Agent, person: User, case: Case) -> None:
    tell_agent(case, "case.in_good_order", None, {}, AT)
    tell_agent(case, "case.in_underwriting", None, {}, AT)
    assert digests.week_before(MONDAY.date()) == WEEK
    assert digests.write_digests(WEEK, MONDAY) == 1
    assert digests.write_digests(WEEK, MONDAY) == 0
    letter = Message.objects.get(about_type="digest")
    assert (letter.to, letter.text.count("The application is in good order.")) == (agent.email, 1)
    assert not Notice.objects.waiting().exists()
    tell_agent(case, "case.delivered", None, {}, MONDAY)
    assert digests.write_digests(WEEK, MONDAY) == 0
    assert digests.write_digests(WEEK + timedelta(days=7), MONDAY + timedelta(days=7)) == 1
    assert Digest.objects.count() == 2


def test_what_is_no_longer_theirs_is_not_in_the_digest(agent: Agent, case: Case) -> None:
    tell_agent(case, "case.in_good_order", None, {}, AT)
    case.agents.all().delete()
    assert digests.write_digests(WEEK, MONDAY) == 0
    assert not Message.objects.filter(about_type="digest").exists()


def test_choosing_nothing_for_a_case_forgets_what_waited(person: User, case: Case) -> None:
    tell_agent(case, "case.in_good_order", None, {}, AT)
    choosing.choose_for_case(person, case, How.NEVER)
    tell_agent(case, "case.in_underwriting", None, {}, AT)
    assert not Notice.objects.exists()
    choosing.choose_for_case(person, case, None)
    tell_agent(case, "case.in_underwriting", None, {}, AT)
    assert Notice.objects.count() == 1


def test_the_calendar_tells_deadlines_by_a_private_address_until_it_is_closed(
    manager: User, person: User, case: Case
) -> None:
    add_requirement(manager, case, RequirementKind.TRUST_PAPERS)
    feed = deadlines.make_feed(person)
    answer = Browser().get(deadlines.address_of(feed))
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"Kari Hope: " in answer.content.replace(b"\r\n ", b"")
    second = deadlines.make_feed(person)
    assert deadlines.person_of(feed.token) is None
    assert deadlines.person_of(second.token) == person
    deadlines.close_feed(person)
    assert deadlines.person_of(second.token) is None


def test_the_panel_is_right_for_agent_and_staff_and_empty_for_a_carrier(
    manager: User, person: User, case: Case
) -> None:
    asking.ask(person, case, "When is it?", AT)
    wanting.ask_for_change(person, case, Wanted.CLASS, {"class": "Standard"}, at=AT)
    mine = signed_in(person).get(f"/cases/{case.pk}/portal/").content.decode()
    assert "The agency has the application" in mine
    theirs = signed_in(manager).get(f"/cases/{case.pk}/portal/").content.decode()
    assert "When is it?" in theirs
    assert "Make the change" in theirs
    stranger = somebody(Role.AGENT, "Stig Stranger")
    assert signed_in(stranger).get(f"/cases/{case.pk}/portal/").status_code == 404


def test_a_page_of_a_thousand_requirements_costs_as_many_queries_as_of_one(
    person: User, manager: User, case: Case, django_assert_max_num_queries: object
) -> None:
    for kind in (RequirementKind.APS, RequirementKind.ECG, RequirementKind.MVR):
        add_requirement(manager, case, kind, at=AT)
    browser = signed_in(person)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        browser.get(f"/cases/{case.pk}/portal/")


def test_another_agents_case_cannot_be_asked_about(case: Case) -> None:
    stranger = an_agent("Stig Stranger")
    assert stranger.user is not None
    a_case(stranger, name="Nora Nes")
    with pytest.raises(Refused):
        asking.ask(stranger.user, case, "Whose is it?", AT)
    with pytest.raises(Refused):
        letting.let_client_see(stranger.user, case)
