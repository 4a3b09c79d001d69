"""103 out, then in again: no field lost. And what others write is understood or told."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from megler.applications.rules.acord.gathering import Told
from megler.applications.rules.acord.report import report_on, submission_in
from megler.applications.rules.acord.telling import submission
from megler.applications.rules.acord.understanding import Understood, offer_told, understand
from megler.applications.rules.questionnaires import questionnaire
from megler.exchange.txlife.checking import Story, check
from megler.exchange.txlife.dialects import ACORD, Dialect, read_dialect
from megler.exchange.txlife.reading import Read, read
from megler.exchange.txlife.writing import write
from megler.forms.rules.questionnaire import Answer, Questionnaire
from megler.vocabulary.problems import errors
from tests.applications.rules.acord.made import (
    answers_to,
    applied,
    file_of,
    questionnaires,
    some_answers,
)
from tests.exchange.txlife.samples import new_business, prefixed
from tests.exchange.txlife.test_dialects import FJORD
from tests.exchange.txlife.test_mutations import doubled, flipped, renamed, requoted

WITHOUT_A_LIMIT = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def there_and_back(
    asked: Questionnaire, answers: dict[str, Answer], dialect: Dialect = ACORD, **told: object
) -> tuple[Read, Story, Understood]:
    message = submission(applied(**told), asked, answers, dialect, whole=True)
    data = write(message, dialect.numbers, namespace=dialect.namespace)
    found, problems = read(data, dialect.words)
    assert found is not None
    assert errors(problems) == []
    story = Story(found.message.requests[0])
    return found, story, understand(found, story, asked, dialect)


def lost(answers: dict[str, Answer], back: Understood) -> dict[str, object]:
    """The answers that did not come back as they were, with what came instead."""
    kept = {key: (one.value, one.raw, one.by, one.at) for key, one in answers.items()}
    came = {key: (one.value, one.raw, one.by, one.at) for key, one in back.answers.items()}
    return {key: came.get(key) for key in kept if came.get(key) != kept[key]}


@given(st.data())
@WITHOUT_A_LIMIT
def test_any_answers_to_any_questionnaire_come_back(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    answers = data.draw(answers_to(asked))
    _, _, back = there_and_back(asked, answers)
    assert lost(answers, back) == {}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("key", ["life", "health", "group_life"])
def test_all_answers_to_our_own_questionnaires_come_back(key: str, seed: int) -> None:
    asked = questionnaire(key)
    answers = some_answers(asked, seed)
    assert len(answers) > len(asked.by_key) / 2
    _, _, back = there_and_back(asked, answers)
    assert lost(answers, back) == {}
    signed = ("/SignatureInfo", "/SignedDate")
    assert [one for one in back.left if not any(word in one.path for word in signed)] == []


def test_they_come_back_in_a_partners_dialect_too() -> None:
    dialect, _ = read_dialect(FJORD)
    assert dialect is not None
    asked = questionnaire("life")
    answers = some_answers(asked, 7)
    _, story, back = there_and_back(asked, answers, dialect)
    assert lost(answers, back) == {}
    assert story.carrier_code == "86231"


@given(st.binary(min_size=1, max_size=3000))
@settings(deadline=None, max_examples=20)
def test_files_come_back_byte_for_byte(content: bytes) -> None:
    found, story, _ = there_and_back(questionnaire("life"), {}, files=(file_of(content),))
    (one,) = story.attachments()
    assert (one.content, one.name) == (content, "packet.pdf")
    assert [p for p in check(found) if p.code == "txlife_file_changed"] == []


def test_the_offer_comes_back() -> None:
    _, story, _ = there_and_back(questionnaire("life"), {})
    assert offer_told(story) == applied().offer


def test_another_systems_103_fills_the_questions_it_answers() -> None:
    found, problems = read(new_business())
    assert found is not None
    assert problems == []
    story = Story(found.message.requests[0])
    back = understand(found, story, questionnaire("life"))
    told = {key: one.value for key, one in back.answers.items()}
    assert told == {
        "insured_first_name": "Kari",
        "insured_last_name": "Håkonsen O'Brien",
        "insured_born": "1985-06-14",
        "insured_sex": "female",
        "insured_ssn": "078051121",
        "insured_email": "kari@example.com",
        "insured_phone": "5125550142",
        "insured_address": {"street": "1 Oak St", "city": "Addison", "state": "TX", "zip": "75001"},
        "owner_is_insured": "yes",
        "cover_face_amount": "500000",
        "cover_premium": "37.71",
        "cover_mode": "monthly",
        "beneficiaries": [
            {"name": "Ola Håkonsen", "relationship": "Husband", "class": "primary", "share": "100"}
        ],
    }
    assert (back.left, back.problems) == ((), ())
    assert offer_told(story) is None


def understood(data: bytes, key: str = "life") -> Understood:
    found, _ = read(data)
    assert found is not None
    return understand(found, Story(found.message.requests[0]), questionnaire(key))


def test_what_no_question_takes_is_left_with_its_path() -> None:
    back = understood(
        new_business(
            policy="<CusipNum>12345</CusipNum><UnderwritingWish>fast</UnderwritingWish>",
            parties='<Party id="P5"><FullName>Per</FullName><GovtID>078051121</GovtID></Party>',
        )
    )
    assert {
        one.path.removeprefix("TXLife/TXLifeRequest/OLifE/"): one.text for one in back.left
    } == {
        "Holding[1]/Policy/UnderwritingWish": "fast",
        "Holding[1]/Policy/CusipNum": "12345",
        "Party[5]/FullName": "Per",
        "Party[5]/GovtID": "•••1121",
    }


def test_an_answer_on_a_form_is_found_by_its_key_or_by_its_words() -> None:
    form = """<FormInstance id="F"><FormName>App</FormName>
     <FormResponse><QuestionNumber>insured_occupation</QuestionNumber>
      <ResponseText>Electrician</ResponseText></FormResponse>
     <FormResponse><QuestionNumber>17b</QuestionNumber>
      <QuestionText>Bankruptcy in the  past 5 years?</QuestionText>
      <ResponseCode tc="0">No</ResponseCode></FormResponse>
     <FormResponse><QuestionNumber>18</QuestionNumber><QuestionText>Likes cats?</QuestionText>
      <ResponseText>Very much</ResponseText></FormResponse></FormInstance>"""
    back = understood(new_business(more=form))
    assert back.answers["insured_occupation"].value == "Electrician"
    assert back.answers["bankruptcy"].value == "no"
    assert [one.text for one in back.left] == ["App", "18", "Likes cats?", "Very much"]


def test_a_form_that_disagrees_with_the_policy_is_told_and_the_form_counts() -> None:
    form = """<FormInstance id="F"><FormResponse><QuestionNumber>insured_first_name</QuestionNumber>
      <ResponseText>Karin</ResponseText></FormResponse></FormInstance>"""
    back = understood(new_business(more=form))
    assert back.answers["insured_first_name"] == Told("Karin")
    (problem,) = back.problems
    assert (problem.code, problem.found, problem.expected) == ("txlife_disagrees", "Karin", "Kari")


def test_what_cannot_be_read_is_told_and_left_to_be_asked() -> None:
    data = new_business().replace(b"<GovtID>078051121<", b"<GovtID>000-00-0000<")
    data = data.replace(b"<Zip>75001<", b"<Zip>7500<")
    back = understood(data)
    assert "insured_ssn" not in back.answers
    assert back.answers["insured_address"].value == {
        "street": "1 Oak St", "city": "Addison", "state": "TX",
    }  # fmt: skip
    assert {(p.code, p.where) for p in back.problems} == {
        ("not_an_ssn", "insured_ssn"), ("not_a_zip", "insured_address.zip"),
    }  # fmt: skip
    assert "000" not in repr([p for p in back.problems if p.code == "not_an_ssn"])


def test_an_owner_a_doctor_a_payor_and_policies_in_force_are_understood() -> None:
    parties = """<Party id="O"><PartyTypeCode tc="2"/><FullName>Hope Family Trust</FullName>
      <GovtID>123456789</GovtID><GovtIDTC tc="2"/><Organization><OrgForm tc="16"/></Organization></Party>
     <Party id="D"><FullName>Dr. Lund</FullName><Phone><AreaCode>512</AreaCode><DialNumber>5550177</DialNumber>
      </Phone><Address><City>Dallas</City><AddressStateTC tc="51"/></Address></Party>
     <Party id="Y"><FullName>Per Hope</FullName></Party>"""
    relations = "".join(
        f'<Relation id="N{i}" OriginatingObjectID="{a}" RelatedObjectID="{b}">'
        f'<RelationRoleCode tc="{role}"/></Relation>'
        for i, (a, b, role) in enumerate(
            [("H1", "O", 8), ("P1", "D", 41), ("H1", "Y", 31), ("H1", "H2", 63)]
        )
    )
    more = """<Holding id="H2"><HoldingTypeCode tc="2"/><Policy><PolNumber>N-7</PolNumber>
      <CarrierName>Nordlys</CarrierName><IssueDate>2011-05-01</IssueDate>
      <Life><FaceAmt>100000</FaceAmt></Life></Policy></Holding>
     <Holding id="B"><HoldingTypeCode tc="7"/><Banking><RoutingNum>021000021</RoutingNum>
      <AccountNumber>12345678</AccountNumber></Banking></Holding>"""
    data = new_business(parties=parties, relations=relations, more=more)
    data = data.replace(b'<Relation id="R2" OriginatingObjectID="H1" RelatedObjectID="P1">\n'
                        b'    <RelationRoleCode tc="8">Owner</RelationRoleCode></Relation>', b"")  # fmt: skip
    told = {key: one.value for key, one in understood(data).answers.items()}
    assert {key: told.get(key) for key in (
        "owner_is_insured", "owner_name", "owner_kind", "owner_tax_id", "physician_name",
        "physician_phone", "physician_place", "payment_payor", "payment_payor_name",
        "existing_cover", "has_existing", "bank_routing", "bank_account",
    )} == {
        "owner_is_insured": "no",
        "owner_name": "Hope Family Trust",
        "owner_kind": "trust",
        "owner_tax_id": "123456789",
        "physician_name": "Dr. Lund",
        "physician_phone": "5125550177",
        "physician_place": "Dallas, TX",
        "payment_payor": "other",
        "payment_payor_name": "Per Hope",
        "existing_cover": [{"company": "Nordlys", "policy_number": "N-7", "amount": "100000",
                            "year_issued": 2011, "replace": "yes"}],
        "has_existing": "yes",
        "bank_routing": "021000021",
        "bank_account": "12345678",
    }  # fmt: skip


def test_a_prefixed_message_with_its_own_extension_is_understood_as_far_as_it_goes() -> None:
    back = understood(prefixed())
    assert back.answers["insured_last_name"].value == "Nordmann"
    assert back.answers["cover_face_amount"].value == "250000"
    assert {one.text for one in back.left} == {"Express tc=12", "7"}


def test_a_name_in_one_piece_is_split_only_where_it_can_be() -> None:
    two = new_business().replace(
        "<FirstName>Kari</FirstName><LastName>Håkonsen O'Brien</LastName>".encode(), b""
    )
    named = two.replace(b'<Party id="P1">', b'<Party id="P1"><FullName>Kari Hope</FullName>')
    assert understood(named).answers["insured_last_name"].value == "Hope"
    three = named.replace(b"Kari Hope", b"Kari van Hope")
    back = understood(three)
    assert "insured_last_name" not in back.answers
    assert "Kari van Hope" in {one.text for one in back.left}


def test_a_code_is_said_as_the_question_offers_it_or_left() -> None:
    data = new_business(
        policy='<PaymentMethod tc="26">PAC</PaymentMethod>',
    ).replace(b'<HoldingTypeCode tc="2">', b'<Purpose tc="22"/><HoldingTypeCode tc="2">', 1)
    back = understood(data.replace(b"<Zip>75001<", b"<Zip>750010001<"))
    assert back.answers["payment_method"].value == "bank_draft"
    assert back.answers["cover_purpose"].value == "income"
    assert back.answers["insured_address"].value["zip"] == "75001-0001"
    payroll = understood(new_business(policy='<PaymentMethod tc="6">Payroll</PaymentMethod>'))
    assert "payment_method" not in payroll.answers
    assert [(one.name, one.text) for one in payroll.left] == [("PaymentMethod", "payroll")]
    assert payroll.problems == ()


@pytest.mark.parametrize("way", [flipped, doubled, renamed, requoted])
def test_a_damaged_message_is_reported_and_understood_as_far_as_it_goes(
    way: Callable[[bytes, Random], bytes],
) -> None:
    chance, asked = Random(way.__name__), questionnaire("life")
    ours = write(submission(applied(), asked, some_answers(asked, 1), whole=True))
    taken = 0
    for i in range(60):
        report = report_on(way((new_business(), prefixed(), ours)[i % 3], chance))
        assert report.lines or report.problems
        story, _ = submission_in(report)
        if story is not None and report.found is not None:
            understood_now = understand(report.found, story, asked)
            assert set(understood_now.answers) <= set(asked.by_key)
            offer_told(story)
            taken += 1
    assert taken > 0
