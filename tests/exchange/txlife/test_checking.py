"""Whether a message holds together."""

import pytest

from megler.exchange.txlife.checking import Story, check
from megler.exchange.txlife.reading import read
from megler.vocabulary.problems import Problem, Severity, errors
from tests.exchange.txlife.samples import attached, new_business, prefixed, status


def wrong(data: bytes) -> list[Problem]:
    found, problems = read(data)
    assert found is not None
    return check(found, problems)


def story(data: bytes) -> Story:
    found, _ = read(data)
    assert found is not None
    return Story(found.message.requests[0])


def relation(id_: str, to: str, role: int, share: str = "") -> str:
    percent = f"<InterestPercent>{share}</InterestPercent>" if share else ""
    return (
        f'<Relation id="{id_}" OriginatingObjectID="H1" RelatedObjectID="{to}">'
        f'<RelationRoleCode tc="{role}"/>{percent}</Relation>'
    )


def test_a_whole_submission_holds_together() -> None:
    assert wrong(new_business(more=attached())) == []


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (new_business().replace(b'<TransType tc="103">New Business Submission</TransType>', b""),
         "txlife_missing", "TXLife/TXLifeRequest/TransType"),
        (new_business(relations=relation("X", "nobody", 31)), "txlife_nowhere",
         "TXLife/TXLifeRequest/OLifE/Relation[5]/@RelatedObjectID"),
        (new_business(relations=relation("X", "P3", 34, "20")), "txlife_shares",
         "TXLife/TXLifeRequest/OLifE/Relation primary_beneficiary"),
        (new_business(parties='<Party id="P1"/>'), "txlife_id_twice",
         "TXLife/TXLifeRequest/OLifE/Party[5] line 41"),
        (new_business().replace(b"<CarrierCode>fjord-life</CarrierCode>", b"")
         .replace(b'CarrierPartyID="P9"', b""), "txlife_missing",
         "TXLife/TXLifeRequest/OLifE/Holding/Policy/CarrierCode"),
        (new_business().replace(b"<ProductCode>term</ProductCode>", b""), "txlife_missing",
         "TXLife/TXLifeRequest/OLifE/Holding/Policy/ProductCode"),
        (new_business().replace(b"<FaceAmt>500000</FaceAmt>", b""), "txlife_missing",
         "TXLife/TXLifeRequest/OLifE/Holding/Policy/Life/FaceAmt"),
        (new_business().replace(b'tc="32"', b'tc="31"'), "txlife_missing",
         "TXLife/TXLifeRequest/OLifE/Relation"),
        (b"<TXLife/>", "txlife_missing", "TXLife"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told_with_its_place(data: bytes, code: str, where: str) -> None:
    (problem,) = errors(wrong(data))
    assert (problem.code, problem.where) == (code, where)


def test_a_code_of_letters_is_told_once() -> None:
    data = new_business().replace(b'<TransType tc="103">', b'<TransType tc="NB">')
    found, problems = read(data)
    assert found is not None
    assert [p.code for p in [*problems, *check(found, problems)]] == ["txlife_code"]


def test_what_nobody_points_to_may_stand_twice_with_a_warning() -> None:
    twice = '<Attachment id="same"/><Attachment id="same"/>'
    (problem,) = wrong(new_business(more=twice))
    assert (problem.code, problem.severity) == ("txlife_id_twice", Severity.WARNING)


def test_a_file_that_is_not_what_its_digest_says_is_told() -> None:
    data = new_business(more=attached(extra="<OLifEExtension><Sha256>00</Sha256></OLifEExtension>"))
    (problem,) = wrong(data)
    assert (problem.code, problem.expected) == ("txlife_file_changed", "00")


def test_a_file_that_is_not_in_base64_is_told() -> None:
    told = "<TransferEncodingTypeString>uuencode</TransferEncodingTypeString>"
    (problem,) = wrong(new_business(more=attached(extra=told)))
    assert (problem.code, problem.found) == ("txlife_base64", "uuencode")


def test_other_transactions_need_less() -> None:
    assert wrong(status()) == []
    assert wrong(b"<TXLife><TXLifeResponse><TransRefGUID>x</TransRefGUID>"
                 b"<TransType tc='103'/></TXLifeResponse></TXLife>") == []  # fmt: skip


def test_who_is_who_is_found() -> None:
    told = story(new_business())
    assert told.insured is not None
    assert told.insured.id == "P1"
    assert told.agent is not None
    assert told.agent.npn == "1234567"
    assert told.carrier is not None
    assert told.carrier.full_name == "Fjord Life"
    assert (told.carrier_code, told.face_amount) == ("fjord-life", "500000")
    assert [p.id for p in told.parties("primary_beneficiary")] == ["P2"]


def test_the_insured_and_the_amount_are_found_in_the_coverage_too() -> None:
    told = story(prefixed())
    assert told.insured is not None
    assert told.insured.last_name == "Nordmann"
    assert told.face_amount == "250000"
    assert told.agent is None
    assert told.carrier is None
