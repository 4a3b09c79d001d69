"""Submitting: in good order, sealed with its evidence, once, and nothing after it."""

import hashlib
from datetime import date
from io import BytesIO
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.signing import (
    ask_client_to_sign,
    identify_client,
    sign_as_agent,
)
from megler.applications.actions.submitting import submit, withdraw
from megler.applications.models import Application, State
from megler.applications.rules.moments import ApplicationSubmitted
from megler.documents.models import Document
from megler.forms.actions.seal_checks import verify_seal
from megler.forms.actions.sealing import seal_key
from megler.forms.models import Paper, SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import consent_hash
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.vocabulary.problems import Refused
from tests.applications.conftest import request_of, seen, sign_for_client


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [p.code for p in refused.value.problems]


def test_an_unsigned_application_is_not_submitted(
    agent_user: User, complete: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    with pytest.raises(Refused) as refused:
        submit(agent_user, complete)
    assert set(_codes(refused)) == {"signature_missing"}
    assert [p.found for p in refused.value.problems].count("agent") == 2
    assert handed_over == []
    complete.refresh_from_db()
    assert complete.state == State.DRAFT


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_the_signed_packet_holds_what_was_signed_and_the_evidence(
    agent_user: User, signed: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    done = submit(agent_user, signed)
    assert done.packet is not None
    text = text_of(done.packet.read())
    assert "Evidence of signature" in text
    assert "192.0.2.7" in text
    assert "078051121" not in text.replace("-", "")
    for request in SignatureRequest.objects.about(signed.subject).valid():
        assert request.packet_hash in text.replace("\n", "")
        assert str(request.pk)[:8] in text
    assert (
        Entry.objects.filter(verb="application.submitted", subject_id=str(signed.pk)).count() == 1
    )


def test_the_evidence_is_what_the_journal_says(
    agent_user: User, asked: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    identify_client(SYSTEM, request_of(asked), "12", date(1985, 6, 14))
    sign_for_client(asked)
    saved = answer(agent_user, asked, {"insured_employer": "Oak Ltd"}, asked.version)
    ask_client_to_sign(agent_user, saved.application)
    sign_for_client(asked)
    sign_as_agent(agent_user, asked, seen(asked, SignerRole.AGENT, "Anna Berg"))
    done = submit(agent_user, asked)
    assert done.packet is not None
    text = text_of(done.packet.read())
    told = text.replace("\n", " ")
    entries = list(
        Entry.objects.filter(subject_id=str(asked.pk), verb__startswith="signature.").order_by("pk")
    )
    assert [entry.verb for entry in entries].count("signature.given") == 3
    assert {entry.verb for entry in entries} >= {"signature.voided", "signature.identified"}
    for entry in entries:
        row = told[told.index(f"{entry.pk} {entry.at:%Y-%m-%d %H:%M:%S} UTC") :]
        row = row[: row.index(" UTC", 30) if " UTC" in row[30:] else 400]
        assert str(entry.data["request"])[:8] in row
        assert not entry.address or entry.address in row
    lines = text.replace("\n", "")
    for paper in Paper.objects.about(asked.subject).exclude(stamped=None):
        assert paper.stamped is not None
        assert paper.document.sha256 == paper.sha256
        assert paper.sha256 in lines
        assert paper.stamped.sha256 in lines
        assert hashlib.sha256(paper.stamped.read()).hexdigest() == paper.stamped.sha256
    assert consent_hash() in lines


def test_the_packet_is_sealed_and_every_paper_carries_its_signatures(
    agent_user: User, signed: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    done = submit(agent_user, signed)
    assert done.packet is not None
    assert verify_seal(done.packet.read(), seal_key().certificates).problems == ()
    stamped = Paper.objects.about(signed.subject).get(form_key="application", stamped__isnull=False)
    assert stamped.stamped is not None
    shown, drawn = text_of(stamped.document.read()), text_of(stamped.stamped.read())
    ids = [str(one.pk)[:8] for one in SignatureRequest.objects.about(signed.subject).valid()]
    assert not any(one in shown for one in ids)
    assert all(one in drawn for one in ids)


def test_when_sealing_fails_nothing_is_submitted(
    agent_user: User, signed: Application, handed_over: list[ApplicationSubmitted], settings: Any
) -> None:
    settings.TSA = "http://127.0.0.1:9/"
    before = Document.objects.count()
    with pytest.raises(Refused) as refused:
        submit(agent_user, signed)
    assert _codes(refused) == ["seal_clock_silent"]
    signed.refresh_from_db()
    assert (signed.state, signed.packet, handed_over) == (State.SIGNING, None, [])
    assert Document.objects.count() == before
    settings.TSA = ""
    assert submit(agent_user, signed).state == State.SUBMITTED


def test_an_answer_changed_while_it_is_sealed_is_not_submitted(
    agent_user: User,
    signed: Application,
    handed_over: list[ApplicationSubmitted],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from megler.applications.actions import submitting

    make = vars(submitting)["make_packet"]

    def slowly(*given: Any) -> Any:
        made = make(*given)
        answer(agent_user, signed, {"report_known": "over_5"}, 99)
        return made

    monkeypatch.setattr(submitting, "make_packet", slowly)
    with pytest.raises(Refused) as refused:
        submit(agent_user, signed)
    assert "signature_missing" in _codes(refused)
    assert handed_over == []


def test_nothing_changes_after_submission(
    agent_user: User, signed: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    submit(agent_user, signed)
    for act in (
        lambda: answer(agent_user, signed, {"insured_first_name": "Ola"}, 99),
        lambda: ask_client_to_sign(agent_user, signed),
        lambda: withdraw(agent_user, signed),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert _codes(refused) == ["application_submitted"]


@pytest.mark.django_db(transaction=True)
def test_submitting_from_many_hands_at_once_makes_one_case(
    agent_user: User, signed: Application, handed_over: list[ApplicationSubmitted]
) -> None:
    answers: list[Any] = []

    def press() -> None:
        try:
            answers.append(submit(agent_user, signed).submitted_at)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1
    assert len(handed_over) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_submit_what_reads_otherwise_each_is_told_why(
    agent_user: User, signed: Application
) -> None:
    signed.product.name = "Fjord Term II"
    signed.product.save()
    told: list[set[str]] = []

    def press() -> None:
        try:
            submit(agent_user, signed)
        except Refused as refused:
            told.append({problem.code for problem in refused.problems})
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 3
    assert {"signature_outdated"} in told
    assert all(codes in ({"signature_outdated"}, {"signature_missing"}) for codes in told)


def test_what_was_withdrawn_meanwhile_stays_so(
    agent_user: User, signed: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    from megler.applications.actions import submitting

    signed.product.name = "Fjord Term II"
    signed.product.save()
    found = vars(submitting)["outdated"]

    def then_withdrawn(*given: Any) -> Any:
        gone = found(*given)
        withdraw(agent_user, signed)
        return gone

    monkeypatch.setattr(submitting, "outdated", then_withdrawn)
    with pytest.raises(Refused) as refused:
        submit(agent_user, signed)
    assert _codes(refused) == ["application_withdrawn"]
    signed.refresh_from_db()
    assert signed.state == State.WITHDRAWN
