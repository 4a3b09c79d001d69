"""What is read of a message, what is kept, and what is wrong with it."""

import base64

import pytest

from megler.exchange.txlife.reading import Read, read
from megler.exchange.txlife.records import Coded
from megler.exchange.txlife.safe import Limits
from tests.exchange.txlife.samples import PDF, attached, new_business, prefixed, status


def understood(data: bytes) -> Read:
    found, problems = read(data)
    assert found is not None, problems
    return found


def test_a_new_business_submission_is_read() -> None:
    found, problems = read(new_business())
    assert problems == []
    assert found is not None
    assert found.kept == ()
    message = found.message
    assert message.sender == "Skrive eApp"
    (request,) = message.requests
    assert request.type == Coded("new_business")
    (holding,) = request.holdings
    assert (holding.product_code, holding.face_amount, holding.mode.word) == (
        "term", "500000", "monthly",
    )  # fmt: skip
    insured = request.parties[0]
    assert insured.name == "Kari Håkonsen O'Brien"
    assert insured.addresses[0].state == Coded("TX")
    assert insured.gender == Coded("female")
    assert request.relations[2].description == Coded("husband")


def test_a_prefix_another_namespace_and_extensions_are_kept_with_path_and_line() -> None:
    found = understood(prefixed())
    kept = {one.path: one for one in found.kept}
    extension = "TXLife/TXLifeRequest/OLifE/Holding[1]/Policy/OLifEExtension"
    program = kept[f"{extension}/PolicyExtension/UnderwritingProgram"]
    assert (program.text, program.vendor, program.code) == ("Express tc=12", "05", "Policy 2.8.90")
    assert program.owner == "_h"
    score = kept["TXLife/TXLifeRequest/OLifE/Party[1]/{http://vendor.example/score}Score"]
    assert (score.text, score.owner, score.line) == ("7", "_i", 14)
    coverage = found.message.requests[0].holdings[0].coverages[0]
    assert coverage.amount == "250000"
    height = found.message.requests[0].parties[0].height
    assert height is not None
    assert (height.units.word, height.value) == ("inches", "70")


def test_a_message_without_namespace_and_with_a_bad_date_is_read_and_told() -> None:
    found, problems = read(status())
    assert found is not None
    (event,) = found.message.requests[0].holdings[0].requirements[0].events
    assert event.code == Coded("other", "Sent to doctor")
    (problem,) = problems
    assert (problem.code, problem.found) == ("txlife_date", "2024 -12-10")
    assert problem.where == "TXLife/TXLifeRequest/TransExeDate line 3"


@pytest.mark.parametrize(
    ("put", "code", "where"),
    [
        ({"policy": '<PolicyStatus tc="abc">x</PolicyStatus>'}, "txlife_code", "PolicyStatus"),
        ({"policy": "<PolicyStatus>Pending</PolicyStatus>"}, "txlife_code_missing", "PolicyStatus"),
        ({"policy": '<PolicyStatus tc="9999"/>'}, "txlife_code_unknown", "PolicyStatus"),
        ({"policy": "<IssueDate>2026-02-30</IssueDate>"}, "txlife_date", "IssueDate"),
        ({"parties": "<Party id='q'><EstNetWorth>much</EstNetWorth></Party>"}, "txlife_amount",
         "Party[5]/EstNetWorth"),
        ({"head": "<CorrelationGUID/><TransMode tc='1e1'/>"}, "txlife_code", "TransMode"),
    ],
)  # fmt: skip
def test_a_value_that_is_none_is_told_with_its_path(
    put: dict[str, str], code: str, where: str
) -> None:
    found, problems = read(new_business(**put))
    assert found is not None
    (problem,) = problems
    assert problem.code == code
    assert problem.where.partition(" line ")[0].endswith(where)


def test_everything_wrong_is_told_at_once() -> None:
    data = new_business(
        policy='<PolicyStatus tc="x"/><IssueDate>soon</IssueDate>',
        parties="<Party id='q'><EstNetWorth>1.2.3</EstNetWorth></Party>",
    )
    assert [p.code for p in read(data)[1]] == ["txlife_code", "txlife_date", "txlife_amount"]


def test_an_unknown_number_is_kept_with_its_text_and_never_guessed() -> None:
    found = understood(new_business(relations='<Relation id="Z" OriginatingObjectID="H1" '
        'RelatedObjectID="P2"><RelationRoleCode tc="213">Home Office</RelationRoleCode></Relation>'))  # fmt: skip
    assert found.message.requests[0].relations[-1].role == Coded("", "Home Office", 213)


def test_a_dialects_numbers_come_first() -> None:
    data = new_business(policy='<PolicyStatus tc="900">Sent</PolicyStatus>')
    found, problems = read(data, {"policy_status": {900: "applied"}})
    assert found is not None
    assert problems == []
    assert found.message.requests[0].holdings[0].policy_status == Coded("applied")


def test_what_stands_twice_is_kept_and_the_first_counts() -> None:
    found = understood(new_business(policy="<ProductCode>other</ProductCode>"))
    assert found.message.requests[0].holdings[0].product_code == "term"
    assert [one.path.rsplit("/", 1)[1] for one in found.kept] == ["ProductCode[2]"]


def test_a_password_is_never_told() -> None:
    data = new_business().replace(
        b"<VendorApp>", b"<UserPswd><Pswd>hemmelig</Pswd></UserPswd><VendorApp>"
    )
    found = understood(data)
    assert "hemmelig" not in repr(found)


def test_a_social_security_number_that_nobody_understands_is_masked_in_the_report() -> None:
    found = understood(new_business(policy="<TaxNo>078-05-1121</TaxNo>"))
    assert [one.text for one in found.kept] == ["•••-••-1121"]


def test_a_day_may_come_with_midnight() -> None:
    data = new_business().replace(b"1985-06-14<", b"1985-06-14T00:00:00<")
    assert understood(data).message.requests[0].parties[0].born == "1985-06-14"


def test_a_message_is_found_in_the_envelope_of_a_web_service() -> None:
    head, _, rest = status().partition(b"<TXLife>")
    wrapped = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><TXLife>'
        + rest + b"</s:Body></s:Envelope>"
    )  # fmt: skip
    assert head == b""
    assert understood(wrapped).message == understood(status()).message
    found, problems = read(b"<Envelope/>")
    assert found is None
    assert [p.code for p in problems] == ["txlife_root"]


def test_a_file_comes_out_as_it_went_in() -> None:
    found = understood(new_business(more=attached()))
    (attachment,) = found.message.requests[0].forms[0].attachments
    assert attachment.content == PDF
    assert attachment.mime == Coded("application/pdf")


@pytest.mark.parametrize("packed", ["@@@@", "QUJD=QUJD", "QQ", "æøå=", "QUJ\u200b"])
def test_what_is_not_base64_is_told(packed: str) -> None:
    bad = attached().replace(base64.encodebytes(PDF).decode(), packed)
    found, problems = read(new_business(more=bad))
    assert found is not None
    assert [p.code for p in problems] == ["txlife_base64"]
    assert problems[0].where.startswith(
        "TXLife/TXLifeRequest/OLifE/FormInstance[1]/Attachment[1]/AttachmentData line "
    )


def test_a_file_over_the_limit_is_told_with_its_size() -> None:
    found, problems = read(
        new_business(more=attached(b"x" * 4000)), limits=Limits(attachment_bytes=3000)
    )
    assert found is not None
    assert [p.code for p in problems] == ["txlife_file_too_large"]
    assert found.message.requests[0].forms[0].attachments[0].content == b""


def test_what_is_kept_is_listed_up_to_a_limit_and_counted_beyond() -> None:
    many = "".join(f"<X{i}>{i}</X{i}>" for i in range(30))
    found, _ = read(new_business(policy=many), limits=Limits(kept=10))
    assert found is not None
    assert (len(found.kept), found.kept_more) == (10, 20)


def test_problems_are_listed_up_to_a_limit_and_counted_beyond() -> None:
    many = "<Party id='q'>" + "<Attachment><AttachmentType tc='x'/></Attachment>" * 30 + "</Party>"
    _, problems = read(new_business(parties=many), limits=Limits(problems=10))
    assert len(problems) == 11
    assert (problems[-1].code, problems[-1].found) == ("txlife_more", "20")


def test_ids_are_found_with_their_paths() -> None:
    found = understood(new_business(parties='<Party id="P1"/>'))
    assert found.where is not None
    assert found.where["P1"] == "TXLife/TXLifeRequest/OLifE/Party[1]"
    assert [given for given, _ in found.ids_twice] == ["P1"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<ACORD/>", "txlife_root"),
        (b'<TXLife xmlns="http://ACORD.org/Standards/Life/3"/>', "txlife_namespace"),
        (b'<x:TXLife xmlns:x="urn:x"/>', "txlife_namespace"),
    ],
)
def test_what_is_no_message_of_this_kind_is_refused_by_name(data: bytes, code: str) -> None:
    found, problems = read(data)
    assert found is None
    assert [p.code for p in problems] == [code]


def test_a_code_without_a_number_is_known_by_its_full_name_only() -> None:
    put = "<MarStat>Married</MarStat><SmokerStat>Sometimes</SmokerStat></Person>"
    found, problems = read(new_business().replace(b"</Person>", put.encode()))
    assert found is not None
    one = found.message.requests[0].parties[0]
    assert (one.marital, one.smoker) == (Coded("married"), Coded("", "Sometimes"))
    assert [p.code for p in problems] == ["txlife_code_missing"] * 2


def test_a_number_is_taken_and_a_text_that_says_otherwise_is_told() -> None:
    data = new_business().replace(b'<Gender tc="2">F<', b'<Gender tc="2">Male<')
    found, problems = read(data)
    assert found is not None
    assert found.message.requests[0].parties[0].gender == Coded("female")
    assert [(p.code, p.found, p.expected) for p in problems] == [
        ("txlife_code_text", "2 Male", "Female")
    ]


def test_what_stands_beside_a_codes_number_is_kept() -> None:
    data = new_business().replace(b'<Gender tc="2">', b'<Gender tc="2" source="licence">')
    found, problems = read(data)
    assert found is not None
    assert (found.message.requests[0].parties[0].gender, problems) == (Coded("female"), [])
    assert [(one.path.rpartition("/")[2], one.text) for one in found.kept] == [
        ("@source", "licence")
    ]


def test_a_file_may_stand_in_the_newer_element_and_words_are_kept_as_words() -> None:
    newer = attached().replace("AttachmentData>", "AttachmentData64>")
    note = """<Attachment><AttachmentBasicType tc="1"/>
      <AttachmentData>Call her in the evening</AttachmentData></Attachment>"""
    found, problems = read(new_business(more=newer + note))
    assert found is not None
    request = found.message.requests[0]
    assert problems == []
    assert request.forms[0].attachments[0].content == PDF
    assert request.attachments[0].content == b""
    assert [one.text for one in found.kept] == ["Call her in the evening"]


@pytest.mark.parametrize(("text", "amount"), [(".25", "0.25"), ("50 %", "50"), ("50.00%", "50.00")])
def test_shares_are_read_as_they_are_written(text: str, amount: str) -> None:
    data = new_business().replace(b">100<", f">{text}<".encode())
    found, problems = read(data)
    assert found is not None
    assert problems == []
    assert found.message.requests[0].relations[2].share == amount
