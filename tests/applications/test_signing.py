"""Signing through the actions."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pypdf import PdfReader

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.holding import papers_for
from megler.applications.actions.signing import (
    ask_client_to_sign,
    birth_date_of,
    decline_as_client,
    identify_client,
    send_code_to_client,
    sign_as_agent,
    sign_as_client,
)
from megler.applications.actions.starting import start_from_quote
from megler.applications.actions.submitting import not_in_good_order, submit, withdraw
from megler.applications.models import Application, State
from megler.applications.rules.moments import ApplicationSubmitted
from megler.forms.actions.signatures import applicant, find_link
from megler.forms.models import Paper, SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import Signature
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.post.models import Message
from megler.quoting.models import Quote
from megler.vocabulary.problems import Refused
from tests.applications.complete import ANOTHER_OWNER, COMPLETE, FACTS
from tests.applications.conftest import (
    code_of,
    is_told_from_others,
    link_of,
    request_of,
    seen,
    sign_for_client,
    until_somebody_waits,
)


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [p.code for p in refused.value.problems]


def test_the_client_is_asked_only_when_the_agents_part_is_done(
    agent_user: User, started: Application
) -> None:
    with pytest.raises(Refused) as refused:
        ask_client_to_sign(agent_user, started)
    wheres = {p.where for p in refused.value.problems}
    assert "insured_first_name" in wheres
    assert not wheres & {"insured_ssn", "med_heart", "report_known"}
    assert not Message.objects.exists()


def test_the_link_may_leave_to_the_client_what_only_they_know(
    agent_user: User, started: Application
) -> None:
    agents = {k: v for k, v in COMPLETE.items() if k not in {"insured_ssn", "med_heart"}}
    held = answer(agent_user, started, agents, started.version).application
    request = ask_client_to_sign(agent_user, held)
    with pytest.raises(Refused) as refused:
        sign_for_client(held)
    assert {p.where for p in refused.value.problems} == {"insured_ssn", "med_heart"}

    client = applicant(request, "192.0.2.7")
    answer(client, held, {"insured_ssn": "078-05-1121", "med_heart": "no"}, held.version)
    done = sign_for_client(held)
    assert (done.typed_name, done.address, done.user_agent) == ("Kari Hope", "192.0.2.7", "a phone")
    assert done.consent_version
    assert done.packet_hash


def test_only_the_digest_of_a_link_is_kept(asked: Application) -> None:
    token = link_of(asked)
    found = find_link(token)
    assert found is not None
    assert token not in str(vars(found))
    assert find_link(token + "x") is None


def test_the_client_is_kept_and_seen_by_the_agent(asked: Application, agent_user: User) -> None:
    assert asked.client is not None
    assert asked.client.name == "Kari Hope"
    assert type(asked.client).objects.visible_to(agent_user).filter(pk=asked.client.pk).exists()


def test_a_new_link_ends_the_old_one(agent_user: User, asked: Application) -> None:
    old = request_of(asked)
    ask_client_to_sign(agent_user, asked)
    with pytest.raises(Refused) as refused:
        sign_as_client(SYSTEM, old, seen(asked, SignerRole.INSURED, "Kari Hope"))
    assert _codes(refused) == ["link_voided"]


def test_a_link_works_once(asked: Application) -> None:
    done = sign_for_client(asked)
    with pytest.raises(Refused) as refused:
        sign_as_client(SYSTEM, done, seen(asked, SignerRole.INSURED, "Kari Hope"))
    assert _codes(refused) == ["link_signed"]


def test_a_link_expires(asked: Application) -> None:
    with pytest.raises(Refused) as refused:
        sign_for_client(asked, at=timezone.now() + timedelta(days=15))
    assert _codes(refused) == ["link_expired"]


@pytest.mark.parametrize(
    ("name", "consented", "codes"),
    [
        ("Ola Hope", True, ["name_differs"]),
        ("", False, ["name_not_typed", "consent_missing"]),
    ],
)
def test_a_signature_needs_the_name_and_the_consent(
    asked: Application, name: str, consented: bool, codes: list[str]
) -> None:
    is_told_from_others(asked)
    good = seen(asked, SignerRole.INSURED, name)
    with pytest.raises(Refused) as refused:
        sign_as_client(SYSTEM, request_of(asked), Signature(name, consented, good.seen_hash))
    assert _codes(refused) == codes
    assert request_of(asked).signed_at is None


def test_nobody_signs_without_having_said_who_they_are(asked: Application) -> None:
    shown = seen(asked, SignerRole.INSURED, "Kari Hope")
    with pytest.raises(Refused) as refused:
        sign_as_client(SYSTEM, request_of(asked), shown)
    assert _codes(refused) == ["not_identified"]


def test_a_signer_without_a_birth_date_needs_the_code(
    agent_user: User, complete: Application
) -> None:
    owner = {
        "owner_is_insured": "no",
        "owner_kind": "business",
        "owner_relationship": "employer",
        "owner_name": "Oak Ltd",
        "owner_signer": "Ola Lie",
        "owner_tax_id": "74-1234567",
        "owner_email": "ola@example.com",
        "owner_address": COMPLETE["insured_address"],
    }
    held = answer(agent_user, complete, owner, complete.version, keep_unreadable=True).application
    assert birth_date_of(held, SignerRole.OWNER) is None
    ask_client_to_sign(agent_user, held)
    sign_for_client(held)
    request = request_of(held, SignerRole.OWNER)
    send_code_to_client(SYSTEM, request)
    assert [p.code for p in identify_client(SYSTEM, request, "", None)] == ["code_missing"]
    assert identify_client(SYSTEM, request, code_of(held), None) == []
    known = request_of(held, SignerRole.OWNER)
    assert (known.born_checked_at, known.code_checked_at is None) == (None, False)


def test_nobody_signs_other_papers_than_those_shown(agent_user: User, asked: Application) -> None:
    is_told_from_others(asked)
    shown = seen(asked, SignerRole.INSURED, "Kari Hope")
    answer(agent_user, asked, {"med_lungs": "yes", "med_lungs_details": "Asthma"}, asked.version)
    with pytest.raises(Refused) as refused:
        sign_as_client(SYSTEM, request_of(asked), shown)
    assert _codes(refused) == ["papers_changed"]


def test_the_same_answers_make_the_same_papers(asked: Application) -> None:
    first = papers_for(asked, SignerRole.INSURED, SYSTEM)
    again = papers_for(asked, SignerRole.INSURED, SYSTEM)
    assert [p.pk for p in first] == [p.pk for p in again]
    assert [p.form_key for p in first] == ["application", "hipaa"]


def test_declining_tells_the_agent_and_not_why_by_mail(
    agent_user: User, asked: Application
) -> None:
    request = decline_as_client(SYSTEM, request_of(asked), "My weight is wrong")
    assert request.decline_reason == "My weight is wrong"
    mail = Message.objects.filter(to=asked.agent.email).latest("created_at")
    assert "weight" not in mail.text
    ask_client_to_sign(agent_user, asked)
    assert sign_for_client(asked).signed_at is not None


def test_a_reason_is_needed_to_decline(asked: Application) -> None:
    with pytest.raises(Refused) as refused:
        decline_as_client(SYSTEM, request_of(asked), "  ")
    assert _codes(refused) == ["reason_missing"]


def test_another_owner_is_asked_after_the_insured(agent_user: User, complete: Application) -> None:
    owner = {
        "owner_is_insured": "no",
        "owner_kind": "person",
        "owner_relationship": "spouse",
        "owner_name": "Ola Hope",
        "owner_born": "1984-01-02",
        "owner_ssn": "078-05-1122",
        "owner_email": "ola@example.com",
        "owner_address": COMPLETE["insured_address"],
    }
    held = answer(agent_user, complete, owner, complete.version).application
    ask_client_to_sign(agent_user, held)
    sign_for_client(held)
    assert request_of(held, SignerRole.OWNER).email == "ola@example.com"
    with pytest.raises(Refused) as refused:
        sign_as_agent(agent_user, held, seen(held, SignerRole.AGENT, "Anna Berg"))
    assert _codes(refused) == ["not_your_turn"]
    sign_for_client(held, "Ola Hope", SignerRole.OWNER)
    sign_as_agent(agent_user, held, seen(held, SignerRole.AGENT, "Anna Berg"))
    assert not_in_good_order(held) == []


def test_only_the_agent_signs_as_the_agent(staff: User, asked: Application) -> None:
    sign_for_client(asked)
    with pytest.raises(Refused) as refused:
        sign_as_agent(staff, asked, seen(asked, SignerRole.AGENT, "Anna Berg"))
    assert _codes(refused) == ["agent_signs_alone"]


def test_papers_that_read_otherwise_for_another_reason_are_signed_anew(
    agent_user: User, signed: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    signed.product.name = "Fjord Term II"
    signed.product.save()
    with pytest.raises(Refused) as refused:
        submit(agent_user, signed)
    assert set(_codes(refused)) == {"signature_outdated"}
    ask_client_to_sign(agent_user, signed)
    sign_for_client(signed)
    sign_as_agent(agent_user, signed, seen(signed, SignerRole.AGENT, "Anna Berg"))
    assert submit(agent_user, signed).state == State.SUBMITTED


def test_what_people_type_is_never_code_to_the_typesetter(
    agent_user: User, started: Application
) -> None:
    evil = '#panic("x") $ \\ ] } "'
    answer(agent_user, started, {"insured_first_name": evil}, started.version)
    started.refresh_from_db()
    papers = papers_for(started, SignerRole.AGENT, SYSTEM)
    assert papers[0].document.pages >= 1


def test_withdrawing_ends_links_and_is_done_once(agent_user: User, asked: Application) -> None:
    withdraw(agent_user, asked)
    withdraw(agent_user, asked)
    assert Entry.objects.filter(verb="application.withdrawn").count() == 1
    with pytest.raises(Refused) as refused:
        sign_as_client(SYSTEM, SignatureRequest.objects.get(), Signature("Kari Hope", True, ""))
    assert _codes(refused) == ["link_voided"]


def test_the_agent_does_not_sign_after_a_signature_that_counts_no_more(
    agent_user: User, asked: Application
) -> None:
    sign_for_client(asked)
    asked.product.name = "Fjord Term II"
    asked.product.save()
    shown = seen(asked, SignerRole.AGENT, "Anna Berg")
    with pytest.raises(Refused) as refused:
        sign_as_agent(agent_user, asked, shown)
    assert _codes(refused) == ["signature_outdated"]
    ended = SignatureRequest.objects.about(asked.subject).get(role=SignerRole.INSURED)
    assert ended.void_reason == "answers_changed"
    with pytest.raises(Refused) as refused:
        sign_as_agent(agent_user, asked, shown)
    assert _codes(refused) == ["not_your_turn"]
    ask_client_to_sign(agent_user, asked)
    sign_for_client(asked)
    sign_as_agent(agent_user, asked, seen(asked, SignerRole.AGENT, "Anna Berg"))


def test_a_name_however_long_can_be_signed(agent_user: User, complete: Application) -> None:
    names = {"insured_first_name": "Kari" * 50, "insured_last_name": "Hope" * 50}
    held = answer(agent_user, complete, names, complete.version).application
    ask_client_to_sign(agent_user, held)
    known = request_of(held).name
    assert len(known) == 200
    answer(agent_user, held, {"insured_occupation": "baker"}, held.version)
    assert request_of(held).name == known
    assert sign_for_client(held, held.insured_name[:200]).signed_at is not None


def test_nobody_declines_what_is_closed(agent_user: User, asked: Application) -> None:
    Application.objects.filter(pk=asked.pk).update(state=State.WITHDRAWN)
    with pytest.raises(Refused) as refused:
        decline_as_client(SYSTEM, request_of(asked), "Too dear")
    assert _codes(refused) == ["application_withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_same_papers_at_once_get_the_same(complete: Application) -> None:
    made, found = Event(), []

    def hold() -> None:
        with transaction.atomic():
            found.append(papers_for(complete, SignerRole.INSURED, SYSTEM))
            made.set()
            until_somebody_waits()
        connection.close()

    other = Thread(target=hold)
    other.start()
    assert made.wait(20)
    with transaction.atomic():
        found.append(
            papers_for(Application.objects.get(pk=complete.pk), SignerRole.INSURED, SYSTEM)
        )
    other.join()
    assert [paper.pk for paper in found[0]] == [paper.pk for paper in found[1]]


def test_the_owner_signs_for_a_child_every_form_of_the_child(
    agent_user: User,
    make_quote: Callable[..., Quote],
    handed_over: list[ApplicationSubmitted],
) -> None:
    started = start_from_quote(agent_user, make_quote({**FACTS, "born": "2020-06-14"}), 0)
    answers = {**COMPLETE, **ANOTHER_OWNER, "owner_relationship": "parent"}
    held = answer(agent_user, started, answers, started.version, keep_unreadable=True).application
    unsigned = {(one.code, one.found) for one in not_in_good_order(held)}
    assert unsigned == {("signature_missing", "owner"), ("signature_missing", "agent")}
    ask_client_to_sign(agent_user, held)
    done = sign_for_client(held, "Ola Hope", SignerRole.OWNER)
    assert {paper.form_key for paper in done.papers.all()} == {"application", "hipaa"}
    sign_as_agent(agent_user, held, seen(held, SignerRole.AGENT, "Anna Berg"))
    assert submit(agent_user, held).state == State.SUBMITTED
    (hipaa,) = Paper.objects.about(held.subject).filter(form_key="hipaa", stamped__isnull=False)
    assert hipaa.stamped is not None
    assert "Ola Hope" in "".join(
        page.extract_text() for page in PdfReader(BytesIO(hipaa.stamped.read())).pages
    )
