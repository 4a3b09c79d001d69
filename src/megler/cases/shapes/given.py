"""What programs send about cases."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from megler.cases.names import DocumentKind
from megler.cases.rules.status import Closing
from megler.cases.rules.words import Channel, Decision
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.numbers import FIRST_DAY, FIRST_MOMENT, LAST_DAY, LAST_MOMENT

Words = Annotated[str, Field(max_length=4000)]
Reason = Annotated[str, Field(max_length=2000)]
Money = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Moment = Annotated[AwareDatetime, Field(ge=FIRST_MOMENT, le=LAST_MOMENT)]


class Versioned(Schema):
    """`version`: that of the case as it was read; a newer change of somebody's is not saved over."""

    version: int | None = None


class Because(Versioned):
    """Why."""

    because: Reason


class NoteIn(Schema):
    """A note; `for_agent`: the agent may read it."""

    text: Annotated[str, Field(max_length=10_000)]
    for_agent: bool = False


class DecisionIn(Versioned):
    """What the carrier decided, in its own words, when and how it said so, and what it offers."""

    decision: Decision
    class_approved: Annotated[str, Field(max_length=100)] = ""
    premium_approved: Money | None = None
    face_amount_approved: Money | None = None
    words: Words = ""
    channel: Channel | None = None
    said_at: Moment | None = None


class IssueIn(Versioned):
    """The policy's number."""

    policy_number: Annotated[str, Field(max_length=40)]


class OnIn(Versioned):
    """The day (default: today)."""

    on: Day | None = None


class CloseIn(Because):
    """What became of the case, and why."""

    closing: Closing


class RequirementIn(Schema):
    """A requirement by hand."""

    kind: RequirementKind
    detail: Annotated[str, Field(max_length=200)] = ""


class ArrivalIn(Schema):
    """The documents of the case with which it came in; `seen`: the state that was read."""

    documents: list[UUID] = []
    seen: str = ""


class ReasonIn(Schema):
    """Why; `seen`: the state that was read."""

    reason: Reason
    seen: str = ""


class DocumentIn(Schema):
    """What the file is to the case."""

    kind: DocumentKind = DocumentKind.OTHER
    visible_to_agent: bool = True
