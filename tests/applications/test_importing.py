"""A 103 of another system becomes an application: understood, kept, told, and never twice unseen."""

from collections.abc import Callable

import pytest

from megler.accounts.models import User
from megler.applications.acord import application_as_message
from megler.applications.actions.answering import answer
from megler.applications.actions.exporting import export, keep_dialect
from megler.applications.actions.importing import Choice, import_message, problems_of
from megler.applications.actions.submitting import withdraw
from megler.applications.models import Application, State
from megler.applications.models_filling import GoodOrderCheck, Occasion
from megler.applications.models_messages import ApplicationMessage
from megler.carriers.models import Product
from megler.documents.models import Document
from megler.documents.typesetting import typeset
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from megler.vocabulary.problems import Refused
from tests.exchange.txlife.samples import attached, new_business, status

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(agent: Agent, product: Product) -> Callable[..., bytes]:
    """A 103 that names an agent and a product that are known here."""

    def write(**put: str) -> bytes:
        data = new_business(**put).replace(b"1234567", agent.npn.encode())
        assert product.code == "term"
        return data

    return write


def codes(refused: "pytest.ExceptionInfo[Refused]") -> list[str]:
    return [one.code for one in refused.value.problems]


def test_a_message_becomes_a_draft_with_everything_it_says(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    data = written(policy="<Wish>fast</Wish>")
    done = import_message(agent_user, "new.xml", data)
    held = Application.objects.get(pk=done.application.pk)
    assert (held.state, held.insured_name) == (State.DRAFT, "Kari Håkonsen O'Brien")
    assert held.given["insured_ssn"].value == "078051121"
    assert held.given["insured_ssn"].origin == "message"
    assert (held.offer["face_amount"], held.offer["mode"]) == ("500000", "monthly")
    assert held.questionnaire_key == "life"
    message = held.messages.get()
    assert message.document.read() == data
    assert (message.sender, message.tracking_id) == ("Skrive eApp", "SK-889")
    assert [one["text"] for one in message.left] == ["fast"]
    assert message.filled_in == len(held.answers) == 13
    assert Entry.objects.filter(verb="application.imported").count() == 1
    assert GoodOrderCheck.objects.get(application=held).occasion == Occasion.IMPORT


def test_an_application_goes_out_and_comes_in_again_whole(
    agent_user: User, complete: Application
) -> None:
    answered = answer(
        agent_user, complete, {"insured_first_name": "Åse-Kari", "insured_employer": "Ø & Sønn"},
        complete.version,
    ).application  # fmt: skip
    data = export(agent_user, answered)
    withdraw(agent_user, answered)
    done = import_message(agent_user, "again.xml", data)

    def values(one: Application) -> dict[str, object]:
        return {key: kept["value"] for key, kept in one.answers.items()}

    assert values(done.application) == values(answered)
    came = {key: kept.get("by", "") for key, kept in done.application.answers.items()}
    assert came == {key: kept.get("by", "") for key, kept in answered.answers.items()}
    assert done.application.offer == {
        key: value for key, value in answered.offer.items() if value is not None
    }
    assert done.message.left == []
    assert problems_of(done.message) == []


def test_a_file_that_comes_along_is_kept_byte_for_byte(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    pdf = typeset(b"Hello", {})
    done = import_message(agent_user, "new.xml", written(more=attached(pdf)))
    (file,) = done.message.files.all()
    assert file.name == "application.pdf"
    assert (file.read() == pdf) or (file.originals.get().content() == pdf)


def test_a_file_that_is_not_taken_stays_in_the_message_and_is_told(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    data = written(more=attached(b"MZ this is a program"))
    done = import_message(agent_user, "new.xml", data)
    assert done.message.files.count() == 0
    assert done.message.document.read() == data
    assert [p.code for p in problems_of(done.message)] == ["document_wrong_type"]


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ((b"fjord-life<", b"nobody<"), "txlife_carrier_unknown", "CarrierCode"),
        ((b">term<", b">nothing<"), "txlife_product_unknown", "ProductCode"),
        ((b'tc="103"', b'tc="121"'), "txlife_not_new_business", "TransType"),
        ((b'<TransType tc="103">', b'<TransType tc="NB">'), "txlife_code", "TransType line 8"),
        ((b'<TransType tc="103">New Business Submission</TransType>', b""), "txlife_missing",
         "TransType"),
    ],
)  # fmt: skip
def test_what_is_not_known_here_is_refused_with_its_path_and_nothing_is_kept(
    agent_user: User,
    written: Callable[..., bytes],
    change: tuple[bytes, bytes],
    code: str,
    where: str,
) -> None:
    data = written().replace(*change).replace(b"<FullName>Fjord Life</FullName>", b"")
    with pytest.raises(Refused) as refused:
        import_message(agent_user, "new.xml", data)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.where.endswith(where)
    assert not Application.objects.exists()
    assert not Document.objects.exists()


def test_everything_not_known_is_told_at_once(
    agent_user: User, written: Callable[..., bytes], agent: Agent
) -> None:
    data = written().replace(b">term<", b">x<").replace(agent.npn.encode(), b"999")
    data = data.replace(b'<PaymentMode tc="4">', b'<PaymentMode tc="monthly">')
    with pytest.raises(Refused) as refused:
        import_message(agent_user, "new.xml", data)
    assert set(codes(refused)) == {
        "txlife_code", "txlife_product_unknown", "txlife_agent_unknown",
    }  # fmt: skip


def test_whoever_imports_may_name_agent_and_product(
    staff: User, agent: Agent, product: Product
) -> None:
    data = new_business().replace(b">term<", b">x<").replace(b"fjord-life<", b"y<")
    choice = Choice(agent_npn=agent.npn, product="fjord-life/term")
    done = import_message(staff, "new.xml", data, choice)
    assert (done.application.agent, done.application.product) == (agent, product)


def test_an_agent_imports_in_their_own_name_when_the_message_names_nobody(
    agent_user: User, agent: Agent, product: Product
) -> None:
    data = new_business().replace(b"<NIPRNumber>1234567</NIPRNumber>", b"")
    done = import_message(agent_user, "new.xml", data)
    assert done.application.agent == agent


def test_nobody_imports_in_a_strangers_name(stranger: User, written: Callable[..., bytes]) -> None:
    with pytest.raises(Refused) as refused:
        import_message(stranger, "new.xml", written())
    assert codes(refused) == ["txlife_agent_unknown"]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data,
        lambda data: data.replace(b"6f1d2f0a", b"ffffffff"),
        lambda data: data.replace(b"6f1d2f0a", b"ffffffff").replace(b"SK-889", b"SK-900"),
    ],
    ids=["the same message", "the sender's number", "the same insured, product and amount"],
)
def test_what_may_be_here_already_is_told_and_taken_only_when_said_so(
    agent_user: User, written: Callable[..., bytes], change: Callable[[bytes], bytes]
) -> None:
    first = import_message(agent_user, "new.xml", written()).application
    again = change(written())
    with pytest.raises(Refused) as refused:
        import_message(agent_user, "new.xml", again)
    (problem,) = refused.value.problems
    assert (problem.code, problem.found) == ("txlife_double", first.reference)
    assert Application.objects.count() == 1
    done = import_message(agent_user, "new.xml", again, Choice(again=True))
    assert [one.pk for one in done.doubles] == [first.pk]
    assert Application.objects.count() == 2


def test_another_amount_or_another_person_is_no_double(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    import_message(agent_user, "new.xml", written())
    other = written().replace(b"6f1d2f0a", b"ffffffff").replace(b"SK-889", b"SK-900")
    import_message(agent_user, "new.xml", other.replace(b"500000", b"250000"))
    born = other.replace(b"ffffffff", b"eeeeeeee").replace(b"SK-900", b"SK-901")
    import_message(agent_user, "new.xml", born.replace(b"1985-06-14", b"1955-01-01"))
    assert Application.objects.count() == 3


def test_nobody_learns_of_a_strangers_application(
    agent_user: User, stranger: User, written: Callable[..., bytes]
) -> None:
    import_message(agent_user, "new.xml", written())
    theirs = written().replace(
        b"<NIPRNumber>" + agent_user.agent.npn.encode(),
        b"<NIPRNumber>" + stranger.agent.npn.encode(),
    )
    assert import_message(stranger, "new.xml", theirs).doubles == ()


def test_a_bad_date_is_told_and_the_rest_taken(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    data = written().replace(b"1985-06-14", b"14 June")
    done = import_message(agent_user, "new.xml", data)
    assert "insured_born" not in done.application.answers
    assert [p.code for p in problems_of(done.message)][:1] == ["txlife_date"]


def test_a_message_of_another_kind_makes_no_application(agent_user: User) -> None:
    with pytest.raises(Refused) as refused:
        import_message(agent_user, "status.xml", status())
    assert codes(refused) == ["txlife_not_new_business"]
    assert refused.value.problems[0].found == "1122 Requirement results and status"


def test_a_partners_dialect_is_understood_by_its_carrier_code(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    text = """
dialect = 1
name = "Fjord"
carrier = "fjord-life"
[identifiers]
carrier_code = "86231"
[products]
term = "FT-20"
[codes.pay_mode]
quarterly = 26
"""
    keep_dialect(SYSTEM, "fjord", text)
    data = written().replace(b"fjord-life<", b"86231<").replace(b">term<", b">FT-20<")
    data = data.replace(b'<PaymentMode tc="4">', b'<PaymentMode tc="26">')
    done = import_message(agent_user, "new.xml", data)
    assert done.application.product.code == "term"
    assert done.application.given["cover_mode"].value == "quarterly"
    assert ApplicationMessage.objects.get().dialect == "Fjord"


def test_a_strange_offer_in_our_own_extension_is_not_believed(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    offer = (
        '{"face_amount": {"x": 1}, "premium": "NaN", "carrier": "evil", "mode": "monthly", "z": 1}'
    )
    extension = f'<OLifEExtension VendorCode="Megler"><Offer>{offer}</Offer></OLifEExtension>'
    data = written().replace(b"</Holding>", extension.encode() + b"</Holding>", 1)
    done = import_message(agent_user, "new.xml", data)
    assert done.application.offer["carrier"] == "fjord-life"
    assert done.application.offer["face_amount"] == "500000"
    assert done.application.offer["premium"] == "37.71"
    assert "z" not in done.application.offer


def test_a_draft_can_be_told_without_a_signature_or_a_packet(started: Application) -> None:
    assert b"<TXLife" in application_as_message(started, started.started_at)


def test_a_message_that_came_again_is_told_from_one_that_has_changed(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    first = import_message(agent_user, "new.xml", written()).application

    def told(data: bytes) -> list[tuple[str, str, str]]:
        with pytest.raises(Refused) as refused:
            import_message(agent_user, "new.xml", data)
        return [(p.code, p.found, p.expected) for p in refused.value.problems]

    number = first.reference
    assert told(written()) == [("txlife_double", number, "the very same message")]
    changed = written().replace(b"<City>Addison", b"<City>Dallas").replace(b"37.71", b"38.00")
    assert told(changed) == [
        ("txlife_double", number, "the message id is the same"),
        ("txlife_changed", "Home address, Premium quoted", number),
    ]
    only_sent_again = written().replace(b"2026-03-02", b"2026-03-03")
    assert told(only_sent_again) == [("txlife_double", number, "the message id is the same")]
    wished = written(policy="<Wish>fast</Wish>")
    assert told(wished)[1:] == [("txlife_changed", "what no question takes", number)]
    assert first.messages.count() == 1


def test_whoever_imports_names_what_a_ticket_does_not(
    agent_user: User, written: Callable[..., bytes]
) -> None:
    data = written().replace(b"<CarrierCode>fjord-life</CarrierCode>", b"")
    data = data.replace(b"<ProductCode>term</ProductCode>", b"").replace(
        b"<FaceAmt>500000</FaceAmt>", b""
    )
    data = data.replace(b' CarrierPartyID="P9"', b"")
    done = import_message(agent_user, "t.xml", data, Choice(product="fjord-life/term"))
    assert done.application.product.code == "term"
    assert [p.where.rpartition("/")[2] for p in problems_of(done.message)] == [
        "CarrierCode", "ProductCode", "FaceAmt",
    ]  # fmt: skip


def test_a_message_without_an_agent_says_so(
    new_business: User, written: Callable[..., bytes], agent: Agent
) -> None:
    data = written().replace(b'<RelationRoleCode tc="37">', b'<RelationRoleCode tc="48">')
    with pytest.raises(Refused) as refused:
        import_message(new_business, "new.xml", data)
    assert codes(refused) == ["txlife_agent_missing"]
    done = import_message(new_business, "new.xml", data, Choice(agent_npn=agent.npn))
    assert done.application.agent == agent
