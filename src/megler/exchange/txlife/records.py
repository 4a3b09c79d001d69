"""What stands in a TXLife message, as plain records. `layout` says where each field stands.

Empty text is "not said". Days are `2026-03-01`, times `14:30:00-05:00`, amounts decimal texts. Codes
are our words for ACORD's numbers; see `Coded`. Records have no slots: reading sets what is said, and
the rest is the class's own default, which is many times as fast as setting every field.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple


class Coded(NamedTuple):
    """A coded value: our `word` for it (`owner`, `monthly`).

    A number nobody here knows keeps its number in `tc` and its text, and has no word. `other` keeps
    the sender's text.
    """

    word: str = ""
    text: str = ""
    tc: int | None = None

    @property
    def shown(self) -> str:
        """The word, or whatever else was said.

        >>> Coded("owner").shown, Coded("", "Home Office", 213).shown
        ('owner', 'Home Office (213)')
        """
        if self.tc is not None:
            return f"{self.text} ({self.tc})".strip()
        return self.text or self.word

    def __bool__(self) -> bool:
        return bool(self.word or self.text) or self.tc is not None


NOTHING = Coded()


@dataclass(frozen=True)
class Extension:
    """One value in an OLifEExtension: whose (`vendor`), of which kind (`code`), and its element."""

    name: str = ""
    text: str = ""
    vendor: str = ""
    code: str = ""


SHA256 = "Sha256"
"""The element in an attachment's extension that tells the digest of its file."""


@dataclass(frozen=True)
class Attachment:
    """A file in the message, decoded."""

    content: bytes = field(default=b"", repr=False)
    id: str = ""
    name: str = ""
    description: str = ""
    basic: Coded = NOTHING
    kind: Coded = NOTHING
    mime: Coded = NOTHING
    encoding: str = ""
    location: Coded = NOTHING
    extensions: tuple[Extension, ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of what came."""
        return sha256(self.content).hexdigest()

    @property
    def sha256_told(self) -> str:
        """SHA-256 as the sender gives it; empty when it gives none."""
        return next((e.text for e in self.extensions if e.name == SHA256), "")


@dataclass(frozen=True)
class Signature:
    """Who signed, in which role, when and where."""

    id: str = ""
    role: Coded = NOTHING
    party_id: str = ""
    name: str = ""
    on: str = ""
    at: str = ""
    city: str = ""
    state: Coded = NOTHING
    valid: Coded = NOTHING


@dataclass(frozen=True)
class Address:
    """A postal address; `state` is a USPS code where it is known, otherwise as written."""

    id: str = ""
    kind: Coded = NOTHING
    line1: str = ""
    line2: str = ""
    line3: str = ""
    city: str = ""
    state_text: str = ""
    state: Coded = NOTHING
    zip: str = ""
    country_text: str = ""
    country: Coded = NOTHING


@dataclass(frozen=True)
class Phone:
    """A telephone number, whole or with its area code apart."""

    id: str = ""
    kind: Coded = NOTHING
    area: str = ""
    number: str = ""
    extension: str = ""


@dataclass(frozen=True)
class Email:
    """An e-mail address."""

    id: str = ""
    kind: Coded = NOTHING
    address: str = ""


@dataclass(frozen=True)
class Measure:
    """A height or weight in its units."""

    units: Coded = NOTHING
    value: str = ""


@dataclass(frozen=True)
class Appointment:
    """How a carrier knows a producer."""

    producer_id: str = ""
    carrier_code: str = ""
    party_id: str = ""


@dataclass(frozen=True)
class Party:
    """A person or an organisation. `npn` and `appointments` are a producer's."""

    id: str = ""
    kind: Coded = NOTHING
    full_name: str = ""
    government_id: str = ""
    government_id_kind: Coded = NOTHING
    residence_state: Coded = NOTHING
    residence_country: Coded = NOTHING
    net_worth: str = ""
    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    prefix: str = ""
    suffix: str = ""
    marital: Coded = NOTHING
    gender: Coded = NOTHING
    born: str = ""
    age: str = ""
    citizenship: Coded = NOTHING
    income: str = ""
    smoker: Coded = NOTHING
    height: Measure | None = None
    weight: Measure | None = None
    licence_number: str = ""
    licence_state: Coded = NOTHING
    birth_country: Coded = NOTHING
    birth_state: Coded = NOTHING
    occupation: str = ""
    organisation_form: Coded = NOTHING
    trade_name: str = ""
    npn: str = ""
    appointments: tuple[Appointment, ...] = ()
    carrier_code: str = ""
    addresses: tuple[Address, ...] = ()
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    existing_insurance: Coded = NOTHING
    replaces_insurance: Coded = NOTHING
    employer: str = ""
    job: str = ""
    attachments: tuple[Attachment, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def name(self) -> str:
        """The name as it is read."""
        parts = (self.prefix, self.first_name, self.middle_name, self.last_name, self.suffix)
        return " ".join(p for p in parts if p) or self.full_name or self.trade_name


@dataclass(frozen=True)
class Participant:
    """A party's part in a coverage. `tobacco` is what the premium is reckoned on, which is not what
    the person says of smoking; `share` is a beneficiary's."""

    party_id: str = ""
    role: Coded = NOTHING
    tobacco: Coded = NOTHING
    underwriting_class: Coded = NOTHING
    share: str = ""


@dataclass(frozen=True)
class Coverage:
    """What is covered: the base of a policy, or a rider on it. `years` is a level term."""

    id: str = ""
    name: str = ""
    code: str = ""
    kind: Coded = NOTHING
    indicator: Coded = NOTHING
    amount: str = ""
    years: str = ""
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True)
class StatusEvent:
    """Something that happened to a requirement."""

    code: Coded = NOTHING
    provider_code: str = ""
    on: str = ""
    at: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Requirement:
    """A requirement ordered or reported: what, about whom, and how it stands."""

    id: str = ""
    party_id: str = ""
    requester_id: str = ""
    fulfiller_id: str = ""
    code: Coded = NOTHING
    unique_id: str = ""
    details: str = ""
    status: Coded = NOTHING
    home_office_id: str = ""
    requested_on: str = ""
    received_on: str = ""
    status_on: str = ""
    responsible: Coded = NOTHING
    release_code: str = ""
    account: str = ""
    order_number: str = ""
    ordered_on: str = ""
    events: tuple[StatusEvent, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Banking:
    """The account that pays."""

    id: str = ""
    kind: Coded = NOTHING
    account: str = ""
    routing: str = ""
    bank: str = ""
    holder: str = ""


@dataclass(frozen=True)
class SystemMessage:
    """A notice about a holding."""

    id: str = ""
    code: str = ""
    sequence: str = ""
    related_type: str = ""
    description: str = ""
    severity: str = ""
    on: str = ""
    kind: str = ""
    subject: str = ""
    source: str = ""
    at: str = ""


@dataclass(frozen=True)
class Holding:
    """A policy, applied for or in force, or a bank account.

    `premium` is what is paid in each `mode`; `tracking_id` is the sender's own number of the
    application. `face_amount` is the policy's, `coverages` tell it apart.
    """

    id: str = ""
    kind: Coded = NOTHING
    status: Coded = NOTHING
    purpose: Coded = NOTHING
    currency: str = ""
    carrier_id: str = ""
    number: str = ""
    line: Coded = NOTHING
    product_type: Coded = NOTHING
    product_code: str = ""
    carrier_code: str = ""
    carrier_name: str = ""
    plan_name: str = ""
    policy_status: Coded = NOTHING
    replacement: Coded = NOTHING
    jurisdiction: Coded = NOTHING
    effective_on: str = ""
    issued_on: str = ""
    mode: Coded = NOTHING
    premium: str = ""
    method: Coded = NOTHING
    draft_day: str = ""
    cusip: str = ""
    life_id: str = ""
    face_amount: str = ""
    coverages: tuple[Coverage, ...] = ()
    tracking_id: str = ""
    application_type: Coded = NOTHING
    application_jurisdiction: Coded = NOTHING
    signed_on: str = ""
    submitted_on: str = ""
    application_number: str = ""
    replaces: Coded = NOTHING
    signatures: tuple[Signature, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    banking: Banking | None = None
    messages: tuple[SystemMessage, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def is_policy(self) -> bool:
        return self.kind.word in {"", "policy"} and self.banking is None


@dataclass(frozen=True)
class Relation:
    """What one object is to another: `to_id` is the `role` of `from_id`."""

    id: str = ""
    from_id: str = ""
    to_id: str = ""
    from_type: Coded = NOTHING
    to_type: Coded = NOTHING
    role: Coded = NOTHING
    description: Coded = NOTHING
    share: str = ""
    sequence: str = ""


@dataclass(frozen=True)
class Response:
    """An answer on a form: which question (`key`), as it was asked, and what was answered."""

    id: str = ""
    key: str = ""
    question: str = ""
    text: str = ""
    data: str = ""
    code: Coded = NOTHING


@dataclass(frozen=True)
class Form:
    """A form that was filled in. `number` is the provider's, with its edition."""

    id: str = ""
    name: str = ""
    number: str = ""
    holding_id: str = ""
    responses: tuple[Response, ...] = ()
    signatures: tuple[Signature, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True)
class Request:
    """One transaction: a new business submission, an order, a status.

    `guid` names it once and for all; `primary_id` is the holding it is about.
    """

    is_response: bool = False
    id: str = ""
    primary_id: str = ""
    guid: str = ""
    type: Coded = NOTHING
    subtype: Coded = NOTHING
    executed_on: str = ""
    executed_at: str = ""
    mode: Coded = NOTHING
    is_test: Coded = NOTHING
    correlation: str = ""
    result: Coded = NOTHING
    inquiry: str = ""
    created_on: str = ""
    created_at: str = ""
    model_version: str = ""
    source_name: str = ""
    source_description: str = ""
    source_comment: str = ""
    file_control: str = ""
    holdings: tuple[Holding, ...] = ()
    parties: tuple[Party, ...] = ()
    relations: tuple[Relation, ...] = ()
    forms: tuple[Form, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True)
class Message:
    """Who sent it, and what it asks for."""

    version: str = ""
    login: str = ""
    vendor: str = ""
    vendor_code: str = ""
    app: str = ""
    app_version: str = ""
    requests: tuple[Request, ...] = ()

    @property
    def sender(self) -> str:
        """The system that wrote it, as people name it."""
        told = self.vendor or self.vendor_code
        return " ".join(part for part in (told, self.app) if part) or self.login


@dataclass(frozen=True)
class Kept:
    """Something in a message that nobody here understands: kept, and told.

    `path` is the element's, `owner` the id of the nearest object around it, `vendor` whose
    extension it stands in, when in one.
    """

    path: str
    text: str
    line: int
    name: str = ""
    owner: str = ""
    vendor: str = ""
    code: str = ""
