"""An enquiry from its facts to a formal case: sent once, answered, compared, taken up."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from megler.accounts.models import User
from megler.applications.models import Application
from megler.applications.models import State as ApplicationState
from megler.applications.rules.moments import ApplicationSubmitted
from megler.carriers.actions import publish_edition
from megler.carriers.models import Product
from megler.carriers.packages import read_files
from megler.cases.actions.opening import open_case_from_application
from megler.cases.models import Case, CaseLink
from megler.clients.actions import grant_access
from megler.clients.models import Client
from megler.documents.actions import Sent
from megler.enquiries.actions.answering import (
    Saying,
    answer_by_link,
    answerer,
    find_link,
    note_opening,
    record_answer,
)
from megler.enquiries.actions.enclosing import enclose, record_evidence, want_evidence
from megler.enquiries.actions.ending import choose, close_enquiry, thank
from megler.enquiries.actions.following import follow_up
from megler.enquiries.actions.making import Draft, add_products, change_enquiry, start_enquiry
from megler.enquiries.actions.sending import Contact, send_again, send_enquiry
from megler.enquiries.models import Enquiry, EnquiryCarrier, EvidenceUse
from megler.enquiries.names import AnswerWay
from megler.enquiries.rules.answers import Answer, Outcome
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from megler.post.models import Message
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.cases.cast import EDITIONS, a_carrier, a_carrier_person, an_agent, pdf
from tests.enquiries.cast import AT, FACTS, an_enquiry, asked, kari, products, rated, send_all

OFFER = Answer(Outcome.OFFER, class_name="Preferred", valid_until=date(2026, 3, 20))
BY_MAIL = Saying(AnswerWay.EMAIL, "Una Rao")
DAY = timedelta(days=1)
EXAM = RequirementKind.PARAMEDICAL_EXAM


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_carriers_get_the_summary_once_and_nothing_that_tells_who_it_is(
    manager: User, agent: Agent
) -> None:
    enquiry = an_enquiry(manager, agent)
    children = send_all(manager, enquiry)
    with pytest.raises(Refused):
        send_enquiry(manager, enquiry, {children[0].pk: Contact("a@b.example")}, at=AT)
    messages = list(Message.objects.filter(about_id=str(enquiry.pk)).order_by("to"))
    assert [m.to for m in messages] == ["uw@fjord-life.example", "uw@nordhavn-life.example"]
    for message in messages:
        told = f"{message.subject} {message.text}".casefold()
        for secret in ("kari", "hope", "fjord tools", "1979", "813-555", "33602", "tampa"):
            assert secret not in told
        assert "sleep apnea" in told
        assert [one.name for one in message.attachments.all()] == [f"{enquiry.reference}.pdf"]
    enquiry.refresh_from_db()
    assert enquiry.paper is not None
    assert b"Hope" not in enquiry.paper.read()
    assert [child.state for child in children] == ["sent", "sent"]


def test_what_was_sent_stays_and_a_nameless_enquiry_does_not_go_out(
    manager: User, agent: Agent
) -> None:
    enquiry = an_enquiry(manager, agent)
    send_all(manager, enquiry)
    with pytest.raises(Refused, match="enquiry_sent_already"):
        change_enquiry(manager, enquiry, Draft(agent, FACTS, known_as="Kari Hope"), at=AT)
    nobody = start_enquiry(manager, Draft(agent, {**FACTS, "born": None}), products("fjord-life"))
    with pytest.raises(Refused) as refused:
        send_all(manager, nobody)
    assert codes(refused) == ["enquiry_nobody"]


def test_everything_wrong_with_a_new_enquiry_is_told_at_once(manager: User, agent: Agent) -> None:
    draft = Draft(None, {"age": 200}, remarks="x" * 5000)
    with pytest.raises(Refused) as refused:
        start_enquiry(manager, draft)
    assert {"too_long", "agent_missing"} < set(codes(refused))
    other = Product.objects.create(carrier=a_carrier(), code="a", name="A", line="annuity")
    enquiry = an_enquiry(manager, agent)
    with pytest.raises(Refused, match="enquiry_other_line"):
        add_products(manager, enquiry, [other])
    stranger = an_agent("Stig Falk").user
    assert stranger
    with pytest.raises(Refused, match="nothing_here"):
        add_products(stranger, enquiry, products("polar"))


def test_an_underwriter_answers_by_a_private_link_that_ends(manager: User, agent: Agent) -> None:
    enquiry = an_enquiry(manager, agent)
    [child, _other] = send_all(manager, enquiry)
    text = str(Message.objects.get(to=child.to_email).text)
    token = re.search(r"/answer/([\w-]+)/", text).group(1)  # type: ignore[union-attr]
    link = find_link(token, AT)
    assert link is not None
    actor = answerer(link, "192.0.2.1")
    note_opening(link, actor, AT)
    assert asked(enquiry)[0].state == "received"
    kept = answer_by_link(link, actor, OFFER, AT)
    assert (kept.way, kept.by_name, kept.class_name) == ("link", "Una Rao", "Preferred")
    answer_by_link(link, actor, replace(OFFER, table=2), AT)
    assert [one.number for one in asked(enquiry)[0].answers.all()] == [2, 1]
    assert find_link(token, AT + 31 * DAY) is None
    assert find_link("no such token") is None
    thank(manager, child, AT)
    assert find_link(token, AT) is None


def test_writing_again_ends_the_link_before(manager: User, agent: Agent) -> None:
    enquiry = an_enquiry(manager, agent)
    [child, _other] = send_all(manager, enquiry)
    send_again(manager, enquiry, child, AT + DAY)
    tokens = [
        re.search(r"/answer/([\w-]+)/", str(m.text)).group(1)  # type: ignore[union-attr]
        for m in Message.objects.filter(to=child.to_email).order_by("created_at")
    ]
    assert find_link(tokens[0], AT + DAY) is None
    assert find_link(tokens[1], AT + DAY) is not None


def test_a_carriers_own_people_answer_what_they_were_asked_and_nothing_else(
    manager: User, agent: Agent
) -> None:
    enquiry = an_enquiry(manager, agent)
    una = a_carrier_person(a_carrier("fjord-life"))
    with pytest.raises(Refused):
        record_answer(una, asked(enquiry)[0], OFFER, BY_MAIL, at=AT)
    [own, other] = send_all(manager, enquiry)
    assert record_answer(una, own, OFFER, BY_MAIL, at=AT).way == "signed_in"
    with pytest.raises(Refused, match="nothing_here"):
        record_answer(una, other, OFFER, BY_MAIL, at=AT)
    assert not Enquiry.objects.visible_to(una).exists()
    assert list(EnquiryCarrier.objects.visible_to(una)) == [own]


def test_an_offer_is_priced_where_the_rates_are_known(manager: User, agent: Agent) -> None:
    enquiry = an_enquiry(manager, agent, rated(), *products("fjord-life"))
    send_all(manager, enquiry)
    fjord, tundra = asked(enquiry)
    standard = record_answer(manager, tundra, Answer(Outcome.OFFER, "standard"), BY_MAIL, at=AT)
    preferred = record_answer(manager, tundra, Answer(Outcome.OFFER, "preferred"), BY_MAIL, at=AT)
    assert standard.premium is not None
    assert preferred.premium is not None
    assert preferred.premium < standard.premium
    rated_up = record_answer(
        manager, tundra, Answer(Outcome.OFFER, "standard", table=2), BY_MAIL, at=AT
    )
    assert rated_up.premium is None or rated_up.premium > standard.premium
    unknown = record_answer(manager, fjord, OFFER, BY_MAIL, at=AT)
    assert (unknown.premium, unknown.why_no_price) == (None, "class_not_listed")
    with pytest.raises(Refused, match="enquiry_class"):
        record_answer(manager, tundra, Answer(Outcome.OFFER, "golden"), BY_MAIL, at=AT)


def test_who_does_not_answer_is_asked_again_and_offers_run_out(manager: User, agent: Agent) -> None:
    enquiry = an_enquiry(manager, agent)
    children = send_all(manager, enquiry)
    record_answer(manager, children[0], OFFER, BY_MAIL, at=AT)
    assert follow_up(date(2026, 3, 4), AT) == 0
    assert follow_up(date(2026, 3, 5), AT) == 1
    assert follow_up(date(2026, 3, 5), AT) == 0
    assert Task.objects.get(done_at=None).title.startswith("Ask Nordhavn Life")
    assert follow_up(date(2026, 3, 16), AT) == 2
    follow_up(date(2026, 3, 16), AT)
    titles = sorted(task.title for task in Task.objects.filter(done_at=None))
    assert len(titles) == 2
    assert "runs out on 2026-03-20" in titles[1]
    follow_up(date(2026, 3, 21), AT)
    assert asked(enquiry)[0].state == "expired"
    with pytest.raises(Refused):
        choose(manager, children[0], at=AT + 19 * DAY)
    record_answer(manager, children[1], Answer(Outcome.DECLINE), BY_MAIL, at=AT + 19 * DAY)
    assert not Task.objects.filter(done_at=None).exists()


def test_the_chosen_offer_becomes_an_application_with_everything_known(
    manager: User, agent: Agent
) -> None:
    tundra = rated()
    enquiry = an_enquiry(manager, agent, tundra, *products("fjord-life"))
    send_all(manager, enquiry)
    _fjord, chosen = asked(enquiry)
    record_answer(manager, chosen, Answer(Outcome.OFFER, "standard"), BY_MAIL, at=AT)
    made = choose(manager, chosen, at=AT)
    assert choose(manager, chosen, at=AT) == made
    known = {key: one.value for key, one in made.given.items()}
    assert known["insured_last_name"] == "Hope"
    assert known["insured_born"] == "1979-02-11"
    assert made.product == tundra
    assert made.offer["class"] == "standard"
    assert made.agent == agent
    assert asked(enquiry)[0].state == "thanked"
    enquiry.refresh_from_db()
    assert enquiry.state == "chosen"
    assert Message.objects.filter(
        to="uw@fjord-life.example", subject__endswith="thank you"
    ).exists()


def submitted(application_id: UUID) -> Case:
    """The case of an application that was submitted, its client known."""
    one = Application.objects.get(pk=application_id)
    one.client = one.enquiry_carrier.enquiry.client
    one.state, one.submitted_at = ApplicationState.SUBMITTED, AT
    one.save()
    open_case_from_application(ApplicationSubmitted(one.pk, AT))
    return Case.objects.get(application=one)


def test_what_was_gathered_for_the_enquiry_serves_every_formal_case_and_rivals_are_linked(
    manager: User, agent: Agent
) -> None:
    publish_edition(SYSTEM, read_files(EDITIONS / "nordhavn-life/guide"))
    enquiry = an_enquiry(manager, agent)
    send_all(manager, enquiry)
    day = date(2026, 2, 10)
    wanted = want_evidence(manager, enquiry, EXAM, at=AT)
    assert want_evidence(manager, enquiry, EXAM, at=AT) == wanted
    kept = record_evidence(manager, enquiry, EXAM, day, file=Sent("x.pdf", pdf()), at=AT)
    record_evidence(manager, enquiry, RequirementKind.BLOOD_PROFILE, date(2024, 1, 1), at=AT)
    assert kept == wanted
    fjord, nordhavn = asked(enquiry)
    record_answer(manager, nordhavn, Answer(Outcome.OFFER, "standard"), BY_MAIL, at=AT)
    record_answer(manager, fjord, OFFER, BY_MAIL, at=AT)
    first = submitted(choose(manager, nordhavn, thank_others=False, at=AT).pk)
    served = first.requirements.get(kind=EXAM)
    assert served.state == "received"
    assert (served.of_day, served.expires_on) == (day, day + timedelta(days=366))
    assert [paper.document for paper in served.documents.all()] == [kept.document]
    assert EvidenceUse.objects.get(requirement=served).evidence == kept
    assert first.requirements.get(kind="blood_profile").state == "needed"
    second = submitted(choose(manager, fjord, thank_others=False, at=AT).pk)
    link = CaseLink.objects.get()
    assert {link.case, link.other} == {first, second}
    assert link.kind == "alternative"


def test_a_paper_goes_along_only_redacted_and_under_an_authorisation(
    manager: User, agent: Agent
) -> None:
    enquiry = an_enquiry(manager, agent)
    record = record_evidence
    aps = record(
        manager,
        enquiry,
        RequirementKind.APS,
        date(2026, 1, 5),
        file=Sent("Kari Hope.pdf", pdf()),
        at=AT,
    )
    with pytest.raises(Refused) as refused:
        enclose(manager, enquiry, aps, None, is_redacted=False, at=AT)
    assert codes(refused) == ["enquiry_not_redacted", "enquiry_no_authorisation"]
    hipaa = record(
        manager, enquiry, RequirementKind.HIPAA_AUTHORISATION, date(2026, 1, 2),
        file=Sent("a.pdf", pdf()), at=AT,
    )  # fmt: skip
    enclose(manager, enquiry, aps, hipaa, is_redacted=True, at=AT)
    send_all(manager, enquiry)
    names = {one.name for m in Message.objects.filter(private=True) for one in m.attachments.all()}
    assert names == {f"{enquiry.reference}.pdf", f"{enquiry.reference}-1-aps.pdf"}


def test_closing_thanks_who_was_asked_and_ends_everything(manager: User, agent: Agent) -> None:
    enquiry = an_enquiry(manager, agent)
    send_all(manager, enquiry)
    with pytest.raises(Refused, match="enquiry_reason_missing"):
        close_enquiry(manager, enquiry, " ", AT)
    close_enquiry(manager, enquiry, "went elsewhere", AT)
    assert {child.state for child in asked(enquiry)} == {"thanked"}
    assert follow_up(date(2026, 6, 1), AT) == 0
    with pytest.raises(Refused, match="enquiry_closed"):
        record_answer(manager, asked(enquiry)[0], OFFER, BY_MAIL, at=AT)


def test_an_agent_sees_their_own_enquiries_and_sends_nothing(manager: User, agent: Agent) -> None:
    assert agent.user
    enquiry = an_enquiry(agent.user, agent, client=kari_of(agent.user))
    with pytest.raises(Refused, match="not_allowed"):
        send_all(agent.user, enquiry)
    stranger = an_agent("Stig Falk").user
    assert stranger
    assert list(Enquiry.objects.visible_to(agent.user)) == [enquiry]
    assert not Enquiry.objects.visible_to(stranger).exists()
    assert Decimal(enquiry.facts["wants"]["face_amount"]) == 500_000


def kari_of(person: User) -> Client:
    client = kari()
    grant_access(SYSTEM, client, person, AT)
    return client
