"""What programs send and get about enquiries. Money is decimal text; times are ISO 8601."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, WithJsonSchema

from megler.accounts.models import User
from megler.enquiries.actions.knowing import summary_for
from megler.enquiries.models import CarrierAnswer, Enquiry
from megler.enquiries.names import AnswerWay, EnquiryState
from megler.enquiries.rules.answers import Outcome
from megler.enquiries.rules.asking import State
from megler.enquiries.shown import Row, compared, enquiry_children, evidence_shown
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.numbers import FIRST_DAY, FIRST_MOMENT, LAST_DAY, LAST_MOMENT

AskedState = Annotated[
    State, WithJsonSchema({"type": "string", "enum": [one.value for one in State]})
]
AnswerOutcome = Annotated[
    Outcome, WithJsonSchema({"type": "string", "enum": [one.value for one in Outcome]})
]
"""Described in place: cases have a state and an outcome of their own by these names."""
Words = Annotated[str, Field(max_length=4000)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Moment = Annotated[AwareDatetime, Field(ge=FIRST_MOMENT, le=LAST_MOMENT)]
Extra = Annotated[Decimal, Field(max_digits=7, decimal_places=2)]


class EnquiryIn(Schema):
    """`facts` is a facts document; without it, that of `quote`. `hidden`: words that must not go out."""

    facts: dict[str, Any] | None = None
    quote: UUID | None = None
    agent: UUID | None = None
    client: UUID | None = None
    known_as: Annotated[str, Field(max_length=200)] = ""
    purpose: Annotated[str, Field(max_length=300)] = ""
    remarks: Words = ""
    hidden: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=50)] = []
    products: Annotated[list[str], Field(max_length=25)] = []


class ProductsIn(Schema):
    """Products as `carrier/code`."""

    products: Annotated[list[str], Field(max_length=25)]


class ContactIn(Schema):
    """A carrier's part by its id, and to whom it goes."""

    carrier: UUID
    email: Annotated[str, Field(max_length=254)] = ""
    name: Annotated[str, Field(max_length=200)] = ""


class SendingIn(Schema):
    """To whom the summary goes. `version`: that of the enquiry as it was read."""

    to: Annotated[list[ContactIn], Field(max_length=25)]
    version: int | None = None


class EvidenceIn(Schema):
    """Evidence; `wanted_by` are carriers' parts by their ids."""

    kind: RequirementKind
    detail: Annotated[str, Field(max_length=300)] = ""
    done_on: Day | None = None
    wanted_by: Annotated[list[UUID], Field(max_length=25)] = []


class AnswerIn(Schema):
    """What a carrier answered; `class_code` is of its own list where its guide is known."""

    outcome: AnswerOutcome
    class_code: Annotated[str, Field(max_length=60)] = ""
    class_name: Annotated[str, Field(max_length=100)] = ""
    table: int | None = None
    flat_extra: Extra | None = None
    flat_years: Annotated[int, Field(ge=1, le=99)] | None = None
    postponed_until: Day | None = None
    valid_until: Day | None = None
    conditions: Words = ""
    words: Words = ""
    way: AnswerWay = AnswerWay.EMAIL
    by_name: Annotated[str, Field(max_length=200)] = ""
    said_at: Moment | None = None


class ApplyIn(Schema):
    """Whether the other carriers are thanked."""

    thank_others: bool = True
    version: int | None = None


class EnquiryCloseIn(Schema):
    """Why."""

    because: Annotated[str, Field(max_length=2000)]


class ApplicationOut(Schema):
    """The application that was made."""

    application: UUID
    number: str


class AnswerOut(Schema):
    """A carrier's last answer; `premium` is a year's at today's rates, null where none is known."""

    outcome: AnswerOutcome
    class_code: str
    class_name: str
    table: int | None
    flat_extra: str | None
    flat_years: int | None
    postponed_until: date | None
    valid_until: date | None
    conditions: str
    words: str
    premium: str | None
    premium_monthly: str | None
    currency: str
    edition: str
    way: AnswerWay
    by_name: str
    said_at: datetime


class CarrierOut(Schema):
    """A carrier asked, best offer first; `days` are business days until it answered, or until now."""

    id: UUID
    carrier: str
    product: str
    state: AskedState
    sent_at: datetime | None
    answered_at: datetime | None
    days: int | None
    is_best: bool
    answer: AnswerOut | None
    application: UUID | None


class EvidenceOut(Schema):
    """Evidence for all carriers; `until` is the first day on which it is too old."""

    id: UUID
    kind: RequirementKind
    detail: str
    done_on: date | None
    until: date | None
    enclosed: bool


class ListedOut(Schema):
    """An enquiry in a list."""

    id: UUID
    number: str
    state: EnquiryState
    line: str
    agent: str
    called: str
    made_at: datetime
    version: int


class EnquiriesOut(Schema):
    """A part of the list."""

    enquiries: list[ListedOut]
    next: str | None


class EnquiryOut(ListedOut):
    """An enquiry; `summary` is what carriers see, `why_best` says why one offer is best."""

    summary: str
    carriers: list[CarrierOut]
    why_best: list[str]
    evidence: list[EvidenceOut]


def listed_json(one: Enquiry) -> dict[str, Any]:
    """An enquiry in a list."""
    return {
        "id": str(one.pk),
        "number": one.reference,
        "state": one.state,
        "line": one.line,
        "agent": one.agent.name,
        "called": one.called,
        "made_at": one.made_at,
        "version": one.version,
    }


def enquiry_json(person: User, held: Enquiry, on: date) -> dict[str, Any]:
    """A whole enquiry, as `EnquiryOut` says."""
    beside = compared(person, held, enquiry_children(held), on)
    return {
        **listed_json(held),
        "summary": summary_for(held).as_text(),
        "carriers": [_row_json(row) for row in beside.rows],
        "why_best": beside.why_best,
        "evidence": [
            {
                "id": str(row["one"].pk),
                "kind": row["one"].kind,
                "detail": row["one"].detail,
                "done_on": row["one"].done_on,
                "until": row["until"],
                "enclosed": row["one"].enclosed,
            }
            for row in evidence_shown(held, on)
        ],
    }


def _row_json(row: Row) -> dict[str, Any]:
    child = row.child
    return {
        "id": str(child.pk),
        "carrier": child.carrier.slug,
        "product": child.product.code,
        "state": child.state,
        "sent_at": child.sent_at,
        "answered_at": child.answered_at,
        "days": row.days,
        "is_best": row.is_best,
        "answer": _answer_json(row.answer) if row.answer else None,
        "application": str(child.application_id) if child.application_id else None,
    }


_PLAIN = (
    "outcome", "class_code", "class_name", "table", "flat_years", "postponed_until", "valid_until",
    "conditions", "words", "currency", "edition", "way", "by_name", "said_at",
)  # fmt: skip


def _answer_json(kept: CarrierAnswer) -> dict[str, Any]:
    told = {name: getattr(kept, name) for name in _PLAIN}
    for name in ("flat_extra", "premium", "premium_monthly"):
        amount: Decimal | None = getattr(kept, name)
        told[name] = None if amount is None else f"{amount:f}"
    return told
