"""What programs send and get of changes, alerts, sets, issued policies and their delivery."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema

from megler.cases.rules.alerts import Severity
from megler.cases.rules.changes import ChangeKind, Opens
from megler.cases.rules.delivery import DeliveryWay
from megler.cases.rules.parties import PartyRole
from megler.cases.rules.policy_check import PolicyPart, Settled
from megler.cases.rules.requirements import Act
from megler.cases.rules.words import Outcome, Status
from megler.cases.shapes.given import Day, Money, Reason, Versioned
from megler.cases.shapes.told import RequirementOut
from megler.vocabulary.codes import Mode, RequirementKind

Name = Annotated[str, Field(max_length=200)]


class ChangeIn(Versioned):
    """A change: `to` by the keys of its kind (docs/cases.md). The same `request` has one effect."""

    kind: ChangeKind
    to: dict[str, Any]
    because: Reason = ""
    request: Annotated[str, Field(max_length=64)] = ""
    on: Day | None = None
    preview: bool = False


class ShareIn(Schema):
    """An agent by National Producer Number, and a share in per cent."""

    npn: Annotated[str, Field(max_length=10)]
    share: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]


class SplitIn(Versioned):
    """Who shares the case; the agent of record first."""

    agents: Annotated[list[ShareIn], Field(max_length=10)]


class AlertIn(Schema):
    """An alert; `until`: its last day."""

    text: Annotated[str, Field(max_length=500)]
    severity: Severity = Severity.ATTENTION
    until: Day | None = None
    for_agent: bool = False


class SetIn(Schema):
    """The set to raise, by its name."""

    name: Annotated[str, Field(max_length=100)]


class SeveralIn(Schema):
    """One act with several requirements."""

    requirements: Annotated[list[UUID], Field(max_length=100)]
    act: Act
    reason: Reason = ""
    vendor: Annotated[str, Field(max_length=100)] = ""


class InsuredIn(Schema):
    """Another insured."""

    first_name: Name
    last_name: Name
    born: Day | None = None


class PolicyIn(Versioned):
    """The policy as it came; what is left out is not compared. Premium is of the mode."""

    number: Annotated[str, Field(max_length=40)]
    insured: Name = ""
    owner: Name = ""
    beneficiaries: list[dict[str, Any]] = []
    face_amount: Money | None = None
    class_name: Annotated[str, Field(max_length=100)] = ""
    premium: Money | None = None
    mode: Mode | None = None
    term_years: Annotated[int, Field(ge=1, le=60)] | None = None
    policy_on: Day | None = None
    document: UUID | None = None


class SettleIn(Schema):
    """What becomes of a difference, and why."""

    to: Settled
    reason: Reason


class ParcelIn(Schema):
    """How the policy goes to its owner; `documents` are those of the case that they read."""

    way: DeliveryWay
    to_name: Name
    to_email: Annotated[str, Field(max_length=254)] = ""
    courier: Annotated[str, Field(max_length=60)] = ""
    tracking: Annotated[str, Field(max_length=60)] = ""
    documents: list[UUID] = []


class ReceiptIn(Schema):
    """Who signed for it, and on which day."""

    name: Name
    on: Day


class AskedIn(Versioned):
    """Why reinstatement is asked for, and since when."""

    because: Reason
    on: Day | None = None


class ChangeOut(Schema):
    """A change that was made, with before and after, and what it opened again."""

    id: UUID
    kind: ChangeKind
    before: dict[str, Any]
    after: dict[str, Any]
    because: str | None
    opened: list[Opens]
    on: date
    by: str
    at: datetime
    tells_carrier: bool
    carrier_told_at: datetime | None


class ChangesOut(Schema):
    """Changes, newest first."""

    changes: list[ChangeOut]


class PreviewOut(Schema):
    """What a change would open. `premium`: of the mode, by the rate book; null where nobody says."""

    before: dict[str, Any]
    after: dict[str, Any]
    opens: list[Opens]
    added: list[RequirementKind]
    kept: list[RequirementKind]
    unneeded: list[UUID]
    status: Status
    premium: str | None


class ShareOut(Schema):
    """An agent's share, decimal text."""

    npn: str
    name: str
    share: str


class SharesOut(Schema):
    """Who shares a case, the agent of record first."""

    agents: list[ShareOut]


class AlertOut(Schema):
    """An alert."""

    id: UUID
    text: str
    severity: Severity
    for_agent: bool
    by: str
    raised_at: datetime
    until: date | None
    ended_at: datetime | None


class AlertsOut(Schema):
    """Alerts, newest first."""

    alerts: list[AlertOut]


class RaisedOut(Schema):
    """Requirements that were raised."""

    requirements: list[RequirementOut]


class WhyNotOut(Schema):
    """Why one of several did not move."""

    code: str
    where: str
    found: str


class ActedOut(Schema):
    """What became of an act on several."""

    done: list[UUID]
    refused: list[WhyNotOut]


class InsuredOut(Schema):
    """An insured of a case."""

    id: UUID
    role: PartyRole
    name: str


class DifferenceOut(Schema):
    """A part of a policy that is not as it was to be."""

    id: UUID
    part: PolicyPart
    expected: str | None
    found: str | None
    state: Settled
    reason: str | None


class PolicyOut(Schema):
    """An issued policy, and where it differs."""

    id: UUID
    policy_number: str
    policy_on: date | None
    received_at: datetime
    differences: list[DifferenceOut]


class ShownOut(Schema):
    """A file behind the owner's link."""

    id: UUID
    name: str
    sha256: str


class DeliveryOut(Schema):
    """How a policy went to its owner, and who signed for it."""

    id: UUID
    way: DeliveryWay
    to: str
    tracking: str | None
    sent_at: datetime
    shown: list[ShownOut]
    opened_at: datetime | None
    received_on: date | None
    receipt_by: str | None
    ended_at: datetime | None


class DeliveriesOut(Schema):
    """Deliveries, newest first."""

    deliveries: list[DeliveryOut]


class StandingOut(Schema):
    """Where a lapsed policy stands."""

    status: Status
    outcome: Outcome | None
    lapsed_on: date | None
    reinstatement_asked_on: date | None
    reinstated_on: date | None
