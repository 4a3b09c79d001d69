"""An application as a 103: for whoever may see it, and to the carrier when it is submitted."""

import pytest

from megler.accounts.models import User
from megler.applications.actions.exporting import export, keep_dialect, send_to_carrier
from megler.applications.actions.submitting import submit
from megler.applications.models import Application
from megler.applications.models_messages import ApplicationMessage, Direction, MessageDialect
from megler.applications.rules.moments import ApplicationSubmitted
from megler.exchange.txlife.checking import Story, check
from megler.exchange.txlife.dialects import read_dialect
from megler.exchange.txlife.reading import read
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.post.models import Delivery, TradingPartner
from megler.vocabulary.problems import Refused
from megler.work.models import Task
from tests.exchange.txlife.test_dialects import FJORD

pytestmark = pytest.mark.django_db


def story(data: bytes) -> Story:
    found, problems = read(data)
    assert found is not None
    assert [*problems, *check(found, problems)] == []
    return Story(found.message.requests[0])


@pytest.fixture
def submitted(
    signed: Application, agent_user: User, handed_over: list[ApplicationSubmitted]
) -> Application:
    """Signed and submitted, and nobody has taken over yet."""
    return submit(agent_user, signed)


def partner_of(application: Application, dialect: str = "") -> TradingPartner:
    return TradingPartner.objects.create(
        slug=application.product.carrier.slug,
        name="Fjord Life",
        channel="email",
        address="new.business@example.com",
        dialect=dialect,
        changed_at=application.started_at,
    )


def moment(application: Application) -> ApplicationSubmitted:
    assert application.submitted_at is not None
    return ApplicationSubmitted(application.pk, application.submitted_at)


def test_who_may_see_it_gets_its_103(agent_user: User, complete: Application) -> None:
    told = story(export(agent_user, complete))
    assert told.insured is not None
    assert told.insured.name == "Kari Hope"
    assert told.request.type.word == "new_business"
    assert Entry.objects.filter(verb="application.exported").count() == 1


def test_a_stranger_gets_nothing(stranger: User, complete: Application) -> None:
    with pytest.raises(Refused):
        export(stranger, complete)


def test_signatures_and_the_sealed_packet_go_along(
    agent_user: User, submitted: Application
) -> None:
    told = story(export(agent_user, submitted))
    assert told.policy is not None
    assert [one.role.word for one in told.policy.signatures] == ["insured", "agent"]
    (file,) = told.attachments()
    assert submitted.packet is not None
    assert file.content == submitted.packet.read()
    assert file.sha256_told == submitted.packet.sha256


def test_a_partner_is_told_only_what_is_asked(agent_user: User, complete: Application) -> None:
    complete.answers = {**complete.answers, "med_heart_details": {"value": "Skrangle"}}
    complete.save()
    dialect, _ = read_dialect(FJORD)
    assert b"Skrangle" in export(agent_user, complete)
    assert b"Skrangle" not in export(agent_user, complete, dialect)


def test_the_packet_and_the_103_are_put_up_for_the_carrier_once(submitted: Application) -> None:
    partner_of(submitted)
    delivery = send_to_carrier(moment(submitted))
    assert delivery is not None
    files = [(one.name, one.document) for one in delivery.files.all()]
    assert [name for name, _ in files] == [
        f"{submitted.reference}.pdf", f"{submitted.reference}.xml",
    ]  # fmt: skip
    message = ApplicationMessage.objects.get(application=submitted)
    assert (message.direction, message.document) == (Direction.SENT, files[1][1])
    assert message.document.content_type == "application/xml"
    told = story(message.document.read())
    assert told.request.guid == str(submitted.pk)
    assert len(list(told.attachments())) == 1
    again = send_to_carrier(moment(submitted))
    assert again == delivery
    assert Delivery.objects.count() == 1
    assert ApplicationMessage.objects.filter(application=submitted).count() == 1


def test_it_goes_in_the_partners_dialect(submitted: Application) -> None:
    keep_dialect(SYSTEM, "fjord", FJORD)
    partner_of(submitted, "fjord")
    send_to_carrier(moment(submitted))
    data = ApplicationMessage.objects.get(application=submitted).document.read()
    assert b"<CarrierCode>86231</CarrierCode>" in data


def test_without_a_partner_nothing_goes(submitted: Application) -> None:
    assert send_to_carrier(moment(submitted)) is None
    assert not ApplicationMessage.objects.exists()


def test_a_dialect_that_is_not_kept_keeps_the_message_and_tells_staff(
    submitted: Application,
) -> None:
    partner_of(submitted, "nobody-knows")
    assert send_to_carrier(moment(submitted)) is None
    assert not Delivery.objects.exists()
    task = Task.objects.get(about_id=str(submitted.pk))
    assert "txlife_dialect_unknown" in task.title
    assert submitted.reference in task.title


def test_a_dialect_is_kept_in_place_of_the_older_and_a_bad_one_is_refused() -> None:
    keep_dialect(SYSTEM, "fjord", FJORD)
    keep_dialect(SYSTEM, "fjord", FJORD.replace("86231", "11111"))
    assert MessageDialect.objects.named("fjord").carrier_code == "11111"
    assert MessageDialect.objects.named("").name == "acord"
    with pytest.raises(Refused) as refused:
        keep_dialect(SYSTEM, "Fjord Life", "dialect = 9")
    assert {p.where for p in refused.value.problems} >= {"name", "dialect"}
    assert MessageDialect.objects.count() == 1
