"""A notification is read as the status that it is news of."""

from datetime import date

from megler.exchange.iri.records import Cancellation, Notification, Received
from megler.exchange.iri.statuses import NO_CUSIP, as_status
from megler.exchange.iri.words import AppStatus, Initiator


def test_the_one_section_that_it_brought_stands_in_the_status() -> None:
    ended = Cancellation(initiator=Initiator.CLIENT, reason="bought elsewhere")
    told = Notification(policy_number="N1", status=AppStatus.CANCELLED, news=ended)
    status = as_status(told, date(2026, 3, 1))
    assert (status.cancellation, status.document_reviews) == (ended, None)
    assert (status.policy_number, status.cusip) == ("N1", NO_CUSIP)
    received = Notification(news=Received(product_name="Term", cusip="123456789"))
    assert as_status(received, None).product_name == "Term"
