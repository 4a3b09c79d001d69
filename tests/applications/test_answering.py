"""Saving answers: all of it or nothing, and nobody's typing is lost."""

import pytest
from django.db import connection

from megler.accounts.models import User
from megler.applications.actions.answering import Said, answer
from megler.applications.actions.signing import ask_client_to_sign
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application, State
from megler.applications.rules.merging import ListShown, item_mark
from megler.applications.rules.origins import Origin
from megler.forms.actions.signatures import applicant
from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.journal.models import Entry
from megler.post.models import Message
from megler.quoting.models import Quote
from megler.vocabulary.problems import Refused
from tests.applications.complete import ANOTHER_OWNER, COMPLETE
from tests.applications.conftest import request_of, sign_for_client


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in refused.value.problems]


def test_what_the_quote_knows_is_filled_in_and_marked(started: Application) -> None:
    born = started.given["insured_born"]
    assert (born.value, born.origin) == ("1985-06-14", "quote")
    assert started.given["cover_premium"].value == "37.71"
    assert started.reference.startswith("A-")
    assert started.is_open


def test_only_a_visible_quotes_offer_can_be_applied_for(
    agent_user: User, stranger: User, quote: Quote
) -> None:
    with pytest.raises(Refused) as refused:
        start_from_quote(stranger, quote, 0)
    assert _codes(refused) == [("not_allowed", "quote")]
    with pytest.raises(Refused) as refused:
        start_from_quote(agent_user, quote, 7)
    assert _codes(refused) == [("offer_missing", "offer")]
    assert not Application.objects.exists()


def test_a_carrier_without_forms_of_its_own_takes_the_general_ones_of_the_line(
    agent_user: User, quote: Quote
) -> None:
    quote.answer["offers"][0]["line"] = "annuity"
    quote.save()
    assert start_from_quote(agent_user, quote, 0).questionnaire_key == "annuity"


def test_a_quote_without_an_agent_asks_for_one(staff: User, agent: object, quote: Quote) -> None:
    quote.agent = None
    quote.save()
    with pytest.raises(Refused) as refused:
        start_from_quote(staff, quote, 0)
    assert _codes(refused) == [("agent_missing", "agent")]
    assert start_from_quote(staff, quote, 0, agent=agent).agent == agent  # type: ignore[arg-type]


def test_every_bad_answer_is_told_and_none_is_saved(agent_user: User, started: Application) -> None:
    raws = {
        "insured_first_name": "Kari",
        "insured_ssn": "666-00-1234",
        "insured_shoe": "42",
        "cover_face_amount": "1000000",
    }
    with pytest.raises(Refused) as refused:
        answer(agent_user, started, raws, started.version)
    assert _codes(refused) == [
        ("not_an_ssn", "insured_ssn"),
        ("question_unknown", "insured_shoe"),
        ("answer_locked", "cover_face_amount"),
    ]
    started.refresh_from_db()
    assert "insured_first_name" not in started.answers


def test_what_cannot_be_read_can_be_kept_as_typed(agent_user: User, started: Application) -> None:
    saved = answer(
        agent_user, started, {"insured_ssn": "666-00"}, started.version, keep_unreadable=True
    )
    assert [p.code for p in saved.problems] == ["not_an_ssn"]
    kept = saved.application.given["insured_ssn"]
    assert (kept.value, kept.raw) == (None, "666-00")


def test_saving_the_same_again_changes_nothing(agent_user: User, started: Application) -> None:
    first = answer(agent_user, started, {"insured_first_name": "Kari"}, started.version)
    again = answer(agent_user, started, {"insured_first_name": " Kari "}, started.version)
    assert first.changed == {"insured_first_name"}
    assert again.changed == frozenset()
    assert again.application.version == first.application.version


def test_somebody_elses_newer_answer_is_not_overwritten(
    agent_user: User, staff: User, started: Application
) -> None:
    seen = started.version
    answer(staff, started, {"insured_first_name": "Karen"}, seen)
    with pytest.raises(Refused) as refused:
        answer(
            agent_user, started, {"insured_first_name": "Kari", "insured_last_name": "Hope"}, seen
        )
    problem = refused.value.problems[0]
    assert (problem.code, problem.found, problem.expected) == ("changed_meanwhile", "Karen", "Kari")
    started.refresh_from_db()
    assert "insured_last_name" not in started.answers


def test_two_people_may_answer_different_questions_at_once(
    agent_user: User, staff: User, started: Application
) -> None:
    seen = started.version
    answer(staff, started, {"insured_first_name": "Kari"}, seen)
    answer(agent_user, started, {"insured_last_name": "Hope"}, seen)
    started.refresh_from_db()
    assert started.insured_name == "Kari Hope"


def test_a_stranger_cannot_answer(stranger: User, started: Application) -> None:
    with pytest.raises(Refused) as refused:
        answer(stranger, started, {"insured_first_name": "Kari"}, started.version)
    assert _codes(refused) == [("not_allowed", "application")]


def test_an_empty_field_does_not_erase_a_secret_number(
    agent_user: User, complete: Application
) -> None:
    saved = answer(agent_user, complete, {"insured_ssn": ""}, complete.version)
    assert saved.application.given["insured_ssn"].value == "078051121"


def test_changing_an_answer_voids_exactly_the_signatures_on_its_form(
    agent_user: User, signed: Application
) -> None:
    report = answer(agent_user, signed, {"report_known": "over_5"}, signed.version)
    assert [one.role for one in report.voided] == [SignerRole.AGENT]
    assert request_of(signed, SignerRole.INSURED).signed_at is not None

    medical = answer(agent_user, signed, {"med_lungs": "yes"}, report.application.version)
    assert [one.role for one in medical.voided] == [SignerRole.INSURED]
    assert medical.application.state == State.DRAFT
    assert not SignatureRequest.objects.about(signed.subject).valid().exists()


def test_a_name_on_every_paper_voids_every_signature_and_tells_the_signer(
    agent_user: User, signed: Application
) -> None:
    saved = answer(agent_user, signed, {"insured_middle_name": "Nora"}, signed.version)
    assert {one.role for one in saved.voided} == {SignerRole.INSURED, SignerRole.AGENT}
    assert {tuple(one.changed) for one in saved.voided} == {("insured_middle_name",)}
    told = Message.objects.get(to="kari@example.com", subject__contains="given again")
    assert "Changed: Proposed insured" in told.text
    assert "Nora" not in told.text


def test_a_number_of_which_only_the_end_is_shown_voids_too(
    agent_user: User, signed: Application
) -> None:
    saved = answer(agent_user, signed, {"insured_ssn": "111-05-1121"}, signed.version)
    assert {one.role for one in saved.voided} == {SignerRole.INSURED, SignerRole.AGENT}


def test_a_link_to_an_address_that_was_wrong_ends(agent_user: User, asked: Application) -> None:
    answer(agent_user, asked, {"insured_email": "kari.hope@example.com"}, asked.version)
    assert SignatureRequest.objects.get().void_reason == "signer_changed"


def test_an_unchanged_answer_voids_nothing(agent_user: User, signed: Application) -> None:
    saved = answer(
        agent_user, signed, {"med_lungs": "no", "insured_last_name": "Hope"}, signed.version
    )
    assert saved.voided == ()


def test_a_link_that_is_not_used_survives_a_change(agent_user: User, asked: Application) -> None:
    answer(agent_user, asked, {"med_lungs": "yes", "med_lungs_details": "Asthma"}, asked.version)
    assert sign_for_client(asked).signed_at is not None


def test_answers_are_not_in_the_database_or_the_journal_in_plain(complete: Application) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM applications_application WHERE id = %s", [complete.pk])
        stored = bytes(cursor.fetchone()[0])
    assert b"078051121" not in stored
    assert b"Hope" not in stored
    entries = Entry.objects.filter(subject_id=str(complete.pk))
    assert not any("078051121" in str(entry.data) for entry in entries)
    assert entries.filter(verb="application.answered").exists()


def _heirs(*names: str) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def _marks(application: Application, *names: str) -> tuple[str, ...]:
    question = application.questionnaire.by_key["beneficiaries"]
    return tuple(item_mark(question, one) for one in _heirs(*names))


def test_two_people_add_to_the_same_list_and_both_stand(
    agent_user: User, staff: User, started: Application
) -> None:
    answer(staff, started, {"beneficiaries": _heirs("Ola")}, started.version)
    page = ListShown((), ("",))
    saved = answer(
        agent_user, started, {"beneficiaries": _heirs("Per")}, {"beneficiaries": 0},
        lists={"beneficiaries": page},
    )  # fmt: skip
    assert saved.application.given["beneficiaries"].value == _heirs("Ola", "Per")
    assert saved.merged == {"beneficiaries"}


def test_two_people_change_the_same_item_and_are_told(
    agent_user: User, staff: User, started: Application
) -> None:
    first = answer(staff, started, {"beneficiaries": _heirs("Ola")}, started.version).application
    marks = _marks(first, "Ola")
    answer(staff, started, {"beneficiaries": _heirs("Olav")}, first.version)
    with pytest.raises(Refused) as refused:
        answer(
            agent_user, started, {"beneficiaries": _heirs("Ole")}, {"beneficiaries": first.version},
            lists={"beneficiaries": ListShown(marks, marks)},
        )  # fmt: skip
    assert _codes(refused) == [("changed_meanwhile", "beneficiaries")]


def test_an_answer_knows_where_it_came_from(
    agent_user: User, staff: User, started: Application
) -> None:
    answer(staff, started, {"insured_first_name": "Kari"}, started.version)
    said = Said(Origin.TELEPHONE, "Kari Hope")
    answer(staff, started, {"insured_last_name": "Hope"}, started.version, said=said)
    answer(agent_user, started, {"cover_purpose": "income"}, started.version)
    started.refresh_from_db()
    given = started.given
    assert given["insured_first_name"].origin == "staff"
    assert (given["insured_last_name"].origin, given["insured_last_name"].whom) == (
        "telephone",
        "Kari Hope",
    )
    assert given["insured_last_name"].by == "Cara Holm"
    assert given["cover_purpose"].origin == "agent"


def test_a_signer_does_not_change_what_another_signer_answered(
    agent_user: User, complete: Application
) -> None:
    held = answer(agent_user, complete, ANOTHER_OWNER, complete.version).application
    ask_client_to_sign(agent_user, held)
    sign_for_client(held)
    owner = applicant(request_of(held, SignerRole.OWNER))
    held.refresh_from_db()
    with pytest.raises(Refused) as refused:
        answer(owner, held, {"insured_phone": "512-555-0199"}, held.version)
    assert [(p.code, p.where) for p in refused.value.problems] == [
        ("answer_of_another", "insured_phone")
    ]
    address = {**COMPLETE["insured_address"], "unit": "2"}
    assert answer(owner, held, {"owner_address": address}, held.version).changed
    assert not SignatureRequest.objects.about(held.subject).valid().exists()
