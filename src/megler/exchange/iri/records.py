"""What stands in a status or a notification, as plain records; each field's rules stand beside it.

The JSON name of a field is its own in camelCase, unless `name` says otherwise. None, an empty text
and an empty tuple are "not said". Amounts are Decimal.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated

from megler.exchange.iri import words

CUSIP = r"[0-9]{3}[A-Z0-9]{5}[0-9]"
NAME = r"""[a-zA-Z0-9=()*@#\s.,'_/~%$!();:&"®`\-\\?]+"""
"""The letters that the specification lets a name have."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the specification asks of a field: `least` and `most` count characters or items."""

    required: bool = False
    most: int = 0
    least: int = 0
    pattern: str = ""
    name: str = ""


Note = Annotated[str, Told(most=2000)]


@dataclass(frozen=True)
class Origin:
    """Where an application was made."""

    platform: Annotated[str, Told(most=50)] = ""
    is_electronic: bool | None = None
    id: Annotated[str, Told(most=65)] = ""


@dataclass(frozen=True)
class Delivery:
    """How and when the policy was sent."""

    sent_date: date | None = None
    method: words.Carried | None = None
    tracking_number: Annotated[str, Told(most=65)] = ""


@dataclass(frozen=True)
class CaseManager:
    """Whom to ask."""

    full_name: Annotated[str, Told(required=True, most=180, pattern=NAME)] = ""
    phone_number: Annotated[str, Told(required=True, least=10, most=15)] = ""
    email_address: str = ""
    website_url: Annotated[str, Told(name="websiteURL")] = ""


@dataclass(frozen=True)
class Being:
    """A person by first and last name, or an organisation by name."""

    type: words.Being | None = None
    first_name: Annotated[str, Told(most=105, pattern=NAME)] = ""
    middle_name: Annotated[str, Told(most=105, pattern=NAME)] = ""
    last_name: Annotated[str, Told(most=105, pattern=NAME)] = ""
    name: Annotated[str, Told(most=180, pattern=NAME)] = ""
    tax_id: Annotated[str, Told(most=9)] = field(default="", repr=False)

    @property
    def whole_name(self) -> str:
        """As people say it.

        >>> Being(first_name="Kari", last_name="Hope").whole_name
        'Kari Hope'
        """
        parts = (self.first_name, self.middle_name, self.last_name)
        return self.name or " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Producer(Being):
    """An agent or a firm; the share is in per cent."""

    npn: Annotated[str, Told(most=10)] = ""
    commission_split_percent: Decimal | None = None
    crd_number: Annotated[str, Told(most=10)] = ""
    relationships: Annotated[
        tuple[words.ProducerRole, ...], Told(required=True, least=1, most=30)
    ] = ()


@dataclass(frozen=True)
class Party(Being):
    """Somebody who owns, is insured or benefits."""

    relationships: Annotated[tuple[words.PartyRole, ...], Told(required=True, least=1, most=2)] = ()


@dataclass(frozen=True)
class Affected:
    """The producer whom a can-sell issue is about."""

    npn: Annotated[str, Told(most=10)] = ""
    commission_split_percent: Decimal | None = None
    crd_number: Annotated[str, Told(most=10)] = ""
    tax_id: Annotated[str, Told(most=9)] = field(default="", repr=False)


@dataclass(frozen=True)
class CanSellIssue:
    """One thing that keeps the agent from selling."""

    type: Annotated[words.CanSellReason | None, Told(required=True)] = None
    note: Note = ""
    affected_producer: Affected | None = None


@dataclass(frozen=True)
class Reviewed:
    """What every section says."""

    status: Annotated[words.Review | None, Told(required=True)] = None
    is_action_needed: Annotated[bool | None, Told(required=True)] = None
    start_date: date | None = None
    end_date: date | None = None
    note: Note = ""
    action_sections: tuple[words.Section, ...] = ()


@dataclass(frozen=True)
class CanSell(Reviewed):
    """Whether the agent may sell."""

    issues: tuple[CanSellIssue, ...] = ()


@dataclass(frozen=True)
class DocumentIssue:
    """One paper that is missing or wrong."""

    reason: words.DocumentReason | None = None
    form_name: Annotated[str, Told(most=200)] = ""
    form_number: Annotated[str, Told(most=100)] = ""
    due_date: date | None = None
    note: Note = ""


@dataclass(frozen=True)
class DocumentReview(Reviewed):
    """Whether the papers are in order."""

    issues: tuple[DocumentIssue, ...] = ()


@dataclass(frozen=True)
class Suitability(Reviewed):
    """Whether the product suits the client."""

    reason: words.SuitabilityReason | None = None
    due_date: date | None = None
    is_approved: bool | None = None


@dataclass(frozen=True)
class CedingCompany:
    """Who holds the policy that is replaced."""

    name: Annotated[str, Told(required=True, most=180, pattern=NAME)] = ""
    account_number: Annotated[str, Told(required=True)] = field(default="", repr=False)
    start_date: date | None = None
    reference_number: str = ""
    next_activity_date: date | None = None
    note: Note = ""
    method_of_initiation: words.Started | None = None


@dataclass(frozen=True)
class FundingSource:
    """Where money comes from. A notification names the ceding company flat, a status in a record."""

    method: Annotated[words.FundingMethod | None, Told(required=True)] = None
    type: Annotated[words.FundingType | None, Told(required=True)] = None
    is_action_needed: bool | None = None
    anticipated_amount: Decimal | None = None
    received_amount: Decimal | None = None
    received_date: date | None = None
    status: words.SourceStatus | None = None
    reason: words.FundingReason | None = None
    effective_date: date | None = None
    note: Note = ""
    ceding_company: CedingCompany | None = None
    ceding_company_name: Annotated[str, Told(most=180, pattern=NAME)] = ""
    account_number: str = field(default="", repr=False)
    start_date: date | None = None


@dataclass(frozen=True)
class Funding(Reviewed):
    """Whether the money is in, in a status and in every notification about money."""

    sources: tuple[FundingSource, ...] = ()
    reason: words.FundingReason | None = None
    next_activity_date: date | None = None
    method_of_initiation: words.Started | None = None
    reference_number: str = ""
    transfer_sent_date: date | None = None
    anticipated_amount: Decimal | None = None
    received_amount: Decimal | None = None
    received_date: date | None = None
    effective_date: date | None = None


@dataclass(frozen=True)
class Cancellation:
    """Who ended it, when and why."""

    initiator: Annotated[words.Initiator | None, Told(required=True)] = None
    cancelled_date: Annotated[date | None, Told(required=True)] = None
    reason: Annotated[str, Told(most=2000)] = ""
    action_sections: tuple[words.Section, ...] = ()


@dataclass(frozen=True)
class ApplicationStatus:
    """Where one application stands; the sections stand only in the whole answer."""

    policy_number: Annotated[str, Told(required=True, least=1, most=30)] = ""
    application_origin: Annotated[Origin | None, Told(required=True)] = None
    cusip: Annotated[str, Told(required=True, pattern=CUSIP)] = ""
    status: Annotated[words.AppStatus | None, Told(required=True)] = None
    status_date: Annotated[date | None, Told(required=True)] = None
    correlation_id: str = ""
    associated_firm_id: str = ""
    product_name: Annotated[str, Told(most=180)] = ""
    is_qualified: bool | None = None
    delivery: Delivery | None = None
    case_manager: CaseManager | None = None
    producers: tuple[Producer, ...] = ()
    parties: tuple[Party, ...] = ()
    is_action_needed: bool | None = None
    action_sections: tuple[words.Section, ...] = ()
    signed_date: date | None = None
    received_date: date | None = None
    issued_date: date | None = None
    effective_date: date | None = None
    rate_effective_date: date | None = None
    funds_held_until_date: date | None = None
    cancellation: Cancellation | None = None
    can_sell_validations: CanSell | None = None
    document_reviews: DocumentReview | None = None
    suitability: Suitability | None = None
    fundings: Funding | None = None


@dataclass(frozen=True)
class StatusPage:
    """Some statuses of those that were asked for, from `start_index` on, counted from nought."""

    correlation_id: str = ""
    start_index: int | None = None
    items_count: int | None = None
    total_items_count: int | None = None
    application_statuses: tuple[ApplicationStatus, ...] = ()
    policies: tuple[ApplicationStatus, ...] = ()


@dataclass(frozen=True)
class Received:
    """A new application came in."""

    cusip: Annotated[str, Told(pattern=CUSIP)] = ""
    is_action_needed: bool | None = None
    action_sections: tuple[words.Section, ...] = ()
    product_name: Annotated[str, Told(most=180)] = ""
    is_qualified: bool | None = None
    producers: tuple[Producer, ...] = ()
    parties: tuple[Party, ...] = ()
    signed_date: date | None = None
    received_date: date | None = None
    rate_effective_date: date | None = None
    funds_held_until_date: date | None = None


@dataclass(frozen=True)
class Completed:
    """An application came to its end well."""

    is_action_needed: bool | None = None
    action_sections: tuple[words.Section, ...] = ()
    start_date: date | None = None
    note: Note = ""
    delivery: Delivery | None = None


News = Received | CanSell | Suitability | DocumentReview | Funding | Completed | Cancellation
"""What a notification can carry."""


@dataclass(frozen=True)
class Notification:
    """One piece of news; `event_id` is the sender's and the same however often it is sent."""

    event_id: Annotated[str, Told(required=True, least=1)] = ""
    policy_number: Annotated[str, Told(required=True, least=1)] = ""
    application_origin: Annotated[Origin | None, Told(required=True)] = None
    status: Annotated[words.AppStatus | None, Told(required=True)] = None
    event_type: Annotated[words.Event | None, Told(required=True)] = None
    id: str = ""
    news: News | None = None


@dataclass(frozen=True)
class Published:
    """One event of a reconciliation: the news itself is asked for by its id."""

    event_id: Annotated[str, Told(required=True, least=1)] = ""
    policy_number: Annotated[str, Told(required=True, least=1)] = ""
    application_origin: Annotated[Origin | None, Told(required=True)] = None
    status: Annotated[words.AppStatus | None, Told(required=True)] = None
    id: str = ""


@dataclass(frozen=True)
class Reconciliation:
    """The events that were published between two times."""

    total_events: int | None = None
    events: tuple[Published, ...] = ()


NEWS_OF: dict[words.Event, type[News]] = {
    words.Event.RECEIVED: Received,
    words.Event.CAN_SELL: CanSell,
    words.Event.SUITABILITY: Suitability,
    words.Event.SUITABILITY_DECIDED: Suitability,
    words.Event.DOCUMENTS: DocumentReview,
    words.Event.FUNDING: Funding,
    words.Event.TRANSFER_SENT: Funding,
    words.Event.SOURCE_UPDATED: Funding,
    words.Event.TRANSFER_FOLLOWED_UP: Funding,
    words.Event.FUNDING_RECEIVED: Funding,
    words.Event.COMPLETED: Completed,
    words.Event.CANCELLED: Cancellation,
}
"""Which record each event carries."""
