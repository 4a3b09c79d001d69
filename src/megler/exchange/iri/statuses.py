"""A notification as the status that it is news of, so that both are read alike."""

from datetime import date

from megler.exchange.iri.records import (
    ApplicationStatus,
    Cancellation,
    CanSell,
    Completed,
    DocumentReview,
    Funding,
    Notification,
    Received,
    Suitability,
)

NO_CUSIP = "000000000"
"""What stands for the number of a product that has none, as the specification demands one."""


def as_status(told: Notification, on: date | None) -> ApplicationStatus:
    """What a notification says, as a status of the day `on`, with the one section that it brought."""
    news = told.news
    received = news if isinstance(news, Received) else Received()
    return ApplicationStatus(
        policy_number=told.policy_number,
        application_origin=told.application_origin,
        cusip=received.cusip or NO_CUSIP,
        status=told.status,
        status_date=on,
        product_name=received.product_name,
        parties=received.parties,
        producers=received.producers,
        signed_date=received.signed_date,
        received_date=received.received_date,
        delivery=news.delivery if isinstance(news, Completed) else None,
        cancellation=news if isinstance(news, Cancellation) else None,
        can_sell_validations=news if isinstance(news, CanSell) else None,
        document_reviews=news if isinstance(news, DocumentReview) else None,
        suitability=news if isinstance(news, Suitability) else None,
        fundings=news if isinstance(news, Funding) else None,
    )
