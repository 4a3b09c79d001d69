"""What other systems' 103s say: in their own order, units, roles and codes."""

from collections.abc import Iterator

from lxml import etree

from megler.applications.rules.acord.report import report_on, submission_in
from megler.applications.rules.acord.telling import submission
from megler.applications.rules.acord.understanding import Understood, understand
from megler.applications.rules.questionnaires import questionnaire
from megler.exchange.txlife.checking import Story
from megler.exchange.txlife.reading import read
from megler.exchange.txlife.writing import write
from megler.forms.rules.questionnaire import Answer
from tests.applications.rules.acord.made import applied
from tests.exchange.txlife.samples import new_business


def understood(data: bytes) -> Understood:
    found, _ = read(data)
    assert found is not None
    return understand(found, Story(found.message.requests[0]), questionnaire("life"))


def value(back: Understood, key: str) -> object:
    return back.answers[key].value if key in back.answers else None


def texts(back: Understood) -> set[str]:
    return {one.text for one in back.left}


def person(given: str, more: str = "") -> str:
    return f'<Party id="{given}"><FullName>{given} Berg</FullName>{more}</Party>'


def relation(role: int, to: str, origin: str = "H1", more: str = "") -> str:
    return (
        f'<Relation OriginatingObjectID="{origin}" RelatedObjectID="{to}">'
        f'<RelationRoleCode tc="{role}"/>{more}</Relation>'
    )


def of_kari(find: str, put: str) -> bytes:
    data = new_business().replace(find.encode(), put.encode())
    assert data != new_business()
    return data


def test_height_and_weight_are_read_in_acords_units() -> None:
    measured = """<BirthDate>1985-06-14</BirthDate>
      <Height2><MeasureUnits tc="2"/><MeasureValue>68.0</MeasureValue></Height2>
      <Weight2><MeasureUnits tc="1"/><MeasureValue>70</MeasureValue></Weight2>"""
    back = understood(of_kari("<BirthDate>1985-06-14</BirthDate>", measured))
    assert (value(back, "height_in"), value(back, "weight_lb")) == (68, 154)
    assert [(p.code, p.found) for p in back.problems] == [("txlife_converted", "70 kg")]


def test_a_smokers_rate_is_no_answer_about_smoking() -> None:
    part = """<Life><FaceAmt>500000</FaceAmt><Coverage><IndicatorCode tc="1"/>
      <LifeParticipant PartyID="P1"><LifeParticipantRoleCode tc="1"/>
      <TobaccoPremiumBasis tc="2">Smoker</TobaccoPremiumBasis></LifeParticipant></Coverage></Life>"""
    back = understood(of_kari("<Life><FaceAmt>500000</FaceAmt></Life>", part))
    assert value(back, "nicotine") is None
    assert texts(back) == {"smoker"}


def test_a_rate_is_told_by_what_was_answered() -> None:
    asked = questionnaire("life")
    for said, basis in (("never", 3), ("current", 4)):
        message = submission(applied(), asked, {"nicotine": Answer(said)})
        assert f'<TobaccoPremiumBasis tc="{basis}">'.encode() in write(message)
    past = submission(applied(), asked, {"nicotine": Answer("past")})
    assert b"TobaccoPremiumBasis" not in write(past)


def test_a_passport_is_no_social_security_number() -> None:
    back = understood(of_kari('<GovtIDTC tc="1">SSN</GovtIDTC>', '<GovtIDTC tc="17"/>'))
    assert value(back, "insured_ssn") is None
    assert texts(back) == {"•••1121", "passport"}


def test_a_post_box_is_nobodys_home() -> None:
    box = "<Address><AddressTypeCode tc='17'/><Line1>PO Box 9</Line1></Address><Address>"
    back = understood(new_business().replace(b"<Address>", box.encode()))
    address = value(back, "insured_address")
    assert isinstance(address, dict)
    assert address["street"] == "1 Oak St"
    assert texts(back) == {"mailing", "PO Box 9"}


def test_what_only_resembles_something_taken_is_left() -> None:
    other = """<Life><FaceAmt>500000</FaceAmt><Coverage><PlanName>Best Term</PlanName>
      <IndicatorCode tc="1"/><CurrentAmt>400000</CurrentAmt></Coverage></Life>
      <Jurisdiction tc="37">NY</Jurisdiction>"""
    data = of_kari("<Life><FaceAmt>500000</FaceAmt></Life>", other)
    data = data.replace(
        b'<PartyTypeCode tc="1">Person</PartyTypeCode>', b"<FullName>K. Berg</FullName>"
    )
    assert texts(understood(data)) == {"Best Term", "400000", "NY", "K. Berg"}


def test_an_age_without_a_birth_date_is_left() -> None:
    back = understood(of_kari("<BirthDate>1985-06-14</BirthDate>", "<Age>41</Age>"))
    assert "41" in texts(back)


def test_roles_may_stand_in_the_coverage_alone() -> None:
    parts = "".join(
        f'<LifeParticipant PartyID="{who}"><LifeParticipantRoleCode tc="{role}"/>{more}</LifeParticipant>'
        for who, role, more in (
            ("P1", 1, ""), ("O", 18, ""), ("O", 12, ""), ("P3", 15, ""),
            ("A", 7, "<BeneficiaryPercentDistribution>60</BeneficiaryPercentDistribution>"),
            ("B", 7, "<BeneficiaryPercentDistribution>40</BeneficiaryPercentDistribution>"),
            ("C", 9, ""),
        )
    )  # fmt: skip
    data = new_business(parties="".join(map(person, "OABC")))
    start, end = data.index(b"<Relation "), data.rindex(b"</Relation>") + len(b"</Relation>")
    data = data[:start] + data[end:]
    data = data.replace(
        b"</FaceAmt></Life>", f"</FaceAmt><Coverage>{parts}</Coverage></Life>".encode()
    )
    back = understood(data)
    assert value(back, "owner_name") == "O Berg"
    assert value(back, "payment_payor") == "owner"
    assert value(back, "beneficiaries") == [
        {"name": "A Berg", "class": "primary", "share": "60"},
        {"name": "B Berg", "class": "primary", "share": "40"},
        {"name": "C Berg", "class": "contingent"},
    ]
    story, wrong = submission_in(report_on(data))
    assert story is not None
    assert wrong == []
    assert story.agent is not None


def test_owner_and_beneficiary_of_another_policy_are_none_of_this_one() -> None:
    held = '<Holding id="H2"><Policy><PolNumber>7</PolNumber></Policy></Holding>'
    more = relation(8, "X", "H2") + relation(34, "X", "H2") + relation(32, "X", "H2")
    data = new_business(parties=person("X"), relations=more)
    back = understood(data.replace(b'<Party id="P1">', held.encode() + b'<Party id="P1">'))
    assert value(back, "owner_is_insured") == "yes"
    assert [one["name"] for one in back.answers["beneficiaries"].value] == ["Ola Håkonsen"]
    assert value(back, "existing_cover") is None
    assert {"7", "X Berg", "owner", "insured", "primary_beneficiary"} <= texts(back)


HELD = """<Holding id="H2"><HoldingStatus tc="1"/><Policy><PolNumber>7</PolNumber>
 <LineOfBusiness tc="1"/><CarrierName>Old Life</CarrierName><EffDate>2009-04-01</EffDate>
 <Life><Coverage><CurrentAmt>100000</CurrentAmt></Coverage></Life></Policy></Holding>"""


def with_policies(first: str, relations: str = "", app: str = "") -> bytes:
    data = new_business(relations=relations).replace(b' PrimaryObjectID="H1"', b"")
    return data.replace(b'<Holding id="H1">', first.encode() + b'<Holding id="H1">').replace(
        b"</TrackingID>", b"</TrackingID>" + app.encode()
    )


def test_the_policy_applied_for_is_found_behind_those_in_force() -> None:
    found, _ = read(with_policies(HELD))
    assert found is not None
    policy = Story(found.message.requests[0]).policy
    assert policy is not None
    assert policy.id == "H1"


def test_a_policy_in_force_is_read_from_its_coverage_and_exchanged_is_replaced() -> None:
    back = understood(with_policies(HELD, relation(67, "H2")))
    one = {
        "company": "Old Life", "policy_number": "7", "amount": "100000", "year_issued": 2009,
        "kind": "life",
    }  # fmt: skip
    assert value(back, "existing_cover") == [one | {"replace": "yes", "how": "exchange"}]
    silent = understood(with_policies(HELD))
    assert value(silent, "existing_cover") == [one]
    kept = understood(with_policies(HELD, app='<ReplacementInd tc="0"/>'))
    assert value(kept, "existing_cover") == [one | {"replace": "no"}]


def test_a_policy_that_is_only_applied_for_is_pending() -> None:
    applied_for = HELD.replace('<HoldingStatus tc="1"/>', "").replace(
        "<PolNumber>", '<PolicyStatus tc="8"/><PolNumber>'
    )
    back = understood(with_policies(applied_for))
    assert (value(back, "has_pending"), value(back, "existing_cover")) == ("yes", None)
    assert "Old Life" in texts(back)


def test_shares_of_one_are_taken_as_fractions_and_told() -> None:
    half = "<InterestPercent>{}</InterestPercent>"
    more = relation(36, "A", more=half.format(".5")) + relation(36, "B", more=half.format("0.5"))
    data = new_business(parties=person("A") + person("B"), relations=more)
    shares = [one["share"] for one in understood(data).answers["beneficiaries"].value]
    assert shares == ["100", "50", "50"]
    report = report_on(data)
    assert [(p.code, p.found) for p in report.problems] == [("txlife_fractions", "1")]
    assert submission_in(report)[1] == []


def test_what_somebody_is_to_the_insured_is_read_from_either_side() -> None:
    husband = b'<RelationDescription tc="1">Husband</RelationDescription>'
    for kin, said in (
        (relation(3, "P1", "P2"), "Child"),  # the insured is a parent of the beneficiary
        (relation(3, "P2", "P1"), "Parent"),
        (relation(6, "P1", "P2"), "Employer"),
    ):
        back = understood(new_business(relations=kin).replace(husband, b""))
        (one,) = back.answers["beneficiaries"].value
        assert one["relationship"] == said


def test_another_relationship_keeps_its_words() -> None:
    data = of_kari(
        '<RelationDescription tc="1">Husband', '<RelationDescription tc="2147483647">Godson'
    )
    (one,) = understood(data).answers["beneficiaries"].value
    assert one["relationship"] == "Godson"


def test_a_trusts_trustee_signs_for_it() -> None:
    trust = '<PartyTypeCode tc="2"/><Organization><OrgForm tc="16"/></Organization>'
    more = relation(8, "T") + relation(69, "S", "T")
    data = new_business(parties=person("T", trust) + person("S"), relations=more)
    data = data.replace(
        b'<RelationRoleCode tc="8">Owner</RelationRoleCode>', b'<RelationRoleCode tc="96"/>'
    )
    back = understood(data)
    assert (value(back, "owner_kind"), value(back, "owner_signer")) == ("trust", "S Berg")


def test_a_citizen_of_another_country_is_told_by_its_name() -> None:
    put = '<BirthDate>1985-06-14</BirthDate><Citizenship tc="47"/><BirthCountry tc="47"/>'
    back = understood(of_kari("<BirthDate>1985-06-14</BirthDate>", put))
    told = [value(back, key) for key in ("insured_citizen", "insured_visa", "insured_birth_place")]
    assert told == ["no", "Norway", "Norway"]


def test_a_cards_number_is_no_account() -> None:
    card = """<Holding id="B"><HoldingTypeCode tc="7"/><Banking><BankAcctType tc="3"/>
      <AccountNumber>4111111111111111</AccountNumber></Banking></Holding>"""
    back = understood(with_policies(card))
    assert value(back, "bank_account") is None
    assert {"•••1111", "credit_card"} <= texts(back)


def test_an_owner_who_was_not_answered_is_not_told() -> None:
    message = submission(applied(), questionnaire("life"), {})
    assert [r for r in message.requests[0].relations if r.role.word == "owner"] == []


def test_letters_for_a_code_leave_one_question_open_and_the_rest_is_taken() -> None:
    data = new_business(head="").replace(b'<Gender tc="2">F</Gender>', b'<Gender tc="F">F</Gender>')
    story, wrong = submission_in(report_on(data))
    assert story is not None
    assert wrong == []
    assert value(understood(data), "insured_sex") is None
    assert [p.code for p in report_on(data).problems] == ["txlife_code"]


RICH = new_business(
    head='<TransMode tc="2"/>',
    policy="""<OLifEExtension VendorCode="9"><Deep><Note>x</Note></Deep></OLifEExtension>
      <EffDate>2026-05-01</EffDate><Jurisdiction tc="51">TX</Jurisdiction>
      <ReplacementType tc="3">External</ReplacementType>""",
    parties="".join(
        person(who, more)
        for who, more in (
            ("D", "<Person><Suffix>MD</Suffix></Person><Phone><AreaCode>512</AreaCode>"
                  "<DialNumber>5550100</DialNumber></Phone><Address><AddressTypeCode tc='2'/>"
                  "<City>Austin</City><AddressCountry>USA</AddressCountry></Address>"),
            ("T", "<PartyTypeCode tc='2'/><Organization><OrgForm tc='16'/><DBA>T</DBA></Organization>"),
            ("S", "<Person><FirstName>Siv</FirstName><LastName>Berg</LastName></Person>"),
            ("X", "<GovtID>1</GovtID><GovtIDTC tc='22'/><Risk><ExistingInsuranceInd tc='1'/></Risk>"),
        )
    ),
    relations=relation(58, "D", "P1") + relation(184, "T") + relation(31, "S")
    + relation(36, "X", more="<InterestPercent>100</InterestPercent>") + relation(67, "H2"),
    more="""<FormInstance id="F"><FormName>App</FormName><ProviderFormNumber>A1</ProviderFormNumber>
      <FormResponse><QuestionNumber>bankruptcy</QuestionNumber><ResponseCode tc="1"/>
       <ResponseText>Chapter 7</ResponseText></FormResponse></FormInstance>""",
).replace(b'<Holding id="H1">', HELD.encode() + b'<Holding id="H1">')  # fmt: skip
ENVELOPE = {"TransMode", "CarrierCode", "NIPRNumber"}
"""What says how a message came, and by which numbers carrier and agent are known here."""


def leaves(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for one in root.iter("{*}*"):
        if etree.QName(one).localname not in ENVELOPE and not len(one):
            yield from ((one, key) for key in one.attrib if key == "tc")
            if (one.text or "").strip() and one.get("tc") is None:
                yield one, ""


def seen(root: etree._Element) -> object:
    """Everything that somebody is told of a message."""
    report = report_on(etree.tostring(root))
    assert report.found is not None
    back = understand(report.found, report.stories[0], questionnaire("life"))
    problems = [(p.code, p.where, p.found) for p in (*report.problems, *back.problems)]
    return (dict(back.answers), [(k.path, k.text) for k in back.left], problems, report.lines)


def test_nothing_in_a_message_can_change_without_being_seen() -> None:
    root = etree.fromstring(RICH)
    before = seen(root)
    silent = []
    every = list(leaves(root))
    assert len(every) > 70
    for one, key in every:
        said = one.get(key, "") if key else str(one.text)
        other = "7777" if key else said + "7"
        if key:
            one.set(key, other)
        else:
            one.text = other
        if seen(root) == before:
            silent.append(etree.QName(one).localname)
        if key:
            one.set(key, said)
        else:
            one.text = said
    assert seen(root) == before
    assert silent == []


def test_remarks_beside_an_answer_are_left() -> None:
    assert "Chapter 7" in texts(understood(RICH))


def test_a_policy_that_has_ended_or_comes_along_is_neither_in_force_nor_pending() -> None:
    lapsed = HELD.replace('<HoldingStatus tc="1"/>', '<HoldingStatus tc="2"/>')
    assert value(understood(with_policies(lapsed)), "existing_cover") is None
    twin = HELD.replace('<HoldingStatus tc="1"/>', '<HoldingStatus tc="3"/>').replace(
        "2009", "2026"
    )
    data = new_business(relations=relation(123, "H2"))
    back = understood(data.replace(b'<Holding id="H1">', twin.encode() + b'<Holding id="H1">'))
    assert value(back, "has_pending") is None


def test_an_annuitant_is_the_insured_and_an_owner_is_known_by_what_stands_of_them() -> None:
    data = new_business(
        parties=person("O", "<Organization><OrgForm tc='14'/></Organization>"),
        relations=relation(8, "O"),
    ).replace(b'<RelationRoleCode tc="32">', b'<RelationRoleCode tc="35">')
    data = data.replace(
        b'<RelationRoleCode tc="8">Owner</RelationRoleCode>', b'<RelationRoleCode tc="96"/>'
    )
    back = understood(data)
    assert value(back, "insured_first_name") == "Kari"
    assert value(back, "owner_kind") == "business"
