"""What is written is right by the specification, and read back it is the same."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings

from megler.exchange.iri.reading import (
    read_notification,
    read_page,
    read_reconciliation,
    read_status,
)
from megler.exchange.iri.records import (
    ApplicationStatus,
    Cancellation,
    Completed,
    DocumentReview,
    Notification,
    Origin,
    Party,
    Published,
    Received,
    Reconciliation,
    StatusPage,
)
from megler.exchange.iri.words import AppStatus, Event, Initiator, Review, Section
from megler.exchange.iri.writing import (
    notification_json,
    page_json,
    policy_json,
    reconciliation_json,
    status_json,
    summary_json,
)
from tests.exchange.iri.made import notifications, records
from tests.exchange.iri.spec import PUSH, STATUS, breaches

calmly = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
BARE = ApplicationStatus(
    policy_number="P-1",
    application_origin=Origin(is_electronic=True),
    cusip="401B23458",
    status=AppStatus.RECEIVED,
    status_date=date(2026, 6, 3),
    is_action_needed=True,
    action_sections=(Section.CAN_SELL,),
)
SCHEMA_OF = {
    Event.RECEIVED: "ApplicationReceivedNotification",
    Event.DOCUMENTS: "DocReviewNotification",
    Event.COMPLETED: "ApplicationCompletedNotification",
    Event.CANCELLED: "ApplicationCancelledNotification",
}


@calmly
@given(records(ApplicationStatus))
def test_a_status_out_and_in_again_is_the_same(status: ApplicationStatus) -> None:
    again, _told = read_status(status_json(status))
    assert again == status


@calmly
@given(notifications())
def test_a_notification_out_and_in_again_is_the_same(sent: Notification) -> None:
    again, _told = read_notification(notification_json(sent))
    assert again == sent


def test_a_page_and_a_reconciliation_come_back_the_same() -> None:
    page = StatusPage(start_index=0, items_count=1, application_statuses=(BARE,))
    again, problems = read_page(page_json(page))
    assert problems == ()
    assert again is not None
    assert again.application_statuses[0].policy_number == "P-1"
    origin = Origin(is_electronic=False)
    published = Published("e1", "P-1", origin, AppStatus.RECEIVED)
    found = Reconciliation(1, (published,))
    assert read_reconciliation(reconciliation_json(found)) == (found, ())


def test_a_status_stands_in_the_schema_whole_and_short() -> None:
    whole = status_json(BARE)
    assert breaches(STATUS, "DetailApplicationStatus", whole) == []
    assert whole["actionSections"] == ["cansellvalidation"]
    assert breaches(STATUS, "Policy", policy_json(BARE)) == []
    assert breaches(STATUS, "PolicySummary", summary_json(BARE)) == []
    assert "actionSections" not in summary_json(BARE)


def sent(event: Event, news: Any) -> dict[str, Any]:
    origin = Origin("Megler", True, "A-1")
    said = Notification("evt-1", "P-1", origin, AppStatus.IN_PROGRESS, event, "C-1", news)
    return notification_json(said)


def test_what_we_push_stands_in_its_schema() -> None:
    news: dict[Event, Any] = {
        Event.RECEIVED: Received(cusip="401B23458", product_name="Term 20"),
        Event.DOCUMENTS: DocumentReview(status=Review.IN_PROGRESS, is_action_needed=True),
        Event.COMPLETED: Completed(),
        Event.CANCELLED: Cancellation(Initiator.CLIENT, date(2026, 6, 3)),
    }
    for event, schema in SCHEMA_OF.items():
        assert breaches(PUSH, schema, sent(event, news[event])) == []


def test_the_schema_would_find_a_breach() -> None:
    assert breaches(STATUS, "PolicySummary", {**summary_json(BARE), "status": "lost"}) != []


def test_names_are_written_in_the_letters_that_the_specification_lets_them_have() -> None:
    status = ApplicationStatus(product_name="Sjø", producers=())
    assert summary_json(status)["productName"] == "Sjø"
    party = Party(first_name="Bjørn", last_name="Ærlig 中")
    written = status_json(ApplicationStatus(parties=(party,)))["parties"][0]
    assert (written["firstName"], written["lastName"]) == ("Bjorn", "Aerlig ?")
