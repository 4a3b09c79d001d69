"""What a TXLife 1125 or 1203 says, as records; codes that nobody knows are told, not dropped."""

from datetime import date

from megler.feeds.rules.acord import read_txlife
from megler.feeds.rules.words import Meaning, RequirementMeaning
from megler.vocabulary.codes import RequirementKind


def message(status: str, transaction: int = 1125, requirements: str = "") -> bytes:
    return f"""<?xml version="1.0"?>
<TXLife xmlns="http://ACORD.org/Standards/Life/2"><TXLifeResponse>
<TransRefGUID>g-1</TransRefGUID><TransType tc="{transaction}">Status</TransType>
<TransExeDate>2026-03-03</TransExeDate><OLifE>
<Holding id="H1"><HoldingTypeCode tc="2">Policy</HoldingTypeCode><Policy>
<PolNumber>NL-100</PolNumber><PlanName>Level Term</PlanName>{status}
<PaymentMode tc="4">Monthly</PaymentMode><PaymentAmt>43.75</PaymentAmt>
<Life><FaceAmt>500000</FaceAmt><Coverage id="C1"><IndicatorCode tc="1">Base</IndicatorCode>
<LifeParticipant PartyID="P1"><LifeParticipantRoleCode tc="1">Insured</LifeParticipantRoleCode>
<UnderwritingClass tc="2">Preferred</UnderwritingClass></LifeParticipant></Coverage></Life>
<ApplicationInfo><TrackingID>A-10001</TrackingID>
<HOAssignedAppNumber>HO-7</HOAssignedAppNumber></ApplicationInfo>{requirements}
</Policy></Holding>
<Party id="P1"><PartyTypeCode tc="1">Person</PartyTypeCode><Person><FirstName>Kari</FirstName>
<LastName>Hope</LastName><BirthDate>1979-02-11</BirthDate></Person></Party>
<Relation id="R1" OriginatingObjectID="H1" RelatedObjectID="P1">
<RelationRoleCode tc="32">Insured</RelationRoleCode></Relation>
</OLifE></TXLifeResponse></TXLife>""".encode()


APS = """<RequirementInfo id="Q1"><ReqCode tc="11">APS</ReqCode><ReqStatus tc="7">Received
</ReqStatus></RequirementInfo><RequirementInfo id="Q2"><ReqCode tc="999">Blue form</ReqCode>
<ReqStatus tc="98">Lost</ReqStatus></RequirementInfo>"""


def test_a_status_message_names_case_status_terms_and_requirements() -> None:
    records, problems, day = read_txlife(
        message('<PolicyStatus tc="24">Approved</PolicyStatus>', requirements=APS), {}
    )
    (one,) = records
    assert (one.keys.policy, one.keys.application, one.keys.ours) == ("NL100", "HO7", "A10001")
    assert (one.keys.name, one.keys.born) == ("kari hope", date(1979, 2, 11))
    assert (one.meaning, one.offer["face_amount_approved"]) == (Meaning.APPROVED, "500000.00")
    assert (one.requirements[0].kind, one.requirements[0].meaning) == (
        RequirementKind.APS,
        RequirementMeaning.RECEIVED,
    )
    assert day == date(2026, 3, 3)
    told = {(p.code, p.found) for p in problems}
    assert {
        ("feed_requirement_unknown", "999 Blue form"),
        ("feed_state_unknown", "98 Lost"),
    } <= told


def test_a_holding_transmittal_is_read_alike_and_own_words_are_known() -> None:
    words = {"statuses": {"900": "issued"}}
    records, _problems, _day = read_txlife(
        message('<PolicyStatus tc="900">Shipped</PolicyStatus>', 1203), words
    )
    assert records[0].meaning is Meaning.ISSUED


def test_an_unknown_status_is_told_with_its_number() -> None:
    records, problems, _day = read_txlife(message('<PolicyStatus tc="901">Zork</PolicyStatus>'), {})
    assert records[0].status == "Zork"
    assert ("feed_status_unknown", "901 Zork") in {(p.code, p.found) for p in problems}


def test_a_message_that_was_cut_or_is_another_gives_no_record() -> None:
    whole = message("")
    assert read_txlife(whole[: len(whole) // 2], {})[0] == []
    records, problems, _day = read_txlife(message("", 103), {})
    assert records == []
    assert "feed_transaction" in {p.code for p in problems}
