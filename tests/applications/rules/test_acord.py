"""What a 103 of ours says to a carrier; the way back is in `acord/test_understanding.py`."""

from dataclasses import replace

import pytest

from megler.applications.rules.acord.places import SECRETS, fits
from megler.applications.rules.acord.telling import submission
from megler.applications.rules.acord.told import Signed
from megler.applications.rules.questionnaires import questionnaire
from megler.exchange.txlife.checking import Story, check
from megler.exchange.txlife.dialects import Around, Dialect, Slot, read_dialect
from megler.exchange.txlife.reading import read
from megler.exchange.txlife.records import Coded, Message
from megler.exchange.txlife.writing import write
from megler.forms.rules.questionnaire import Answer, AnswerType, Question, SignerRole
from tests.applications.complete import COMPLETE
from tests.applications.rules.acord.made import SENT, applied, file_of, some_answers
from tests.exchange.txlife.test_dialects import FJORD

LIFE = questionnaire("life")


def kept(**more: object) -> dict[str, Answer]:
    values = {
        **COMPLETE,
        "insured_ssn": "078051121",
        "insured_born": "1985-06-14",
        "insured_sex": "female",
        "nicotine": "never",
        "height_in": 65,
        "weight_lb": 140,
        **more,
    }
    return {key: Answer(value, "Kari Hope", "2026-03-02") for key, value in values.items()}


def story(message: Message) -> Story:
    found, problems = read(write(message))
    assert found is not None
    assert problems == []
    return Story(found.message.requests[0])


def test_it_holds_together_by_our_own_check() -> None:
    message = submission(applied(), LIFE, kept())
    found, problems = read(write(message))
    assert found is not None
    assert [*problems, *check(found, problems)] == []


def test_acords_places_are_filled() -> None:
    told = story(submission(applied(), LIFE, kept()))
    insured, policy, agent = told.insured, told.policy, told.agent
    assert insured is not None
    assert policy is not None
    assert agent is not None
    assert (insured.name, insured.government_id, insured.gender) == (
        "Kari Hope", "078051121", Coded("female"),
    )  # fmt: skip
    assert insured.smoker == Coded("never")
    assert insured.addresses[0].state == Coded("TX")
    assert (policy.tracking_id, policy.face_amount, policy.mode) == (
        "A-10001", "500000", Coded("monthly"),
    )  # fmt: skip
    assert policy.coverages[0].participants[0].underwriting_class == Coded("preferred")
    assert [(s.role.word, s.name, s.on, s.state.word) for s in policy.signatures] == [
        ("insured", "Kari Hope", "2026-03-02", "TX"), ("agent", "Anna Berg", "2026-03-02", "TX"),
    ]  # fmt: skip
    assert agent.npn == "1234567"
    (spouse,) = told.relations("primary_beneficiary")
    assert (spouse.share, spouse.description) == ("100", Coded("other", "spouse"))


@pytest.mark.parametrize("role", SignerRole)
def test_whoever_signs_has_a_number_of_acords(role: SignerRole) -> None:
    told = story(submission(applied(signatures=(Signed(role, "Kari Hope", SENT),)), LIFE, kept()))
    assert told.policy is not None
    assert [one.role for one in told.policy.signatures] == [Coded(role.value)]


def test_a_relationship_that_acord_numbers_keeps_its_number_and_its_word() -> None:
    wife = [{"name": "Ola", "relationship": "Wife", "class": "contingent", "share": "100"}]
    data = write(submission(applied(), LIFE, kept(beneficiaries=wife)))
    assert b'<RelationDescription tc="2">Wife</RelationDescription>' in data
    assert b'<RelationRoleCode tc="36">' in data


def test_an_owner_of_another_kind_is_a_party_of_its_own() -> None:
    owner = {
        "owner_is_insured": "no", "owner_kind": "trust", "owner_name": "Hope Trust",
        "owner_tax_id": "123456789", "owner_relationship": "Trust of the insured",
    }  # fmt: skip
    told = story(submission(applied(), LIFE, kept(**owner)))
    (party,) = told.parties("owner")
    assert (party.full_name, party.kind, party.government_id_kind) == (
        "Hope Trust", Coded("organisation"), Coded("tax_id"),
    )  # fmt: skip
    assert party.organisation_form == Coded("trust")


def test_policies_replaced_are_related_to_the_one_applied_for() -> None:
    cover = [
        {"company": "Nordlys", "amount": "100000", "year_issued": 2011, "replace": "yes"},
        {"company": "Fjell", "amount": "50000", "year_issued": 2015, "replace": "no"},
    ]
    told = story(submission(applied(), LIFE, kept(has_existing="yes", existing_cover=cover)))
    (relation,) = told.relations("replaced")
    (old,) = [h for h in told.request.holdings if h.id == relation.to_id]
    assert (old.carrier_name, old.face_amount, old.issued_on) == ("Nordlys", "100000", "2011-01-01")


def test_a_secret_number_stands_once() -> None:
    answers = kept(payment_method="bank_draft", bank_routing="021000021", bank_account="12345678")
    data = write(submission(applied(), LIFE, answers, whole=True))
    assert data.count(b"078051121") == data.count(b"12345678") == 1
    assert set(SECRETS) <= set(LIFE.by_key)


def test_answers_that_are_not_asked_any_more_stay_at_home() -> None:
    answers = kept(med_heart="no", med_heart_details="Skrangle, long ago")
    assert b"Skrangle" not in write(submission(applied(), LIFE, answers))
    assert b"Skrangle" in write(submission(applied(), LIFE, answers, whole=True))


def test_what_cannot_be_read_stays_at_home() -> None:
    answers = kept() | {"insured_birth_place": Answer(None, raw="??")}
    assert b"??" not in write(submission(applied(), LIFE, answers))
    assert b"??" in write(submission(applied(), LIFE, answers, whole=True))


def test_every_answer_stands_on_its_form_as_people_read_it() -> None:
    told = story(submission(applied(), LIFE, kept()))
    responses = {r.key: r for form in told.request.forms for r in form.responses}
    assert responses["insured_born"].text == "06/14/1985"
    assert responses["insured_born"].data == "1985-06-14"
    assert responses["med_heart"].code == Coded("no")
    assert responses["beneficiaries"].text == "Ola Hope · spouse · Primary · 100 %"
    assert "insured_ssn" not in responses
    assert {form.id for form in told.request.forms} == {"Form_application", "Form_agents_report"}


def test_a_partner_gets_its_identifiers_products_and_elements() -> None:
    dialect, _ = read_dialect(FJORD)
    assert dialect is not None
    product = replace(dialect, products={"term": "FT-20"})
    answers = kept(nicotine="past", nicotine_last_used="2020-01-31", nicotine_product="pipe")
    message = submission(applied(), LIFE, answers, product)
    data = write(message, product.numbers, namespace=product.namespace)
    for text in (
        b"<TXLife Version=", b"<UserLoginName>BGA0417", b'VendorCode="417">Berg Brokerage',
        b"<CarrierCode>86231", b"<ProductCode>FT-20", b'<PaymentMode tc="26">',
        b"<LastTobaccoUse>2020-01-31",
    ):  # fmt: skip
        assert text in data
    assert b"<FormResponse" not in data
    assert b'ExtensionCode="AppAnswers"' in data


def test_elements_of_a_partner_stand_with_whom_they_belong_to() -> None:
    slots = {
        "insured_occupation": Slot(Around.INSURED, "Job"),
        "owner_name": Slot(Around.OWNER, "Title"),
        "cover_purpose": Slot(Around.POLICY, "Aim"),
        "report_known": Slot(Around.REQUEST, "Known"),
    }
    owner = {"owner_is_insured": "no", "owner_name": "Per", "insured_occupation": "smith"}
    message = submission(applied(), LIFE, kept(**owner), Dialect(slots=slots))
    (request,) = message.requests
    found = {
        one.name: whose
        for whose, extensions in [
            *((p.id, p.extensions) for p in request.parties),
            *((h.id, h.extensions) for h in request.holdings),
            ("request", request.extensions),
        ]
        for one in extensions
    }
    assert found == {
        "Job": "Party_Insured", "Title": "Party_Owner", "Aim": "Holding_1", "Known": "request",
    }  # fmt: skip


def test_files_go_with_the_policy() -> None:
    told = story(submission(applied(files=(file_of(b"%PDF-1.4"),)), LIFE, {}))
    assert [one.content for one in told.attachments()] == [b"%PDF-1.4"]
    assert told.policy is not None
    assert told.policy.submitted_on == f"{SENT:%Y-%m-%d}"


def test_a_key_that_asks_for_something_else_stands_on_its_form_alone() -> None:
    odd = Question("insured_born", AnswerType.TEXT, "When?", "When")
    assert not fits(odd)
    assert fits(Question("insured_born", AnswerType.DATE, "When?", "When"))
    assert fits(Question("owner_name", AnswerType.TEXT, "Who?", "Who"))
    assert not fits(Question("owner_name", AnswerType.LIST, "Who?", "Who"))


def test_any_answers_make_a_message_that_holds_together() -> None:
    for seed in range(5):
        message = submission(applied(), LIFE, some_answers(LIFE, seed), whole=True)
        found, problems = read(write(message))
        assert found is not None
        wrong = {p.code for p in [*problems, *check(found, problems)]}
        assert wrong <= {"txlife_shares", "txlife_missing"}
